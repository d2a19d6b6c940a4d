//! Verdicts as JSON, the shape that scripts rely on.
//!
//! In: filled by `to_json`. Out: serialized. Numbers are full doubles. The schema that `assess
//! schema` prints is made from these structs.

mod voices;

pub use voices::*;
mod numbers;
pub use numbers::{
    Cut, MeanContribution, Quantile, Quantity, QuantityAt, Risk, Value, ValueAt, When,
};

use serde::Serialize;

/// What `assess eval --format json` prints.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Report {
    /// The version of this shape.
    pub version: u32,
    /// One for each file without errors, in the order of the command line.
    pub assessments: Vec<Assessment>,
}

/// Whose verdict it is, and what was asked.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Head {
    /// As named on the command line.
    pub file: String,
    /// The question.
    pub title: String,
    /// Who says so.
    pub author: Option<String>,
    /// Time 0, as `2025-03-01`.
    pub as_of: String,
    /// The scale of the words.
    pub scale: String,
    /// How it was computed.
    pub method: Method,
    /// What was asked beyond the verdict itself; absent where nothing was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub asked: Option<Asked>,
}

/// One assessment.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Assessment {
    /// Its fields stand here.
    #[serde(flatten)]
    pub head: Head,
    /// Which stated numbers have a range.
    pub ranges: Ranges,
    /// The verdict at each horizon.
    pub horizons: Vec<Horizon>,
    /// The verdict of each `question` block; absent where there is none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(test, schemars(default))]
    pub questions: Vec<QuestionOf>,
    /// The verdict as the file stands; absent where nothing beyond it was asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub base: Option<Base>,
    /// The verdict through its author's record; absent unless `--recalibrated` asks.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recalibrated: Option<Recalibrated>,
    /// Every key judgement; absent where there is none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(test, schemars(default))]
    pub judgements: Vec<Judgement>,
    /// Every view; absent where there is none, and where something beyond the verdict was asked.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(test, schemars(default))]
    pub views: Vec<View>,
    /// Every pool likewise.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(test, schemars(default))]
    pub pools: Vec<Pool>,
    /// What each driver does to each outcome.
    pub contributions: Vec<Contribution>,
    /// Every change clause.
    pub changes: Vec<Change>,
    /// Every event.
    pub events: Vec<Event>,
    /// Every scenario.
    pub scenarios: Vec<Scenario>,
    /// Every expectation.
    pub expectations: Vec<Expectation>,
    /// Every bet.
    pub bets: Vec<Bet>,
    /// Horizons that are over, or of which it is known what came true; absent where there is none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(test, schemars(default))]
    pub settled: Vec<SettledAt>,
    /// Events of which it is known whether they happened; absent where there is none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(test, schemars(default))]
    pub settled_events: Vec<SettledEvent>,
    /// What quantities are known to have come to; absent where nothing is.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(test, schemars(default))]
    pub settled_numbers: Vec<SettledNumber>,
    /// Every quantity; absent where there is none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(test, schemars(default))]
    pub quantities: Vec<Quantity>,
    /// What the values of outcomes come to; absent where they have none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(test, schemars(default))]
    pub values: Vec<Value>,
    /// What states an impact, horizon by horizon; absent where nothing does.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(test, schemars(default))]
    pub risks: Vec<Risk>,
    /// `--when`: by when events and final outcomes come; absent without it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(test, schemars(default))]
    pub when: Vec<When>,
    /// What was taken for granted, as sentences.
    pub assumed: Vec<String>,
}

/// How many clauses state their numbers with a range, which the intervals cover, and how many
/// without one, which are taken to be exact.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Ranges {
    /// Clauses with a range: words, counts and ranges.
    pub stated: usize,
    /// Rows of the prior without one.
    pub prior: usize,
    /// Rows of `chance` and `holds` without one.
    pub chances: usize,
    /// Weights without one.
    pub weights: usize,
    /// Likelihoods without one.
    pub likelihoods: usize,
    /// `--vague`: half the width, in decibans, of the range that each of those without one was lent;
    /// absent where none was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vague: Option<f64>,
}

