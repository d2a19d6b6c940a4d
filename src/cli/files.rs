//! Which files a command looks at, and how they are read.
//!
//! In: the paths of the command line. Out: files in path order, each once, and what was wrong with
//! the paths. A folder stands for its `.assess` files, but for those that a `.gitignore` excludes.

use super::{Status, Streams};
use crate::limits;
use crate::project::{FileSystem, Loader};
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// The name under which standard input goes where none is given.
const STDIN_NAME: &str = "<stdin>";

/// The files that paths stand for.
#[derive(Debug, Default)]
pub(super) struct Files {
    /// In path order, each once.
    pub(super) paths: Vec<PathBuf>,
    /// Why some path stands for nothing.
    pub(super) problems: Vec<String>,
}

/// Follows the paths; the current folder where there are none.
pub(super) fn find(paths: &[PathBuf]) -> Files {
    let here = [PathBuf::from(".")];
    let mut files = Files::default();
    for path in if paths.is_empty() { &here } else { paths } {
        match std::fs::metadata(path) {
            Ok(data) if data.is_dir() => files.add_folder(path),
            Ok(_) => files.paths.push(plain(path)),
            Err(error) => files.problems.push(unreadable(path, &error)),
        }
    }
    files.paths.sort();
    let mut seen = BTreeSet::new();
    files
        .paths
        .retain(|path| seen.insert(path.canonicalize().unwrap_or_else(|_| path.clone())));
    files
}

/// Does something with each path, several at once; the results are in the paths' order.
pub(super) fn for_each<T: Send>(paths: &[PathBuf], work: impl Fn(&Path) -> T + Sync) -> Vec<T> {
    match paths {
        // Starting threads would take longer than one file.
        [path] => vec![work(path)],
        paths => paths.par_iter().map(|path| work(path)).collect(),
    }
}

/// Why a file cannot be read, in a sentence.
pub(super) fn unreadable(path: &Path, error: &io::Error) -> String {
    let name = path.display();
    match error.kind() {
        io::ErrorKind::NotFound => format!("there is no file or folder `{name}`"),
        io::ErrorKind::IsADirectory => format!("`{name}` is a folder; name a file"),
        io::ErrorKind::PermissionDenied => format!("`{name}` may not be read: permission denied"),
        _ => format!("`{name}` cannot be read: {error}"),
    }
}

impl Files {
    fn add_folder(&mut self, folder: &Path) {
        let before = self.paths.len();
        let entries = ignore::WalkBuilder::new(folder).require_git(false).build();
        for entry in entries {
            match entry {
                Ok(entry) => {
                    let path = entry.path();
                    let fits = path.extension().is_some_and(|e| e == "assess");
                    if fits && path.is_file() {
                        self.paths.push(plain(path));
                    }
                }
                Err(error) => self.problems.push(error.to_string()),
            }
        }
        if self.paths.len() == before {
            let name = folder.display();
            self.problems
                .push(format!("there is no `.assess` file in `{name}`"));
        }
    }
}

/// A path without the `./` in front that nobody wrote.
fn plain(path: &Path) -> PathBuf {
    path.strip_prefix(".").unwrap_or(path).to_path_buf()
}

/// The files of a run, and standard input as one of them.
#[derive(Default)]
pub(super) struct Jobs {
    /// Standard input first, then in path order.
    pub(super) paths: Vec<PathBuf>,
    stdin: Option<Stdin>,
}

impl Jobs {
    /// Follows the paths, `-` to standard input, and says what is wrong with any of them.
    pub(super) fn find(
        paths: &[PathBuf],
        streams: &mut Streams<'_>,
        stdin_name: Option<&Path>,
    ) -> (Jobs, Status) {
        let mut status = Status::Done;
        let mut jobs = Jobs::default();
        match Stdin::among(paths, streams, stdin_name) {
            Ok(stdin) => jobs.stdin = stdin,
            Err(message) => status = streams.fail(&message),
        }
        jobs.paths
            .extend(jobs.stdin.iter().map(|s| s.path().to_path_buf()));
        let mut others = paths.to_vec();
        others.retain(|path| path != Path::new("-"));
        if paths.is_empty() || !others.is_empty() {
            let files = find(&others);
            for problem in &files.problems {
                status = streams.fail(problem);
            }
            jobs.paths.extend(files.paths);
        }
        (jobs, status)
    }

    /// Whether a path is that of standard input.
    pub(super) fn is_stdin(&self, path: &Path) -> bool {
        self.stdin
            .as_ref()
            .is_some_and(|stdin| stdin.path() == path)
    }

    /// Where a file is read from.
    pub(super) fn loader(&self, path: &Path) -> &dyn Loader {
        match &self.stdin {
            Some(stdin) if stdin.path() == path => stdin,
            _ => &FileSystem,
        }
    }
}

/// Standard input as a file of a given name, beside the files of the disk.
pub(super) struct Stdin {
    name: PathBuf,
    bytes: Vec<u8>,
}

impl Stdin {
    /// Reads all of it, up to a byte more than a file may have.
    pub(super) fn read(input: &mut dyn Read, name: Option<&Path>) -> io::Result<Self> {
        let mut bytes = Vec::new();
        input
            .take(limits::FILE_BYTES as u64 + 1)
            .read_to_end(&mut bytes)?;
        Ok(Stdin {
            name: name.unwrap_or(Path::new(STDIN_NAME)).to_path_buf(),
            bytes,
        })
    }

    /// This run's own, or why it cannot be read, in a sentence.
    pub(super) fn of(streams: &mut Streams<'_>, name: Option<&Path>) -> Result<Self, String> {
        Stdin::read(streams.input, name)
            .map_err(|error| format!("standard input cannot be read: {error}"))
    }

    /// This run's own, where one of the paths is `-`; or why it cannot be read.
    pub(super) fn among(
        paths: &[impl AsRef<Path>],
        streams: &mut Streams<'_>,
        name: Option<&Path>,
    ) -> Result<Option<Self>, String> {
        match paths.iter().any(|path| path.as_ref() == Path::new("-")) {
            true => Stdin::of(streams, name).map(Some),
            false => Ok(None),
        }
    }

    /// The path under which the project reads it.
    pub(super) fn path(&self) -> &Path {
        &self.name
    }
}

impl Loader for Stdin {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        if path == self.name {
            Ok(self.bytes.clone())
        } else {
            FileSystem.read(path)
        }
    }

    fn canonical(&self, path: &Path) -> io::Result<PathBuf> {
        if path != self.name {
            return FileSystem.canonical(path);
        }
        // The name need not be that of a file, but what is used stands beside it.
        let folder = path.parent().filter(|p| !p.as_os_str().is_empty());
        let folder = FileSystem.canonical(folder.unwrap_or(Path::new(".")))?;
        Ok(folder.join(path.file_name().unwrap_or_default()))
    }

    fn is_root(&self, folder: &Path) -> bool {
        FileSystem.is_root(folder)
    }
}
