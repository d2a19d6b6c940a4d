//! `15% until short`, `15% during short`: a word that does not say when a value holds.

use super::piece::Gap;
use super::{Made, Mistake, Piece};
use crate::syntax::recover::Repair;

pub(super) static MISTAKE: Mistake = Mistake {
    pair: (
        "event e { chance: 15% until short }",
        "event e { chance: 15% by short }",
    ),
    made: &[Made::Between(look)],
};

fn look(piece: &Piece<'_, '_>, gap: &Gap<'_>) -> Option<Repair> {
    let preposition = match gap.word {
        "until" | "till" | "before" | "at" | "for" | "on" | "to" => "by",
        "during" | "within" | "over" | "throughout" => "in",
        _ => return None,
    };
    let (word, horizon) = (gap.word, gap.second?);
    let place = gap.at..gap.at + word.len();
    let found = piece
        .syntax(
            place.clone(),
            format!("`{word}` does not say when a value holds"),
        )
        .label("`by` or `in` belongs here")
        .help(format!(
            "write `by {horizon}` for up to its end, `in {horizon}` for during it"
        ));
    Some(Repair::new(vec![piece.patch(place, preposition)], found))
}
