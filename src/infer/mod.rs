//! From numbers to the verdict.
//!
//! In: an [`Assessment`](crate::resolve::assessment::Assessment) free of errors. Out: a
//! [`verdict::Verdict`], or the answer to one query. Deterministic: no clock, no hash-map order, no
//! platform's own `exp` and `ln` (those of the `libm` crate are the same everywhere).

mod answers;
mod compiled;
mod conditional;
pub mod confidence;
mod contributions;
mod engine;
mod estimate;
mod evaluate;
mod events;
mod exact;
mod examined;
pub mod explain;
mod factored;
pub mod flip;
mod intervals;
mod joint;
mod leader;
mod lumped;
pub mod meter;
pub mod mixture;
pub mod pool;
mod probabilities;
mod pushes;
mod question;
pub mod reach;
mod rows;
mod sampled;
mod silent;
pub mod verdict;
pub(crate) mod voices;

pub use answers::Answers;

pub use estimate::{Estimate, Given, values};
pub use evaluate::evaluate;
pub use examined::{Examined, Sides, examine};
pub(crate) use leader::{first as first_of, leader, likeliest, of_question as leader_of};
pub(crate) use lumped::{LANES, Lanes};
pub use probabilities::{Probabilities, Probable, Variants, probabilities};
pub use pushes::{Push, pushes, pushes_given};
pub use question::answer::LEAST_EFFECTIVE;
pub(crate) use rows::{ROWS, Rows};
pub use sampled::Choice;
pub(crate) use silent::{Made, Room};
