//! Stored verdicts of files in which a name changes.
//!
//! In: files before and after. Out: the texts that their stored verdicts are to have, so that a verdict
//! that somebody has looked at need not be looked at again. Nothing is written here.

use super::{one, origin, verdict_of};
use crate::project::loader::leads_outside;
use crate::project::{FileSystem, Project};
use crate::rename::{Changed, Renamed};
use std::path::PathBuf;

/// A stored verdict that is to change with its file.
pub(in crate::cli) struct Stored {
    /// Where it stands.
    pub(in crate::cli) path: PathBuf,
    /// Its text.
    pub(in crate::cli) before: String,
    /// Its text with the new name.
    pub(in crate::cli) after: String,
}

/// The stored verdict of each file, in the files' order; none where there is none, or where it stands
/// as it is.
pub(in crate::cli) fn stored(all: &[Renamed], old: &str, new: &str) -> Vec<Option<Stored>> {
    let before = Changed::to(&FileSystem, all.iter().map(|r| (&*r.path, &*r.before)));
    let after = Changed::to(&FileSystem, all.iter().map(|r| (&*r.path, &*r.after)));
    let each = all.iter().map(|file| {
        let path = verdict_of(&file.path);
        if leads_outside(&path) {
            return None;
        }
        let text = one::read(&path).ok()?;
        let now = origin::snapshot(&Project::load(&after, &file.path).ok()?)?;
        if now.compare(&text).same {
            return None;
        }
        let was = origin::snapshot(&Project::load(&before, &file.path).ok()?);
        let words = renamed(&text, old, new);
        // One that did not say what the file says still does not: that is for somebody to look at.
        let after = match was.is_some_and(|was| was.compare(&text).same) {
            true => now.compare(&words).now,
            false => words,
        };
        (after != text).then_some(Stored {
            path,
            before: text,
            after,
        })
    });
    each.collect()
}

/// A stored verdict with another name in its cells, which two blanks or more keep apart.
fn renamed(text: &str, old: &str, new: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let mut rest = line;
        while !rest.is_empty() {
            let end = rest.find("  ").unwrap_or(rest.len());
            let blanks = rest[end..].len() - rest[end..].trim_start_matches(' ').len();
            let cell = rest[..end].trim_end_matches(['\r', '\n']);
            let ends = &rest[cell.len()..end];
            match cell.strip_prefix("then ").unwrap_or(cell) == old {
                true => {
                    out.push_str(&cell[..cell.len() - old.len()]);
                    out.push_str(new);
                }
                false => out.push_str(cell),
            }
            out.push_str(ends);
            out.push_str(&rest[end..end + blanks]);
            rest = &rest[end + blanks..];
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::renamed;

    #[test]
    fn only_whole_cells_are_names() {
        let text = "long  to 2026-09-01\nlong  exit    5%  exit likely, leads\nchange  a  long  then exit  6%\r\n";
        assert_eq!(
            renamed(text, "exit", "leave"),
            "long  to 2026-09-01\nlong  leave    5%  exit likely, leads\nchange  a  long  then leave  6%\r\n"
        );
        assert_eq!(renamed(text, "to", "from"), text);
    }
}
