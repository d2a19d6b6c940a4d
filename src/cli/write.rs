//! Writing files so that a reader never meets half of one.
//!
//! In: a path and a text. Out: the file, with the permissions it had. What stands between the two is
//! a temporary file beside it and a rename. Nothing is written through a link. A run that was killed
//! may leave its temporary file; the next one that writes into the folder deletes it.

use std::collections::BTreeSet;
use std::fs::{self, File, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use tempfile::NamedTempFile;

/// What the names of temporary files begin with; so many letters and digits follow.
const PREFIX: &str = ".assess-";
const LETTERS: usize = 6;

/// Writes a whole file, or leaves it as it is.
pub(super) fn atomically(path: &Path, text: &[u8]) -> io::Result<()> {
    let before = fs::metadata(path).ok();
    // What is no ordinary file, such as a terminal, cannot be replaced; nor is a link of the system's
    // to one of a process's own streams one that anybody could have planted.
    if before.as_ref().is_some_and(|m| !m.is_file()) || path.starts_with("/dev") {
        return fs::write(path, text);
    }
    may_replace(path, before.as_ref())?;
    let file = beside(path, text)?;
    if let Some(before) = before {
        file.as_file().set_permissions(before.permissions())?;
    }
    file.as_file().sync_all()?;
    file.persist(path).map_err(|e| e.error)?;
    Ok(())
}

/// A file that is written piece by piece and takes its name when it is whole.
pub(super) struct Beside(Option<NamedTempFile>, io::BufWriter<File>);

impl Beside {
    /// Begins one; what is no ordinary file, such as a pipe, is written to as it is.
    pub(super) fn new(path: &Path) -> io::Result<Beside> {
        let before = fs::metadata(path).ok();
        if before.as_ref().is_some_and(|m| !m.is_file()) || path.starts_with("/dev") {
            let file = fs::OpenOptions::new().write(true).open(path)?;
            return Ok(Beside(None, io::BufWriter::new(file)));
        }
        may_replace(path, before.as_ref())?;
        let file = beside(path, b"")?;
        if let Some(before) = before {
            file.as_file().set_permissions(before.permissions())?;
        }
        let writer = io::BufWriter::new(file.reopen()?);
        Ok(Beside(Some(file), writer))
    }

    /// Gives it its name.
    pub(super) fn persist(self, path: &Path) -> io::Result<()> {
        let written = self
            .1
            .into_inner()
            .map_err(io::IntoInnerError::into_error)?;
        if let Some(file) = self.0 {
            written.sync_all()?;
            file.persist(path).map_err(|e| e.error)?;
        }
        Ok(())
    }
}

impl Write for Beside {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.1.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.1.flush()
    }
}

/// Whether a file may be put in the place of another.
fn may_replace(path: &Path, before: Option<&fs::Metadata>) -> io::Result<()> {
    if path.is_symlink() {
        return Err(io::Error::other(
            "it is a link, and nothing is written through one; name the file that it leads to",
        ));
    }
    match before.is_some_and(|m| m.permissions().readonly()) {
        true => Err(io::ErrorKind::PermissionDenied.into()),
        false => Ok(()),
    }
}

/// Puts a file in place that only programs read and that may be lost.
pub(super) fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let file = beside(path, bytes)?;
    file.persist(path).map_err(|e| e.error)?;
    Ok(())
}

/// Writes a file that must not be there yet, whole or not at all.
pub(super) fn create(path: &Path, text: &[u8]) -> io::Result<()> {
    let file = beside(path, text)?;
    file.as_file().sync_all()?;
    file.persist_noclobber(path).map_err(|e| e.error)?;
    Ok(())
}

/// A temporary file with a text, beside the path that it is to take.
fn beside(path: &Path, text: &[u8]) -> io::Result<NamedTempFile> {
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new("."));
    clean_once(folder);
    let mut builder = tempfile::Builder::new();
    builder.prefix(PREFIX).rand_bytes(LETTERS);
    // A new file is for whomever the user's umask says, not for the user alone.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    loop {
        let mut file = builder.tempfile_in(folder)?;
        // Who holds the lock lives. Where there are no locks, nobody deletes anything either.
        let is_locked = file.as_file().lock().is_ok();
        // Between making and locking it another run may have taken it for one that was left.
        if is_locked && !file.path().exists() {
            continue;
        }
        file.write_all(text)?;
        return Ok(file);
    }
}

