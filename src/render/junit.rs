//! Findings as a JUnit report, which most CI servers show as a list of tests.
//!
//! In: diagnostics and their sources. Out: XML: a suite for each file, a failed test for each
//! finding, and one test that passed where a file has none.

use super::{Checked, Look, Tally};
use crate::diag::Diagnostic;
use crate::source::SourceMap;
use std::fmt::Write;

/// The whole report of `check`.
pub fn report(checked: &[Checked], _: Look) -> String {
    let tally = Tally::of(checked);
    let failed = tally.errors + tally.warnings + tally.notes;
    let clean = checked.iter().filter(|c| c.diagnostics.is_empty()).count();
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let _ = writeln!(
        out,
        "<testsuites name=\"assess\" tests=\"{}\" failures=\"{failed}\" errors=\"0\">",
        failed + clean,
    );
    for file in checked {
        let name = escaped(&file.file);
        let count = file.diagnostics.len();
        let _ = writeln!(
            out,
            "  <testsuite name=\"{name}\" tests=\"{}\" failures=\"{count}\" errors=\"0\">",
            count.max(1),
        );
        if count == 0 {
            let _ = writeln!(out, "    <testcase name=\"check\" classname=\"{name}\"/>");
        }
        for d in &file.diagnostics {
            case(&mut out, d, &file.sources);
        }
        out.push_str("  </testsuite>\n");
    }
    out.push_str("</testsuites>\n");
    out
}

fn case(out: &mut String, d: &Diagnostic, sources: &SourceMap) {
    let source = sources.source(d.primary.span.file);
    let at = source.position(d.primary.span.start as usize);
    let place = format!("{}:{}:{}", source.name, at.line, at.column);
    let mut words = format!(
        "{place}: {}[{}] {}",
        d.severity.as_str(),
        d.rule.name,
        d.message
    );
    if let Some(help) = &d.help {
        let _ = write!(words, "\nhelp: {help}");
    }
    let _ = writeln!(
        out,
        "    <testcase name=\"{}\" classname=\"{}\" file=\"{}\" line=\"{}\">",
        escaped(&format!("{} at {}:{}", d.rule.name, at.line, at.column)),
        escaped(&source.name),
        escaped(&source.name),
        at.line,
    );
    let _ = writeln!(
        out,
        "      <failure type=\"{}\" message=\"{}\">{}</failure>\n    </testcase>",
        d.severity.as_str(),
        escaped(&d.message),
        escaped(&words),
    );
}

/// Text as it may stand in XML 1.0, in an attribute or between tags. Control characters that XML
/// knows no way to write become replacement characters.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&apos;"),
            '\n' => out.push_str("&#10;"),
            '\r' => out.push_str("&#13;"),
            '\t' => out.push_str("&#9;"),
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}
