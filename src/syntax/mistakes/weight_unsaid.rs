//! `for leave: strong`, `against leave weight: strong`: a weight that does not say what it is.

use super::piece::is_word;
use super::{Key, Made, Mistake, Piece};
use crate::syntax::grammar::Kind;
use crate::syntax::recover::Repair;
use crate::syntax::words::CLAUSES;

pub(super) static MISTAKE: Mistake = Mistake {
    pair: (
        "factor f { for leave: strong }",
        "factor f { weight for leave: strong }",
    ),
    made: &[Made::Key(look)],
};

/// Other words for a push, and which way they mean.
const WORDS: [(&str, &str); 26] = [
    ("for", "for"),
    ("against", "against"),
    ("favours", "for"),
    ("favors", "for"),
    ("supports", "for"),
    ("helps", "for"),
    ("raises", "for"),
    ("increases", "for"),
    ("strengthens", "for"),
    ("promotes", "for"),
    ("pushes", "for"),
    ("pushes for", "for"),
    ("points to", "for"),
    ("speaks for", "for"),
    ("evidence for", "for"),
    ("strength for", "for"),
    ("opposes", "against"),
    ("hinders", "against"),
    ("lowers", "against"),
    ("reduces", "against"),
    ("decreases", "against"),
    ("weakens", "against"),
    ("pushes against", "against"),
    ("speaks against", "against"),
    ("evidence against", "against"),
    ("strength against", "against"),
];

fn look(piece: &Piece<'_, '_>, key: &Key<'_>) -> Option<Repair> {
    let mut clauses = CLAUSES.iter().filter(|c| c.kind == Kind::weight);
    if !clauses.any(|c| c.owners.contains(&key.owner)) {
        return None;
    }
    let head = key.key;
    let bare = head.strip_suffix(" weight").unwrap_or(head).trim_end();
    let split = |word: &str| bare.strip_prefix(word)?.strip_prefix(' ');
    let words = WORDS
        .iter()
        .filter_map(|(word, way)| Some((*word, *way, split(word)?.trim())));
    let (word, way, names) = words.max_by_key(|(word, ..)| word.len())?;
    let mut all = names.split([',', ' ']).filter(|name| !name.is_empty());
    if names.is_empty() || !all.all(is_word) {
        return None;
    }
    let place = 0..head.len();
    let meant = format!("weight {way} {names}");
    let found = piece
        .syntax(place.clone(), format!("`{head}` does not say what it is"))
        .label("`weight` belongs here")
        .help(format!("write `{meant}: …`"));
    let plain = matches!(word, "for" | "against");
    let repair = Repair::new(vec![piece.patch(place, meant.as_str())], found);
    Some(repair.fix(format!("write `{meant}`")).only_if(plain))
}
