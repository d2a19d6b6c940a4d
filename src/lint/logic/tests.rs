//! What logic proves, inference must bear out: over the reference files, with random propositions.

use super::Logic;
use crate::infer;
use crate::infer::verdict::{Options, Question};
use crate::project::{FileSystem, Project};
use crate::resolve::assessment::{Assessment, Prop, What};
use std::path::Path;

/// A small generator, so that the same propositions are tried everywhere.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6364136223846793005)
            .wrapping_add(1442695040888963407);
        (self.0 >> 33) as usize % n
    }

    fn prop(&mut self, names: &[Prop], depth: usize) -> Prop {
        let kinds = if depth == 0 { 2 } else { 5 };
        let list = |dice: &mut Self| {
            let length = 2 + dice.below(2);
            (0..length).map(|_| dice.prop(names, depth - 1)).collect()
        };
        match self.below(kinds) {
            0 => names[self.below(names.len())].clone(),
            1 => Prop::Not(Box::new(names[self.below(names.len())].clone())),
            2 => Prop::All(list(self)),
            3 => Prop::Any(list(self)),
            _ => Prop::AtLeast(2, list(self)),
        }
    }
}

fn assessments(folder: &str) -> Vec<Assessment> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let files = std::fs::read_dir(folder).expect("there is a folder");
    let mut files: Vec<_> = files.map(|f| f.expect("a file").path()).collect();
    files.retain(|file| file.extension().is_some_and(|e| e == "assess"));
    files.sort();
    let read = files.into_iter().map(|file| {
        let project = Project::load(&FileSystem, &file).expect("a reference file");
        crate::resolve::resolve(&project).assessment
    });
    read.map(|a| a.expect("no errors")).collect()
}

#[test]
fn what_can_never_hold_has_no_verdict() {
    let (proved, missed) = tried("tests/reference");
    assert!(
        proved > 20 && missed * 10 < proved,
        "{proved} proved, {missed} missed"
    );
}

#[test]
fn nor_has_it_where_outcomes_are_named() {
    let (proved, missed) = tried("tests/second");
    assert!(
        proved > 100 && missed < proved,
        "{proved} proved, {missed} missed"
    );
}

/// How often logic proves that a random proposition never holds, and how often it does not see it.
fn tried(folder: &str) -> (usize, usize) {
    let mut dice = Dice(1);
    let (mut proved, mut missed) = (0, 0);
    for assessment in assessments(folder) {
        let logic = Logic::new(&assessment);
        let named = assessment
            .drivers
            .iter()
            .filter(|(_, driver)| match &driver.what {
                What::Factor(rows) => !rows.is_empty(),
                _ => true,
            });
        let mut names: Vec<Prop> = named.map(|(id, _)| Prop::Is(id)).collect();
        names.extend(assessment.outcomes.ids().map(Prop::Outcome));
        // An answer shows by an outcome's probability whether there is one.
        if folder == "tests/reference" {
            names.retain(|name| matches!(name, Prop::Is(_)));
        }
        if names.is_empty() || assessment.outcomes.is_empty() {
            continue;
        }
        for _ in 0..12 {
            let prop = dice.prop(&names, 2);
            let never = logic.never(&prop);
            let question = Question {
                given: Some(prop.clone()),
                ..Question::default()
            };
            let options = Options {
                intervals: false,
                ..Options::default()
            };
            let Ok(verdict) = infer::evaluate(&assessment, &question, &options) else {
                continue;
            };
            let can = verdict
                .horizons
                .iter()
                .any(|h| !h.outcomes[0].probability.value.is_nan());
            match (can, &never) {
                (true, Some(reason)) => {
                    let reason = reason.text(&assessment);
                    panic!("{}: {prop:?} can hold, yet {reason}", assessment.title.node)
                }
                (false, Some(_)) => proved += 1,
                (false, None) => missed += 1,
                (true, None) => {}
            }
        }
    }
    (proved, missed)
}
