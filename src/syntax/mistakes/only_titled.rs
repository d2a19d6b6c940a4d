//! `event "Major members drift"`: an item with a title and no name.

use super::{Head, Made, Mistake, Piece};
use crate::syntax::recover::{Repair, short};

pub(super) static MISTAKE: Mistake = Mistake {
    pair: (
        "event \"Members drift\" { chance: 15% by short }",
        "event members \"Members drift\" { chance: 15% by short }",
    ),
    made: &[Made::Item(look)],
};

fn look(piece: &Piece<'_, '_>, head: &Head<'_>) -> Option<Repair> {
    if !head.is_named() || !head.rest.starts_with('"') {
        return None;
    }
    let word = head.word;
    let title = head.rest.trim_matches('"');
    let name = slug(title);
    let found = piece
        .syntax(0..word.len(), format!("this {word} has no name"))
        .label("a name belongs behind this, before the title")
        .help(format!(
            "write `{word} {name} \"{}\"`: the name is what other clauses refer to",
            short(title)
        ));
    let patch = piece.patch(head.rest_at..head.rest_at, format!("{name} "));
    Some(Repair::new(vec![patch], found).invented())
}

/// A name made of a title's first long words.
fn slug(title: &str) -> String {
    let word = title
        .split(|c: char| !c.is_alphanumeric())
        .find(|w| w.len() > 3 && w.starts_with(|c: char| c.is_ascii_alphabetic()))
        .unwrap_or("name");
    word.to_lowercase()
}
