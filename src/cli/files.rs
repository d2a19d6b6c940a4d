//! Which files a command looks at, and how they are read.
//!
//! In: the paths of the command line. Out: files in path order, each once, and what was wrong with
//! the paths. A folder stands for its `.assess` files, but for those that a `.gitignore` excludes.

use super::{Status, Streams};
use crate::diag::suggest;
use crate::limits;
use crate::parallel::*;
use crate::project::loader::leads_outside;
use crate::project::{FileSystem, Loader};
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::ffi::OsString;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// The name under which standard input goes where none is given.
pub(super) const STDIN_NAME: &str = "<stdin>";

/// The files that paths stand for.
#[derive(Debug, Default)]
pub(super) struct Files {
    /// In path order, each once.
    pub(super) paths: Vec<PathBuf>,
    /// Why some path stands for nothing.
    pub(super) problems: Vec<String>,
    /// The folders without a file.
    empty: Vec<PathBuf>,
}

/// Follows the paths; the current folder where there are none.
pub(super) fn find(paths: &[PathBuf]) -> Files {
    let mut files = follow(paths);
    let problems = files.empty.iter().map(|folder| {
        let name = folder.display();
        format!("there is no `.assess` file in `{name}`")
    });
    files.problems.extend(problems);
    files
}

/// The same where a folder may be empty.
pub(super) fn follow(paths: &[PathBuf]) -> Files {
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
    files.leave_out_repeated();
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
        io::ErrorKind::NotFound => {
            let near = near(path).map_or(String::new(), |near| format!("; {near}"));
            format!("there is no file or folder `{name}`{near}")
        }
        io::ErrorKind::IsADirectory => match some(path) {
            None => format!("`{name}` is a folder; name a file"),
            Some(files) => format!("`{name}` is a folder; name one of its files: {files}"),
        },
        io::ErrorKind::PermissionDenied => format!("`{name}` may not be read: permission denied"),
        _ => format!("`{name}` cannot be read: {error}"),
    }
}

/// The file that may be meant by the path of none: with the ending, or spelt much like it.
fn near(path: &Path) -> Option<String> {
    let mut whole = path.as_os_str().to_owned();
    whole.push(".assess");
    if Path::new(&whole).is_file() {
        return suggest::did_you_mean(&[&*Path::new(&whole).to_string_lossy()]);
    }
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty());
    let here = in_folder(folder.unwrap_or(Path::new(".")));
    let name = path.file_name()?.to_string_lossy();
    let stem = name.strip_suffix(".assess").unwrap_or(&name);
    let stems = here.iter().filter_map(|n| n.strip_suffix(".assess"));
    // The path may be that of another revision: what it names here is no better.
    let stems = stems.filter(|other| *other != stem);
    let near = suggest::nearest(stem, stems);
    let near: Vec<String> = near
        .iter()
        .map(|stem| path.with_file_name(format!("{stem}.assess")))
        .map(|path| path.to_string_lossy().into_owned())
        .collect();
    let near: Vec<&str> = near.iter().map(String::as_str).collect();
    suggest::did_you_mean(&near)
}

/// The `.assess` files of a folder for a message, the first few of many; none where it has none.
pub(super) fn some(folder: &Path) -> Option<String> {
    let names = in_folder(folder);
    let shown: Vec<String> = names.iter().take(NAMED).map(|n| format!("`{n}`")).collect();
    match (names.len(), shown.len()) {
        (0, _) => None,
        (all, n) if all > n => Some(format!("{} and {} more", shown.join(", "), all - n)),
        _ => Some(shown.join(", ")),
    }
}

/// How many files a message names.
const NAMED: usize = 8;

/// The names of a folder's own `.assess` files, in order.
fn in_folder(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).into_iter().flatten();
    let names = entries.filter_map(|e| e.ok()?.file_name().into_string().ok());
    let mut names: Vec<String> = names
        .filter(|n| n.ends_with(".assess") && !n.starts_with('.'))
        .collect();
    names.sort();
    names
}

impl Files {
    /// Keeps each file once: under its own name, where it has been reached by a link as well.
    fn leave_out_repeated(&mut self) {
        // Paths are compared and hashed part by part, which thousands of files would pay for.
        let mut seen: HashMap<OsString, usize> = HashMap::new();
        let mut kept: Vec<PathBuf> = Vec::new();
        let mut moved = false;
        for path in std::mem::take(&mut self.paths) {
            let whole = path.canonicalize().unwrap_or_else(|_| path.clone());
            match seen.entry(whole.into_os_string()) {
                Entry::Vacant(entry) => {
                    entry.insert(kept.len());
                    kept.push(path);
                }
                Entry::Occupied(entry) => {
                    let known = &mut kept[*entry.get()];
                    if known.is_symlink() && !path.is_symlink() {
                        *known = path;
                        moved = true;
                    }
                }
            }
        }
        if moved {
            kept.sort();
        }
        self.paths = kept;
    }

    fn add_folder(&mut self, folder: &Path) {
        let before = self.paths.len();
        let entries = ignore::WalkBuilder::new(folder).require_git(false).build();
        for entry in entries {
            match entry {
                Ok(entry) => {
                    let path = entry.path();
                    let fits = path.extension().is_some_and(|e| e == "assess");
                    if !fits || !path.is_file() {
                        continue;
                    }
                    if entry.path_is_symlink() && leads_outside(path) {
                        self.problems.push(format!(
                            "`{}` is a link that leads outside this project; it is left out",
                            path.display()
                        ));
                    } else {
                        self.paths.push(plain(path));
                    }
                }
                Err(error) => self.problems.push(error.to_string()),
            }
        }
        if self.paths.len() == before {
            self.empty.push(folder.to_path_buf());
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
        Jobs::find_with(paths, streams, stdin_name, find)
    }

    /// The same where a folder may be empty.
    pub(super) fn find_any(
        paths: &[PathBuf],
        streams: &mut Streams<'_>,
        stdin_name: Option<&Path>,
    ) -> (Jobs, Status) {
        Jobs::find_with(paths, streams, stdin_name, follow)
    }

    fn find_with(
        paths: &[PathBuf],
        streams: &mut Streams<'_>,
        stdin_name: Option<&Path>,
        find: fn(&[PathBuf]) -> Files,
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

    fn is_configured(&self, folder: &Path) -> bool {
        FileSystem.is_configured(folder)
    }
}
