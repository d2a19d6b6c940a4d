//! What the rules alone find in a text, before anything is allowed or configured.

use assess::diag::Diagnostic;
use assess::lint::rules::{self, Rule};
use assess::lint::{Context, Settings};
use assess::project::Project;
use assess::resolve::resolve;

/// What every rule finds in a project's first file.
pub(crate) fn lint_project(project: &Project, settings: &Settings) -> Vec<Diagnostic> {
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

/// What every rule finds in a fragment that the frame makes whole.
pub(crate) fn lint(fragment: &str, settings: &Settings) -> Vec<Diagnostic> {
    let project = Project::from_text("a.assess", &rules::frame(fragment));
    lint_project(&project, settings)
}

/// Settings under which a rule can fire: one of them waits to be told the day.
pub(crate) fn settings(rule: &Rule) -> Settings {
    Settings {
        today: (rule.name == "overdue").then(|| "2025-10-01".parse().expect("a date")),
        ..Settings::default()
    }
}

/// The names of the rules that fire.
pub(crate) fn names(found: &[Diagnostic]) -> Vec<&'static str> {
    let mut names: Vec<&str> = found.iter().map(|d| d.rule.name).collect();
    names.dedup();
    names
}

/// The findings, one line each.
pub(crate) fn shown(found: &[Diagnostic]) -> String {
    let lines = found
        .iter()
        .map(|d| format!("{}: {}\n", d.rule.name, d.message));
    lines.collect()
}
