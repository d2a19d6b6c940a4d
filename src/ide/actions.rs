//! What can be done at a place: fix a finding, allow it with a reason, write the same otherwise.
//!
//! In: an analysis, findings, a range. Out: actions, safe fixes first. Nothing is done here.

use super::diagnostics::Finding;
use super::{Analysis, Known, Range, TextEdit, rewrites};
use crate::lint::fixing::fix_text;
use crate::lint::rules;
use crate::lint::{Found, Policy};
use crate::project::{Loader, Project};
use crate::text::source::line_end;
use std::path::{Path, PathBuf};

/// What kind of action it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Fixes a finding, and may be taken unseen.
    Safe,
    /// Fixes a finding, and has to be looked at.
    Unsafe,
    /// Keeps a finding, with a reason.
    Allow,
    /// Says the same otherwise, or what is missing.
    Rewrite,
    /// Fixes everything that can be fixed safely.
    All,
}

/// An action.
#[derive(Debug, Clone, PartialEq)]
pub struct Action {
    /// What it does.
    pub title: String,
    /// Its kind.
    pub kind: Kind,
    /// Which of the findings it fixes or allows, by its place in the list.
    pub finding: Option<usize>,
    /// The file that has to be made first.
    pub creates: Option<PathBuf>,
    /// What it replaces, by file.
    pub edits: Vec<(PathBuf, TextEdit)>,
}

/// The actions for some bytes of the first file.
pub fn actions(
    analysis: &Analysis,
    findings: &[Finding],
    at: &Range,
    known: Option<Known<'_>>,
) -> Vec<Action> {
    let mut actions = Vec::new();
    let path = analysis.paths().first().cloned().unwrap_or_default();
    let touches =
        |f: &Finding| f.at.path == path && f.at.range.start <= at.end && at.start <= f.at.range.end;
    for (i, finding) in findings.iter().enumerate().filter(|(_, f)| touches(f)) {
        for fix in &finding.fixes {
            let kind = if fix.safe { Kind::Safe } else { Kind::Unsafe };
            let doubt = if fix.safe {
                ""
            } else {
                " (look at it afterwards)"
            };
            actions.push(Action {
                title: format!("{}{doubt}", capital(&fix.message)),
                kind,
                finding: Some(i),
                creates: None,
                edits: fix.edits.clone(),
            });
        }
        let is_error = rules::find(finding.rule).is_none_or(|r| r.group == rules::Group::Error);
        if !is_error {
            let edit = allow(analysis.text(), &finding.at.range, finding.rule);
            actions.push(Action {
                title: format!("Allow `{}` here, with a reason", finding.rule),
                kind: Kind::Allow,
                finding: Some(i),
                creates: None,
                edits: vec![(path.clone(), edit)],
            });
        }
    }
    actions.sort_by_key(|a| match a.kind {
        Kind::Safe => 0,
        Kind::Unsafe => 1,
        Kind::Allow => 2,
        Kind::Rewrite | Kind::All => 3,
    });
    for (title, edits) in rewrites::rewrites(analysis, at, known) {
        let edits = edits.into_iter().map(|edit| (path.clone(), edit));
        actions.push(Action {
            title,
            kind: Kind::Rewrite,
            finding: None,
            creates: None,
            edits: edits.collect(),
        });
    }
    actions
}

/// The comment above a line that allows a rule there.
fn allow(text: &str, at: &Range, rule: &str) -> TextEdit {
    let start = text[..at.start.min(text.len())]
        .rfind('\n')
        .map_or(0, |n| n + 1);
    let line = &text[start..];
    let indent: String = line
        .chars()
        .take_while(|c| matches!(c, ' ' | '\t'))
        .collect();
    let end = line_end(text);
    TextEdit {
        range: start..start,
        text: format!("{indent}# allow({rule}): why{end}"),
    }
}

/// The text with every safe fix made; none where nothing changes.
pub fn fix_all(analysis: &Analysis, policy: &Policy, loader: &dyn Loader) -> Option<String> {
    let text = analysis.text();
    let name = analysis.project.sources.iter().next()?.1.name.clone();
    let fixed = fix_text(text, false, &|text| {
        let project = Project::from_text_with(loader, &name, text);
        Found::of(project, policy).alone(loader).checked
    });
    (fixed.text != text).then_some(fixed.text)
}

/// A sentence with its first letter in capitals.
fn capital(text: &str) -> String {
    let mut chars = text.chars();
    match chars.next() {
        Some(first) => first.to_uppercase().chain(chars).collect(),
        None => String::new(),
    }
}

/// The name of a file as a `use` in another would write it.
pub fn relative(from: &Path, to: &Path) -> Option<String> {
    let folder = from.parent()?;
    for (up, above) in folder.ancestors().enumerate() {
        if let Ok(below) = to.strip_prefix(above) {
            let below = below.to_string_lossy().replace('\\', "/");
            return Some(format!("{}{below}", "../".repeat(up)));
        }
    }
    None
}
