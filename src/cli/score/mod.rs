//! `assess score`: how good the forecasts turned out to be.
//!
//! In: assessments with what came true, and their git history; or forecasts from elsewhere, as CSV.
//! Out: scores, skill, calibration. What could not be scored is said.

mod gathered;
mod one;
mod revisions;
mod stream;

pub(super) use gathered::{cases_of, record_of, words_of};

use super::files::Jobs;
use super::{Status, Streams, asked, files, progress, write};
use crate::chart::Width;
use crate::cli::names;
use crate::record::FLOOR;
use crate::record::sheet::How;
use crate::render::format::pick;
use crate::render::score::{Cases, Chosen, Record, SCORE_FORMATS, ScoreFormat, chart};
use crate::render::text;
use crate::text::lang::Lang;
use clap::builder::PossibleValuesParser;
use gathered::{Task, gather};
use jiff::civil::Date;
use one::{Asked, Failed};
use std::io;
use std::path::PathBuf;

/// Score forecasts against what came true
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  assess score                          every settled question in this folder
  assess score assessments/ --as-of 2025-03-01
  assess score --time-weighted --format markdown
  assess score --csv forecasts.csv --probability p --result happened --question id

A forecast is the last one committed before the day on which a question was settled.")]
pub(super) struct Args {
    /// Files or folders to score [default: current folder]
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,

    /// Output format
    #[arg(
        long,
        value_name = "FORMAT",
        default_value = SCORE_FORMATS[0].name,
        value_parser = names::formats(SCORE_FORMATS)
    )]
    format: String,

    /// Score the forecasts as they stood on this day
    #[arg(long, value_name = "DATE", value_parser = asked::day, conflicts_with = "time_weighted")]
    as_of: Option<Date>,

    /// Score the mean over all days for which a forecast stood
    #[arg(long)]
    time_weighted: bool,

    /// Treat the outcomes as listed in order, and add the ranked probability score
    #[arg(long)]
    ordered: bool,

    /// Add what each reason contributed towards what came true, in bits
    #[arg(long, conflicts_with_all = ["time_weighted", "csv"])]
    reasons: bool,

    /// Add the strengths that the record supports, beside the stated ones
    #[arg(long, conflicts_with_all = ["time_weighted", "csv"])]
    weights: bool,

    /// The smallest chance in logarithmic scores
    #[arg(long, value_name = "P", default_value_t = FLOOR, value_parser = floor)]
    floor: f64,

    /// Number of bins for calibration
    #[arg(long, value_name = "N", default_value_t = 10, value_parser = clap::value_parser!(u32).range(1..=100))]
    bins: u32,

    /// Also write the reliability diagram, as SVG
    #[arg(long, value_name = "FILE")]
    chart: Option<PathBuf>,

    /// The language of the page and its charts [default: English]
    #[arg(long, value_name = "LANG", value_parser = PossibleValuesParser::new(Lang::ALL.map(Lang::code)))]
    lang: Option<String>,

    #[command(flatten)]
    columns: stream::Columns,
}

impl Args {
    fn format(&self) -> &'static ScoreFormat {
        pick(SCORE_FORMATS, &self.format)
    }
}

fn floor(text: &str) -> Result<f64, String> {
    let wrong = || "write a chance above 0 and below 0.5, such as 0.000001".to_owned();
    let floor: f64 = text.parse().map_err(|_| wrong())?;
    (floor > 0.0 && floor < 0.5)
        .then_some(floor)
        .ok_or_else(wrong)
}

/// Which forecast counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mode {
    /// The last before the day on which it was settled.
    Last,
    /// The last up to a day.
    AsOf(Date),
    /// Every one, by the days that it stood.
    Daily,
}

impl Mode {
    fn chosen(self) -> Chosen {
        match self {
            Mode::Last => Chosen::Last,
            Mode::AsOf(day) => Chosen::AsOf(day),
            Mode::Daily => Chosen::Daily,
        }
    }
}

pub(super) fn run(args: &Args, streams: &mut Streams<'_>) -> io::Result<Status> {
    let how = How {
        floor: args.floor,
        bins: args.bins as usize,
        ordered: args.ordered,
        ..How::default()
    };
    if args.columns.file().is_some() {
        return match args.columns.score(how, streams) {
            Ok((record, status)) => print(args, record, status, streams),
            Err(message) => Ok(streams.fail(&message)),
        };
    }
    let mode = match (args.as_of, args.time_weighted) {
        (Some(day), _) => Mode::AsOf(day),
        (None, true) => Mode::Daily,
        (None, false) => Mode::Last,
    };
    let (jobs, mut status) = Jobs::find(&args.paths, streams, None);
    let asked = Asked {
        reasons: args.reasons.then_some(how.floor),
        weights: args.weights,
    };
    let task = Task {
        mode,
        asked,
        how,
        keep: args.reasons || args.weights || args.format().more == Cases::Listed,
    };
    let gathered = gather(&jobs, task, streams.terminals.error);
    for failed in gathered.failed {
        match failed {
            Failed::Mistakes(mistakes) => {
                let report = text::report(&[mistakes], streams.error_look);
                streams.say(&report);
                status = status.max(Status::Found);
            }
            Failed::Unreadable(message) => status = streams.fail(&message),
        }
    }
    print(args, gathered.record, status, streams)
}

fn print(
    args: &Args,
    mut record: Record,
    mut status: Status,
    streams: &mut Streams<'_>,
) -> io::Result<Status> {
    record.lang = args
        .lang
        .as_deref()
        .and_then(Lang::find)
        .unwrap_or_default();
    let record = &record;
    if let Some(path) = &args.chart {
        let written = match chart::draw(record, Width::Wide) {
            Some(drawing) => write::atomically(path, drawing.alone().as_bytes())
                .map_err(|e| format!("`{}` is not written: {e}", path.display())),
            None => Err("there is nothing to draw: no case was scored".to_owned()),
        };
        if let Err(message) = written {
            status = streams.fail(&message);
        }
    }
    streams.print(&(args.format().write)(record, streams.look))?;
    Ok(status)
}
