//! `15% by short 35% by medium`: a comma is missing between two values.

use super::piece::{Gap, is_number};
use super::{Made, Mistake, Piece};
use crate::syntax::recover::{Repair, short};
use crate::syntax::times::unit;

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
    let begins = is_number(next) && is_counted(next)
        || after > gap.at && begins_with_word(next)
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

/// Whether a number is one of something: a bare one may be a year, or a day of a month.
fn is_counted(text: &str) -> bool {
    const UNITS: [&str; 16] = [
        "%", "‰", ":", "of ", "out of ", "in ", "per cent", "percent", "pct", "dB", "db", "DB",
        "times", "to ", "-", "–",
    ];
    let digits = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',');
    let behind = text.trim_start_matches(digits).trim_start();
    if !UNITS.iter().any(|unit| behind.starts_with(unit)) {
        return false;
    }
    // `20 years`, `1 in 100 years` count time, not chances.
    let mut words = behind
        .split_whitespace()
        .filter(|w| !w.starts_with(|c: char| c.is_ascii_digit()));
    !words
        .by_ref()
        .take(3)
        .any(|word| unit(word.trim_end_matches([',', ')'])).is_some())
}

/// Whether a word that may stand for a value begins a text.
fn begins_with_word(text: &str) -> bool {
    const OTHERS: [&str; 24] = [
        "onwards", "onward", "on", "or", "and", "then", "later", "sooner", "earlier", "each",
        "every", "total", "now", "today", "end", "at", "per", "a", "an", "since", "from", "until",
        "through", "except",
    ];
    let word = text
        .split(|c: char| !c.is_alphanumeric())
        .next()
        .unwrap_or_default();
    text.starts_with(char::is_alphabetic) && !OTHERS.contains(&word) && unit(word).is_none()
}

/// Whether a row of a prior begins, `shut: rest`.
fn begins_row(text: &str) -> bool {
    let name = text
        .split(|c: char| c != '_' && !c.is_alphanumeric())
        .next();
    let name = name.unwrap_or_default();
    name.starts_with(char::is_alphabetic) && text[name.len()..].trim_start().starts_with(':')
}
