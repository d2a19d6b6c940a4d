//! `10% by 05/06/2025`, `as of: 5 June`: a date that may be several days.

use super::{Made, Mistake, Piece};
use crate::diag::{Diagnostic, Fix};
use crate::syntax::broken_values::{Want, value_end};
use crate::syntax::dates;
use crate::syntax::grammar::Kind;
use std::ops::Range;

pub(super) static MISTAKE: Mistake = Mistake {
    pair: (
        "event e { chance: 10% by 05/06/2025 }",
        "event e { chance: 10% by 2025-06-05 }",
    ),
    made: &[Made::Said(of_value), Made::Unsure(of_clause)],
};

/// Words before a day.
const BEFORE: [&str; 7] = ["by ", "in ", "until ", "till ", "before ", "on ", "to "];

fn of_value(piece: &Piece<'_, '_>, want: Want) -> Option<Diagnostic> {
    let text = piece.text;
    let at = match want {
        Want::Length => 0,
        _ => value_end(text)?,
    };
    behind_word(piece, at + text[at..].len() - text[at..].trim_start().len())
}

fn of_clause(piece: &Piece<'_, '_>, kind: Kind) -> Option<Diagnostic> {
    let text = piece.text;
    match kind {
        Kind::as_of | Kind::dated => {
            let quotes =
                usize::from(text.len() > 1 && text.starts_with('"') && text.ends_with('"'));
            explain(piece, quotes..text.len() - quotes).or_else(|| spoken(piece, kind))
        }
        Kind::horizon => behind_word(piece, 0),
        Kind::resolved => behind_word(piece, text.rfind(" on ")? + 1),
        _ => None,
    }
}

/// `by 05/06/2025`, `until 5 June`
fn behind_word(piece: &Piece<'_, '_>, at: usize) -> Option<Diagnostic> {
    let rest = &piece.text[at..];
    let word = BEFORE.iter().find(|word| rest.starts_with(**word))?;
    let begin = at + word.len();
    let end = piece.text.trim_end().len();
    (begin < end).then(|| explain(piece, begin..end)).flatten()
}

/// What a date may mean, each a fix that a person must choose.
fn explain(piece: &Piece<'_, '_>, place: Range<usize>) -> Option<Diagnostic> {
    let said = &piece.text[place.clone()];
    let dates = dates::either(said);
    if dates.is_empty() {
        let day = dates::without_year(said)?;
        return Some(
            piece
                .syntax(place, format!("`{said}` does not say the year"))
                .label("of which year?")
                .help(format!(
                    "write year-month-day: `2025-{day}` for this day of 2025"
                )),
        );
    }
    let written: Vec<String> = dates.iter().map(|date| format!("`{date}`")).collect();
    let (message, label) = match dates.len() {
        1 => (
            format!("`{said}` has a year of two digits"),
            "year-month-day, or day-month-year?",
        ),
        _ => (
            format!("`{said}` may be two days"),
            "which is the month, and which the day?",
        ),
    };
    let mut found = piece
        .syntax(place.clone(), message)
        .label(label)
        .help(format!(
            "a date is written year-month-day: write {}",
            written.join(" or ")
        ));
    for date in dates {
        let span = piece.lower.place(piece.at(place.clone()));
        found = found.fix(Fix::risky(format!("read it as `{date}`"), span, date));
    }
    Some(found)
}

/// `as of: today`, `as of: 2025`: a day that is not named, or more than a month.
fn spoken(piece: &Piece<'_, '_>, kind: Kind) -> Option<Diagnostic> {
    let said = piece.text.trim_matches('"').trim();
    let today = matches!(
        said.to_lowercase().as_str(),
        "today" | "now" | "yesterday" | "tomorrow"
    );
    let is_year = said.len() == 4 && said.bytes().all(|b| b.is_ascii_digit());
    let timed = said.get(..10).filter(|day| {
        matches!(said.as_bytes().get(10), Some(b'T' | b' ')) && dates::meant(day).is_some()
    });
    if let Some(day) = timed {
        let place = 0..piece.text.len();
        let span = piece.lower.place(piece.at(place.clone()));
        return Some(
            piece
                .syntax(place, "a date has no time of day")
                .label("a day belongs here")
                .help(format!("write `{day}`"))
                .fix(Fix::safe(format!("write `{day}`"), span, day)),
        );
    }
    let label = match (today, is_year) {
        (true, _) => "another day whenever it is read",
        (_, true) => "which month of it, or which day?",
        _ => return None,
    };
    let example = match (is_year, kind) {
        (true, _) => format!("write the day or the month: `{said}-12-31`, `{said}-12`"),
        (_, Kind::dated) => {
            "write the day on which it was published, such as `2025-03-01`".to_owned()
        }
        _ => {
            "write the day from which time counts, such as `2025-03-01`; `--as-of` asks of another"
                .to_owned()
        }
    };
    Some(
        piece
            .all_syntax(format!("`{said}` is no day"))
            .label(label)
            .help(example),
    )
}
