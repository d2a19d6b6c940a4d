//! What every command prints of a mutant: no number that is none, nothing that steers a terminal.

use super::{asked, mutants, read};
use crate::cli::{assess, at, folder};
use assess::diag::Severity;
use rayon::prelude::*;

/// How each command is asked.
const COMMANDS: [&[&str]; 19] = [
    &["eval", "--draws", "16"],
    &["eval", "--draws", "16", "--format", "json"],
    &["eval", "--draws", "16", "--format", "csv"],
    &["eval", "--draws", "16", "--chart"],
    &["eval", "--draws", "16", "--verbose", "--vague", "40dB"],
    &["explain"],
    &["explain", "--watch", "--format", "json"],
    &["explain", "--format", "markdown"],
    &["flip"],
    &["flip", "--format", "json"],
    &["report"],
    &["report", "--brief"],
    &["report", "--format", "json"],
    &["report", "--format", "markdown"],
    &["test"],
    &["test", "--format", "json"],
    &["agenda", "--today", "2025-06-01"],
    &["agenda", "--today", "2025-06-01", "--format", "json"],
    &["check", "--no-cache", "--format", "json"],
];

/// How `check` is asked of what has errors.
const CHECKS: [&[&str]; 8] = [
    &["check", "--no-cache"],
    &["check", "--no-cache", "--format", "concise"],
    &["check", "--no-cache", "--format", "json"],
    &["check", "--no-cache", "--format", "sarif"],
    &["check", "--no-cache", "--format", "github"],
    &["check", "--no-cache", "--format", "gitlab"],
    &["check", "--no-cache", "--unsafe-fixes", "--diff"],
    &["eval"],
];

/// What a number that is none looks like.
const NONE: [&str; 9] = [
    "NaN", "nan%", "inf%", "inf ", "inf:", "inf dB", "−inf", "?%", "-0%",
];

/// What is wrong with what any command says of a file.
pub(super) fn wrong(text: &str) -> Option<String> {
    let checked = read(text);
    let broken = checked
        .diagnostics
        .iter()
        .any(|d| d.severity == Severity::Error);
    let folder = folder(&[("a.assess", text)]);
    let path = at(&folder, "a.assess");
    let commands: &[&[&str]] = if broken { &CHECKS } else { &COMMANDS };
    commands.iter().find_map(|arguments| {
        let run = assess(&[arguments, &[path.as_str()][..]].concat());
        for shown in [&run.out, &run.err] {
            // What the file says itself may be said.
            let none = NONE
                .iter()
                .find(|w| shown.contains(**w) && !text.contains(**w));
            if let Some(word) = none {
                return Some(format!("{word}: {arguments:?}\n{shown}"));
            }
            let shown = shown.replace("\r\n", "\n");
            let steers = |c: char| c.is_control() && !matches!(c, '\n' | '\t');
            if let Some(c) = shown.chars().find(|c| steers(*c)) {
                return Some(format!("{c:?}: {arguments:?}\n{shown}"));
            }
        }
        None
    })
}

#[test]
fn every_output_of_mutants_is_of_numbers() {
    hold(8);
}

#[test]
#[ignore = "takes minutes: `.ci/run` runs it with MUTANTS"]
fn every_output_of_many_mutants_is_of_numbers() {
    hold(asked("MUTANTS", 10_000));
}

fn hold(count: u64) {
    let corpus = mutants::corpus(1_500);
    let first = asked("FUZZ_FROM", 0);
    let found = (first..first + count)
        .into_par_iter()
        .find_map_first(|number| {
            let text = mutants::mutant(&corpus, number);
            let wrong = wrong(&text)?;
            Some(format!("mutant {number}: {wrong}\n──────\n{text}"))
        });
    assert!(found.is_none(), "{}", found.unwrap_or_default());
}
