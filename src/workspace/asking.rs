//! What is asked of a file beyond what it says.
//!
//! In: an [`Asking`], as the command line, an editor or another program fills it. Out: a question over
//! an assessment's ids, and the assessment that it is asked of. A name that is wrong is reported as in
//! a file, at its place in the argument.

use crate::diag::Diagnostics;
use crate::infer::Choice;
use crate::infer::verdict::{Options, Question};
use crate::project::Project;
use crate::render::verdict::{Asked, Seen};
use crate::resolve::assessment::{Assessment, DriverId, Expect, ViewId};
use crate::resolve::hindsight::{self, LeftOut};
use crate::resolve::voices::{as_seen, find_view};
use crate::resolve::{self, Asker, Under};
use crate::syntax::ast::{Dated, Item, Spanned};
use crate::syntax::{parse_prop, parse_set, parse_until};
use crate::text::source::{FileId, Source, SourceMap, Span};
use crate::whatif;
use jiff::civil::Date;
use serde::Deserialize;

/// What is asked, which part of the answer is wanted, and how it is computed. Nothing unless stated.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Asking {
    /// Condition on this: `ceasefire and not latitude`.
    pub given: Option<String>,
    /// A scenario of the file, or one of its views.
    pub under: Option<String>,
    /// A view of the file.
    pub view: Option<String>,
    /// What is made so, `drift` or `not drift`.
    pub set: Vec<String>,
    /// Clauses in place of the file's: `tariffs: 50% by end`, `congress for exit: strong`.
    pub with: Vec<String>,
    /// Events, factors, changes and assumptions that are left out, by name or title.
    pub without: Vec<String>,
    /// The horizons that are shown, by name or title; all unless stated.
    pub horizons: Vec<String>,
    /// The outcomes that are shown, by name or title; all unless stated.
    pub outcomes: Vec<String>,
    /// The day from which time counts, in place of the file's own: `2025-03-01`, or a month, `2025-03`.
    /// Evidence dated later is left out.
    pub as_of: Option<String>,
    /// Half the width in decibans of the range that every number without one is given.
    pub vague: Option<f64>,
    /// How many draws the intervals rest on; 0 for no intervals. By the file's size unless stated.
    pub draws: Option<u32>,
    /// Seed of the random draws; 1 unless stated.
    pub seed: Option<u64>,
    /// Whether states are summed or sampled.
    pub method: Method,
    /// How many histories are sampled; by the question's size unless stated.
    pub samples: Option<u32>,
}

/// Whether states are summed or sampled.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "cli", derive(clap::ValueEnum))]
pub enum Method {
    /// Exact; sampled beyond the limit
    #[default]
    Auto,
    /// Exact, or an error
    Exact,
    /// Exact, by transforming the distribution of the summed pushes; an error where something may put off a final outcome
    Transform,
    /// Sampled, with its standard error
    Sampled,
}

impl From<Method> for Choice {
    fn from(method: Method) -> Choice {
        match method {
            Method::Auto => Choice::Either,
            Method::Exact => Choice::Exact,
            Method::Transform => Choice::Transformed,
            Method::Sampled => Choice::Sampled,
        }
    }
}

/// More draws than this move no printed digit.
pub(crate) const MOST_DRAWS: u32 = 1_000_000;

/// How few histories may be sampled, and how many: more take hours.
pub(crate) const SAMPLES: (u32, u32) = (128, 1 << 26);

/// The widest range that a number is lent, in decibans to either side.
pub(crate) const MOST_VAGUE: f64 = 40.0;

impl Asking {
    /// Whether every number of it can be used.
    ///
    /// # Errors
    ///
    /// Why one cannot, in a sentence.
    pub(crate) fn sound(&self) -> Result<(), String> {
        if self.vague.is_some_and(|db| !(0.0 < db && db <= MOST_VAGUE)) {
            return Err(format!(
                "`vague` is in decibans, above 0 and at most {MOST_VAGUE}"
            ));
        }
        if self.draws.is_some_and(|n| n > MOST_DRAWS) {
            return Err(format!("`draws` may be {MOST_DRAWS} at most"));
        }
        let (least, most) = SAMPLES;
        if self.samples.is_some_and(|n| !(least..=most).contains(&n)) {
            return Err(format!("`samples` may be {least} to {most}"));
        }
        Ok(())
    }

    /// How it is computed.
    pub(crate) fn options(&self, contributions: bool) -> Options {
        let usual = Options::default();
        Options {
            draws: self.draws.filter(|&n| n > 0),
            seed: self.seed.unwrap_or(usual.seed),
            intervals: self.draws != Some(0),
            contributions,
            voices: true,
            choice: self.method.into(),
            samples: self.samples,
            ..usual
        }
    }

    /// The day of `as_of`.
    ///
    /// # Errors
    ///
    /// Where it is none, how to write one.
    pub(crate) fn day(&self) -> Result<Option<Date>, String> {
        self.as_of.as_deref().map(day).transpose()
    }

    /// Lends ranges to plain numbers, where that is asked for.
    pub(crate) fn lend(&self, assessment: &mut Assessment) {
        if let Some(decibans) = self.vague {
            for view in assessment.views.ids().collect::<Vec<_>>() {
                let seen = &mut assessment.views[view].assessment;
                std::sync::Arc::make_mut(seen).lend(decibans);
            }
            assessment.lend(decibans);
        }
    }
}

