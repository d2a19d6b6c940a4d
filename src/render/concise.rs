//! One line for each finding: `file:line:column: severity[rule] message`.
//!
//! In: diagnostics and their sources. Out: lines that editors and `grep` understand.

use super::Look;
use crate::diag::Checked;
use crate::diag::Diagnostic;
use crate::text::clean;
use crate::text::source::SourceMap;
use std::fmt::Write;

/// The findings, one line each.
pub fn render(diagnostics: &[Diagnostic], sources: &SourceMap) -> String {
    let mut out = String::new();
    for d in diagnostics {
        let source = sources.source(d.primary.span.file);
        let at = source.position(d.primary.span.start as usize);
        let _ = writeln!(
            out,
            "{}:{}:{}: {}[{}] {}",
            clean::line(&source.name),
            at.line,
            at.column,
            d.severity.as_str(),
            d.rule.name,
            clean::line(&d.message),
        );
    }
    out
}

/// The whole report of `check`.
pub fn report(checked: &[Checked], _: Look) -> String {
    let lines = checked.iter().map(|c| render(&c.diagnostics, &c.sources));
    lines.collect()
}
