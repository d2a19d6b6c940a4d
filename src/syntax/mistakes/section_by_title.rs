//! `summary: "…"`: a section by its title.

use super::{Made, Mistake, Piece};
use crate::syntax::recover::Repair;

pub(super) static MISTAKE: Mistake = Mistake {
    pair: (
        "summary: \"It stays.\"",
        "section \"Summary\": \"It stays.\"",
    ),
    made: &[Made::Keyword(look)],
};

/// What sections are called.
const TITLES: [&str; 16] = [
    "summary",
    "executive summary",
    "abstract",
    "introduction",
    "background",
    "analysis",
    "discussion",
    "conclusion",
    "conclusions",
    "outlook",
    "implications",
    "recommendations",
    "bottom line",
    "key points",
    "scope",
    "text",
];

fn look(piece: &Piece<'_, '_>, _: &str) -> Option<Repair> {
    let colon = piece.line().find(':')?;
    let title = piece.text[..colon].trim_end();
    let low = title.to_lowercase().replace('_', " ");
    if !TITLES.contains(&low.as_str()) || !piece.text[colon + 1..].trim_start().starts_with('"') {
        return None;
    }
    let mut letters = low.chars();
    let first = letters.next()?.to_uppercase();
    let meant = format!("section \"{first}{}\"", letters.as_str());
    let found = piece
        .syntax(0..title.len(), format!("`{title}` is not an item"))
        .label("text stands in a section")
        .help(format!("write `{meant}: …`"));
    let repair = Repair::new(vec![piece.patch(0..title.len(), meant.as_str())], found);
    Some(repair.fix(format!("write `{meant}`")))
}
