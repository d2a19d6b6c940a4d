//! The transform of the pushes, and what is summed out of a graph, against enumeration.

use super::random::{Kind, Random};
use super::read;
use super::sampled::{reference, there};
use crate::matrix::made::{self, PATTERNS, Pattern, With};
use assess::infer::verdict::{Options, Question, Verdict};
use assess::infer::{Choice, Given, evaluate};
use assess::resolve::assessment::Assessment;
use std::fmt::Write;

/// How far the transform may be off.
const NEAR: f64 = 1e-10;

fn by(a: &Assessment, choice: Choice) -> Option<Verdict> {
    let options = Options {
        intervals: false,
        choice,
        ..Options::default()
    };
    evaluate(a, &Question::default(), &options).ok()
}

/// Every number of a verdict, told by where it stands.
fn numbers(v: &Verdict) -> Vec<(String, f64)> {
    let mut all = Vec::new();
    for (h, at) in v.horizons.iter().enumerate() {
        let outcomes = at.outcomes.iter().enumerate();
        all.extend(outcomes.map(|(o, p)| (format!("{o} in {h}"), p.probability.value)));
    }
    for (c, change) in v.changes.iter().enumerate() {
        for (h, at) in change.horizons.iter().enumerate() {
            all.push((format!("change {c} in {h}"), at.chance.value));
            let both = [&at.given, &at.absent]
                .into_iter()
                .filter_map(Given::outcomes);
            for p in both.flatten() {
                all.push((format!("given change {c} in {h}"), p.value));
            }
        }
    }
    for (s, scenario) in v.scenarios.iter().enumerate() {
        for (h, at) in scenario.horizons.iter().enumerate() {
            all.extend(
                at.1.iter()
                    .map(|p| (format!("scenario {s} in {h}"), p.value)),
            );
        }
    }
    let expected = v.expectations.iter().enumerate();
    all.extend(expected.filter_map(|(e, a)| Some((format!("expectation {e}"), a.value?))));
    all
}

/// Whether the transform could do it, once it agrees.
fn agrees(name: &str, a: &Assessment) -> bool {
    let Some(found) = by(a, Choice::Transformed) else {
        return false;
    };
    let exact = by(a, Choice::Exact).expect("it is small");
    let error = found.method.transformed.expect("it is transformed");
    assert!(error <= NEAR, "{name}: {error}");
    let (found, exact) = (numbers(&found), numbers(&exact));
    assert_eq!(found.len(), exact.len(), "{name}");
    for ((place, x), (_, y)) in found.iter().zip(&exact) {
        assert!(
            (x - y).abs() <= NEAR || x.is_nan() && y.is_nan(),
            "{name}, {place}: {x}, exact {y}, stated {error}"
        );
    }
    true
}

const SOME: With = With {
    finals: false,
    ranges: true,
    counts: true,
    overlap: true,
    pushes: false,
    nested: 0,
    named: false,
};

#[test]
fn the_transform_agrees_with_enumeration() {
    for (pattern, name) in PATTERNS {
        let a = read::assessment(&made::text(pattern, 7, SOME));
        assert!(agrees(name, &a), "{name}");
    }
}

/// The same of larger ones.
#[test]
#[ignore = "slow without optimisation: cargo test --release"]
fn the_transform_agrees_with_enumeration_of_many() {
    for size in 15..=18 {
        for (pattern, name) in PATTERNS {
            let a = read::assessment(&made::text(pattern, size, SOME));
            assert!(agrees(name, &a), "{name} {size}");
        }
    }
}

#[test]
fn the_transform_agrees_on_random_files() {
    let mut done = 0;
    for seed in 0..60 {
        let kind = Kind {
            ranges: false,
            finals: false,
            weights: true,
        };
        let random = Random::new(seed, kind);
        if let Ok(a) = read::tried(&random.text()) {
            done += usize::from(agrees(&format!("seed {seed}"), &a));
        }
    }
    assert!(done >= 15, "{done} of 60 could be transformed");
}

/// Some of them: without optimisation each takes seconds.
#[test]
fn the_transform_agrees_on_reference_files() {
    for n in there(0..200).step_by(12) {
        agrees(&format!("random-{n}"), &reference(n));
    }
}

#[test]
#[ignore = "slow without optimisation: cargo test --release"]
fn the_transform_agrees_on_all_reference_files() {
    for n in there(0..200) {
        agrees(&format!("random-{n}"), &reference(n));
    }
}

