//! Files as their repository names them, for whoever reads a report somewhere else.
//!
//! In: names as seen from the current folder. Out: the same as seen from the top of the git
//! repository that each file lies in; outside of one, from the current folder where it lies below
//! that. A link keeps its own name, and the folders above it are those that it lies in.

use super::files::STDIN_NAME;
use crate::diag::Checked;
use crate::project::{FileSystem, Loader, name_of};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Where the files of a run lie; what was found out about folders is kept.
#[derive(Default)]
pub(super) struct Places {
    /// For each folder as named: itself as seen from the top; none where that cannot be said.
    known: RefCell<BTreeMap<PathBuf, Option<PathBuf>>>,
}

impl Places {
    /// A file's name as seen from the top; none where it stays as it is.
    pub(super) fn seen_from_the_top(&self, name: &str) -> Option<String> {
        if name == STDIN_NAME {
            return None;
        }
        let path = Path::new(name);
        let folder = path.parent().filter(|p| !p.as_os_str().is_empty());
        let folder = folder.unwrap_or(Path::new("."));
        let mut known = self.known.borrow_mut();
        let above = known
            .entry(folder.to_path_buf())
            .or_insert_with(|| place(folder));
        Some(name_of(&above.as_ref()?.join(path.file_name()?)))
    }

    /// Names the files of a report as seen from the top.
    pub(super) fn rename(&self, checked: &mut Checked) {
        checked.sources.rename(|name| self.seen_from_the_top(name));
        if let Some(name) = self.seen_from_the_top(&checked.file) {
            checked.file = name;
        }
    }
}

/// A folder as seen from its repository's top, or else from the current folder.
fn place(folder: &Path) -> Option<PathBuf> {
    // A deleted folder, or that of standard input's name, still has a place by its words.
    let whole = fs::canonicalize(folder).or_else(|_| std::path::absolute(folder));
    let whole = whole.ok()?;
    let top = whole.ancestors().find(|folder| FileSystem.is_root(folder));
    let top = match top {
        Some(top) => top.to_path_buf(),
        None => fs::canonicalize(".").ok()?,
    };
    whole.strip_prefix(top).ok().map(Path::to_path_buf)
}
