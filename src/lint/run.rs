//! Everything that is found in one project, from reading to suppressions.
//!
//! In: a project and a policy. Out: what is reported. A file with errors is not linted; a shared
//! file, which has no verdict of its own, is only read and resolved.

use super::across::{Claim, claims};
use super::context::Context;
use super::fixing::doubt;
use super::memo::Memo;
use super::policy::Policy;
use super::rules::{LINTS, Needs};
use super::suppress::{Settled, settle};
use crate::diag::Checked;
use crate::diag::Diagnostic;
use crate::diag::rules::{Group, Rule};
use crate::project::{Loader, Project};
use crate::resolve::assessment::View;
use crate::resolve::{Resolved, with_problems};
use crate::text::source::SourceMap;
use std::collections::BTreeSet;
use std::path::PathBuf;

/// What was found in a file and those that it uses.
#[derive(Debug, Clone, Default)]
pub struct Found {
    /// What is reported; without sources where that is nothing, so that thousands of sound files
    /// need not stay in memory.
    pub checked: Checked,
    /// Where each file was read from.
    pub(crate) paths: Vec<PathBuf>,
    /// What other files of the run may contradict.
    pub(crate) claims: Vec<Claim>,
}

impl Found {
    /// What is reported of a project's first file.
    pub fn of(project: Project, policy: &Policy) -> Found {
        let mut claims = Vec::new();
        let resolved = with_problems(&project);
        let Settled {
            diagnostics,
            suppressed,
        } = checked(&project, &resolved, policy, Some(&mut claims), None);
        let first = project.sources.iter().next();
        let file = first.map(|(_, source)| source.name.clone());
        Found {
            checked: Checked {
                file: file.unwrap_or_default(),
                sources: if diagnostics.is_empty() {
                    SourceMap::new()
                } else {
                    project.sources
                },
                diagnostics,
                suppressed,
            },
            paths: project.paths,
            claims,
        }
    }
}

impl Found {
    /// The same with each fix as it is when it is taken alone.
    pub fn alone(mut self, loader: &dyn Loader) -> Found {
        let name = self.checked.file.clone();
        doubt(&mut self.checked, &|text| {
            let project = Project::from_text_with(loader, &name, text);
            Checked {
                diagnostics: with_problems(&project).diagnostics.sorted(),
                sources: project.sources,
                ..Checked::default()
            }
        });
        self
    }
}

/// Checks the first file of a project, with all that it uses.
pub fn check(project: &Project, policy: &Policy) -> Settled {
    let resolved = with_problems(project);
    checked(project, &resolved, policy, None, None)
}

/// The same of a project that has been resolved, with what was computed of one with the same numbers.
pub(crate) fn check_resolved(
    project: &Project,
    resolved: &Resolved,
    policy: &Policy,
    memo: &mut Memo,
) -> Settled {
    checked(project, resolved, policy, None, Some(memo))
}

/// The same; `said` is what the file says that another may contradict, and `memo` what is kept for the next text.
fn checked(
    project: &Project,
    resolved: &Resolved,
    policy: &Policy,
    said: Option<&mut Vec<Claim>>,
    memo: Option<&mut Memo>,
) -> Settled {
    let mut found = resolved.diagnostics.clone();
    let assessment = resolved.assessment.as_ref();
    let Some(assessment) = assessment.filter(|_| !found.has_errors()) else {
        return settle(found, project, policy, &|_| false);
    };
    if let Some(said) = said {
        *said = claims(assessment, &project.sources);
    }
    let mut memo = memo;
    let known = memo.as_deref_mut().map(std::mem::take);
    let known = known.unwrap_or_default();
    let context = Context::remembering(assessment, &project.sources, &policy.settings, known);
    // Beyond exact inference, and in very large files, many rules have nothing to compare.
    let mut blind: Vec<&str> = Vec::new();
    for lint in policy.lints() {
        let Some(check) = lint.check else {
            continue;
        };
        found.extend(check(&context));
        if context.has_missed() {
            blind.push(lint.rule.name);
        }
    }
    if let Some(memo) = memo {
        *memo = context.into_memo();
    }
    for view in assessment.views.values() {
        found.extend(of_view(view, project, policy));
    }
    let has_run = |rule: &Rule| {
        !blind.contains(&rule.name)
            && policy.level(rule).is_some()
            && match needs(rule) {
                Needs::Nothing => true,
                Needs::Today => policy.settings.today.is_some(),
                Needs::Record => policy.settings.record.is_some(),
                Needs::Others => false,
            }
    };
    settle(found, project, policy, &has_run)
}

/// What a rule must know besides the file.
fn needs(rule: &Rule) -> Needs {
    let lint = LINTS.iter().find(|lint| lint.rule == rule);
    lint.map_or(Needs::Nothing, |lint| lint.needs)
}

/// What rules find in a view alone: in its own clauses, and the evidence that only it has.
fn of_view(view: &View, project: &Project, policy: &Policy) -> Vec<Diagnostic> {
    let context = Context::new(&view.assessment, &project.sources, &policy.settings);
    let within = |d: &Diagnostic| {
        let at = d.primary.span;
        at.file == view.span.file && view.span.start <= at.start && at.end <= view.span.end
    };
    let local = |rule: &&Rule| matches!(rule.group, Group::Evidence | Group::Probability);
    let checks = policy.lints().filter(|lint| local(&lint.rule));
    let checks = checks.filter_map(|lint| lint.check);
    let found = checks.flat_map(|check| check(&context));
    found.filter(within).collect()
}

/// What several files found in a file that they all use is reported once, at the first.
pub(crate) fn once_each(found: Vec<Found>) -> Vec<Checked> {
    let mut seen = BTreeSet::new();
    let each = found.into_iter().map(|one| {
        let Found {
            mut checked, paths, ..
        } = one;
        checked.diagnostics.retain(|d| {
            let span = d.primary.span;
            let path = paths.get(span.file.0 as usize).cloned();
            // Paths last: they take long to compare.
            seen.insert((span.start, span.end, d.rule.name, d.message.clone(), path))
        });
        checked
    });
    each.collect()
}
