//! Questions, conditions, chains and triggers, as written.
//!
//! In: built by the lowering. Out: part of the typed tree.

use super::{
    Chance, Confidence, Duration, Name, Outcome, Prior, Prop, ProseClauses, Spanned, Text,
};
use crate::text::source::Span;

/// A question: its outcomes and what is thought of them.
#[derive(Debug, Clone)]
pub struct Question {
    /// The whole item.
    pub span: Span,
    /// The word `question`.
    pub(crate) keyword: Span,
    /// Its id.
    pub name: Name,
    /// Its title.
    pub title: Option<Text>,
    /// Its outcomes, in order.
    pub outcomes: Vec<Outcome>,
    /// Its priors, in order.
    pub priors: Vec<Prior>,
    /// `confidence:`
    pub confidence: Option<Spanned<Confidence>>,
    /// `resolves:`, `note:` …
    pub prose: ProseClauses,
    /// Kinds of items and keys of clauses in it that broke: their absence is no further mistake.
    pub(crate) broken: Vec<String>,
}

/// What decides an outcome.
#[derive(Debug, Clone)]
pub enum Decides {
    /// `when: a and b`
    When(Prop),
    /// `when: otherwise`
    Otherwise(Span),
}

impl Decides {
    /// Where it stands.
    pub fn span(&self) -> Span {
        match self {
            Decides::When(prop) => prop.span,
            Decides::Otherwise(span) => *span,
        }
    }

    /// The proposition, where it is one.
    pub fn prop(&self) -> Option<&Prop> {
        match self {
            Decides::When(prop) => Some(prop),
            Decides::Otherwise(_) => None,
        }
    }
}

/// `counts in: eruption, ceasefire`
#[derive(Debug, Clone)]
pub struct CountsIn {
    /// The whole clause.
    pub(crate) span: Span,
    /// The words `counts in`.
    pub(crate) head: Span,
    /// The drivers; `all` is one of them where it is written.
    pub(crate) members: Vec<Name>,
}

/// A proposition with a name.
#[derive(Debug, Clone)]
pub struct Condition {
    /// The whole item.
    pub(crate) span: Span,
    /// Its id.
    pub(crate) name: Name,
    pub(crate) title: Option<Text>,
    /// What it stands for.
    pub(crate) prop: Prop,
}

/// Events each of which implies the next.
#[derive(Debug, Clone)]
pub struct Implies {
    /// The whole item.
    pub(crate) span: Span,
    /// The events, the strongest first.
    pub(crate) members: Vec<Name>,
}

/// `chance once ceasefire: 40% within 3 months`
#[derive(Debug, Clone)]
pub struct Once {
    /// The whole clause.
    pub(crate) span: Span,
    /// Up to the colon.
    pub(crate) head: Span,
    /// What sets the clock.
    pub(crate) trigger: Prop,
    /// The chances, in order; never empty.
    pub(crate) steps: Vec<Step>,
}

/// `40% within 3 months`, or a rate
#[derive(Debug, Clone)]
pub struct Step {
    /// The chance.
    pub chance: Spanned<Chance>,
    /// Within which time; none for a rate.
    pub(crate) within: Option<Spanned<Duration>>,
}

/// `in any horizon`, `in every of (short, medium)`
#[derive(Debug, Clone)]
pub struct Over {
    /// From `in` to the end.
    pub(crate) span: Span,
    /// Whether `every`.
    pub(crate) every: bool,
    /// Which horizons; none for all.
    pub(crate) horizons: Option<Vec<Name>>,
}
