//! Tests of the rules of reasoning, of what would change, and of upkeep.

mod examples;
mod fires;
mod fixes;
mod near_misses;
mod seeded;

use assess::diag::Diagnostic;
use assess::lint::{Context, Settings};
use assess::project::Project;
use assess::resolve::resolve;
use assess::rules::{self, Rule};

/// The rules that these tests are about.
const OURS: [&str; 23] = [
    "contradicting-curves",
    "backfiring-weight",
    "overwhelming",
    "orphan",
    "missing-base-rate",
    "unsupported-shift",
    "dominant-factor",
    "inert-factor",
    "linchpin",
    "idle-assumption",
    "nothing-would-change",
    "unreachable",
    "always",
    "same-when",
    "one-sided",
    "unobservable",
    "verdict-near-edge",
    "fragile-leader",
    "full-overlap",
    "failed-expectation",
    "missing-resolution",
    "open-horizon",
    "overdue",
];

/// What every rule finds in a fragment that the frame makes whole.
fn lint(fragment: &str, settings: &Settings) -> Vec<Diagnostic> {
    let text = rules::frame(fragment);
    let project = Project::from_text("a.assess", &text);
    lint_project(&project, settings)
}

fn lint_project(project: &Project, settings: &Settings) -> Vec<Diagnostic> {
    let resolved = resolve(project);
    let mut problems: Vec<&Diagnostic> = project.problems().collect();
    problems.extend(resolved.diagnostics.iter());
    let text = &project.sources.iter().next().expect("a file").1.text;
    let assessment = resolved.assessment.as_ref();
    let assessment = assessment.unwrap_or_else(|| panic!("{problems:#?}\n{text}"));
    let context = Context::new(assessment, &project.sources, settings);
    assert!(context.verdict().is_some(), "no verdict of\n{text}");
    assess::lint::lint(&context).sorted()
}

/// Settings under which a rule can fire: one of them waits to be told the day.
fn settings(rule: &Rule) -> Settings {
    Settings {
        today: (rule.name == "overdue").then(|| "2025-10-01".parse().expect("a date")),
        ..Settings::default()
    }
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
