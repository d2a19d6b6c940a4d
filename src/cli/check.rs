//! `assess check`: every mistake in files and folders, in one run.

use super::files::{self, Stdin};
use super::{Status, Streams};
use crate::diag::{Diagnostic, Severity};
use crate::project::{FileSystem, Loader, Project};
use crate::render::{Checked, FORMATS};
use crate::resolve;
use crate::source::SourceMap;
use clap::ValueEnum;
use clap::builder::PossibleValuesParser;
use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};

/// Every mistake in the files, in one run
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  assess check                          every `.assess` file under this folder
  assess check nato.assess shared/
  assess check - --stdin-name nato.assess < draft.assess
  assess check --format json | jq '.summary'")]
pub(super) struct Args {
    /// Files, or folders for their `.assess` files; none means this folder, `-` standard input
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,

    /// How to print what is found
    #[arg(
        long,
        value_name = "FORMAT",
        default_value = FORMATS[0].name,
        value_parser = PossibleValuesParser::new(FORMATS.iter().map(|f| f.name))
    )]
    format: String,

    /// The name that standard input goes by in messages, and beside which its `use` looks for files
    #[arg(long, value_name = "NAME")]
    stdin_name: Option<PathBuf>,

    /// End with 1 where something as bad as this is found
    #[arg(long, value_enum, value_name = "LEVEL", default_value_t)]
    fail_on: Level,
}

/// How bad a finding has to be.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
enum Level {
    Note,
    Warning,
    #[default]
    Error,
}

impl Level {
    fn severity(self) -> Severity {
        match self {
            Level::Note => Severity::Note,
            Level::Warning => Severity::Warning,
            Level::Error => Severity::Error,
        }
    }
}

pub(super) fn run(args: &Args, streams: &mut Streams<'_>) -> io::Result<Status> {
    let mut status = Status::Done;
    let (from_stdin, paths): (Vec<_>, Vec<_>) =
        args.paths.iter().partition(|p| *p == Path::new("-"));
    let paths: Vec<PathBuf> = paths.into_iter().cloned().collect();
    let mut checked = Vec::new();
    if !from_stdin.is_empty() {
        match Stdin::read(streams.input, args.stdin_name.as_deref()) {
            Ok(stdin) => checked.extend(check(&stdin, stdin.path()).ok()),
            Err(error) => status = streams.fail(&format!("standard input cannot be read: {error}")),
        }
    }
    if from_stdin.is_empty() || !paths.is_empty() {
        let files = files::find(&paths);
        for problem in &files.problems {
            status = streams.fail(problem);
        }
        let found = files::for_each(&files.paths, |path| check(&FileSystem, path));
        for (path, found) in files.paths.iter().zip(found) {
            match found {
                Ok(found) => checked.push(found),
                Err(error) => status = streams.fail(&files::unreadable(path, &error)),
            }
        }
    }
    let report = once_each(checked);
    let format = FORMATS
        .iter()
        .find(|f| f.name == args.format)
        .unwrap_or(&FORMATS[0]);
    streams.print(&(format.write)(&report, streams.look))?;
    let bad = |d: &Diagnostic| d.severity >= args.fail_on.severity();
    if report.iter().flat_map(|c| &c.diagnostics).any(bad) {
        status = status.max(Status::Found);
    }
    Ok(status)
}

/// What was found in one file and those that it uses.
struct Found {
    checked: Checked,
    /// Where each file was read from.
    paths: Vec<PathBuf>,
}

fn check(loader: &dyn Loader, path: &Path) -> io::Result<Found> {
    let project = Project::load(loader, path)?;
    let mut diagnostics = resolve::resolve(&project).diagnostics;
    diagnostics.extend(project.problems().cloned());
    let diagnostics = diagnostics.sorted();
    let sources = if diagnostics.is_empty() {
        SourceMap::new() // Thousands of sound files need not stay in memory.
    } else {
        project.sources
    };
    Ok(Found {
        checked: Checked {
            sources,
            diagnostics,
        },
        paths: project.paths,
    })
}

/// What several files found in a file that they all use is reported once, at the first.
fn once_each(found: Vec<Found>) -> Vec<Checked> {
    let mut seen = BTreeSet::new();
    let each = found.into_iter().map(|Found { mut checked, paths }| {
        checked.diagnostics.retain(|d| {
            let span = d.primary.span;
            let path = paths.get(span.file.0 as usize).cloned();
            seen.insert((path, span.start, span.end, d.rule.name, d.message.clone()))
        });
        checked
    });
    each.collect()
}
