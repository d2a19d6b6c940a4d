//! `growth > 2`, `growth under 2`, `growth above 2 and below 3`: how a number that is not known is compared.

use super::piece::{is_number, is_word};
use super::{Made, Mistake, Piece};
use crate::syntax::recover::{Repair, split_words};

pub(super) static MISTAKE: Mistake = Mistake {
    pair: (
        "condition c \"C\": growth > 2.5",
        "condition c \"C\": growth above 2.5",
    ),
    made: &[Made::Condition(look), Made::Asked(look)],
};

/// What is written, and what it is called.
const BOUNDS: [(&str, &str); 20] = [
    (">=", "at least"),
    ("≥", "at least"),
    ("<=", "at most"),
    ("≤", "at most"),
    (">", "above"),
    ("<", "below"),
    ("is below", "below"),
    ("is above", "above"),
    ("is at least", "at least"),
    ("is at most", "at most"),
    ("is between", "between"),
    ("less than", "below"),
    ("lower than", "below"),
    ("smaller than", "below"),
    ("more than", "above"),
    ("greater than", "above"),
    ("higher than", "above"),
    ("under", "below"),
    ("over", "above"),
    ("exceeds", "above"),
];

fn look(piece: &Piece<'_, '_>) -> Option<Repair> {
    let text = piece.text;
    let all = split_words(text).filter(|(_, word)| is_word(word.trim_start_matches('(')));
    all.take(40).find_map(|(at, name)| {
        let end = at + name.len();
        let behind = text.len() - text[end..].trim_start().len();
        between(piece, end, behind).or_else(|| bound(piece, end, behind))
    })
}

/// `growth > 2`
fn bound(piece: &Piece<'_, '_>, end: usize, behind: usize) -> Option<Repair> {
    let text = piece.text;
    let (sign, word) = BOUNDS
        .iter()
        .find(|(sign, _)| text[behind..].starts_with(sign))?;
    let stop = behind + sign.len();
    let figure = text[stop..].trim_start().trim_start_matches(['-', '−']);
    if !is_number(figure) {
        return None;
    }
    let found = piece
        .syntax(behind..stop, format!("`{sign}` is written `{word}`"))
        .label(format!("`{word}` belongs here"))
        .help("a number is compared with `below`, `above`, `at least`, `at most` or `between 1 and 3`");
    let gap = |is_needed: bool| if is_needed { " " } else { "" };
    let written = format!(
        "{}{word}{}",
        gap(end == behind),
        gap(!text[stop..].starts_with(' '))
    );
    let repair = Repair::new(vec![piece.patch(behind..stop, written)], found);
    Some(repair.fix(format!("write `{word}`")))
}

/// `growth above 2 and below 3`, `growth from 2 to 3`
fn between(piece: &Piece<'_, '_>, end: usize, behind: usize) -> Option<Repair> {
    let text = piece.text;
    let words: Vec<(usize, &str)> = split_words(&text[behind..]).take(7).collect();
    let said: Vec<&str> = words.iter().map(|(_, word)| *word).collect();
    let is = usize::from(said.first() == Some(&"is"));
    let (low, high, count) = match &said[is..] {
        ["above", low, "and", "below", high, ..] => (low, high, 5),
        ["below", high, "and", "above", low, ..] => (low, high, 5),
        ["from", low, "to", high, ..] => (low, high, 4),
        ["between", low, "to" | "or" | "-", high, ..] => (low, high, 4),
        _ => return None,
    };
    let figure = |text: &str| is_number(text.trim_start_matches(['-', '−']));
    if !figure(low) || !figure(high) || end == behind {
        return None;
    }
    let (last, word) = words[is + count - 1];
    let place = behind..behind + last + word.len();
    let written = format!("between {low} and {high}");
    let found = piece
        .syntax(place.clone(), "two bounds are written as one")
        .label("`between` belongs here")
        .help(format!("write `{written}`"));
    let repair = Repair::new(vec![piece.patch(place, written.clone())], found);
    Some(repair.fix(format!("write `{written}`")))
}
