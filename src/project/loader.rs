//! Where files come from: the disk, memory, or nowhere.
//!
//! In: paths. Out: bytes. Nothing is parsed and nothing reported here.

use crate::limits;
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};

/// Where files come from.
pub trait Loader {
    /// The bytes of a file; of one larger than `limits::FILE_BYTES`, at least a byte more than that.
    ///
    /// # Errors
    ///
    /// What the file system says.
    fn read(&self, path: &Path) -> io::Result<Vec<u8>>;

    /// One path for each file, however it is reached. Unless overridden, `.` and `..` are worked
    /// out by their words alone.
    ///
    /// # Errors
    ///
    /// What the file system says; `InvalidInput` where `..` climbs above the top.
    fn canonical(&self, path: &Path) -> io::Result<PathBuf> {
        without_steps(path)
    }

    /// Whether a folder is a repository's: no used file may lie above it.
    fn is_root(&self, folder: &Path) -> bool {
        folder.as_os_str().is_empty()
    }

    /// Whether a folder has an `assess.toml`.
    fn is_configured(&self, _folder: &Path) -> bool {
        false
    }
}

/// The disk.
#[derive(Debug, Clone, Copy, Default)]
pub struct FileSystem;

impl Loader for FileSystem {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        read(path, limits::FILE_BYTES)
    }

    fn canonical(&self, path: &Path) -> io::Result<PathBuf> {
        fs::canonicalize(path)
    }

    fn is_root(&self, folder: &Path) -> bool {
        folder.join(".git").exists()
    }

    fn is_configured(&self, folder: &Path) -> bool {
        folder.join("assess.toml").exists()
    }
}

/// The bytes of a file on disk, up to one more than `most`. Only regular files are read: a named pipe
/// would be waited for, and a device may never end.
pub(crate) fn read(path: &Path, most: usize) -> io::Result<Vec<u8>> {
    let data = fs::metadata(path)?;
    if data.is_dir() {
        return Err(io::ErrorKind::IsADirectory.into());
    }
    if !data.is_file() {
        return Err(io::Error::other(
            "it is not a regular file; `-` reads standard input",
        ));
    }
    // With room for one more byte the end is seen without a further step; what a file claims to be may be wrong.
    let size = usize::try_from(data.len()).unwrap_or(most).min(most);
    let mut bytes = Vec::with_capacity(size + 1);
    File::open(path)?
        .take(most as u64 + 1)
        .read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Whether a path on disk is a link to what lies outside the project that the link itself lies in: its
/// git repository, or else the outermost folder with an `assess.toml`, or else its own folder.
pub(crate) fn leads_outside(path: &Path) -> bool {
    let is_link = fs::symlink_metadata(path).is_ok_and(|data| data.is_symlink());
    if !is_link {
        return false;
    }
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty());
    let Ok(folder) = fs::canonicalize(folder.unwrap_or(Path::new("."))) else {
        return true;
    };
    let disk = &FileSystem;
    let top = folder.ancestors().find(|f| disk.is_root(f));
    let top = top.or_else(|| folder.ancestors().filter(|f| disk.is_configured(f)).last());
    let top = top.unwrap_or(&folder);
    // What leads nowhere is for whoever reads it to report.
    fs::canonicalize(path).is_ok_and(|target| !target.starts_with(top))
}

/// Files in memory, by relative path.
#[derive(Debug, Clone, Default)]
pub struct Memory {
    /// The files.
    pub files: BTreeMap<PathBuf, Vec<u8>>,
}

impl Memory {
    /// Files of these names and texts.
    pub fn new<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let entry = |(path, text): (&str, &str)| (PathBuf::from(path), text.as_bytes().to_vec());
        Memory {
            files: files.into_iter().map(entry).collect(),
        }
    }
}

impl Loader for Memory {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        if let Some(bytes) = self.files.get(path) {
            return Ok(bytes.clone());
        }
        let is_folder = self.files.keys().any(|k| k.starts_with(path));
        Err(if is_folder {
            io::ErrorKind::IsADirectory.into()
        } else {
            io::ErrorKind::NotFound.into()
        })
    }
}

/// No files at all: every `use` is refused.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoFiles;

impl Loader for NoFiles {
    fn read(&self, _: &Path) -> io::Result<Vec<u8>> {
        Err(io::ErrorKind::Unsupported.into())
    }

    fn canonical(&self, _: &Path) -> io::Result<PathBuf> {
        Err(io::ErrorKind::Unsupported.into())
    }
}

/// A path without `.` and `..`, worked out by their words alone.
pub(crate) fn without_steps(path: &Path) -> io::Result<PathBuf> {
    let mut result = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir => {
                if !result.pop() {
                    return Err(io::ErrorKind::InvalidInput.into());
                }
            }
            other => result.push(other),
        }
    }
    Ok(result)
}
