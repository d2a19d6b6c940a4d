//! Tests as a JUnit report, which most CI servers read.
//!
//! Out: XML as Jenkins and its kin take it: a suite for each file, a case for each test. A verdict
//! that is not stored yet is skipped; a file without meaning is an error; with `--locked` what is stale
//! fails in a suite of its own.

use super::super::Look;
use super::super::xml::escaped;
use super::{Of, Run, Status};
use std::fmt::Write;

/// The width of a failure's text.
const WIDTH: usize = 100;

/// Writes it.
pub(super) fn write(run: &Run, _: Look) -> String {
    let look = Look {
        width: WIDTH,
        colour: false,
    };
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let mut suites = String::new();
    let (mut tests, mut failures, mut errors) = (0, 0, 0);
    for file in &run.files {
        let cases = file.tests(run.locked);
        let is_error = |of: &Of<'_>| matches!(of, Of::File(_));
        let failed = cases.iter().filter(|t| t.status == Status::Failed);
        let (wrong, bad): (Vec<_>, Vec<_>) = failed.partition(|t| is_error(&t.of));
        let (wrong, bad) = (wrong.len(), bad.len());
        let skipped = cases.iter().filter(|t| t.status == Status::New).count();
        tests += cases.len();
        failures += bad;
        errors += wrong;
        let name = escaped(&file.file);
        let _ = writeln!(
            suites,
            "  <testsuite name=\"{}\" file=\"{name}\" tests=\"{}\" failures=\"{bad}\" \
             errors=\"{wrong}\" skipped=\"{skipped}\">",
            escaped(&file.name),
            cases.len(),
        );
        for test in &cases {
            // Servers show the class apart from the name, which begins with it.
            let short = test.name.strip_prefix(&format!("{}::", file.name));
            let short = escaped(short.unwrap_or(&test.name));
            let class = escaped(&file.name);
            let _ = write!(
                suites,
                "    <testcase name=\"{short}\" classname=\"{class}\""
            );
            let message = escaped(&test.message().unwrap_or_default());
            let kind = test.kind.as_str();
            let tag = if is_error(&test.of) {
                "error"
            } else {
                "failure"
            };
            let _ = match test.status {
                Status::Passed | Status::Accepted => writeln!(suites, "/>"),
                Status::New => writeln!(
                    suites,
                    ">\n      <skipped message=\"{message}\"/>\n    </testcase>"
                ),
                Status::Failed => writeln!(
                    suites,
                    ">\n      <{tag} type=\"{kind}\" message=\"{message}\">{}</{tag}>\n    \
                     </testcase>",
                    escaped(&test.details(look))
                ),
            };
        }
        suites.push_str("  </testsuite>\n");
    }
    if run.locked && !run.stale.is_empty() {
        let count = run.stale.len();
        tests += count;
        failures += count;
        let _ = writeln!(
            suites,
            "  <testsuite name=\"stale\" tests=\"{count}\" failures=\"{count}\" errors=\"0\" \
             skipped=\"0\">"
        );
        for (path, why) in &run.stale {
            let _ = writeln!(
                suites,
                "    <testcase name=\"{}\" classname=\"stale\">\n      <failure type=\"stale\" \
                 message=\"{}\"/>\n    </testcase>",
                escaped(path),
                escaped(why)
            );
        }
        suites.push_str("  </testsuite>\n");
    }
    let _ = writeln!(
        out,
        "<testsuites name=\"assess test\" tests=\"{tests}\" failures=\"{failures}\" \
         errors=\"{errors}\">"
    );
    out + &suites + "</testsuites>\n"
}
