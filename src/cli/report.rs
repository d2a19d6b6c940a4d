//! `assess report`: a page to read, print and send.
//!
//! In: a file. Out: one page, on standard output or, whole or not at all, in a file. A file with
//! mistakes is reported, and makes no page.

mod drawn;
mod ending;
mod site;
mod taken;
mod watch;

use super::asked::Asking;
use super::check::configs::Configs;
use super::eval::Refusal;
use super::files::{self, Stdin};
use super::{Status, Streams, flip, write};
use crate::cli::names;
use crate::infer::verdict::Options;
use crate::lint::config::ReportConfig;
use crate::lint::{self, Selection};
use crate::project::{FileSystem, Loader, Project};
use crate::render::report::view::{House, Report};
use crate::render::report::{REPORT_FORMATS, Shape};
use crate::resolve::assessment::Assessment;
use crate::text::lang::Lang;
use crate::workspace::paper::{self, Read, Taken};
use crate::workspace::prepare::sound;
use crate::workspace::{Error, house};
use clap::builder::PossibleValuesParser;
use jiff::civil::Date;
use std::io;
use std::path::{Path, PathBuf};

/// Write a report to read, print and send
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  assess report nato.assess -o nato.html
  assess report nato.assess --brief -o nato.html
  assess report nato.assess --watch
  assess report nato.assess --with 'ceasefire: 50% by long' -o what-if.html
  assess report assessments/ -o site/
  assess report nato.assess -o nato.md
  assess report nato.assess --brief -o nato.docx
  assess report nato.assess --chart waterfall --horizon long --outcome exit -o exit.svg
  assess report nato.assess --format json > nato.json

The page is one file that needs nothing else: no network, no fonts, no scripts from elsewhere.")]
pub(super) struct Args {
    /// File or folder to report on; `-` reads standard input
    #[arg(value_name = "FILE")]
    file: PathBuf,

    /// File to write [default: standard output]; for a folder, the folder to write its pages to
    #[arg(short, long, value_name = "OUT")]
    output: Option<PathBuf>,

    /// Output format [default: by the extension of OUT, else `html`]
    #[arg(
        long,
        value_name = "FORMAT",
        value_parser = names::formats(REPORT_FORMATS)
    )]
    format: Option<String>,

    #[command(flatten)]
    drawn: drawn::Drawn,

    /// Write two printed pages instead of the full report
    #[arg(long)]
    brief: bool,

    /// Leave out sections of the page (`source,checks,method`), or an event, factor, change or assumption by name or title
    #[arg(long, value_name = "WHAT")]
    without: Vec<String>,

    /// Replace what the file says: `tariffs: 50% by end`, `congress for exit: strong`; may be
    /// repeated
    #[arg(long, value_name = "CLAUSE")]
    with: Vec<String>,

    /// Give each number that has no range one of this many decibans to either side: `3dB`
    #[arg(long, value_name = "DB", value_parser = super::asked::decibans)]
    vague: Option<f64>,

    /// Evaluate under this scenario of the file
    #[arg(long, value_name = "SCENARIO")]
    under: Option<String>,

    /// Language of the report [default: the file's `lang`, else `[report] lang`, else English]
    #[arg(
        long,
        value_name = "LANG",
        value_parser = PossibleValuesParser::new(Lang::ALL.map(Lang::code))
    )]
    lang: Option<String>,

    /// Serve the page on this machine, and reload it whenever the file changes
    #[arg(long, conflicts_with = "chart")]
    watch: bool,

    /// Number of draws for the intervals; 0 for no intervals [default: depends on the file's size]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(0..=super::eval::MOST_DRAWS))]
    draws: Option<u32>,

    /// Seed of the random draws
    #[arg(long, value_name = "N", default_value_t = Options::default().seed)]
    seed: u64,

    /// Date for findings that depend on the day: 2026-01-31, or `today` [default: `[lint] today`]
    #[arg(long, value_name = "DATE", value_parser = super::asked::day)]
    today: Option<Date>,

    /// Use this `assess.toml` instead of the nearest one
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,

    /// File name for standard input: the place from which its `use` paths are followed
    #[arg(long, value_name = "NAME")]
    stdin_name: Option<PathBuf>,
}

impl Args {
    /// How much of a report is shown.
    fn shape(&self) -> Shape {
        Shape {
            brief: self.brief,
            without: taken::sections(&self.without),
            reloads: false,
        }
    }

    fn selection(&self) -> Selection {
        Selection {
            today: self.today,
            ..Selection::default()
        }
    }
}

