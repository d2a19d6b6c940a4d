//! What is asked of a verdict on the command line.
//!
//! In: `--given`, `--under`, `--set`, `--with`, `--without`, `--horizon`, `--outcome`, `--as-of`.
//! Out: a question over an assessment's ids, and the assessment that it is asked of. A name that is wrong is reported as in a file, at its place in the argument.

use crate::diag::Diagnostics;
use crate::infer::Choice;
use crate::infer::verdict::Question;
use crate::project::Project;
use crate::render::verdict::Asked;
use crate::resolve::assessment::{Assessment, DriverId, Expect};
use crate::resolve::hindsight::{self, LeftOut};
use crate::resolve::{self, Asker};
use crate::source::{FileId, Source, SourceMap, Span};
use crate::syntax::ast::{Dated, Item, Spanned};
use crate::syntax::{parse_prop, parse_set, parse_until};
use crate::whatif;
use jiff::civil::Date;

/// What the file is taken to say in place of what it says, in every command that evaluates it.
#[derive(Debug, Default, Clone, clap::Args)]
pub(super) struct Edits {
    /// Take this in place of what the file says: `tariffs: 50% by end`, `congress for exit: strong`;
    /// may be repeated
    #[arg(long, value_name = "CLAUSE")]
    with: Vec<String>,

    /// Leave out an event, factor, change or assumption, by name or title; may be repeated
    #[arg(long, value_name = "NAME")]
    without: Vec<String>,
}

/// What is asked beyond the verdict itself, in every command that answers it.
#[derive(Debug, Default, Clone, clap::Args)]
pub(super) struct Beyond {
    /// Only the cases in which this holds: `ceasefire and not latitude`
    #[arg(long, value_name = "PROP")]
    given: Option<String>,

    /// If a scenario of the file were made so
    #[arg(long, value_name = "SCENARIO")]
    under: Option<String>,

    /// If this were made so, `drift` or `not drift`; may be repeated
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    set: Vec<String>,

    #[command(flatten)]
    pub(super) edits: Edits,

    /// Show these horizons only, by name or title; may be repeated
    #[arg(long, value_name = "NAME")]
    horizon: Vec<String>,
}

/// What is asked of a verdict, and which part of it is shown.
#[derive(Debug, Default, clap::Args)]
pub(super) struct Flags {
    #[command(flatten)]
    pub(super) beyond: Beyond,

    /// Show these outcomes only, by name or title; may be repeated
    #[arg(long, value_name = "NAME")]
    outcome: Vec<String>,

    /// The day from which time counts, instead of the file's own: `2025-03-01`; evidence dated
    /// later is left out
    #[arg(long, value_name = "DATE", value_parser = day)]
    as_of: Option<Date>,

    /// Give every number without a range one of so many decibans to either side, `3dB`
    #[arg(long, value_name = "DB", value_parser = decibans)]
    vague: Option<f64>,
}

/// How the verdict is computed.
#[derive(Debug, clap::Args)]
pub(super) struct Sampling {
    /// Sum over all states, or sample them [default: exact, and sampled beyond the limit]
    #[arg(long, value_name = "METHOD", value_enum, default_value_t = Method::Auto, hide_default_value = true)]
    pub(super) method: Method,

    /// How many histories are sampled [default: by the question's size]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(128..=MOST_SAMPLES))]
    pub(super) samples: Option<u32>,
}

/// Whether states are summed or sampled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Method {
    /// Exact; sampled beyond the limit
    Auto,
    /// Exact, or an error
    Exact,
    /// Sampled, with its standard error
    Sampled,
}

impl From<Method> for Choice {
    fn from(method: Method) -> Choice {
        match method {
            Method::Auto => Choice::Either,
            Method::Exact => Choice::Exact,
            Method::Sampled => Choice::Sampled,
        }
    }
}

/// More histories than this take hours.
const MOST_SAMPLES: i64 = 1 << 26;

/// The day on which the command runs, in UTC. Only whoever writes `today` asks for it.
pub(super) fn today() -> Date {
    jiff::tz::Offset::UTC
        .to_datetime(jiff::Timestamp::now())
        .date()
}

/// A day, or `today`.
pub(super) fn exact_day(text: &str) -> Result<Date, String> {
    if text == "today" {
        return Ok(today());
    }
    let date = text.parse::<Date>().ok();
    let date = date.filter(|date| date.to_string() == text);
    date.ok_or_else(|| "write a date as 2026-01-31, or `today`".to_owned())
}

