//! Baselines: the findings that a folder had when the linter came, so that only new ones are told.
//!
//! In: what was found, and a baseline's text. Out: what is not in the baseline, what the baseline
//! holds in vain, and a new baseline. Entries match by file, rule, item, text and the sentence or
//! clause around it, not by line (`matched.rs`).

mod matched;

use super::identity::{Identities, Identity, Within};
use crate::diag::Checked;
use crate::text::source::{FileId, without_mark};
use matched::Matching;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The largest baseline that is read, in bytes.
pub const LIMIT: usize = 64 << 20;

/// The version that is written. Version 1 knew a finding by its text alone.
const VERSION: u32 = 2;

/// What a baseline file holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Baseline {
    /// The version of this shape: 2. Version 1, which has neither sentences nor clauses, is still read.
    pub version: u32,
    /// The findings, in order.
    pub entries: Vec<Entry>,
}

/// Findings of one kind at one place.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// The file, as seen from the baseline's folder, with `/` between folders.
    pub file: String,
    /// The rule's name.
    pub rule: String,
    /// The item that they stand in.
    pub item: String,
    /// The text that they are about.
    pub text: String,
    /// The sentence that they stand in, where that is prose or a title; of a long one the beginning,
    /// and a number made from the whole.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sentence: Option<String>,
    /// The clause that they stand in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clause: Option<String>,
    /// The title of the item, where they do not stand in a sentence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// How many there are.
    pub count: usize,
}

/// What tells one entry from another.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    file: String,
    rule: String,
    item: String,
    text: String,
    within: Within,
    title: String,
}

impl Key {
    fn of(file: String, identity: Identity) -> Key {
        Key {
            file,
            rule: identity.rule.to_owned(),
            item: identity.item,
            text: identity.text,
            within: identity.within,
            title: identity.title,
        }
    }
}

impl From<Entry> for Key {
    fn from(entry: Entry) -> Key {
        Key {
            file: entry.file,
            rule: entry.rule,
            item: entry.item,
            text: entry.text,
            within: match (entry.sentence, entry.clause) {
                (Some(sentence), _) => Within::Sentence(sentence),
                (None, Some(clause)) => Within::Clause(clause),
                (None, None) => Within::Head,
            },
            title: entry.title.unwrap_or_default(),
        }
    }
}

impl Entry {
    fn of((key, count): (Key, usize)) -> Entry {
        let (sentence, clause) = match key.within {
            Within::Head => (None, None),
            Within::Sentence(text) => (Some(text), None),
            Within::Clause(text) => (None, Some(text)),
        };
        Entry {
            file: key.file,
            rule: key.rule,
            item: key.item,
            text: key.text,
            sentence,
            clause,
            title: Some(key.title).filter(|title| !title.is_empty()),
            count,
        }
    }
}

impl Baseline {
    /// The baseline in a text.
    ///
    /// # Errors
    ///
    /// What is wrong with it.
    pub fn read(text: &str) -> Result<Baseline, String> {
        let baseline: Baseline =
            serde_json::from_str(without_mark(text)).map_err(|e| e.to_string())?;
        match baseline.version {
            1 | VERSION => Ok(baseline),
            other => Err(format!(
                "version {other} is unknown; this is version {VERSION}"
            )),
        }
    }

    /// Whether it knows findings by their text alone, as baselines did before they held sentences.
    pub fn is_old(&self) -> bool {
        self.version < VERSION
    }

    /// The baseline as text, the same for the same findings.
    pub fn write(&self) -> String {
        let mut text = serde_json::to_string_pretty(self).unwrap_or_default();
        text.push('\n');
        text
    }

    /// A baseline of all that was found; `place` says how the baseline names a file.
    pub fn of(checked: &[Checked], place: &dyn Fn(&str) -> String) -> Baseline {
        let mut counts: BTreeMap<Key, usize> = BTreeMap::new();
        for checked in checked {
            let mut identities = Identities::new(&checked.sources);
            for (_, key) in keys(checked, &mut identities, place) {
                *counts.entry(key).or_default() += 1;
            }
        }
        Baseline {
            version: VERSION,
            entries: counts.into_iter().map(Entry::of).collect(),
        }
    }

    /// Takes out of what was found what the baseline holds, and gives what it holds in vain: entries
    /// with the number that was not found, and how many findings were taken out.
    pub fn subtract(
        &self,
        checked: &mut [Checked],
        place: &dyn Fn(&str) -> String,
    ) -> (Vec<Entry>, usize) {
        let mut left: BTreeMap<Key, usize> = BTreeMap::new();
        for entry in &self.entries {
            *left.entry(entry.clone().into()).or_default() += entry.count;
        }
        let mut matching = Matching::new(left, self.is_old());
        let mut taken = 0;
        for checked in checked {
            let mut identities = Identities::new(&checked.sources);
            let keys = keys(checked, &mut identities, place);
            let held = matching.take(&keys, &mut identities);
            taken += held.iter().filter(|held| **held).count();
            let mut held = held.into_iter();
            checked
                .diagnostics
                .retain(|_| !held.next().unwrap_or_default());
        }
        (matching.left().map(Entry::of).collect(), taken)
    }
}

/// What tells each finding from others, and its file.
fn keys(
    checked: &Checked,
    identities: &mut Identities,
    place: &dyn Fn(&str) -> String,
) -> Vec<(FileId, Key)> {
    let key = |d: &crate::diag::Diagnostic| {
        let file = d.primary.span.file;
        let place = place(&checked.sources.source(file).name);
        (file, Key::of(place, identities.of(d)))
    };
    checked.diagnostics.iter().map(key).collect()
}

/// How a file is named from a folder: both absolute, or both as seen from one place; `/` between
/// folders. By their words alone: links are not followed.
pub fn relative(folder: &str, file: &str) -> String {
    let parts = |path: &str| {
        let mut parts: Vec<String> = Vec::new();
        for part in path.split(['/', '\\']) {
            match part {
                "" | "." => {}
                ".." if parts.last().is_some_and(|p| p != "..") => {
                    parts.pop();
                }
                part => parts.push(part.to_owned()),
            }
        }
        parts
    };
    let (folder, file) = (parts(folder), parts(file));
    let common = folder.iter().zip(&file).take_while(|(a, b)| a == b).count();
    let up = folder[common..].iter().map(|_| "..".to_owned());
    let down = file[common..].iter().cloned();
    up.chain(down).collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::relative;

    #[test]
    fn files_are_named_from_the_folder() {
        for (folder, file, expected) in [
            ("/a/b", "/a/b/c/d.assess", "c/d.assess"),
            ("/a/b", "/a/b/./c/../d.assess", "d.assess"),
            ("/a/b/x", "/a/b/d.assess", "../d.assess"),
            ("/", "/d.assess", "d.assess"),
            ("C:\\a", "C:\\a\\b\\c", "b/c"),
        ] {
            assert_eq!(relative(folder, file), expected);
        }
    }
}
