//! `< 6:1`, `≥ likely`: a sign that gives one end of a range.

use super::{Made, Mistake, Piece};
use crate::syntax::broken_values::Want;
use crate::syntax::recover::Repair;

pub(super) static MISTAKE: Mistake = Mistake {
    pair: (
        "factor f { weight for a: < 6:1 }",
        "factor f { weight for a: 2:1 to 6:1 }",
    ),
    made: &[Made::Value(look)],
};

fn look(piece: &Piece<'_, '_>, want: Want) -> Option<Repair> {
    let signs = ["<=", ">=", "<", ">", "≤", "≥"].into_iter();
    let (sign, rest) = signs
        .filter_map(|sign| Some((sign, piece.text.strip_prefix(sign)?)))
        .next()?;
    let found = piece
        .syntax(
            0..sign.len(),
            format!("`{sign}` cannot stand before a value"),
        )
        .label("a bound says only one end")
        .help(match want {
            Want::Strength => "write both ends, such as `2:1 to 6:1`",
            _ => "write both ends, such as `5% to 20%`",
        });
    let patch = piece.patch(0..piece.text.len() - rest.trim_start().len(), "");
    Some(Repair::new(vec![patch], found))
}
