//! Text itself: where it stands, how numbers are written in it, how lines are broken, and what may reach a terminal.
//!
//! The ground that every other room stands on: it knows none of them.

pub(crate) mod blanks;
pub(crate) mod clean;
pub(crate) mod decimal;
pub(crate) mod hashed;
pub mod lang;
pub mod round;
pub(crate) mod shell;
pub(crate) mod shortest;
pub mod source;
pub mod wrap;
