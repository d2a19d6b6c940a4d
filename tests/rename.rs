//! Laws of renaming, over random files.

use crate::infer::random::{Dice, Kind, Random};
use crate::infer::read;
use assess::project::Memory;
use assess::rename::rename;
use assess::resolve::assessment::Assessment;
use proptest::prelude::*;
use std::path::PathBuf;

/// The file with another name in it, by what `assess mv` goes by.
fn renamed(text: &str, old: &str, new: &str) -> String {
    let files = Memory::new([("a.assess", text)]);
    match rename(&files, &[PathBuf::from("a.assess")], old, new) {
        Ok(changed) => changed.into_iter().next().expect("it has the name").after,
        Err(refusal) => panic!("{old} → {new}: {refusal:?} in\n{text}"),
    }
}

fn names(a: &Assessment) -> Vec<&str> {
    let outcomes = a.outcomes.names().chain(a.horizons.names());
    let drivers = a.drivers.names().chain(a.scenarios.names());
    outcomes.chain(drivers).collect()
}

/// The verdict's numbers in the file's order.
fn numbers(a: &Assessment) -> Vec<f64> {
    let verdict = read::verdict(a);
    let horizons = verdict.horizons.iter().flat_map(|h| &h.outcomes);
    let horizons = horizons.map(|o| o.probability.value);
    let events = verdict.events.iter().flat_map(|e| &e.horizons);
    let expectations = verdict.expectations.iter().filter_map(|e| e.value);
    horizons
        .chain(events.map(|e| e.chance.value))
        .chain(expectations)
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 60,
        max_shrink_iters: 0,
        failure_persistence: None,
        ..Default::default()
    })]

    #[test]
    fn there_and_back_is_the_same_text_and_the_verdict_stays(seed: u64, finals: bool, new in "[a-z][a-z0-9_]{0,12}") {
        let kind = Kind { ranges: true, finals, weights: true };
        let before = Random::new(seed, kind).text();
        let a = read::tried(&before);
        prop_assume!(a.is_ok());
        let a = a.expect("it has no mistake");
        let names = names(&a);
        let old = names[Dice::new(seed).below(names.len())];
        // Neither a word of the language nor a name that is there.
        let new = format!("{new}_x");
        let there = renamed(&before, old, &new);
        prop_assert!(there != before);
        prop_assert_eq!(&renamed(&there, &new, old), &before);
        let after = read::assessment(&there);
        for (b, a) in numbers(&a).into_iter().zip(numbers(&after)) {
            prop_assert!((a - b).abs() < 1e-12, "{old} → {new}: {b} {a}");
        }
    }
}
