//! `assess advance`: a file as of a later day.
//!
//! In: a file and a day. Out: the difference, or the file itself with `--write`.

use super::reread::{Instead, Refused, loaded};
use super::{Status, Streams, asked, computed, files, write};
use crate::advance::{DIGITS, advance, edited};
use crate::diag::Checked;
use crate::diag::Severity;
use crate::format::format;
use crate::project::{FileSystem, Project, name_of};
use crate::render::{diff, text};
use crate::resolve::with_problems;
use crate::text::source::FileId;
use jiff::civil::Date;
use std::io;
use std::path::PathBuf;

/// Move a file to a later day, as if nothing unresolved had happened by then
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  assess advance nato.assess --to 2025-09-01           show what would change
  assess advance nato.assess --to 2025-09-01 --write

Chances become those of not having happened yet, (c(h) − c(now)) / (1 − c(now)); durations become dates; events
that are `resolved` by then hold by now. Evidence stays.")]
pub(super) struct Args {
    /// The file to move
    #[arg(value_name = "FILE")]
    file: PathBuf,

    /// The later day
    #[arg(long, value_name = "DATE", value_parser = asked::day)]
    to: Date,

    /// Write the file instead of showing the difference
    #[arg(long)]
    write: bool,

    /// Number of significant digits of chances
    #[arg(long, value_name = "N", default_value_t = DIGITS as u32, value_parser = clap::value_parser!(u32).range(2..=15))]
    digits: u32,
}

pub(super) fn run(args: &Args, streams: &mut Streams<'_>) -> io::Result<Status> {
    let project = match Project::load(&FileSystem, &args.file) {
        Ok(project) => project,
        Err(error) => return Ok(streams.fail(&files::unreadable(&args.file, &error))),
    };
    let name = name_of(&args.file);
    let mut resolved = with_problems(&project);
    let mut wrong = resolved.diagnostics.clone().sorted();
    wrong.retain(|d| d.severity == Severity::Error);
    let day = resolved.assessment.as_ref().map(|a| a.as_of);
    let advanced = match resolved.assessment.take() {
        Some(assessment) => advance(&project, &assessment, args.to, args.digits as usize),
        None if wrong.is_empty() => {
            return Ok(streams.fail(&format!(
                "`{name}` is made for `use`, and has no day of its own"
            )));
        }
        None => {
            let checked = checked(name, project, wrong);
            streams.say(&text::report(&[checked], streams.error_look));
            return Ok(Status::Found);
        }
    };
    let advanced = match advanced {
        Ok(advanced) => advanced,
        Err(found) => {
            let checked = checked(name, project, vec![*found]);
            streams.say(&text::report(&[checked], streams.error_look));
            return Ok(Status::Failed);
        }
    };
    let before = project.sources.source(FileId(0)).text.clone();
    let mut after = edited(&before, &advanced.edits);
    // What was laid out stays so.
    if format(FileId(0), &before).is_ok_and(|laid| laid == before)
        && let Ok(laid) = format(FileId(0), &after)
    {
        after = laid;
    }
    let as_of = |day: Option<Date>| day.map_or(String::new(), |day| format!(" from {day}"));
    let why = format!("moved{} to {} by `assess advance`", as_of(day), args.to);
    after = computed::allowed(&args.file, &project, after, &why);
    for note in &advanced.notes {
        streams.say(&format!("note: {note}\n"));
    }
    // What is written has been read.
    let instead = Instead {
        path: &args.file,
        text: &after,
    };
    if let Err(refused) = loaded(&instead, &args.file) {
        return Ok(match refused {
            Refused::Mistakes(checked) => {
                streams.say(&text::report(&[*checked], streams.error_look));
                streams.fail(&format!(
                    "nothing is written: as of {}, `{name}` would have these mistakes; change it by hand first",
                    args.to
                ))
            }
            Refused::Unreadable(message) => streams.fail(&message),
        });
    }
    if !args.write {
        streams.print(&diff::unified(&name, &before, &after, streams.look))?;
        return Ok(Status::Done);
    }
    match write::change(&args.file, &before, &after) {
        Ok(()) => {
            streams.print(&format!("{name}: as of {}\n", args.to))?;
            Ok(Status::Done)
        }
        Err(error) => Ok(streams.fail(&format!("`{name}` is left as it was: {error}"))),
    }
}

fn checked(file: String, project: Project, diagnostics: Vec<crate::diag::Diagnostic>) -> Checked {
    Checked {
        file,
        sources: project.sources,
        diagnostics,
        suppressed: 0,
    }
}
