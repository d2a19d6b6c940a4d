//! Tests of the rules of probability, words and evidence.

mod fixes;
pub(crate) mod near_misses;
mod places;
mod planted;
mod words;

use crate::found::lint_project;
use assess::diag::Diagnostic;
use assess::lint::Settings;
use assess::lint::rules;
use assess::project::Project;

/// What every rule finds in a whole file.
fn lint_whole(text: &str) -> Vec<Diagnostic> {
    lint_project(&Project::from_text("a.assess", text), &Settings::default())
}

/// What every rule finds in a fragment that the frame makes whole.
fn lint(fragment: &str) -> Vec<Diagnostic> {
    lint_whole(&rules::frame(fragment))
}
