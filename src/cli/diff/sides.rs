//! The two sides of a comparison, read.
//!
//! In: the command line. Out: two projects with what they are called, or why there are none.

use super::Args;
use crate::cli::Streams;
use crate::cli::files::{self, Stdin};
use crate::cli::git::{GitError, Repository, Revision};
use crate::project::{FileSystem, Project, name_of};
use crate::render::attribution::Revised;
use std::path::{Path, PathBuf};

/// One side.
pub(super) struct Side {
    pub(super) project: Project,
    /// What it is called; without the project's texts.
    called: Revised,
}

impl Side {
    pub(super) fn new(project: Project, path: &Path, revision: Option<&str>) -> Side {
        let called = Revised {
            file: name_of(path),
            revision: revision.map(str::to_owned),
            ..Revised::default()
        };
        Side { project, called }
    }

    pub(super) fn revised(self) -> Revised {
        Revised {
            sources: self.project.sources,
            ..self.called
        }
    }

    pub(super) fn label(&self) -> String {
        self.called.label()
    }
}

/// The sides that the command line names.
pub(super) fn sides(args: &Args, streams: &mut Streams<'_>) -> Result<[Side; 2], String> {
    match (&args.files[..], &args.rev) {
        ([folder], _) if folder.is_dir() => {
            let error = std::io::ErrorKind::IsADirectory.into();
            Err(files::unreadable(folder, &error))
        }
        ([old, new], None) => {
            if old == Path::new("-") && new == Path::new("-") {
                return Err("only one side can be standard input".to_owned());
            }
            let mut read = |path: &PathBuf| on_disk(path, args, streams);
            Ok([read(old)?, read(new)?])
        }
        ([file], None) if file != Path::new("-") => at_revisions(file, "HEAD", None, args, streams)
            .map_err(|why| format!("{why}; name two files, or a revision: `--rev HEAD~1`")),
        ([_], None) => Err("name the file to compare standard input with".to_owned()),
        ([file], Some(_)) if file == Path::new("-") => {
            Err("standard input has no revisions: name the file".to_owned())
        }
        ([file], Some(range)) => match range.split_once("..") {
            Some((_, to)) if to.starts_with('.') => {
                Err("write `A..B`: what `A...B` starts from, `git merge-base A B` says".to_owned())
            }
            Some((from, to)) => {
                let or_head = |name: &str| match name.trim() {
                    "" => "HEAD".to_owned(),
                    name => name.to_owned(),
                };
                at_revisions(file, &or_head(from), Some(&or_head(to)), args, streams)
            }
            None => at_revisions(file, range, None, args, streams),
        },
        (_, Some(_)) => Err("`--rev` takes one file".to_owned()),
        _ => Err("name two files, the old one first".to_owned()),
    }
}

/// A file as it lies there, or standard input.
pub(super) fn on_disk(path: &Path, args: &Args, streams: &mut Streams<'_>) -> Result<Side, String> {
    let (project, file) = if path == Path::new("-") {
        let stdin = Stdin::of(streams, args.stdin_name.as_deref())?;
        (
            Project::load(&stdin, stdin.path()),
            stdin.path().to_path_buf(),
        )
    } else {
        (Project::load(&FileSystem, path), path.to_path_buf())
    };
    let project = project.map_err(|error| files::unreadable(&file, &error))?;
    Ok(Side::new(project, &file, None))
}

/// A file at one revision and as it lies there, or at two.
fn at_revisions(
    file: &Path,
    from: &str,
    to: Option<&str>,
    args: &Args,
    streams: &mut Streams<'_>,
) -> Result<[Side; 2], String> {
    let (repository, path) = Repository::of(file).map_err(|e| e.to_string())?;
    let new = match to {
        Some(to) => at(&repository, to, &path)?,
        None => on_disk(file, args, streams)?,
    };
    Ok([at(&repository, from, &path)?, new])
}

/// A file at a revision, under the name that it had there.
fn at(repository: &Repository, revision: &str, path: &Path) -> Result<Side, String> {
    let (files, path) = match Revision::with(repository, revision, path) {
        Ok(files) => (files, path.to_path_buf()),
        Err(GitError::NotThere { .. }) => renamed(repository, revision, path)?,
        Err(error) => return Err(error.to_string()),
    };
    let project = Project::load(&files, &path).map_err(|error| files::unreadable(&path, &error))?;
    Ok(Side::new(project, &path, Some(revision)))
}

/// The file under another name that it had before.
fn renamed<'r>(
    repository: &'r Repository,
    revision: &str,
    path: &Path,
) -> Result<(Revision<'r>, PathBuf), String> {
    let not_there = || {
        let error = GitError::NotThere {
            path: path.to_path_buf(),
            revision: revision.to_owned(),
        };
        error.to_string()
    };
    let head = repository.commit("HEAD").map_err(|e| e.to_string())?;
    let history = repository.history(&head, path).map_err(|_| not_there())?;
    let names = history.into_iter().filter_map(|touch| touch.renamed_from);
    for name in names {
        if let Ok(files) = Revision::with(repository, revision, &name) {
            return Ok((files, name));
        }
    }
    Err(not_there())
}
