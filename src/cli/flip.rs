//! `assess flip`: what it would take for another outcome to lead.

use super::asked::{Flags, ask, expectation};
use super::files::{self, Stdin};
use super::{Status, Streams, progress};
use crate::diag::{Diagnostic, Diagnostics};
use crate::infer::flip::Finder;
use crate::project::{FileSystem, Loader, Project};
use crate::render::flip::{FLIP_FORMATS, Flipped};
use crate::render::text;
use crate::resolve;
use crate::rules;
use crate::source::SourceMap;
use clap::builder::PossibleValuesParser;
use std::io;
use std::path::{Path, PathBuf};

/// What it would take: numbers and events that change the leader
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  assess flip nato.assess
  assess flip nato.assess --horizon long
  assess flip nato.assess --until \"exit by long at least 20%\"
  assess flip nato.assess --set ceasefire --given \"not latitude\"
  assess flip nato.assess --format json")]
pub(super) struct Args {
    /// A file; `-` is standard input
    #[arg(value_name = "FILE")]
    file: PathBuf,

    /// Ask of an expectation instead of the leader: `exit by long at least 20%`
    #[arg(long, value_name = "EXPECT", conflicts_with_all = ["given", "under", "set", "horizon"])]
    until: Option<String>,

    /// Only the cases in which this holds: `ceasefire and not latitude`
    #[arg(long, value_name = "PROP")]
    given: Option<String>,

    /// If a scenario of the file were made so
    #[arg(long, value_name = "SCENARIO")]
    under: Option<String>,

    /// If this were made so, `drift` or `not drift`; may be repeated
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    set: Vec<String>,

    /// Show these horizons only; may be repeated
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    horizon: Vec<String>,

    /// How to print it
    #[arg(
        long,
        value_name = "FORMAT",
        default_value = FLIP_FORMATS[0].0,
        value_parser = PossibleValuesParser::new(FLIP_FORMATS.iter().map(|f| f.0))
    )]
    format: String,

    /// The name that standard input goes by in messages, and beside which its `use` looks for files
    #[arg(long, value_name = "NAME")]
    stdin_name: Option<PathBuf>,
}

pub(super) fn run(args: &Args, streams: &mut Streams<'_>) -> io::Result<Status> {
    let format = FLIP_FORMATS.iter().find(|f| f.0 == args.format);
    let (_, write) = format.unwrap_or(&FLIP_FORMATS[0]);
    let path = args.file.as_path();
    let shown = streams.terminals.error;
    let found = if path == Path::new("-") {
        match Stdin::read(streams.input, args.stdin_name.as_deref()) {
            Ok(stdin) => search(&stdin, stdin.path(), args, shown),
            Err(error) => {
                let message = format!("standard input cannot be read: {error}");
                return Ok(streams.fail(&message));
            }
        }
    } else {
        search(&FileSystem, path, args, shown)
    };
    match found {
        Ok(flipped) => {
            streams.print(&write(&flipped, streams.look))?;
            Ok(Status::Done)
        }
        Err(Refusal::Message(message)) => Ok(streams.fail(&message)),
        Err(Refusal::Wrong(sources, diagnostics, status)) => {
            let look = streams.error_look;
            let page = text::render(&diagnostics, &sources, look.width, look.colour);
            streams.say(&page);
            Ok(status)
        }
    }
}

/// Why there is no answer.
enum Refusal {
    /// The file could not be read, or has no verdict.
    Message(String),
    /// Something is wrong with the file (1) or with what is asked of it (2).
    Wrong(SourceMap, Vec<Diagnostic>, Status),
}

fn search(loader: &dyn Loader, path: &Path, args: &Args, shown: bool) -> Result<Flipped, Refusal> {
    let project = Project::load(loader, path)
        .map_err(|error| Refusal::Message(files::unreadable(path, &error)))?;
    let resolved = resolve::resolve(&project);
    let mut diagnostics = resolved.diagnostics;
    diagnostics.extend(project.problems().cloned());
    let mut sources = project.sources;
    let Some(assessment) = resolved.assessment.filter(|_| !diagnostics.has_errors()) else {
        if diagnostics.has_errors() {
            return Err(Refusal::Wrong(sources, diagnostics.sorted(), Status::Found));
        }
        let message = format!(
            "`{}` is made for `use`: it has no outcomes, and so no verdict",
            path.display()
        );
        return Err(Refusal::Message(message));
    };
    let asks_wrongly =
        |sources, d: Diagnostics| Refusal::Wrong(sources, d.sorted(), Status::Failed);
    let until = match &args.until {
        None => None,
        Some(text) => match expectation(text, &assessment, &mut sources) {
            Ok(expect) => Some(expect),
            Err(wrong) => return Err(asks_wrongly(sources, wrong)),
        },
    };
    let flags = Flags::of(
        args.given.as_ref(),
        args.under.as_ref(),
        &args.set,
        &args.horizon,
    );
    let (question, asked) = match ask(&flags, &assessment, &mut sources) {
        Ok(asked) => asked,
        Err(wrong) => return Err(asks_wrongly(sources, wrong)),
    };
    let found = Finder::new(&assessment, &question, until.as_ref()).and_then(|finder| {
        let tasks = finder.tasks();
        let parts = progress::map(&tasks, "turning numbers", shown, |task| finder.work(*task));
        let parts = parts.into_iter().collect::<Result<Vec<_>, _>>()?;
        Ok(finder.finish(parts))
    });
    match found {
        Ok(flips) => Ok(Flipped {
            sources,
            assessment,
            flips,
            asked,
            until,
        }),
        Err(wrong) => {
            let status = match wrong.rule.name == rules::WRONG_KIND.name {
                true => Status::Failed,
                false => Status::Found,
            };
            Err(Refusal::Wrong(sources, vec![*wrong], status))
        }
    }
}
