//! `assess mv`: a name changed wherever it is meant.
//!
//! In: an old name, a new one, files. Out: the files with the new name and their stored verdicts, each
//! written whole, or why none is changed. Where a run was ended midway the same one finishes.

use super::test::moved;
use super::{Status, Streams, files, write};
use crate::project::{FileSystem, name_of};
use crate::rename::{Refusal, rename};
use crate::render::{diff, text};
use crate::text::clean;
use std::io;
use std::path::{Path, PathBuf};

/// Rename a name wherever it is used
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  assess mv congress legislature nato.assess
  assess mv ceasefire armistice shared/europe.assess nato.assess ukraine.assess
  assess mv exit withdrawal nato.assess --diff")]
pub(super) struct Args {
    /// The name of a horizon, outcome, event, factor, change, assumption or scenario
    #[arg(value_name = "OLD")]
    old: String,

    /// The new name
    #[arg(value_name = "NEW")]
    new: String,

    /// The file that declares it and those that use it; a folder means all its files
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,

    /// Show what would change, without writing it
    #[arg(long)]
    diff: bool,
}

pub(super) fn run(args: &Args, streams: &mut Streams<'_>) -> io::Result<Status> {
    let found = files::find(&args.files);
    if !found.problems.is_empty() {
        for problem in &found.problems {
            streams.fail(problem);
        }
        return Ok(Status::Failed);
    }
    let (old, new) = (args.old.trim(), args.new.trim());
    let renamed = match rename(&FileSystem, &found.paths, old, new) {
        Ok(renamed) => renamed,
        Err(refusal) => return Ok(refused(refusal, streams)),
    };
    let stored = moved::stored(&renamed, old, new);
    if args.diff {
        for (one, stored) in renamed.iter().zip(&stored) {
            let name = name_of(&one.path);
            let diff = diff::unified(&name, &one.before, &one.after, streams.look);
            streams.print(&diff)?;
            if let Some(stored) = stored {
                let name = name_of(&stored.path);
                let diff = diff::unified(&name, &stored.before, &stored.after, streams.look);
                streams.print(&diff)?;
            }
        }
        return Ok(Status::Done);
    }
    let mut status = Status::Done;
    for (one, stored) in renamed.iter().zip(&stored) {
        // The verdict first: a run that is ended in between finds its file unchanged, and goes on.
        let mut done = Vec::new();
        if let Some(stored) = stored {
            let text = stored.after.as_bytes();
            match write::atomically(&stored.path, text) {
                Ok(()) => done.push(shown(&stored.path, "the stored verdict has the new name")),
                Err(error) => status = streams.fail(&left(&stored.path, &error)),
            }
        }
        match write::change(&one.path, &one.before, &one.after) {
            Ok(()) => {
                let places = match one.places {
                    1 => "1 place".to_owned(),
                    n => format!("{n} places"),
                };
                let what = format!("`{old}` is `{new}` in {places}");
                done.insert(0, shown(&one.path, &what));
            }
            Err(error) => status = streams.fail(&left(&one.path, &error)),
        }
        streams.print(&done.concat())?;
    }
    Ok(status)
}

fn shown(path: &Path, what: &str) -> String {
    format!("{}: {what}\n", clean::name(&path.display().to_string()))
}

fn left(path: &Path, error: &io::Error) -> String {
    format!("`{}` is left as it was: {error}", path.display())
}

fn refused(refusal: Refusal, streams: &mut Streams<'_>) -> Status {
    match refusal {
        Refusal::Unreadable(path, error) => streams.fail(&files::unreadable(&path, &error)),
        Refusal::Other(message) => streams.fail(&message),
        Refusal::Broken(checked) => {
            let report = text::report(&[checked], streams.error_look);
            streams.say(&report);
            streams.fail("nothing was renamed: fix the file first");
            Status::Found
        }
        Refusal::Name(checked) => {
            let look = streams.error_look;
            let report = text::render(
                &checked.diagnostics,
                &checked.sources,
                look.width,
                look.colour,
            );
            streams.say(&report);
            Status::Failed
        }
    }
}
