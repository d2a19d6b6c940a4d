//! Findings as a JUnit report, which most CI servers show as a list of tests.
//!
//! In: diagnostics and their sources, and from which level on a finding fails the run. Out: XML: a
//! suite for each file, a failed test for each such finding, a skipped one for each other, and one
//! test that passed where a file has none. So a server calls a build broken where `check` does.

use super::xml::escaped;
use crate::diag::Checked;
use crate::diag::{Diagnostic, Severity};
use crate::text::source::SourceMap;
use std::fmt::Write;

/// The whole report of `check`.
pub fn report(checked: &[Checked], fails_from: Option<Severity>) -> String {
    let fails = |d: &&Diagnostic| fails_from.is_some_and(|level| d.severity >= level);
    let all = || checked.iter().flat_map(|c| &c.diagnostics);
    let (found, failed) = (all().count(), all().filter(fails).count());
    let clean = checked.iter().filter(|c| c.diagnostics.is_empty()).count();
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let _ = writeln!(
        out,
        "<testsuites name=\"assess\" tests=\"{}\" failures=\"{failed}\" errors=\"0\" skipped=\"{}\">",
        found + clean,
        found - failed,
    );
    for file in checked {
        let name = escaped(&file.file);
        let count = file.diagnostics.len();
        let failed = file.diagnostics.iter().filter(fails).count();
        let _ = writeln!(
            out,
            "  <testsuite name=\"{name}\" tests=\"{}\" failures=\"{failed}\" errors=\"0\" skipped=\"{}\">",
            count.max(1),
            count - failed,
        );
        if count == 0 {
            let _ = writeln!(out, "    <testcase name=\"check\" classname=\"{name}\"/>");
        }
        for d in &file.diagnostics {
            case(&mut out, d, &file.sources, fails(&d));
        }
        out.push_str("  </testsuite>\n");
    }
    out.push_str("</testsuites>\n");
    out
}

fn case(out: &mut String, d: &Diagnostic, sources: &SourceMap, fails: bool) {
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
    let message = escaped(&d.message);
    let words = escaped(&words);
    // A skipped test has no type, but all the rest of what a failed one says.
    let _ = match fails {
        true => writeln!(
            out,
            "      <failure type=\"{}\" message=\"{message}\">{words}</failure>\n    </testcase>",
            d.severity.as_str(),
        ),
        false => writeln!(
            out,
            "      <skipped message=\"{message}\">{words}</skipped>\n    </testcase>"
        ),
    };
}
