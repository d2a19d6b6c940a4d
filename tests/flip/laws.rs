//! Each reported tipping point flips, and on a grid nothing nearer does.

use super::edit::edited;
use crate::infer::random::{Kind as Content, Random};
use crate::infer::read;
use assess::infer::flip::flips;
use assess::infer::flip::parameter::{Kind, Parameter};
use assess::infer::verdict::Question;
use assess::infer::{Probabilities, probabilities};
use assess::resolve::assessment::Assessment;
use assess::resolve::table::Id;
use proptest::prelude::*;

/// How far the other outcomes are ahead of today's leader, by horizon; below 0 while it leads.
fn ahead(today: &Probabilities, then: &Probabilities) -> Vec<f64> {
    let pairs = today.horizons.iter().zip(&then.horizons);
    pairs
        .map(|(today, then)| {
            let leader = today.as_ref().expect("nothing is given").leader.index();
            let all = &then.as_ref().expect("nothing is given").outcomes;
            let others = all.iter().enumerate().filter(|(o, _)| *o != leader);
            others
                .map(|o| o.1 - all[leader])
                .fold(f64::NEG_INFINITY, f64::max)
        })
        .collect()
}

/// Checks every number of one assessment; how many tipping points there are.
fn check(a: &Assessment, step: f64) -> Result<usize, TestCaseError> {
    let found = flips(a, &Question::default(), None).expect("it is small");
    let today = probabilities(a).expect("it is small");
    let all: Vec<&Parameter> = found.numbers.iter().map(|n| &n.parameter).collect();
    let mut tips = 0;
    for number in &found.numbers {
        let parameter = &number.parameter;
        let then = |by: f64| {
            let then = probabilities(&edited(a, parameter, by, &all)).expect("it is small");
            ahead(&today, &then)
        };
        for tip in &number.tips {
            let h = tip.horizon.index();
            tips += 1;
            let label = &parameter.label;
            prop_assert!(
                then(tip.turn)[h] > 0.0,
                "{label} at {} does not flip {h}",
                tip.turn
            );
            // Where a stated 0% is taken as 0.1%, the least turn may do it already.
            if tip.turn.abs() > 1e-5 {
                let nearer = tip.turn - tip.turn.signum() * 1e-5;
                prop_assert!(
                    then(nearer)[h] <= 2e-9,
                    "{label} flips {h} before {}",
                    tip.turn
                );
            }
        }
        let (low, high) = parameter
            .reach
            .iter()
            .fold((0.0f64, 0.0f64), |(l, h), r| (l.min(r.0), h.max(r.1)));
        let mut turn = low + 1e-9;
        while turn < high {
            let at = then(turn);
            for (h, reach) in parameter.reach.iter().enumerate() {
                let tip = number.tips.iter().find(|t| t.horizon.index() == h);
                let nearest = tip.map_or(f64::INFINITY, |t| t.turn.abs());
                if parameter.today[h].is_some()
                    && reach.0 <= turn
                    && turn <= reach.1
                    && turn.abs() < nearest - 1e-6
                {
                    prop_assert!(
                        at[h] <= 2e-9,
                        "{} flips {h} at {turn}, nearer than {nearest}",
                        parameter.label
                    );
                }
            }
            turn += step;
        }
    }
    Ok(tips)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn tipping_points_flip_and_are_the_nearest(seed: u64, finals: bool) {
        let random = Random::new(seed, Content { ranges: false, finals, weights: true });
        let text = random.text();
        if let Ok(a) = read::tried(&text) {
            check(&a, 1.37).map_err(|e| TestCaseError::fail(format!("{e}\n{text}")))?;
        }
    }
}

#[test]
fn a_real_file_tips_where_it_is_said_to() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/assessments/nato.assess");
    let a = read::assessment(&std::fs::read_to_string(path).expect("it is there"));
    let tips = check(&a, 4.3).expect("every tipping point is where it is said to be");
    assert!(tips >= 20, "{tips}");
}

const RATES: &str = "
assessment \"Rates\" { as of: 2025-03-01 }
horizon near: 0 to 12 months
outcome calm
outcome storm
prior { storm: 20%\ncalm: rest }
event slip { chance: 20% per year\nweight for storm: 20:1 }
event fall { chance: 2 times in 10 years\nweight for storm: 20:1 }
factor report { likelihood: calm 20%, storm 40% }
";

#[test]
fn rates_and_likelihoods_are_numbers_too() {
    let a = read::assessment(RATES);
    let found = flips(&a, &Question::default(), None).expect("it is small");
    let tip = |kind: Kind| {
        let number = found
            .numbers
            .iter()
            .find(|n| n.parameter.kind == kind)
            .expect("it is stated");
        (number.parameter.label.clone(), number.tips[0].clone())
    };
    let today = probabilities(&a).expect("it is small");
    for kind in [Kind::PerYear, Kind::Times] {
        let (label, tip) = tip(kind);
        let parameter = &found
            .numbers
            .iter()
            .find(|n| n.parameter.label == label)
            .expect("just seen")
            .parameter;
        let at = |turn: f64| {
            let then = probabilities(&edited(&a, parameter, turn, &[])).expect("it is small");
            ahead(&today, &then)[0]
        };
        assert!(
            at(tip.turn) > 0.0 && at(tip.turn * (1.0 - 1e-6)) <= 2e-9,
            "{label}"
        );
    }
    let (label, tip) = tip(Kind::Likelihood);
    assert_eq!(label, "report likelihood, calm");
    let again = RATES.replace(
        "calm 20%",
        &format!("calm {:.6}%", 100.0 * tip.value + 1e-5 * tip.turn.signum()),
    );
    let then = probabilities(&read::assessment(&again)).expect("it is small");
    assert!(ahead(&today, &then)[0] > 0.0, "{tip:?}");
    let again = RATES.replace(
        "calm 20%",
        &format!("calm {:.6}%", 100.0 * tip.value - 1e-5 * tip.turn.signum()),
    );
    let then = probabilities(&read::assessment(&again)).expect("it is small");
    assert!(ahead(&today, &then)[0] < 0.0, "{tip:?}");
}
