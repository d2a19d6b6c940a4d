//! `assess report`: a page to read, print and send.
//!
//! In: a file. Out: one page, on standard output or, whole or not at all, in a file. A file with
//! mistakes is reported, and makes no page.

mod drawn;
mod ending;
mod house;
mod site;
mod taken;
mod watch;

use super::asked::{Flags, ask};
use super::check::configs::Configs;
use super::eval::{Refusal, set_beside};
use super::files::{self, Stdin};
use super::{Status, Streams, flip, write};
use crate::diag::Diagnostic;
use crate::infer::explain::{Explanation, explain};
use crate::infer::verdict::{Options, Question, Verdict};
use crate::infer::{self, Choice};
use crate::lint::config::ReportConfig;
use crate::lint::{self, Policy, Selection};
use crate::phrases::Lang;
use crate::project::{FileSystem, Loader, Project};
use crate::render::explain::Explained;
use crate::render::flip::Flipped;
use crate::render::report::{REPORT_FORMATS, Shape};
use crate::render::verdict::{Asked, Evaluated};
use crate::report::{House, Input, Report, gather};
use crate::resolve;
use crate::resolve::assessment::Assessment;
use crate::source::SourceMap;
use crate::syntax::Parsed;
use clap::builder::PossibleValuesParser;
use jiff::civil::Date;
use std::io;
use std::path::{Path, PathBuf};
use taken::Taken;

/// A page to read, print and send
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
    /// A file, or a folder of files; `-` is standard input
    #[arg(value_name = "FILE")]
    file: PathBuf,

    /// Where to write it [default: standard output]; for a folder, the folder of its pages
    #[arg(short, long, value_name = "OUT")]
    output: Option<PathBuf>,

    /// How to write it [default: by the ending of OUT, else `html`]
    #[arg(
        long,
        value_name = "FORMAT",
        value_parser = PossibleValuesParser::new(REPORT_FORMATS.iter().map(|f| f.name))
    )]
    format: Option<String>,

    #[command(flatten)]
    drawn: drawn::Drawn,

    /// Two printed pages in place of the whole report
    #[arg(long)]
    brief: bool,

    /// Leave out sections of the page, `source,checks,method`, or what the verdict rests on: an
    /// event, factor, change or assumption, by name or title
    #[arg(long, value_name = "WHAT")]
    without: Vec<String>,

    /// What if the file said this instead: `tariffs: 50% by end`, `congress for exit: strong`; may be
    /// repeated
    #[arg(long, value_name = "CLAUSE")]
    with: Vec<String>,

    /// Give every number without a range one of so many decibans to either side, `3dB`
    #[arg(long, value_name = "DB", value_parser = super::asked::decibans)]
    vague: Option<f64>,

    /// Evaluate under this scenario of the file
    #[arg(long, value_name = "SCENARIO")]
    under: Option<String>,

    /// The language [default: the file's `lang`, else `[report] lang`, else English]
    #[arg(
        long,
        value_name = "LANG",
        value_parser = PossibleValuesParser::new(Lang::ALL.map(Lang::code))
    )]
    lang: Option<String>,

    /// Serve the page to this machine's browsers, and show each change of the file at once
    #[arg(long, conflicts_with = "chart")]
    watch: bool,

    /// How many draws the intervals rest on; 0 for no intervals [default: by the file's size]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(0..=super::eval::MOST_DRAWS))]
    draws: Option<u32>,

    /// The seed of the draws
    #[arg(long, value_name = "N", default_value_t = Options::default().seed)]
    seed: u64,

    /// The day against which findings look, as 2026-01-31 or `today` [default: `[lint] today`]
    #[arg(long, value_name = "DATE", value_parser = super::asked::day)]
    today: Option<Date>,

    /// An `assess.toml` in place of the nearest one
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,

    /// The name that standard input goes by, and beside which its `use` looks for files
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
    Configured(Configs),
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
    let (configs, policies) = Configs::of(
        &[path.to_path_buf()],
        args.config.as_deref(),
        &args.selection(),
    );
    if configs.are_broken() {
        return Err(Failure::Configured(configs));
    }
    let mut project = Project::load(loader, path)
        .map_err(|error| Refusal::Unreadable(files::unreadable(path, &error)))?;
    let assessment = sound(&project)?.ok_or_else(|| {
        Refusal::Unreadable(format!(
            "`{}` is made for `use`: it has no outcomes, and so no verdict",
            path.display()
        ))
    })?;
    let at = policies[0];
    let house = house::read(configs.house(at)).map_err(Refusal::Unreadable)?;
    let lang = args.lang(&assessment, configs.house(at).0);
    let to = Reader {
        policy: configs.policy(at),
        house: &house,
        lang,
        shown,
    };
    let findings = lint::check(&project, to.policy).diagnostics;
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

