//! `a && !b`, `a AND b`: conditions as other languages write them.

use super::{Made, Mistake, Piece};
use crate::syntax::patch::Patch;
use crate::syntax::recover::{Repair, split_words};

pub(super) static MISTAKE: Mistake = Mistake {
    pair: (
        "change c { when: a && !b, weight for exit: weak }",
        "change c { when: a and not b, weight for exit: weak }",
    ),
    made: &[Made::Condition(look)],
};

const SIGNS: [(&str, &str); 5] = [
    ("&&", "and"),
    ("||", "or"),
    ("&", "and"),
    ("|", "or"),
    ("!", "not "),
];

fn look(piece: &Piece<'_, '_>) -> Option<Repair> {
    let text = piece.text;
    let mut patches: Vec<Patch> = Vec::new();
    let mut at = 0;
    while let Some(next) = text[at..].find(['&', '|', '!']) {
        at += next;
        let Some((sign, word)) = SIGNS.iter().find(|(sign, _)| text[at..].starts_with(sign)) else {
            break;
        };
        let end = at + sign.len();
        let before = text[..at].ends_with(|c: char| !c.is_whitespace() && c != '(' && c != '!');
        let after = text[end..].starts_with(|c: char| !c.is_whitespace());
        let pad = |needed: bool| if needed && *sign != "!" { " " } else { "" };
        let written = format!("{}{word}{}", pad(before), pad(after));
        patches.push(piece.patch(at..end, written));
        at = end;
    }
    for (at, word) in split_words(text) {
        let low = word.to_ascii_lowercase();
        if low != word && matches!(low.as_str(), "and" | "or" | "not") {
            patches.push(piece.patch(at..at + word.len(), low));
        }
    }
    patches.sort_by_key(|p| p.range.start);
    let first = patches.first()?;
    let sign = &piece.lower.text[first.range.clone()];
    let word = first.text.trim();
    let found = piece
        .lower
        .syntax(first.range.clone(), format!("`{sign}` is written `{word}`"))
        .label("conditions are joined by words")
        .help("a condition is written with `and`, `or`, `not` and parentheses");
    Some(Repair::new(patches, found).fix("write `and`, `or` and `not`"))
}
