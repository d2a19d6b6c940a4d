//! `overlap: russia, rhetoric`: how much two drivers say the same is missing.

use super::{Head, Made, Mistake, Piece};
use crate::syntax::recover::Repair;

pub(super) static MISTAKE: Mistake = Mistake {
    pair: ("overlap: russia, rhetoric", "overlap 60%: russia, rhetoric"),
    made: &[Made::Item(look)],
};

fn look(piece: &Piece<'_, '_>, head: &Head<'_>) -> Option<Repair> {
    if head.word != "overlap" {
        return None;
    }
    let end = head.word.len();
    let found = piece
        .syntax(0..end, "this overlap does not say how much")
        .label("a percentage belongs behind it")
        .help("write `overlap 60%: russia, rhetoric`");
    Some(Repair::new(vec![piece.patch(end..end, " 50%")], found))
}