/// An outcome that hardly anything is left of, and one that has nearly all.
#[test]
fn the_transform_is_exact_where_one_outcome_has_all() {
    let mut text = String::from(
        "assessment \"?\" { as of: 2025-03-01 }\nhorizon year: 0 to 12 months\n\
         outcome a\noutcome b\noutcome c\nprior { a: 0.1%, b: 90%, c: rest }\n",
    );
    for i in 0..6 {
        let _ = write!(
            text,
            "event e{i} {{ chance: {}% by year\n  weight for b: {} dB\n  weight against a: 9 dB }}\n",
            20 + 10 * i,
            10 + i
        );
    }
    assert!(agrees("one has all", &read::assessment(&text)));
}

/// Outcomes that nothing tells apart are one to the transform.
#[test]
fn outcomes_that_nothing_tells_apart_are_joined() {
    let mut text = String::from(
        "assessment \"?\" { as of: 2025-03-01 }\nhorizon year: 0 to 12 months\n\
         outcome a\noutcome b\noutcome c\noutcome d\noutcome e\noutcome f\n\
         prior { a: 10%, b: 20%, c: 5%, d: 25%, e: 0%, f: rest }\n",
    );
    for i in 0..5 {
        let _ = write!(
            text,
            "event e{i} {{ chance: {}% by year\n  weight for a: 3 dB }}\n",
            20 + i
        );
    }
    assert!(agrees("joined", &read::assessment(&text)));
}

/// Events that all push towards an end, one after another.
fn towards_an_end(count: usize, last: &str) -> String {
    let mut text = String::from(
        "assessment \"?\" { as of: 2025-03-01 }\nhorizon q1: 0 to 3 months\nhorizon q2: 3 to 9 months\n\
         horizon q3: 9 to 24 months\noutcome a\noutcome b\nfinal outcome c\n\
         prior { c: 3% by q1, 9% by q2, 20% by q3\n  b: 29.1% in q1, 27.3% in q2, 24% in q3\n  a: rest }\n",
    );
    for i in 0..count {
        let weight = match i % 3 {
            0 => "weight for c: 2:1",
            1 => "weight for c: 3 dB in q1, 5 dB in q2, 5 dB in q3",
            _ => "weight for c: 4:1\n  weight for a: 3:2",
        };
        let _ = write!(
            text,
            "event e{i} {{ chance: {}% by q1, {}% by q2, {}% by q3\n  {weight} }}\n",
            5 + i % 7,
            15 + i % 7,
            30 + i % 7
        );
    }
    text + last
}

/// Where all pushes last and go towards it, an end is told by what lasts.
#[test]
fn the_transform_agrees_where_all_pushes_towards_an_end() {
    let rows = "event late { chance given e0: 20% by q1, 40% by q2, 60% by q3\n  \
                chance otherwise: 5% by q1, 10% by q2, 20% by q3\n  weight for c: 5 dB }\n";
    for text in [towards_an_end(7, ""), towards_an_end(6, rows)] {
        assert!(agrees("towards an end", &read::assessment(&text)));
    }
}

/// Beyond enumeration it agrees with histories.
#[test]
fn many_events_towards_an_end_agree_with_histories() {
    let a = read::assessment(&towards_an_end(40, ""));
    let exact = by(&a, Choice::Either).expect("it is transformed");
    assert!(exact.method.transformed.is_some());
    let sampled = by(&a, Choice::Sampled).expect("it can be sampled");
    for (exact, sampled) in exact.horizons.iter().zip(&sampled.horizons) {
        for (x, y) in exact.outcomes.iter().zip(&sampled.outcomes) {
            let error = y.probability.error.expect("it is sampled");
            assert_eq!(x.probability.error, None);
            let apart = (x.probability.value - y.probability.value).abs();
            assert!(apart <= 4.0 * error, "{apart}, standard error {error}");
        }
    }
}

/// What may put an end off, passes or weakens leaves more to be told than what lasts.
#[test]
fn what_may_put_off_an_end_is_refused() {
    let lasts = [
        "event off { chance: 20% by q1, 30% by q2, 40% by q3\n  weight against c: 3 dB }\n",
        "event other { chance: 20% by q1, 30% by q2, 40% by q3\n  weight for a: 3 dB }\n",
        "factor passes \"Now\" { holds: 30%\n  weight for c: 3 dB }\n",
        "event weak { chance: 20% by q1, 30% by q2, 40% by q3\n  \
         weight for c: 5 dB in q1, 3 dB in q2, 3 dB in q3 }\n",
    ];
    for last in lasts {
        let a = read::assessment(&towards_an_end(3, last));
        assert!(by(&a, Choice::Transformed).is_none(), "{last}");
    }
}

