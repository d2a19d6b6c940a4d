//! `factor "The only ship is booked" ship { … }`: the title before the name.

use super::piece::is_word;
use super::{Head, Made, Mistake, Piece};
use crate::syntax::recover::{Repair, short};

pub(super) static MISTAKE: Mistake = Mistake {
    pair: (
        "event \"Members drift\" drift { chance: 15% by short }",
        "event drift \"Members drift\" { chance: 15% by short }",
    ),
    made: &[Made::Item(look)],
};

fn look(piece: &Piece<'_, '_>, head: &Head<'_>) -> Option<Repair> {
    let title = head.rest.strip_prefix('"')?;
    let close = title.find('"')?;
    let name = title[close + 1..].trim();
    if !head.is_named() || name.is_empty() || !is_word(name) {
        return None;
    }
    let keyword = head.head[..head.rest_at].trim_end();
    let written = format!("{name} \"{}\"", &title[..close]);
    let place = head.rest_at..head.head.len();
    let found = piece
        .syntax(place.clone(), "the name stands before the title")
        .label("swap the two")
        .help(format!(
            "write `{}`",
            short(&format!("{keyword} {written}"))
        ));
    let patch = piece.patch(place, written);
    Some(Repair::new(vec![patch], found).fix("write the name first"))
}
