//! The track record for a terminal.

use super::Record;
use super::lines::{Part, nothing, parts, summary};
use crate::phrases::{Lang, Phrases};
use crate::render::Look;
use crate::render::clean::line as clean;
use crate::render::wrap::{columns, wrap};
use anstyle::Style;
use std::fmt::Write;

/// Writes it.
pub(super) fn write(record: &Record, look: Look) -> String {
    let say = Phrases::of(Lang::En);
    let mut out = String::new();
    let style = |s: Style| if look.colour { s } else { Style::new() };
    let bold = style(Style::new().bold());
    let _ = writeln!(out, "{bold}Track record{bold:#}");
    flow(
        &mut out,
        &summary(record, say),
        look,
        style(Style::new().dimmed()),
    );
    let parts = parts(record, say);
    if let Some(sentence) = nothing(record, say) {
        out.push('\n');
        flow(&mut out, sentence, look, Style::new());
    }
    for part in parts {
        let _ = writeln!(out, "\n{bold}{}{bold:#}", clean(&part.heading));
        table(&mut out, &part);
        if !part.rows.is_empty() && !part.notes.is_empty() {
            out.push('\n');
        }
        for note in &part.notes {
            flow(&mut out, note, look, Style::new());
        }
    }
    out
}

fn flow(out: &mut String, text: &str, look: Look, style: Style) {
    for line in wrap(&clean(text), look.width) {
        let _ = writeln!(out, "{style}{line}{style:#}");
    }
}

/// Words to the left, numbers to the right.
fn table(out: &mut String, part: &Part) {
    let lines: Vec<Vec<String>> = std::iter::once(&part.head)
        .chain(&part.rows)
        .map(|row| row.iter().map(|c| clean(c).into_owned()).collect())
        .collect();
    let count = part.head.len();
    let width = |i: usize| lines.iter().map(|l| columns(&l[i])).max().unwrap_or(0);
    let widths: Vec<usize> = (0..count).map(width).collect();
    for cells in &lines {
        let mut line = String::new();
        for (i, cell) in cells.iter().enumerate() {
            let gap = " ".repeat(widths[i] - columns(cell));
            match i {
                0 => {
                    let _ = write!(line, "{cell}{gap}");
                }
                _ => {
                    let _ = write!(line, "  {gap}{cell}");
                }
            }
        }
        let line = line.trim_end();
        if !line.is_empty() {
            let _ = writeln!(out, "{line}");
        }
    }
}
