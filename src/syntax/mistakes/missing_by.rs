//! `15% short`: neither `by` nor `in` before the horizon.

use super::piece::{Gap, is_number, is_word};
use super::{Made, Mistake, Piece};
use crate::syntax::recover::Repair;

pub(super) static MISTAKE: Mistake = Mistake {
    pair: (
        "event e { chance: 15% short }",
        "event e { chance: 15% by short }",
    ),
    made: &[Made::Between(look)],
};

fn look(piece: &Piece<'_, '_>, gap: &Gap<'_>) -> Option<Repair> {
    let name = gap.rest;
    if name.is_empty() || !is_word(name) || is_number(name) {
        return None;
    }
    if matches!(name, "now" | "today") {
        let place = gap.at..piece.text.len();
        let found = piece
            .syntax(place.clone(), "`by` is missing before `now`")
            .label("the day of `as of`")
            .help("write `by now`");
        let repair = Repair::new(vec![piece.patch(place, "by now")], found);
        return Some(repair.fix("write `by now`"));
    }
    let found = piece
        .syntax(
            gap.at..piece.text.len(),
            format!("`by` or `in` is missing before `{name}`"),
        )
        .label("when does the value hold?")
        .help(format!(
            "write `by {name}` for up to its end, `in {name}` for during it"
        ));
    Some(Repair::new(vec![piece.patch(gap.at..gap.at, "by ")], found))
}
