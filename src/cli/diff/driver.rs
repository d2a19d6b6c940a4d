//! `assess diff --git`: a diff driver, which git asks to show what changed in a file.
//!
//! In: what git gives an external diff: the path, then file, hash and mode of either side, and where
//! the file was renamed its new path and how alike the two are. Out: the moves, each edit's share,
//! and the changed lines. A side that has no verdict is said to have none: git wants to see no
//! failure for it.

use super::sides::Side;
use super::{Args, compare};
use crate::cli::files::Stdin;
use crate::cli::{Status, Streams};
use crate::project::{Project, name_of};
use crate::render::diff::unified;
use std::fs::File;
use std::io;
use std::path::Path;

/// What git names where there is no file on a side.
const NO_FILE: [&str; 2] = ["/dev/null", "nul"];

pub(super) fn run(args: &Args, streams: &mut Streams<'_>) -> io::Result<Status> {
    let (path, old, new, renamed) = match &args.files[..] {
        [path] => {
            streams.print(&format!("{} is not merged yet\n", name_of(path)))?;
            return Ok(Status::Done);
        }
        [path, old, _, _, new, _, _] => (path, old, new, None),
        [path, old, _, _, new, _, _, to, ..] => (path, old, new, Some(to)),
        _ => {
            return Ok(streams.fail(
                "git gives a diff driver seven arguments; set it up with \
                 `git config diff.assess.command \"assess diff --git\"`",
            ));
        }
    };
    let now = renamed.unwrap_or(path);
    let (before, after) = match (read(old, path), read(new, now)) {
        (Ok(before), Ok(after)) => (before, after),
        (Err(why), _) | (_, Err(why)) => return Ok(streams.fail(&why)),
    };
    let texts = [&before, &after].map(|side| {
        let project = side.as_ref().map(|s| &s.project);
        let first = project.and_then(|p| p.sources.iter().next());
        first.map(|(_, s)| s.text.clone()).unwrap_or_default()
    });
    let said = match (before, after) {
        (Some(old), Some(new)) => match compare(old, new) {
            Ok(compared) => (args.format().write)(&compared, streams.look),
            Err(refused) => format!("{}\n", refused.why()),
        },
        (None, Some(new)) => format!("{} is new\n", new.label()),
        (Some(old), None) => format!("{} is gone\n", old.label()),
        (None, None) => String::new(),
    };
    streams.print(&said)?;
    let lines = unified(&name_of(now), &texts[0], &texts[1], streams.look);
    if !lines.is_empty() {
        streams.print(&format!("\n{lines}"))?;
    }
    Ok(Status::Done)
}

/// One side, from the file in which git keeps it for us; what it uses is read beside the path under
/// which it is known.
fn read(file: &Path, path: &Path) -> Result<Option<Side>, String> {
    if NO_FILE.iter().any(|none| file == Path::new(none)) {
        return Ok(None);
    }
    let unreadable = |error: io::Error| crate::cli::files::unreadable(file, &error);
    let mut input = File::open(file).map_err(unreadable)?;
    let kept = Stdin::read(&mut input, Some(path)).map_err(unreadable)?;
    let project = Project::load(&kept, kept.path()).map_err(unreadable)?;
    Ok(Some(Side::new(project, path, None)))
}
