//! `40% within 3 months` in a row that has no trigger.

use super::piece::is_word;
use super::{Made, Mistake, Piece, odds};
use crate::diag::Diagnostic;
use crate::syntax::broken_values::Want;

pub(super) static MISTAKE: Mistake = Mistake {
    pair: (
        "event e { chance: 40% within 3 months }",
        "event e { chance once EVENT: 40% within 3 months }",
    ),
    made: &[Made::Said(explain)],
};

fn explain(piece: &Piece<'_, '_>, want: Want) -> Option<Diagnostic> {
    let (lower, range) = (piece.lower, piece.range.clone());
    let text = piece.text;
    let (_, length) = text.split_once(" within ")?;
    let mut words = length.split_whitespace();
    let first = words.next()?;
    let counts = first.starts_with(|c: char| c.is_ascii_digit())
        || words.next().is_some() && (first == "half" || odds::number(&[first]).is_some());
    if want != Want::Chance || !counts {
        return None;
    }
    let start = range.start + text.find("within")?;
    let value = text.trim();
    Some(
        lower
            .syntax(start..range.end, "`within` counts from a trigger, and this row has none")
            .label("within which time of what?")
            .help(match trigger(value) {
                Some((value, event)) => {
                    format!("write `chance once {event}: {value}`: the clock starts when `{event}` comes")
                }
                None => format!(
                    "after an event write `chance once EVENT: …` with `{value}`; for a time from `as of` write `by` and a horizon"
                ),
            }),
    )
}

/// The value without its trigger, and the trigger: `40% within 3 months of strike`.
fn trigger(value: &str) -> Option<(&str, &str)> {
    let words = [" of ", " once ", " after ", " from ", " following "];
    let (value, event) = words.iter().find_map(|word| value.split_once(word))?;
    let event = event.trim();
    let event = event.strip_prefix("the ").unwrap_or(event);
    is_word(event).then_some((value.trim_end(), event))
}
