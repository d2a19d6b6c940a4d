//! Reading a file before it is changed, and what would be written before it is.
//!
//! In: a path, or a text in place of what stands there. Out: the assessment, or its mistakes.

use super::files;
use crate::diag::{Checked, Severity};
use crate::project::{FileSystem, Loader, Project, name_of};
use crate::resolve::assessment::Assessment;
use crate::resolve::with_problems;
use std::io;
use std::path::{Path, PathBuf};

/// Why a file is not gone on with.
pub(super) enum Refused {
    /// It has mistakes.
    Mistakes(Box<Checked>),
    /// It cannot be read, which a sentence says.
    Unreadable(String),
}

/// A file and what it says, where it has no mistakes; none where it is made for `use`.
pub(super) fn loaded(
    loader: &dyn Loader,
    path: &Path,
) -> Result<(Project, Option<Assessment>), Refused> {
    let project = Project::load(loader, path)
        .map_err(|e| Refused::Unreadable(files::unreadable(path, &e)))?;
    let resolved = with_problems(&project);
    let mut wrong = resolved.diagnostics.sorted();
    wrong.retain(|d| d.severity == Severity::Error);
    if wrong.is_empty() {
        return Ok((project, resolved.assessment));
    }
    Err(Refused::Mistakes(Box::new(Checked {
        file: name_of(path),
        sources: project.sources,
        diagnostics: wrong,
        suppressed: 0,
    })))
}

/// One file as another text.
pub(super) struct Instead<'a> {
    pub(super) path: &'a Path,
    pub(super) text: &'a str,
}

impl Loader for Instead<'_> {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        match path == self.path {
            true => Ok(self.text.as_bytes().to_vec()),
            false => FileSystem.read(path),
        }
    }

    fn canonical(&self, path: &Path) -> io::Result<PathBuf> {
        FileSystem.canonical(path)
    }

    fn is_root(&self, folder: &Path) -> bool {
        FileSystem.is_root(folder)
    }

    fn is_configured(&self, folder: &Path) -> bool {
        FileSystem.is_configured(folder)
    }
}
