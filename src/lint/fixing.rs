//! Fixing a text: fixes applied in rounds until none is left.
//!
//! In: a text, and how it is checked. Out: the fixed text, what is still found in it, and what was
//! done. Nothing is written here. A fix that would bring an error is left out; where a safe one would
//! make the text unreadable, that is reported as a bug of ours.

mod alone;

pub use alone::doubt;

use crate::diag::Checked;
use crate::diag::fixes::apply;
use crate::diag::rules::Rule;
use crate::diag::{Diagnostic, Edit, Fix, Severity};
use crate::lint::rules;
use crate::syntax;
use crate::text::source::{FileId, SourceMap};
use std::collections::{BTreeMap, BTreeSet};

/// How many rounds are made at most; of small texts more.
const ROUNDS: usize = 60;
/// How many bytes are checked at least before rounds end.
const BYTES: usize = 10_000_000;

/// What came of fixing a text.
#[derive(Debug)]
pub struct FixedText {
    /// The text as it is now.
    pub text: String,
    /// What is found in it now.
    pub checked: Checked,
    /// How many fixes of each rule were applied, by its name.
    pub applied: BTreeMap<&'static str, usize>,
}

impl FixedText {
    /// How many fixes were applied.
    pub fn count(&self) -> usize {
        self.applied.values().sum()
    }
}

