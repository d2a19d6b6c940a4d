//! Smallest sets against enumeration.

use crate::infer::random::{Kind, Random};
use crate::infer::read;
use assess::infer::evaluate;
use assess::infer::flip::flips;
use assess::infer::flip::sets::Smallest;
use assess::infer::verdict::{Options, Question, Verdict};
use assess::resolve::assessment::{Assessment, DriverId, DriverKind};
use assess::resolve::table::Id;
use proptest::prelude::*;
use std::collections::BTreeSet;

/// By horizon every set of the smallest size, up to three, that changes the leader.
type Found<T> = Vec<BTreeSet<Vec<T>>>;

fn subsets<T: Clone>(all: &[T], size: usize) -> Vec<Vec<T>> {
    if size == 0 {
        return vec![Vec::new()];
    }
    let with = |i: usize| {
        let rest = subsets(&all[i + 1..], size - 1);
        rest.into_iter().map(move |mut set| {
            set.insert(0, all[i].clone());
            set
        })
    };
    (0..all.len()).flat_map(with).collect()
}

/// The verdict with something made so, if it can be.
pub(super) fn made_so(a: &Assessment, sets: &[(DriverId, bool)]) -> Option<Verdict> {
    let question = Question {
        sets: sets.to_vec(),
        ..Question::default()
    };
    let options = Options {
        intervals: false,
        ..Options::default()
    };
    evaluate(a, &question, &options).ok()
}

/// The outcomes by horizon, if what is set can be.
fn outcomes(a: &Assessment, sets: &[(DriverId, bool)]) -> Option<Vec<Vec<f64>>> {
    let verdict = made_so(a, sets)?;
    let horizons = verdict.horizons.iter();
    Some(
        horizons
            .map(|h| h.outcomes.iter().map(|o| o.probability.value).collect())
            .collect(),
    )
}

fn enumerate<T: Clone + Ord>(
    a: &Assessment,
    all: &[T],
    most: usize,
    ask: impl Fn(&[T]) -> Option<Vec<Vec<f64>>>,
) -> Found<T> {
    let today = read::verdict(a);
    let mut found: Found<T> = vec![BTreeSet::new(); today.horizons.len()];
    for size in 1..=most {
        let open: Vec<usize> = (0..found.len()).filter(|&h| found[h].is_empty()).collect();
        for set in subsets(all, size) {
            let Some(then) = ask(&set) else { continue };
            for &h in &open {
                let leader = today.horizons[h].leader.index();
                if then[h].iter().any(|p| p - then[h][leader] > 1e-9) {
                    let mut set = set.clone();
                    set.sort();
                    found[h].insert(set);
                }
            }
        }
    }
    found
}

fn reported<T: Clone + Ord>(smallest: &Smallest<T>, most: usize) -> Found<T> {
    let sorted = |members: &[T]| {
        let mut members = members.to_vec();
        members.sort();
        members
    };
    let each = smallest.horizons.iter().map(|(_, sets)| {
        let sets = sets.iter().filter(|s| s.members.len() <= most);
        sets.map(|s| sorted(&s.members)).collect()
    });
    each.collect()
}

/// The assessment without some items of evidence: discounts computed anew, factors left with none
/// dropped.
fn without(a: &Assessment, gone: &[(DriverId, usize)]) -> Option<Vec<Vec<f64>>> {
    let mut out = a.clone();
    for id in a.drivers.ids() {
        let driver = &mut out.drivers[id];
        if !gone.iter().any(|g| g.0 == id) {
            continue;
        }
        let items = std::mem::take(&mut driver.evidence).into_iter().enumerate();
        driver.evidence = items
            .filter(|(i, _)| !gone.contains(&(id, *i)))
            .map(|e| e.1)
            .collect();
        let ratings = driver
            .evidence
            .iter()
            .filter_map(|e| e.rated.as_ref().map(|r| r.node));
        driver.discount = assess::admiralty::best(ratings);
        if driver.evidence.is_empty() && driver.kind() == DriverKind::Factor {
            driver.weights.clear();
            driver.likelihoods.clear();
        }
    }
    outcomes(&out, &[])
}

fn check(a: &Assessment, most: usize) -> Result<(), TestCaseError> {
    let found = flips(a, &Question::default(), None).expect("it is small");
    let events = a
        .drivers
        .iter()
        .filter(|(_, d)| d.kind() == DriverKind::Event);
    let literals: Vec<(DriverId, bool)> = events
        .flat_map(|(id, _)| [(id, false), (id, true)])
        .collect();
    let by_hand = enumerate(a, &literals, most, |set| outcomes(a, set));
    prop_assert_eq!(reported(&found.events, most), by_hand);
    let items = a
        .drivers
        .iter()
        .flat_map(|(id, d)| (0..d.evidence.len()).map(move |i| (id, i)));
    let items: Vec<(DriverId, usize)> = items.collect();
    let by_hand = enumerate(a, &items, most, |set| without(a, set));
    prop_assert_eq!(reported(&found.evidence, most), by_hand);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn smallest_sets_are_those_that_enumeration_finds(seed: u64, finals: bool) {
        let random = Random::new(seed, Kind { ranges: false, finals, weights: true });
        let text = random.text();
        if let Ok(a) = read::tried(&text) {
            check(&a, 2).map_err(|e| TestCaseError::fail(format!("{e}\n{text}")))?;
        }
    }
}

#[test]
fn on_a_real_file() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/assessments/nato.assess");
    let a = read::assessment(&std::fs::read_to_string(path).expect("it is there"));
    check(&a, 1).expect("the same sets");
}

const PIECES: &str = "
assessment \"Pieces\" { as of: 2025-03-01 }
horizon near: 0 to 12 months
outcome calm
outcome storm
prior { storm: 30%\ncalm: rest }
event a
event b
event c { chance: 90% by near }
change both { when: a and b and not c\nweight for storm: 20:1 }
factor report {
  weight for calm: 20:1
  evidence \"First\" { rated: B2 }
  evidence \"Second\" { rated: B2 }
  evidence \"Poor\" { rated: E5 }
}
factor alarm {
  weight for storm: 20:1
  evidence \"Third\" { rated: C3 }
}
";

#[test]
fn three_at_once_and_equal_ratings() {
    let a = read::assessment(PIECES);
    check(&a, 3).expect("the same sets");
    let found = flips(&a, &Question::default(), None).expect("it is small");
    assert_eq!(found.events.horizons[0].1[0].members.len(), 3);
    assert_eq!(found.evidence.horizons[0].1[0].members.len(), 2);
}
