//! Explanations as JSON, the shape that scripts rely on.
//!
//! In: filled by `to_json`. Out: serialized. Numbers are full doubles. The schema that `assess
//! schema explain` prints is made from these structs.

use super::super::verdict::json::{self as verdict, Confidence, Head, Probability};
use serde::Serialize;

/// What `assess explain --format json` prints.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Report {
    /// The version of this shape.
    pub version: u32,
    /// Its fields stand here.
    #[serde(flatten)]
    pub head: Head,
    /// The horizons shown: the question at the top level, as far as there is one.
    pub horizons: Vec<Horizon>,
    /// Each `question` block; absent where there is none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(test, schemars(default))]
    pub questions: Vec<QuestionOf>,
    /// The rows of priors that have several; absent where none has.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(test, schemars(default))]
    pub rows: Vec<Row>,
    /// The events that are pushed; absent where none is.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(test, schemars(default))]
    pub pushed: Vec<Pushed>,
    /// Every event, factor, change and assumption, in the file's order.
    pub drivers: Vec<Driver>,
    /// Every clause that states a range, by its words; empty without draws.
    pub ranges: Vec<Range>,
    /// The share of a variance that is no more than the estimate's own noise; 0 without ranges.
    pub noise: f64,
    /// Every event, with `--watch`; else null.
    pub watch: Option<Vec<Watched>>,
    /// By which score, with `--watch`: `brier` or `log`; else null.
    pub score: Option<&'static str>,
    /// The outcomes that are scored, with `--watch`; all others count as one.
    pub scored: Vec<String>,
    /// What was taken for granted, as sentences.
    pub assumed: Vec<String>,
}

/// The verdict at one horizon, from its prior.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Horizon {
    /// Its name.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The likeliest outcome; null where what is given cannot hold.
    pub leader: Option<String>,
    /// How sure the verdict is, and why; null where the file asks nothing at the top level.
    pub confidence: Option<Grounds>,
    /// The outcomes shown.
    pub outcomes: Vec<Outcome>,
}

/// A `question` block's verdict, from its prior.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct QuestionOf {
    /// Its name.
    pub id: String,
    /// Its title, or its name.
    pub title: String,
    /// The horizons shown.
    pub horizons: Vec<Horizon>,
}

/// One row of a prior that has several.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Row {
    /// The question's name; null at the top level.
    pub question: Option<String>,
    /// Its condition, as written; null for `otherwise`.
    pub given: Option<String>,
    /// At each horizon shown.
    pub horizons: Vec<RowAt>,
}

/// One row of a prior at one horizon.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct RowAt {
    /// The horizon's name.
    pub id: String,
    /// How likely the row is to be in force; null where what is given cannot hold.
    pub chance: Option<f64>,
    /// What it says of each judged outcome.
    pub outcomes: Vec<Probability>,
}

/// An event that is pushed.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Pushed {
    /// Its name.
    pub id: String,
    /// At each horizon shown.
    pub horizons: Vec<PushedAt>,
}

/// A pushed event at one horizon. The contributions of all drivers sum to its chance less the one without pushes.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct PushedAt {
    /// The horizon's name.
    pub id: String,
    /// How likely it is; null where what is given cannot hold.
    pub chance: Option<f64>,
    /// How likely it would be if nothing pushed it; null likewise.
    pub without: Option<f64>,
}

/// What confidence is computed from.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Grounds {
    /// The lowest of the levels that the inputs allow.
    pub level: Confidence,
    /// The share of all pushes without a source or a rating; null where nothing pushes.
    pub unsourced: Option<f64>,
    /// The level that it allows; null where nothing pushes: then the prior's source counts.
    pub unsourced_allows: Option<Confidence>,
    /// The mean discount of the rated drivers, weighted by their pushes; null where none is rated.
    pub quality: Option<f64>,
    /// The level that it allows.
    pub quality_allows: Confidence,
    /// The width of the leader's 90% interval, from 0 to 1; null where nothing is a range.
    pub width: Option<f64>,
    /// The wider of its two sides in decibans of odds, by which it counts; null likewise.
    pub width_decibans: Option<f64>,
    /// The level that it allows.
    pub width_allows: Confidence,
    /// By how many decibans what carries no rating moves the leader, to first order.
    pub unrated: f64,
    /// The same of what carries one.
    pub rated: f64,
    /// The level that the two allow.
    pub unrated_allows: Confidence,
    /// How many independent sources push.
    pub sources: usize,
    /// The leader's probability less the next one's; null where what is given cannot hold.
    pub margin: Option<f64>,
    /// Whether the leader's prior states a range, a count or a rate.
    pub prior_is_ranged: bool,
    /// The sources and assumptions each of which alone turns the leader; null where that was not tried.
    pub turned_alone_by: Option<Vec<String>>,
    /// Which of `sources`, `margin`, `prior` and `turned_alone` hold confidence back: one to moderate, two to low.
    pub held_back_by: Vec<&'static str>,
    /// Whether the prior cites a source.
    pub prior_is_sourced: bool,
    /// Whether the leader is decided: then what decides it stands for the prior. Absent where it is not.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    #[cfg_attr(test, schemars(default))]
    pub is_decided: bool,
}

