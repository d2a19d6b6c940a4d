//! What other voices say: views, pools of them, key judgements.

use super::{
    ByTime, Chance, Confidence, Driver, Name, Prior, ProseClauses, Query, Spanned, Test, Text,
};
use crate::text::source::Span;

/// `view fbi "One element" { … }`: the file with these clauses in place of its own.
#[derive(Debug, Clone)]
pub struct View {
    /// The whole item.
    pub(crate) span: Span,
    /// Its id.
    pub(crate) name: Name,
    pub(crate) title: Option<Text>,
    /// `author:` whose view it is.
    pub(crate) author: Option<Text>,
    /// What is said otherwise, in the order of the file.
    pub(crate) says: Vec<Restated>,
    /// `without: rumour`
    pub(crate) without: Vec<Name>,
    pub(crate) confidence: Option<Spanned<Confidence>>,
    /// `note:`, `context:`, `source:`
    pub(crate) prose: ProseClauses,
    /// Keys of clauses that broke.
    pub(crate) broken: Vec<String>,
}

/// One thing that a view says otherwise.
#[derive(Debug, Clone)]
pub enum Restated {
    /// An item of the file with other clauses, or one that only the view has.
    Driver(Box<Driver>),
    /// A prior.
    Prior(Box<Prior>),
    /// `lab: likely`: an event's chance.
    Chance {
        /// The whole clause.
        span: Span,
        /// The event.
        name: Name,
        /// Its chance.
        values: ByTime<Chance>,
    },
}

/// `pool both "Both" { of: own, fbi, weights: 2, 1 }`
#[derive(Debug, Clone)]
pub struct Pool {
    /// The whole item.
    pub(crate) span: Span,
    /// Its id.
    pub(crate) name: Name,
    pub(crate) title: Option<Text>,
    /// `of:` the views that are pooled; `own` is the file itself.
    pub(crate) of: Vec<Name>,
    /// `weights:` one for each, above 0.
    pub(crate) weights: Option<Spanned<Vec<Spanned<f64>>>>,
    pub(crate) method: Option<Spanned<Pooling>>,
    /// `extremise:` above 0.
    pub(crate) extremise: Option<Spanned<f64>>,
    /// `note:`
    pub(crate) prose: ProseClauses,
    /// Keys of clauses that broke.
    pub(crate) broken: Vec<String>,
}

/// How probabilities are pooled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Pooling {
    /// The weighted geometric mean, normalised: log odds are averaged.
    #[default]
    Log,
    /// The weighted mean.
    Linear,
}

impl Pooling {
    /// Every method with its word.
    pub const ALL: [(&'static str, Pooling); 2] =
        [("log", Pooling::Log), ("linear", Pooling::Linear)];

    /// Its word.
    pub fn as_str(self) -> &'static str {
        match self {
            Pooling::Log => "log",
            Pooling::Linear => "linear",
        }
    }
}

/// `judgement "We judge that …" { on: exit by long, says: very unlikely }`
#[derive(Debug, Clone)]
pub struct Judgement {
    /// The whole item.
    pub(crate) span: Span,
    /// What is judged, in words.
    pub(crate) title: Text,
    pub(crate) on: Option<Query>,
    pub(crate) says: Option<Spanned<Test>>,
    pub(crate) confidence: Option<Spanned<Confidence>>,
    pub(crate) rests_on: Vec<Name>,
    /// `note:`
    pub(crate) prose: ProseClauses,
    /// Keys of clauses that broke.
    pub(crate) broken: Vec<String>,
}
