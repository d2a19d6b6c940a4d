//! Weights on events in more states than the general engine carries: sampled, and held against what is known exactly.

use super::read;
use assess::infer::verdict::{Options, Question, Verdict};
use assess::infer::{Choice, evaluate};
use std::fmt::Write;

/// So many events that push alike.
const ALIKE: i32 = 24;

/// By horizon the chance of each of them, of the trigger and of what it pushes.
const CHANCES: [[f64; 3]; 3] = [[0.10, 0.20, 0.05], [0.18, 0.45, 0.10], [0.25, 0.60, 0.22]];

/// By horizon the prior of what they push.
const PRIOR: [f64; 3] = [0.02, 0.04, 0.07];

/// A trigger makes an event likelier by 5:1; that and the others push an outcome, 3:1 and 1.2:1.
fn text(finals: bool) -> String {
    let curve = |i: usize| {
        let at = CHANCES.map(|at| format!("{}%", (at[i] * 100.0).round()));
        format!("chance: {} by h1, {} by h2, {} by h3", at[0], at[1], at[2])
    };
    let prior = PRIOR.map(|p| (p * 100.0).round());
    let (kind, word) = if finals { ("final ", "by") } else { ("", "in") };
    let mut text = format!(
        "assessment \"Beyond\" {{ as of: 2025-03-01 }}
         horizon h1: 0 to 6 months
         horizon h2: 6 to 12 months
         horizon h3: 12 to 24 months
         outcome stay
         {kind}outcome exit
         prior {{ exit: {}% {word} h1, {}% {word} h2, {}% {word} h3\nstay: rest }}
         event trigger {{ {}\nweight for pushed: 5:1 }}
         event pushed {{ {}\nweight for exit: 3:1 }}\n",
        prior[0],
        prior[1],
        prior[2],
        curve(1),
        curve(2),
    );
    for i in 0..ALIKE {
        writeln!(
            text,
            "event e{i} {{ {}\nweight for exit: 1.2:1 }}",
            curve(0)
        )
        .expect("a string");
    }
    text
}

fn times(p: f64, odds: f64) -> f64 {
    p * odds / (1.0 - p + p * odds)
}

/// The chance of exit: how many of the events that push alike have come is binomial, and what has ended by a horizon
/// follows from its end, since all pushes are towards it and last.
fn exact(h: usize) -> f64 {
    let [alike, trigger, pushed] = CHANCES[h];
    let mut sum = 0.0;
    for (has_come, odds) in [(trigger, 5.0), (1.0 - trigger, 1.0)] {
        let pushed = times(pushed, odds);
        for (chance, odds) in [(pushed, 3.0), (1.0 - pushed, 1.0)] {
            let mut ways = (1.0 - alike).powi(ALIKE);
            for k in 0..=ALIKE {
                sum += has_come * chance * ways * times(PRIOR[h], odds * 1.2f64.powi(k));
                ways *= f64::from(ALIKE - k) / f64::from(k + 1) * alike / (1.0 - alike);
            }
        }
    }
    sum
}

fn verdict(finals: bool, choice: Choice) -> Verdict {
    let a = read::assessment(&text(finals));
    let options = Options {
        intervals: false,
        samples: Some(4096),
        choice,
        ..Options::default()
    };
    evaluate(&a, &Question::default(), &options).expect("nothing is too rare")
}

fn holds(found: &Verdict) {
    for h in 0..3 {
        let found = found.horizons[h].outcomes[1].probability;
        let (exit, error) = (found.value, found.error.expect("it is sampled"));
        assert!(error < 0.01, "{error} in {h}");
        let off = (exit - exact(h)).abs();
        assert!(
            off < 4.0 * error,
            "{exit} ± {error} in {h}, exact {}",
            exact(h)
        );
    }
}

#[test]
fn what_ends_agrees_with_a_binomial_sum() {
    holds(&verdict(true, Choice::Sampled));
    // All pushes are towards what ends, and last.
    let found = verdict(true, Choice::Either);
    let error = found.method.transformed.expect("it is transformed");
    assert!(error < 1e-10, "{error}");
    for h in 0..3 {
        let off = (found.horizons[h].outcomes[1].probability.value - exact(h)).abs();
        assert!(off <= error, "{off} in {h}, stated {error}");
    }
    // How likely events are follows from few of them, and is exact.
    for (event, i) in [(0, 1), (2, 0)] {
        let chance = |h: usize| found.events[event].horizons[h].chance.value;
        for (h, at) in CHANCES.iter().enumerate() {
            assert!((chance(h) - at[i]).abs() < 1e-9, "{event} in {h}");
        }
    }
}

#[test]
fn what_passes_agrees_with_it_sampled_and_transformed() {
    holds(&verdict(false, Choice::Sampled));
    let found = verdict(false, Choice::Either);
    assert!(found.method.transformed.is_some());
    for h in 0..3 {
        let exit = found.horizons[h].outcomes[1].probability.value;
        assert!((exit - exact(h)).abs() < 1e-9, "{exit} in {h}");
    }
}

#[test]
fn where_something_ends_states_that_would_take_gigabytes_are_sampled() {
    let mut text = "assessment \"Many\" { as of: 2025-03-01 }
        horizon h1: 0 to 6 months
        horizon h2: 6 to 12 months
        outcome stay
        final outcome exit
        prior { exit: 5% by h1, 9% by h2\nstay: rest }\n"
        .to_owned();
    for i in 0..21 {
        writeln!(
            text,
            "factor f{i} {{ holds: {}%\nweight for exit: 2:1 }}",
            30 + i
        )
        .expect("a string");
    }
    let options = Options {
        intervals: false,
        samples: Some(1024),
        ..Options::default()
    };
    let a = read::assessment(&text);
    let found = evaluate(&a, &Question::default(), &options).expect("a verdict");
    let sampled = found.method.sampled.expect("it is sampled");
    assert_eq!(sampled.coupled.len(), 21);
}
