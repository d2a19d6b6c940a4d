//! `10% by end of h2`, `35% by end-2027`: by when, as it is said.

use super::piece::horizons;
use super::{Made, Mistake, Piece};
use crate::diag::{Diagnostic, Fix};
use crate::syntax::broken_values::{Want, value_end};
use crate::syntax::dates;
use crate::syntax::lower::Lower;
use crate::syntax::words::is_reserved;
use std::ops::Range;

pub(super) static MISTAKE: Mistake = Mistake {
    pair: (
        "event e { chance: 10% by end of h2 }",
        "event e { chance: 10% by h2 }",
    ),
    made: &[Made::Said(explain)],
};

fn explain(piece: &Piece<'_, '_>, want: Want) -> Option<Diagnostic> {
    let (lower, range) = (piece.lower, piece.range.clone());
    if want == Want::Length {
        return None;
    }
    let text = piece.text;
    let time = value_end(text)?;
    let at = time + text[time..].len() - text[time..].trim_start().len();
    let (word, rest) = text[at..].split_once(' ')?;
    if !matches!(
        word,
        "by" | "in" | "at" | "until" | "till" | "before" | "to"
    ) {
        return None;
    }
    let rest = rest.trim();
    let rest = rest.strip_prefix("the ").unwrap_or(rest);
    let (end, needless) = end_of(rest)?;
    if matches!(end, "year" | "quarter" | "month" | "decade" | "century") && !is_horizon(lower, end)
    {
        let place = range.start + at..range.end;
        return Some(
            lower
                .syntax(place, format!("it is not said which {end} ends"))
                .label("a date belongs here")
                .help("write the day, or the month for its end: `by 2025-12-31`, `by 2025-12`"),
        );
    }
    let year = end.len() == 4 && end.bytes().all(|b| b.is_ascii_digit());
    let month = dates::meant(end).filter(|d| d.len() == 7);
    let is_name = end.starts_with(|c: char| c.is_alphabetic())
        && end.chars().all(|c| c == '_' || c.is_alphanumeric());
    if is_reserved(end) {
        let place = range.start + at..range.end;
        let found = lower.syntax(place, "it is not said what ends");
        return Some(
            found
                .label("a horizon or a date belongs behind this")
                .help("write the horizon, or the day: `by 2025-12-31`"),
        );
    }
    let meant = match (year, &month, is_name) {
        (true, ..) => format!("{end}-12-31"),
        (_, Some(month), _) => month.clone(),
        (.., true) => end.to_owned(),
        _ => return None,
    };
    let value = text[..time].trim();
    let written = format!("{value} by {meant}");
    let place = range.start + at..range.end;
    let dated = year || month.is_some();
    let fix = Fix {
        // The end of a year is a day; a horizon's end may be meant in a list of what holds in each.
        safe: matches!(word, "by" | "until" | "till")
            && (dated || is_alone(lower, &range) && is_horizon(lower, end)),
        ..Fix::risky(
            format!("write `by {meant}`"),
            lower.place(place.clone()),
            format!("by {meant}"),
        )
    };
    let message = match (year, dated) {
        (true, _) => "a year's end is written as its last day".to_owned(),
        (_, true) => "a month's end is written year-month".to_owned(),
        _ => format!("`by {meant}` reaches to its end already"),
    };
    let label = match dated {
        true => format!("this is `by {meant}`"),
        false => format!("`{needless}` is not needed"),
    };
    Some(
        lower
            .syntax(place, message)
            .label(label)
            .help(format!("write `{written}`"))
            .fix(fix),
    )
}

/// What a text says the end of, and the words that say so.
pub(super) fn end_of(text: &str) -> Option<(&str, &str)> {
    let before = [
        "end of the ",
        "end of ",
        "end-",
        "end ",
        "close of ",
        "year-end ",
    ];
    let after = ["'s end", "\u{2019}s end", "'s close"];
    let mut begin = before.iter();
    let begin = begin.find_map(|words| Some((text.strip_prefix(words)?, words.trim())));
    let mut end = after.iter();
    begin.or_else(|| end.find_map(|words| Some((text.strip_suffix(words)?, *words))))
}

/// Whether a value is all that its clause says of an event's chance.
fn is_alone(lower: &Lower<'_>, range: &Range<usize>) -> bool {
    let before = lower.text[..range.start].trim_end();
    let line = before.rsplit('\n').next().unwrap_or_default().trim();
    let after = lower.text[range.end..].trim_start_matches([' ', '\t']);
    let ends = after.is_empty() || after.starts_with(['\n', '\r', '#', '}']);
    line == "chance:" && ends
}

/// Whether a file declares a horizon of this name.
fn is_horizon(lower: &Lower<'_>, name: &str) -> bool {
    horizons(lower).contains(&name)
}
