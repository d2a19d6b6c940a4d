//! `assess report`: a page to read, print and send.
//!
//! In: a file. Out: one page, on standard output or, whole or not at all, in a file. A file with
//! mistakes is reported, and makes no page.

mod drawn;
mod site;

use super::check::configs::Configs;
use super::eval::Refusal;
use super::files::{self, Stdin};
use super::{Status, Streams, flip, write};
use crate::infer::explain::{Explanation, explain};
use crate::infer::verdict::{Options, Question, Verdict};
use crate::infer::{self, Choice};
use crate::lint::{self, Policy, Selection};
use crate::project::{FileSystem, Loader, Project};
use crate::render::explain::Explained;
use crate::render::flip::Flipped;
use crate::render::report::REPORT_FORMATS;
use crate::render::verdict::{Asked, Evaluated};
use crate::report::{Input, Report, gather};
use crate::resolve;
use crate::resolve::assessment::Assessment;
use crate::source::SourceMap;
use clap::builder::PossibleValuesParser;
use jiff::civil::Date;
use std::io;
use std::path::{Path, PathBuf};

/// A page to read, print and send
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  assess report nato.assess -o nato.html
  assess report assessments/ -o site/
  assess report nato.assess --format markdown -o nato.md
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

    /// How to write it
    #[arg(
        long,
        value_name = "FORMAT",
        default_value = REPORT_FORMATS[0].name,
        value_parser = PossibleValuesParser::new(REPORT_FORMATS.iter().map(|f| f.name))
    )]
    format: String,

    #[command(flatten)]
    drawn: drawn::Drawn,

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

pub(super) fn run(args: &Args, streams: &mut Streams<'_>) -> io::Result<Status> {
    if args.file.is_dir() {
        return site::run(args, streams);
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
    let selection = Selection {
        today: args.today,
        ..Selection::default()
    };
    let (configs, policies) =
        Configs::of(&[path.to_path_buf()], args.config.as_deref(), &selection);
    if configs.are_broken() {
        return Ok(configs.say(streams));
    }
    let policy = configs.policy(policies[0]);
    let project = match Project::load(loader, path) {
        Ok(project) => project,
        Err(error) => return Ok(streams.fail(&files::unreadable(path, &error))),
    };
    let made = sound(&project).and_then(|assessment| {
        let assessment = assessment.ok_or_else(|| {
            Refusal::Unreadable(format!(
                "`{}` is made for `use`: it has no outcomes, and so no verdict",
                path.display()
            ))
        })?;
        report(&project, assessment, args, policy, streams.terminals.error)
    });
    let report = match made {
        Ok(report) => report,
        Err(refusal) => return Ok(refusal.say(streams)),
    };
    let text = match drawn::text(&args.drawn, &args.format, args.output.as_deref(), &report) {
        Ok(text) => text,
        Err(why) => return Ok(streams.fail(&why)),
    };
    match &args.output {
        None => streams.print(&text)?,
        Some(out) => {
            if let Err(error) = write::atomically(out, text.as_bytes()) {
                let name = out.display();
                return Ok(streams.fail(&format!("`{name}` cannot be written: {error}")));
            }
        }
    }
    Ok(Status::Done)
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

fn report(
    project: &Project,
    assessment: Assessment,
    args: &Args,
    policy: &Policy,
    shown: bool,
) -> Result<Report, Refusal> {
    let findings = lint::check(project, policy).diagnostics;
    let sources = project.sources.clone();
    let (verdict, explanation) = match verdict(&assessment, args) {
        Ok(found) => found,
        Err(limit) => return Err(Refusal::found(sources, vec![*limit], Status::Found)),
    };
    let flipped = match &explanation {
        None => None,
        Some(_) => flipped(&assessment, &sources, shown),
    };
    let explained = Explained {
        evaluated: Evaluated {
            sources,
            assessment,
            verdict,
            asked: Asked::default(),
        },
        explanation: explanation.unwrap_or_default(),
    };
    Ok(gather(&Input {
        explained: &explained,
        flipped: flipped.as_ref(),
        findings: &findings,
        files: &project.files,
    }))
}

/// The verdict with why it is so; sampled, and then without, where it is beyond the exact limit.
fn verdict(
    assessment: &Assessment,
    args: &Args,
) -> Result<(Verdict, Option<Explanation>), Box<crate::diag::Diagnostic>> {
    let mut options = Options {
        draws: args.draws.filter(|&n| n > 0),
        seed: args.seed,
        intervals: args.draws != Some(0),
        contributions: true,
        choice: Choice::Exact,
        ..Options::default()
    };
    let question = Question::default();
    if let Ok((verdict, explanation)) = explain(assessment, &question, &options, false) {
        return Ok((verdict, Some(explanation)));
    }
    options.choice = Choice::Either;
    options.contributions = false;
    let verdict = infer::evaluate(assessment, &question, &options)?;
    let sampled = verdict.method.sampled.as_ref();
    if sampled.is_some_and(|s| !s.horizons.is_empty()) {
        return Ok((verdict, None));
    }
    // What was sampled stands beside the verdict, which can be explained.
    options.contributions = true;
    let (verdict, explanation) = explain(assessment, &question, &options, false)?;
    Ok((verdict, Some(explanation)))
}

/// What would change the leader; none where finding out would take hours.
fn flipped(assessment: &Assessment, sources: &SourceMap, shown: bool) -> Option<Flipped> {
    let flips = flip::flips(assessment, &Question::default(), None, shown).ok()?;
    Some(Flipped {
        sources: sources.clone(),
        assessment: assessment.clone(),
        flips,
        asked: Asked::default(),
        until: None,
    })
}
