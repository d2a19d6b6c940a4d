//! Which verdicts are stored, and storing them.
//!
//! In: what stands behind `--accept`. Out: `.verdict` files, each whole or as it was.

use super::verdict_of;
use crate::cli::write;
use crate::diag::suggest;
use crate::project::{FileSystem, Loader, name_of};
use crate::render::test::{Body, State, Tested};
use crate::text::source::without_mark;
use std::collections::BTreeSet;
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
            let whole = with_ending(&path);
            let found = [&whole, &path].into_iter().find(|p| p.exists());
            found.map_or(PathBuf::from("."), Clone::clone)
        });
        each.collect()
    }

    /// Those of the files that are tested whose verdicts are to be stored.
    ///
    /// # Errors
    ///
    /// That a name is no file's, or that of several: nobody has looked at all of them.
    pub(super) fn among<'a>(&self, paths: &'a [PathBuf]) -> Result<BTreeSet<&'a Path>, String> {
        let names = match self {
            Accept::Nobody => return Ok(BTreeSet::new()),
            Accept::All => return Ok(paths.iter().map(PathBuf::as_path).collect()),
            Accept::These(names) => names,
        };
        let mut taken = BTreeSet::new();
        for name in names {
            match meant(name, paths) {
                Meant::One(path) => _ = taken.insert(path),
                Meant::Folder(below) => taken.extend(below),
                Meant::Several(several) => {
                    let list: Vec<String> = several.iter().map(|p| name_of(p)).collect();
                    let list: Vec<&str> = list.iter().map(String::as_str).collect();
                    return Err(format!(
                        "`{name}` may be {}; name the one that is meant by its path",
                        suggest::list(&list, "or")
                    ));
                }
                Meant::Nothing => {
                    let stems = paths.iter().filter_map(|p| p.file_stem()?.to_str());
                    let near = suggest::did_you_mean(&suggest::nearest(name, stems));
                    let near = near.map_or(String::new(), |near| format!("; {near}"));
                    return Err(format!("no file that is tested is called `{name}`{near}"));
                }
            }
        }
        Ok(taken)
    }
}

/// What a name stands for.
enum Meant<'a> {
    One(&'a Path),
    Folder(Vec<&'a Path>),
    Several(Vec<&'a Path>),
    Nothing,
}

/// A file by its path, then the files of a folder, then the one file of that name wherever it is.
fn meant<'a>(name: &str, paths: &'a [PathBuf]) -> Meant<'a> {
    let file = file_of(name);
    let whole = with_ending(&file);
    if let Some(path) = paths.iter().find(|p| **p == whole || **p == file) {
        return Meant::One(path);
    }
    let below = paths.iter().map(PathBuf::as_path);
    let below: Vec<&Path> = below.filter(|p| p.starts_with(&file)).collect();
    if !below.is_empty() {
        return Meant::Folder(below);
    }
    let called = paths.iter().map(PathBuf::as_path);
    let called = called.filter(|p| p.file_stem().is_some_and(|stem| stem == name));
    match called.collect::<Vec<_>>() {
        all if all.is_empty() => Meant::Nothing,
        all if all.len() == 1 => Meant::One(all[0]),
        all => Meant::Several(all),
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

/// `desk/ferry` as `desk/ferry.assess`; a path that has the ending as it is.
fn with_ending(path: &Path) -> PathBuf {
    if path.as_os_str().is_empty() || path.extension().is_some_and(|e| e == "assess") {
        return path.to_path_buf();
    }
    let mut whole = path.as_os_str().to_owned();
    whole.push(".assess");
    PathBuf::from(whole)
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
        State::Changed(changed) => match FileSystem.read(&path) {
            // Line ends and a mark may be another system's.
            Ok(there) if plain(&there) == changed.before => {
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

/// A stored verdict as it is compared.
fn plain(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    without_mark(&text).replace("\r\n", "\n")
}
