//! `key judgement "…" { … }`: an item's keyword with a word before it.

use super::{Made, Mistake, Piece};
use crate::diag::Diagnostic;
use crate::diag::rules;
use crate::syntax::recover::Repair;

pub(super) static MISTAKE: Mistake = Mistake {
    pair: (
        "key judgement \"It stays\" { on: exit by short, says: unlikely }",
        "judgement \"It stays\" { on: exit by short, says: unlikely }",
    ),
    made: &[Made::Keyword(look)],
};

/// What is called so, and the item.
const MEANT: [(&str, &str); 14] = [
    ("key judgements", "judgement"),
    ("key judgement", "judgement"),
    ("key judgments", "judgement"),
    ("key judgment", "judgement"),
    ("key findings", "judgement"),
    ("key finding", "judgement"),
    ("key assumptions", "assumption"),
    ("key assumption", "assumption"),
    ("key events", "event"),
    ("key event", "event"),
    ("key factor", "factor"),
    ("key driver", "factor"),
    ("base rate", "prior"),
    ("time horizon", "horizon"),
];

/// How a judgement is written.
pub(super) const JUDGED: &str = "write `judgement \"…\" { on: exit by long, says: very unlikely }`";

fn look(piece: &Piece<'_, '_>, _: &str) -> Option<Repair> {
    let (words, to) = called(piece.text)?;
    let behind = piece.text[words.len()..].trim_start();
    let bare = to == "judgement" && !behind.contains('{');
    let found = Diagnostic::new(
        &rules::UNKNOWN_CLAUSE,
        piece.lower.place(piece.at(0..words.len())),
        format!("no item is called `{words}`"),
    )
    .label("an item's keyword belongs here")
    .help(format!("this is called `{to}`"));
    if bare {
        // Its block is missing, too: what is to be written is said once.
        let found = found.help(format!("this is called `{to}`: {JUDGED}"));
        let place = 0..piece.text.len() - behind.trim_start_matches([':', ' ']).len();
        return Some(Repair::new(vec![piece.patch(place, format!("{to} "))], found).invented());
    }
    let repair = Repair::new(vec![piece.patch(0..words.len(), to)], found);
    Some(repair.fix(format!("write `{to}`")))
}

/// The words that a text begins with, and the item that they mean.
pub(in crate::syntax) fn called(text: &str) -> Option<(&'static str, &'static str)> {
    let text = text.get(..text.len().min(20)).unwrap_or(text);
    let lower = text.to_ascii_lowercase().replace('_', " ");
    let ends =
        |words: &str| !lower[words.len()..].starts_with(|c: char| c == '_' || c.is_alphanumeric());
    let mut all = MEANT.iter();
    all.find(|(words, _)| lower.starts_with(words) && ends(words))
        .copied()
}
