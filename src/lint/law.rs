//! Whether evidence is a law, a treaty or the like, which holds until it is changed.
//!
//! In: an item of evidence. Out: whether its words, its source or its note name one. A word that
//! can mean something else counts only as part of a name: "the Insurrection Act".

use super::evidence::Item;
use crate::resolve::assessment::{Piece, Prose};

/// Words that mean nothing else.
const PLAIN: &[&str] = &[
    "bylaw",
    "bylaws",
    "charter",
    "constitution",
    "constitutional",
    "decree",
    "law",
    "laws",
    "legislation",
    "ordinance",
    "statute",
    "statutes",
    "statutory",
    "treaties",
    "treaty",
];

/// Words that name one where they are written large within a text.
const NAMED: &[&str] = &[
    "Act",
    "Code",
    "Convention",
    "Covenant",
    "Directive",
    "Protocol",
    "Regulation",
];

/// What makes "law" something else.
const AFTER: &[&str] = &[
    "enforcement",
    "firm",
    "firms",
    "journal",
    "professor",
    "professors",
    "review",
    "school",
    "society",
    "student",
    "students",
];

/// What makes "law" something else when it stands before it.
const BEFORE: &[&str] = &["draft", "martial", "planned", "proposed"];

/// Whether an item of evidence names a law.
pub(crate) fn is_named(item: &Item) -> bool {
    let evidence = item.evidence;
    let source = item.source().is_some_and(|source| names_law(&source.node));
    source || names_law(&evidence.text.node) || evidence.note.as_ref().is_some_and(noted)
}

fn noted(note: &Prose) -> bool {
    note.pieces.iter().any(|piece| match piece {
        Piece::Text(text) => names_law(&text.node),
        Piece::Placeholder { .. } | Piece::Fact { .. } => false,
    })
}

/// Whether a text names a law.
fn names_law(text: &str) -> bool {
    let cut = |c: char| !c.is_alphanumeric() && c != '-';
    let words: Vec<&str> = text.split(cut).filter(|w| !w.is_empty()).collect();
    (0..words.len()).any(|i| {
        let low = |at: usize| words.get(at).map(|w| w.to_lowercase()).unwrap_or_default();
        let before = i.checked_sub(1).map(low).unwrap_or_default();
        let (word, after) = (low(i), low(i + 1));
        let plain = PLAIN.contains(&word.as_str());
        let other = AFTER.contains(&after.as_str()) || BEFORE.contains(&before.as_str());
        let named = i > 0 && NAMED.contains(&words[i]);
        let article = matches!(word.as_str(), "article" | "art" | "§")
            && after.starts_with(|c: char| c.is_ascii_digit());
        let in_force = word == "force" && before == "in" && after != "majeure";
        plain && !other || named || article || in_force
    })
}

#[cfg(test)]
mod tests {
    use super::names_law;

    #[test]
    fn laws_are_told_from_words_that_look_like_them() {
        for text in [
            "The treaty leaves each member to judge",
            "Article 5 of 1949",
            "The Insurrection Act of 1807",
            "Constitutional Court, ruling on the statute",
            "The law of 2012 is still in force",
        ] {
            assert!(names_law(text), "{text}");
        }
        for text in [
            "Act now, the minister said",
            "Lawmakers vote",
            "Law enforcement reports more arrests",
            "Martial law is lifted",
            "A code of silence; a convention of doctors",
            "Harvard Law Review",
            "The proposed law on budgets",
            "An article on the election",
        ] {
            assert!(!names_law(text), "{text}");
        }
    }
}
