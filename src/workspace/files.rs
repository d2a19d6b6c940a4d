//! Open texts over the files of the disk, or alone.
//!
//! In: texts by path. Out: a [`Loader`] in which an open text stands in place of its file. Without the
//! disk, what is not open is not there.

use crate::project::{FileSystem, Loader, Memory, without_steps};
use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Open texts, and where all others come from.
#[derive(Debug, Clone, Default)]
pub(crate) struct Files {
    pub(crate) disk: bool,
    /// By the file's one path.
    texts: BTreeMap<PathBuf, Arc<str>>,
}

impl Files {
    /// Those of the disk.
    pub(crate) fn on_disk() -> Self {
        Files {
            disk: true,
            ..Files::default()
        }
    }

    /// The one path of a file that may not be there yet.
    fn key(&self, path: &Path) -> io::Result<PathBuf> {
        if !self.disk {
            return without_steps(path);
        }
        if let Ok(path) = FileSystem.canonical(path) {
            return Ok(path);
        }
        // It need not have been written, nor need its folder.
        let folder = path.parent().filter(|p| !p.as_os_str().is_empty());
        let folder = folder.unwrap_or(Path::new("."));
        match FileSystem.canonical(folder) {
            Ok(folder) => Ok(folder.join(path.file_name().unwrap_or_default())),
            Err(_) => without_steps(path),
        }
    }

    /// Puts a text in place of a file.
    pub(crate) fn put(&mut self, path: &Path, text: &str) -> io::Result<()> {
        let key = self.key(path)?;
        self.texts.insert(key, text.into());
        Ok(())
    }

    /// Takes a text away again; whether there was one.
    pub(crate) fn take(&mut self, path: &Path) -> bool {
        self.key(path)
            .is_ok_and(|key| self.texts.remove(&key).is_some())
    }

    /// The text that is open for a path.
    pub(crate) fn get(&self, path: &Path) -> Option<&Arc<str>> {
        self.texts.get(&self.key(path).ok()?)
    }
}

impl Loader for Files {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        if let Some(text) = self.get(path) {
            return Ok(text.as_bytes().to_vec());
        }
        if self.disk {
            return FileSystem.read(path);
        }
        let is_folder = |key: &PathBuf| key.starts_with(path);
        Err(match self.texts.keys().any(is_folder) {
            true => io::ErrorKind::IsADirectory.into(),
            false => io::ErrorKind::NotFound.into(),
        })
    }

    fn canonical(&self, path: &Path) -> io::Result<PathBuf> {
        let key = self.key(path)?;
        match self.disk && !self.texts.contains_key(&key) {
            true => FileSystem.canonical(path),
            false => Ok(key),
        }
    }

    fn is_root(&self, folder: &Path) -> bool {
        match self.disk {
            true => FileSystem.is_root(folder),
            false => Memory::default().is_root(folder),
        }
    }

    fn is_configured(&self, folder: &Path) -> bool {
        let configuration = folder.join(crate::lint::config::NAME);
        self.texts.contains_key(&configuration) || (self.disk && FileSystem.is_configured(folder))
    }
}
