//! The open documents: their texts, what was read of them, and the last numbers that each had.

use super::positions::{Encoding, Index, Lines};
use crate::ide::diagnostics::Finding;
use crate::ide::{Analysis, Known, Numbers};
use crate::infer::meter::Meter;
use crate::lint::Policy;
use serde_json::Value;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

/// A document.
#[derive(Debug)]
pub(super) struct Document {
    pub(super) uri: String,
    pub(super) path: PathBuf,
    pub(super) version: i64,
    pub(super) text: Arc<str>,
    /// Its lines, once they have been asked for.
    pub(super) index: OnceLock<Arc<Index>>,
    /// What was read of it; none where something has changed since.
    pub(super) analysis: Option<Arc<Analysis>>,
    /// What was read before something changed: what stays as it was need not be read again.
    pub(super) read_before: Option<Arc<Analysis>>,
    /// The last numbers, and the change of the workspace that they belong to.
    pub(super) numbers: Option<(u64, Arc<Numbers>)>,
    /// What was found, and the change of the workspace that it belongs to.
    pub(super) findings: Option<(u64, Arc<Vec<Finding>>)>,
    /// Whether the linter has had its say in these, and fixes were tried.
    pub(super) whole: bool,
    /// The last change of this document or of what it uses.
    pub(super) changed: u64,
    /// Stops what is being counted.
    pub(super) meter: Meter,
    /// The rules that hold for it, until something changes.
    pub(super) policy: Option<Arc<Policy>>,
    /// The last page that could be made.
    pub(super) page: Option<Arc<str>>,
}

impl Document {
    pub(super) fn lines(&self, encoding: Encoding) -> Lines<'_> {
        let index = || Arc::new(Index::of(&self.text, encoding));
        let index = self.index.get_or_init(index).clone();
        Lines::indexed(&self.text, index, encoding)
    }

    /// The last numbers, and whether they are those of the text as it is.
    pub(super) fn known(&self) -> Option<Known<'_>> {
        let (of, numbers) = self.numbers.as_ref()?;
        Some(Known {
            numbers,
            stale: *of != self.changed,
        })
    }

    /// Whether it uses a file, or is it.
    pub(super) fn uses(&self, path: &PathBuf) -> bool {
        let analysis = self.analysis.as_ref();
        self.path == *path || analysis.is_none_or(|a| a.paths().contains(path))
    }
}

/// A document's text after changes, in the order in which they were made.
pub(super) fn changed(document: &Document, changes: &[Value], encoding: Encoding) -> String {
    let mut text = document.text.to_string();
    for (n, change) in changes.iter().enumerate() {
        let Some(new) = change["text"].as_str() else {
            continue;
        };
        if change["range"].is_object() {
            let range = match n {
                // Its lines are known.
                0 => document.lines(encoding).bytes(&change["range"]),
                _ => Lines::new(&text, encoding).bytes(&change["range"]),
            };
            text.replace_range(range, new);
        } else {
            text = new.to_owned();
        }
    }
    text
}
