//! Mending a text: fixes applied in rounds until none is left.
//!
//! In: a text, and how it is checked. Out: the mended text, what is still found in it, and what was
//! done. Nothing is written here. A text that parses still parses afterwards: a fix that would break
//! it is left out and reported as a bug of ours.

use crate::diag::fixes::apply;
use crate::diag::{Diagnostic, Edit, Fix, Severity};
use crate::render::Checked;
use crate::rules::{self, Rule};
use crate::source::{FileId, SourceMap};
use crate::syntax;
use std::collections::{BTreeMap, BTreeSet};

/// How many rounds are made at most.
const ROUNDS: usize = 30;

/// What came of mending a text.
#[derive(Debug)]
pub struct Mended {
    /// The text as it is now.
    pub text: String,
    /// What is found in it now.
    pub checked: Checked,
    /// How many fixes of each rule were applied, by its name.
    pub applied: BTreeMap<&'static str, usize>,
}

impl Mended {
    /// How many fixes were applied.
    pub fn count(&self) -> usize {
        self.applied.values().sum()
    }
}

/// What a fix does, whatever line it stands on.
type Deed = (&'static str, String, Vec<(String, String)>);

/// Mends a text, the first file of what `check` gives; `risky` takes fixes too that a person should
/// look at. Fixes that reach into another file are left: that file is mended by itself.
pub fn mend(text: &str, risky: bool, check: &dyn Fn(&str) -> Checked) -> Mended {
    let mut text = text.to_owned();
    let mut checked = check(&text);
    let mut applied = BTreeMap::new();
    let mut refused = BTreeSet::new();
    // A text that came up before means that two fixes undo each other.
    let mut seen = BTreeSet::from([text.clone()]);
    for _ in 0..ROUNDS {
        let wanted = wanted(&checked, risky, &refused);
        let Some(round) = Round::of(&text, &checked.sources, wanted, &mut refused) else {
            break;
        };
        if !seen.insert(round.text.clone()) {
            break;
        }
        for rule in round.rules {
            *applied.entry(rule.name).or_default() += 1;
        }
        text = round.text;
        checked = check(&text);
    }
    report(&mut checked, risky, &refused);
    Mended {
        text,
        checked,
        applied,
    }
}

/// The first fix of every finding that has one of the wanted kind, within the first file.
fn wanted(checked: &Checked, risky: bool, refused: &BTreeSet<Deed>) -> Vec<(&'static Rule, Fix)> {
    let first = |d: &Diagnostic| Some((d.rule, d.fixes.first()?.clone()));
    let fixes = checked.diagnostics.iter().filter_map(first);
    let fixes = fixes.filter(|(_, fix)| (fix.safe || risky) && !fix.edits.is_empty());
    let own = fixes.filter(|(_, fix)| fix.edits.iter().all(|e| e.span.file == FileId(0)));
    own.filter(|(rule, fix)| !refused.contains(&deed(rule, fix, &checked.sources)))
        .collect()
}

struct Round {
    text: String,
    rules: Vec<&'static Rule>,
}

impl Round {
    /// The text after as many of the fixes as fit together; none where none changes it.
    fn of(
        text: &str,
        sources: &SourceMap,
        wanted: Vec<(&'static Rule, Fix)>,
        refused: &mut BTreeSet<Deed>,
    ) -> Option<Round> {
        let line_end = LineEnd::of(text);
        let mut wanted: Vec<(&'static Rule, Fix)> = wanted
            .into_iter()
            .map(|(rule, fix)| (rule, line_end.keep(fix)))
            .collect();
        let before = mistakes(text);
        if let Some(round) = Round::together(text, sources, &wanted)
            && mistakes(&round.text) <= before
        {
            return Some(round);
        }
        // One of them breaks the text: each is tried alone, and what breaks it never again.
        wanted.retain(|(rule, fix)| {
            let alone = Round::together(text, sources, &[(rule, fix.clone())]);
            let sound = alone.is_some_and(|round| mistakes(&round.text) <= before);
            if !sound && before == 0 {
                refused.insert(deed(rule, fix, sources));
            }
            sound
        });
        let all = Round::together(text, sources, &wanted);
        let all = all.filter(|round| mistakes(&round.text) <= before);
        all.or_else(|| Round::together(text, sources, wanted.get(..1)?))
    }

    fn together(text: &str, sources: &SourceMap, wanted: &[(&'static Rule, Fix)]) -> Option<Round> {
        let mut applied = apply(sources, wanted.iter().map(|(_, fix)| fix));
        let text_after = applied.texts.remove(&FileId(0))?;
        let rules = wanted.iter().zip(&applied.which);
        let rules = rules.filter(|(_, fits)| **fits).map(|((rule, _), _)| *rule);
        (text_after != text).then(|| Round {
            text: text_after,
            rules: rules.collect(),
        })
    }
}

/// How many mistakes of spelling a text has.
fn mistakes(text: &str) -> usize {
    syntax::parse(FileId(0), text).diagnostics.len()
}

fn deed(rule: &Rule, fix: &Fix, sources: &SourceMap) -> Deed {
    let edit = |e: &Edit| (sources.text(e.span).to_owned(), e.text.replace('\r', ""));
    (
        rule.name,
        fix.message.clone(),
        fix.edits.iter().map(edit).collect(),
    )
}

/// Says of every fix that was refused that it is a bug of ours.
fn report(checked: &mut Checked, risky: bool, refused: &BTreeSet<Deed>) {
    if refused.is_empty() {
        return;
    }
    let sources = &checked.sources;
    let bugs = checked.diagnostics.iter().filter_map(|d| {
        let fix = d.fixes.first().filter(|fix| fix.safe || risky)?;
        let name = d.rule.name;
        refused.contains(&deed(d.rule, fix, sources)).then(|| {
            let message = format!("the fix of `{name}` would break the file, and is left out");
            let mut bug = Diagnostic::new(&rules::INTERNAL_ERROR, d.primary.span, message)
                .help("this is a bug of `assess`; mend the place by hand, and please report it");
            bug.severity = Severity::Note;
            bug
        })
    });
    let bugs: Vec<Diagnostic> = bugs.collect();
    checked.diagnostics.extend(bugs);
    checked.diagnostics.sort_by_key(|d| d.primary.span);
}

/// How a text ends its lines; what is put into it does the same.
#[derive(Clone, Copy, PartialEq)]
enum LineEnd {
    Unix,
    Windows,
}

impl LineEnd {
    fn of(text: &str) -> Self {
        let all = text.matches('\n').count();
        if all > 0 && text.matches("\r\n").count() == all {
            LineEnd::Windows
        } else {
            LineEnd::Unix
        }
    }

    fn keep(self, mut fix: Fix) -> Fix {
        if self == LineEnd::Windows {
            for edit in &mut fix.edits {
                edit.text = edit.text.replace("\r\n", "\n").replace('\n', "\r\n");
            }
        }
        fix
    }
}
