//! Enumeration: every state of the propositions that matter, from horizon to horizon.
//!
//! In: a question made ready, and one setting of the numbers. Out: the mass by outcome and condition.

pub(super) mod ending;
pub(super) mod flow;
pub(super) mod forward;
pub(super) mod frontier;
pub(super) mod layout;
