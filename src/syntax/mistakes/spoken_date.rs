//! `15% by June 2025`, `15% in 2026`: a date as it is said.

use super::piece::Gap;
use super::{Made, Mistake, Piece};
use crate::syntax::dates;
use crate::syntax::recover::Repair;

pub(super) static MISTAKE: Mistake = Mistake {
    pair: (
        "event e { chance: 15% by June 2025 }",
        "event e { chance: 15% by 2025-06 }",
    ),
    made: &[Made::Between(look)],
};

fn look(piece: &Piece<'_, '_>, gap: &Gap<'_>) -> Option<Repair> {
    if !matches!(gap.word, "by" | "in" | "until" | "before") {
        return None;
    }
    let date = dates::meant(gap.rest[gap.word.len()..].trim())?;
    let place = gap.at..piece.text.len();
    let found = piece
        .syntax(
            place.clone(),
            "a date is written year-month-day, or year-month for a month's end",
        )
        .label(format!("this is `by {date}`"))
        .help(format!("write `by {date}`"));
    let repair = Repair::new(vec![piece.patch(place, format!("by {date}"))], found);
    // `in June` is within it, `before June` without it.
    let plain = gap.word == "by";
    Some(repair.fix(format!("write `by {date}`")).only_if(plain))
}
