//! `overlap money, press: 60%`: the names stand before how much.

use super::piece::is_number;
use super::{Head, Made, Mistake, Piece};
use crate::syntax::recover::{Repair, short};

pub(super) static MISTAKE: Mistake = Mistake {
    pair: ("overlap money, press: 60%", "overlap 60%: money, press"),
    made: &[Made::Item(look)],
};

fn look(piece: &Piece<'_, '_>, head: &Head<'_>) -> Option<Repair> {
    if head.word != "overlap" {
        return None;
    }
    let line = piece.line();
    let (names, share) = line[head.word.len()..].split_once(':')?;
    if !is_number(share.trim()) {
        return None;
    }
    let meant = format!("overlap {}: {}", share.trim(), names.trim());
    let place = 0..line.trim_end().len();
    let found = piece
        .syntax(
            place.clone(),
            "an overlap says how much before it says of what",
        )
        .label("the percentage belongs before the names")
        .help(format!("write `{meant}`"));
    let repair = Repair::new(vec![piece.patch(place, meant.as_str())], found);
    Some(repair.fix(format!("write `{}`", short(&meant))))
}
