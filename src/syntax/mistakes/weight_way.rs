//! `weight towards exit: strong`: `for` or `against` in another word.

use super::{Made, Mistake, Piece};
use crate::syntax::grammar::Kind;
use crate::syntax::recover::{Repair, meant, split_words};
use crate::syntax::words::Clause;

pub(super) static MISTAKE: Mistake = Mistake {
    pair: (
        "factor f { weight towards exit: strong }",
        "factor f { weight for exit: strong }",
    ),
    made: &[Made::Clause(look)],
};

fn look(piece: &Piece<'_, '_>, clause: &Clause) -> Option<Repair> {
    let (at, word) = second(piece, clause)?;
    if matches!(word, "for:" | "against:") {
        return None;
    }
    let way = way(word)?;
    let place = at..at + word.len();
    let found = piece
        .syntax(
            place.clone(),
            format!("a weight is not `{word}` an outcome"),
        )
        .label("`for` or `against` belongs here")
        .help(format!("write `weight {way} …`"));
    Some(
        Repair::new(vec![piece.patch(place, way)], found)
            .fix(format!("write `{way}`"))
            .only_if(!matches!(word, "of" | "on")),
    )
}

/// The word behind `weight`, and where it stands.
pub(super) fn second<'t>(piece: &Piece<'_, 't>, clause: &Clause) -> Option<(usize, &'t str)> {
    if clause.kind != Kind::weight {
        return None;
    }
    split_words(piece.line()).nth(1)
}

/// Which way a word means.
pub(super) fn way(word: &str) -> Option<&'static str> {
    match word.trim_end_matches(':') {
        "towards" | "toward" | "to" | "favouring" | "pro" | "of" | "on" | "fro" => Some("for"),
        "contra" | "con" | "versus" | "vs" | "agianst" => Some("against"),
        other => meant(other, ["against"]),
    }
}
