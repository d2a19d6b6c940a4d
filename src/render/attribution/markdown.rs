//! A comparison as GitHub's Markdown: for a pull request, an issue or a wiki.
//!
//! In: a comparison. Out: text. What stands in the file's own words is escaped.

use super::super::Look;
use super::super::explain::markdown::code;
use super::super::markdown::{escape, head, row};
use super::Compared;
use std::fmt::Write;

pub(super) fn report(compared: &Compared, _: Look) -> String {
    let page = compared.page();
    let mut out = format!("## {}\n\n{}\n\n", escape(&page.title), escape(&page.facts));
    head(&mut out, page.horizons.iter().map(|h| escape(h)));
    for line in &page.rows {
        let cells = line.cells.iter().map(|cell| {
            let value = match cell.is_loud {
                true => format!("**{}**", escape(&cell.value)),
                false => escape(&cell.value),
            };
            match cell.change.is_empty() {
                true => value,
                false => format!("{value}<br>{}", escape(&cell.change)),
            }
        });
        row(&mut out, &escape(&line.label), cells);
    }
    for line in &page.news {
        let _ = write!(out, "\n{}\n", code(line));
    }
    if !page.edits.is_empty() {
        out.push_str("\n### What moved it, in points\n\n");
    }
    for (i, item) in page.edits.iter().enumerate() {
        let parts: Vec<String> = item.parts.iter().map(|p| code(p)).collect();
        let place = match item.place.is_empty() {
            true => String::new(),
            false => format!(" ({})", escape(&item.place)),
        };
        let _ = writeln!(out, "{}. {}{place}", i + 1, parts.join("; "));
        for (horizon, shares) in &item.shares {
            let _ = writeln!(out, "   - {}: {}", escape(horizon), code(shares));
        }
    }
    if !page.quiet.is_empty() {
        let _ = write!(out, "\n### {}\n\n", page.quiet_heading);
    }
    for line in &page.quiet {
        let _ = writeln!(out, "- {}", code(line));
    }
    for line in &page.method {
        let _ = write!(out, "\n{line}\n");
    }
    out
}
