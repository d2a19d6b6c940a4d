//! `prior if a { … }`: the words that say when a row of the prior holds.

use super::{Head, Made, Mistake, Piece};
use crate::syntax::recover::{Repair, split_words};

pub(super) static MISTAKE: Mistake = Mistake {
    pair: (
        "prior if a { exit: 2%, stays: rest }",
        "prior given a { exit: 2%, stays: rest }",
    ),
    made: &[Made::Item(look)],
};

fn look(piece: &Piece<'_, '_>, head: &Head<'_>) -> Option<Repair> {
    if head.word != "prior" {
        return None;
    }
    let (at, guard) = split_words(piece.line()).nth(1)?;
    let meant = match guard {
        "if" | "when" | "under" | "with" | "assuming" => "given",
        "else" | "default" | "unless" => "otherwise",
        _ => return None,
    };
    let place = at..at + guard.len();
    let found = piece
        .syntax(place.clone(), format!("`{guard}` is written `{meant}`"))
        .label(format!("`{meant}` belongs here"))
        .help("a row is `prior given CONDITION { … }` or `prior otherwise { … }`");
    let patch = piece.patch(place, meant);
    Some(Repair::new(vec![patch], found).fix(format!("write `{meant}`")))
}
