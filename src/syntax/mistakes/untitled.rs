//! `bet { … }`: an item without the title that it needs.

use super::{Head, Made, Mistake, Piece};
use crate::syntax::recover::Repair;
use crate::syntax::words::item_example;

pub(super) static MISTAKE: Mistake = Mistake {
    pair: (
        "bet { on: not exit by short, price: 97% }",
        "bet \"Presence stays\" { on: not exit by short, price: 97% }",
    ),
    made: &[Made::Item(look)],
};

fn look(piece: &Piece<'_, '_>, head: &Head<'_>) -> Option<Repair> {
    let word = head.word;
    if !matches!(word, "assessment" | "bet" | "judgement") || !head.rest.is_empty() {
        return None;
    }
    let example = item_example(word).map(|example| format!("write it like `{example}`"));
    let found = piece
        .syntax(0..word.len(), format!("this {word} has no title"))
        .label("a title in quotes belongs behind this")
        .help(example.unwrap_or_default());
    let patch = piece.patch(word.len()..word.len(), " \"\"");
    Some(Repair::new(vec![patch], found))
}
