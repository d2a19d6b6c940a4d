//! `by short 15%`: the horizon stands before its value.

use super::{Made, Mistake, Piece};
use crate::syntax::broken_values::{Want, time_end};
use crate::syntax::recover::Repair;

pub(super) static MISTAKE: Mistake = Mistake {
    pair: (
        "event e { chance: by short 15% }",
        "event e { chance: 15% by short }",
    ),
    made: &[Made::Value(look)],
};

fn look(piece: &Piece<'_, '_>, want: Want) -> Option<Repair> {
    if want == Want::Length {
        return None;
    }
    let (time, value) = piece.text.split_at(time_end(piece.text)?);
    let value = value.trim();
    if value.is_empty() {
        return None;
    }
    let found = piece
        .syntax(0..time.len(), format!("`{time}` stands before its value"))
        .label("a value stands first, then when it holds")
        .help(format!("write `{value} {time}`"));
    let patch = piece.replaced(format!("{value} {time}"));
    Some(Repair::new(vec![patch], found).fix("put the value first"))
}
