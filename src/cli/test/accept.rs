//! Which verdicts are stored, and storing them.
//!
//! In: what stands behind `--accept`. Out: `.verdict` files, each whole or as it was.

use super::verdict_of;
use crate::cli::write;
use crate::diag::suggest;
use crate::render::test::{Body, State, Tested};
use std::fs;
use std::path::{Path, PathBuf};

/// Whose verdicts are to be stored.
pub(super) enum Accept {
    Nobody,
    All,
    /// By path, folder, or name without the ending.
    These(Vec<String>),
}

impl Accept {
    pub(super) fn of(names: &[String]) -> Self {
        match names {
            [] => Accept::Nobody,
            names if names.iter().any(String::is_empty) => Accept::All,
            names => Accept::These(names.iter().map(|n| n.replace('\\', "/")).collect()),
        }
    }

    pub(super) fn is_named(&self) -> bool {
        matches!(self, Accept::These(_))
    }

    /// Where to look for the files, where no path says so.
    pub(super) fn roots(&self) -> Vec<PathBuf> {
        let Accept::These(names) = self else {
            return vec![PathBuf::from(".")];
        };
        let each = names.iter().map(|name| {
            let path = file_of(name);
            match path.exists() {
                true => path,
                false => PathBuf::from("."),
            }
        });
        each.collect()
    }

    /// Whether a file is tested, where no path says so.
    pub(super) fn is_near(&self, path: &Path) -> bool {
        !self.is_named() || self.takes(path)
    }

    /// Whether this file's verdict is to be stored.
    pub(super) fn takes(&self, path: &Path) -> bool {
        match self {
            Accept::Nobody => false,
            Accept::All => true,
            Accept::These(names) => names.iter().any(|name| fits(name, path)),
        }
    }

    /// That a name is no file's.
    pub(super) fn in_vain(&self, paths: &[PathBuf]) -> Option<String> {
        let Accept::These(names) = self else {
            return None;
        };
        let name = names.iter().find(|n| !paths.iter().any(|p| fits(n, p)))?;
        let stems = paths.iter().filter_map(|p| p.file_stem()?.to_str());
        let near = suggest::did_you_mean(&suggest::nearest(name, stems));
        let near = near.map_or(String::new(), |near| format!("; {near}"));
        Some(format!("no file that is tested is called `{name}`{near}"))
    }
}

/// The file whose verdict a path names, by its own or by that of the verdict.
fn file_of(name: &str) -> PathBuf {
    let path = Path::new(name);
    let path = path.strip_prefix(".").unwrap_or(path);
    match path
        .extension()
        .is_some_and(|e| e == crate::snapshot::EXTENSION)
    {
        true => path.with_extension("assess"),
        false => path.to_path_buf(),
    }
}

fn fits(name: &str, path: &Path) -> bool {
    let file = file_of(name);
    let is_here = file.as_os_str().is_empty();
    is_here
        || path.file_stem().is_some_and(|stem| stem == name)
        || path.with_extension("") == file
        || path.starts_with(&file)
}

/// Stores a verdict that changed or is new.
///
/// # Errors
///
/// Why it cannot be written.
pub(super) fn store(tested: &mut Tested) -> Result<(), String> {
    let Body::Ran(ran) = &mut tested.body else {
        return Ok(());
    };
    let Some(stored) = &mut ran.stored else {
        return Ok(());
    };
    let path = verdict_of(Path::new(&tested.file));
    let written = match &stored.state {
        State::Same | State::Accepted => return Ok(()),
        State::New { now } => write::create(&path, now.as_bytes()),
        State::Changed(changed) => match fs::read_to_string(&path) {
            // Line ends may be another system's.
            Ok(there) if there.replace("\r\n", "\n") == changed.before => {
                write::atomically(&path, changed.now.as_bytes())
            }
            Ok(_) => Err(std::io::Error::other("it has changed in the meantime")),
            Err(error) => Err(error),
        },
    };
    match written {
        Ok(()) => {
            stored.state = State::Accepted;
            Ok(())
        }
        Err(error) => Err(format!("`{}` cannot be written: {error}", stored.path)),
    }
}
