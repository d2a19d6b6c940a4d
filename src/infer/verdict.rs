//! What comes out: plain numbers, by the ids of the assessment that they answer.
//!
//! In: built by `infer`. Out: read by the renderers and the verdict-level rules.

use super::confidence::Depth;
use super::estimate::{Estimate, Given};
use super::meter::Meter;
use super::mixture::Mixture;
use super::sampled::Choice;
use crate::resolve::assessment::{
    DriverId, HorizonId, OutcomeId, PoolId, Prop, QuantityId, QuestionId, ScenarioId, ViewId,
};

/// What is asked of an assessment beyond the verdict itself.
#[derive(Debug, Clone, Default)]
pub struct Question {
    /// Things made true or false (`--set`).
    pub sets: Vec<(DriverId, bool)>,
    /// A scenario's sets (`--under`).
    pub under: Option<ScenarioId>,
    /// Outcomes made so.
    pub fixes: Vec<OutcomeId>,
    /// Only the cases in which this holds (`--given`).
    pub given: Option<Prop>,
}

impl Question {
    /// Whether anything is asked.
    pub fn is_anything(&self) -> bool {
        let makes_so = !self.sets.is_empty() || self.under.is_some() || !self.fixes.is_empty();
        makes_so || self.given.is_some()
    }
}

/// How to compute.
#[derive(Debug, Clone)]
pub struct Options {
    /// How many draws over the ranges; none takes the number from the file's size.
    pub draws: Option<u32>,
    /// Seed of the random draws.
    pub seed: u64,
    /// Whether intervals are wanted at all.
    pub intervals: bool,
    /// Whether contributions are wanted.
    pub contributions: bool,
    /// Whether views and pools are to be evaluated beside the file, where nothing else is asked.
    pub voices: bool,
    /// How much of what confidence is computed from is wanted.
    pub confidence: Depth,
    /// Whether an explanation is to say which ranges the width of the intervals comes from.
    pub widths: bool,
    /// Whether to sum over all states or to sample them.
    pub choice: Choice,
    /// Whether the general engine is to compute what faster ones could.
    pub general: bool,
    /// How many histories are sampled; none takes the number from the question's size.
    pub samples: Option<u32>,
    /// Counts the steps of long work.
    pub meter: Meter,
}

impl Default for Options {
    fn default() -> Self {
        Options {
            draws: None,
            seed: 1,
            intervals: true,
            contributions: false,
            voices: false,
            confidence: Depth::default(),
            widths: true,
            choice: Choice::Either,
            general: false,
            samples: None,
            meter: Meter::default(),
        }
    }
}

/// Everything that the assessment answers.
#[derive(Debug, Clone)]
pub struct Verdict {
    /// How it was computed.
    pub method: Method,
    /// By horizon, by its id.
    pub horizons: Vec<HorizonVerdict>,
    /// Who leads in each question, in the file's order, where there are several: by horizon.
    pub questions: Vec<QuestionVerdict>,
    /// By horizon the verdict as the file stands, where something beyond it was asked.
    pub base: Option<Vec<Standing>>,
    /// Every change clause, in the file's order.
    pub changes: Vec<ChangeVerdict>,
    /// Every event, in the file's order.
    pub events: Vec<EventVerdict>,
    /// Every scenario, in the file's order.
    pub scenarios: Vec<ScenarioVerdict>,
    /// Every expectation, in the file's order.
    pub expectations: Vec<Answer>,
    /// Every key judgement, in the file's order.
    pub judgements: Vec<Answer>,
    /// Every view, in the file's order, where they were asked for.
    pub views: Vec<ViewVerdict>,
    /// Every pool likewise.
    pub pools: Vec<PoolVerdict>,
    /// Every bet's query, in the file's order.
    pub bets: Vec<Option<Estimate>>,
    /// Every driver's contribution to every outcome and horizon, where asked for, by the ids of
    /// driver, horizon and outcome.
    pub contributions: Vec<Contribution>,
    /// Every driver's contribution to the chance of every event that has pushes of its own, where asked for, by the
    /// ids of driver, event and horizon.
    pub event_contributions: Vec<EventContribution>,
    /// Every quantity, in the file's order.
    pub quantities: Vec<QuantityVerdict>,
    /// What inference took for granted, as sentences.
    pub assumed: Vec<String>,
}