/// One outcome at one horizon. The contributions of all drivers sum to verdict minus prior.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Outcome {
    /// Its fields stand here.
    #[serde(flatten)]
    pub verdict: verdict::Outcome,
    /// The prior. Where a condition decides the outcome, or says which row of a prior is in force: where it stands
    /// while nothing pushes. Null where what is given cannot hold.
    pub prior: Option<f64>,
    /// When it holds, as a proposition, where that is decided; absent where it is judged.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decided: Option<String>,
}

/// One event, factor, change or assumption.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Driver {
    /// Its name.
    pub id: String,
    /// Its title.
    pub title: String,
    /// `event`, `factor`, `change` or `assumption`.
    pub kind: &'static str,
    /// Why it moves nothing at any horizon; null where it moves something.
    pub idle: Option<String>,
    /// What its best rated evidence leaves of its pushes; 1 where nothing is rated.
    pub discount: f64,
    /// What it rests on.
    pub evidence: Vec<Evidence>,
    /// The overlaps that it is in.
    pub overlaps: Vec<Overlap>,
    /// The changes that count it.
    pub counted_by: Vec<String>,
    /// What it does at each horizon shown.
    pub horizons: Vec<DriverAt>,
}

/// One item of evidence.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Evidence {
    /// What was seen.
    pub text: String,
    /// Who says so.
    pub source: Option<String>,
    /// Its Admiralty code, as `B2`.
    pub rated: Option<String>,
    /// When it was seen, as `2025-02-14`, or as `2025-02` where the file names a month alone.
    pub dated: Option<String>,
}

/// An overlap.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Overlap {
    /// How much is shared, 0 to 1.
    pub share: f64,
    /// With whom.
    pub with: Vec<String>,
}

/// One driver at one horizon.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct DriverAt {
    /// The horizon's name.
    pub id: String,
    /// How likely it is to push there; null for a hypothetical event, which has no chance, and where
    /// what is given cannot hold.
    pub chance: Option<f64>,
    /// What it does to each outcome shown.
    pub outcomes: Vec<Push>,
    /// What it does to each event that it moves or pushes; absent where there is none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(test, schemars(default))]
    pub events: Vec<Push>,
}

/// What one driver does to one outcome or event at one horizon.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Push {
    /// The name of the outcome or event.
    pub id: String,
    /// The push as stated, in decibans, above 0 for and below 0 against.
    pub stated: f64,
    /// What `count` clauses leave of it.
    pub count: f64,
    /// What overlap leaves of it.
    pub overlap: f64,
    /// The push where the driver holds: stated · discount · count · overlap.
    pub decibans: f64,
    /// Its contribution to verdict minus prior, or to an event's chance, in percentage points (Shapley); null where what is
    /// given cannot hold.
    pub points: Option<f64>,
    /// The standard error of `points`; null where all orders were tried.
    pub error: Option<f64>,
}

/// A clause that states a range.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Range {
    /// In words, as `congress weight against exit`.
    pub clause: String,
    /// The file that it stands in.
    pub file: Option<String>,
    /// Its line, from 1.
    pub line: Option<usize>,
    /// At each horizon shown.
    pub horizons: Vec<RangeAt>,
}

/// One range at one horizon.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct RangeAt {
    /// The horizon's name.
    pub id: String,
    /// For each outcome shown.
    pub outcomes: Vec<Share>,
}

/// What one range explains of one outcome's variance over the draws.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Share {
    /// The outcome's name.
    pub id: String,
    /// The first-order share, 0 to 1; null where nothing varies. Below `noise` it says nothing.
    pub variance: Option<f64>,
}

/// What it is worth to learn of an event.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Watched {
    /// The event's name.
    pub id: String,
    /// Learning by each horizon shown whether it has happened.
    pub horizons: Vec<WatchedAt>,
}

/// What it is worth to learn by one horizon whether an event has happened.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct WatchedAt {
    /// The horizon's name.
    pub id: String,
    /// How likely the event is.
    pub chance: f64,
    /// The expected drop of the score: of Brier's summed over what is scored, of the logarithmic one
    /// in bits; null where what is given cannot hold.
    pub drop: Option<f64>,
    /// The score that the verdict expects of itself as it stands: Σ p(1 − p), or −Σ p·log₂ p.
    pub score: Option<f64>,
    /// The outcomes shown, if it has happened; null where it cannot have, or must have.
    pub given: Option<Vec<Probability>>,
    /// The outcomes shown, if it has not; null likewise.
    pub absent: Option<Vec<Probability>>,
}
