//! Baselines: the findings that a folder had when the linter came, so that only new ones are told.
//!
//! In: what was found, and a baseline's text. Out: what is not in the baseline, what the baseline
//! holds in vain, and a new baseline. Entries match by file, rule, item and text, not by line.

use super::identity::Identity;
use crate::render::Checked;
use crate::source::without_mark;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The largest baseline that is read, in bytes.
pub const LIMIT: usize = 64 << 20;

/// What a baseline file holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Baseline {
    /// The version of this shape: 1.
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
    /// How many there are.
    pub count: usize,
}

/// What tells one entry from another.
type Key = (String, String, String, String);

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
            1 => Ok(baseline),
            other => Err(format!("version {other} is unknown; this is version 1")),
        }
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
            for key in keys(checked, place) {
                *counts.entry(key).or_default() += 1;
            }
        }
        let entries = counts
            .into_iter()
            .map(|((file, rule, item, text), count)| Entry {
                file,
                rule,
                item,
                text,
                count,
            });
        Baseline {
            version: 1,
            entries: entries.collect(),
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
            let Entry {
                file,
                rule,
                item,
                text,
                ..
            } = entry.clone();
            *left.entry((file, rule, item, text)).or_default() += entry.count;
        }
        let mut taken = 0;
        for checked in checked {
            let mut keys = keys(checked, place).into_iter();
            checked.diagnostics.retain(|_| {
                let held = keys.next().and_then(|key| left.get_mut(&key));
                match held.filter(|count| **count > 0) {
                    Some(count) => {
                        *count -= 1;
                        taken += 1;
                        false
                    }
                    None => true,
                }
            });
        }
        let vain = left.into_iter().filter(|(_, count)| *count > 0);
        let vain = vain.map(|((file, rule, item, text), count)| Entry {
            file,
            rule,
            item,
            text,
            count,
        });
        (vain.collect(), taken)
    }
}

fn keys(checked: &Checked, place: &dyn Fn(&str) -> String) -> Vec<Key> {
    let key = |d: &crate::diag::Diagnostic| {
        let identity = Identity::of(d, &checked.sources);
        let file = place(&checked.sources.source(d.primary.span.file).name);
        (file, identity.rule.to_owned(), identity.item, identity.text)
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
