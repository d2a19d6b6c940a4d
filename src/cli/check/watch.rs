//! Checking again whenever a file changes.
//!
//! In: the paths of the command line. Out: a call for every burst of changes, until the process is
//! ended. Changes of other files than `.assess` and `assess.toml` are nothing to it.

use crate::lint::config;
use crate::project::{FileSystem, Loader};
use notify::{Event, EventKind, RecursiveMode, Watcher};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

/// How long it must be quiet after a change: editors write a file in several steps.
const QUIET: Duration = Duration::from_millis(60);

/// What is sent of a change: whether it matters, or that watching has failed.
type Change = Result<bool, notify::Error>;

/// A watch over files and folders.
pub(in crate::cli) struct Watch {
    // Dropping it ends the watch.
    _watcher: notify::RecommendedWatcher,
    changes: Receiver<Change>,
}

impl Watch {
    /// Begins to watch. A file is watched through its folder, since editors replace it; so is the
    /// configuration that lies above.
    pub(in crate::cli) fn begin(paths: &[PathBuf]) -> notify::Result<Watch> {
        let (send, changes) = channel();
        let mut watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
            // Nobody listens any more once the watch has ended.
            let _ = send.send(event.map(|e| matters(&e)));
        })?;
        let here = [PathBuf::from(".")];
        for path in if paths.is_empty() { &here } else { paths } {
            let folder = if path.is_dir() {
                watcher.watch(path, RecursiveMode::Recursive)?;
                path
            } else {
                let folder = path.parent().filter(|p| !p.as_os_str().is_empty());
                let folder = folder.unwrap_or(Path::new("."));
                watcher.watch(folder, RecursiveMode::NonRecursive)?;
                folder
            };
            if let Some(above) = configured_above(folder) {
                watcher.watch(&above, RecursiveMode::NonRecursive)?;
            }
        }
        Ok(Watch {
            _watcher: watcher,
            changes,
        })
    }

    /// Waits for the next burst of changes that matter.
    ///
    /// # Errors
    ///
    /// Where watching has failed.
    pub(in crate::cli) fn wait(&self) -> notify::Result<()> {
        next_burst(&self.changes)
    }
}

/// The folder above this one whose `assess.toml` holds for it.
fn configured_above(folder: &Path) -> Option<PathBuf> {
    let folder = FileSystem.canonical(folder).ok()?;
    let found = config::find(&FileSystem, folder.parent()?).ok()??;
    let own = folder.join(config::NAME).exists();
    found.path.parent().filter(|_| !own).map(Path::to_path_buf)
}

/// Whether files may read otherwise after an event.
fn matters(event: &Event) -> bool {
    let changes = !matches!(event.kind, EventKind::Access(_));
    let ours = |path: &PathBuf| {
        path.extension().is_some_and(|e| e == "assess")
            || path.file_name().is_some_and(|n| n == config::NAME)
    };
    changes && event.paths.iter().any(ours)
}

/// Waits for a change that matters, and then until it is quiet.
fn next_burst(changes: &Receiver<Change>) -> notify::Result<()> {
    let ended = || notify::Error::generic("the watch has ended");
    while !changes.recv().map_err(|_| ended())?? {}
    loop {
        match changes.recv_timeout(QUIET) {
            Ok(change) => {
                change?;
            }
            Err(RecvTimeoutError::Timeout) => return Ok(()),
            Err(RecvTimeoutError::Disconnected) => return Err(ended()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use notify::event::{AccessKind, CreateKind, ModifyKind};
    use std::fs;

    fn event(kind: EventKind, path: &str) -> Event {
        Event::new(kind).add_path(PathBuf::from(path))
    }

    #[test]
    fn only_changes_of_our_files_matter() {
        let modify = EventKind::Modify(ModifyKind::Any);
        assert!(matters(&event(modify, "a/b.assess")));
        assert!(matters(&event(
            EventKind::Create(CreateKind::File),
            "assess.toml"
        )));
        assert!(!matters(&event(modify, "a/b.txt")));
        assert!(!matters(&event(modify, "a/b.assess.swp")));
        assert!(!matters(&event(
            EventKind::Access(AccessKind::Any),
            "a/b.assess"
        )));
    }

    #[test]
    fn a_burst_is_told_once() {
        let (send, changes) = channel();
        for matters in [false, true, true, false] {
            send.send(Ok(matters)).expect("sent");
        }
        next_burst(&changes).expect("a burst");
        assert!(changes.try_recv().is_err(), "the whole burst is taken");
        drop(send);
        assert!(next_burst(&changes).is_err());
    }

    #[test]
    fn a_configuration_above_is_watched() {
        let folder = tempfile::tempdir().expect("a folder");
        let above = folder.path().canonicalize().expect("a path");
        let below = above.join("a/b");
        fs::create_dir_all(&below).expect("folders");
        fs::write(above.join(config::NAME), "").expect("a file");
        assert_eq!(configured_above(&below), Some(above));
        fs::write(below.join(config::NAME), "").expect("a file");
        assert_eq!(configured_above(&below), None);
    }

    #[test]
    fn a_written_file_is_noticed() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("a.assess");
        fs::write(&file, "").expect("a file");
        let watch = Watch::begin(std::slice::from_ref(&file)).expect("a watch");
        let writer = std::thread::spawn(move || fs::write(file, "outcome a\n"));
        watch.wait().expect("a burst");
        writer.join().expect("joined").expect("written");
    }
}
