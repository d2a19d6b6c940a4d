//! `condition c "C": a, b`: a list, where a condition joins its parts.

use super::{Made, Mistake, Piece};
use crate::syntax::recover::Repair;

pub(super) static MISTAKE: Mistake = Mistake {
    pair: ("condition c \"C\": a, b", "condition c \"C\": a and b"),
    made: &[Made::Condition(look)],
};

fn look(piece: &Piece<'_, '_>) -> Option<Repair> {
    let text = piece.text;
    let comma = text.find(',').filter(|_| !text.contains(" of "))?;
    let found = piece
        .syntax(comma..comma + 1, "a condition is no list")
        .label("`and` or `or`?")
        .help("join the parts with `and` (all of them) or `or` (any of them)");
    let commas = text.match_indices(',');
    let patches = commas.map(|(at, _)| piece.patch(at..at + 1, " and "));
    Some(Repair::new(patches.collect(), found))
}
