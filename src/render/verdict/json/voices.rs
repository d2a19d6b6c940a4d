//! Views, pools and key judgements as JSON.

use super::{Confidence, EventAt, Outcome, QuestionAt};
use serde::Serialize;

/// A view.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct View {
    /// Its name.
    pub id: String,
    /// Its title, or its name.
    pub title: String,
    /// Whose view it is.
    pub author: Option<String>,
    /// `confidence:` as stated; null where it is not.
    pub confidence: Option<Confidence>,
    /// The names of what it leaves out.
    pub without: Vec<String>,
    /// Its verdict at each horizon.
    pub horizons: Vec<QuestionAt>,
    /// Its verdict on each `question` block; absent where there is none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(test, schemars(default))]
    pub questions: Vec<super::QuestionOf>,
    /// Every event as it has it, those included that only it has.
    pub events: Vec<ViewedEvent>,
}

/// An event as a view has it.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ViewedEvent {
    /// Its name.
    pub id: String,
    /// By horizon.
    pub horizons: Vec<EventAt>,
}

/// A pool of views.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Pool {
    /// Its name.
    pub id: String,
    /// Its title, or its name.
    pub title: String,
    /// The views; `own` is the file itself.
    pub of: Vec<String>,
    /// How much each counts.
    pub weights: Vec<f64>,
    /// `log` or `linear`.
    pub method: &'static str,
    /// The exponent on what is pooled.
    pub extremise: f64,
    /// What comes of it at each horizon.
    pub horizons: Vec<PoolAt>,
}

/// A pool at one horizon.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct PoolAt {
    /// The horizon's name.
    pub id: String,
    /// The likeliest outcome of the first question; null where there is none.
    pub leader: Option<String>,
    /// Its probability less the next one's.
    pub margin: Option<f64>,
    /// Every outcome, without an interval. Null where each outcome is impossible to one of the views.
    pub outcomes: Vec<Outcome>,
}

/// A key judgement.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Judgement {
    /// In words.
    pub text: String,
    /// What is asked.
    pub on: String,
    /// What it says of that, as written.
    pub says: String,
    /// Its line.
    pub line: usize,
    /// Whether the verdict bears it out.
    pub holds: bool,
    /// The probability that is asked for; null where its condition cannot hold.
    pub value: Option<f64>,
    /// `confidence:` as stated; null where it is not.
    pub confidence: Option<Confidence>,
    /// The confidence that is computed at its horizon; null where there is none.
    pub computed_confidence: Option<Confidence>,
    /// The names of what it rests on.
    pub rests_on: Vec<String>,
}
