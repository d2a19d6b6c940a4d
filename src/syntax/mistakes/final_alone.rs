//! `final exit "Full exit"`: `outcome` is missing.

use super::{Head, Made, Mistake, Piece};
use crate::syntax::recover::{Repair, split_words};

pub(super) static MISTAKE: Mistake = Mistake {
    pair: (
        "final exit \"Full exit\"",
        "final outcome exit \"Full exit\"",
    ),
    made: &[Made::Item(look)],
};

fn look(piece: &Piece<'_, '_>, head: &Head<'_>) -> Option<Repair> {
    if head.word != "final" {
        return None;
    }
    let (at, name) = split_words(piece.line()).nth(1)?;
    let found = piece
        .syntax(0..at + name.len(), "`final` stands before `outcome`")
        .label("`outcome` is missing behind `final`")
        .help(format!("write `final outcome {name}`"));
    let patch = piece.patch(at..at, "outcome ");
    Some(Repair::new(vec![patch], found).fix("write `outcome`"))
}
