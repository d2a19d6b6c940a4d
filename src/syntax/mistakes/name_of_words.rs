//! `factor eu-cuts "…"`, `factor eu cuts "…"`: a name that is more than one word.

use super::unquoted_title::title_in_quotes;
use super::{Head, Made, Mistake, Piece};
use crate::diag::Diagnostic;
use crate::syntax::recover::{Repair, short, split_words};
use std::ops::Range;

pub(super) static MISTAKE: Mistake = Mistake {
    pair: (
        "factor eu-cuts \"Cuts\" { weight for exit: weak }",
        "factor eu_cuts \"Cuts\" { weight for exit: weak }",
    ),
    made: &[Made::Item(look)],
};

fn look(piece: &Piece<'_, '_>, head: &Head<'_>) -> Option<Repair> {
    if !head.is_named() || head.rest.starts_with('"') {
        return None;
    }
    match head.rest.find('"') {
        Some(quote) => before_title(piece, head, quote),
        None => without_title(piece, head),
    }
}

fn before_title(piece: &Piece<'_, '_>, head: &Head<'_>, quote: usize) -> Option<Repair> {
    let written = head.rest[..quote]
        .trim_end()
        .trim_end_matches(':')
        .trim_end();
    let one_word: String = written
        .split(|c: char| !(c == '_' || c.is_alphanumeric()))
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join("_");
    if one_word == written || one_word.is_empty() {
        return None;
    }
    let place = head.rest_at..head.rest_at + written.len();
    let found = no_name(piece, place.clone(), written, &one_word);
    Some(Repair::new(vec![piece.patch(place, one_word)], found))
}

fn without_title(piece: &Piece<'_, '_>, head: &Head<'_>) -> Option<Repair> {
    let mut words = split_words(head.rest);
    let (_, name) = words.next()?;
    let bare = name.trim_end_matches(':');
    let one_word = bare.replace(|c: char| !(c == '_' || c.is_alphanumeric()), "_");
    if one_word == bare {
        return None;
    }
    let place = head.rest_at..head.rest_at + bare.len();
    let found = no_name(piece, place.clone(), bare, &one_word);
    let renamed = Repair::new(vec![piece.patch(place, one_word)], found);
    Some(match words.next() {
        None => renamed,
        Some((title, _)) => {
            let end = head.rest_at + head.rest.len();
            renamed.and(title_in_quotes(piece, head.rest_at + title..end))
        }
    })
}

fn no_name(piece: &Piece<'_, '_>, place: Range<usize>, written: &str, meant: &str) -> Diagnostic {
    piece
        .syntax(place, format!("`{}` is not a name", short(written)))
        .label("a name is one word of letters, digits and `_`")
        .help(format!("write `{meant}`, here and wherever it is used"))
}
