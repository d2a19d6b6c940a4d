//! `next 6 months`, `up to 6 months`: a horizon that begins today.

use super::extent::written_so;
use super::{Made, Mistake, Piece};
use crate::syntax::recover::Repair;

pub(super) static MISTAKE: Mistake = Mistake {
    pair: (
        "horizon h \"H\": to 0 to 6 months",
        "horizon h \"H\": 0 to 6 months",
    ),
    made: &[Made::Extent(look)],
};

fn look(piece: &Piece<'_, '_>) -> Option<Repair> {
    let before = ["until ", "to ", "next ", "the next ", "within ", "up to "].into_iter();
    let lengths = before.filter_map(|word| piece.text.strip_prefix(word));
    let message = "a horizon from now on is written as its length alone";
    let repairs = lengths.map(|length| written_so(piece, length.trim(), message));
    repairs.reduce(Repair::or)
}
