//! Findings as workflow commands, which GitHub Actions shows beside the changed lines.
//!
//! In: diagnostics and their sources. Out: a line `::warning file=…,line=…::…` for each.

use super::Look;
use crate::diag::Checked;
use crate::diag::Severity;
use crate::text::clean::visible;
use std::fmt::Write;

/// The whole report of `check`.
pub fn report(checked: &[Checked], _: Look) -> String {
    let mut out = String::new();
    for file in checked {
        for d in &file.diagnostics {
            let source = file.sources.source(d.primary.span.file);
            let start = source.position(d.primary.span.start as usize);
            let end = source.position(d.primary.span.end as usize);
            let command = match d.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
                Severity::Note => "notice",
            };
            let _ = write!(
                out,
                "::{command} title={},file={},line={},endLine={}",
                property(&format!("assess ({})", d.rule.name)),
                property(&source.name),
                start.line,
                end.line,
            );
            // GitHub takes columns only where a finding begins and ends on one line.
            if start.line == end.line {
                let _ = write!(out, ",col={},endColumn={}", start.column, end.column);
            }
            let message = match &d.help {
                Some(help) => format!("{}\n{help}", d.message),
                None => d.message.clone(),
            };
            let _ = writeln!(out, "::{}", data(&message));
        }
    }
    out
}

/// Text as it may stand behind the second `::`; the log that it appears in is a terminal.
fn data(text: &str) -> String {
    let shown = |c: char| if c == '\n' { c } else { visible(c) };
    let text: String = text.chars().map(shown).collect();
    text.replace('%', "%25").replace('\n', "%0A")
}

/// Text as it may stand in a property.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
