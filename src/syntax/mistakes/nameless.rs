//! `event { … }`: an item without its name.

use super::{Head, Made, Mistake, Piece};
use crate::syntax::recover::{Repair, split_words};
use crate::syntax::words::item_example;

pub(super) static MISTAKE: Mistake = Mistake {
    pair: (
        "event { chance: 15% by short }",
        "event drift \"Major members drift\" { chance: 15% by short }",
    ),
    made: &[Made::Item(look)],
};

fn look(piece: &Piece<'_, '_>, head: &Head<'_>) -> Option<Repair> {
    if !head.is_named() || split_words(head.rest).next().is_some() {
        return None;
    }
    let word = head.word;
    let example = item_example(word).map(|example| format!("write it like `{example}`"));
    let found = piece
        .syntax(0..word.len(), format!("this {word} has no name"))
        .label("a name belongs behind this")
        .help(example.unwrap_or_default());
    let patch = piece.patch(word.len()..word.len(), " nameless");
    Some(Repair::new(vec![patch], found).invented())
}
