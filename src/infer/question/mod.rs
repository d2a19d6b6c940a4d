//! A question before anything is computed: what it rests on, how these hang together, what they say of the outcomes.
//!
//! In: a model, and what is asked, set and silent. Out: shapes, tables of e^W, shares of outcomes by state; all engines read them.

pub(super) mod answer;
pub(super) mod closure;
pub(super) mod cluster;
pub(super) mod outcomes;
pub(super) mod passing;
pub(super) mod pick;
pub(super) mod plan;
pub(super) mod pushes;
pub(super) mod reach;
pub(super) mod replicates;
pub(super) mod shape;
pub(super) mod steady;
pub(super) mod weights;

use shape::{Ask, Shape};

/// What a question is made of, whatever its numbers are.
#[derive(Debug, Clone)]
pub(crate) struct Structure {
    pub shape: Shape,
    /// What was set.
    pub sets: Vec<(usize, bool)>,
    /// Whether outcomes are asked for, beside how likely conditions are.
    pub outcomes: bool,
    /// Whether endings count within their horizon alone.
    pub within: bool,
}

impl Structure {
    /// Of what is asked, with its shape.
    pub(crate) fn of(shape: Shape, ask: &Ask) -> Structure {
        Structure {
            shape,
            sets: ask.sets.clone(),
            outcomes: ask.outcomes,
            within: ask.within,
        }
    }

    /// How many states the propositions that matter have.
    pub(crate) fn states(&self) -> u64 {
        1u64.checked_shl(self.shape.vars.len() as u32)
            .unwrap_or(u64::MAX)
    }

    /// Whether states are summed. A shape that was made to be sampled or transformed has variables, but nothing by
    /// which they move.
    pub(crate) fn is_summed(&self) -> bool {
        self.shape.vars.is_empty() || !self.shape.nodes.is_empty()
    }
}
