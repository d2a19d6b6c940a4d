//! What a report holds of reasons: contributions, drivers, evidence, tipping points, changes.
//!
//! In: built by `gather`. Out: part of the model.

use super::{Place, Prose, Share};
use serde::Serialize;

/// From the prior to the verdict of one outcome.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Contributions {
    /// The outcome's name.
    pub outcome: String,
    /// The outcome's title.
    pub title: String,
    /// By horizon.
    pub prior: Vec<Share>,
    /// By horizon.
    pub verdict: Vec<Share>,
    /// What moves it, the largest first.
    pub rows: Vec<Moves>,
    /// How many inputs do not move it.
    pub others: usize,
    /// When it holds, in a sentence, where that is decided; absent where it is judged.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decided: Option<String>,
}

/// What one driver does to one outcome.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Moves {
    /// The driver's name.
    pub driver: String,
    /// The driver's title.
    pub title: String,
    /// The best rating of its evidence, as written.
    pub rated: Option<String>,
    /// The latest date of its evidence, as 2025-02-14, or as 2025-02 where that is a month.
    pub dated: Option<String>,
    /// The same as printed: "2025-02-14", "February 2025".
    pub dated_text: Option<String>,
    /// By horizon.
    pub horizons: Vec<Step>,
}

/// What one driver does to one outcome at one horizon.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Step {
    /// Its share of verdict minus prior, in percentage points.
    pub points: Option<f64>,
    /// As printed: "+2.1", with its standard error where it has one.
    pub points_text: String,
    /// Its push on the outcome itself, where it holds.
    pub decibans: f64,
    /// As printed: "−8 dB"; nothing where it does not push the outcome itself.
    pub decibans_text: Option<String>,
}

/// A factor, an event or a change.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Driver {
    /// Its name.
    pub id: String,
    /// Its title, or its name.
    pub title: String,
    /// `factor`, `event` or `change`.
    pub kind: String,
    /// Whether it moves an outcome that contributions are shown for, or an event, or the verdict rests on it.
    pub moves: bool,
    /// Why it moves nothing there.
    pub idle: Option<String>,
    /// Its pushes, and what rating, counts and overlap leave of them, in lines.
    pub pushes: Vec<String>,
    /// How likely it is to push, in a line: "holds: 87% / 63%".
    pub chance: String,
    /// A change's condition, as written.
    pub when: Option<String>,
    /// Who says so.
    pub source: Option<Source>,
    /// What it rests on.
    pub evidence: Vec<Evidence>,
    /// What else its author says of it.
    pub note: Prose,
    /// Where it stands.
    pub place: Place,
}

/// One item of evidence.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Evidence {
    /// What was seen.
    pub text: String,
    /// Who says so.
    pub source: Option<Source>,
    /// How good it is.
    pub rated: Option<Rating>,
    /// When it was seen, as 2025-02-14, or as 2025-02 where the file names a month alone.
    pub dated: Option<String>,
    /// The same in words: "14 February 2025", "February 2025".
    pub dated_words: Option<String>,
    /// What else its author says of it.
    pub note: Prose,
    /// Where it stands.
    pub place: Place,
}

/// Where something is taken from.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Source {
    /// As written.
    pub text: String,
    /// Its address, where it is one of the web: nothing else may become a link.
    pub url: Option<String>,
}

/// A rating by the Admiralty code.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Rating {
    /// As written: `B2`.
    pub code: String,
    /// What the letter means: "usually reliable".
    pub source: String,
    /// What the digit means: "probably true".
    pub information: String,
    /// What it leaves of a weight, 0 to 1.
    pub discount: f64,
    /// As printed.
    pub discount_text: String,
}

/// How far the numbers are from changing the leader at one horizon.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Tipping {
    /// The horizon's name.
    pub horizon: String,
    /// The nearest numbers, the nearest first.
    pub rows: Vec<Tip>,
    /// What the other numbers do, in sentences.
    pub about: Vec<String>,
    /// The fewest events and items of evidence that change the leader.
    pub sets: Vec<Sets>,
}

/// A number and the value at which another outcome leads.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Tip {
    /// Its clause: `congress weight against exit`.
    pub clause: String,
    /// The same with titles for names.
    pub title: String,
    /// Whether the value lies in the range that its clause states, and that range; null for one number.
    pub within: Option<String>,
    /// The driver whose number it is; null for a prior.
    pub driver: Option<String>,
    /// Today's value as printed: "3.2:1".
    pub today: String,
    /// The value as printed.
    pub then: String,
    /// How far that is, in decibans; below 0 downwards.
    pub decibans: f64,
    /// As printed: "5.2 dB".
    pub distance: String,
    /// Who leads there, by name.
    pub leader: Option<String>,
    /// And by title.
    pub leader_title: Option<String>,
}

/// The smallest sets of one kind.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Sets {
    /// What was found: "The fewest events: one, assumed".
    pub heading: String,
    /// Each with what it does.
    pub lines: Vec<String>,
}

/// One change clause.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Change {
    /// Its name.
    pub id: String,
    /// Its title, or its name.
    pub title: String,
    /// Its condition, as written.
    pub when: String,
    /// By horizon.
    pub horizons: Vec<ChangeAt>,
    /// What else is to be known of it, in sentences.
    pub remarks: Vec<String>,
    /// What else its author says of it.
    pub note: Prose,
    /// Where it stands.
    pub place: Place,
}

/// A change clause at one horizon.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ChangeAt {
    /// How likely it is.
    pub chance: Share,
    /// Whether it can hold.
    pub possible: bool,
    /// By outcome, without it.
    pub absent: Vec<Share>,
    /// By outcome, given it.
    pub given: Vec<Share>,
    /// Who leads given it, by name; null where it cannot hold.
    pub leader: Option<String>,
    /// Whether that is another than in the verdict.
    pub flips: bool,
    /// Who leads without it, by name; null where it cannot fail to hold.
    pub leader_without: Option<String>,
    /// Whether that is another than in the verdict.
    pub absence_flips: bool,
    /// What it does and what it would need to do, in a sentence or two.
    pub sentence: Option<String>,
}
