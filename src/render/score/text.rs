//! The track record for a terminal.

use super::Record;
use super::lines::{Part, nothing, parts, summary};
use crate::phrases::Phrases;
use crate::render::Look;
use crate::text::clean::line as clean;
use crate::text::lang::Lang;
use crate::text::wrap::{columns, wrap};
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
        table(&mut out, &part, look.width);
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

/// The least that names are cut to.
const NAMES: usize = 12;

/// Words to the left, numbers to the right; what is too wide is wrapped: titles first, then names.
fn table(out: &mut String, part: &Part, wide: usize) {
    let lines: Vec<Vec<String>> = std::iter::once(&part.head)
        .chain(&part.rows)
        .map(|row| row.iter().map(|c| clean(c).into_owned()).collect())
        .collect();
    let count = part.head.len();
    let width = |i: usize| lines.iter().map(|l| columns(&l[i])).max().unwrap_or(0);
    let mut widths: Vec<usize> = (0..count).map(width).collect();
    let all = |widths: &[usize]| widths.iter().sum::<usize>() + 2 * count.saturating_sub(1);
    if all(&widths) > wide {
        for (i, width) in widths.iter_mut().enumerate().skip(1) {
            let title = lines[0][i].split(' ').map(columns).max().unwrap_or(0);
            let body = lines[1..].iter().map(|l| columns(&l[i])).max().unwrap_or(0);
            *width = title.max(body);
        }
        let over = all(&widths).saturating_sub(wide);
        if let Some(names) = widths.first_mut() {
            *names = names.saturating_sub(over).max(NAMES.min(*names));
        }
    }
    for cells in &lines {
        let each = cells.iter().zip(&widths);
        let cells: Vec<Vec<String>> = each.map(|(cell, width)| wrap(cell, *width)).collect();
        let high = cells.iter().map(Vec::len).max().unwrap_or(0);
        for row in 0..high {
            let mut line = String::new();
            for (i, (cell, width)) in cells.iter().zip(&widths).enumerate() {
                let cell = cell.get(row).map_or("", String::as_str);
                let gap = " ".repeat(width.saturating_sub(columns(cell)));
                let _ = match i {
                    0 => write!(line, "{cell}{gap}"),
                    _ => write!(line, "  {gap}{cell}"),
                };
            }
            let line = line.trim_end();
            if !line.is_empty() {
                let _ = writeln!(out, "{line}");
            }
        }
    }
}
