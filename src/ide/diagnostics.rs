//! What `check` finds, for an editor.
//!
//! In: an analysis and a policy. Out: findings with their places, explanations and fixes. What reading
//! and resolving find costs a few milliseconds; the linter costs more, and finds all that `check` finds.

use super::{Analysis, Location, Range, TextEdit, range};
use crate::diag::Checked;
use crate::diag::{self, Severity};
use crate::lint::suppress::settle;
use crate::lint::{self, Found, Policy};
use crate::project::Loader;
use crate::text::source::{FileId, SourceMap};
use std::path::PathBuf;

/// A finding.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// The rule's name.
    pub rule: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong.
    pub message: String,
    /// Why at this place; may be empty.
    pub label: String,
    /// What to write instead.
    pub help: Option<String>,
    /// Where.
    pub at: Location,
    /// Other places that explain it.
    pub others: Vec<(Location, String)>,
    /// The rule's page.
    pub url: String,
    /// Whether it says that something has no effect.
    pub idle: bool,
    /// Fixes, the best first.
    pub fixes: Vec<Fix>,
}

/// A fix of a finding.
#[derive(Debug, Clone, PartialEq)]
pub struct Fix {
    /// Whether it may be applied unseen.
    pub safe: bool,
    /// What it does.
    pub message: String,
    /// What it replaces, by file.
    pub edits: Vec<(PathBuf, TextEdit)>,
}

/// Rules that say that something is of no effect: editors grey it.
const IDLE: &[&str] = &["orphan", "unused-allow", "unused-scenario", "expired-allow"];

/// What reading and resolving find, at the levels of a policy. Of a file with errors that is all, but for its fixes:
/// none has been tried, so that none is called safe.
pub fn read(analysis: &Analysis, policy: &Policy) -> Vec<Finding> {
    let found = analysis.resolved.diagnostics.clone();
    let settled = settle(found, &analysis.project, policy, &|_| false);
    let each = settled.diagnostics.iter();
    let mut all: Vec<Finding> = each.map(|d| finding(d, analysis)).collect();
    for fix in all.iter_mut().flat_map(|f| &mut f.fixes) {
        fix.safe = false;
    }
    all
}

/// Everything that `check` finds. Fixes are as they are when they are taken alone.
pub fn check(analysis: &Analysis, policy: &Policy, loader: &dyn Loader) -> (Checked, Vec<Finding>) {
    check_again(analysis, policy, loader, &mut Computed::default())
}

/// What the linter computed of a text, for one whose numbers are the same.
#[derive(Debug, Default)]
pub struct Computed {
    mark: u64,
    memo: lint::Memo,
}

/// The same, with what was computed of the text before, where that had the same numbers.
pub fn check_again(
    analysis: &Analysis,
    policy: &Policy,
    loader: &dyn Loader,
    before: &mut Computed,
) -> (Checked, Vec<Finding>) {
    let project = &analysis.project;
    let mark = analysis.mark();
    if before.mark != mark {
        *before = Computed {
            mark,
            memo: std::mem::take(&mut before.memo).without_numbers(),
        };
    }
    let settled = lint::check_resolved(project, &analysis.resolved, policy, &mut before.memo);
    let found = Found {
        checked: Checked {
            file: project.sources.source(FileId(0)).name.clone(),
            sources: project.sources.clone(),
            diagnostics: settled.diagnostics,
            suppressed: settled.suppressed,
        },
        paths: project.paths.clone(),
        ..Found::default()
    };
    let checked = found.alone(loader).checked;
    let findings = checked.diagnostics.iter();
    let findings = findings.map(|d| finding(d, analysis)).collect();
    (checked, findings)
}

fn finding(d: &diag::Diagnostic, analysis: &Analysis) -> Finding {
    let sources = &analysis.project.sources;
    let place = |span| {
        let Location { path, range } = analysis.location(span);
        Location {
            path,
            range: visible(range, span.file, sources),
        }
    };
    Finding {
        rule: d.rule.name,
        severity: d.severity,
        message: d.message.clone(),
        label: d.primary.message.clone(),
        help: d.help.clone(),
        at: place(d.primary.span),
        others: d
            .others
            .iter()
            .map(|l| (place(l.span), l.message.clone()))
            .collect(),
        url: d.rule.url(),
        idle: IDLE.contains(&d.rule.name),
        fixes: d.fixes.iter().map(|f| fix(f, analysis)).collect(),
    }
}

/// A place as it is; one beyond its text, as of a file that could not be read, at its end.
fn visible(range: Range, file: FileId, sources: &SourceMap) -> Range {
    let length = sources.source(file).text.len();
    range.start.min(length)..range.end.min(length)
}

fn fix(fix: &diag::Fix, analysis: &Analysis) -> Fix {
    let edits = fix.edits.iter().map(|e| {
        let edit = TextEdit {
            range: range(e.span),
            text: e.text.clone(),
        };
        (analysis.location(e.span).path, edit)
    });
    Fix {
        safe: fix.safe,
        message: fix.message.clone(),
        edits: edits.collect(),
    }
}
