//! `exit by December 1, 2025`: the day of a query, as it is said.

use super::query_end::query;
use super::{Head, Made, Mistake, Piece};
use crate::diag::Fix;
use crate::syntax::dates;
use crate::syntax::recover::Repair;

pub(super) static MISTAKE: Mistake = Mistake {
    pair: (
        "expect exit by 1 December 2025: at most 20%",
        "expect exit by 2025-12-01: at most 20%",
    ),
    made: &[Made::Query(look), Made::Item(in_expect)],
};

fn look(piece: &Piece<'_, '_>) -> Option<Repair> {
    let text = piece.text;
    let words = [" by ", " before ", " until ", " on ", " in "];
    let (at, word) = words.iter().find_map(|word| Some((text.find(word)?, *word)))?;
    let begin = at + word.len();
    let ends = [" given ", " under ", ":", "}"];
    let end = ends.iter().filter_map(|end| text[begin..].find(end)).min();
    let end = begin + end.unwrap_or(text.len() - begin);
    let said = text[begin..end].trim_end();
    let place = at + 1..begin + said.len();
    let span = piece.lower.place(piece.at(place.clone()));
    if let Some(date) = dates::meant(said) {
        let found = piece
            .syntax(place.clone(), "a date is written year-month-day, or year-month for a month's end")
            .label(format!("this is `by {date}`"))
            .help(format!("write `by {date}`"));
        let repair = Repair::new(vec![piece.patch(place, format!("by {date}"))], found);
        return Some(repair.fix(format!("write `by {date}`")).only_if(word == " by "));
    }
    let dates = dates::either(said);
    let first = dates.first()?;
    let patch = piece.patch(place.clone(), format!("by {first}"));
    let written: Vec<String> = dates.iter().map(|date| format!("`by {date}`")).collect();
    let mut found = piece
        .syntax(place, format!("`{said}` does not say which day it is"))
        .label("which is the month, and which the day?")
        .help(format!("a date is written year-month-day: write {}", written.join(" or ")));
    for date in &dates {
        found = found.fix(Fix::risky(format!("read it as `{date}`"), span, format!("by {date}")));
    }
    Some(Repair::new(vec![patch], found))
}

/// The query of an expectation that cannot be read.
fn in_expect(piece: &Piece<'_, '_>, head: &Head<'_>) -> Option<Repair> {
    look(&query(piece, head)?)
}
