//! Files with several questions, decided outcomes, chains, triggers and weights on events: one general,
//! exact engine.
//!
//! In: a model and what is asked of it. Out: sums over all states. What lasts is carried from horizon to
//! horizon as the axes of one table; what passes is drawn and summed out within its horizon.

mod answer;
mod assumed;
mod clash;
mod costs;
mod evaluate;
mod explain;
mod fill;
mod grounds;
mod happen;
mod judged;
mod lanes;
mod movers;
mod moves;
mod net;
mod newton;
mod order;
mod own;
mod pairs;
mod plan;
mod push;
mod pushed;
mod quantity;
mod queries;
mod question;
mod run;
mod scene;
mod shared;
mod shares;
mod solve;
mod space;
mod spread;
mod tally;
mod test;

pub(crate) use answer::{Joint, MadeSo, whole};
pub(crate) use evaluate::{
    changes, conditionals, evaluate, examine, is_needed, of_kind, probable, standing_bases,
};
pub(super) use explain::explain;
pub(crate) use lanes::{ALONE, LANES, each};
pub(crate) use plan::{Ask, Condition, Plan, TooMany};
pub(crate) use pushed::pushes;
pub(crate) use quantity::{named, of_quantity};
pub(crate) use queries::Queries;
pub(crate) use run::Results;
pub(crate) use tally::Counted;
