//! `y2026: 2.9 (1.8 to 3.9)`, `by y2026: …` in a quantity: the horizon stands without `in`.

use super::piece::is_word;
use super::{Key, Made, Mistake, Piece};
use crate::syntax::recover::{Repair, short};
use crate::syntax::words::Owner;

pub(super) static MISTAKE: Mistake = Mistake {
    pair: (
        "quantity growth { y2026: 2.9 (1.8 to 3.9) }",
        "quantity growth { in y2026: 2.9 (1.8 to 3.9) }",
    ),
    made: &[Made::Key(look)],
};

fn look(piece: &Piece<'_, '_>, key: &Key<'_>) -> Option<Repair> {
    if key.owner != Owner::Quantity {
        return None;
    }
    let mut words = key.key.split_whitespace();
    let (name, before) = match (words.next()?, words.next(), words.next()) {
        (name, None, _) => (name, ""),
        (before @ ("by" | "at" | "for" | "on" | "during" | "until"), Some(name), None) => {
            (name, before)
        }
        _ => return None,
    };
    let value = piece.text[key.key.len()..].trim_start_matches([':', ' ']);
    let is_number = super::piece::is_number(value.trim_start_matches(['-', '+']));
    if !is_word(name) || !is_number {
        return None;
    }
    let place = 0..key.key.len();
    let (message, label) = match before {
        "" => (
            format!("`in` is missing before `{name}`"),
            "in which horizon?".to_owned(),
        ),
        before => (
            format!("a quantity is stated in a horizon, not `{before}` it"),
            "`in` belongs here".to_owned(),
        ),
    };
    let found = piece
        .syntax(place.clone(), message)
        .label(label)
        .help(format!("write `in {name}: {}`", short(value)));
    let patch = piece.patch(place, format!("in {name}"));
    Some(Repair::new(vec![patch], found).fix(format!("write `in {name}`")))
}
