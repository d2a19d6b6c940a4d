//! From what was written to what it means: names, words, units, calendar.
//!
//! In: the typed trees of a file and of those that it uses. Out: an [`assessment::Assessment`], or
//! the mistakes that stand in its way. No probability is computed here.

pub mod assessment;
pub mod curves;
pub mod table;
