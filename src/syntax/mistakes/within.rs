//! `40% within 3 months` in a row that has no trigger.

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
            .help(format!(
                "after an event write `chance once EVENT: …` with `{value}`; for a time from `as of` write `by` and a horizon"
            )),
    )
}
