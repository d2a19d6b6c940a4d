//! `40% within 3 months` in a row that has no trigger.

use super::{Mistake, odds};
use crate::diag::Diagnostic;
use crate::syntax::broken_values::Want;
use crate::syntax::lower::Lower;
use std::ops::Range;

pub(super) static WITHIN: Mistake = Mistake {
    pair: (
        "chance: 40% within 3 months",
        "chance once a: 40% within 3 months",
    ),
    explain,
};

fn explain(lower: &Lower<'_>, range: Range<usize>, want: Want) -> Option<Diagnostic> {
    let text = &lower.text[range.clone()];
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