pub(super) fn run(args: &Args, streams: &mut Streams<'_>) -> io::Result<Status> {
    if args.watch {
        return watch::run(args, streams);
    }
    if args.file.is_dir() {
        return site::run(args, streams);
    }
    let output = ending::Output {
        file: &args.file,
        out: args.output.as_deref(),
        terminal: streams.terminals.output,
    };
    let wanted = match drawn::wanted(&args.drawn, args.format.as_deref(), output) {
        Ok(wanted) => wanted,
        Err(why) => return Ok(streams.fail(&why)),
    };
    if wanted.is_json() && !args.shape().is_whole() {
        let why = "`--brief` and `--without` choose what a page shows; JSON always holds all of it";
        return Ok(streams.fail(why));
    }
    let files = std::slice::from_ref(&args.file);
    let stdin = match Stdin::among(files, streams, args.stdin_name.as_deref()) {
        Ok(stdin) => stdin,
        Err(message) => return Ok(streams.fail(&message)),
    };
    let (loader, path): (&dyn Loader, &Path) = match &stdin {
        Some(stdin) => (stdin, stdin.path()),
        None => (&FileSystem, &args.file),
    };
    let report = match load(args, loader, path, streams.terminals.error) {
        Ok(report) => report,
        Err(failure) => return Ok(failure.say(streams)),
    };
    let (shape, out) = (args.shape(), args.output.as_deref());
    let written = match drawn::written(&args.drawn, wanted, &shape, out, &report) {
        Ok(written) => written,
        Err(why) => return Ok(streams.fail(&why)),
    };
    match out {
        None => streams.send(&written)?,
        Some(out) => {
            if let Err(error) = write::atomically(out, &written) {
                let name = out.display();
                return Ok(streams.fail(&format!("`{name}` cannot be written: {error}")));
            }
        }
    }
    Ok(Status::Done)
}

/// Why there is no report.
enum Failure {
    Refused(Refusal),
    Configured(Box<Configs>),
}

impl Failure {
    fn say(&self, streams: &mut Streams<'_>) -> Status {
        match self {
            Failure::Refused(refusal) => refusal.say(streams),
            Failure::Configured(configs) => configs.say(streams),
        }
    }
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Failure {
        Failure::Refused(refusal)
    }
}

/// Reads a file and makes its report.
fn load(args: &Args, loader: &dyn Loader, path: &Path, shown: bool) -> Result<Report, Failure> {
    let (mut configs, policies) = Configs::of(
        &[path.to_path_buf()],
        args.config.as_deref(),
        &args.selection(),
    );
    configs.read_records(shown);
    if configs.are_broken() {
        return Err(Failure::Configured(Box::new(configs)));
    }
    let mut project = Project::load(loader, path)
        .map_err(|error| Refusal::Unreadable(files::unreadable(path, &error)))?;
    let assessment = sound(&project)
        .map_err(Refusal::from)?
        .ok_or_else(|| Refusal::from(Error::shared(&project)))?;
    let at = policies[0];
    let house = house::read(loader, configs.house(at)).map_err(Refusal::Unreadable)?;
    let lang = args.lang(&assessment, configs.house(at).0);
    let to = Reader {
        house: &house,
        lang,
        shown,
    };
    let findings = lint::check(&project, configs.policy(at)).diagnostics;
    // The page shows the file as it stands.
    let files = project.files.clone();
    let taken = taken::apply(args, &mut project, assessment)?;
    let read = Read {
        sources: project.sources,
        files: &files,
        findings: &findings,
    };
    Ok(report(read, taken, args, &to)?)
}

impl Args {
    /// The language: as asked, as the file says, as its folder says.
    fn lang(&self, assessment: &Assessment, config: &ReportConfig) -> Lang {
        let asked = self.lang.as_deref().and_then(Lang::find);
        asked
            .or(assessment.lang)
            .or(config.lang)
            .unwrap_or_default()
    }
}

/// Whom a report is made for.
struct Reader<'a> {
    house: &'a House,
    lang: Lang,
    /// Whether progress is shown.
    shown: bool,
}

/// The report of a file for its reader.
fn report(read: Read<'_>, taken: Taken, args: &Args, to: &Reader<'_>) -> Result<Report, Refusal> {
    let asking = Asking {
        under: args.under.clone(),
        vague: args.vague,
        draws: args.draws,
        seed: Some(args.seed),
        ..Asking::default()
    };
    let reader = paper::Reader {
        asking: &asking,
        brief: args.brief,
        house: to.house,
        lang: to.lang,
        flips: &|assessment, question| flip::flips(assessment, question, None, to.shown),
    };
    Ok(paper::report(read, taken, &reader)?)
}
