//! Functions of numbers that more than one room needs.

pub(crate) mod legendre;
pub mod line;
pub mod link;
pub mod normal;
pub(crate) mod orders;
pub(crate) mod percentile;