/// A day, or `today`; a month stands for its last day.
pub(super) fn day(text: &str) -> Result<Date, String> {
    let wrong = "write a day as 2025-03-01, a month as 2025-03, or `today`".to_owned();
    if text == "today" {
        return Ok(today());
    }
    if let Ok(day) = text.parse::<Date>() {
        return Ok(day);
    }
    let (year, month) = text.split_once('-').ok_or(wrong.clone())?;
    let first = year.parse().ok().zip(month.parse().ok());
    let first = first.and_then(|(y, m)| Date::new(y, m, 1).ok());
    first.map(Date::last_of_month).ok_or(wrong)
}

impl Edits {
    /// Clauses in place of the file's, and what is left out.
    pub(super) fn new(with: &[String], without: Vec<String>) -> Edits {
        Edits {
            with: with.to_vec(),
            without,
        }
    }

    /// Puts the clauses in place of the file's, and says what comes of it; nothing where none is
    /// given. The arguments become sources of the project.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with any of them, as it would be of a file.
    pub(super) fn apply(
        &self,
        project: &mut Project,
        assessment: &Assessment,
    ) -> Result<Option<Edited>, Diagnostics> {
        if self.with.is_empty() && self.without.is_empty() {
            return Ok(None);
        }
        let mut add = |name: &str, list: &[String]| -> Vec<FileId> {
            let sources = &mut project.sources;
            let add = |text: &String| sources.add(Source::new(name, text.trim()));
            list.iter().map(add).collect()
        };
        let with = add("--with", &self.with);
        let without = add("--without", &listed(&self.without, assessment));
        let left_out = whatif::apply(project, assessment, &with, &without)?;
        let resolved = resolve::resolve(project);
        match resolved.assessment {
            Some(assessment) => Ok(Some(Edited {
                assessment,
                with: self.with.iter().map(|text| one_line(text)).collect(),
                left_out,
            })),
            None => Err(resolved.diagnostics),
        }
    }
}

/// A file taken otherwise than it stands.
pub(super) struct Edited {
    /// What it then means.
    pub(super) assessment: Assessment,
    /// The clauses that it was given, as written.
    pub(super) with: Vec<String>,
    /// What was left out.
    pub(super) left_out: Vec<DriverId>,
}

