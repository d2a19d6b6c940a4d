//! The track record as GitHub's Markdown.

use super::Record;
use super::lines::{Part, nothing, parts, summary};
use crate::phrases::Phrases;
use crate::render::markdown::{escape, head, row};
use crate::text::lang::Lang;
use std::fmt::Write;

/// Writes it.
pub(super) fn write(record: &Record) -> String {
    let say = Phrases::of(Lang::En);
    let mut out = format!("## Track record\n\n{}\n", escape(&summary(record, say)));
    if let Some(sentence) = nothing(record, say) {
        let _ = write!(out, "\n{sentence}\n");
    }
    for part in parts(record, say) {
        write_part(&mut out, &part, "###");
    }
    out
}

/// One part under a heading of some level.
pub(in crate::render) fn write_part(out: &mut String, part: &Part, level: &str) {
    let _ = write!(out, "\n{level} {}\n\n", escape(&part.heading));
    if let [_, titles @ ..] = part.head.as_slice() {
        head(out, titles.iter().map(|t| escape(t)));
        for cells in &part.rows {
            let rest = cells.iter().skip(1).map(|c| escape(c));
            row(out, &escape(&cells[0]), rest);
        }
        if !part.notes.is_empty() {
            out.push('\n');
        }
    }
    for note in &part.notes {
        let _ = writeln!(out, "- {}", escape(note));
    }
}
