//! Functions of numbers that more than one room needs.

pub(crate) mod link;
pub(crate) mod normal;
