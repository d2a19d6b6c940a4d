//! The difference between two texts, as `diff -u` and `git` show it.
//!
//! In: a file's name and its text before and after. Out: a unified diff; nothing where they are alike.

use super::Look;
use crate::text::clean;
use anstyle::{AnsiColor, Style};
use similar::{ChangeTag, TextDiff};
use std::fmt::Write;
use std::time::Duration;

/// How many unchanged lines stand around a change.
const CONTEXT: usize = 3;

/// A difference larger than this can be found in is given as one replacement.
const PATIENCE: Duration = Duration::from_secs(5);

/// A unified diff.
pub fn unified(name: &str, before: &str, after: &str, look: Look) -> String {
    if before == after {
        return String::new();
    }
    let style = |style: Style| if look.colour { style } else { Style::new() };
    let bold = style(Style::new().bold());
    let cyan = style(AnsiColor::Cyan.on_default());
    let red = style(AnsiColor::Red.on_default());
    let green = style(AnsiColor::Green.on_default());
    let plain = Style::new();
    let diff = TextDiff::configure()
        .timeout(PATIENCE)
        .diff_lines(before, after);
    let name = clean::name(name);
    let mut out = format!("{bold}--- {name}{bold:#}\n{bold}+++ {name}{bold:#}\n");
    for hunk in diff.unified_diff().context_radius(CONTEXT).iter_hunks() {
        let _ = writeln!(out, "{cyan}{}{cyan:#}", hunk.header());
        for change in hunk.iter_changes() {
            let (sign, style) = match change.tag() {
                ChangeTag::Equal => (' ', plain),
                ChangeTag::Delete => ('-', red),
                ChangeTag::Insert => ('+', green),
            };
            let line = change.value();
            // The line ends of another system steer nothing, and show where they change; a carriage
            // return alone would have the terminal write over the line.
            let words = match line.strip_suffix("\r\n") {
                Some(words) => format!("{}\r", clean::lines(words)),
                None => clean::lines(line.strip_suffix('\n').unwrap_or(line)).into_owned(),
            };
            let _ = writeln!(out, "{style}{sign}{words}{style:#}");
            if change.missing_newline() {
                out.push_str("\\ No newline at end of file\n");
            }
        }
    }
    out
}
