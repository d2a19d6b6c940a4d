//! `10% by end of h2`, `35% by end-2027`: by when, as it is said.

use super::Mistake;
use crate::diag::{Diagnostic, Fix};
use crate::syntax::broken_values::{Want, value_end};
use crate::syntax::lower::Lower;
use std::ops::Range;

pub(super) static END_OF: Mistake = Mistake {
    pair: ("chance: 10% by end of h2", "chance: 10% by h2"),
    explain,
};

fn explain(lower: &Lower<'_>, range: Range<usize>, want: Want) -> Option<Diagnostic> {
    if want == Want::Length {
        return None;
    }
    let text = &lower.text[range.clone()];
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
    let (end, whole) = [
        "end of the ",
        "end of ",
        "end-",
        "end ",
        "close of ",
        "year-end ",
    ]
    .iter()
    .find_map(|end| Some((rest.strip_prefix(end)?, *end)))?;
    let year = end.len() == 4 && end.bytes().all(|b| b.is_ascii_digit());
    let is_name = end.starts_with(|c: char| c.is_alphabetic())
        && end.chars().all(|c| c == '_' || c.is_alphanumeric());
    let meant = match (year, is_name) {
        (true, _) => format!("{end}-12-31"),
        (_, true) => end.to_owned(),
        _ => return None,
    };
    let value = text[..time].trim();
    let written = format!("{value} by {meant}");
    let place = range.start + at..range.end;
    let fix = Fix {
        // The end of a year is a day; a horizon's end may be meant in a list of what holds in each.
        safe: year && matches!(word, "by" | "until" | "till"),
        ..Fix::risky(
            format!("write `by {meant}`"),
            lower.place(place.clone()),
            format!("by {meant}"),
        )
    };
    let message = match year {
        true => "a year's end is written as its last day".to_owned(),
        false => format!("`by {meant}` reaches to its end already"),
    };
    let label = match year {
        true => format!("this is `by {meant}`"),
        false => format!("`{}` is not needed", whole.trim()),
    };
    Some(
        lower
            .syntax(place, message)
            .label(label)
            .help(format!("write `{written}`"))
            .fix(fix),
    )
}
