//! `strong in q2 onwards`: a weight from a horizon on.

use super::piece::{Gap, horizons};
use super::{Made, Mistake, Piece};
use crate::syntax::recover::Repair;

pub(super) static MISTAKE: Mistake = Mistake {
    pair: (
        "horizon q1: 0 to 3 months\nhorizon q2: 3 to 6 months\nfactor f { weight for a: strong in q1 onwards }",
        "horizon q1: 0 to 3 months\nhorizon q2: 3 to 6 months\nfactor f { weight for a: strong in q1, strong in q2 }",
    ),
    made: &[Made::Between(look)],
};

fn look(piece: &Piece<'_, '_>, gap: &Gap<'_>) -> Option<Repair> {
    let name = gap.second.filter(|_| gap.word == "in")?;
    let behind = gap.rest.split_once(name)?.1.trim();
    let on = [
        "onwards",
        "onward",
        "on",
        "and later",
        "and after",
        "and beyond",
        "or later",
        "and onwards",
    ];
    if !on.contains(&behind) {
        return None;
    }
    let horizons = horizons(piece.lower);
    let at = horizons.iter().position(|h| *h == name)?;
    let value = gap.value.trim();
    let each: Vec<String> = horizons[at..]
        .iter()
        .map(|h| format!("{value} in {h}"))
        .collect();
    let meant = each.join(", ");
    let start = piece.text.len() - piece.text.trim_end().len();
    let end = piece.text.len() - start;
    let found = piece
        .syntax(
            end - behind.len()..end,
            format!("`{behind}` cannot stand behind a horizon"),
        )
        .label("each horizon is named")
        .help(format!("write `{meant}`"));
    Some(
        Repair::new(vec![piece.patch(0..end, meant.as_str())], found)
            .fix(format!("write `{meant}`")),
    )
}
