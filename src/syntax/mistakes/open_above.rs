//! `> 18 months`, `beyond 18 months`: a horizon that only begins.

use super::extent::written_so;
use super::open_extent::OPEN;
use super::{Made, Mistake, Piece};
use crate::syntax::recover::Repair;

pub(super) static MISTAKE: Mistake = Mistake {
    pair: (
        "horizon h \"H\": beyond 18 months",
        "horizon h \"H\": 18+ months",
    ),
    made: &[Made::Extent(look)],
};

const ABOVE: [&str; 8] = [
    ">=",
    ">",
    "≥",
    "more than ",
    "over ",
    "after ",
    "beyond ",
    "from ",
];

fn look(piece: &Piece<'_, '_>) -> Option<Repair> {
    let lengths = ABOVE
        .iter()
        .filter_map(|above| piece.text.strip_prefix(above).map(str::trim));
    let repairs = lengths
        .filter(|length| {
            let ends = length.contains(" to ") || length.contains(['-', '–', '+']);
            super::piece::is_number(length) && !ends
        })
        .map(|length| written_so(piece, &length.replacen(' ', "+ ", 1), OPEN));
    repairs.reduce(Repair::or)
}
