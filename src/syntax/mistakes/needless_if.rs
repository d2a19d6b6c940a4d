//! `when: if a`: the clause says it already.

use super::{Made, Mistake, Piece};
use crate::syntax::recover::Repair;

pub(super) static MISTAKE: Mistake = Mistake {
    pair: (
        "change c { when: if a, weight for exit: weak }",
        "change c { when: a, weight for exit: weak }",
    ),
    made: &[Made::Condition(look)],
};

fn look(piece: &Piece<'_, '_>) -> Option<Repair> {
    let rest = piece.text.strip_prefix("if ")?;
    let found = piece
        .syntax(0..2, "a condition stands without `if`")
        .label("the clause says it already");
    let patch = piece.patch(0..piece.text.len() - rest.len(), "");
    Some(Repair::new(vec![patch], found).fix("leave `if` out"))
}
