//! Mutants of all our files, through the whole pipeline: nothing panics, hangs or grows without bound,
//! and what is mended or laid out says what it said.
//!
//! A mutant is made from its number alone. `MUTANTS=100000 cargo test many_mutants -- --ignored` holds
//! more of them to the laws, in shares with `FUZZ_FROM=12000 MUTANTS=6000`;
//! `FUZZ_SECONDS=300 cargo test fuzz::pipeline -- --ignored` looks for what falls over.

mod finite;
mod hostile;
mod laws;
mod mutants;
mod order;
mod pipeline;

use crate::lintcore::linted;
use assess::diag::Checked;
use assess::project::Project;
use assess::resolve::resolve;

/// A number from the environment.
fn asked(name: &str, otherwise: u64) -> u64 {
    let asked = std::env::var(name).ok().and_then(|n| n.parse().ok());
    asked.unwrap_or(otherwise)
}

/// The errors of a text alone.
fn read(text: &str) -> Checked {
    let project = Project::from_text("a.assess", text);
    let mut diagnostics: Vec<_> = project.problems().cloned().collect();
    diagnostics.extend(resolve(&project).diagnostics.sorted());
    Checked {
        sources: project.sources,
        diagnostics,
        ..Checked::default()
    }
}