/// What was read.
struct Read<'a> {
    /// The files, and arguments that stand in place of what they say.
    sources: SourceMap,
    /// The files as they stand.
    files: &'a [Parsed],
    /// What `check` finds in them.
    findings: &'a [Diagnostic],
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
    policy: &'a Policy,
    house: &'a House,
    lang: Lang,
    /// Whether progress is shown.
    shown: bool,
}

/// The assessment of files without mistakes; none where the first is made for `use`.
fn sound(project: &Project) -> Result<Option<Assessment>, Refusal> {
    let resolved = resolve::with_problems(project);
    let mistakes = resolved.diagnostics;
    if mistakes.has_errors() {
        let sources = project.sources.clone();
        return Err(Refusal::found(sources, mistakes.sorted(), Status::Found));
    }
    Ok(resolved.assessment)
}

fn report(read: Read<'_>, taken: Taken, args: &Args, to: &Reader<'_>) -> Result<Report, Refusal> {
    let Taken {
        assessment,
        as_it_stands,
        with,
        without,
    } = taken;
    let mut sources = read.sources;
    let flags = Flags::under(args.under.as_ref());
    let (question, asked) = match ask(&flags, &assessment, &mut sources) {
        Ok((question, asked)) => (
            question,
            Asked {
                with,
                without,
                ..asked
            },
        ),
        Err(wrong) => return Err(Refusal::found(sources, wrong.sorted(), Status::Failed)),
    };
    let beside = as_it_stands.as_ref();
    let (verdict, explanation) = match verdict(&assessment, beside, &question, args) {
        Ok(found) => found,
        Err(limit) => return Err(Refusal::found(sources, vec![*limit], Status::Found)),
    };
    let flipped = match &explanation {
        // A brief has no tipping points.
        Some(_) if !args.brief => flipped(&assessment, &question, &asked, &sources, to.shown),
        _ => None,
    };
    let explained = Explained {
        evaluated: Evaluated {
            sources,
            assessment,
            verdict,
            asked,
        },
        explanation: explanation.unwrap_or_default(),
    };
    Ok(gather(&Input {
        explained: &explained,
        flipped: flipped.as_ref(),
        findings: read.findings,
        files: read.files,
        vague: args.vague,
        lang: to.lang,
        house: to.house,
    }))
}

/// The verdict with why it is so; sampled, and then without, where it is beyond the exact limit.
fn verdict(
    assessment: &Assessment,
    as_it_stands: Option<&Assessment>,
    question: &Question,
    args: &Args,
) -> Result<(Verdict, Option<Explanation>), Box<Diagnostic>> {
    let mut options = Options {
        draws: args.draws.filter(|&n| n > 0),
        seed: args.seed,
        intervals: args.draws != Some(0),
        contributions: true,
        choice: Choice::Exact,
        ..Options::default()
    };
    if let Ok((mut verdict, explanation)) = explain(assessment, question, &options, None) {
        set_beside(&mut verdict, as_it_stands, &options)?;
        return Ok((verdict, Some(explanation)));
    }
    options.choice = Choice::Either;
    options.contributions = false;
    let mut verdict = infer::evaluate(assessment, question, &options)?;
    set_beside(&mut verdict, as_it_stands, &options)?;
    let sampled = verdict.method.sampled.as_ref();
    if sampled.is_some_and(|s| !s.horizons.is_empty()) {
        return Ok((verdict, None));
    }
    // What was sampled stands beside the verdict, which can be explained.
    options.contributions = true;
    let (mut verdict, explanation) = explain(assessment, question, &options, None)?;
    set_beside(&mut verdict, as_it_stands, &options)?;
    Ok((verdict, Some(explanation)))
}

/// What would change the leader; none where finding out would take hours.
fn flipped(
    assessment: &Assessment,
    question: &Question,
    asked: &Asked,
    sources: &SourceMap,
    shown: bool,
) -> Option<Flipped> {
    let flips = flip::flips(assessment, question, None, shown).ok()?;
    Some(Flipped {
        sources: sources.clone(),
        assessment: assessment.clone(),
        flips,
        asked: asked.clone(),
        until: None,
    })
}
