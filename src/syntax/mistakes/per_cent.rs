//! `20 per cent`: a percentage in words.

use super::{Made, Mistake, Piece};
use crate::syntax::broken_values::Want;
use crate::syntax::recover::Repair;

pub(super) static MISTAKE: Mistake = Mistake {
    pair: (
        "event e { chance: 20 per cent by short }",
        "event e { chance: 20% by short }",
    ),
    made: &[Made::Value(look)],
};

fn look(piece: &Piece<'_, '_>, _: Want) -> Option<Repair> {
    let at = piece.text.find("per cent")?;
    let end = at + "per cent".len();
    let found = piece
        .syntax(at..end, "`per cent` is written `%`")
        .label("`%` belongs here");
    let start = piece.text[..at].trim_end().len();
    Some(Repair::new(vec![piece.patch(start..end, "%")], found).fix("write `%`"))
}
