//! What it would take as JSON, the shape that scripts rely on.
//!
//! In: filled by `to_json`. Out: serialized. Numbers are full doubles.

use crate::infer::flip::parameter::Kind;
use serde::Serialize;

/// What `assess flip --format json` prints.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Report {
    /// The version of this shape.
    pub version: u32,
    /// As named on the command line.
    pub file: String,
    /// The question.
    pub title: String,
    /// What was asked beyond the file itself; absent where nothing was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub asked: Option<crate::render::verdict::json::Asked>,
    /// The expectation of `--until`; null where the leader was asked about.
    pub until: Option<Until>,
    /// Who leads today at each horizon; empty where an expectation was asked about.
    pub horizons: Vec<Horizon>,
    /// Every number, nearest first: those that change nothing at the end.
    pub numbers: Vec<Number>,
    /// The fewest events made so that change the answer.
    pub events: Sets,
    /// The fewest items of evidence whose removal changes the answer.
    pub evidence: Sets,
    /// Every change clause; empty where an expectation was asked about.
    pub changes: Vec<Change>,
    /// The same of each `question` block; absent where there is none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(test, schemars(default))]
    pub questions: Vec<QuestionOf>,
    /// How the search was cut short; absent where it was not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub coarse: Option<Coarse>,
}

/// A search in few questions, where each takes long.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Coarse {
    /// Over how many histories each value was evaluated; null where it was over all states.
    pub histories: Option<u64>,
    /// How many numbers were left out: those that push least.
    pub left_out: usize,
}

/// What would change the leader of a `question` block.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct QuestionOf {
    /// Its name.
    pub id: String,
    /// Its title, or its name.
    pub title: String,
    /// Who leads today at each horizon.
    pub horizons: Vec<Horizon>,
    /// Every number that can reach it, nearest first: those that change nothing at the end.
    pub numbers: Vec<Number>,
    /// The fewest events made so that change the answer.
    pub events: Sets,
    /// The fewest items of evidence whose removal changes the answer.
    pub evidence: Sets,
    /// Every change clause that moves it.
    pub changes: Vec<Change>,
}

/// An expectation.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Until {
    /// As written.
    pub text: String,
    /// Whether it is met today.
    pub holds: bool,
    /// The queried probability today; null where its condition cannot hold.
    pub value: Option<f64>,
}

/// Who leads.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Horizon {
    /// The horizon.
    pub id: String,
    /// The leader; null where what is given cannot hold.
    pub leader: Option<String>,
    /// Its probability less the next one's.
    pub margin: Option<f64>,
}

/// A clause's numbers.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Number {
    /// The clause, such as `congress weight against exit`.
    pub id: String,
    /// What it is, and so its unit.
    pub kind: Kind,
    /// At each horizon of which the clause speaks.
    pub horizons: Vec<NumberAt>,
}

/// A number at one horizon.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct NumberAt {
    /// The horizon.
    pub id: String,
    /// What it is today.
    pub today: f64,
    /// The least and the greatest that was tried.
    pub tried: (f64, f64),
    /// Where the answer changes; null where no value within reach does it.
    pub tip: Option<Tip>,
}

/// Where the answer changes.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Tip {
    /// The value: at it the answer is another, a hair nearer to today's it is not.
    pub value: f64,
    /// How far that is from today's, in decibans; below 0 downwards.
    pub decibans: f64,
    /// Who leads then; null for an expectation.
    pub leader: Option<String>,
    /// The leader's probability then, or the expectation's.
    pub probability: f64,
    /// Whether the value lies in the range that its clause states; absent where it states one number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub within_range: Option<bool>,
}

/// The smallest sets of one kind.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Sets {
    /// How many things could be in a set.
    pub candidates: usize,
    /// The largest size of which all sets were tried.
    pub tried: usize,
    /// By horizon; no set where none does it.
    pub horizons: Vec<SetsAt>,
}

/// The smallest sets at one horizon.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct SetsAt {
    /// The horizon.
    pub id: String,
    /// All of the smallest size.
    pub sets: Vec<Set>,
}

/// One set.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Set {
    /// `drift`, `not drift`, or an item of evidence.
    pub members: Vec<Member>,
    /// Who leads then; null for an expectation.
    pub leader: Option<String>,
    /// The leader's probability then, or the expectation's.
    pub probability: f64,
}

/// A member of a set.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum Member {
    /// An event made so.
    Event {
        /// The event.
        event: String,
        /// To what.
        to: bool,
    },
    /// An item of evidence.
    Evidence {
        /// Whose.
        driver: String,
        /// What was seen.
        text: String,
    },
}

/// A change clause.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Change {
    /// The clause.
    pub id: String,
    /// At each horizon.
    pub horizons: Vec<ChangeAt>,
}

/// A change clause at one horizon.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ChangeAt {
    /// The horizon.
    pub id: String,
    /// Its chance; null for what rests on a hypothetical event.
    pub chance: Option<f64>,
    /// Whether it can hold.
    pub possible: bool,
    /// Who leads where it holds.
    pub leader: String,
    /// Whether that is another than the verdict's leader.
    pub flips: bool,
    /// What its own numbers would have to be for another leader where it holds.
    pub needs: Vec<Need>,
}

/// A number of a change clause.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Need {
    /// The clause.
    pub id: String,
    /// What it would have to be.
    pub tip: Tip,
}
