//! `10% by Q3 2025`, `10% by late 2025`: a part of a year.

use super::piece::Gap;
use super::{Made, Mistake, Piece};
use crate::syntax::recover::Repair;

pub(super) static MISTAKE: Mistake = Mistake {
    pair: (
        "event e { chance: 10% by Q3 2025 }",
        "event e { chance: 10% by 2025-09 }",
    ),
    made: &[Made::Between(look)],
};

/// The last month of a part of a year, and whether that is what its name says.
fn last_month(part: &str) -> Option<(u8, bool)> {
    Some(match part {
        "q1" | "1q" => (3, true),
        "q2" | "2q" | "h1" | "1h" => (6, true),
        "q3" | "3q" => (9, true),
        "q4" | "4q" | "h2" | "2h" => (12, true),
        "early" => (4, false),
        "mid" | "middle" | "mid-" => (6, false),
        "late" => (12, false),
        "spring" => (5, false),
        "summer" => (8, false),
        "autumn" | "fall" => (11, false),
        "winter" => (12, false),
        _ => return None,
    })
}

fn look(piece: &Piece<'_, '_>, gap: &Gap<'_>) -> Option<Repair> {
    if !matches!(gap.word, "by" | "in" | "until" | "before") {
        return None;
    }
    let said = gap.rest[gap.word.len()..].trim().to_lowercase();
    let said = said.strip_prefix("the ").unwrap_or(&said);
    let said = said.strip_prefix("end of ").unwrap_or(said);
    let (part, year) = said.split_once([' ', '-', '/'])?;
    let year = year.strip_prefix("of ").unwrap_or(year);
    let is_year = year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit());
    let (month, exact) = last_month(part).filter(|_| is_year)?;
    let date = format!("{year}-{month:02}");
    let place = gap.at..piece.text.len();
    let found = piece.syntax(
        place.clone(),
        "a date is written year-month-day, or year-month for a month's end",
    );
    let found = match exact {
        true => found
            .label(format!("this is `by {date}`"))
            .help(format!("write `by {date}`")),
        false => found.label("which day, at the latest?").help(format!(
            "write the day or month that is meant, such as `by {date}`"
        )),
    };
    let repair = Repair::new(vec![piece.patch(place, format!("by {date}"))], found);
    // A horizon may have the quarter's name, and an office years of its own.
    Some(match exact {
        true => repair.fix(format!("write `by {date}`")).only_if(false),
        false => repair,
    })
}
