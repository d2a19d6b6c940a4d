//! What git keeps: earlier texts of a file, and the commits that touched it.
//!
//! In: a path, the name of a revision. Out: bytes and commits. Nothing in the repository is changed,
//! and no program is run that its settings name for showing changes.
//!
//! The `git` command is asked, not a library: where there is a repository it is there too, it reads
//! every kind of one (linked, partial, SHA-256), and its name for a revision is the user's own.

mod guard;
mod history;
mod objects;
mod revision;
#[cfg(test)]
mod tests;

pub(super) use history::{Change, Commit, Touch};
pub(super) use revision::Revision;

use guard::Guard;
use objects::{Found, Objects};
use std::ffi::{OsStr, OsString};
use std::fmt;
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;

/// Why git has no answer; as a sentence for the user.
#[derive(Debug)]
pub(super) enum GitError {
    /// There is no `git` command, or it does not start.
    NoGit(io::Error),
    /// The path lies in no repository.
    NoRepository(PathBuf),
    /// No commit goes by this name.
    UnknownRevision {
        /// As the user wrote it.
        revision: String,
        /// Whether commits are missing here.
        shallow: bool,
    },
    /// A commit has no such file.
    NotThere {
        /// From the repository's top.
        path: PathBuf,
        /// As the user wrote it.
        revision: String,
    },
    /// No commit has ever touched the file.
    NeverCommitted {
        /// From the repository's top.
        path: PathBuf,
        /// Whether commits are missing here.
        shallow: bool,
    },
    /// The repository's own data lie among the files that it tracks.
    Planted(PathBuf),
    /// What git says itself.
    Failed(String),
}

/// How the files come that a clone has left out.
const BRINGS: &str =
    "this clone leaves files out, and `git fetch --refetch --no-filter` brings them";

impl fmt::Display for GitError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shallow = |missing: bool| match missing {
            true => "; this clone is shallow, and `git fetch --unshallow` brings what is missing",
            false => "",
        };
        match self {
            GitError::NoGit(error) if error.kind() == io::ErrorKind::NotFound => {
                f.write_str("there is no `git` command; install git, and see that PATH leads to it")
            }
            GitError::NoGit(error) => write!(f, "`git` does not start: {error}"),
            GitError::NoRepository(path) => {
                write!(f, "`{}` lies in no git repository", path.display())
            }
            GitError::UnknownRevision {
                revision,
                shallow: missing,
            } => write!(
                f,
                "there is no revision `{revision}` here; name a commit, a branch, a tag or `HEAD~2`{}",
                shallow(*missing)
            ),
            GitError::NotThere { path, revision } => {
                write!(f, "revision `{revision}` has no file `{}`", path.display())
            }
            GitError::NeverCommitted {
                path,
                shallow: missing,
            } => {
                let path = path.display();
                write!(f, "no commit has a file `{path}`{}", shallow(*missing))
            }
            GitError::Planted(folder) => write!(
                f,
                "`{}` holds git's data among the files of a repository, whose settings could run \
                 programs; git is not asked",
                folder.display()
            ),
            GitError::Failed(message) if message.contains("lazy fetching disabled") => {
                write!(f, "git says: {message}; {BRINGS}")
            }
            GitError::Failed(message) => write!(f, "git says: {message}"),
        }
    }
}

impl From<io::Error> for GitError {
    fn from(error: io::Error) -> Self {
        GitError::Failed(error.to_string())
    }
}

/// A repository with a working tree.
pub(super) struct Repository {
    /// The working tree's folder, without symbolic links.
    top: PathBuf,
    guard: Guard,
    shallow: bool,
    objects: Mutex<Objects>,
}

impl Repository {
    /// The repository that a path lies in, whether or not there is such a file now, and the path
    /// from its top.
    pub(super) fn of(path: &Path) -> Result<(Repository, PathBuf), GitError> {
        let place = place(path)?;
        // A folder may be gone together with its file.
        let folder = place.ancestors().skip(1).find(|f| f.is_dir());
        let folder = folder.unwrap_or(Path::new("."));
        let nowhere = || GitError::NoRepository(path.to_path_buf());
        let (guard, said) = match Guard::ask(folder) {
            Ok(found) => found,
            // Git's own words matter where it refuses a repository that is there.
            Err(GitError::Failed(message)) if !message.contains("not a git repository") => {
                return Err(GitError::Failed(message));
            }
            Err(GitError::Failed(_)) => return Err(nowhere()),
            Err(other) => return Err(other),
        };
        let said = said.strip_suffix(b"\n").unwrap_or(&said);
        let split = said.iter().position(|&b| b == b'\n').ok_or_else(nowhere)?;
        let top = fs::canonicalize(path_of(&said[split + 1..]))?;
        let inside = place.strip_prefix(&top).map_err(|_| nowhere())?;
        let inside = inside.to_path_buf();
        guard.is_no_plant(&top)?;
        Ok((
            Repository {
                shallow: &said[..split] == b"true",
                objects: Mutex::new(Objects::open(guard.git(&top))?),
                guard,
                top,
            },
            inside,
        ))
    }

