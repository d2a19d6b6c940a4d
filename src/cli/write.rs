//! Writing files so that a reader never meets half of one.
//!
//! In: a path and a text. Out: the file, with the permissions it had. What stands between the two is
//! a temporary file beside it and a rename.

use std::fs;
use std::io::{self, Write};
use std::path::Path;
use tempfile::NamedTempFile;

/// Writes a whole file, or leaves it as it is. A link stays a link: the file that it leads to is
/// written.
pub(super) fn atomically(path: &Path, text: &[u8]) -> io::Result<()> {
    let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf());
    let before = fs::metadata(&target).ok();
    if before.as_ref().is_some_and(|m| m.permissions().readonly()) {
        return Err(io::ErrorKind::PermissionDenied.into());
    }
    // What is no ordinary file, such as a terminal, cannot be replaced.
    if before.as_ref().is_some_and(|m| !m.is_file()) {
        return fs::write(&target, text);
    }
    let file = beside(&target, text)?;
    if let Some(before) = before {
        file.as_file().set_permissions(before.permissions())?;
    }
    file.as_file().sync_all()?;
    file.persist(&target).map_err(|e| e.error)?;
    Ok(())
}

/// Puts a file in place that only programs read and that may be lost.
pub(super) fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = NamedTempFile::new_in(path.parent().unwrap_or(Path::new(".")))?;
    file.write_all(bytes)?;
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
    let mut builder = tempfile::Builder::new();
    builder.prefix(".assess-");
    // A new file is for whomever the user's umask says, not for the user alone.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut file = builder.tempfile_in(folder.unwrap_or(Path::new(".")))?;
    file.write_all(text)?;
    Ok(file)
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

    #[cfg(unix)]
    #[test]
    fn permissions_and_links_stay() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let folder = tempfile::tempdir().expect("a folder");
        let (path, link) = (folder.path().join("a"), folder.path().join("link"));
        fs::write(&path, "before").expect("a file");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).expect("set");
        symlink(&path, &link).expect("a link");
        change(&link, "before", "after").expect("written");
        assert!(fs::symlink_metadata(&link).expect("a link").is_symlink());
        assert_eq!(fs::read_to_string(&path).expect("a file"), "after");
        let mode = |path: &Path| fs::metadata(path).expect("a file").permissions().mode() & 0o777;
        assert_eq!(mode(&path), 0o640);
        fs::set_permissions(&path, fs::Permissions::from_mode(0o444)).expect("set");
        assert!(change(&path, "after", "again").is_err());
        assert_eq!(fs::read_to_string(&path).expect("a file"), "after");
    }
}
