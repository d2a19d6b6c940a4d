//! `note: a remark`: a text without quotes.

use super::{Made, Mistake, Piece};
use crate::syntax::grammar::Kind;
use crate::syntax::recover::{Repair, short};
use crate::syntax::words;

pub(super) static MISTAKE: Mistake = Mistake {
    pair: (
        "event e { note: a remark }",
        "event e { note: \"a remark\" }",
    ),
    made: &[Made::Text(look)],
};

fn look(piece: &Piece<'_, '_>, kind: Kind) -> Option<Repair> {
    if piece.text.contains('"') {
        return None;
    }
    let key = words::clause_of(kind).map_or("section", |c| c.key);
    let found = piece
        .all_syntax(format!("the text of `{key}:` stands without quotes"))
        .label("a text stands in quotes")
        .help(format!("write `\"{}\"`", short(piece.text)));
    let patches = piece.quotes(0..piece.text.len());
    Some(Repair::new(patches, found).fix("put it in quotes"))
}
