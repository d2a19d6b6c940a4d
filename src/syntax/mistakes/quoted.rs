//! `"20%"`: a value in quotes.

use super::{Made, Mistake, Piece};
use crate::syntax::broken_values::Want;
use crate::syntax::recover::Repair;

pub(super) static MISTAKE: Mistake = Mistake {
    pair: (
        "event e { chance: \"20%\" by short }",
        "event e { chance: 20% by short }",
    ),
    made: &[Made::Value(look)],
};

fn look(piece: &Piece<'_, '_>, _: Want) -> Option<Repair> {
    let inner = piece.text.strip_prefix('"')?.split('"').next()?;
    let close = inner.len() + 1;
    let end = (close + 1).min(piece.text.len());
    let found = piece
        .syntax(0..end, "a value stands without quotes")
        .label("not a text")
        .help(format!("write `{inner}`"));
    let patches = vec![piece.patch(0..1, ""), piece.patch(close..end, "")];
    Some(Repair::new(patches, found).fix("leave the quotes out"))
}