/// A day; a month stands for its last day.
///
/// # Errors
///
/// How to write one.
pub(crate) fn day(text: &str) -> Result<Date, String> {
    let wrong = || "write a day as 2025-03-01, a month as 2025-03, or `today`".to_owned();
    if let Ok(day) = text.parse::<Date>() {
        return Ok(day);
    }
    let (year, month) = text.split_once('-').ok_or_else(wrong)?;
    let first = year.parse().ok().zip(month.parse().ok());
    let first = first.and_then(|(y, m)| Date::new(y, m, 1).ok());
    first.map(Date::last_of_month).ok_or_else(wrong)
}

/// A file taken otherwise than it stands.
pub(crate) struct Edited {
    /// What it then means.
    pub(crate) assessment: Assessment,
    /// The clauses that it was given, as written.
    pub(crate) with: Vec<String>,
    /// What was left out.
    pub(crate) left_out: Vec<DriverId>,
}

/// Puts clauses in place of the file's, leaves drivers out, and says what comes of it; nothing where
/// neither is asked for. The arguments become sources of the project.
///
/// # Errors
///
/// Everything that is wrong with any of them, as it would be of a file.
pub(crate) fn edited(
    with: &[String],
    without: &[String],
    project: &mut Project,
    assessment: &Assessment,
) -> Result<Option<Edited>, Diagnostics> {
    if with.is_empty() && without.is_empty() {
        return Ok(None);
    }
    let mut add = |name: &str, list: &[String]| -> Vec<FileId> {
        let mut texts = Texts {
            sources: &mut project.sources,
        };
        list.iter().map(|text| texts.add(name, text)).collect()
    };
    let clauses = add("--with", with);
    let names = add("--without", &listed(without, assessment));
    let left_out = whatif::apply(project, assessment, &clauses, &names)?;
    let resolved = resolve::resolve(project);
    match resolved.assessment {
        Some(assessment) => Ok(Some(Edited {
            assessment,
            with: with.iter().map(|text| one_line(text)).collect(),
            left_out,
        })),
        None => Err(resolved.diagnostics),
    }
}

/// The names and titles of lists between commas; a title may have a comma of its own.
pub(crate) fn listed(texts: &[String], assessment: &Assessment) -> Vec<String> {
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

/// The view that is asked for: by `--view`, or by `--under` where it names one.
///
/// # Errors
///
/// What is wrong with the name of `--view`; what is wrong with that of `--under` is said where the rest is
/// asked.
pub(crate) fn viewed(
    asking: &Asking,
    assessment: &Assessment,
    sources: &mut SourceMap,
) -> Result<Option<ViewId>, Diagnostics> {
    let mut texts = Texts { sources };
    if let Some(text) = &asking.view {
        let file = texts.add("--view", text);
        let asker = Asker::new(assessment, sources);
        return asker.view(&name(sources, file)).map(Some);
    }
    let Some(text) = &asking.under else {
        return Ok(None);
    };
    let file = texts.add("--under", text);
    let asker = Asker::new(assessment, sources);
    Ok(match asker.under(&name(sources, file)) {
        Ok(Under::View(id)) => Some(id),
        Ok(Under::Scenario(_)) | Err(_) => None,
    })
}

/// A file taken by one of its views: the project that it makes, what that means, and what it is called.
pub(crate) fn as_viewed(
    project: &mut Project,
    assessment: &Assessment,
    id: ViewId,
) -> Option<(Assessment, Seen)> {
    let view = &assessment.views[id];
    let item = find_view(project, &view.name.node)?.clone();
    let (seen, _) = as_seen(project, &item);
    *project = seen;
    let called = Seen {
        name: view.name.node.clone(),
        title: view.title.clone(),
    };
    Some(((*view.assessment).clone(), called))
}

/// Moves the first file's `as of` and leaves out what was seen later.
pub(crate) fn look_back(project: &mut Project, day: Date) -> LeftOut {
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

/// The question over the assessment's ids. The arguments become sources of their own. `is_viewed` says that
/// `--under` named a view, which is no more to be asked.
///
/// # Errors
///
/// Everything that is wrong with any of them.
pub(crate) fn ask(
    asking: &Asking,
    assessment: &Assessment,
    sources: &mut SourceMap,
    is_viewed: bool,
) -> Result<(Question, Asked), Diagnostics> {
    let mut texts = Texts { sources };
    let given = asking.given.as_ref().map(|t| texts.add("--given", t));
    let under = asking.under.as_ref().filter(|_| !is_viewed);
    let under = under.map(|t| texts.add("--under", t));
    let mut add_all = |name, list: &[String]| -> Vec<FileId> {
        list.iter().map(|text| texts.add(name, text)).collect()
    };
    let sets = add_all("--set", &asking.set);
    let horizons = add_all("--horizon", &listed(&asking.horizons, assessment));
    let outcomes = add_all("--outcome", &listed(&asking.outcomes, assessment));

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
        match keep(asker.under(&name(sources, file)), &mut wrong) {
            Some(Under::Scenario(id)) => question.under = Some(id),
            // The file is taken by that view already.
            Some(Under::View(_)) | None => {}
        }
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
pub(crate) fn expectation(
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
