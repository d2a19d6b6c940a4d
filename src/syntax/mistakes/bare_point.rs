//! `.5%`: a number that begins with its point.

use super::{Made, Mistake, Piece};
use crate::syntax::broken_values::Want;
use crate::syntax::recover::Repair;

pub(super) static MISTAKE: Mistake = Mistake {
    pair: (
        "event e { chance: .5% by short }",
        "event e { chance: 0.5% by short }",
    ),
    made: &[Made::Value(look)],
};

fn look(piece: &Piece<'_, '_>, _: Want) -> Option<Repair> {
    if !piece.text.starts_with('.') {
        return None;
    }
    let found = piece
        .syntax(0..1, "a number begins with a digit")
        .label("`0` is missing before the point");
    Some(Repair::new(vec![piece.patch(0..0, "0")], found).fix("write the `0`"))
}