/// Deletes what killed runs have left in a folder, once in a run.
pub(super) fn clean_once(folder: &Path) {
    static CLEANED: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());
    if let Ok(mut cleaned) = CLEANED.lock()
        && !cleaned.insert(folder.to_path_buf())
    {
        return;
    }
    clean(folder);
}

/// Deletes temporary files whose run has ended: those that nobody holds a lock on.
fn clean(folder: &Path) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let letters = name.to_str().and_then(|name| name.strip_prefix(PREFIX));
        let is_ours = letters.is_some_and(|rest| {
            rest.len() == LETTERS && rest.bytes().all(|b| b.is_ascii_alphanumeric())
        });
        if !is_ours || !entry.file_type().is_ok_and(|kind| kind.is_file()) {
            continue;
        }
        let path = entry.path();
        if let Ok(file) = File::open(&path) {
            match file.try_lock() {
                // What cannot be deleted is in nobody's way.
                Ok(()) => _ = fs::remove_file(&path),
                Err(TryLockError::WouldBlock | TryLockError::Error(_)) => {}
            }
        }
    }
}

/// Writes a changed text, unless somebody else has changed the file in the meantime.
pub(super) fn change(path: &Path, before: &str, after: &str) -> io::Result<()> {
    if fs::read(path)? != before.as_bytes() {
        return Err(io::Error::other("it has changed in the meantime"));
    }
    atomically(path, after.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_keeps_the_rest_and_leaves_no_temporary_file() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.assess");
        fs::write(&path, "before").expect("a file");
        assert!(change(&path, "other", "after").is_err());
        assert_eq!(fs::read_to_string(&path).expect("a file"), "before");
        change(&path, "before", "after").expect("written");
        assert_eq!(fs::read_to_string(&path).expect("a file"), "after");
        assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 1);
    }

    #[test]
    fn what_a_killed_run_left_is_deleted_and_what_is_in_use_is_not() {
        let folder = tempfile::tempdir().expect("a folder");
        let left = folder.path().join(".assess-aB3dEf");
        let others = [".assess-site.json", ".assess-toolong", ".other-aB3dEf"];
        for name in others {
            fs::write(folder.path().join(name), "kept").expect("a file");
        }
        fs::write(&left, "half").expect("a file");
        let path = folder.path().join("a");
        let used = beside(&path, b"whole").expect("a file");
        assert!(!left.exists(), "nobody holds it");
        clean(folder.path());
        assert!(used.path().exists(), "its run has not ended");
        used.persist(&path).expect("in place");
        assert_eq!(fs::read(&path).expect("a file"), b"whole");
        assert!(others.iter().all(|name| folder.path().join(name).exists()));
    }

    #[cfg(unix)]
    #[test]
    fn permissions_stay_and_nothing_is_written_through_a_link() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let folder = tempfile::tempdir().expect("a folder");
        let (path, link) = (folder.path().join("a"), folder.path().join("link"));
        fs::write(&path, "before").expect("a file");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).expect("set");
        symlink(&path, &link).expect("a link");
        assert!(change(&link, "before", "after").is_err());
        assert!(create(&link, b"after").is_err());
        let lost = folder.path().join("lost");
        symlink(folder.path().join("nowhere"), &lost).expect("a link");
        assert!(atomically(&lost, b"after").is_err());
        assert!(!folder.path().join("nowhere").exists());
        assert!(link.is_symlink() && lost.is_symlink());
        assert_eq!(fs::read_to_string(&path).expect("a file"), "before");
        change(&path, "before", "after").expect("written");
        let mode = |path: &Path| fs::metadata(path).expect("a file").permissions().mode() & 0o777;
        assert_eq!(mode(&path), 0o640);
        fs::set_permissions(&path, fs::Permissions::from_mode(0o444)).expect("set");
        assert!(change(&path, "after", "again").is_err());
        assert_eq!(fs::read_to_string(&path).expect("a file"), "after");
    }
}
