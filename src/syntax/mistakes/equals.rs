//! `p = 20%`: an equation, where the value stands alone.

use super::{Made, Mistake, Piece};
use crate::syntax::broken_values::Want;
use crate::syntax::recover::{Repair, short};

pub(super) static MISTAKE: Mistake = Mistake {
    pair: (
        "event e { chance: p = 20% by short }",
        "event e { chance: 20% by short }",
    ),
    made: &[Made::Value(look)],
};

fn look(piece: &Piece<'_, '_>, _: Want) -> Option<Repair> {
    let text = piece.text;
    let equals = text.find('=').filter(|at| (1..12).contains(at))?;
    let is_letter = |c: char| c.is_alphabetic() || "() ".contains(c);
    if !text[..equals].chars().all(is_letter) {
        return None;
    }
    let sign = &text[..=equals];
    let value = text[equals + 1..].trim_start();
    let found = piece
        .syntax(
            0..equals + 1,
            format!("`{sign}` cannot stand before a value"),
        )
        .label("the value alone belongs here")
        .help(format!("write `{}`", short(value)));
    let patch = piece.patch(0..text.len() - value.len(), "");
    Some(Repair::new(vec![patch], found).fix(format!("leave `{sign}` out")))
}
