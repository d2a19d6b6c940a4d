//! `event drift: "Members drift" { … }`: a colon before a block or a title.

use super::{Head, Made, Mistake, Piece};
use crate::syntax::recover::Repair;

pub(super) static MISTAKE: Mistake = Mistake {
    pair: (
        "event drift: { chance: 15% by short }",
        "event drift { chance: 15% by short }",
    ),
    made: &[Made::Item(look)],
};

fn look(piece: &Piece<'_, '_>, head: &Head<'_>) -> Option<Repair> {
    let word = head.word;
    if matches!(
        word,
        "horizon" | "condition" | "implies" | "section" | "use"
    ) {
        return None;
    }
    let at = head.head.find(':')?;
    let found = piece
        .syntax(at..at + 1, format!("`{word}` takes no colon here"))
        .label("nothing belongs here");
    let patch = piece.patch(at..at + 1, "");
    if word == "judgement" && !piece.text.contains('{') {
        // Its block is missing, too.
        return Some(Repair::new(vec![patch], found.help(super::key_judgement::JUDGED)).invented());
    }
    Some(Repair::new(vec![patch], found).fix("leave the colon out"))
}
