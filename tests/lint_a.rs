//! Tests of the rules of probability, words and evidence.

mod fixes;
mod near_misses;
mod places;
mod planted;
mod words;

use crate::found::lint_project;
use assess::diag::Diagnostic;
use assess::lint::Settings;
use assess::lint::rules;
use assess::project::Project;

/// The rules that these tests are about.
pub(crate) const OURS: [&str; 26] = [
    "certainty",
    "false-precision",
    "lazy-fifty",
    "hazard-jump",
    "stalled-curve",
    "bet-mismatch",
    "word-number",
    "prose-contradicts",
    "mixed-lexicon",
    "confidence-likelihood",
    "weasel",
    "off-scale",
    "unlinked-number",
    "scale-gap",
    "missing-evidence",
    "unsourced",
    "ungraded",
    "halo-grade",
    "split-rating",
    "false-confirmed",
    "stale",
    "hindsight",
    "double-count",
    "single-source",
    "non-diagnostic",
    "unopposed-leader",
];

/// What every rule finds in a whole file.
fn lint_whole(text: &str) -> Vec<Diagnostic> {
    lint_project(&Project::from_text("a.assess", text), &Settings::default())
}

/// What every rule finds in a fragment that the frame makes whole.
fn lint(fragment: &str) -> Vec<Diagnostic> {
    lint_whole(&rules::frame(fragment))
}