    /// The path of a file from the top, where it lies in this repository.
    pub(super) fn inside(&self, path: &Path) -> Option<PathBuf> {
        let place = place(path).ok()?;
        let inside = place.strip_prefix(&self.top).ok()?;
        Some(inside.to_path_buf())
    }

    /// Whether the clone leaves out early commits.
    pub(super) fn is_shallow(&self) -> bool {
        self.shallow
    }

    /// The full hash of the commit that goes by a name: `HEAD~2`, a branch, a tag, a hash.
    pub(super) fn commit(&self, revision: &str) -> Result<String, GitError> {
        let unknown = || GitError::UnknownRevision {
            revision: revision.to_owned(),
            shallow: self.shallow,
        };
        if revision.trim().is_empty() {
            return Err(unknown());
        }
        let Found::Object { hash, .. } = self.ask(OsStr::new(revision))? else {
            return Err(unknown());
        };
        match self.ask(OsStr::new(&format!("{hash}^{{commit}}")))? {
            Found::Object { hash, .. } => Ok(hash),
            Found::Nothing => Err(unknown()),
        }
    }

    /// A file at a commit, by its path from the top; links are followed within the repository.
    /// Of a file larger than a file may be, at least a byte more than that.
    pub(super) fn read(&self, commit: &str, path: &Path) -> io::Result<Vec<u8>> {
        let mut name = OsStr::new(&format!("{commit}:")).to_os_string();
        name.push(with_slashes(path));
        // Names are asked for by lines, and one may be two lines long.
        if name.as_encoded_bytes().contains(&b'\n') {
            let said = run(self
                .guard
                .git(&self.top)
                .args(["rev-parse", "--verify", "-q"])
                .arg(&name));
            let hash = said.map_err(|_| io::ErrorKind::NotFound)?;
            name = path_of(hash.trim_ascii()).into_os_string();
        }
        match self.ask(&name)? {
            Found::Object { kind, bytes, .. } if kind == "blob" => Ok(bytes),
            Found::Object { .. } => Err(io::ErrorKind::IsADirectory.into()),
            Found::Nothing if self.lacks(&name) => {
                Err(io::Error::other(format!("git says: {BRINGS}")))
            }
            Found::Nothing => Err(io::ErrorKind::NotFound.into()),
        }
    }

    /// Whether a commit has an object of this name which is not in this clone.
    fn lacks(&self, name: &OsStr) -> bool {
        let hash = run(self
            .guard
            .git(&self.top)
            .args(["rev-parse", "--verify", "-q"])
            .arg(name));
        // The hash stands in the commit's tree; what it is the hash of may be elsewhere. A link that
        // leads nowhere is there itself.
        let hash = hash.map(|hash| path_of(hash.trim_ascii()).into_os_string());
        let is_missing = |hash: &OsString| matches!(self.ask(hash), Ok(Found::Nothing));
        hash.is_ok_and(|hash| !hash.is_empty() && is_missing(&hash))
    }

    fn ask(&self, name: &OsStr) -> io::Result<Found> {
        let mut objects = self.objects.lock().map_err(|_| io::ErrorKind::Other)?;
        objects.ask(name)
    }
}

/// Runs a git command; what it prints, or why it failed.
fn run(command: &mut Command) -> Result<Vec<u8>, GitError> {
    let output = command.output().map_err(GitError::NoGit)?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let said = said.trim().trim_start_matches("fatal: ");
    Err(GitError::Failed(said.to_owned()))
}

/// Where a path leads, without symbolic links; what is not there stands as written.
fn place(path: &Path) -> io::Result<PathBuf> {
    let absolute = std::path::absolute(path)?;
    let mut missing = Vec::new();
    let mut at = absolute.as_path();
    loop {
        if let Ok(mut found) = fs::canonicalize(at) {
            for part in missing.into_iter().rev() {
                match part {
                    Component::ParentDir => _ = found.pop(),
                    part => found.push(part),
                }
            }
            return Ok(found);
        }
        let (Some(parent), Some(last)) = (at.parent(), at.components().next_back()) else {
            return Ok(absolute);
        };
        missing.push(last);
        at = parent;
    }
}

/// A path as git prints it.
fn path_of(bytes: &[u8]) -> PathBuf {
    #[cfg(unix)]
    let path = <OsStr as std::os::unix::ffi::OsStrExt>::from_bytes(bytes);
    #[cfg(not(unix))]
    let path = &*String::from_utf8_lossy(bytes);
    PathBuf::from(path)
}

/// A path as git takes it.
fn with_slashes(path: &Path) -> OsString {
    let mut out = OsString::new();
    for (i, part) in path.components().enumerate() {
        if i > 0 {
            out.push("/");
        }
        out.push(part);
    }
    out
}
