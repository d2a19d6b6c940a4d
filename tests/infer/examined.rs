//! What is examined for further questions says what the whole verdict says, though it computes less.

use super::random::{Kind, Random};
use super::read::{assessment, tried, verdict};
use assess::infer::Given;
use assess::infer::examine;
use assess::infer::verdict::Verdict;
use assess::project::{FileSystem, Project};
use assess::resolve;
use assess::resolve::assessment::Assessment;
use std::fs;

/// How far sums in another order may miss each other.
const NEAR: f64 = 1e-12;

fn near(a: f64, b: f64) -> bool {
    (a - b).abs() < NEAR || a.is_nan() && b.is_nan()
}

fn alike(one: &Given, other: &Given) -> bool {
    let both = one.values().zip(other.values());
    one.is_possible() == other.is_possible()
        && both.is_none_or(|(a, b)| a.iter().zip(&b).all(|(a, b)| near(*a, *b)))
}

/// Holds one assessment to its verdict; whether changes were left for later.
fn hold(name: &str, a: &Assessment, whole: &Verdict) -> bool {
    let mut examined = examine(a).unwrap_or_else(|e| panic!("{name}: {}", e.message));
    let brief = &examined.verdict;
    let outcomes = |v: &Verdict| -> Vec<f64> {
        let at = v.horizons.iter().flat_map(|h| &h.outcomes);
        at.map(|o| o.probability.value).collect()
    };
    let chances = |v: &Verdict| -> Vec<f64> {
        let events = v.events.iter().flat_map(|e| &e.horizons);
        let changes = v.changes.iter().flat_map(|c| &c.horizons);
        let changes = changes.map(|h| h.chance.value);
        events.map(|h| h.chance.value).chain(changes).collect()
    };
    for (found, wanted) in [
        (outcomes(brief), outcomes(whole)),
        (chances(brief), chances(whole)),
    ] {
        assert_eq!(found.len(), wanted.len(), "{name}");
        let all = found.iter().zip(&wanted).all(|(a, b)| near(*a, *b));
        assert!(all, "{name}: {found:?} is not {wanted:?}");
    }
    let held = |v: &Verdict| -> Vec<bool> { v.expectations.iter().map(|e| e.holds).collect() };
    assert_eq!(held(brief), held(whole), "{name}");
    for (found, wanted) in brief.changes.iter().zip(&whole.changes) {
        for (found, wanted) in found.horizons.iter().zip(&wanted.horizons) {
            for (found, wanted) in [
                (&found.given, &wanted.given),
                (&found.absent, &wanted.absent),
            ] {
                assert_eq!(found.is_possible(), wanted.is_possible(), "{name}");
            }
        }
    }
    let at = brief.changes.iter().flat_map(|c| &c.horizons);
    let mut given = at.filter_map(|at| at.given.outcomes());
    let later = given.any(<[_]>::is_empty);
    let sides = examined.answers.sides().expect("no fewer things matter");
    for change in &whole.changes {
        let own = &sides[&change.change];
        for (own, at) in own.iter().zip(&change.horizons) {
            assert!(alike(&own.given, &at.given), "{name}");
            assert!(alike(&own.absent, &at.absent), "{name}");
        }
    }
    if let Some(bases) = examined.answers.bases().expect("no fewer things matter") {
        for (base, at) in bases.iter().zip(&whole.horizons) {
            let all = base.iter().zip(&at.outcomes);
            let mut off = all.filter(|(base, o)| !near(**base, o.prior));
            assert!(off.next().is_none(), "{name}");
        }
    }
    later
}

#[test]
fn says_what_the_verdict_says() {
    let mut later = 0;
    for folder in ["assessments", "examples"] {
        for entry in fs::read_dir(folder).expect("it is there") {
            let path = entry.expect("an entry").path();
            if path.extension().is_none_or(|e| e != "assess") {
                continue;
            }
            let project = Project::load(&FileSystem, &path).expect("it can be read");
            let Some(a) = resolve::resolve(&project).assessment else {
                continue;
            };
            if !a.outcomes.is_empty() {
                later += usize::from(hold(&path.display().to_string(), &a, &verdict(&a)));
            }
        }
    }
    for seed in 0..60 {
        let kind = Kind {
            ranges: false,
            finals: seed % 2 == 0,
            weights: true,
        };
        let text = Random::new(seed, kind).text();
        if let Ok(a) = tried(&text) {
            later += usize::from(hold(&text, &a, &verdict(&a)));
        }
    }
    assert!(later > 5, "{later}");
}

/// Beyond so many uncertain things all is computed at once, so that whoever asks has all or nothing.
#[test]
fn many_uncertain_things_are_told_at_once() {
    let events: Vec<String> = (0..14)
        .map(|n| format!("event e{n} {{ chance: 10% }}\n"))
        .collect();
    let text = format!(
        "assessment \"A\" {{ as of: 2025-03-01 }}\nhorizon h: 0 to 12 months\noutcome x\noutcome y\n\
         prior {{ x: 40%\ny: rest }}\n{}change c {{ when: e0 and e1\nweight for x: 2:1 }}\n",
        events.concat()
    );
    let a = assessment(&text);
    assert!(!hold("fourteen events", &a, &verdict(&a)));
}
