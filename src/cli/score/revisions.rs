//! The revisions of many files from one look at their repository.
//!
//! In: files. Out: for each the commits that touched it, oldest first, under the name that it had;
//! nothing for a file that was never committed.

use super::super::git::{Change, Commit, GitError, Repository};
use jiff::civil::Date;
use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// One revision of a file.
#[derive(Debug, Clone)]
pub(super) struct Revision {
    /// The day, where its author was.
    pub(super) day: Date,
    /// The commit in full.
    pub(super) hash: String,
    /// A few of its digits.
    pub(super) short: String,
    /// The file's name then, from the repository's top.
    pub(super) path: PathBuf,
    /// The commit's place, from the newest.
    place: usize,
}

/// A repository with all that happened to its assessments.
pub(super) struct History {
    pub(super) repository: Repository,
    /// Newest first.
    commits: Vec<(Commit, Vec<Change>)>,
    /// For each name the commits that touched it, newest first.
    by_name: HashMap<PathBuf, Vec<(usize, usize)>>,
}

/// The repositories of some files.
#[derive(Default)]
pub(super) struct Histories {
    all: Vec<Arc<History>>,
    /// Folders that lie in none.
    without: Vec<PathBuf>,
}

impl Histories {
    /// The repository of a file; none where it lies in none or nothing was committed yet.
    pub(super) fn of(&mut self, path: &Path) -> Result<Option<Arc<History>>, GitError> {
        if let Some(known) = self
            .all
            .iter()
            .find(|h| h.repository.inside(path).is_some())
        {
            return Ok(Some(known.clone()));
        }
        let folder = path.parent().map(Path::to_path_buf).unwrap_or_default();
        if self.without.contains(&folder) {
            return Ok(None);
        }
        let found = match Repository::of(path) {
            Ok((repository, _)) => History::new(repository)?,
            Err(GitError::NoRepository(_) | GitError::NoGit(_)) => None,
            Err(other) => return Err(other),
        };
        let found = found.map(Arc::new);
        match &found {
            Some(history) => self.all.push(history.clone()),
            None => self.without.push(folder),
        }
        Ok(found)
    }
}

impl History {
    fn new(repository: Repository) -> Result<Option<History>, GitError> {
        let head = match repository.commit("HEAD") {
            Ok(head) => head,
            Err(GitError::UnknownRevision { .. }) => return Ok(None),
            Err(other) => return Err(other),
        };
        let commits = repository.everything(&head, ".assess")?;
        let mut by_name: HashMap<PathBuf, Vec<(usize, usize)>> = HashMap::new();
        for (i, (_, changes)) in commits.iter().enumerate() {
            for (j, change) in changes.iter().enumerate() {
                by_name.entry(change.to.clone()).or_default().push((i, j));
            }
        }
        Ok(Some(History {
            repository,
            commits,
            by_name,
        }))
    }

    /// The revisions of a file and of those that it uses, oldest first; those of the others before
    /// it was there are left out.
    pub(super) fn revisions(&self, path: &Path, used: &[PathBuf]) -> Vec<Revision> {
        let mut own = self.touches(path);
        if own.is_empty() {
            return own;
        }
        let mut all: BTreeMap<usize, Revision> = BTreeMap::new();
        for other in used {
            for touch in self.touches(other) {
                // The name that the file itself had then: of its last own revision before.
                if let Some(then) = own.iter().find(|r| r.place >= touch.place) {
                    let path = then.path.clone();
                    all.insert(touch.place, Revision { path, ..touch });
                }
            }
        }
        all.extend(own.drain(..).map(|r| (r.place, r)));
        all.into_values().rev().collect()
    }

    /// The commits that touched one file, newest first.
    fn touches(&self, path: &Path) -> Vec<Revision> {
        let mut revisions = Vec::new();
        let (mut name, mut from) = (path.to_path_buf(), 0);
        'names: loop {
            let places = self.by_name.get(&name).map_or(&[][..], Vec::as_slice);
            for &(i, j) in places.iter().filter(|(i, _)| *i >= from) {
                let (commit, change) = (&self.commits[i].0, &self.commits[i].1[j]);
                let day = commit.date.get(..10).and_then(|d| d.parse::<Date>().ok());
                if let Some(day) = day.filter(|_| change.kind != b'D') {
                    revisions.push(Revision {
                        day,
                        hash: commit.hash.clone(),
                        short: commit.short.clone(),
                        path: name.clone(),
                        place: i,
                    });
                }
                if let (b'R', Some(before)) = (change.kind, &change.from) {
                    (name, from) = (before.clone(), i + 1);
                    continue 'names;
                }
            }
            return revisions;
        }
    }
}