/// A quantity over the horizons.
#[derive(Debug, Clone)]
pub struct QuantityVerdict {
    pub(crate) quantity: QuantityId,
    /// By horizon; none where what is given cannot hold.
    pub horizons: Vec<Option<QuantityAt>>,
}

/// A quantity at one horizon.
#[derive(Debug, Clone, PartialEq)]
pub struct QuantityAt {
    /// What it may come to: the mixture over states.
    pub mixture: Mixture,
    /// The mean before the reasons.
    pub(crate) before: f64,
    /// The 5th and 95th percentile of its mean, over draws of what has a range; none where nothing that moves
    /// it has.
    pub(crate) mean_range: Option<(f64, f64)>,
    /// The same of its median.
    pub(crate) median_range: Option<(f64, f64)>,
    /// How far off any quantile may be, on the scale of g, where moves were put together; else 0.
    pub(crate) off: f64,
    /// What each driver that moves it contributes to its mean, in its unit (Shapley), where asked for; what
    /// is given of the quantity itself is in none of them.
    pub(crate) contributions: Vec<(DriverId, f64)>,
    /// Their standard errors; empty where they are exact.
    pub(crate) errors: Vec<f64>,
    /// Over how many orders they are the mean; none where over all.
    pub(crate) orders: Option<u64>,
}

impl Verdict {
    /// Sets this verdict, of a file in which clauses were replaced, beside that of the file as it
    /// stands. Expectations and bets are about the latter.
    pub fn beside(&mut self, as_it_stands: &Verdict) {
        let each = as_it_stands.horizons.iter().map(|at| Standing {
            leader: at.leader,
            margin: at.margin,
            outcomes: at.outcomes.iter().map(|o| o.probability).collect(),
        });
        self.base = Some(each.collect());
        self.expectations.clone_from(&as_it_stands.expectations);
        self.judgements.clone_from(&as_it_stands.judgements);
        self.bets.clone_from(&as_it_stands.bets);
    }

    /// Whether the verdict itself was sampled, not only what stands beside it.
    pub(crate) fn is_sampled(&self) -> bool {
        let mut outcomes = self.horizons.iter().flat_map(|at| &at.outcomes);
        outcomes.any(|o| o.probability.error.is_some())
    }

    /// The largest standard error of what stands beside the verdict: changes, scenarios, events,
    /// expectations and bets. None where all of it is exact.
    pub(crate) fn largest_error_beside(&self) -> Option<f64> {
        let changes = self.changes.iter().flat_map(|c| &c.horizons);
        let changes = changes.flat_map(|at| {
            let given = at.given.outcomes().into_iter().chain(at.absent.outcomes());
            given.flatten().chain(std::iter::once(&at.chance))
        });
        let scenarios = self.scenarios.iter().flat_map(|s| &s.horizons);
        let scenarios = scenarios.flat_map(|(_, outcomes)| outcomes);
        let events = self.events.iter().flat_map(|e| &e.horizons);
        let events = events.map(|at| &at.chance);
        let all = changes.chain(scenarios).chain(events);
        let all = all.chain(self.bets.iter().flatten());
        let all = all.map(|estimate| estimate.error);
        let all = all.chain(self.expectations.iter().map(|answer| answer.error));
        all.flatten().filter(|e| *e > 0.0).reduce(f64::max)
    }

