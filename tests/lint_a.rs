//! Tests of the rules of probability, words and evidence.

mod examples;
mod fixes;
mod near_misses;
mod places;
mod planted;

use assess::diag::Diagnostic;
use assess::lint::{Context, Settings};
use assess::project::Project;
use assess::resolve::resolve;
use assess::rules;

/// The rules that these tests are about.
const OURS: [&str; 24] = [
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
    let project = Project::from_text("a.assess", text);
    let resolved = resolve(&project);
    let mut problems: Vec<&Diagnostic> = project.problems().collect();
    problems.extend(resolved.diagnostics.iter());
    let assessment = resolved.assessment.as_ref();
    let assessment = assessment.unwrap_or_else(|| panic!("{problems:#?}\n{text}"));
    let settings = Settings::default();
    let context = Context::new(assessment, &project.sources, &settings);
    assert!(context.verdict().is_some(), "no verdict of\n{text}");
    assess::lint::lint(&context).sorted()
}

/// What every rule finds in a fragment that the frame makes whole.
fn lint(fragment: &str) -> Vec<Diagnostic> {
    lint_whole(&rules::frame(fragment))
}

/// The names of the rules that fire.
fn names(found: &[Diagnostic]) -> Vec<&'static str> {
    let mut names: Vec<&str> = found.iter().map(|d| d.rule.name).collect();
    names.dedup();
    names
}

/// The findings, one line each.
fn shown(found: &[Diagnostic]) -> String {
    let lines = found
        .iter()
        .map(|d| format!("{}: {}\n", d.rule.name, d.message));
    lines.collect()
}
