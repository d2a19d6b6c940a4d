//! A line for each test; then what failed, in full; then the sum.

use super::super::Look;
use super::{Run, Status, Test, count, coverage};
use crate::text::clean::line as clean;
use crate::text::wrap::{columns, wrap};
use anstyle::{AnsiColor, Style};
use std::fmt::Write;

/// The column of outcomes, with the blanks behind them.
const STATUS: usize = 7;

/// Writes it.
pub(super) fn write(run: &Run, look: Look) -> String {
    let style = |style: Style| if look.colour { style } else { Style::new() };
    let colour = |status: Status| {
        style(match status {
            Status::Passed => AnsiColor::Green.on_default(),
            Status::Failed => AnsiColor::Red.on_default().bold(),
            Status::New | Status::Accepted => AnsiColor::Yellow.on_default(),
        })
    };
    let mut out = String::new();
    let tests: Vec<Test<'_>> = run.tests().collect();
    let head = |test: &Test<'_>, cut: bool| {
        let (word, style) = (word(test.status), colour(test.status));
        let name = clean(&test.name).into_owned();
        let name = if cut {
            shortened(&name, look.width - STATUS)
        } else {
            name
        };
        let gap = " ".repeat(STATUS.saturating_sub(word.len()));
        format!("{style}{word}{style:#}{gap}{name}\n")
    };
    let mut listed = false;
    for test in &tests {
        if !run.quiet || test.status != Status::Passed {
            out.push_str(&head(test, true));
            listed = true;
        }
    }
    for test in tests.iter().filter(|t| t.status == Status::Failed) {
        if listed {
            out.push('\n');
        }
        listed = true;
        out.push_str(&head(test, false));
        let inner = Look {
            width: look.width.saturating_sub(STATUS),
            ..look
        };
        for line in test.details(inner).trim_end().lines() {
            let line = format!("{}{line}", " ".repeat(STATUS));
            let _ = writeln!(out, "{}", line.trim_end());
        }
    }
    let covered = coverage::text(run, look);
    if !covered.is_empty() {
        if listed {
            out.push('\n');
        }
        listed = true;
        out.push_str(&covered);
    }
    if listed {
        out.push('\n');
    }
    for (path, why) in &run.stale {
        let style = colour(if run.locked {
            Status::Failed
        } else {
            Status::New
        });
        let gap = " ".repeat(STATUS - "STALE".len());
        for (i, line) in wrap(&format!("{path}: {why}"), look.width - STATUS)
            .iter()
            .enumerate()
        {
            match i {
                0 => _ = writeln!(out, "{style}STALE{style:#}{gap}{}", clean(line)),
                _ => _ = writeln!(out, "{}{}", " ".repeat(STATUS), clean(line)),
            }
        }
    }
    let failed = !run.is_good();
    let bold = match failed {
        true => colour(Status::Failed),
        false => colour(Status::Passed),
    };
    let summary = summary(run);
    for line in wrap(&summary, look.width) {
        let _ = writeln!(out, "{bold}{line}{bold:#}");
    }
    out
}

fn word(status: Status) -> &'static str {
    match status {
        Status::Passed => "PASS",
        Status::Failed => "FAIL",
        Status::New => "NEW",
        Status::Accepted => "STORED",
    }
}

/// A name that fits into one line.
fn shortened(name: &str, width: usize) -> String {
    if columns(name) <= width {
        return name.to_owned();
    }
    let mut out = String::new();
    for c in name.chars() {
        if columns(&out) + columns(c.encode_utf8(&mut [0; 4])) + 1 > width {
            break;
        }
        out.push(c);
    }
    out.push('…');
    out
}

fn summary(run: &Run) -> String {
    let tally = run.tally();
    let parts = [
        (tally.passed, "passed"),
        (tally.failed, "failed"),
        (tally.accepted, "stored"),
        (
            tally.new,
            "new: `--accept` stores what has no stored verdict",
        ),
    ];
    let parts = parts.iter().filter(|(n, _)| *n > 0);
    let parts: Vec<String> = parts.map(|(n, what)| format!("{n} {what}")).collect();
    let tests = count(tally.tests, "test");
    let files = count(tally.files, "file");
    match parts.is_empty() {
        true => format!("{tests} in {files}"),
        false => format!("{tests} in {files}: {}", parts.join(", ")),
    }
}
