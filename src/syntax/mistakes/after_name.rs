//! `event drift (2025) { … }`: whatever stands between the name and the block.

use super::{Head, Made, Mistake, Piece};
use crate::syntax::recover::{Repair, first_token, short};

pub(super) static MISTAKE: Mistake = Mistake {
    pair: (
        "event drift \"Drift\" 2025 { chance: 15% by short }",
        "event drift \"Drift, 2025\" { chance: 15% by short }",
    ),
    made: &[Made::Item(look)],
};

fn look(piece: &Piece<'_, '_>, head: &Head<'_>) -> Option<Repair> {
    if !head.is_named() || head.rest.is_empty() {
        return None;
    }
    let name = first_token(head.rest);
    let end = head.head.len();
    let behind = &head.head[head.rest_at + name.len()..];
    if behind.is_empty() {
        return None;
    }
    let said = behind.trim();
    let message = format!(
        "`{}` cannot stand behind the name of this item",
        short(said)
    );
    let found = piece
        .syntax(end - behind.trim_start().len()..end, message)
        .label("a title in quotes belongs here, or nothing")
        .help(format!("write `{} {name} \"…\"`", head.word));
    Some(Repair::new(
        vec![piece.patch(end - behind.len()..end, "")],
        found,
    ))
}
