//! `condition c "C": a, b`: a list, where a condition joins its parts.

use super::{Made, Mistake, Piece};
use crate::diag::{Diagnostic, rules};
use crate::syntax::recover::Repair;
use crate::text::source::Span;

pub(super) static MISTAKE: Mistake = Mistake {
    pair: ("condition c \"C\": a, b", "condition c \"C\": a and b"),
    made: &[Made::Condition(look)],
};

fn look(piece: &Piece<'_, '_>) -> Option<Repair> {
    let text = piece.text;
    let comma = text.find(',').filter(|_| !text.contains(" of "))?;
    let found = no_list(piece.lower.place(piece.at(comma..comma + 1)));
    let commas = text.match_indices(',');
    let patches = commas.map(|(at, _)| piece.patch(at..at + 1, " and "));
    Some(Repair::new(patches.collect(), found))
}

/// What is said of a list, at its first comma.
pub(in crate::syntax) fn no_list(comma: Span) -> Diagnostic {
    Diagnostic::new(&rules::SYNTAX, comma, "a condition is no list")
        .label("`and` or `or`?")
        .help("join the parts with `and` (all of them) or `or` (any of them)")
}
