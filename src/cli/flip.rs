//! `assess flip`: what it would take for another outcome to lead.

use super::asked::{Beyond, Flags};
use super::eval::{Refusal, prepare};
use super::files::Stdin;
use super::{Status, Streams, progress};
use crate::cli::names;
use crate::diag::Diagnostic;
use crate::infer::flip::{Finder, Flips};
use crate::infer::verdict::Question;
use crate::lint::rules;
use crate::project::{FileSystem, Loader};
use crate::render::flip::{FLIP_FORMATS, Flipped};
use crate::render::format::pick;
use crate::resolve::assessment::{Assessment, Expect};
use crate::workspace::asking::expectation;
use crate::workspace::prepare::Prepared;
use std::io;
use std::path::{Path, PathBuf};

/// Find the smallest changes that flip the leader
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  assess flip nato.assess
  assess flip nato.assess --horizon long
  assess flip bundestag-2025.assess --outcome pair
  assess flip nato.assess --until \"exit by long at least 20%\"
  assess flip nato.assess --set ceasefire --given \"not latitude\"
  assess flip nato.assess --with \"congress against exit: weak\"
  assess flip nato.assess --format json")]
pub(super) struct Args {
    /// File to read; `-` reads standard input
    #[arg(value_name = "FILE")]
    file: PathBuf,

    /// Find what would make this expectation true or false instead: `exit by long at least 20%`
    #[arg(long, value_name = "EXPECT", conflicts_with_all = ["given", "under", "set", "horizon"])]
    until: Option<String>,

    /// Limit to the questions of these outcomes, by name or title; may be repeated
    #[arg(long, value_name = "NAME", conflicts_with = "until")]
    outcome: Vec<String>,

    #[command(flatten)]
    beyond: Beyond,

    /// Output format
    #[arg(
        long,
        value_name = "FORMAT",
        default_value = FLIP_FORMATS[0].name,
        value_parser = names::formats(FLIP_FORMATS)
    )]
    format: String,

    /// File name for standard input: shown in messages, and the place from which its `use` paths are followed
    #[arg(long, value_name = "NAME")]
    stdin_name: Option<PathBuf>,
}

pub(super) fn run(args: &Args, streams: &mut Streams<'_>) -> io::Result<Status> {
    let write = pick(FLIP_FORMATS, &args.format).write;
    let shown = streams.terminals.error;
    let files = std::slice::from_ref(&args.file);
    let found = match Stdin::among(files, streams, args.stdin_name.as_deref()) {
        Ok(Some(stdin)) => search(&stdin, stdin.path(), args, shown),
        Ok(None) => search(&FileSystem, &args.file, args, shown),
        Err(message) => return Ok(streams.fail(&message)),
    };
    let flipped = match found {
        Ok(flipped) => flipped,
        Err(refusal) => return Ok(refusal.say(streams)),
    };
    streams.print(&write(&flipped, streams.look))?;
    Ok(Status::Done)
}

fn search(loader: &dyn Loader, path: &Path, args: &Args, shown: bool) -> Result<Flipped, Refusal> {
    let mut asking = Flags::of(&args.beyond).asking();
    asking.outcomes.clone_from(&args.outcome);
    let Prepared {
        mut sources,
        assessment,
        question,
        asked,
        as_it_stands: _,
    } = prepare(loader, path, &asking)?;
    let until = match &args.until {
        None => None,
        Some(text) => match expectation(text, &assessment, &mut sources) {
            Ok(expect) => Some(expect),
            Err(wrong) => return Err(Refusal::found(sources, wrong.sorted(), Status::Failed)),
        },
    };
    match flips(&assessment, &question, until.as_ref(), shown) {
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
            Err(Refusal::found(sources, vec![*wrong], status))
        }
    }
}

/// What would change the leader or, where there is one, the expectation; on all threads.
pub(super) fn flips(
    assessment: &Assessment,
    question: &Question,
    until: Option<&Expect>,
    shown: bool,
) -> Result<Flips, Box<Diagnostic>> {
    let finder = Finder::new(assessment, question, until)?;
    let tasks = finder.tasks();
    let parts = progress::map(&tasks, "turning numbers", shown, |task| finder.work(*task));
    let parts = parts.into_iter().collect::<Result<Vec<_>, _>>()?;
    Ok(finder.finish(parts))
}
