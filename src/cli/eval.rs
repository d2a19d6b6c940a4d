//! `assess eval`: the verdict by horizon.

use super::asked::{Asking, Flags, Sampling};
use super::check::configs::Configs;
use super::files::{self, Stdin};
use super::{Status, Streams, check, score};
use crate::cli::names;
use crate::diag::Checked;
use crate::diag::{Diagnostic, Severity};
use crate::infer::verdict::Options;
use crate::lint::Selection;
use crate::project::{FileSystem, Loader, Project};
use crate::record::case::Case;
use crate::record::recalibrate::{self, Own};
use crate::render::format::pick;
use crate::render::text;
use crate::render::verdict::Shows;
use crate::render::verdict::matrix::{self, Shape};
use crate::render::verdict::{EVAL_FORMATS, EvalFormat, Evaluated, chart};
use crate::text::clean::line as clean;
use crate::text::shell::word;
use crate::text::source::SourceMap;
use crate::workspace::prepare::Prepared;
use crate::workspace::{self, Error, ErrorKind};
use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};

/// Show how likely each outcome is at each horizon
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  assess eval nato.assess
  assess eval nato.assess --given \"ceasefire and not latitude\"
  assess eval nato.assess --set eu_cuts --set \"not ceasefire\" --outcome exit
  assess eval nato.assess --under rupture --horizon long
  assess eval origins.assess --under fbi
  assess eval origins.assess --judgements
  assess eval nato.assess --with \"ceasefire: 50% by long\" --without rhetoric
  assess eval nato.assess --vague 3dB
  assess eval nato.assess --recalibrated
  assess eval nato.assess --chart --ascii
  assess eval *.assess --format csv > verdicts.csv")]
pub(super) struct Args {
    /// Files or folders to read; `-` reads standard input
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,

    /// Output format
    #[arg(
        long,
        value_name = "FORMAT",
        default_value = EVAL_FORMATS[0].name,
        value_parser = names::formats(EVAL_FORMATS)
    )]
    format: String,

    #[command(flatten)]
    csv: super::csv::How,

    /// Draw bars instead of the table
    #[arg(long, conflicts_with_all = ["format", "csv"])]
    chart: bool,

    /// Draw with ASCII characters only
    #[arg(long, requires = "chart")]
    ascii: bool,

    /// List only the key judgements, each beside what the verdict says
    #[arg(long, conflicts_with_all = ["chart", "csv", "recalibrated"])]
    judgements: bool,
    /// Show a matrix of likelihood and impact instead of the verdict
    #[arg(long, conflicts_with = "chart")]
    matrix: bool,

    /// Also show when events and final outcomes happen: median date and 90% interval
    #[arg(long, conflicts_with_all = ["chart", "matrix"])]
    when: bool,

    /// Also show how the verdict and its confidence were computed
    #[arg(short, long)]
    verbose: bool,

    /// Also show the verdict recalibrated by its author's track record
    #[arg(long, conflicts_with = "chart")]
    recalibrated: bool,

    #[command(flatten)]
    flags: Flags,

    /// Number of draws for the intervals; 0 for no intervals [default: depends on the file's size]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(0..=MOST_DRAWS))]
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

/// The most draws that are taken.
pub(super) const MOST_DRAWS: i64 = workspace::asking::MOST_DRAWS as i64;

