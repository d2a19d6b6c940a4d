//! The language's words for tools that complete, explain or colour them.
//!
//! In: nothing, or an item's keyword. Out: items and clauses, each with how it is written. The tables
//! themselves stand in `words`; a clause that is added there is known here.

use super::words::{CLAUSES, ITEMS, item_example};

/// A clause of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct ClauseWord {
    /// What stands before the colon, up to its first variable part.
    pub(crate) key: &'static str,
    /// Whether it may stand several times.
    pub(crate) repeats: bool,
    /// How it is written.
    pub(crate) example: &'static str,
}

/// The clauses that an item may have, by its keyword; `evidence` is one of them and has its own.
pub(crate) fn clauses(owner: &str) -> impl Iterator<Item = ClauseWord> {
    let owned = CLAUSES
        .iter()
        .filter(move |c| c.owners.iter().any(|o| o.word() == owner));
    owned.map(|c| ClauseWord {
        key: c.key,
        repeats: c.repeats,
        example: c.example,
    })
}

/// How a clause is written, wherever it may stand.
pub(crate) fn clause_example(key: &str) -> Option<&'static str> {
    let clause = CLAUSES.iter().find(|c| c.key == key);
    clause.map(|c| c.example)
}

/// The words that begin an item, each with how it is written.
pub(crate) fn items() -> impl Iterator<Item = (&'static str, &'static str)> {
    let items = ITEMS.iter().copied();
    items.filter_map(|word| Some((word, item_example(word)?)))
}
