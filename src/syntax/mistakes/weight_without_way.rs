//! `weight exit: strong`: neither `for` nor `against`.

use super::weight_way::{second, way};
use super::{Made, Mistake, Piece};
use crate::syntax::recover::Repair;
use crate::syntax::words::Clause;

pub(super) static MISTAKE: Mistake = Mistake {
    pair: (
        "factor f { weight exit: strong }",
        "factor f { weight for exit: strong }",
    ),
    made: &[Made::Clause(look)],
};

fn look(piece: &Piece<'_, '_>, clause: &Clause) -> Option<Repair> {
    let (at, word) = second(piece, clause)?;
    if way(word).is_some() || matches!(word, "for" | "against" | "for:" | "against:") {
        return None;
    }
    let name = word.trim_end_matches(':');
    let found = piece
        .syntax(
            0..at + name.len(),
            "this weight does not say which way it pushes",
        )
        .label("`for` or `against` is missing")
        .help(format!(
            "write `weight for {name}: …` for what makes it likelier, `weight against {name}: …` for what makes it less likely"
        ));
    Some(Repair::new(vec![piece.patch(at..at, "for ")], found))
}