    /// What a driver contributes to an outcome at a horizon, where contributions were asked for;
    /// none for what states no weight and counts nothing that pushes.
    pub fn contribution(
        &self,
        driver: DriverId,
        horizon: HorizonId,
        outcome: OutcomeId,
    ) -> Option<&Contribution> {
        let key = (driver, horizon, outcome);
        let of = |c: &Contribution| (c.driver, c.horizon, c.outcome);
        let place = self.contributions.binary_search_by_key(&key, of).ok()?;
        self.contributions.get(place)
    }
}

/// How a verdict was computed.
#[derive(Debug, Clone, PartialEq)]
pub struct Method {
    /// How many states of the propositions that matter were summed.
    pub states: u64,
    /// How many draws the intervals rest on; 0 where nothing in the file is a range.
    pub draws: u32,
    /// Their seed.
    pub seed: u64,
    /// What was sampled; none where everything is exact.
    pub sampled: Option<Sampled>,
    /// Where the verdict, or something beside it, was had by a transform of the sum of pushes: how far off it may be.
    pub transformed: Option<f64>,
}

/// What was sampled. Each number holds its own standard error.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Sampled {
    /// How many histories were drawn for the verdict.
    pub(crate) samples: u64,
    /// The largest standard error of the verdict's numbers.
    pub standard_error: f64,
    /// The propositions that matter together, too many to be summed; empty where sampling was
    /// asked for.
    pub coupled: Vec<DriverId>,
}

/// Who leads at a horizon, and by how much.
#[derive(Debug, Clone, PartialEq)]
pub struct Standing {
    /// The leader.
    pub leader: OutcomeId,
    /// Its probability less the next one's.
    pub(crate) margin: f64,
    /// By outcome, in the file's order.
    pub outcomes: Vec<Estimate>,
}

/// One question of several: what of its verdict is its own.
#[derive(Debug, Clone)]
pub struct QuestionVerdict {
    pub(crate) question: QuestionId,
    /// By horizon.
    pub(crate) horizons: Vec<QuestionStanding>,
}

/// Who leads in one question at a horizon.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct QuestionStanding {
    pub(crate) leader: OutcomeId,
    /// Its probability less the next one's.
    pub(crate) margin: f64,
    /// How sure the verdict is.
    pub(crate) confidence: Confidence,
}

/// The verdict at one horizon.
#[derive(Debug, Clone)]
pub struct HorizonVerdict {
    /// By outcome of every question, by its id.
    pub outcomes: Vec<OutcomeVerdict>,
    /// The likeliest outcome of the first question; nothing in a file without outcomes.
    pub leader: OutcomeId,
    /// Its probability less the next one's.
    pub margin: f64,
    /// How sure the verdict is.
    pub confidence: Confidence,
    /// Where a condition was given: its own chance there. The outcomes are NaN where it cannot hold.
    pub given_chance: Option<Estimate>,
    /// How many of the sampled histories those count for in which the condition holds: (Σw)²/Σw²; none
    /// where nothing is given or all is exact.
    pub effective: Option<f64>,
}

/// One outcome at one horizon.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct OutcomeVerdict {
    /// Cumulative for a final outcome, at the horizon's end for another.
    pub probability: Estimate,
    /// The 5th and 95th percentile over the draws, where the file has ranges.
    pub interval: Option<(f64, f64)>,
    /// The prior at that horizon. Of a file that the general engine alone evaluates: where it stands while no driver
    /// pushes anything, but for what the prior counts in.
    pub prior: f64,
}

/// How sure a verdict is: computed, see `docs/method.md`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Confidence {
    /// Little holds it up.
    Low,
    /// Something does.
    Moderate,
    /// It rests on rated, sourced evidence and moves little.
    High,
}

impl Confidence {
    /// The word that every output uses.
    pub fn as_str(self) -> &'static str {
        match self {
            Confidence::Low => "low",
            Confidence::Moderate => "moderate",
            Confidence::High => "high",
        }
    }
}

/// A change clause over the horizons.
#[derive(Debug, Clone)]
pub struct ChangeVerdict {
    /// The clause.
    pub change: DriverId,
    /// By horizon.
    pub horizons: Vec<Conditional>,
    /// Names in its condition that play no part, since the rest can hold without them.
    pub idle: Vec<DriverId>,
}

