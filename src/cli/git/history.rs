//! The commits that touched a file, under every name that it had.

use super::{GitError, Repository, path_of, run, with_slashes};
use std::path::{Path, PathBuf};

/// One commit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::cli) struct Commit {
    /// In full.
    pub(in crate::cli) hash: String,
    /// As few digits as tell it apart, and at least seven.
    pub(in crate::cli) short: String,
    /// When its author made it, with the time zone, as in RFC 3339.
    pub(in crate::cli) date: String,
    /// Who made it.
    pub(in crate::cli) author: String,
    /// The first paragraph of its message, as one line.
    pub(in crate::cli) subject: String,
}

/// What a commit did to a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::cli) struct Touch {
    /// The commit.
    pub(in crate::cli) commit: Commit,
    /// The file's name after it, from the repository's top.
    pub(in crate::cli) path: PathBuf,
    /// The name that it had before, where the commit renamed it.
    pub(in crate::cli) renamed_from: Option<PathBuf>,
    /// Whether the commit deleted it.
    pub(in crate::cli) deleted: bool,
}

/// Fields of a commit, each with a NUL behind it, since `-z` ends the last one.
const FORMAT: &str = "--format=%H%x00%h%x00%aI%x00%an%x00%s";
const FIELDS: usize = 5;

impl Repository {
    /// The commits up to `commit` that touched a file, newest first, following renames. A merge
    /// stands for all that it brought, so that each commit's forerunner is the next in the list. A
    /// file that began as a copy of another begins there: the other's history is not its own.
    pub(in crate::cli) fn history(
        &self,
        commit: &str,
        path: &Path,
    ) -> Result<Vec<Touch>, GitError> {
        let never = || GitError::NeverCommitted {
            path: path.to_path_buf(),
            shallow: self.shallow,
        };
        // What `log --follow` prints stops making sense where the name is that of a folder.
        if self
            .read(commit, path)
            .is_err_and(|e| e.kind() == std::io::ErrorKind::IsADirectory)
        {
            return Err(never());
        }
        let printed = self.log(commit, &["--follow"], &[path])?;
        let mut path = path.to_path_buf();
        let mut touches = Vec::new();
        for (commit, changes) in records(&printed) {
            let mut touch = Touch {
                commit,
                path: path.clone(),
                renamed_from: None,
                deleted: false,
            };
            let mut began_as_copy = false;
            if let Some(change) = changes.into_iter().next() {
                touch.path = change.to;
                touch.deleted = change.kind == b'D';
                began_as_copy = change.kind == b'C';
                touch.renamed_from = change.from.filter(|_| !began_as_copy);
            }
            path = touch.renamed_from.as_ref().unwrap_or(&touch.path).clone();
            touches.push(touch);
            if began_as_copy {
                break;
            }
        }
        if touches.is_empty() {
            return Err(never());
        }
        Ok(touches)
    }

    /// The commits up to `commit` that touched any of these files, newest first, each with those
    /// that it touched; merges as in [`Repository::history`].
    pub(in crate::cli) fn touching(
        &self,
        commit: &str,
        paths: &[&Path],
    ) -> Result<Vec<(Commit, Vec<PathBuf>)>, GitError> {
        let printed = self.log(commit, &["--no-renames"], paths)?;
        let named = records(&printed).into_iter();
        let named = named.map(|(c, changes)| (c, changes.into_iter().map(|c| c.to).collect()));
        Ok(named.collect())
    }

    /// What every commit up to `commit` did to every file whose name ends so, newest first, with
    /// renames; merges as in [`Repository::history`].
    pub(in crate::cli) fn everything(
        &self,
        commit: &str,
        ending: &str,
    ) -> Result<Vec<(Commit, Vec<Change>)>, GitError> {
        let printed = self.log(commit, &["-M"], &[Path::new(".")])?;
        let mut all = records(&printed);
        for (_, changes) in &mut all {
            changes.retain(|c| c.to.to_string_lossy().ends_with(ending));
        }
        all.retain(|(_, changes)| !changes.is_empty());
        Ok(all)
    }

    fn log(&self, commit: &str, how: &[&str], paths: &[&Path]) -> Result<Vec<u8>, GitError> {
        let mut command = self.guard.git(&self.top);
        command
            .args(["log", "-z", "--raw", "--first-parent", "--abbrev=7", FORMAT])
            .args([
                "--no-color",
                "--no-notes",
                "--no-mailmap",
                "--encoding=UTF-8",
            ])
            .args(["--no-ext-diff", "--no-textconv", "--no-show-signature"])
            .arg("--diff-merges=first-parent")
            .args(how)
            .args([commit, "--"])
            .args(paths.iter().map(|p| with_slashes(p)));
        run(&mut command)
    }
}

/// One changed file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::cli) struct Change {
    /// `A`dded, `M`odified, `D`eleted, `R`enamed, `C`opied, and a few more.
    pub(in crate::cli) kind: u8,
    /// Its name before, where that was another.
    pub(in crate::cli) from: Option<PathBuf>,
    /// Its name.
    pub(in crate::cli) to: PathBuf,
}

/// What `log -z --raw` prints: a commit's fields, then its changes, each as modes, hashes and a
/// letter behind a colon, and one path or two.
fn records(printed: &[u8]) -> Vec<(Commit, Vec<Change>)> {
    let mut parts = printed.split(|&b| b == 0).peekable();
    let mut records: Vec<(Commit, Vec<Change>)> = Vec::new();
    while let Some(part) = parts.next() {
        let part = part.strip_prefix(b"\n").unwrap_or(part);
        if let Some(change) = part.strip_prefix(b":") {
            let letter = change.rsplit(|&b| b == b' ').next();
            let kind = letter.and_then(|l| l.first().copied()).unwrap_or(b'M');
            let first = parts.next().map(path_of).unwrap_or_default();
            let second = match kind {
                b'R' | b'C' => parts.next().map(path_of),
                _ => None,
            };
            let (from, to) = match second {
                Some(second) => (Some(first), second),
                None => (None, first),
            };
            if let Some((_, changes)) = records.last_mut() {
                changes.push(Change { kind, from, to });
            }
        } else if !part.is_empty() {
            let rest = parts.by_ref().take(FIELDS - 1);
            let fields: Vec<String> = std::iter::once(part)
                .chain(rest)
                .map(|f| String::from_utf8_lossy(f).into_owned())
                .collect();
            if let Ok([hash, short, date, author, subject]) = <[String; FIELDS]>::try_from(fields) {
                let commit = Commit {
                    hash,
                    short,
                    date,
                    author,
                    subject,
                };
                records.push((commit, Vec::new()));
            }
        }
    }
    records
}
