//! `prior if a { … }`: the words that say when a row of the prior holds.

use super::{Head, Made, Mistake, Piece, of_condition};
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
    if guard == "given" {
        return condition(piece, head, at + guard.len());
    }
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

/// A condition that cannot be read, or none.
fn condition(piece: &Piece<'_, '_>, head: &Head<'_>, behind: usize) -> Option<Repair> {
    let said = head.head.get(behind..)?;
    let start = behind + said.len() - said.trim_start().len();
    if said.trim().is_empty() {
        let found = piece
            .syntax(
                behind - "given".len()..behind,
                "a condition is missing behind `given`",
            )
            .label("given what?")
            .help("a row is `prior given CONDITION { … }` or `prior otherwise { … }`");
        let patch = piece.patch(behind - "given".len()..behind, "otherwise");
        return Some(Repair::new(vec![patch], found));
    }
    let part = piece.part(start..head.head.len());
    of_condition(&part, true).into_iter().reduce(Repair::or)
}
