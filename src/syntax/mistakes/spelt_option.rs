//! `scale: "ICD 203"`, `rated: B-2`: one word of several, spelt otherwise.

use super::{Made, Mistake, Piece};
use crate::syntax::grammar::Kind;
use crate::syntax::recover::Repair;
use crate::{scales, strengths};

pub(super) static MISTAKE: Mistake = Mistake {
    pair: (
        "assessment \"A?\" { as of: 2025-03-01, scale: \"ICD 203\" }",
        "assessment \"A?\" { as of: 2025-03-01, scale: icd203 }",
    ),
    made: &[Made::Option(look)],
};

fn look(piece: &Piece<'_, '_>, kind: Kind) -> Option<Repair> {
    let text = piece.text;
    let inner = text.trim_matches('"').trim();
    let (word, message) = match kind {
        Kind::rated => {
            let word: String = inner.chars().filter(|c| c.is_alphanumeric()).collect();
            (
                word.to_uppercase(),
                "a rating is a letter and a digit, nothing between them",
            )
        }
        Kind::confidence => (inner.to_owned(), "a level of confidence is one word"),
        _ => (
            built_in(inner).unwrap_or_else(|| inner.replace(' ', "-")),
            "this name is written without quotes or blanks",
        ),
    };
    if word == text || (kind == Kind::rated && word.len() != 2) {
        return None;
    }
    let found = piece
        .all_syntax(message)
        .label("one word belongs here")
        .help(format!("write `{word}`"));
    let patch = piece.replaced(word.as_str());
    Some(Repair::new(vec![patch], found).fix(format!("write `{word}`")))
}

/// The built-in scale or table that is called so, however it is spelled: `ICD 203`.
fn built_in(text: &str) -> Option<String> {
    let bare = |name: &str| -> String {
        let kept = name.chars().filter(|c| c.is_alphanumeric());
        kept.flat_map(char::to_lowercase).collect()
    };
    let mut names = scales::names().chain(strengths::names());
    names
        .find(|name| bare(name) == bare(text))
        .map(str::to_owned)
}
