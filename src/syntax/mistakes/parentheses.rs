//! `(a or b`, `a)`: parentheses that do not match.

use super::{Made, Mistake, Piece};
use crate::syntax::recover::Repair;

pub(super) static MISTAKE: Mistake = Mistake {
    pair: (
        "condition c \"C\": a and (b or d",
        "condition c \"C\": a and (b or d)",
    ),
    made: &[Made::Condition(look)],
};

fn look(piece: &Piece<'_, '_>) -> Option<Repair> {
    let text = piece.text;
    let opened = text.matches('(').count();
    let closed = text.matches(')').count();
    if opened > closed {
        let at = text.rfind('(')?;
        let found = piece
            .syntax(at..at + 1, "this parenthesis is never closed")
            .label("`(` opens here")
            .help("write `)` where the group ends");
        let missing = ")".repeat(opened - closed);
        let patch = piece.patch(text.len()..text.len(), missing);
        return Some(Repair::new(vec![patch], found));
    }
    if closed == opened + 1 {
        let at = text.rfind(')')?;
        let found = piece
            .syntax(at..at + 1, "this parenthesis closes nothing")
            .label("there is no `(` for it");
        return Some(Repair::new(vec![piece.patch(at..at + 1, "")], found));
    }
    None
}
