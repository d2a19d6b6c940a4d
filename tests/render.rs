//! How findings and verdicts look.

mod findings;
mod verdicts;
