//! `about 20%`, `~20%`: how far off a value may be is not said.

use super::{Made, Mistake, Piece};
use crate::syntax::broken_values::Want;
use crate::syntax::recover::Repair;

pub(super) static MISTAKE: Mistake = Mistake {
    pair: (
        "event e { chance: about 20% by short }",
        "event e { chance: 10% to 20% by short }",
    ),
    made: &[Made::Value(look)],
};

/// What says that a number is rough.
const SIGNS: [&str; 10] = [
    "about",
    "around",
    "roughly",
    "approximately",
    "approx.",
    "circa",
    "ca.",
    "c.",
    "~",
    "≈",
];

fn look(piece: &Piece<'_, '_>, _: Want) -> Option<Repair> {
    let repairs = SIGNS.iter().filter_map(|sign| {
        let rest = piece.text.strip_prefix(sign)?.trim_start();
        let found = piece
            .syntax(
                0..sign.len(),
                format!("`{sign}` cannot stand before a value"),
            )
            .label("how far off may it be?")
            .help("a range says how sure a number is: `10% to 20%` is a 90% interval");
        let patch = piece.patch(0..piece.text.len() - rest.len(), "");
        Some(Repair::new(vec![patch], found))
    });
    repairs.reduce(Repair::or)
}
