//! From numbers to the verdict.
//!
//! In: a `Model`. Out: a [`verdict::Verdict`]. Deterministic: no clock, no hash-map order, no
//! platform's own `exp` and `ln` (those of the `libm` crate are the same everywhere).

mod flow;
mod frontier;
mod layout;
mod outcomes;
mod pass;
mod shape;
pub mod verdict;
mod weights;