pub(super) fn run(args: &Args, streams: &mut Streams<'_>) -> io::Result<Status> {
    let format = pick(EVAL_FORMATS, &args.format);
    let csv = match args.csv.asked(format.name, EVAL_FORMATS[0].name) {
        Ok(csv) => csv,
        Err(message) => return Ok(streams.fail(&message)),
    };
    let stdin = match Stdin::among(&args.files, streams, args.stdin_name.as_deref()) {
        Ok(stdin) => stdin,
        Err(message) => return Ok(streams.fail(&message)),
    };
    let mut status = Status::Done;
    let mut paths = Vec::new();
    let mut in_folders = BTreeSet::new();
    for path in &args.files {
        if !path.is_dir() {
            paths.push(path.clone());
            continue;
        }
        let found = files::find(std::slice::from_ref(path));
        for problem in &found.problems {
            status = streams.fail(problem);
        }
        in_folders.extend(found.paths.iter().cloned());
        paths.extend(found.paths);
    }
    let mut records = match args.recalibrated {
        true => match records(&paths, streams) {
            Ok(records) => records,
            Err(status) => return Ok(status),
        },
        false => Records::default(),
    };
    let each = files::for_each(&paths, |path| match &stdin {
        Some(stdin) if path == Path::new("-") => evaluate(stdin, stdin.path(), args, format),
        _ => evaluate(&FileSystem, path, args, format),
    });
    let mut evaluated = Vec::new();
    for (path, outcome) in paths.iter().zip(each) {
        // Of a folder those files are evaluated that have a verdict.
        if in_folders.contains(path) && matches!(outcome, Outcome::Refused(Refusal::Shared(_))) {
            continue;
        }
        match outcome {
            Outcome::Evaluated(mut found) => {
                if args.recalibrated {
                    let author = found.assessment.author.as_ref().map(|a| a.node.as_str());
                    found.asked.recalibrated = Some(records.own(path, author));
                }
                if !found.is_asked() && found.verdict.expectations.iter().any(|e| !e.holds) {
                    status = status.max(Status::Found);
                }
                evaluated.push(*found);
            }
            Outcome::Refused(refusal) => status = status.max(refusal.say(streams)),
        }
    }
    let text = match csv {
        _ if args.chart => chart::report(&evaluated, streams.look, args.ascii),
        Some(csv) if args.matrix => matrix::report(&evaluated, streams.look, Shape::Csv(csv)),
        None if args.matrix && format.name == "text" => {
            matrix::report(&evaluated, streams.look, Shape::Text)
        }
        None if args.matrix && format.name == "markdown" => {
            matrix::report(&evaluated, streams.look, Shape::Markdown)
        }
        Some(csv) => crate::render::verdict::csv::report(&evaluated, csv),
        None => (format.write)(&evaluated, streams.look),
    };
    streams.print(&text)?;
    if streams.terminals.output && format.name == EVAL_FORMATS[0].name {
        streams.flush()?;
        let path = paths
            .first()
            .filter(|p| paths.len() == 1 && *p != Path::new("-"));
        let hint = hint(&evaluated, path, streams.cache.as_deref());
        streams.say(&hint);
    }
    Ok(status)
}

/// The record that each file's folder names.
#[derive(Default)]
struct Records {
    of: BTreeMap<PathBuf, usize>,
    /// Of each configuration that some file has.
    cases: BTreeMap<usize, Vec<Case>>,
    known: BTreeMap<(usize, Option<String>), Own>,
}

impl Records {
    fn own(&mut self, path: &Path, author: Option<&str>) -> Own {
        let config = self.of.get(path).copied().unwrap_or_default();
        let cases = self.cases.get(&config).map_or(&[][..], Vec::as_slice);
        let known = self.known.entry((config, author.map(str::to_owned)));
        known
            .or_insert_with(|| recalibrate::own(cases, author))
            .clone()
    }
}

/// Reads the record of each file's folder, each once.
fn records(paths: &[PathBuf], streams: &mut Streams<'_>) -> Result<Records, Status> {
    let (configs, policies) = Configs::of(paths, None, &Selection::default());
    if configs.are_broken() {
        return Err(configs.say(streams));
    }
    let mut records = Records::default();
    for (path, &config) in paths.iter().zip(&policies) {
        records.of.insert(path.clone(), config);
        if records.cases.contains_key(&config) {
            continue;
        }
        let Some(history) = configs.history(config) else {
            return Err(streams.fail(&format!(
                "`--recalibrated` needs a record: write `[score]` and `history = \".\"` into the \
                 `assess.toml` above `{}`",
                path.display()
            )));
        };
        match score::cases_of(history, streams.terminals.error) {
            Ok(cases) => records.cases.insert(config, cases),
            Err(why) => return Err(streams.fail(&format!("`[score] history`: {why}"))),
        };
    }
    Ok(records)
}

/// A file beyond this is not checked beside its verdict: that may take longer than the verdict did.
const CHECKED: usize = 50_000;

