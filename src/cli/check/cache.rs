//! What was found, kept on disk between runs.
//!
//! In: files and policies. Out: what was found, checked anew only where something has changed. A
//! cache that cannot be read or written costs time and nothing else; two runs at once never see half
//! an entry, since each is a file of its own that is put in place whole.

use crate::cli::write;
use crate::lint::stored::{self, Stored};
use crate::lint::{Found, Policy};
use crate::project::{FileSystem, Loader, Project};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// What backup programs look for to leave a folder out (<https://bford.info/cachedir/>).
const TAG: &str = "Signature: 8a477f597d28d172789f06886806bc55\n# What `assess check` found; may be deleted at any time.\n";

/// A folder of what was found.
pub(super) struct Cache {
    folder: PathBuf,
    build: String,
}

impl Cache {
    /// A cache in a folder, made where it is not there; none where it cannot be.
    pub(super) fn open(folder: &Path) -> Option<Cache> {
        fs::create_dir_all(folder).ok()?;
        let tag = folder.join("CACHEDIR.TAG");
        if !tag.exists() {
            write::atomically(&tag, TAG.as_bytes()).ok()?;
        }
        Some(Cache {
            folder: folder.to_path_buf(),
            build: build(),
        })
    }

    /// What is found in a file: what was kept, or what is found now and then kept.
    pub(super) fn check(&self, path: &Path, policy: &Policy) -> io::Result<Found> {
        let bytes = FileSystem.read(path)?;
        let key = stored::key(&self.build, policy, path, &bytes);
        let canonical = FileSystem
            .canonical(path)
            .unwrap_or_else(|_| path.to_path_buf());
        let slot = self
            .folder
            .join(stored::slot(&canonical))
            .with_extension("json");
        let kept = fs::read(&slot).ok();
        let kept =
            kept.and_then(|text| serde_json::from_slice::<Stored>(stored::sound(&text)?).ok());
        if let Some(found) = kept.and_then(|k| k.restore(&key, &FileSystem, bytes)) {
            return Ok(found);
        }
        let project = Project::load(&FileSystem, path)?;
        let stored = Stored::of(key, &FileSystem, &project);
        let found = Found::of(project, policy).alone(&FileSystem);
        if let Some(text) = stored.and_then(|s| serde_json::to_vec(&s.with(&found)).ok()) {
            // Whoever runs out of space gets an answer all the same.
            let _ = write::replace(&slot, &stored::summed(&text));
        }
        Ok(found)
    }
}

/// What tells one build of `assess` from another: while it is being worked on, the version alone
/// would give back what an older one found.
fn build() -> String {
    let version = env!("CARGO_PKG_VERSION");
    let program = std::env::current_exe().and_then(fs::metadata);
    let stamp = program.and_then(|data| Ok((data.len(), data.modified()?)));
    format!("{version} {:?}", stamp.ok())
}

/// Where results are kept unless told otherwise.
pub(in crate::cli) fn default_folder() -> Option<PathBuf> {
    let variable = |name: &str| {
        std::env::var_os(name)
            .map(PathBuf::from)
            .filter(|p| p.is_absolute())
    };
    if let Some(folder) = variable("ASSESS_CACHE_DIR") {
        return Some(folder);
    }
    let folder = variable("XDG_CACHE_HOME")
        .or_else(|| variable("LOCALAPPDATA"))
        .or_else(|| Some(variable("HOME")?.join(".cache")))?;
    Some(folder.join("assess"))
}
