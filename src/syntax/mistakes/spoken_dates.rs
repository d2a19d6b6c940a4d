//! `July 2025 to February 2026`, `2025-07-01 – 2026-02-28`: from day to day, as it is said.

use super::extent::written_so;
use super::{Made, Mistake, Piece};
use crate::syntax::dates;
use crate::syntax::recover::Repair;

pub(super) static MISTAKE: Mistake = Mistake {
    pair: (
        "horizon h \"H\": July 2025 to February 2026",
        "horizon h \"H\": 2025-07-01 to 2026-02",
    ),
    made: &[Made::Extent(look)],
};

/// Words and signs between two days.
const BETWEEN: [&str; 11] = [
    " to ",
    " until ",
    " till ",
    " through ",
    " and ",
    " - ",
    " – ",
    " — ",
    "..",
    "–",
    "/",
];

fn look(piece: &Piece<'_, '_>) -> Option<Repair> {
    let text = piece.text.trim_end();
    let begin = ["from ", "between ", "since "];
    let days = begin
        .iter()
        .find_map(|word| text.strip_prefix(word))
        .unwrap_or(text);
    let both = BETWEEN.iter().find_map(|sign| {
        let (from, to) = days.split_once(sign)?;
        let (from, to) = (
            from.trim_end_matches('.').trim(),
            to.trim_start_matches('.').trim(),
        );
        Some((dates::meant(from)?, dates::meant(to)?))
    });
    let (from, to) = both?;
    // A month begins with its first day, and ends with its last.
    let from = if from.len() == 7 {
        format!("{from}-01")
    } else {
        from
    };
    let meant = format!("{from} to {to}");
    let message = "a horizon from day to day is written with two dates and `to`";
    (meant != text).then(|| written_so(&piece.part(0..text.len()), &meant, message))
}
