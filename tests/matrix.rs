//! Sixty structures, each put to every command: none hangs, or eats memory.
//!
//! In: files made by rule. Out: nothing but that each command answers in time, or says soon why it does not.

pub(crate) mod made;
mod run;
