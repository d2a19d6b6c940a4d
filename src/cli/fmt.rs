//! `assess fmt`: files laid out in the one way there is.
//!
//! In: paths. Out: files rewritten, each whole or not at all; with `--check` their names, with
//! `--diff` what would change. A file with mistakes of spelling stays as it is, and is reported.

use super::files::{self, Stdin};
use super::{Status, Streams, write};
use crate::diag::Diagnostic;
use crate::format;
use crate::project::{FileSystem, Loader, Project, name_of};
use crate::render::{diff, text};
use crate::text::clean;
use crate::text::source::{FileId, Source, SourceMap};
use std::io;
use std::path::{Path, PathBuf};

/// Format files in the standard layout
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  assess fmt                    every `.assess` file under this folder
  assess fmt nato.assess shared/
  assess fmt --check            list the files that would change, and exit with status 1
  assess fmt --diff             show what would change
  assess fmt - < draft.assess   print the formatted text")]
pub(super) struct Args {
    /// Files or folders to read; `-` reads standard input [default: current folder]
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,

    /// List the files that would change, without writing them
    #[arg(long)]
    check: bool,

    /// Show what would change, without writing it
    #[arg(long)]
    diff: bool,

    /// File name for standard input in messages
    #[arg(long, value_name = "NAME")]
    stdin_name: Option<PathBuf>,
}

pub(super) fn run(args: &Args, streams: &mut Streams<'_>) -> io::Result<Status> {
    if args.paths.iter().any(|path| path == Path::new("-")) {
        return from_stdin(args, streams);
    }
    let found = files::find(&args.paths);
    let mut status = Status::Done;
    for problem in &found.problems {
        status = streams.fail(problem);
    }
    let results = files::for_each(&found.paths, |path| lay_out(&FileSystem, path));
    let (mut changed, mut kept) = (0, 0);
    for (path, result) in found.paths.iter().zip(results) {
        match result {
            Ok((before, after)) if before == after => kept += 1,
            Ok((before, after)) => {
                let dealt = deal_with(args, path, &before, &after, streams)?;
                // What could not be written is told as an error.
                changed += usize::from(dealt != Status::Failed);
                status = status.max(dealt);
            }
            Err(refused) => status = status.max(refused.report(path, streams)),
        }
    }
    let does = match args.check || args.diff {
        true => "would be reformatted",
        false => "reformatted",
    };
    let kept = match kept {
        0 => None,
        1 => Some("1 file left as it was".to_owned()),
        n => Some(format!("{n} files left as they were")),
    };
    let changed = match changed {
        0 => None,
        1 => Some(format!("1 file {does}")),
        n => Some(format!("{n} files {does}")),
    };
    let told: Vec<String> = changed.into_iter().chain(kept).collect();
    if !told.is_empty() {
        streams.say(&format!("{}\n", told.join(", ")));
    }
    Ok(status)
}

/// Writes a file whose layout is another, or says so.
fn deal_with(
    args: &Args,
    path: &Path,
    before: &str,
    after: &str,
    streams: &mut Streams<'_>,
) -> io::Result<Status> {
    let name = name_of(path);
    if args.diff {
        let diff = diff::unified(&name, before, after, streams.look);
        streams.print(&diff)?;
        return Ok(Status::Found);
    }
    if args.check {
        streams.print(&format!("{}\n", clean::name(&name)))?;
        return Ok(Status::Found);
    }
    Ok(match write::change(path, before, after) {
        Ok(()) => Status::Done,
        Err(error) => streams.fail(&format!("`{name}` is left as it was: {error}")),
    })
}

/// Standard input alone goes to the output.
fn from_stdin(args: &Args, streams: &mut Streams<'_>) -> io::Result<Status> {
    if args.paths.len() > 1 {
        return Ok(streams.fail("standard input is laid out alone; leave the other paths out"));
    }
    let stdin = match Stdin::of(streams, args.stdin_name.as_deref()) {
        Ok(stdin) => stdin,
        Err(message) => return Ok(streams.fail(&message)),
    };
    match lay_out(&stdin, stdin.path()) {
        Ok((before, after)) if args.check || args.diff => {
            if before == after {
                return Ok(Status::Done);
            }
            deal_with(args, stdin.path(), &before, &after, streams)
        }
        Ok((_, after)) => streams.print(&after).map(|()| Status::Done),
        Err(refused) => Ok(refused.report(stdin.path(), streams)),
    }
}

/// Why a file is not laid out.
enum Refused {
    Unreadable(io::Error),
    Mistaken(Box<(SourceMap, Vec<Diagnostic>)>),
}

/// A file's text before and after.
fn lay_out(loader: &dyn Loader, path: &Path) -> Result<(String, String), Refused> {
    let bytes = loader.read(path).map_err(Refused::Unreadable)?;
    let Ok(text) = String::from_utf8(bytes) else {
        // The project says where a file stops being text.
        let project = Project::load(loader, path).map_err(Refused::Unreadable)?;
        let mut mistakes = project.diagnostics.sorted();
        mistakes.retain(|d| d.primary.span.file == FileId(0));
        return Err(Refused::Mistaken(Box::new((project.sources, mistakes))));
    };
    match format::format(FileId(0), &text) {
        Ok(after) => Ok((text, after)),
        Err(mistakes) => {
            let mut sources = SourceMap::new();
            sources.add(Source::new(name_of(path), text));
            let mistakes = mistakes.sorted();
            Err(Refused::Mistaken(Box::new((sources, mistakes))))
        }
    }
}

impl Refused {
    fn report(self, path: &Path, streams: &mut Streams<'_>) -> Status {
        match self {
            Refused::Unreadable(error) => streams.fail(&files::unreadable(path, &error)),
            Refused::Mistaken(found) => {
                let (sources, mistakes) = *found;
                let look = streams.error_look;
                streams.say(&text::render(&mistakes, &sources, look.width, look.colour));
                let name = name_of(path);
                let name = clean::name(&name);
                streams.say(&format!(
                    "`{name}` was not changed: fix the mistakes above first\n"
                ));
                Status::Found
            }
        }
    }
}