/// How a verdict was computed.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Method {
    /// Whether all states were summed, or some drawn.
    pub kind: MethodKind,
    /// How many states.
    pub states: u64,
    /// How many draws the intervals rest on; 0 where nothing in the file is a range.
    pub draws: u32,
    /// Their seed.
    pub seed: u64,
    /// The largest standard error of the verdict's probabilities; absent where all is exact.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub standard_error: Option<f64>,
    /// How many histories were drawn; absent where all is exact.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub samples: Option<u64>,
    /// The propositions that were too many to be summed; absent where they were not.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(test, schemars(default))]
    pub coupled: Vec<String>,
}

/// How a verdict was computed.
#[derive(Debug, Clone, Copy, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum MethodKind {
    /// All states were summed.
    Exact,
    /// By a transform of the sum of the pushes, to the `standard_error`.
    Transform,
    /// Histories were drawn for some or all of the numbers: those with a `standard_error`.
    Sampled,
}

/// What was asked beyond the verdict itself.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Asked {
    /// `--given`: the verdict is among the cases in which this holds.
    pub given: Option<String>,
    /// `--under`: a scenario's name.
    pub under: Option<String>,
    /// `--under` or `--view`: the view whose verdict this is; absent where it is the file's own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub view: Option<String>,
    /// `--set`: things made so, `drift` or `not drift`.
    pub set: Vec<String>,
    /// `--with`: clauses in place of the file's, as written; absent where there are none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(test, schemars(default))]
    pub with: Vec<String>,
    /// `--without`: the names of what is left out; absent where there are none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(test, schemars(default))]
    pub without: Vec<String>,
}

/// The verdict at one horizon.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Horizon {
    /// Its name.
    pub id: String,
    /// Its title, or its name.
    pub title: String,
    /// The first day.
    pub from: String,
    /// The last day.
    pub to: String,
    /// The likeliest outcome; null where `--given` cannot hold.
    pub leader: Option<String>,
    /// Its probability less the next one's; null where `--given` cannot hold.
    pub margin: Option<f64>,
    /// How sure the verdict is.
    pub confidence: Confidence,
    /// The chance of what `--given` says; absent without it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub given_chance: Option<f64>,
    /// Its standard error, where it was sampled; absent where it is exact.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub given_standard_error: Option<f64>,
    /// How many histories those count for in which `--given` holds, (Σw)²/Σw²; absent where it is
    /// exact.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub effective_samples: Option<f64>,
    /// Every outcome.
    pub outcomes: Vec<Outcome>,
}

/// A `question` block's verdict.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct QuestionOf {
    /// Its name.
    pub id: String,
    /// Its title, or its name.
    pub title: String,
    /// By horizon.
    pub horizons: Vec<QuestionAt>,
}

/// A question at one horizon.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct QuestionAt {
    /// The horizon's name.
    pub id: String,
    /// Its likeliest outcome; null where `--given` cannot hold.
    pub leader: Option<String>,
    /// Its probability less the next one's; null where `--given` cannot hold.
    pub margin: Option<f64>,
    /// How sure the verdict is.
    pub confidence: Confidence,
    /// Every outcome of the question.
    pub outcomes: Vec<Outcome>,
}

/// A question under a scenario at one horizon.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct QuestionUnder {
    /// Its name.
    pub id: String,
    /// Every outcome of the question.
    pub outcomes: Vec<Probability>,
}

/// The verdict as the file stands, beside what was asked.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Base {
    /// At each horizon shown.
    pub horizons: Vec<BaseAt>,
}

/// The verdict as the file stands, at one horizon.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct BaseAt {
    /// The horizon.
    pub id: String,
    /// The likeliest outcome.
    pub leader: String,
    /// Its probability less the next one's.
    pub margin: f64,
    /// Every outcome shown.
    pub outcomes: Vec<BaseOutcome>,
}

/// One outcome as the file stands, at one horizon.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct BaseOutcome {
    /// The outcome.
    pub id: String,
    /// Its probability as the file stands.
    pub probability: f64,
    /// The standard error, where it was sampled; absent where it is exact.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub standard_error: Option<f64>,
    /// The probability that was asked for less this one, in percentage points; null where `--given`
    /// cannot hold.
    pub points: Option<f64>,
}

/// How sure a verdict is.
#[derive(Debug, Clone, Copy, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Confidence {
    /// Little holds it up.
    Low,
    /// Something does.
    Moderate,
    /// It rests on rated, sourced evidence and moves little.
    High,
}

