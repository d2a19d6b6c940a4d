//! Files and what they use: the only reading below `cli`.
//!
//! In: a path and a [`Loader`]. Out: a [`Project`]: every file parsed, `use` followed, each file
//! once. What cannot be read, leads outside or leads back is a diagnostic at its `use`.

use crate::diag::Diagnostics;
use crate::source::{FileId, SourceMap};
use crate::syntax::Parsed;
use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

/// Where files come from.
pub trait Loader {
    /// The bytes of a file.
    ///
    /// # Errors
    ///
    /// What the file system says.
    fn read(&self, path: &Path) -> io::Result<Vec<u8>>;
}

/// A file and all that it uses, parsed.
#[derive(Debug, Default)]
pub struct Project {
    /// Every file's name and text; the root is the first.
    pub sources: SourceMap,
    /// Every file's tree, by [`FileId`].
    pub files: Vec<Parsed>,
    /// For a file and the path as written in its `use`: the file that it names.
    pub uses: BTreeMap<(FileId, String), FileId>,
    /// What was wrong with finding and reading files.
    pub diagnostics: Diagnostics,
    /// Where each file was read from, by [`FileId`].
    pub paths: Vec<PathBuf>,
}
