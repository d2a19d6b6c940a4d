//! Stored verdicts that no file stands beside any more.
//!
//! In: the folders of the command line. Out: paths and why each is stale. None is deleted.

use super::{is_without_verdict, verdict_of};
use crate::project::name_of;
use crate::render::test::Tested;
use crate::snapshot::EXTENSION;
use std::path::{Path, PathBuf};

/// Those in the folders; `skip` where single files were asked for.
pub(super) fn find(roots: &[PathBuf], skip: bool) -> Vec<(String, String)> {
    let mut found = Vec::new();
    if skip {
        return found;
    }
    for root in roots.iter().filter(|r| r.is_dir()) {
        let entries = ignore::WalkBuilder::new(root).require_git(false).build();
        for entry in entries.filter_map(Result::ok) {
            let path = entry.path();
            let is_verdict = path.extension().is_some_and(|e| e == EXTENSION) && path.is_file();
            let file = path.with_extension("assess");
            if is_verdict && !file.is_file() {
                let name = file.file_name().unwrap_or_default().to_string_lossy();
                let why =
                    format!("there is no {name} beside it; delete it, or rename it with its file");
                found.push((shown(path), why));
            }
        }
    }
    found.sort();
    found.dedup();
    found
}

/// Those of files that have no verdict.
pub(super) fn of_shared(files: &[Tested]) -> Vec<(String, String)> {
    let without = files.iter().filter(|f| is_without_verdict(f));
    let paths = without.map(|f| verdict_of(Path::new(&f.file)));
    let stale = paths.filter(|path| path.is_file());
    let why = "its file is made for `use` and has no verdict; delete it";
    stale.map(|path| (shown(&path), why.to_owned())).collect()
}

fn shown(path: &Path) -> String {
    name_of(path.strip_prefix(".").unwrap_or(path))
}
