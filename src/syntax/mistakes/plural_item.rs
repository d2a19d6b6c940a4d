//! `outcomes x, y`, `outcome x, y`: several items in one.

use super::piece::is_word;
use super::{Head, Made, Mistake, Piece};
use crate::syntax::recover::Repair;

pub(super) static MISTAKE: Mistake = Mistake {
    pair: ("outcomes stay, leave", "outcome stay\noutcome leave"),
    made: &[Made::Item(in_item), Made::Keyword(look)],
};

/// Items that may stand without a block.
const ITEMS: [(&str, &str); 2] = [("outcomes", "outcome"), ("events", "event")];

fn in_item(piece: &Piece<'_, '_>, head: &Head<'_>) -> Option<Repair> {
    let (_, item) = ITEMS.iter().find(|(_, item)| *item == head.word)?;
    repair(piece, item, head.rest)
}

fn look(piece: &Piece<'_, '_>, word: &str) -> Option<Repair> {
    let (_, item) = ITEMS.iter().find(|(plural, _)| *plural == word)?;
    repair(
        piece,
        item,
        piece.line()[word.len()..].trim().trim_start_matches(':'),
    )
}

fn repair(piece: &Piece<'_, '_>, item: &str, names: &str) -> Option<Repair> {
    let names: Vec<&str> = names.split(',').map(str::trim).collect();
    let is_name =
        |name: &&str| is_word(name) && name.starts_with(|c: char| c.is_alphabetic() || c == '_');
    let line = piece.line().trim_end();
    if names.len() < 2 || !names.iter().all(is_name) || line.len() < piece.text.trim_end().len() {
        return None;
    }
    let each: Vec<String> = names.iter().map(|name| format!("{item} {name}")).collect();
    let found = piece
        .syntax(0..line.len(), format!("each {item} is an item of its own"))
        .label(format!("this names {}", names.len()))
        .help(format!(
            "write `{}` on lines of their own",
            each.join("`, `")
        ));
    // One item is read again, and not several.
    Some(Repair::new(
        vec![piece.patch(0..line.len(), each[0].as_str())],
        found,
    ))
}
