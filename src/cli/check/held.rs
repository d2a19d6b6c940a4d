//! A baseline on disk: what is in it is not reported again.
//!
//! In: the path of a baseline and what was found. Out: what is new, and sentences about stale baseline entries.

use crate::cli::{files, write};
use crate::diag::Checked;
use crate::diag::rules::Group;
use crate::lint::baseline::{Baseline, Entry, LIMIT, relative};
use crate::lint::rules;
use crate::project::loader;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// How many stale entries are named.
const NAMED: usize = 20;

/// A baseline and where it stands.
pub(super) struct Held {
    baseline: Baseline,
    path: PathBuf,
}

impl Held {
    /// Reads a baseline.
    ///
    /// # Errors
    ///
    /// Why it cannot be read, in a sentence.
    pub(super) fn read(path: &Path) -> Result<Held, String> {
        let bytes = loader::read(path, LIMIT).map_err(|e| files::unreadable(path, &e))?;
        let name = path.display();
        if bytes.len() > LIMIT {
            return Err(format!("`{name}` is too large for a baseline"));
        }
        let text = String::from_utf8(bytes).map_err(|_| {
            format!("`{name}` is not UTF-8 text; save it as UTF-8, or write it anew with `--write-baseline`")
        })?;
        let baseline = Baseline::read(&text).map_err(|e| {
            format!(
                "`{}` is not a baseline: {e}; `--write-baseline` writes one",
                path.display()
            )
        })?;
        Ok(Held {
            baseline,
            path: path.to_path_buf(),
        })
    }

    /// Where it stands.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// What is to be said of a baseline that knows findings by their text alone.
    pub(super) fn is_old(&self) -> Option<String> {
        self.baseline.is_old().then(|| {
            format!(
                "`{}` is of version 1, in which the same word in a new sentence counts as known; `--write-baseline` writes it anew\n",
                self.path.display()
            )
        })
    }

    /// Writes a baseline of what was found, and gives how many findings are in it.
    ///
    /// # Errors
    ///
    /// Why it cannot be written, in a sentence.
    pub(super) fn write(path: &Path, checked: &[Checked]) -> Result<usize, String> {
        let baseline = Baseline::of(checked, &|name| place(path, name));
        write::atomically(path, baseline.write().as_bytes())
            .map_err(|e| format!("`{}` cannot be written: {e}", path.display()))?;
        Ok(baseline.entries.iter().map(|e| e.count).sum())
    }

    /// Takes out of what was found what the baseline holds; gives how many that were.
    pub(super) fn subtract(&self, checked: &mut [Checked]) -> (Vec<Entry>, usize) {
        self.baseline
            .subtract(checked, &|name| place(&self.path, name))
    }

    /// The stale entries of a baseline, as sentences. Only files that were looked at, each with whether
    /// the rules ran on it, or that are gone can tell.
    pub(super) fn in_vain(&self, left: &[Entry], looked_at: &[(String, bool)]) -> Vec<String> {
        let looked_at: BTreeMap<String, bool> = looked_at
            .iter()
            .map(|(name, linted)| (place(&self.path, name), *linted))
            .collect();
        let folder = self.path.parent().unwrap_or(Path::new(""));
        // What takes two files cannot be told where the other was not looked at.
        let one_sided =
            |entry: &&Entry| entry.rule != rules::FILES_DISAGREE.name || looked_at.len() > 1;
        let idle = left
            .iter()
            .filter(one_sided)
            .filter(|entry| match looked_at.get(&entry.file) {
                Some(true) => true,
                Some(false) => rules::find(&entry.rule).is_none_or(|r| r.group == Group::Error),
                None => !folder.join(&entry.file).exists(),
            });
        let idle: Vec<&Entry> = idle.collect();
        let mut said: Vec<String> = idle.iter().take(NAMED).map(|e| sentence(e)).collect();
        if idle.len() > NAMED {
            said.push(format!("and {} more", idle.len() - NAMED));
        }
        said
    }
}

fn sentence(entry: &Entry) -> String {
    let item = match entry.item.as_str() {
        "" => String::new(),
        item => format!(" in {item}"),
    };
    let times = match entry.count {
        1 => String::new(),
        n => format!(", {n} times"),
    };
    format!("{}{item}, `{}`{times}", entry.file, entry.rule)
}

/// How a baseline names a file.
fn place(baseline: &Path, name: &str) -> String {
    let here = std::env::current_dir().unwrap_or_default();
    let folder = here.join(baseline);
    let folder = folder.parent().unwrap_or(&here);
    relative(
        &folder.to_string_lossy(),
        &here.join(name).to_string_lossy(),
    )
}
