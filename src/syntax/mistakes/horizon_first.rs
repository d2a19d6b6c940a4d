//! `q1 10%, q2 20%`: a horizon's name stands before its value. Where the value is a word, both are read as one.

use super::piece::{horizons, is_number, is_word};
use super::{Made, Mistake, Piece};
use crate::syntax::broken_values::Want;
use crate::syntax::recover::Repair;

pub(super) static MISTAKE: Mistake = Mistake {
    pair: (
        "horizon q1: 0 to 3 months\nevent e { chance: q1 10% }",
        "horizon q1: 0 to 3 months\nevent e { chance: 10% by q1 }",
    ),
    made: &[Made::Value(look)],
};

fn look(piece: &Piece<'_, '_>, want: Want) -> Option<Repair> {
    let text = piece.text.trim_end();
    let (name, value) = text.split_once([' ', ':'])?;
    let value = value.trim();
    let is_value = is_number(value);
    let timed = value.contains(" by ") || value.contains(" in ");
    if !is_word(name) || timed || !is_value || !horizons(piece.lower).contains(&name) {
        return None;
    }
    let at = match want {
        Want::Strength => "in",
        Want::Chance => "by",
        Want::Share | Want::Length => return None,
    };
    let found = piece
        .syntax(0..name.len(), format!("`{name}` stands before its value"))
        .label("a value stands first, then when it holds");
    let found = match want {
        Want::Strength => found.help(format!("write `{value} in {name}`")),
        _ => found.help(format!(
            "write `{value} by {name}` for up to its end, `{value} in {name}` for during it"
        )),
    };
    let meant = format!("{value} {at} {name}");
    let repair = Repair::new(vec![piece.patch(0..text.len(), meant.as_str())], found);
    Some(match want {
        Want::Strength => repair.fix(format!("write `{meant}`")),
        _ => repair,
    })
}
