//! `18 months or more`, `18 months+`: a horizon without an end.

use super::extent::written_so;
use super::{Made, Mistake, Piece};
use crate::syntax::recover::Repair;

pub(super) static MISTAKE: Mistake = Mistake {
    pair: (
        "horizon h \"H\": 18 months or more",
        "horizon h \"H\": 18+ months",
    ),
    made: &[Made::Extent(look)],
};

/// What is said of a horizon that has no end.
pub(super) const OPEN: &str = "an open horizon is written with `+` behind its number";

fn look(piece: &Piece<'_, '_>) -> Option<Repair> {
    let ends = [" or more", " and more", " onwards", " and beyond", "+"].into_iter();
    let lengths = ends.filter_map(|end| piece.text.strip_suffix(end));
    let repairs = lengths.map(|length| {
        let meant = length.trim().replacen(' ', "+ ", 1);
        written_so(piece, &meant, OPEN)
    });
    repairs.reduce(Repair::or)
}
