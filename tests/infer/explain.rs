//! Laws of explanations, over random files.

use super::oracle::Oracle;
use super::random::{Kind, Random};
use super::read;
use assess::infer::explain::{Idle, Watching, explain};
use assess::infer::verdict::{Options, Question};
use assess::resolve::assessment::*;
use assess::resolve::table::Id;
use proptest::prelude::*;

const NEAR: f64 = 1e-9;

fn options() -> Options {
    Options {
        draws: Some(41),
        ..Options::default()
    }
}

/// What is asked of a random file: something given, something made so, or neither.
fn question(a: &Assessment, seed: u64) -> Question {
    let drivers: Vec<DriverId> = a.drivers.ids().collect();
    let pick = |n: u64| {
        drivers
            .get((seed >> n) as usize % drivers.len().max(1))
            .copied()
    };
    let mut question = Question::default();
    match seed % 3 {
        0 => question.given = pick(8).map(Prop::Is),
        1 => {
            let set = pick(8).filter(|d| match &a.drivers[*d].what {
                What::Event(_) | What::Assumption(_) => true,
                What::Factor(rows) => !rows.is_empty(),
                What::Change { .. } => false,
            });
            question.sets = set.map(|d| (d, seed & 64 == 0)).into_iter().collect();
        }
        _ => {}
    }
    question
}

/// Contributions sum to verdict minus prior, each push is the product of its parts, and what is said
/// to move nothing moves nothing.
fn adds_up(seed: u64, kind: Kind) -> Result<(), TestCaseError> {
    let text = Random::new(seed, kind).text();
    let a = read::tried(&text);
    prop_assume!(a.is_ok());
    let a = a.expect("it has no mistake");
    let (verdict, why) = explain(&a, &question(&a, seed), &options(), None).expect("it is small");
    for h in a.horizons.ids() {
        for o in a.outcomes.ids() {
            let found = &verdict.horizons[h.index()].outcomes[o.index()];
            if found.probability.value.is_nan() {
                continue;
            }
            let points = |d| verdict.contribution(d, h, o).map_or(0.0, |c| c.points);
            let sum: f64 = a.drivers.ids().map(points).sum();
            let shift = 100.0 * (found.probability.value - found.prior);
            prop_assert!(
                (sum - shift).abs() < 100.0 * NEAR,
                "{} in {}: {sum} but {shift}\n{text}",
                a.outcomes.name(o),
                a.horizons.name(h)
            );
        }
    }
    prop_assert_eq!(why.reasons.len(), a.drivers.len());
    for (id, reason) in a.drivers.ids().zip(&why.reasons) {
        prop_assert_eq!(id, reason.driver);
        for part in reason.parts.iter().flatten() {
            let product = part.stated * a.drivers[id].discount * part.count * part.overlap;
            prop_assert!(
                (product - part.decibans).abs() < NEAR,
                "{}: {part:?}\n{text}",
                a.drivers.name(id)
            );
        }
        let moves = verdict.contributions.iter().filter(|c| c.driver == id);
        let moves = moves.map(|c| c.points.abs()).fold(0.0, f64::max);
        prop_assert_eq!(reason.idle.is_some(), moves < 1e-9, "{:?}", reason);
    }
    for share in why
        .ranges
        .iter()
        .flat_map(|r| &r.shares)
        .flatten()
        .flatten()
    {
        prop_assert!((0.0..=1.0).contains(share));
    }
    Ok(())
}

/// What an event is worth: the Brier score that the verdict expects of itself, less the mean of the
/// scores that the updated verdicts expect, state by state.
fn is_worth_its_drop(seed: u64, kind: Kind) -> Result<(), TestCaseError> {
    let text = Random::new(seed, kind).text();
    let a = read::tried(&text);
    prop_assume!(a.is_ok());
    let a = a.expect("it has no mistake");
    let (_, why) = explain(
        &a,
        &Question::default(),
        &options(),
        Some(&Watching::default()),
    )
    .expect("it is small");
    let watch = why.watch.expect("it was asked for");
    let oracle = Oracle::new(&a, &[]);
    let walk = oracle.walk(false);
    let score = |p: &[f64]| -> f64 { p.iter().map(|p| p * (1.0 - p)).sum() };
    for (h, steps) in walk.iter().enumerate() {
        for watched in &watch {
            let is = Prop::Is(watched.event);
            let mean = |happened: bool| {
                let there = steps
                    .iter()
                    .filter(|s| oracle.holds(&is, &s.after, h + 1) == happened);
                let mut mass = 0.0;
                let mut outcomes = vec![0.0; a.outcomes.len()];
                for step in there {
                    mass += step.mass;
                    for (sum, p) in outcomes.iter_mut().zip(&step.outcomes) {
                        *sum += p;
                    }
                }
                (mass, outcomes)
            };
            let (yes, no) = (mean(true), mean(false));
            let whole: Vec<f64> = yes.1.iter().zip(&no.1).map(|(a, b)| a + b).collect();
            let updated = |(mass, outcomes): &(f64, Vec<f64>)| match *mass > 0.0 {
                true => {
                    let p: Vec<f64> = outcomes.iter().map(|p| p / mass).collect();
                    mass * score(&p)
                }
                false => 0.0,
            };
            let expected = score(&whole) - updated(&yes) - updated(&no);
            let found = &watched.horizons[h];
            prop_assert!((found.score - score(&whole)).abs() < NEAR);
            prop_assert!(
                (found.drop - expected).abs() < NEAR,
                "{} by h{h}: {} but {expected}\n{text}",
                a.drivers.name(watched.event),
                found.drop
            );
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, max_shrink_iters: 0,
        failure_persistence: None, ..Default::default() })]

    #[test]
    fn contributions_add_up(seed: u64, finals: bool, ranges: bool) {
        adds_up(seed, Kind { ranges, finals, weights: true })?;
    }

    #[test]
    fn learning_of_an_event_is_worth_its_drop(seed: u64, finals: bool) {
        is_worth_its_drop(seed, Kind { ranges: false, finals, weights: true })?;
    }
}

