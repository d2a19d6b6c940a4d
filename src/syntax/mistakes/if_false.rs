//! `weight for exit if false: strong`: what counts if an assumption is wrong.

use super::joined_outcomes::replaced;
use super::{Made, Mistake, Piece};
use crate::syntax::recover::Repair;
use crate::syntax::words::Clause;

pub(super) static MISTAKE: Mistake = Mistake {
    pair: (
        "assumption a { weight for exit if false: strong }",
        "assumption a { weight for exit if wrong: strong }",
    ),
    made: &[Made::Clause(look)],
};

fn look(piece: &Piece<'_, '_>, clause: &Clause) -> Option<Repair> {
    let said = "an assumption says `if wrong`";
    let words = ["if false", "if not", "if untrue"].into_iter();
    let repairs = words.filter_map(|wrong| replaced(piece, clause, wrong, "if wrong", said));
    repairs.reduce(Repair::or)
}
