//! Which findings a baseline holds: the same ones, then those that only moved, then renamed ones.
//!
//! In: what a baseline still holds, and who the findings of a file are. Out: of each whether it is
//! held. Each entry is used up once for each finding that it holds.

use super::Key;
use crate::lint::identity::{Identities, Within, told_before};
use crate::text::source::FileId;
use std::collections::{BTreeMap, BTreeSet};

/// How many entries are looked through for one with another name: each takes a while.
const NEAR: usize = 1_000;

/// What is left of a baseline.
pub(super) struct Matching {
    left: BTreeMap<Key, usize>,
    /// Whether a text alone tells findings apart.
    old: bool,
}

impl Matching {
    pub(super) fn new(left: BTreeMap<Key, usize>, old: bool) -> Self {
        Matching { left, old }
    }

    /// What was not found.
    pub(super) fn left(self) -> impl Iterator<Item = (Key, usize)> {
        self.left.into_iter().filter(|(_, count)| *count > 0)
    }

    /// Of each finding whether the baseline holds it.
    pub(super) fn take(
        &mut self,
        keys: &[(FileId, Key)],
        identities: &mut Identities<'_>,
    ) -> Vec<bool> {
        let mut held: Vec<bool> = keys.iter().map(|(_, key)| self.exact(key)).collect();
        if self.old {
            return held;
        }
        // What is the same has its entry by now: another entry may hold what is left.
        let mut names = BTreeMap::new();
        for (held, (file, key)) in held.iter_mut().zip(keys).filter(|(held, _)| !**held) {
            let names = &*names
                .entry(file.0)
                .or_insert_with(|| Names::of(identities.names(*file)));
            let moved = self.of_rule(key).find(|entry| names.moved(entry, key));
            let near = || self.of_rule(key).take(NEAR);
            let found = moved.or_else(|| near().find(|entry| names.renamed(entry, key)));
            if let Some(entry) = found.cloned() {
                *held = self.used(&entry);
            }
        }
        held
    }

    fn exact(&mut self, key: &Key) -> bool {
        if !self.old {
            return self.used(key);
        }
        self.used(&Key {
            text: told_before(&key.text),
            item: told_before(&key.item),
            within: Within::Head,
            title: String::new(),
            ..key.clone()
        })
    }

    fn used(&mut self, key: &Key) -> bool {
        match self.left.get_mut(key).filter(|count| **count > 0) {
            Some(count) => {
                *count -= 1;
                true
            }
            None => false,
        }
    }

    /// What is left for a finding's rule in its file.
    fn of_rule<'s>(&'s self, key: &'s Key) -> impl Iterator<Item = &'s Key> {
        let from = Key {
            file: key.file.clone(),
            rule: key.rule.clone(),
            item: String::new(),
            text: String::new(),
            within: Within::Head,
            title: String::new(),
        };
        self.left
            .range(from..)
            .take_while(|(entry, _)| entry.file == key.file && entry.rule == key.rule)
            .filter(|(_, count)| **count > 0)
            .map(|(entry, _)| entry)
    }
}

/// The words of a file.
struct Names<'a> {
    /// All of its code.
    code: BTreeSet<&'a str>,
    /// Those of them that name an item.
    items: BTreeSet<&'a str>,
}

impl<'a> Names<'a> {
    fn of((code, items): (BTreeSet<&'a str>, BTreeSet<&'a str>)) -> Self {
        Names { code, items }
    }

    /// Whether an entry is what stands elsewhere now: the same sentence anywhere, anything in an item
    /// that has another title, or the same clause under the title of an item that is gone.
    fn moved(&self, entry: &Key, key: &Key) -> bool {
        let same_item = || entry.item == key.item;
        let gone = || {
            let name = entry.item.split_once(' ').map_or("", |(_, name)| name);
            entry.title == key.title && !self.items.contains(name)
        };
        entry.text == key.text
            && entry.within == key.within
            && match &entry.within {
                Within::Head => same_item(),
                Within::Sentence(_) => true,
                Within::Clause(_) => same_item() || gone(),
            }
    }

    /// Whether an entry is what it was before one name became another: the old one stands nowhere in
    /// the file's code, the new one is that of an item.
    fn renamed(&self, entry: &Key, key: &Key) -> bool {
        let mut change: Option<(&str, &str)> = None;
        let within = match (&entry.within, &key.within) {
            (Within::Head, Within::Head) => true,
            (Within::Clause(old), Within::Clause(new)) => self.same(&mut change, old, new),
            // Outside placeholders a sentence names nothing.
            (Within::Sentence(old), Within::Sentence(new)) => {
                without_placeholders(old) == without_placeholders(new)
                    && self.same(&mut change, old, new)
            }
            _ => false,
        };
        within
            && entry.title == key.title
            && self.same(&mut change, &entry.item, &key.item)
            && self.same(&mut change, &entry.text, &key.text)
    }

    /// Whether two texts differ by one name throughout.
    fn same<'k>(
        &self,
        change: &mut Option<(&'k str, &'k str)>,
        old: &'k str,
        new: &'k str,
    ) -> bool {
        let (old, new) = (pieces(old), pieces(new));
        let pairs = || old.iter().copied().zip(new.iter().copied());
        let renames = pairs().filter(|(old, new)| old != new);
        old.len() == new.len()
            && renames.into_iter().all(|(old, new)| {
                !self.code.contains(old)
                    && self.items.contains(new)
                    && *change.get_or_insert((old, new)) == (old, new)
            })
    }
}

/// What stands outside braces.
fn without_placeholders(sentence: &str) -> String {
    let mut parts = sentence.split('{');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |prose, part| {
        let behind = part.split_once('}').map_or("", |(_, behind)| behind);
        format!("{prose}{{}}{behind}")
    })
}

/// A text cut into words and signs.
fn pieces(text: &str) -> Vec<&str> {
    let word = |c: char| c == '_' || c.is_alphanumeric();
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let end = match word(first) {
            true => rest.find(|c| !word(c)).unwrap_or(rest.len()),
            false => first.len_utf8(),
        };
        pieces.push(&rest[..end]);
        rest = &rest[end..];
    }
    pieces
}
