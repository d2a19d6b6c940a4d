//! `assess explain`: why the verdict is what it is.

use super::asked::{Asking, Flags, Sampling};
use super::eval::{Refusal, prepare};
use super::files::Stdin;
use super::{Status, Streams, progress};
use crate::cli::names;
use crate::infer::explain::{Score, Watching};
use crate::infer::meter::Meter;
use crate::infer::verdict::Options;
use crate::project::FileSystem;
use crate::render::explain::{EXPLAIN_FORMATS, Explained};
use crate::render::format::pick;
use crate::workspace::prepare::Prepared;
use std::io;
use std::path::PathBuf;

/// Explain what each reason contributes and what it rests on
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  assess explain nato.assess
  assess explain nato.assess --outcome exit --horizon long
  assess explain nato.assess --watch
  assess explain origins.assess --view fbi
  assess explain nato.assess --given ceasefire --format markdown
  assess explain nato.assess --with \"congress against exit: weak\"

Without --outcome: every outcome that leads at some horizon, and every final one.")]
pub(super) struct Args {
    /// File to read; `-` reads standard input
    #[arg(value_name = "FILE")]
    file: PathBuf,

    /// Output format
    #[arg(
        long,
        value_name = "FORMAT",
        default_value = EXPLAIN_FORMATS[0].name,
        value_parser = names::formats(EXPLAIN_FORMATS)
    )]
    format: String,

    /// Also rank the events worth watching: how much learning about each would sharpen the verdict
    #[arg(long)]
    watch: bool,

    /// Scoring rule by which learning is measured; with `--outcome`, for those outcomes only
    #[arg(long, value_name = "SCORE", value_enum, default_value_t = By::Brier, requires = "watch")]
    score: By,

    /// Explain the verdict of this view instead of the file's own
    #[arg(long, value_name = "VIEW", conflicts_with = "under")]
    view: Option<String>,

    /// Show only the largest reasons and one line on confidence
    #[arg(long)]
    brief: bool,

    /// Also show how the verdict was computed
    #[arg(short, long)]
    verbose: bool,

    #[command(flatten)]
    flags: Flags,

    /// Number of draws for the intervals; 0 for no intervals [default: depends on the file's size]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(0..=super::eval::MOST_DRAWS))]
    draws: Option<u32>,

    /// Seed of the random draws
    #[arg(long, value_name = "N", default_value_t = Options::default().seed)]
    seed: u64,

    #[command(flatten)]
    sampling: Sampling,

    /// File name for standard input: shown in messages, and the place from which its `use` paths are followed
    #[arg(long, value_name = "NAME")]
    stdin_name: Option<PathBuf>,
}

/// How a forecast is scored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum By {
    /// Quadratic
    Brier,
    /// Logarithmic: rare outcomes have weight too
    Log,
}

pub(super) fn run(args: &Args, streams: &mut Streams<'_>) -> io::Result<Status> {
    let asking = Asking {
        draws: args.draws,
        seed: Some(args.seed),
        method: args.sampling.method,
        samples: args.sampling.samples,
        view: args.view.clone(),
        ..args.flags.asking()
    };
    let files = std::slice::from_ref(&args.file);
    let prepared = match Stdin::among(files, streams, args.stdin_name.as_deref()) {
        Ok(Some(stdin)) => prepare(&stdin, stdin.path(), &asking),
        Ok(None) => prepare(&FileSystem, &args.file, &asking),
        Err(message) => return Ok(streams.fail(&message)),
    };
    let shown = streams.terminals.error;
    let explained = match prepared.and_then(|prepared| explained(prepared, args, &asking, shown)) {
        Ok(explained) => explained,
        Err(refusal) => return Ok(refusal.say(streams)),
    };
    let format = pick(EXPLAIN_FORMATS, &args.format);
    streams.print(&(format.write)(&explained, streams.look))?;
    Ok(Status::Done)
}

fn explained(
    mut prepared: Prepared,
    args: &Args,
    asking: &Asking,
    shown: bool,
) -> Result<Explained, Refusal> {
    let meter = Meter::default();
    prepared.asked.brief = args.brief;
    prepared.asked.verbose = args.verbose;
    let watching = args.watch.then(|| Watching {
        score: match args.score {
            By::Brier => Score::Brier,
            By::Log => Score::Log,
        },
        outcomes: prepared.asked.outcomes.clone(),
    });
    let options = Options {
        meter: meter.clone(),
        ..asking.options(true)
    };
    let explain = || prepared.explain(&options, watching.as_ref());
    Ok(progress::watch(
        &meter,
        "trying sets of drivers",
        shown,
        explain,
    )?)
}