/// The names and titles of lists between commas; a title may have a comma of its own.
pub(super) fn listed(texts: &[String], assessment: &Assessment) -> Vec<String> {
    let none = SourceMap::new();
    let asker = Asker::new(assessment, &none);
    let each = texts
        .iter()
        .flat_map(|text| match asker.knows(text.trim()) {
            true => vec![text.clone()],
            false => text.split(',').map(str::to_owned).collect(),
        });
    each.collect()
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Half the width of a range, `3dB` or `3 dB`.
pub(super) fn decibans(text: &str) -> Result<f64, String> {
    const MOST: f64 = 40.0;
    let number = text
        .trim()
        .trim_end_matches(['d', 'D', 'b', 'B'])
        .trim_end();
    match number.parse::<f64>() {
        Ok(db) if 0.0 < db && db <= MOST => Ok(db),
        _ => Err(format!(
            "write decibans above 0, and at most {MOST}: `3dB`, which doubles the odds or halves them"
        )),
    }
}

impl Flags {
    /// Lends ranges to plain numbers, where that is asked for.
    pub(super) fn lend(&self, assessment: &mut Assessment) {
        if let Some(decibans) = self.vague {
            assessment.lend(decibans);
        }
    }

    /// A scenario alone.
    pub(super) fn under(scenario: Option<&String>) -> Self {
        Flags::of(&Beyond {
            under: scenario.cloned(),
            ..Beyond::default()
        })
    }

    /// What a command asks that shows every outcome.
    pub(super) fn of(beyond: &Beyond) -> Self {
        Flags {
            beyond: beyond.clone(),
            ..Flags::default()
        }
    }

    /// Looks back: moves the first file's `as of` and leaves out what was seen later.
    pub(super) fn look_back(&self, project: &mut Project) -> LeftOut {
        self.as_of
            .map_or_else(LeftOut::default, |day| look_back(project, day))
    }
}

/// Moves the first file's `as of` and leaves out what was seen later.
pub(super) fn look_back(project: &mut Project, day: Date) -> LeftOut {
    let items = project.files.first_mut().map(|f| &mut f.ast.items);
    for item in items.into_iter().flatten() {
        if let Item::Assessment(assessment) = item {
            let span = assessment
                .as_of
                .as_ref()
                .map_or(assessment.keyword, |d| d.span);
            assessment.as_of = Some(Spanned {
                node: Dated::day(day),
                span,
            });
        }
    }
    hindsight::leave_out_later(project, day)
}

/// The question over the assessment's ids. The arguments become sources of their own.
///
/// # Errors
///
/// Everything that is wrong with any of them.
pub(super) fn ask(
    flags: &Flags,
    assessment: &Assessment,
    sources: &mut SourceMap,
) -> Result<(Question, Asked), Diagnostics> {
    let mut texts = Texts { sources };
    let beyond = &flags.beyond;
    let given = beyond.given.as_ref().map(|t| texts.add("--given", t));
    let under = beyond.under.as_ref().map(|t| texts.add("--under", t));
    let mut add_all = |name, list: &[String]| -> Vec<FileId> {
        list.iter().map(|text| texts.add(name, text)).collect()
    };
    let sets = add_all("--set", &beyond.set);
    let horizons = add_all("--horizon", &listed(&beyond.horizon, assessment));
    let outcomes = add_all("--outcome", &listed(&flags.outcome, assessment));

    let sources = &*sources;
    let asker = Asker::new(assessment, sources);
    let mut wrong = Diagnostics::new();
    let mut asked = Asked::default();
    let mut question = Question::default();
    if let Some(file) = given {
        let text = &sources.source(file).text;
        let prop = checked(parse_prop(file, text)).and_then(|p| asker.prop(&p));
        question.given = keep(prop, &mut wrong);
        asked.given = Some(one_line(text));
    }
    if let Some(file) = under {
        question.under = keep(asker.scenario(&name(sources, file)), &mut wrong);
    }
    let parsed: Vec<_> = sets
        .into_iter()
        .filter_map(|file| {
            keep(
                checked(parse_set(file, &sources.source(file).text)),
                &mut wrong,
            )
        })
        .collect();
    if let Some((sets, fixes)) = keep(asker.settings(&parsed), &mut wrong) {
        question.sets = sets.iter().map(|s| (s.driver, s.to)).collect();
        question.fixes = fixes.iter().map(|f| f.outcome).collect();
    }
    for file in horizons {
        asked
            .horizons
            .extend(keep(asker.horizon(&name(sources, file)), &mut wrong));
    }
    for file in outcomes {
        asked
            .outcomes
            .extend(keep(asker.outcome(&name(sources, file)), &mut wrong));
    }
    asked.under = question.under;
    asked.sets.clone_from(&question.sets);
    asked.fixes.clone_from(&question.fixes);
    if wrong.is_empty() {
        Ok((question, asked))
    } else {
        Err(wrong)
    }
}

/// Arguments as sources.
struct Texts<'a> {
    sources: &'a mut SourceMap,
}

impl Texts<'_> {
    fn add(&mut self, name: &str, text: &str) -> FileId {
        self.sources.add(Source::new(name, text.trim()))
    }
}

/// A whole argument as a name.
fn name(sources: &SourceMap, file: FileId) -> Spanned<String> {
    let node = sources.source(file).text.clone();
    Spanned {
        span: Span::new(file, 0, node.len()),
        node,
    }
}

/// An expectation over the assessment's ids.
///
/// # Errors
///
/// Everything that is wrong with it.
pub(super) fn expectation(
    text: &str,
    assessment: &Assessment,
    sources: &mut SourceMap,
) -> Result<Expect, Diagnostics> {
    let file = Texts { sources }.add("--until", text);
    let sources = &*sources;
    let parsed = checked(parse_until(file, &sources.source(file).text))?;
    Asker::new(assessment, sources).expect(&parsed)
}

fn checked<T>((value, diagnostics): (Option<T>, Diagnostics)) -> Result<T, Diagnostics> {
    match value {
        Some(value) if diagnostics.is_empty() => Ok(value),
        _ => Err(diagnostics),
    }
}

fn keep<T>(found: Result<T, Diagnostics>, wrong: &mut Diagnostics) -> Option<T> {
    found.map_err(|diagnostics| wrong.extend(diagnostics)).ok()
}
