//! What comes late counts as stated.

use super::read;
use assess::infer::evaluate;
use assess::infer::verdict::{Options, Question, Verdict};
use assess::resolve::assessment::{Assessment, Prop};
use proptest::prelude::*;
use std::fmt::Write;

const NEAR: f64 = 1e-12;

/// A final outcome and a lasting event that pushes towards it, the two years cut into so many horizons each.
fn file(cuts: usize, (one, two): (f64, f64), (soon, late): (f64, f64), weight: f64) -> String {
    let mut text = String::from("assessment \"Will it default?\" { as of: 2025-01-01 }\n");
    let months = 12 / cuts;
    for i in 0..2 * cuts {
        let (from, to) = (i * months, (i + 1) * months);
        writeln!(text, "horizon h{i}: {from} to {to} months").expect("a string");
    }
    let (first, last) = (cuts - 1, 2 * cuts - 1);
    write!(
        text,
        "outcome stays\nfinal outcome default\n\
         prior {{ default: {one}% by h{first}, {two}% by h{last}\nstays: rest }}\n\
         event crash {{ chance: {soon}% by h{first}, {late}% by h{last}\n\
         weight for default: {weight}:1 }}\n"
    )
    .expect("a string");
    text
}

fn asked(a: &Assessment, question: &Question) -> Verdict {
    let options = Options {
        intervals: false,
        ..Options::default()
    };
    evaluate(a, question, &options).expect("it is small")
}

fn default(a: &Assessment, question: &Question) -> Vec<f64> {
    let verdict = asked(a, question);
    let horizons = verdict.horizons.iter();
    horizons.map(|h| h.outcomes[1].probability.value).collect()
}

fn crash(a: &Assessment) -> (Question, Question) {
    let crash = a.drivers.id("crash").expect("the event");
    let given = Question {
        given: Some(Prop::Is(crash)),
        ..Question::default()
    };
    let set = Question {
        sets: vec![(crash, true)],
        ..Question::default()
    };
    (given, set)
}

fn odds(p: f64) -> f64 {
    p / (1.0 - p)
}

#[test]
fn an_event_of_the_last_year_multiplies_the_odds_of_both() {
    let a = read::assessment(&file(1, (10.0, 12.0), (0.0, 30.0), 100.0));
    let (given, set) = crash(&a);
    let expected = {
        let odds = 100.0 * odds(0.12);
        odds / (1.0 + odds)
    };
    assert!((default(&a, &given)[1] - expected).abs() < NEAR);
    assert!((default(&a, &set)[1] - expected).abs() < NEAR);
    assert!((0.93..0.94).contains(&expected));
}

#[test]
fn a_weight_of_the_last_year_alone_counts_as_stated() {
    let text = "assessment \"a\" { as of: 2025-01-01 }\nhorizon one: 0 to 12 months\n\
                horizon two: 12 to 24 months\noutcome stays\nfinal outcome default\n\
                prior { default: 10% by one, 12% by two\nstays: rest }\n";
    let late = format!("{text}factor panic {{ weight for default: 100:1 in two }}\n");
    let found = default(&read::assessment(&late), &Question::default());
    assert!((odds(found[0]) - odds(0.1)).abs() < NEAR);
    assert!((odds(found[1]) / odds(0.12) - 100.0).abs() < 1e-9);
    // What was stated for the first year alone comes and goes; what had ended stays so.
    let soon = format!("{text}factor panic {{ weight for default: 2:1 in one }}\n");
    let found = default(&read::assessment(&soon), &Question::default());
    assert!((odds(found[0]) / odds(0.1) - 2.0).abs() < 1e-9);
    assert!((found[1] - (found[0] + (1.0 - found[0]) * (0.02 / 0.9))).abs() < NEAR);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..Default::default() })]

    /// P(ended by h | the event has come by h) is the prior's, its odds multiplied, however time is cut; and an
    /// event without causes says the same given and set.
    #[test]
    fn pushes_multiply_the_odds_however_time_is_cut(
        one in 1.0..40.0f64, more in 0.0..40.0f64,
        soon in 0.0..40.0f64, later in 1.0..40.0f64, weight in 1.0..60.0f64,
    ) {
        for cuts in [1, 4, 12] {
            let text = file(cuts, (one, one + more), (soon, soon + later), weight);
            let a = read::assessment(&text);
            let (given, set) = crash(&a);
            let whole = default(&a, &Question::default());
            for (h, prior) in [(cuts - 1, one), (2 * cuts - 1, one + more)] {
                let expected = weight * odds(prior / 100.0);
                let expected = expected / (1.0 + expected);
                let found = (default(&a, &given)[h], default(&a, &set)[h]);
                if !found.0.is_nan() {
                    prop_assert!((found.0 - expected).abs() < NEAR, "{found:?} {expected}\n{text}");
                }
                prop_assert!((found.1 - expected).abs() < NEAR, "{found:?} {expected}\n{text}");
            }
            prop_assert!(whole.windows(2).all(|pair| pair[1] >= pair[0] - NEAR), "{whole:?}");
        }
    }
}
