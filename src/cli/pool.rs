//! `assess pool`: several analysts' files on one question as one.

use super::eval::Refusal;
use super::files;
use super::{Status, Streams, write};
use crate::chart::Width;
use crate::cli::names;
use crate::infer;
use crate::infer::pool::How;
use crate::infer::verdict::{Options, Question};
use crate::pooling::{One, pooled};
use crate::project::{FileSystem, Project, name_of};
use crate::render::format::pick;
use crate::render::pooling::{POOL_FORMATS, PoolFormat, chart};
use crate::resolve::assessment::Pooling;
use crate::workspace::Error;
use crate::workspace::prepare::sound;
use clap::builder::PossibleValuesParser;
use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

/// Pool several files on one question, and say where they disagree
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  assess pool vance.assess okoro.assess lindqvist.assess
  assess pool vance.assess okoro.assess --weights 2,1
  assess pool vance.assess okoro.assess --method linear --extremise 1.5
  assess pool *.assess --common --format csv > pool.csv

Outcomes are matched by their names, horizons by their last days.")]
pub(super) struct Args {
    /// Two files or more
    #[arg(value_name = "FILE", required = true, num_args = 1..)]
    files: Vec<PathBuf>,

    /// Weight of each file, in their order: `2,1` [default: equal weights]
    #[arg(long, value_name = "W,W", value_delimiter = ',', value_parser = positive)]
    weights: Vec<f64>,

    /// Average log odds, or probabilities
    #[arg(
        long,
        value_name = "METHOD",
        default_value = Pooling::ALL[0].0,
        value_parser = PossibleValuesParser::new(Pooling::ALL.map(|m| m.0))
    )]
    method: String,

    /// Push the pool away from even odds: the exponent on what is pooled
    #[arg(long, value_name = "X", default_value = "1", value_parser = positive)]
    extremise: f64,

    /// Pool the horizons that all files have, and leave the others out
    #[arg(long)]
    common: bool,

    /// Output format
    #[arg(
        long,
        value_name = "FORMAT",
        default_value = POOL_FORMATS[0].name,
        value_parser = names::formats(POOL_FORMATS)
    )]
    format: String,

    /// Also write what each file says, and the pool, as a chart, in SVG
    #[arg(long, value_name = "FILE")]
    chart: Option<PathBuf>,
}

/// A number above 0.
fn positive(text: &str) -> Result<f64, String> {
    match text.trim().parse::<f64>() {
        Ok(x) if x > 0.0 && x <= 1000.0 => Ok(x),
        _ => Err("write a number above 0, and at most 1000: `2`, `1.5`".to_owned()),
    }
}

impl Args {
    fn format(&self) -> &'static PoolFormat {
        pick(POOL_FORMATS, &self.format)
    }
}

pub(super) fn run(args: &Args, streams: &mut Streams<'_>) -> io::Result<Status> {
    let n = args.files.len();
    if n < 2 {
        return Ok(streams.fail(
            "a pool is of two files or more; to pool views within a file, write `pool NAME { of: own, VIEW }` there",
        ));
    }
    let weights = match args.weights.len() {
        0 => vec![1.0; n],
        w if w == n => args.weights.clone(),
        w => {
            let weights = if w == 1 { "weight" } else { "weights" };
            return Ok(streams.fail(&format!(
                "{w} {weights} for {n} files: write one for each, in their order, as in `--weights 2,1`"
            )));
        }
    };
    let mut status = Status::Done;
    let mut all = Vec::new();
    let labels = labels(&args.files);
    for (path, label) in args.files.iter().zip(labels) {
        match one(path, label) {
            Ok(one) => all.push(one),
            Err(refusal) => status = status.max(refusal.say(streams)),
        }
    }
    if all.len() < n {
        return Ok(status);
    }
    let how = How {
        weights,
        method: Pooling::ALL
            .iter()
            .find(|m| m.0 == args.method)
            .map(|m| m.1)
            .unwrap_or_default(),
        extremise: args.extremise,
    };
    match pooled(all, how, args.common) {
        Ok(pooled) => {
            let mut status = Status::Done;
            if let Some(path) = &args.chart {
                let drawing = chart::draw(&pooled, Width::Wide);
                if let Err(error) = write::atomically(path, drawing.alone().as_bytes()) {
                    let shown = path.display();
                    status = streams.fail(&format!("`{shown}` is not written: {error}"));
                }
            }
            streams.print(&(args.format().write)(&pooled, streams.look))?;
            Ok(status)
        }
        Err(wrong) => {
            let mut lines = String::from("these files cannot be pooled\n");
            for line in wrong {
                lines += &format!("  · {line}\n");
            }
            Ok(streams.fail(lines.trim_end()))
        }
    }
}

/// Reads and evaluates one file.
fn one(path: &Path, label: String) -> Result<One, Refusal> {
    let project = Project::load(&FileSystem, path)
        .map_err(|error| Refusal::Unreadable(files::unreadable(path, &error)))?;
    let assessment = sound(&project)
        .map_err(Refusal::from)?
        .ok_or_else(|| Refusal::from(Error::shared(&project)))?;
    let options = Options {
        intervals: false,
        ..Options::default()
    };
    let verdict = infer::evaluate(&assessment, &Question::default(), &options)
        .map_err(|limit| Refusal::found(project.sources.clone(), vec![*limit], Status::Found))?;
    Ok(One {
        file: name_of(path),
        label,
        project,
        assessment,
        verdict,
    })
}

/// What files are called: by their names without endings, where no two have the same.
fn labels(paths: &[PathBuf]) -> Vec<String> {
    let stem = |path: &PathBuf| {
        let stem = path.file_stem().unwrap_or(path.as_os_str());
        stem.to_string_lossy().into_owned()
    };
    let mut count: BTreeMap<String, usize> = BTreeMap::new();
    for path in paths {
        *count.entry(stem(path)).or_default() += 1;
    }
    let each = paths.iter().map(|path| match count[&stem(path)] {
        1 => stem(path),
        _ => name_of(path),
    });
    each.collect()
}