/// One outcome at one horizon.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Outcome {
    /// Its name.
    pub id: String,
    /// Whether it stays once it has come.
    #[serde(rename = "final")]
    pub is_final: bool,
    /// Cumulative for a final outcome, at the horizon's end for another; null where `--given`
    /// cannot hold.
    pub probability: Option<f64>,
    /// The 5th percentile over the draws; null where nothing in the file is a range.
    pub low: Option<f64>,
    /// The 95th percentile.
    pub high: Option<f64>,
    /// The scale's word for the probability.
    pub term: Option<String>,
    /// The scale's word for the 5th percentile.
    pub low_term: Option<String>,
    /// The scale's word for the 95th percentile.
    pub high_term: Option<String>,
    /// The standard error, where it was sampled; absent where it is exact.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub standard_error: Option<f64>,
}

/// What one driver does to one outcome at one horizon.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Contribution {
    /// The driver's name.
    pub id: String,
    /// `event`, `factor`, `change` or `assumption`.
    pub kind: &'static str,
    /// When.
    pub horizon: String,
    /// To what.
    pub outcome: String,
    /// Its push after discount and overlap, where it holds.
    pub decibans: f64,
    /// Its share of verdict minus prior, in percentage points (Shapley); null where `--given`
    /// cannot hold.
    pub points: Option<f64>,
}

/// A change clause.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Change {
    /// Its name.
    pub id: String,
    /// Its title, or its name.
    pub title: String,
    /// By horizon.
    pub horizons: Vec<Conditional>,
}

/// A condition at one horizon.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Conditional {
    /// The horizon.
    pub id: String,
    /// How likely it is; null for what rests on a hypothetical event.
    pub chance: Option<f64>,
    /// The chance's standard error, where it was sampled; absent where it is exact.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub standard_error: Option<f64>,
    /// How many histories those count for in which it holds, (Σw)²/Σw²; absent where it is exact.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub effective_samples: Option<f64>,
    /// True where it can hold, but in too few histories for a verdict given it; else absent.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    #[cfg_attr(test, schemars(default))]
    pub too_rare: bool,
    /// Whether it can hold.
    pub possible: bool,
    /// Whether another outcome leads given it.
    pub flips: bool,
    /// The likeliest outcome given it; the verdict's own where it cannot hold.
    pub leader: String,
    /// Whether the likeliest outcome given its absence is another than the verdict's.
    pub absence_flips: bool,
    /// The likeliest outcome given its absence; null where it cannot fail to hold.
    pub leader_without: Option<String>,
    /// The verdict given it; null where it cannot hold.
    pub given: Option<Vec<Probability>>,
    /// The verdict given its absence; null where it cannot fail to hold.
    pub absent: Option<Vec<Probability>>,
}

/// An outcome's probability.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Probability {
    /// The outcome.
    pub id: String,
    /// Its probability; null where `--given` cannot hold.
    pub probability: Option<f64>,
    /// The standard error, where it was sampled; absent where it is exact.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub standard_error: Option<f64>,
}

/// An event.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Event {
    /// Its name.
    pub id: String,
    /// By horizon.
    pub horizons: Vec<EventAt>,
}

/// An event at one horizon.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct EventAt {
    /// The horizon.
    pub id: String,
    /// Its cumulative chance; null for a hypothetical event, which has none, and where `--given` cannot
    /// hold.
    pub chance: Option<f64>,
    /// The 5th percentile over the draws; null where nothing in the file is a range.
    pub low: Option<f64>,
    /// The 95th percentile.
    pub high: Option<f64>,
    /// The standard error, where it was sampled; absent where it is exact.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub standard_error: Option<f64>,
}

/// A scenario.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Scenario {
    /// Its name.
    pub id: String,
    /// Its title, or its name.
    pub title: String,
    /// By horizon.
    pub horizons: Vec<ScenarioAt>,
}

/// A scenario at one horizon.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ScenarioAt {
    /// The horizon.
    pub id: String,
    /// The likeliest outcome; null where `--given` cannot hold.
    pub leader: Option<String>,
    /// Every outcome.
    pub outcomes: Vec<Probability>,
    /// Those of each `question` block; absent where there is none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(test, schemars(default))]
    pub questions: Vec<QuestionUnder>,
}

