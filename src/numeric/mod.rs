//! Functions of numbers that more than one room needs.

pub mod line;
pub mod link;
pub mod normal;
pub(crate) mod orders;
pub(crate) mod percentile;
