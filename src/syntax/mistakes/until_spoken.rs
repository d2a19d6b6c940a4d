//! `to June 2025`, `by the end of June 2025`: the day on which a horizon ends, as it is said.

use super::extent::written_so;
use super::{Made, Mistake, Piece};
use crate::syntax::dates;
use crate::syntax::recover::Repair;

pub(super) static MISTAKE: Mistake = Mistake {
    pair: (
        "horizon h \"H\": to 2025-06-30",
        "horizon h \"H\": until 2025-06-30",
    ),
    made: &[Made::Extent(look)],
};

fn look(piece: &Piece<'_, '_>) -> Option<Repair> {
    let before = [
        "until ", "to ", "till ", "by ", "through ", "thru ", "up to ",
    ]
    .into_iter();
    let repairs = before.filter_map(|until| {
        let rest = piece.text.strip_prefix(until)?;
        let ends = ["the end of ", "end of ", "end "];
        let month = ends.iter().find_map(|end| rest.strip_prefix(end));
        let date = dates::meant(month.unwrap_or(rest).trim())?;
        let message = "a horizon that ends on a day is written `until` and a date";
        Some(written_so(piece, &format!("until {date}"), message))
    });
    repairs.reduce(Repair::or)
}
