//! `15% by short 35% by medium`: a comma is missing between two values.

use super::piece::{Gap, is_number};
use super::{Made, Mistake, Piece};
use crate::syntax::recover::{Repair, short};

pub(super) static MISTAKE: Mistake = Mistake {
    pair: (
        "event e { chance: 15% by short 35% by medium }",
        "event e { chance: 15% by short, 35% by medium }",
    ),
    made: &[Made::Between(look)],
};

fn look(piece: &Piece<'_, '_>, gap: &Gap<'_>) -> Option<Repair> {
    let text = piece.text;
    let after = gap.end();
    let end = text[..after].trim_end().len();
    let next = text[end..].trim_start();
    let apart = text[end..].starts_with(char::is_whitespace);
    let begins = is_number(next)
        || after > gap.at && next.starts_with(char::is_alphabetic)
        || begins_row(next);
    if !apart || !begins {
        return None;
    }
    let found = piece
        .syntax(
            text.len() - next.len()..text.len(),
            format!("a comma is missing before `{}`", short(next)),
        )
        .label("the next value begins here")
        .help("the values of a list stand between commas");
    Some(Repair::new(vec![piece.patch(end..end, ",")], found).fix("write a comma"))
}

/// Whether a row of a prior begins, `shut: rest`.
fn begins_row(text: &str) -> bool {
    let name = text
        .split(|c: char| c != '_' && !c.is_alphanumeric())
        .next();
    let name = name.unwrap_or_default();
    name.starts_with(char::is_alphabetic) && text[name.len()..].trim_start().starts_with(':')
}
