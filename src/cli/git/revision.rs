//! The files of one commit, to be read as if they lay on the disk.

use super::{GitError, Repository};
use crate::project::Loader;
use std::io;
use std::path::Path;

/// The files of one commit. Paths count from the repository's top, so that what stands in the
/// working tree today plays no part.
pub(in crate::cli) struct Revision<'a> {
    repository: &'a Repository,
    commit: String,
}

impl<'a> Revision<'a> {
    /// The files of a commit, by its full hash.
    pub(in crate::cli) fn new(repository: &'a Repository, commit: &str) -> Self {
        Revision {
            repository,
            commit: commit.to_owned(),
        }
    }

    /// The files of the commit that goes by a name, which must have this one; its path counts from
    /// the top.
    pub(in crate::cli) fn with(
        repository: &'a Repository,
        revision: &str,
        path: &Path,
    ) -> Result<Self, GitError> {
        let commit = repository.commit(revision)?;
        let files = Revision::new(repository, &commit);
        match files.read(path) {
            Ok(_) => Ok(files),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Err(GitError::NotThere {
                path: path.to_path_buf(),
                revision: revision.to_owned(),
            }),
            Err(error) => Err(error.into()),
        }
    }
}

impl Loader for Revision<'_> {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        self.repository.read(&self.commit, path)
    }
}
