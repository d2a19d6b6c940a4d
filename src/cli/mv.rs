//! `assess mv`: a name changed wherever it is meant.
//!
//! In: an old name, a new one, files. Out: the files with the new name, each written whole, or why
//! none is changed.

use super::{Status, Streams, files, write};
use crate::project::{FileSystem, name_of};
use crate::rename::{Refusal, rename};
use crate::render::{clean, diff, text};
use std::io;
use std::path::PathBuf;

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

    /// The name that it is to have
    #[arg(value_name = "NEW")]
    new: String,

    /// The file that declares it, and those that use it; a folder stands for its files
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,

    /// Show what would change, and write nothing
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
    if args.diff {
        for one in &renamed {
            let name = name_of(&one.path);
            let diff = diff::unified(&name, &one.before, &one.after, streams.look);
            streams.print(&diff)?;
        }
        return Ok(Status::Done);
    }
    let mut status = Status::Done;
    for one in &renamed {
        let name = one.path.display();
        match write::change(&one.path, &one.before, &one.after) {
            Ok(()) => {
                let places = match one.places {
                    1 => "1 place".to_owned(),
                    n => format!("{n} places"),
                };
                let name = name.to_string();
                let name = clean::name(&name);
                streams.print(&format!("{name}: `{old}` is `{new}` in {places}\n"))?;
            }
            Err(error) => status = streams.fail(&format!("`{name}` is left as it was: {error}")),
        }
    }
    Ok(status)
}

fn refused(refusal: Refusal, streams: &mut Streams<'_>) -> Status {
    match refusal {
        Refusal::Unreadable(path, error) => streams.fail(&files::unreadable(&path, &error)),
        Refusal::Other(message) => streams.fail(&message),
        Refusal::Broken(checked) => {
            let report = text::report(&[checked], streams.error_look);
            streams.say(&report);
            streams.fail("nothing is renamed: mend the file first");
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