/// What is final has no such transform, and a question of it says so.
#[test]
fn final_outcomes_are_refused() {
    let finals = With {
        finals: true,
        ..SOME
    };
    let a = read::assessment(&made::text(Pattern::Chain, 6, finals));
    assert!(by(&a, Choice::Transformed).is_none());
}

/// All chances of events, summed out of a graph, are those that queries find one by one.
#[test]
fn chances_of_many_events_agree() {
    for (pattern, name) in PATTERNS {
        let mut text = made::text(pattern, 14, SOME);
        for i in 0..14 {
            let _ = writeln!(text, "expect e{i} by medium: at least 0%");
        }
        agree_in_chances(name, &text);
    }
    // An event whose chance falls as another comes, so that when it came matters; and one that rests on what passes.
    let mut text = made::text(Pattern::Pairs, 12, SOME);
    text += "event fall {\n  chance given e11: 5% by short, 6% by medium, 7% by long\n  \
             chance otherwise: 50% by short, 60% by medium, 70% by long\n  weight for fade: 1 dB\n}\n\
             event whim {\n  chance given mood: 60% by short, 70% by medium, 90% by long\n  \
             chance otherwise: 1% by short, 2% by medium, 3% by long\n  weight for fade: 1 dB\n}\n";
    for name in [
        "e0", "e1", "e2", "e3", "e4", "e5", "e6", "e7", "e8", "e9", "e10", "e11", "fall", "whim",
    ] {
        let _ = writeln!(text, "expect {name} by medium: at least 0%");
    }
    agree_in_chances("falls", &text);
}

fn agree_in_chances(name: &str, text: &str) {
    let a = read::assessment(text);
    let v = by(&a, Choice::Exact).expect("it is small");
    let expected: Vec<f64> = v.expectations.iter().filter_map(|e| e.value).collect();
    let own = &expected[expected.len() - 14..];
    assert_eq!(v.events.len(), 14);
    for (event, expected) in v.events.iter().zip(own) {
        let found = event.horizons[1].chance.value;
        assert!(
            (found - expected).abs() < 1e-12,
            "{name}: {found}, exact {expected}"
        );
    }
}

/// Hundreds of events of two kinds, which a sum over how many of each have come sums exactly.
#[test]
fn hundreds_of_events_agree_with_a_closed_sum() {
    /// Events of each kind, how likely each is, and by what factor it pushes the odds.
    const KINDS: [(u32, f64, f64); 2] = [(170, 0.3, 2.0), (130, 0.12, 4.0)];
    let mut text = String::from(
        "assessment \"?\" { as of: 2025-03-01 }\nhorizon year: 0 to 12 months\n\
         outcome a\noutcome b\noutcome c\nprior { a: 15%, b: 40%, c: rest }\n",
    );
    for ((count, p, odds), outcome) in KINDS.iter().zip(["a", "b"]) {
        for i in 0..*count {
            let _ = write!(
                text,
                "event {outcome}{i} {{ chance: {:.0}% by year\n  weight for {outcome}: {odds}:1 }}\n",
                100.0 * p
            );
        }
    }
    let found = by(&read::assessment(&text), Choice::Either).expect("it is transformed");
    let error = found.method.transformed.expect("it is transformed");
    assert!(error <= NEAR, "{error}");
    // How likely it is that so many of a kind come.
    let binomial = |(count, p, _): (u32, f64, f64)| {
        let mut all = vec![(1.0 - p).powi(count as i32)];
        for k in 0..count {
            let last = all[k as usize];
            all.push(last * f64::from(count - k) / f64::from(k + 1) * p / (1.0 - p));
        }
        all
    };
    let [many, few] = KINDS.map(binomial);
    let mut exact = [0.0; 3];
    for (i, p) in many.iter().enumerate() {
        for (j, q) in few.iter().enumerate() {
            let odds = |kind: usize, times: usize| KINDS[kind].2.powi(times as i32);
            let own = [0.15 * odds(0, i), 0.4 * odds(1, j), 0.45];
            let z: f64 = own.iter().sum();
            for (sum, own) in exact.iter_mut().zip(own) {
                *sum += p * q * own / z;
            }
        }
    }
    for (outcome, exact) in found.horizons[0].outcomes.iter().zip(exact) {
        let x = outcome.probability.value;
        assert!(
            (x - exact).abs() <= error,
            "{x}, exact {exact}, stated {error}"
        );
    }
}
