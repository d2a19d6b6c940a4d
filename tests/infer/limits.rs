//! How much fits.

use super::read;
use assess::infer::verdict::{Options, Question};
use assess::infer::{Choice, evaluate};
use std::fmt::Write;

/// So many events that push, each with a row on the one before where `coupled`.
fn events(count: usize, coupled: bool, finals: bool) -> String {
    let mut text = String::from(
        "assessment \"Many\" { as of: 2025-03-01 }
         horizon h0: 0 to 6 months
         outcome x
         outcome z\n",
    );
    text += match finals {
        true => "final outcome y\nprior { y: 10% by h0\nz: 30%\nx: rest }\n",
        false => "outcome y\nprior { y: 10%\nz: 30%\nx: rest }\n",
    };
    for i in 0..count {
        let chance = match coupled && i > 0 {
            true => format!(
                "chance given e{}: 40% by h0\nchance otherwise: 10% by now, 20% by h0",
                i - 1
            ),
            false => "chance: 30% by h0".to_owned(),
        };
        writeln!(text, "event e{i} {{ {chance}\nweight for y: 2:1 }}").expect("a string");
    }
    text
}

#[test]
fn twenty_two_coupled_propositions_are_summed_exactly() {
    let a = read::assessment(&events(22, true, true));
    let v = read::verdict(&a);
    assert_eq!(v.method.states, 1 << 22);
    let sum: f64 = v.horizons[0]
        .outcomes
        .iter()
        .map(|o| o.probability.value)
        .sum();
    assert!((sum - 1.0).abs() < 1e-9);
    // P(e_i) follows its own small recurrence.
    let mut p = 0.3;
    for event in &v.events[1..] {
        p = 0.4 * p + 0.2 * (1.0 - p);
        assert!((event.horizons[0].chance.value - p).abs() < 1e-9, "{p}");
    }
}

#[test]
fn beyond_the_limit_the_propositions_are_named() {
    let a = read::assessment(&events(30, false, false));
    let options = Options {
        choice: Choice::Exact,
        ..Options::default()
    };
    let error = evaluate(&a, &Question::default(), &options).expect_err("30 are many");
    assert_eq!(error.rule.name, "limit");
    assert_eq!(error.primary.span, a.span);
    assert!(
        error.message.starts_with("30 propositions matter together"),
        "{}",
        error.message
    );
    assert!(
        error.message.contains("`e0`, `e1`, `e10`"),
        "{}",
        error.message
    );
}

#[test]
fn what_moves_no_outcome_does_not_count() {
    let mut text = events(20, false, false);
    for i in 0..300 {
        writeln!(text, "event idle{i} {{ chance: 10% by h0 }}").expect("a string");
    }
    let v = read::verdict(&read::assessment(&text));
    assert_eq!(v.method.states, 1 << 20);
}

#[test]
fn enormous_weights_stay_numbers() {
    let mut text = events(0, false, true);
    for i in 0..40 {
        let o = ["x", "y", "z"][i % 3];
        writeln!(
            text,
            "factor f{i} {{ holds: 50%\nweight for {o}: 1000000:1 }}"
        )
        .expect("a string");
        if i >= 14 {
            break;
        }
    }
    text += "factor sure { weight for x: 1000000000000:1 }\nfactor more { weight for x: 1000000000000:1 }\n";
    let v = read::verdict(&read::assessment(&text));
    let sum: f64 = v.horizons[0]
        .outcomes
        .iter()
        .map(|o| o.probability.value)
        .sum();
    assert!((sum - 1.0).abs() < 1e-9, "{:?}", v.horizons[0].outcomes);
}
