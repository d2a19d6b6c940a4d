//! A question before anything is computed: what it rests on, how these hang together, what they say of the outcomes.
//!
//! In: a model, and what is asked, set and silent. Out: shapes, tables of e^W, shares of outcomes by state; all engines read them.

pub(super) mod closure;
pub(super) mod cluster;
pub(super) mod outcomes;
pub(super) mod reach;
pub(super) mod shape;
pub(super) mod steady;
pub(super) mod weights;
