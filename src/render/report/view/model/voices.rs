//! Key judgements, views and pools.

use super::{Likelihood, Place, Prose};
use serde::Serialize;

/// A key judgement.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct KeyJudgement {
    /// In its author's words.
    pub text: String,
    /// What is asked.
    pub on: String,
    /// What it says of that, as written.
    pub says: String,
    /// Whether the verdict bears it out.
    pub holds: bool,
    /// What the verdict says, in a sentence.
    pub answer: String,
    /// Its author's confidence and the one that is computed, in a sentence; null where none is stated.
    pub confidence: Option<String>,
    /// The titles of what it rests on.
    pub rests_on: Vec<String>,
    /// What else its author says of it.
    pub note: Prose,
    /// Where it stands.
    pub place: Place,
}

/// The file itself, a view of it or a pool of views.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct VoiceOf {
    /// `own`, or its name.
    pub id: String,
    /// Its title.
    pub title: String,
    /// `own`, `view` or `pool`.
    pub kind: String,
    /// Whose view it is, what it leaves out, or how it is pooled; empty where nothing is to be said.
    pub about: Vec<String>,
    /// What its author says of it.
    pub note: Prose,
    /// Where it stands; null of the file itself.
    pub place: Option<Place>,
    /// By horizon.
    pub horizons: Vec<VoiceAt>,
}

/// A voice at one horizon.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct VoiceAt {
    /// The title of the likeliest outcome of the first question; null where there is none.
    pub leader: Option<String>,
    /// Whether another leads than in the file itself.
    pub differs: bool,
    /// How sure it is, as computed: `low`, `moderate` or `high`; null of a pool.
    pub confidence: Option<String>,
    /// Every outcome.
    pub outcomes: Vec<Likelihood>,
}
