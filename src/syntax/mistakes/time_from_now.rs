//! `5% in 6 months`, `5% by 2 years`: a time that is counted from now.

use super::piece::{Gap, is_number};
use super::{Made, Mistake, Piece};
use crate::diag::Diagnostic;
use crate::syntax::broken_values::Want;
use crate::syntax::times::unit;

pub(super) static MISTAKE: Mistake = Mistake {
    pair: (
        "event e { chance: 5% in 6 months }",
        "event e { chance: 5% by 2026-03-01 }",
    ),
    made: &[Made::Said(explain)],
};

fn explain(piece: &Piece<'_, '_>, want: Want) -> Option<Diagnostic> {
    if want == Want::Length {
        return None;
    }
    let gap = Gap::of(piece.text)?;
    let mut words = gap.rest.split_whitespace();
    let word = words.next()?;
    let counted = |word: &str| {
        is_number(word) || matches!(word, "a" | "an" | "one" | "two" | "three" | "half")
    };
    let is_time = matches!(word, "in" | "by" | "over" | "for" | "after")
        && words.next().is_some_and(counted)
        && words
            .next()
            .is_some_and(|last| unit(last.trim_end_matches(',')).is_some());
    // `within` counts from a trigger, and elsewhere has an explanation of its own.
    if !is_time {
        return None;
    }
    let place = piece.range.start + gap.at..piece.range.start + piece.text.trim_end().len();
    Some(
        piece
            .lower
            .syntax(place, format!("`{}` counts from no day", gap.rest.trim()))
            .label("a horizon or a date belongs here")
            .help(format!(
                "write `{} by` and a horizon or a date, as in `{0} by 2026-03-01`",
                gap.value.trim()
            )),
    )
}
