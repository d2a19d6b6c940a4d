//! `pool both "Both": own, fbi`: what an item says behind a colon, where a block belongs.

use super::piece::first_word;
use super::{Head, Made, Mistake, Piece};
use crate::syntax::recover::{Repair, short};

pub(super) static MISTAKE: Mistake = Mistake {
    pair: (
        "pool both \"Both\": own, fbi",
        "pool both \"Both\" { of: own, fbi }",
    ),
    made: &[Made::Item(look)],
};

/// The clause that says most of what an item is.
fn clause_of(word: &str) -> Option<&'static str> {
    Some(match word {
        "pool" => "of",
        "scenario" => "set",
        "change" => "when",
        "quantity" => "is",
        "event" => "chance",
        _ => return None,
    })
}

fn look(piece: &Piece<'_, '_>, head: &Head<'_>) -> Option<Repair> {
    let text = piece.text.trim_end();
    if text.contains('{') {
        return None;
    }
    let rest = text.strip_prefix(head.word)?.trim_start();
    let named = rest.strip_prefix(first_word(rest))?.trim_start();
    let titled = match named.strip_prefix('"') {
        Some(title) => title.split_once('"')?.1.trim_start(),
        None => named,
    };
    let said = titled.strip_prefix(':')?.trim();
    // A clause with a key of its own is taken as it stands.
    let clause = match said.contains(':') {
        true => said.to_owned(),
        false => format!("{}: {said}", clause_of(head.word)?),
    };
    if said.is_empty() || rest == named || said.contains('\n') {
        return None;
    }
    let colon = text.len() - titled.len();
    let end = text[..colon].trim_end().len();
    let found = piece
        .syntax(colon..text.len(), "the clauses of an item stand in braces")
        .label("a block belongs here")
        .help(format!(
            "write `{}` in place of the colon and what follows",
            short(&format!("{{ {clause} }}"))
        ));
    let patch = piece.patch(end..text.len(), format!(" {{ {clause} }}"));
    Some(Repair::new(vec![patch], found).fix("write the block"))
}
