//! `event drift Members drift`, `bet Presence stays`, `use shared.assess`: a title or a path without quotes.

use super::piece::{first_word, is_word};
use super::{Head, Made, Mistake, Piece};
use crate::syntax::recover::{Repair, short, split_words};
use std::ops::Range;

pub(super) static MISTAKE: Mistake = Mistake {
    pair: (
        "event drift Members drift { chance: 15% by short }",
        "event drift \"Members drift\" { chance: 15% by short }",
    ),
    made: &[Made::Item(look)],
};

fn look(piece: &Piece<'_, '_>, head: &Head<'_>) -> Option<Repair> {
    if head.rest.is_empty() || head.rest.contains('"') {
        return None;
    }
    let (start, end) = (head.rest_at, head.rest_at + head.rest.len());
    if head.is_named() {
        let mut words = split_words(head.rest);
        let (_, name) = words.next()?;
        let (title, _) = words.next()?;
        return is_word(name).then(|| title_in_quotes(piece, start + title..end));
    }
    if !head.is_titled() && head.word != "prior" {
        return None;
    }
    // What begins like a condition is one, and no title.
    if matches!(first_word(head.rest), "given" | "otherwise" | "if" | "when") {
        return None;
    }
    let mut repair = title_in_quotes(piece, start..end);
    if head.word == "use" {
        repair.diagnostic.message = "this path stands without quotes".to_owned();
        repair.diagnostic.primary.message = "a path stands in quotes".into();
    }
    Some(repair)
}

/// Puts a title in quotes.
pub(super) fn title_in_quotes(piece: &Piece<'_, '_>, title: Range<usize>) -> Repair {
    let said = short(&piece.text[title.clone()]);
    let found = piece
        .syntax(title.clone(), "this title stands without quotes")
        .label("a title stands in quotes")
        .help(format!("write `\"{said}\"`"));
    Repair::new(piece.quotes(title), found).fix("put it in quotes")
}
