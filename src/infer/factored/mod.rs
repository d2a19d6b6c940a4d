//! What hangs together thinly, summed exactly whatever the number of propositions.
//!
//! In: a question made ready for sampling ([`Plan`]), which holds no table over states. Out: the chances of its
//! propositions, by eliminating one after another from a graph of what rests on what; and the outcomes where none is
//! final, by a transform of the sum of pushes under which what is independent multiplies. None of both where too much
//! hangs together, or where something costs a power of ε.

mod chances;
mod gamma;
mod graph;
mod grid;
mod multilinear;
mod net;
mod nodes;
mod ready;
mod settled;
mod steady;
mod transform;
mod turns;

pub(crate) use chances::{FEW, chances, masses};
pub(crate) use multilinear::{Multilinear, Shared};
pub(crate) use transform::Transform;

use super::question::plan::{Moment, Plan};
