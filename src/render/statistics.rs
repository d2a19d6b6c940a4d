//! How many findings each rule has.
//!
//! In: diagnostics. Out: a table, the most frequent rule first.

use super::Look;
use crate::diag::Severity;
use crate::diag::{Checked, Tally};
use anstyle::{AnsiColor, Style};
use std::collections::BTreeMap;
use std::fmt::Write;

/// A line for each rule: how many, at which level, whether it can be fixed.
pub fn report(checked: &[Checked], look: Look) -> String {
    let mut counts: BTreeMap<(&str, Severity), (usize, usize)> = BTreeMap::new();
    for d in checked.iter().flat_map(|c| &c.diagnostics) {
        let (all, safe) = counts.entry((d.rule.name, d.severity)).or_default();
        *all += 1;
        *safe += usize::from(d.fixes.first().is_some_and(|f| f.safe));
    }
    let mut lines: Vec<_> = counts.into_iter().collect();
    lines.sort_by_key(|&((name, severity), (all, _))| (std::cmp::Reverse(all), name, severity));
    let width = lines
        .first()
        .map_or(1, |(_, (all, _))| all.to_string().len());
    let name_width = lines
        .iter()
        .map(|((name, _), _)| name.len())
        .max()
        .unwrap_or(0);
    let mut out = String::new();
    for ((name, severity), (all, safe)) in lines {
        let style = match severity {
            _ if !look.colour => Style::new(),
            Severity::Error => AnsiColor::Red.on_default(),
            Severity::Warning => AnsiColor::Yellow.on_default(),
            Severity::Note => AnsiColor::Cyan.on_default(),
        };
        let word = severity.as_str();
        let fixable = match safe {
            0 => String::new(),
            n => format!("  {n} with a safe fix"),
        };
        let line = format!("{all:width$}  {style}{word:7}{style:#}  {name:name_width$}{fixable}");
        let _ = writeln!(out, "{}", line.trim_end());
    }
    let _ = writeln!(out, "{}", Tally::of(checked));
    out
}