/// A condition at one horizon, and the verdict given it and given its absence.
#[derive(Debug, Clone, PartialEq)]
pub struct Conditional {
    /// How likely it is; 0 for what rests on a hypothetical event.
    pub chance: Estimate,
    /// How many of the sampled histories those count for in which it holds; none where it is exact.
    pub effective: Option<f64>,
    /// The verdict given it.
    pub given: Given,
    /// The verdict given its absence.
    pub absent: Given,
    /// The likeliest outcome given it; the verdict's own where it cannot hold.
    pub leader: OutcomeId,
    /// Whether that is another than the verdict's.
    pub flips: bool,
    /// The likeliest outcome given its absence; none where it cannot fail to hold.
    pub without: Option<OutcomeId>,
    /// Whether that is another than the verdict's.
    pub absence_flips: bool,
}

impl Conditional {
    /// How likely it is; none for what rests on a hypothetical event.
    pub fn stated_chance(&self) -> Option<f64> {
        let hypothetical = matches!(self.given, Given::Hypothetical(_));
        (!hypothetical).then_some(self.chance.value)
    }
}

/// An event over the horizons.
#[derive(Debug, Clone)]
pub struct EventVerdict {
    /// The event.
    pub event: DriverId,
    /// By horizon.
    pub horizons: Vec<EventAt>,
}

/// An event at one horizon.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct EventAt {
    /// How likely it is to have come by the horizon's end.
    pub chance: Estimate,
    /// The 5th and 95th percentile of that, where the file has ranges.
    pub interval: Option<(f64, f64)>,
}

/// A scenario over the horizons.
#[derive(Debug, Clone)]
pub struct ScenarioVerdict {
    /// The scenario.
    pub scenario: ScenarioId,
    /// By horizon: the leader, and the probabilities by outcome.
    pub horizons: Vec<(OutcomeId, Vec<Estimate>)>,
}

/// What a view makes of the file.
#[derive(Debug, Clone)]
pub struct ViewVerdict {
    pub(crate) view: ViewId,
    /// Its verdict, over the ids of its own assessment.
    pub verdict: Verdict,
}

/// Several voices as one.
#[derive(Debug, Clone)]
pub struct PoolVerdict {
    pub(crate) pool: PoolId,
    /// By horizon. NaN where each outcome is impossible to some voice.
    pub horizons: Vec<Standing>,
}

/// An expectation's answer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Answer {
    /// The queried probability; none where its condition cannot hold.
    pub value: Option<f64>,
    /// Its standard error; none where it is exact.
    pub error: Option<f64>,
    /// The other side of `above` and `below`.
    pub other: Option<f64>,
    /// Whether the verdict bears it out.
    pub holds: bool,
}

/// What one driver does to one outcome at one horizon.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Contribution {
    /// The driver.
    pub driver: DriverId,
    /// When.
    pub horizon: HorizonId,
    /// To what.
    pub outcome: OutcomeId,
    /// Its push after discount and overlap, where it holds, in decibans.
    pub decibans: f64,
    /// Its share of verdict minus prior, in percentage points (Shapley).
    pub points: f64,
    /// The standard error of `points`, where not all orders of the drivers were tried.
    pub error: Option<f64>,
}

/// What one driver does to the chance of one event at one horizon.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct EventContribution {
    /// The driver.
    pub driver: DriverId,
    /// To what.
    pub event: DriverId,
    /// When.
    pub horizon: HorizonId,
    /// Its push after discount, counts and overlap, where it holds, in decibans; 0 for what acts through others.
    pub(crate) decibans: f64,
    /// Its share of what pushes make of the event's chance, in percentage points (Shapley).
    pub points: f64,
    /// The standard error of `points`, where not all orders of the drivers were tried.
    pub(crate) error: Option<f64>,
}
