//! `when: a by long`: a condition is looked at in each horizon by itself.

use super::{Made, Mistake, Piece};
use crate::syntax::recover::{Repair, split_words};

pub(super) static MISTAKE: Mistake = Mistake {
    pair: ("condition c \"C\": a by long", "condition c \"C\": a"),
    made: &[Made::Timeless(look)],
};

fn look(piece: &Piece<'_, '_>) -> Option<Repair> {
    let text = piece.text;
    let (at, word) = split_words(text).find(|(_, word)| matches!(*word, "by" | "in"))?;
    let end = text[at + word.len()..].trim_start();
    let name = end.split_ascii_whitespace().next()?;
    let stop = text.len() - end.len() + name.trim_end_matches(')').len();
    let found = piece
        .syntax(at..stop, "a condition takes no time")
        .label("it is looked at in each horizon by itself")
        .help(format!("leave `{}` out", &text[at..stop]));
    Some(Repair::new(vec![piece.patch(at..stop, "")], found))
}
