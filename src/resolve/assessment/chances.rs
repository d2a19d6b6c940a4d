//! What else may be said of an event's chance: chains, triggers, weights; and named conditions.
//!
//! In: filled by `resolve`. Out: read as parts of an [`Assessment`](super::Assessment).

use super::{Clause, DriverId, Name, Number, Prop, ProseParts, Span};

/// `condition blackout "Loss of supply": grid and diesel`. Propositions that name it hold what it
/// stands for in its place.
#[derive(Debug, Clone)]
pub struct Condition {
    /// The whole item.
    pub(crate) span: Span,
    /// Its id.
    pub(crate) name: Name,
    /// Its title, or its id.
    pub title: String,
    /// What it stands for, other conditions in it expanded.
    pub(crate) prop: Prop,
    /// Whether anything names it: another condition, a clause, a query, a placeholder.
    pub(crate) is_named: bool,
    /// `note:` …
    pub prose: ProseParts,
}

/// `implies: m7, m67, m6`: each of these events implies the next. Members have one plain row each
/// and stand in no other group; their curves never cross.
#[derive(Debug, Clone)]
pub struct Chain {
    /// The whole item.
    pub(crate) span: Span,
    /// The events, the strongest first; at least two.
    pub(crate) members: Vec<DriverId>,
}

/// `chance once ceasefire: 40% within 3 months, likely within 2 years`: what a trigger, once it has
/// come, does to an event. The event's other rows say what goes on before.
#[derive(Debug, Clone)]
pub struct Once {
    /// The event that sets the clock.
    pub(crate) trigger: DriverId,
    /// F: the chance by the time since the trigger.
    pub clause: Clause<After>,
}

/// The chance of an event by the time since its trigger.
#[derive(Debug, Clone)]
pub enum After {
    /// Constant hazard between these, from 0 at 0, flat after the last.
    Steps(Vec<Step>),
    /// ρ a year: 1 − (1 − ρ)^years.
    PerYear(Number),
    /// λ times a year: 1 − e^(−λ·years).
    Times(Number),
}

/// `40% within 3 months`
#[derive(Debug, Clone)]
pub struct Step {
    /// Days since the trigger, above 0 and rising; a month has 365.25/12, a year 365.25.
    pub(crate) days: f64,
    /// The cumulative chance, never falling; 100% is 99.9% between points.
    pub chance: Number,
}

/// A push on an event: its odds, in each row, horizon and now, are multiplied.
#[derive(Debug, Clone)]
pub struct EventWeight {
    /// The event; neither in `exclusive` nor in `implies`, nor hypothetical, and without `once`.
    pub(crate) event: DriverId,
    /// Whether the push is downwards.
    pub(crate) against: bool,
    /// By horizon, ln of the ratio, at least 0; none where the horizon has no value. Two targets
    /// of one `weight` clause share its key.
    pub clause: Clause<Vec<Option<Number>>>,
}
