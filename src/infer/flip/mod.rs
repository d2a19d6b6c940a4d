//! What it would take for another outcome to lead, or for an expectation to be answered otherwise.
//!
//! In: an assessment and a question. Out: a [`Flips`]: for every number the nearest value at which
//! the answer changes, the fewest events and items of evidence that change it, and for each change
//! clause how strong it would have to be. Every value that is reported was evaluated on both sides.

mod asker;
mod coarse;
mod corners;
mod evaluating;
mod evaluation;
mod few;
mod first;
mod narrow;
pub mod parameter;
mod parameters;
mod ranges;
pub mod search;
pub mod sets;
#[cfg(test)]
mod tests;
mod wide;
mod wide_steps;

use super::evaluate::may_be_sampled;
use super::joint;
use super::verdict::{Answer, ChangeVerdict, Options, Question, Standing};
use crate::diag::Diagnostic;
use crate::diag::rules;
use crate::limits;
use crate::model::{Model, Numbers};
use crate::resolve::assessment::{Assessment, DriverId, Expect, HorizonId, OutcomeId, QuestionId};
use crate::resolve::table::Id;
use asker::Asker;
use evaluating::{Asked, Evaluating};
use evaluation::{DEAR, Evaluation};
use parameter::{Kind, Parameter};
use search::TippingPoint;
use sets::{Item, Smallest};
use std::sync::OnceLock;

/// A number and where it changes the answer.
#[derive(Debug, Clone)]
pub struct Number {
    /// The number.
    pub parameter: Parameter,
    /// By horizon, as far as any turn within reach changes the answer.
    pub tips: Vec<TippingPoint>,
}

/// A change clause: what it does, and what it would need to do.
#[derive(Debug, Clone)]
pub struct Change {
    /// Its chance, and the verdict given it and without it.
    pub(crate) now: ChangeVerdict,
    /// Its own weights and counts: where, among the cases in which it holds, another outcome would
    /// lead than does in the verdict.
    pub(crate) needs: Vec<Number>,
}

/// Everything that it would take.
#[derive(Debug, Clone)]
pub struct Flips {
    /// The question whose leader was asked about; none for an expectation, and in a file without
    /// outcomes.
    pub question: Option<QuestionId>,
    /// The same of the file's further questions, in its order; empty for an expectation.
    pub others: Vec<Flips>,
    /// By horizon; none where what is given cannot hold. Outcomes of other questions have no number.
    pub standings: Vec<Option<Standing>>,
    /// Where an expectation was asked about: its answer today.
    pub(crate) answer: Option<Answer>,
    /// Every number, by kind and name.
    pub numbers: Vec<Number>,
    /// The fewest events made so.
    pub events: Smallest<(DriverId, bool)>,
    /// The fewest items of evidence taken away.
    pub evidence: Smallest<Item>,
    /// Every change clause, in the file's order; of several questions those that move this one. None
    /// where an expectation was asked about.
    pub(crate) changes: Vec<Change>,
    /// How it was looked for.
    pub(crate) effort: Effort,
}

/// How thoroughly numbers were turned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Effort {
    /// Whether each number was turned in a few long steps: what changes and comes back between two is not seen.
    pub(crate) is_coarse: bool,
    /// How many numbers, those with the least push, were left out.
    pub(crate) left_out: usize,
    /// The histories of each question, the same ones in all; none where each was summed exactly.
    pub(crate) histories: Option<u64>,
}

/// One part of the work; parts can be done at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Task {
    /// The place of the question.
    search: usize,
    what: What,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum What {
    /// A number, by its place.
    Number(usize),
    /// The smallest sets of events.
    Events,
    /// The smallest sets of evidence.
    Evidence,
    /// A change clause, by its place.
    Change(usize),
}

/// What a task found.
#[derive(Debug, Clone)]
pub struct Part {
    search: usize,
    found: Found,
}