/// A bet, beside what the file as it stands says.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Bet {
    /// Its title.
    pub title: String,
    /// The query that it is on, as written.
    pub on: String,
    /// Where it stands, from 1.
    pub line: usize,
    /// What a payout of 1 costs.
    pub price: f64,
    /// The queried probability; null where its condition cannot hold.
    pub chance: Option<f64>,
    /// The standard error, where it was sampled; absent where it is exact.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub standard_error: Option<f64>,
    /// The chance less the price; null where there is no chance.
    pub edge: Option<f64>,
}

/// An expectation.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Expectation {
    /// As written, without the keyword.
    pub text: String,
    /// Where it stands, from 1.
    pub line: usize,
    /// Whether the verdict bears it out.
    pub holds: bool,
    /// The queried probability; null where its condition cannot hold.
    pub value: Option<f64>,
    /// The standard error, where it was sampled; absent where it is exact.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub standard_error: Option<f64>,
}

/// A horizon that is over, or of which it is known what came true.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct SettledAt {
    /// Its name.
    pub id: String,
    /// Which question, where the assessment has several; absent for the one at the top level.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub question: Option<String>,
    /// Its last day.
    pub to: String,
    /// Whether it is over at `as_of`, so that it has no verdict.
    pub over: bool,
    /// Whether the question had no answer.
    pub void: bool,
    /// When it was known; null where nothing says what came true.
    pub on: Option<String>,
    /// How far each outcome came true; empty where that is not known.
    pub outcomes: Vec<SettledOutcome>,
}

/// An outcome of which it is known how far it came true.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct SettledOutcome {
    /// Its name.
    pub id: String,
    /// How far it came true, as a share of 1.
    pub truth: f64,
    /// What the verdict gives it; null for a horizon that is over.
    pub probability: Option<f64>,
}

/// What a quantity came to in a horizon.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct SettledNumber {
    /// Its name.
    pub id: String,
    /// The horizon.
    pub horizon: String,
    /// Whether the horizon is over at `as_of`, so that it has no verdict.
    pub over: bool,
    /// What it came to, in its unit.
    pub number: f64,
    /// When it was known.
    pub on: String,
    /// Whether that was known by `as_of`, so that it is all that is left of the distribution.
    pub known: bool,
    /// The 5th percentile of what the verdict says; null for a horizon that is over.
    pub low: Option<f64>,
    /// Its median.
    pub median: Option<f64>,
    /// Its 95th percentile.
    pub high: Option<f64>,
}

/// An event of which it is known whether it happened.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct SettledEvent {
    /// Its name.
    pub id: String,
    /// Whether it happened.
    pub happened: bool,
    /// By which horizon; null where it is known for good.
    pub by: Option<String>,
    /// On which day; null where that is not stated.
    pub on: Option<String>,
}

/// The verdict through its author's own logit line, shrunk by how little the record tells.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Recalibrated {
    /// Whose record; null for that of files without an author.
    pub author: Option<String>,
    /// How many settled cases it has.
    pub cases: u64,
    /// The slope of log-odds as fitted; null where no line can be drawn.
    pub fitted_slope: Option<f64>,
    /// The intercept likewise.
    pub fitted_intercept: Option<f64>,
    /// How far slopes of authors lie from 1, as a standard deviation.
    pub spread: f64,
    /// How far the fitted line is believed: 0 not at all, 1 wholly.
    pub belief: f64,
    /// The slope in use.
    pub slope: f64,
    /// The intercept in use.
    pub intercept: f64,
    /// The verdict at each horizon.
    pub horizons: Vec<RecalibratedAt>,
}

/// One horizon.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct RecalibratedAt {
    /// Its name.
    pub id: String,
    /// Each outcome.
    pub outcomes: Vec<RecalibratedOutcome>,
    /// Each event whose chance is neither 0 nor 1; absent where there is none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(test, schemars(default))]
    pub events: Vec<RecalibratedEvent>,
}

/// One event.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct RecalibratedEvent {
    /// Its name.
    pub id: String,
    /// Its chance by then through the record; null where there is no verdict.
    pub chance: Option<f64>,
}

/// One outcome.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct RecalibratedOutcome {
    /// Its name.
    pub id: String,
    /// Its chance through the record; null where there is no verdict.
    pub probability: Option<f64>,
    /// The word for it.
    pub term: Option<String>,
}
