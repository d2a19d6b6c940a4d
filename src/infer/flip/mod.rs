//! What it would take for another outcome to lead, or for an expectation to be answered otherwise.
//!
//! In: an assessment and a question. Out: a [`Flips`]: for every number the nearest value at which
//! the answer changes, the fewest events and items of evidence that change it, and for each change
//! clause how strong it would have to be. Every value that is reported was evaluated on both sides.

pub mod dial;
mod narrow;
mod probe;
mod ranges;
pub mod search;
pub mod sets;

use super::Choice;
use super::answers::Answers;
use super::batch::Batch;
use super::conditional;
use super::engine::{Engine, Sets};
use super::evaluate;
use super::joint;
use super::pass::Pass;
use super::shape::Ask;
use super::verdict::{Answer, ChangeVerdict, Question, Standing};
use crate::diag::Diagnostic;
use crate::limits;
use crate::model::condition::Cond;
use crate::resolve::assessment::{Assessment, DriverId, Expect, HorizonId, OutcomeId};
use crate::resolve::table::Id;
use crate::rules;
use dial::{Dial, Kind};
use probe::Probe;
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
    /// By horizon; none where what is given cannot hold.
    pub standings: Vec<Option<Standing>>,
    /// Where an expectation was asked about: its answer today.
    pub answer: Option<Answer>,
    /// Every number, by kind and name.
    pub numbers: Vec<Number>,
    /// The fewest events made so.
    pub events: Smallest<(DriverId, bool)>,
    /// The fewest items of evidence taken away.
    pub evidence: Smallest<Item>,
    /// Every change clause, in the file's order; none where an expectation was asked about.
    pub changes: Vec<Change>,
}

/// One part of the work; parts can be done at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Task {
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
pub enum Part {
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
    probe: Probe<'a>,
    standings: Vec<Option<Standing>>,
    answer: Option<Answer>,
    dials: Vec<Dial>,
    changes: Vec<ChangeVerdict>,
}

type Asked<T> = Result<T, Box<Diagnostic>>;

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
        joint::refuse(assessment, question, "what would change the verdict")?;
        let mut answers = Answers::new(assessment);
        // A value found by search must be told from its neighbours: no sampling error may blur it.
        answers.engine.sampling.choice = Choice::Exact;
        let dials = dial::dials(&answers.engine);
        let sets = match expect {
            None => evaluate::sets(&answers.engine, question)?,
            Some(expect) => {
                let under = expect.query.under;
                under.map_or_else(Sets::new, |s| answers.engine.scenario(s))
            }
        };
        afford(&answers.engine, &sets, dials.len())?;
        if let Some(expect) = expect {
            let answer = answers.test(expect)?;
            return Ok(Finder {
                probe: Probe::expect(answers, sets, expect, answer.holds),
                standings: Vec::new(),
                answer: Some(answer),
                dials,
                changes: Vec::new(),
            });
        }
        let given = question.given.as_ref().map(|g| answers.engine.cond(g));
        let mut probe = Probe::leader(answers, &sets, given.as_ref(), Vec::new())?;
        let all = probe.outcomes(&probe.point.clone(), None)?;
        let engine = &mut probe.answers.engine;
        let standings: Vec<_> = all
            .into_iter()
            .map(|at| at.map(|outcomes| engine.standing(outcomes)))
            .collect();
        let today = leaders(&standings);
        let first = OutcomeId::new(0);
        let leaders: Vec<_> = today.iter().map(|l| l.unwrap_or(first)).collect();
        let changes = conditional::changes(engine, &sets, given.as_ref(), &leaders)?;
        let changes = changes.into_iter().map(|c| c.verdict).collect();
        probe.turn_from(today);
        Ok(Finder {
            probe,
            standings,
            answer: None,
            dials,
            changes,
        })
    }

    /// All that is to be done.
    pub fn tasks(&self) -> Vec<Task> {
        let mut tasks = Vec::new();
        if self.answer.is_some_and(|a| a.value.is_none()) {
            return tasks;
        }
        // The longest first.
        tasks.extend([Task::Events, Task::Evidence]);
        tasks.extend((0..self.changes.len()).map(Task::Change));
        tasks.extend((0..self.dials.len()).map(Task::Number));
        tasks
    }

    /// Does one part.
    ///
    /// # Errors
    ///
    /// A `limit` finding where too many propositions matter together.
    pub fn work(&self, task: Task) -> Asked<Part> {
        Ok(match task {
            Task::Number(i) => {
                let mut probe = self.probe.clone();
                probe.approach(self.answer.and_then(|a| a.value));
                Part::Number(search::nearest(&mut probe, &self.dials[i])?)
            }
            Task::Events => Part::Events(sets::events(&self.probe)?),
            Task::Evidence => Part::Evidence(sets::evidence(&self.probe)?),
            Task::Change(i) => Part::Change(self.needs(&self.changes[i])?),
        })
    }

    /// What a change clause would need.
    fn needs(&self, change: &ChangeVerdict) -> Asked<Vec<Number>> {
        let answers = self.probe.answers.clone();
        let holds = Cond::Is(answers.engine.place(change.change));
        let given = conditional::among(self.probe.given.as_ref(), holds);
        let today = leaders(&self.standings);
        let mut probe = Probe::leader(answers, &self.probe.sets, Some(&given), today)?;
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

    /// Puts the parts together, in the order of the tasks.
    pub fn finish(self, parts: impl IntoIterator<Item = Part>) -> Flips {
        let nothing: Vec<HorizonId> = self.probe.horizons.clone();
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
                Part::Number(tips) => {
                    numbers[place].tips = tips;
                    place += 1;
                }
                Part::Events(found) => events = found,
                Part::Evidence(found) => evidence = found,
                Part::Change(needs) => {
                    let now = self.changes[changes.len()].clone();
                    changes.push(Change { now, needs });
                }
            }
        }
        Flips {
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

/// Refuses what would take hours.
fn afford(engine: &Engine<'_>, sets: &Sets, numbers: usize) -> Asked<()> {
    /// As often the assessment is evaluated for one number, more or less.
    const QUESTIONS: u64 = 150;
    let ask = Ask {
        sets: sets.clone(),
        outcomes: true,
        ..Ask::default()
    };
    let mut pass = Pass::new(&engine.model, &ask).map_err(|many| engine.too_many(&many))?;
    pass.ready(&engine.model, &engine.point);
    let questions = QUESTIONS * numbers as u64;
    let batch = Batch::new(&engine.model, &engine.point, &pass);
    let states = batch.map_or_else(|| pass.steps(), |batch| batch.states());
    let each = states * engine.model.horizons() as u64;
    if each.saturating_mul(questions) <= limits::FLIP_STEPS {
        return Ok(());
    }
    let message = format!(
        "{} propositions matter together: turning each of {numbers} numbers would take hours",
        pass.shape.vars.len()
    );
    Err(Box::new(
        Diagnostic::new(&rules::LIMIT, engine.assessment.span, message)
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
