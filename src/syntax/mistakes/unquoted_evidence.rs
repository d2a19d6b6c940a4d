//! `evidence Declines to sign { … }`: the text stands without quotes.

use super::{Made, Mistake, Piece};
use crate::syntax::grammar::Kind;
use crate::syntax::recover::{Repair, short};
use crate::syntax::words::Clause;

pub(super) static MISTAKE: Mistake = Mistake {
    pair: (
        "factor f { evidence Declines to sign }",
        "factor f { evidence \"Declines to sign\" }",
    ),
    made: &[Made::Clause(look)],
};

fn look(piece: &Piece<'_, '_>, clause: &Clause) -> Option<Repair> {
    if clause.kind != Kind::evidence {
        return None;
    }
    let text = piece.text;
    let rest = &text[clause.key.len()..];
    let start = text.len() - rest.trim_start_matches([' ', ':', '\t']).len();
    let said = text[start..]
        .split('{')
        .next()
        .unwrap_or_default()
        .trim_end();
    if said.is_empty() || said.contains('"') {
        return None;
    }
    let place = start..start + said.len();
    let found = piece
        .syntax(
            place.clone(),
            "the text of this evidence stands without quotes",
        )
        .label("a text stands in quotes")
        .help(format!("write `evidence \"{}\"`", short(said)));
    Some(Repair::new(piece.quotes(place), found).fix("put it in quotes"))
}
