//! Stored verdicts: what noise does to them, and what it does not.

use crate::infer::random::{Kind, Random};
use crate::infer::read;
use assess::infer::evaluate;
use assess::infer::verdict::{Options, Question, Verdict};
use assess::project::{FileSystem, Project};
use assess::resolve::assessment::Assessment;
use assess::resolve::resolve;
use assess::snapshot::Snapshot;
use proptest::prelude::*;
use std::fs;
use std::path::Path;

fn verdict(assessment: &Assessment, seed: u64) -> Verdict {
    let options = Options {
        seed,
        ..Options::default()
    };
    evaluate(assessment, &Question::default(), &options).expect("a verdict")
}

fn snapshot(assessment: &Assessment, verdict: &Verdict) -> Snapshot {
    Snapshot::new(assessment, verdict, assessment.expects.len())
}

fn assessments() -> Vec<Assessment> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("assessments");
    let entries = fs::read_dir(folder).expect("assessments");
    let paths = entries.map(|e| e.expect("an entry").path());
    let files = paths.filter(|p| p.extension().is_some_and(|e| e == "assess"));
    let read = files.map(|path| {
        let project = Project::load(&FileSystem, &path).expect("a file");
        resolve(&project).assessment.expect("an assessment")
    });
    read.collect()
}

#[test]
fn other_draws_seldom_change_what_is_stored() {
    let (mut all, mut same) = (0, 0);
    for assessment in assessments() {
        let stored = snapshot(&assessment, &verdict(&assessment, 1)).text();
        for seed in 2..22 {
            let other = snapshot(&assessment, &verdict(&assessment, seed));
            all += 1;
            let compared = other.compare(&stored);
            same += usize::from(compared.same);
            if compared.same {
                assert_eq!(compared.now, stored);
            }
        }
    }
    assert!(same * 20 >= all * 19, "{same} of {all}");
}

fn random(seed: u64) -> Random {
    let kind = Kind {
        ranges: true,
        finals: true,
        weights: true,
    };
    Random::new(seed, kind)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_stored_is_read_back(seed in any::<u64>()) {
        let random = random(seed);
        // Random numbers need not make an assessment.
        let Ok(assessment) = read::tried(&random.text()) else { return Ok(()) };
        let found = verdict(&assessment, 1);
        let now = snapshot(&assessment, &found);
        let text = now.text();
        let compared = now.compare(&text);
        prop_assert!(compared.same);
        prop_assert_eq!(&compared.now, &text);
        prop_assert!(text.lines().all(|line| line.trim_end() == line));

        // The other way round, the file says the same.
        let turned: Vec<String> = random.items.iter().rev().cloned().collect();
        let turned = read::assessment(&Random { items: turned, ..random }.text());
        let turned = snapshot(&turned, &verdict(&turned, 1));
        prop_assert!(turned.compare(&text).same);

        // What sums may miss by is no change; two points are.
        let mut off = found.clone();
        for at in off.horizons.iter_mut().flat_map(|h| &mut h.outcomes) {
            at.probability.value += if at.probability.value < 0.5 { 1e-11 } else { -1e-11 };
        }
        let near = snapshot(&assessment, &off).compare(&text);
        prop_assert!(near.same, "{}\n{}", near.now, text);
        let first = &mut off.horizons[0].outcomes[0].probability.value;
        *first += if *first < 0.5 { 0.02 } else { -0.02 };
        let compared = snapshot(&assessment, &off).compare(&text);
        prop_assert!(!compared.same);
        // All other lines stand as they were.
        let changed = compared.now.lines().zip(text.lines()).filter(|(a, b)| a != b).count();
        prop_assert_eq!(changed, 1);
    }
}