const HEAD: &str = r#"
assessment "Test" { as of: 2025-03-01 }
horizon year: 0 to 12 months
outcome yes "Yes"
outcome no "No"
prior { yes: 40% in year, no: rest }
"#;

fn idle(a: &Assessment, name: &str) -> Option<Idle> {
    let (_, why) = explain(a, &Question::default(), &options(), None).expect("it is small");
    let id = a.drivers.id(name).expect("it is declared");
    why.reasons[id.index()].idle
}

/// Each way of moving nothing is told apart.
#[test]
fn what_moves_nothing_says_why() {
    let a = read::assessment(&format!(
        "{HEAD}
factor strong {{ weight for yes: 10:1 }}
factor shared {{ weight for yes: 2:1 }}
overlap 100%: strong, shared
factor even {{ weight for yes: 1:1 }}
factor dropped {{ weight for yes: 4:1 }}
factor both {{ weight for yes, no: 4:1 }}
event silent {{ chance: 20% by year }}
event open
event cause {{ chance: 100% by year }}
change takes {{
  when: cause
  weight for yes: 3:1
  count dropped: 0%
}}
change never {{
  when: open
  weight for yes: 3:1
}}
assumption held {{ weight for yes if wrong: 3:1 }}
"
    ));
    for (name, why) in [
        ("strong", None),
        ("takes", None),
        ("dropped", None),
        ("shared", None),
        ("dropped", None),
        ("even", Some(Idle::Even)),
        ("both", Some(Idle::Cancelled)),
        ("silent", Some(Idle::Silent)),
        ("cause", Some(Idle::Silent)),
        ("open", Some(Idle::Hypothetical)),
        ("never", Some(Idle::Never)),
        ("held", Some(Idle::Assumed)),
    ] {
        assert_eq!(idle(&a, name), why, "{name}");
    }
}

/// One range alone explains all of the width; a range that plays no part explains none of it.
#[test]
fn the_width_comes_from_the_range_that_moves_the_verdict() {
    let a = read::assessment(&format!(
        "{HEAD}
factor strong {{ weight for yes: 2:1 to 8:1 }}
event idle {{ chance: 10% to 30% by year }}
"
    ));
    let options = Options {
        draws: Some(1001),
        ..Options::default()
    };
    let (_, why) = explain(&a, &Question::default(), &options, None).expect("it is small");
    let share = |key: &str| {
        let range = why
            .ranges
            .iter()
            .find(|r| r.key == key)
            .expect("it is there");
        range.shares[0][0].expect("it varies")
    };
    assert!(share("strong weight for yes") > 0.98);
    assert!(share("idle chance") < 0.03);
}

/// With too many drivers for all orders, the sum stays exact and the error covers the truth.
#[test]
fn sampled_contributions_state_their_error() {
    // Five outcomes that are pushed apart are too many for the transform.
    let mut text = HEAD.replace(
        "prior {",
        "outcome p\noutcome q\noutcome r\nprior { p: 5%\nq: 5%\nr: 5%\n",
    );
    for o in ["p", "q", "r"] {
        text += &format!("factor {o}{o} {{ weight for {o}: 3:2 }}\n");
    }
    for i in 0..20 {
        text += &format!("factor f{i} {{ weight for yes: {}:1 }}\n", 1 + i % 4);
        text += &format!("factor g{i} {{ weight against yes: {}:1 }}\n", 1 + i % 4);
    }
    let a = read::assessment(&text);
    let (verdict, _) = explain(&a, &Question::default(), &options(), None).expect("it is small");
    assert!(verdict.assumed.iter().any(|s| s.contains("orders")));
    let all = verdict
        .contributions
        .iter()
        .filter(|c| c.outcome.index() == 0);
    let sum: f64 = all.clone().map(|c| c.points).sum();
    let found = &verdict.horizons[0].outcomes[0];
    assert!((sum - 100.0 * (found.probability.value - found.prior)).abs() < 1e-7);
    // Drivers that push alike have the same Shapley value, so that their mean is near it.
    for strength in 1..4usize {
        let alike: Vec<(f64, f64)> = all
            .clone()
            .filter(|c| {
                let name = a.drivers.name(c.driver);
                let (side, i) = name.split_at(1);
                side == "f" && i.parse::<usize>().expect("a number") % 4 == strength
            })
            .map(|c| (c.points, c.error.expect("not all orders were tried")))
            .collect();
        let mean = alike.iter().map(|c| c.0).sum::<f64>() / alike.len() as f64;
        for (points, error) in alike {
            assert!(error > 0.0);
            assert!(
                (points - mean).abs() < 5.0 * error,
                "{points} {mean} ± {error}"
            );
        }
    }
}
