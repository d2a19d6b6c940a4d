//! What fixes and the layout may never do, over mutants.

use super::{asked, linted, mutants, read};
use assess::diag::Checked;
use assess::diag::Severity;
use assess::diag::fixes::apply;
use assess::format;
use assess::infer::evaluate;
use assess::infer::verdict::{Options, Question};
use assess::lint::fixing::{doubt, fix_text};
use assess::project::Project;
use assess::resolve::resolve;
use assess::syntax::{Kind, parse};
use assess::text::source::FileId;
use rayon::prelude::*;

fn errors(checked: &Checked) -> Vec<String> {
    let errors = checked.diagnostics.iter();
    let errors = errors.filter(|d| d.severity == Severity::Error);
    errors
        .map(|d| format!("{}: {}", d.rule.name, d.message))
        .collect()
}

/// The numbers of a verdict to the last bit; none where there is an error.
fn verdict(text: &str) -> Option<Vec<u64>> {
    let project = Project::from_text("a.assess", text);
    let resolved = resolve(&project);
    if project.problems().next().is_some() || resolved.diagnostics.has_errors() {
        return None;
    }
    let options = Options {
        intervals: false,
        ..Options::default()
    };
    let verdict = evaluate(&resolved.assessment?, &Question::default(), &options).ok()?;
    let outcomes = verdict.horizons.iter().flat_map(|h| &h.outcomes);
    Some(outcomes.map(|o| o.probability.value.to_bits()).collect())
}

/// What a text says, without its layout.
fn words(text: &str) -> Vec<String> {
    let tree = parse(FileId(0), text).tree;
    let leaves = tree.iter().filter(|n| n.is_leaf() && n.kind() != Kind::EOI);
    leaves
        .map(|node| {
            let words: Vec<&str> = text[node.range()].split_whitespace().collect();
            format!("{:?} {}", node.kind(), words.join(" ").replace("{ }", "{}"))
        })
        .collect()
}

/// Checks a text; what is wrong, if anything is.
fn broken(text: &str, all: bool) -> Result<(), String> {
    if let Ok(out) = format::format(FileId(0), text) {
        if words(text) != words(&out) || verdict(text) != verdict(&out) {
            return Err(format!("the layout says something else:\n{out}"));
        }
        if format::format(FileId(0), &out).ok().as_ref() != Some(&out) {
            return Err(format!("the layout of the layout is another:\n{out}"));
        }
    }
    let before = read(text);
    let (wrong, numbers) = (errors(&before), verdict(text));
    // Of more mistakes than are reported, mending some brings others up.
    let full = before.diagnostics.iter().any(|d| d.rule.name == "limit");
    single(text, &wrong, numbers.as_ref())?;
    for risky in [false, true] {
        let check = if all { linted } else { read };
        let once = fix_text(text, risky, &check);
        let left = errors(&once.checked);
        if let Some(bug) = once
            .checked
            .diagnostics
            .iter()
            .find(|d| d.rule.name == "internal-error")
        {
            return Err(format!("{bug:#?}"));
        }
        if !full && left.len() > wrong.len() {
            return Err(format!(
                "fixes bring errors: {wrong:#?} {left:#?}\n{}",
                once.text
            ));
        }
        if !risky && numbers.is_some() && numbers != verdict(&once.text) {
            return Err(format!("safe fixes change the verdict:\n{}", once.text));
        }
        let twice = fix_text(&once.text, risky, &check);
        if twice.text != once.text {
            return Err(format!(
                "risky: {risky}: a second round changes\n{}\nto\n{}",
                once.text, twice.text
            ));
        }
    }
    Ok(())
}

/// What an editor does: one safe fix alone, as it is offered.
fn single(text: &str, wrong: &[String], numbers: Option<&Vec<u64>>) -> Result<(), String> {
    let mut offered = read(text);
    doubt(&mut offered, &read);
    // Of more mistakes than are reported, mending some brings others up.
    let full = offered.diagnostics.iter().any(|d| d.rule.name == "limit");
    for d in &offered.diagnostics {
        let fix = d.fixes.first().filter(|fix| fix.safe);
        let after = fix.and_then(|fix| apply(&offered.sources, [fix]).texts.remove(&FileId(0)));
        let Some(after) = after else {
            continue;
        };
        let left = errors(&read(&after));
        if !full && left.len() > wrong.len() {
            return Err(format!(
                "one fix brings errors: {}: {wrong:#?} {left:#?}\n{after}",
                d.message
            ));
        }
        if numbers.is_some() && numbers != verdict(&after).as_ref() {
            return Err(format!("one safe fix changes the verdict:\n{after}"));
        }
    }
    Ok(())
}

#[test]
fn hold_over_mutants() {
    hold(300);
}

#[test]
#[ignore = "takes minutes: `.ci/run` runs it with MUTANTS"]
fn hold_over_many_mutants() {
    hold(asked("MUTANTS", 100_000));
}

fn hold(count: u64) {
    let corpus = mutants::corpus(4_000);
    let first = asked("FUZZ_FROM", 0);
    let mut found: Vec<(u64, String)> = (first..first + count)
        .into_par_iter()
        .filter_map(|number| {
            let text = mutants::mutant(&corpus, number);
            // What the rules of judgement find takes a verdict each time.
            let wrong = broken(&text, number % 16 == 0).err()?;
            Some((number, format!("mutant {number}: {wrong}\n──────\n{text}")))
        })
        .collect();
    found.sort();
    let numbers: Vec<u64> = found.iter().map(|(number, _)| *number).collect();
    let shown: Vec<&str> = found
        .iter()
        .take(asked("FUZZ_SHOWN", 3) as usize)
        .map(|(_, text)| text.as_str())
        .collect();
    assert!(
        found.is_empty(),
        "{} of {count}: {numbers:?}\n{}",
        found.len(),
        shown.join("\n══════\n")
    );
}