/// What a fix does, whatever line it stands on.
type Deed = (&'static str, String, Vec<(String, String)>);

/// A fix and the rule that offers it.
type Wanted = (&'static Rule, Fix);

/// Fixes a text, the first file of what `check` gives; `risky` takes fixes too that a person should
/// look at. Fixes that reach into another file are left: that file is fixed by itself.
///
/// A fix is left out for good where it brings an error, where the same is found again once it is made,
/// and where it is one of several that undo each other: fixing what is fixed changes nothing.
pub fn fix_text(text: &str, risky: bool, check: &dyn Fn(&str) -> Checked) -> FixedText {
    let mut at = Step::of(text.to_owned(), check);
    let mut past: Vec<Step> = Vec::new();
    let mut refused = Refused::default();
    let mut moved = false;
    for _ in 0..ROUNDS.max(BYTES / text.len().max(10_000)) {
        let wanted = wanted(&at.checked, risky, &refused);
        let Some(next) = round(&at, wanted, check, &mut refused) else {
            // What did harm among other mistakes may do none now.
            if !moved || refused.all.len() == refused.undone.len() {
                break;
            }
            moved = false;
            refused.all = refused.undone.clone();
            continue;
        };
        moved = true;
        let came_up = past.iter().position(|step| step.text == next.text);
        let came_up = came_up.or((at.text == next.text).then_some(past.len()));
        past.push(at);
        at = match came_up {
            None => next,
            // Two fixes undo each other: neither is made, and the text is what it was before.
            Some(first) => {
                let made = past[first + 1..].iter().chain([&next]);
                refused
                    .undone
                    .extend(made.flat_map(|step| step.deeds.clone()));
                refused.all.extend(refused.undone.iter().cloned());
                past.truncate(first + 1);
                past.swap_remove(first)
            }
        };
    }
    let mut applied = BTreeMap::new();
    for rule in past.iter().chain([&at]).flat_map(|step| &step.rules) {
        *applied.entry(rule.name).or_default() += 1;
    }
    let Step {
        text, mut checked, ..
    } = at;
    report(&mut checked, risky, &refused.bugs);
    FixedText {
        text,
        checked,
        applied,
    }
}

/// A text on the way, what is found in it, and the fixes that led from the one before to it.
struct Step {
    text: String,
    checked: Checked,
    deeds: Vec<Deed>,
    rules: Vec<&'static Rule>,
}

impl Step {
    fn of(text: String, check: &dyn Fn(&str) -> Checked) -> Self {
        Step {
            checked: check(&text),
            text,
            deeds: Vec::new(),
            rules: Vec::new(),
        }
    }

    /// How many errors there are.
    fn errors(&self) -> usize {
        let errors = self.checked.diagnostics.iter();
        errors.filter(|d| d.severity == Severity::Error).count()
    }

    /// How often each fix is wanted.
    fn wants(&self) -> BTreeMap<Deed, usize> {
        let mut wants = BTreeMap::new();
        for diagnostic in &self.checked.diagnostics {
            if let Some(fix) = diagnostic.fixes.first() {
                let deed = deed(diagnostic.rule, fix, &self.checked.sources);
                *wants.entry(deed).or_default() += 1;
            }
        }
        wants
    }

    /// Whether more was found than is reported, so that numbers of findings say nothing.
    fn is_full(&self) -> bool {
        let mut found = self.checked.diagnostics.iter();
        found.any(|d| d.rule.name == rules::LIMIT.name)
    }
}

/// Fixes that are not made again; which of them undo each other, and which are bugs of ours.
#[derive(Default)]
struct Refused {
    all: BTreeSet<Deed>,
    undone: BTreeSet<Deed>,
    bugs: BTreeSet<Deed>,
}

/// The first fix of every finding that has one of the wanted kind, within the first file.
fn wanted(checked: &Checked, risky: bool, refused: &Refused) -> Vec<Wanted> {
    let first = |d: &Diagnostic| Some((d.rule, d.fixes.first()?.clone()));
    let fixes = checked.diagnostics.iter().filter_map(first);
    let fixes = fixes.filter(|(_, fix)| (fix.safe || risky) && !fix.edits.is_empty());
    let own = fixes.filter(|(_, fix)| fix.edits.iter().all(|e| e.span.file == FileId(0)));
    own.filter(|(rule, fix)| !refused.all.contains(&deed(rule, fix, &checked.sources)))
        .collect()
}

/// The text after as many of the fixes as fit together and do what they should; none where none does.
fn round(
    at: &Step,
    wanted: Vec<Wanted>,
    check: &dyn Fn(&str) -> Checked,
    refused: &mut Refused,
) -> Option<Step> {
    let together = step(at, &wanted, check)?;
    if is_better(at, &together) {
        return Some(together);
    }
    // One of them does harm: halves are tried until it is found, and it is never made again.
    let mut kinds: BTreeMap<Deed, Vec<Wanted>> = BTreeMap::new();
    for (rule, fix) in wanted {
        let kind = deed(rule, &fix, &at.checked.sources);
        kinds.entry(kind).or_default().push((rule, fix));
    }
    let kinds: Vec<(Deed, Vec<Wanted>)> = kinds.into_iter().collect();
    let mut good = Vec::new();
    sift(at, &kinds, check, &mut good, refused);
    let together = step(at, &good, check).filter(|step| is_better(at, step));
    together.or_else(|| step(at, good.get(..1)?, check).filter(|step| is_better(at, step)))
}

/// Which kinds of fixes do no harm together; the others are refused.
fn sift(
    at: &Step,
    kinds: &[(Deed, Vec<Wanted>)],
    check: &dyn Fn(&str) -> Checked,
    good: &mut Vec<Wanted>,
    refused: &mut Refused,
) {
    let all: Vec<Wanted> = kinds.iter().flat_map(|(_, fixes)| fixes.clone()).collect();
    if step(at, &all, check).is_some_and(|step| is_better(at, &step)) {
        good.extend(all);
    } else if let [(deed, fixes)] = kinds {
        // A safe fix that makes a text unreadable is our mistake.
        let broken = || step(at, fixes, check).is_some_and(|step| mistakes(&step.text) > 0);
        if fixes.iter().any(|(_, fix)| fix.safe) && mistakes(&at.text) == 0 && broken() {
            refused.bugs.insert(deed.clone());
        }
        refused.all.insert(deed.clone());
    } else if !kinds.is_empty() {
        let (first, second) = kinds.split_at(kinds.len() / 2);
        sift(at, first, check, good, refused);
        sift(at, second, check, good, refused);
    }
}

/// The text after the fixes, and what is then found; none where it stays the same.
fn step(at: &Step, wanted: &[Wanted], check: &dyn Fn(&str) -> Checked) -> Option<Step> {
    let line_end = LineEnd::of(&at.text);
    let fixes: Vec<Fix> = wanted
        .iter()
        .map(|(_, fix)| line_end.keep(fix.clone()))
        .collect();
    let mut applied = apply(&at.checked.sources, &fixes);
    let text = applied.texts.remove(&FileId(0)).filter(|t| *t != at.text)?;
    let made = || wanted.iter().zip(&applied.which).filter(|(_, fits)| **fits);
    let sources = &at.checked.sources;
    Some(Step {
        deeds: made()
            .map(|((rule, fix), _)| deed(rule, fix, sources))
            .collect(),
        rules: made().map(|((rule, _), _)| *rule).collect(),
        checked: check(&text),
        text,
    })
}

/// Whether fixes did no harm: no more errors than before, each mistake gone that was fixed.
fn is_better(before: &Step, after: &Step) -> bool {
    if before.is_full() || after.is_full() {
        return mistakes(&after.text) <= mistakes(&before.text);
    }
    if after.errors() > before.errors() || mistakes(&after.text) > mistakes(&before.text) {
        return false;
    }
    let (was, is) = (before.wants(), after.wants());
    let count = |wants: &BTreeMap<Deed, usize>, deed| wants.get(deed).copied().unwrap_or(0);
    let mut deeds = after.deeds.iter();
    deeds.all(|deed| count(&is, deed) < count(&was, deed))
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

/// Says of every fix that was refused and should not have been that it is a bug of ours.
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
                .help("this is a bug in `assess`; fix this by hand, and please report it");
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
