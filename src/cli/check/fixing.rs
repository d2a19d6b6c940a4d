//! `--fix`, `--unsafe-fixes` and `--diff`: files fixed, or how they would be.
//!
//! In: a file and its policy. Out: what is found in it afterwards, and its text before and after.
//! A file is written once, whole, when all its rounds are done.

use super::held::Held;
use crate::cli::write;
use crate::diag::Checked;
use crate::lint::fixing::{FixedText, fix_text};
use crate::lint::rules;
use crate::lint::{Found, Policy};
use crate::project::{Loader, Project};
use crate::text::source::FileId;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::io;
use std::path::Path;

/// What came of fixing one file.
pub(super) struct Fixed {
    /// What is found now.
    pub(super) found: Found,
    /// The same with what the baseline holds, where there is one.
    pub(super) whole: Option<Found>,
    /// The text as it was; the text as it is to be.
    pub(super) texts: (String, String),
    /// How many fixes of each rule were applied.
    pub(super) applied: BTreeMap<&'static str, usize>,
}

/// Fixes a file's text; nothing is written. What a baseline holds is left alone.
pub(super) fn fix(
    loader: &dyn Loader,
    path: &Path,
    policy: &Policy,
    risky: bool,
    held: Option<&Held>,
) -> io::Result<Fixed> {
    let project = Project::load(loader, path)?;
    let source = project.sources.source(FileId(0));
    let (name, text) = (source.name.clone(), source.text.clone());
    let unread = [&rules::ENCODING, &rules::LIMIT];
    let is_unread = project
        .diagnostics
        .iter()
        .any(|d| unread.contains(&d.rule) && d.primary.span.file == FileId(0));
    if is_unread {
        // What was not read as text is not written as text.
        return Ok(as_it_is(project, policy, held));
    }
    let rest: RefCell<(String, Found)> = RefCell::default();
    let whole: RefCell<Option<Found>> = RefCell::new(None);
    let check = |text: &str| -> Checked {
        let project = Project::from_text_with(loader, &name, text);
        let mut found = Found::of(project, policy);
        if let Some(held) = held {
            whole.replace(Some(found.clone()));
            held.subtract(std::slice::from_mut(&mut found.checked));
        }
        let checked = std::mem::take(&mut found.checked);
        rest.replace((text.to_owned(), found));
        checked
    };
    let FixedText {
        text: after,
        checked,
        applied,
    } = fix_text(&text, risky, &check);
    if rest.borrow().0 != after {
        // The last text that was tried was refused.
        check(&after);
    }
    Ok(Fixed {
        found: Found {
            checked,
            ..rest.into_inner().1
        }
        .alone(loader),
        whole: whole.into_inner(),
        texts: (text, after),
        applied,
    })
}

/// What is found in a file that stays as it is.
pub(super) fn as_it_is(project: Project, policy: &Policy, held: Option<&Held>) -> Fixed {
    let text = project.sources.source(FileId(0)).text.clone();
    let mut found = Found::of(project, policy);
    let whole = held.map(|_| found.clone());
    if let Some(held) = held {
        held.subtract(std::slice::from_mut(&mut found.checked));
    }
    Fixed {
        found,
        whole,
        texts: (text.clone(), text),
        applied: BTreeMap::new(),
    }
}

/// Writes what is to be written; of each file, why it could not be.
pub(super) fn write_all<'a>(
    fixed: impl Iterator<Item = (&'a Path, &'a Fixed)>,
) -> Vec<Option<String>> {
    let each = fixed.map(|(path, fixed)| {
        let (before, after) = &fixed.texts;
        let is_new = before != after;
        let error = is_new
            .then(|| write::change(path, before, after))
            .map(Result::err);
        let error = error.flatten()?;
        Some(format!("`{}` is left as it was: {error}", path.display()))
    });
    each.collect()
}

/// "3 fixes in 2 files: 2 of `unknown-name`, 1 of `wrong-kind`"
pub(super) fn summary<'a>(fixed: impl Iterator<Item = &'a Fixed>) -> Option<String> {
    let mut rules: BTreeMap<&str, usize> = BTreeMap::new();
    let mut files = 0;
    for fixed in fixed.filter(|f| f.texts.0 != f.texts.1) {
        files += 1;
        for (rule, count) in &fixed.applied {
            *rules.entry(rule).or_default() += count;
        }
    }
    let count: usize = rules.values().sum();
    let each: Vec<String> = rules
        .iter()
        .map(|(rule, n)| format!("{n} of `{rule}`"))
        .collect();
    let plural = |n: usize, what: &str| match n {
        1 => format!("1 {what}"),
        n => format!("{n} {what}s"),
    };
    (files > 0).then(|| {
        let (count, files) = (
            plural(count, "fix").replace("fixs", "fixes"),
            plural(files, "file"),
        );
        format!("{count} in {files}: {}", each.join(", "))
    })
}
