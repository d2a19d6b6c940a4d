//! `weight for exit: 3/1`: a ratio of likelihoods as a fraction.

use super::piece::Gap;
use super::{Made, Mistake, Piece};
use crate::syntax::broken_values::Want;
use crate::syntax::recover::Repair;

pub(super) static MISTAKE: Mistake = Mistake {
    pair: (
        "factor f { weight for exit: 3/1 in short }",
        "factor f { weight for exit: 3:1 in short }",
    ),
    made: &[Made::Value(look)],
};

fn look(piece: &Piece<'_, '_>, want: Want) -> Option<Repair> {
    if want != Want::Strength {
        return None;
    }
    let gap = Gap::of(piece.text)?;
    let divisor = gap.rest.strip_prefix('/')?.trim_start();
    let digits = divisor.find(|c: char| !c.is_ascii_digit() && c != '.');
    let divisor = &divisor[..digits.unwrap_or(divisor.len())];
    let (number, divisor): (f64, f64) = (gap.value.trim().parse().ok()?, divisor.parse().ok()?);
    if number <= 0.0 || divisor <= 0.0 {
        return None;
    }
    let slash = gap.at..gap.at + 1;
    let blank = gap.value.trim_end().len()..piece.text.len() - gap.rest[1..].trim_start().len();
    let ratio = format!("{}:{}", gap.value.trim(), gap.rest[1..].trim_start());
    let found = piece
        .syntax(slash, "a ratio is written with `:`, not `/`")
        .label("`:` belongs here")
        .help(format!("write `{ratio}`"));
    Some(Repair::new(vec![piece.patch(blank, ":")], found).fix(format!("write `{ratio}`")))
}
