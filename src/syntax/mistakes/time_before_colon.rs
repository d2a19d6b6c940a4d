//! `chance by short: 15%`: the horizon stands before the colon.

use super::{Made, Mistake, Piece};
use crate::syntax::grammar::Kind;
use crate::syntax::recover::{Repair, split_words};
use crate::syntax::words::Clause;

pub(super) static MISTAKE: Mistake = Mistake {
    pair: (
        "event e { chance by short: 15% }",
        "event e { chance: 15% by short }",
    ),
    made: &[Made::Clause(look)],
};

fn look(piece: &Piece<'_, '_>, clause: &Clause) -> Option<Repair> {
    if !matches!(clause.kind, Kind::chance | Kind::holds) {
        return None;
    }
    let (at, by) = split_words(piece.line()).nth(1)?;
    let text = piece.text;
    let colon = text.find(':').filter(|colon| at < *colon)?;
    if !matches!(by, "by" | "in") {
        return None;
    }
    let time = text[at..colon].trim();
    let value = text[colon + 1..].trim();
    let message = format!("`{by}` stands behind the value, not before the colon");
    let found = piece
        .syntax(at..at + time.len(), message)
        .label("this belongs behind the value")
        .help(format!("write `{}: {value} {time}`", clause.key));
    let place = at.saturating_sub(1)..text.len();
    let patch = piece.patch(place, format!(": {value} {time}"));
    // An event's chance is stated up to a time: what `in` means of it is for the author to say.
    let plain = by == "by" || clause.kind == Kind::holds;
    let repair = Repair::new(vec![patch], found);
    Some(repair.fix("put it behind the value").only_if(plain))
}
