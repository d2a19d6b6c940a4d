//! `next 6 months`, `up to 6 months`: a horizon that begins today.

use super::extent::written_so;
use super::{Made, Mistake, Piece};
use crate::syntax::recover::Repair;
use crate::syntax::times::unit;

pub(super) static MISTAKE: Mistake = Mistake {
    pair: (
        "horizon h \"H\": to 0 to 6 months",
        "horizon h \"H\": 0 to 6 months",
    ),
    made: &[Made::Extent(look)],
};

fn look(piece: &Piece<'_, '_>) -> Option<Repair> {
    let before = ["until ", "to ", "next ", "the next ", "within ", "up to "].into_iter();
    let behind = [
        " from now",
        " from today",
        " from as of",
        " from now on",
        " ahead",
    ]
    .into_iter();
    let text = piece.text.trim_end();
    let led = before.filter_map(|word| text.strip_prefix(word));
    let lengths = led.chain(behind.filter_map(|words| text.strip_suffix(words)));
    // `until 28 Feb` is no length.
    let counts = |text: &&str| {
        let word = text
            .trim_end()
            .rsplit([' ', '+'])
            .next()
            .unwrap_or_default();
        unit(word.trim_start_matches(|c: char| c.is_ascii_digit())).is_some()
    };
    let lengths = lengths.filter(counts);
    let message = "a horizon from now on is written as its length alone";
    let repairs = lengths.map(|length| written_so(piece, length.trim(), message));
    repairs.reduce(Repair::or)
}
