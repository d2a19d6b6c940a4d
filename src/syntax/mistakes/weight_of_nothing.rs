//! `weight for: strong`: a weight that names no outcome.

use super::weight_way::second;
use super::{Made, Mistake, Piece};
use crate::syntax::recover::Repair;
use crate::syntax::words::Clause;

pub(super) static MISTAKE: Mistake = Mistake {
    pair: (
        "factor f { weight for: strong }",
        "factor f { weight for exit: strong }",
    ),
    made: &[Made::Clause(look)],
};

fn look(piece: &Piece<'_, '_>, clause: &Clause) -> Option<Repair> {
    let (at, word) = second(piece, clause)?;
    if !matches!(word, "for:" | "against:") {
        return None;
    }
    let end = at + word.len() - 1;
    let found = piece
        .syntax(0..end, "this weight names no outcome")
        .label("an outcome's name belongs behind this")
        .help(format!(
            "write `weight {} exit: strong`",
            word.trim_end_matches(':')
        ));
    Some(Repair::new(vec![piece.patch(end..end, " nothing")], found))
}
