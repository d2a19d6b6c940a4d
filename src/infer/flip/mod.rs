//! What it would take for another outcome to lead, or for an expectation to be answered otherwise.
//!
//! In: an assessment and a question. Out: a [`Flips`]: for every number the nearest value at which
//! the answer changes, the fewest events and items of evidence that change it, and for each change
//! clause how strong it would have to be. Every value that is reported was evaluated on both sides.

mod asker;
pub mod dial;
mod dials;
mod first;
mod narrow;
mod probe;
mod probing;
mod ranges;
pub mod search;
pub mod sets;
mod wide;

use super::joint;
use super::verdict::{Answer, ChangeVerdict, Question, Standing};
use crate::diag::Diagnostic;
use crate::diag::rules;
use crate::limits;
use crate::resolve::assessment::{Assessment, DriverId, Expect, HorizonId, OutcomeId, QuestionId};
use asker::Asker;
use dial::{Dial, Kind};
use probe::Probe;
use probing::{Asked, Probing};
use search::Tip;
use sets::{Item, Smallest};

/// A number and where it changes the answer.
#[derive(Debug, Clone)]
pub struct Number {
    /// The number.
    pub dial: Dial,
    /// By horizon, as far as any turn within reach changes the answer.
    pub tips: Vec<Tip>,
}

/// A change clause: what it does, and what it would need to do.
#[derive(Debug, Clone)]
pub struct Change {
    /// Its chance, and the verdict given it and without it.
    pub now: ChangeVerdict,
    /// Its own weights and counts: where, among the cases in which it holds, another outcome would
    /// lead than does in the verdict.
    pub needs: Vec<Number>,
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
    pub answer: Option<Answer>,
    /// Every number, by kind and name.
    pub numbers: Vec<Number>,
    /// The fewest events made so.
    pub events: Smallest<(DriverId, bool)>,
    /// The fewest items of evidence taken away.
    pub evidence: Smallest<Item>,
    /// Every change clause, in the file's order; of several questions those that move this one. None
    /// where an expectation was asked about.
    pub changes: Vec<Change>,
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
    Number(Vec<Tip>),
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
}

#[derive(Clone)]
enum Whole<'a> {
    /// By the engine for one question.
    First(Box<Search<Probe<'a>>>),
    /// By the general engine, question by question.
    Wide(Vec<Search<Asker<'a>>>),
}

/// The search about one question's leader, or about an expectation.
#[derive(Clone)]
struct Search<P> {
    probe: P,
    question: Option<QuestionId>,
    standings: Vec<Option<Standing>>,
    answer: Option<Answer>,
    dials: Vec<Dial>,
    changes: Vec<ChangeVerdict>,
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
            true => Whole::Wide(wide::searches(assessment, question, expect)?),
            false => Whole::First(Box::new(first::search(assessment, question, expect)?)),
        };
        Ok(Finder { whole })
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
            Whole::First(search) => search.work(task.what),
            Whole::Wide(searches) => searches[task.search].work(task.what),
        };
        Ok(Part {
            search: task.search,
            found: found?,
        })
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
        }
    }
}

impl<P: Probing> Search<P> {
    fn tasks(&self) -> Vec<What> {
        let mut tasks = Vec::new();
        if self.answer.is_some_and(|a| a.value.is_none()) {
            return tasks;
        }
        // The longest first.
        tasks.extend([What::Events, What::Evidence]);
        tasks.extend((0..self.changes.len()).map(What::Change));
        tasks.extend((0..self.dials.len()).map(What::Number));
        tasks
    }

    fn work(&self, task: What) -> Asked<Found> {
        Ok(match task {
            What::Number(i) => {
                let mut probe = self.probe.clone();
                probe.approach(self.answer.and_then(|a| a.value));
                Found::Number(search::nearest(&mut probe, &self.dials[i])?)
            }
            What::Events => Found::Events(sets::events(&self.probe)?),
            What::Evidence => Found::Evidence(sets::evidence(&self.probe)?),
            What::Change(i) => Found::Change(self.needs(&self.changes[i])?),
        })
    }

    /// What a change clause would need.
    fn needs(&self, change: &ChangeVerdict) -> Asked<Vec<Number>> {
        let mut probe = self.probe.among(change.change, leaders(&self.standings))?;
        let own = self.dials.iter().filter(|d| {
            d.driver == Some(change.change)
                && matches!(d.kind, Kind::Weight | Kind::Likelihood | Kind::Count)
        });
        own.map(|dial| {
            Ok(Number {
                tips: search::nearest(&mut probe, dial)?,
                dial: dial.clone(),
            })
        })
        .collect()
    }

    fn finish(self, parts: Vec<Found>) -> Flips {
        let nothing: Vec<HorizonId> = self.probe.horizons().to_vec();
        let mut numbers: Vec<Number> = self
            .dials
            .into_iter()
            .map(|dial| Number {
                dial,
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
        }
    }
}

fn leaders(standings: &[Option<Standing>]) -> Vec<Option<OutcomeId>> {
    let leader = |s: &Option<Standing>| s.as_ref().map(|s| s.leader);
    standings.iter().map(leader).collect()
}

/// Refuses what would take hours: `each` is the work of one evaluation, and `together` is what matters at
/// once.
fn afford(a: &Assessment, each: u64, numbers: usize, together: usize) -> Asked<()> {
    /// As often the assessment is evaluated for one number, more or less.
    const QUESTIONS: u64 = 150;
    let questions = QUESTIONS * numbers as u64;
    if each.saturating_mul(questions) <= limits::FLIP_STEPS {
        return Ok(());
    }
    let message = format!(
        "{together} propositions matter together: turning each of {numbers} numbers would take hours"
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
