//! Contributions to sampled verdicts: they sum to the shift, and agree with exact ones.

use super::read;
use super::sampled::{Misses, chain, reference, there};
use assess::infer::explain::{Watching, explain};
use assess::infer::verdict::{Options, Question, Verdict};
use assess::infer::{Choice, evaluate};
use assess::resolve::assessment::{Assessment, Prop};
use assess::resolve::table::Id;
use std::fmt::Write;

fn with(a: &Assessment, question: &Question, choice: Choice, seed: u64) -> Option<Verdict> {
    let options = Options {
        intervals: false,
        contributions: true,
        choice,
        samples: Some(2048),
        seed,
        ..Options::default()
    };
    evaluate(a, question, &options).ok()
}

/// Whether the contributions sum to verdict minus prior everywhere.
pub(super) fn sums_to_the_shift(a: &Assessment, v: &Verdict) {
    for (h, at) in v.horizons.iter().enumerate() {
        for (o, outcome) in at.outcomes.iter().enumerate() {
            let all = v.contributions.iter();
            let own = all.filter(|c| c.horizon.index() == h && c.outcome.index() == o);
            let sum: f64 = own.map(|c| c.points).sum();
            let shift = 100.0 * (outcome.probability.value - outcome.prior);
            if !shift.is_nan() {
                let title = &a.title.node;
                assert!((sum - shift).abs() < 1e-9, "{title}: {sum} {shift}");
            }
        }
    }
}

#[test]
fn sampled_contributions_agree_with_exact_ones() {
    let mut misses = Misses::default();
    for n in there((1..=80).step_by(4)) {
        let a = reference(n);
        let mut questions = vec![Question::default()];
        if let Some((id, _)) = a.drivers.iter().find(|(_, d)| d.weights.is_empty()) {
            questions.push(Question {
                given: Some(Prop::Is(id)),
                ..Question::default()
            });
        }
        for question in questions {
            let exact = with(&a, &question, Choice::Exact, 1).expect("it is small");
            let Some(found) = with(&a, &question, Choice::Sampled, n as u64) else {
                continue;
            };
            sums_to_the_shift(&a, &found);
            for c in &exact.contributions {
                let other = found.contribution(c.driver, c.horizon, c.outcome);
                let place = format!("random-{n}: {c:?} {other:?}");
                let (points, error) =
                    other.map_or((0.0, 0.0), |o| (o.points, o.error.unwrap_or(0.0)));
                if points.is_nan() || c.points.is_nan() {
                    assert!(points.is_nan() && c.points.is_nan(), "{place}");
                    continue;
                }
                misses.add(&place, points / 100.0, c.points / 100.0, error / 100.0);
            }
        }
    }
    assert!(misses.scores.len() > 500, "{}", misses.scores.len());
    assert!(
        misses.worst.0 < 6.0,
        "{} {}",
        misses.worst.0,
        misses.worst.1
    );
    let (one, two) = (misses.within(1.0), misses.within(2.0));
    assert!(one > 0.6, "{one} of the numbers lie within one error");
    assert!(two > 0.92, "{two} of the numbers lie within two errors");
}

#[test]
fn what_is_beyond_the_exact_limit_is_explained() {
    let a = read::assessment(&chain(40, 1));
    let options = Options {
        samples: Some(1024),
        draws: Some(21),
        ..Options::default()
    };
    let (v, why) = explain(
        &a,
        &Question::default(),
        &options,
        Some(&Watching::default()),
    )
    .expect("it is sampled");
    sums_to_the_shift(&a, &v);
    assert_eq!(why.reasons.len(), a.drivers.len());
    assert!(why.ranges.is_empty());
    let moving = v.contributions.iter().filter(|c| c.points != 0.0);
    assert!(moving.clone().count() > 100);
    assert!(
        moving
            .clone()
            .all(|c| c.error.is_some_and(|e| e > 0.0 && e < 0.5))
    );
    // Nothing counts or overlaps: the push is as stated.
    for reason in &why.reasons {
        for part in reason.parts.iter().flatten() {
            assert!((part.stated - part.decibans).abs() < 1e-9, "{reason:?}");
        }
    }
    let watch = why.watch.expect("it is asked for");
    assert_eq!(watch.len(), 41);
}

/// The verdict is exact, but all sets of twenty drivers that come and go would take long beside what has ended.
#[test]
fn sampled_contributions_sum_to_an_exact_verdict() {
    let mut text = String::from(
        "assessment \"Many\" { as of: 2025-03-01 }
         horizon h1: 0 to 6 months
         horizon h2: 6 to 12 months
         outcome stay
         outcome fade
         final outcome exit
         prior { exit: 5% by h1, 9% by h2\nfade: 30%\nstay: rest }\n",
    );
    for i in 0..20 {
        let (o, ratio) = (["exit", "fade"][i % 2], 2 + i % 3);
        writeln!(
            text,
            "factor f{i} {{ holds: {}%\nweight for {o}: {ratio}:1 }}",
            30 + i
        )
        .expect("a string");
    }
    let a = read::assessment(&text);
    let options = Options {
        intervals: false,
        contributions: true,
        samples: Some(1024),
        ..Options::default()
    };
    let v = evaluate(&a, &Question::default(), &options).expect("it is exact");
    assert_eq!(v.method.sampled, None);
    let said =
        "contributions are sampled over 1024 histories, and sum to the verdict less the prior";
    assert_eq!(v.assumed, [said]);
    sums_to_the_shift(&a, &v);
}
