//! `2.9 ± 1`, `2.9 +/- 1`: how much of what is to be expected lies within, nobody says.

use super::{Made, Mistake, Piece};
use crate::syntax::grammar::Kind;
use crate::syntax::recover::Repair;
use crate::syntax::values::plain;

pub(super) static MISTAKE: Mistake = Mistake {
    pair: (
        "quantity growth { in y2026: 2.5 ± 1 }",
        "quantity growth { in y2026: 2.5 (1.5 to 3.5) }",
    ),
    made: &[Made::Figures(look)],
};

fn look(piece: &Piece<'_, '_>, _: Kind) -> Option<Repair> {
    let text = piece.text;
    let signs = ["\u{b1}", "+/-", "+-"];
    let (at, sign) = signs.iter().find_map(|s| Some((text.find(s)?, *s)))?;
    let (centre, half) = (text[..at].trim(), text[at + sign.len()..].trim());
    let (middle, reach): (f64, f64) = (centre.parse().ok()?, half.parse().ok()?);
    let ends = (middle - reach, middle + reach);
    if !ends.0.is_finite() || !ends.1.is_finite() || reach <= 0.0 {
        return None;
    }
    let meant = format!("{centre} ({} to {})", plain(ends.0), plain(ends.1));
    let found = piece
        .all_syntax(format!("`{sign}` does not say how likely the range is to hold"))
        .label("how likely is it to lie within?")
        .help(format!(
            "write `{meant}` if it lies within nine times in ten; state another level after it, as in `({} to {} at 68%)`",
            plain(ends.0),
            plain(ends.1)
        ));
    Some(Repair::new(vec![piece.replaced(meant)], found))
}
