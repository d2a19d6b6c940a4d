//! `"The "hawks" win"`: a straight quote ends the text.

use super::{Made, Mistake, Piece};
use crate::syntax::grammar::Kind;
use crate::syntax::recover::Repair;

pub(super) static MISTAKE: Mistake = Mistake {
    pair: (
        "event e {\n  note: \"The \"hawks\" win\"\n}",
        "event e {\n  note: \"The “hawks” win\"\n}",
    ),
    made: &[Made::Text(look)],
};

fn look(piece: &Piece<'_, '_>, _: Kind) -> Option<Repair> {
    let text = piece.text;
    let inner = text.len() >= 2 && text.starts_with('"') && text.ends_with('"');
    if !inner || text.starts_with("\"\"\"") || text.contains('\n') {
        return None;
    }
    let within = text.match_indices('"').map(|(at, _)| at);
    let within = within.filter(|at| *at > 0 && at + 1 < text.len());
    let quotes = ["“", "”"].into_iter().cycle();
    let patches: Vec<_> = within
        .zip(quotes)
        .map(|(at, quote)| piece.patch(at..at + 1, quote))
        .collect();
    let first = patches.first()?.range.clone();
    let found = piece
        .lower
        .syntax(first, "a text in quotes ends at the next `\"`")
        .label("this one ends the text")
        .help("write `“` and `”`, or `'`, for quotes within a text");
    Some(Repair::new(patches, found).fix("write curly quotes within the text"))
}