/// What is found in the file, or of several where to ask, for whoever reads at a terminal.
fn hint(evaluated: &[Evaluated], path: Option<&PathBuf>, cache: Option<&Path>) -> String {
    let [one] = evaluated else {
        return match evaluated {
            [] => String::new(),
            _ => "\nWhat is weak in them: `assess check FILE`\n".to_owned(),
        };
    };
    let file = word(&clean(&one.sources.source(one.assessment.file).name));
    let bytes: usize = one.sources.iter().map(|(_, s)| s.text.len()).sum();
    let found = path.filter(|_| bytes <= CHECKED);
    match found.and_then(|path| check::levels(path, cache)) {
        None => format!("\nWhat is weak in it: `assess check {file}`\n"),
        Some(levels) => match (
            levels.len(),
            levels.iter().filter(|l| **l != Severity::Note).count(),
        ) {
            (0, _) => String::new(),
            (1, _) => format!("\n1 finding in it: `assess check {file}`\n"),
            (n, 0 | 1) => format!("\n{n} findings in it: `assess check {file}`\n"),
            (n, w) if w == n => format!("\n{n} warnings in it: `assess check {file}`\n"),
            (n, w) => {
                format!("\n{n} findings in it, {w} of them warnings: `assess check {file}`\n")
            }
        },
    }
}

/// What became of one file.
enum Outcome {
    Evaluated(Box<Evaluated>),
    Refused(Refusal),
}

/// Why a file cannot be evaluated.
pub(super) enum Refusal {
    /// It could not be read: why.
    Unreadable(String),
    /// It has no verdict, being made for `use`: this in a sentence.
    Shared(String),
    /// Something is wrong with the file (1) or with what is asked of it (2).
    Found(Checked, Status),
}

impl Refusal {
    /// Says why; what the command ends with.
    pub(super) fn say(&self, streams: &mut Streams<'_>) -> Status {
        match self {
            Refusal::Unreadable(message) | Refusal::Shared(message) => streams.fail(message),
            Refusal::Found(found, status) => {
                let look = streams.error_look;
                streams.say(&text::render(
                    &found.diagnostics,
                    &found.sources,
                    look.width,
                    look.colour,
                ));
                *status
            }
        }
    }

    /// How many mistakes there are.
    pub(super) fn mistakes(&self) -> usize {
        match self {
            Refusal::Unreadable(_) | Refusal::Shared(_) => 1,
            Refusal::Found(found, _) => found.diagnostics.len(),
        }
    }

    pub(super) fn found(
        sources: SourceMap,
        diagnostics: Vec<Diagnostic>,
        status: Status,
    ) -> Refusal {
        let checked = Checked {
            sources,
            diagnostics,
            ..Checked::default()
        };
        Refusal::Found(checked, status)
    }
}

impl From<Error> for Refusal {
    fn from(error: Error) -> Refusal {
        let status = match error.kind() {
            ErrorKind::Shared => return Refusal::Shared(error.to_string()),
            ErrorKind::Mistaken => Status::Found,
            _ => Status::Failed,
        };
        let message = error.to_string();
        match error.into_checked().pop() {
            Some(checked) => Refusal::Found(checked, status),
            None => Refusal::Unreadable(message),
        }
    }
}

/// Reads a file and what is asked of it.
pub(super) fn prepare(
    loader: &dyn Loader,
    path: &Path,
    asking: &Asking,
) -> Result<Prepared, Refusal> {
    match Project::load(loader, path) {
        Ok(project) => Ok(workspace::prepare::prepare(project, asking)?),
        Err(error) => Err(Refusal::Unreadable(files::unreadable(path, &error))),
    }
}

fn evaluate(loader: &dyn Loader, path: &Path, args: &Args, format: &EvalFormat) -> Outcome {
    let asking = Asking {
        draws: args.draws,
        seed: Some(args.seed),
        method: args.sampling.method,
        samples: args.sampling.samples,
        ..args.flags.asking()
    };
    let evaluated = prepare(loader, path, &asking).and_then(|mut prepared| {
        prepared.asked.verbose = args.verbose;
        prepared.asked.judgements = args.judgements;
        prepared.asked.when = args.when;
        Ok(prepared.evaluate(&asking.options(format.more == Shows::Contributions))?)
    });
    match evaluated {
        Ok(evaluated) => Outcome::Evaluated(Box::new(evaluated)),
        Err(refusal) => Outcome::Refused(refusal),
    }
}