#[derive(Debug, Clone)]
enum Found {
    /// The tipping points of a number.
    Number(Vec<TippingPoint>),
    /// The smallest sets of events.
    Events(Smallest<(DriverId, bool)>),
    /// The smallest sets of evidence.
    Evidence(Smallest<Item>),
    /// What a change clause would need.
    Change(Vec<Number>),
}

/// A search made ready.
#[derive(Clone)]
pub struct Finder<'a> {
    whole: Whole<'a>,
    asked: (&'a Assessment, Question, Option<&'a Expect>),
    /// The same by few histories, once some numbers made more matter than can be summed over.
    by_histories: OnceLock<Asked<Box<Search<Evaluation<'a>>>>>,
}

#[derive(Clone)]
enum Whole<'a> {
    /// By the engine for one question.
    First(Box<Search<Evaluation<'a>>>),
    /// By the general engine, question by question.
    Wide(Vec<Search<Asker<'a>>>),
}

/// The search about one question's leader, or about an expectation.
#[derive(Clone)]
struct Search<P> {
    evaluation: P,
    question: Option<QuestionId>,
    standings: Vec<Option<Standing>>,
    answer: Option<Answer>,
    parameters: Vec<Parameter>,
    changes: Vec<ChangeVerdict>,
    effort: Effort,
}

impl<'a> Finder<'a> {
    /// A search for what makes another outcome lead or, where there is an `expect`, for what
    /// answers it otherwise; that carries its own conditions, and the question is not looked at.
    ///
    /// # Errors
    ///
    /// As [`evaluate`](super::evaluate()).
    pub fn new(
        assessment: &'a Assessment,
        question: &Question,
        expect: Option<&'a Expect>,
    ) -> Asked<Self> {
        let whole = match joint::is_needed(assessment, question) {
            true => match wide::searches(assessment, question, expect) {
                Err(limit) if may_be_sampled(assessment, question, &Options::default(), &limit) => {
                    Whole::First(Box::new(first::search(assessment, question, expect)?))
                }
                found => Whole::Wide(found?),
            },
            false => Whole::First(Box::new(first::search(assessment, question, expect)?)),
        };
        Ok(Finder {
            whole,
            asked: (assessment, question.clone(), expect),
            by_histories: OnceLock::new(),
        })
    }

    /// All that is to be done.
    pub fn tasks(&self) -> Vec<Task> {
        let all: Vec<Vec<What>> = match &self.whole {
            Whole::First(search) => vec![search.tasks()],
            Whole::Wide(searches) => searches.iter().map(Search::tasks).collect(),
        };
        let each = all.into_iter().enumerate();
        let each = each.flat_map(|(search, tasks)| {
            let tasks = tasks.into_iter();
            tasks.map(move |what| Task { search, what })
        });
        each.collect()
    }

    /// Does one part.
    ///
    /// # Errors
    ///
    /// A `limit` finding where too many propositions matter together.
    pub fn work(&self, task: Task) -> Asked<Part> {
        let found = match &self.whole {
            Whole::First(search) => match search.work(task.what) {
                Err(limit) if limit.rule.name == rules::LIMIT.name => {
                    self.again(search, task.what, limit)
                }
                found => found,
            },
            Whole::Wide(searches) => searches[task.search].work(task.what),
        };
        Ok(Part {
            search: task.search,
            found: found?,
        })
    }

    /// Does a part by few histories that could not be summed.
    fn again(
        &self,
        search: &Search<Evaluation<'a>>,
        what: What,
        limit: Box<Diagnostic>,
    ) -> Asked<Found> {
        let (assessment, question, expect) = &self.asked;
        let again = self.by_histories.get_or_init(|| {
            let search = first::by_states(assessment, question, *expect, false);
            search.map(Box::new)
        });
        match again {
            // The numbers must be the same ones in the same order.
            Ok(again) if search.effort.histories.is_none() && again.effort.left_out == 0 => {
                again.work(what)
            }
            _ => Err(limit),
        }
    }

    /// Puts the parts together, in the order of the tasks.
    pub fn finish(self, parts: impl IntoIterator<Item = Part>) -> Flips {
        let count = match &self.whole {
            Whole::First(_) => 1,
            Whole::Wide(searches) => searches.len(),
        };
        let mut by_search: Vec<Vec<Found>> = (0..count).map(|_| Vec::new()).collect();
        for part in parts {
            by_search[part.search].push(part.found);
        }
        let mut by_search = by_search.into_iter();
        let mut next = || by_search.next().unwrap_or_default();
        let mut all: Vec<Flips> = match self.whole {
            Whole::First(search) => vec![search.finish(next())],
            Whole::Wide(searches) => searches.into_iter().map(|s| s.finish(next())).collect(),
        };
        if all.is_empty() {
            return Flips::nothing();
        }
        let others = all.split_off(1);
        let mut flips = all.swap_remove(0);
        flips.others = others;
        flips
    }
}

impl Flips {
    /// Where nothing can lead.
    fn nothing() -> Flips {
        Flips {
            question: None,
            others: Vec::new(),
            standings: Vec::new(),
            answer: None,
            numbers: Vec::new(),
            events: none(&[]),
            evidence: none(&[]),
            changes: Vec::new(),
            effort: Effort::default(),
        }
    }
}

impl<P: Evaluating> Search<P> {
    fn tasks(&self) -> Vec<What> {
        let mut tasks = Vec::new();
        if self.answer.is_some_and(|a| a.value.is_none()) {
            return tasks;
        }
        // The longest first.
        tasks.extend([What::Events, What::Evidence]);
        tasks.extend((0..self.changes.len()).map(What::Change));
        tasks.extend((0..self.parameters.len()).map(What::Number));
        tasks
    }

    fn work(&self, task: What) -> Asked<Found> {
        Ok(match task {
            What::Number(i) => {
                let mut evaluation = self.evaluation.clone();
                evaluation.approach(self.answer.and_then(|a| a.value));
                Found::Number(self.nearest(&mut evaluation, &self.parameters[i])?)
            }
            What::Events => Found::Events(sets::events(&self.evaluation)?),
            What::Evidence => Found::Evidence(sets::evidence(&self.evaluation)?),
            What::Change(i) => Found::Change(self.needs(&self.changes[i])?),
        })
    }

    fn nearest(&self, evaluation: &mut P, parameter: &Parameter) -> Asked<Vec<TippingPoint>> {
        search::nearest(evaluation, parameter, self.effort.is_coarse)
    }

    /// What a change clause would need.
    fn needs(&self, change: &ChangeVerdict) -> Asked<Vec<Number>> {
        if self.effort.histories.is_some() {
            // Among few of few histories nothing could be told.
            return Ok(Vec::new());
        }
        let mut evaluation = self
            .evaluation
            .among(change.change, leaders(&self.standings))?;
        let own = self.parameters.iter().filter(|d| {
            d.driver == Some(change.change)
                && matches!(d.kind, Kind::Weight | Kind::Likelihood | Kind::Count)
        });
        own.map(|parameter| {
            Ok(Number {
                tips: self.nearest(&mut evaluation, parameter)?,
                parameter: parameter.clone(),
            })
        })
        .collect()
    }

    fn finish(self, parts: Vec<Found>) -> Flips {
        let nothing: Vec<HorizonId> = self.evaluation.horizons().to_vec();
        let mut numbers: Vec<Number> = self
            .parameters
            .into_iter()
            .map(|parameter| Number {
                parameter,
                tips: Vec::new(),
            })
            .collect();
        let mut changes = Vec::new();
        let (mut events, mut evidence) = (none(&nothing), none(&nothing));
        let mut place = 0;
        for part in parts {
            match part {
                Found::Number(tips) => {
                    numbers[place].tips = tips;
                    place += 1;
                }
                Found::Events(found) => events = found,
                Found::Evidence(found) => evidence = found,
                Found::Change(needs) => {
                    let now = self.changes[changes.len()].clone();
                    changes.push(Change { now, needs });
                }
            }
        }
        Flips {
            question: self.question,
            others: Vec::new(),
            standings: self.standings,
            answer: self.answer,
            numbers,
            events,
            evidence,
            changes,
            effort: self.effort,
        }
    }
}

fn leaders(standings: &[Option<Standing>]) -> Vec<Option<OutcomeId>> {
    let leader = |s: &Option<Standing>| s.as_ref().map(|s| s.leader);
    standings.iter().map(leader).collect()
}

/// How thoroughly as many numbers can be turned, and which of them: `each` is the work of one evaluation, of which few say as
/// much as many or not, and `together` is what matters at once. Refuses what would take minutes however little is asked.
fn afford(
    (a, model, point): (&Assessment, &Model, &Numbers),
    (each, may_be_few): (u64, bool),
    parameters: &mut Vec<Parameter>,
    together: usize,
) -> Asked<Effort> {
    /// As often the assessment is evaluated for one number, more or less, where nothing better is known.
    const QUESTIONS: u64 = 150;
    let questions = |parameter: &Parameter| match parameter {
        _ if corners::row(model, parameter).is_some() => corners::QUESTIONS,
        _ if wide_steps::bend(model, parameter).is_some() => wide_steps::QUESTIONS,
        _ => QUESTIONS,
    };
    let all: u64 = match may_be_few && each >= DEAR {
        true => parameters.iter().map(questions).sum(),
        false => QUESTIONS * parameters.len() as u64,
    };
    if each.saturating_mul(all) <= limits::FLIP_STEPS {
        return Ok(Effort::default());
    }
    let fits = |questions: u64, numbers: usize| {
        each.saturating_mul(questions * numbers as u64) <= limits::FLIP_STEPS
    };
    let kept = (1..=parameters.len())
        .rev()
        .find(|n| fits(coarse::QUESTIONS, *n));
    if let Some(kept) = kept {
        let left_out = parameters.len() - kept;
        strongest(model, point, kept, parameters);
        return Ok(Effort {
            is_coarse: true,
            left_out,
            histories: None,
        });
    }
    let message = format!(
        "{together} propositions matter together: turning one number of {} would take minutes",
        parameters.len()
    );
    Err(Box::new(
        Diagnostic::new(&rules::LIMIT, a.span, message)
            .label("it would be evaluated over all their states, again and again")
            .help(
                "`assess explain` says what contributes most; `--set` makes things so, which then \
                 need not be summed over",
            ),
    ))
}

/// Keeps so many parameters: those of no driver, then those of the drivers that push most; in their order.
fn strongest(model: &Model, point: &Numbers, kept: usize, parameters: &mut Vec<Parameter>) {
    let size = |parameter: &Parameter| {
        let Some(driver) = parameter.driver else {
            return f64::INFINITY;
        };
        let spec = &model.drivers[model.places[driver.index()]];
        let pushes = spec.pushes.iter().chain(&spec.event_pushes);
        let last = point.times - 1;
        pushes.map(|p| point.push_at(p.1, last).abs()).sum()
    };
    let mut sized: Vec<(f64, usize)> = parameters.iter().map(size).zip(0..).collect();
    sized.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let mut keeps = vec![false; parameters.len()];
    sized.iter().take(kept).for_each(|s| keeps[s.1] = true);
    let mut keeps = keeps.into_iter();
    parameters.retain(|_| keeps.next().unwrap_or(false));
}

fn none<T>(horizons: &[HorizonId]) -> Smallest<T> {
    Smallest {
        candidates: 0,
        tried: 0,
        horizons: horizons.iter().map(|&h| (h, Vec::new())).collect(),
    }
}

/// What it would take, computed on this thread but for the sets.
///
/// # Errors
///
/// As [`Finder::new`].
pub fn flips(
    assessment: &Assessment,
    question: &Question,
    expect: Option<&Expect>,
) -> Asked<Flips> {
    let finder = Finder::new(assessment, question, expect)?;
    let parts = finder.tasks().into_iter().map(|task| finder.work(task));
    let parts = parts.collect::<Asked<Vec<Part>>>()?;
    Ok(finder.finish(parts))
}
