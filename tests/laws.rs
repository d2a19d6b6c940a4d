//! Laws of verdicts, over random files.

use crate::infer::random::{Dice, Kind, Random};
use crate::infer::read;
use assess::infer::evaluate;
use assess::infer::verdict::{Options, Question, Verdict};
use assess::resolve::assessment::{Assessment, OutcomeId};
use assess::resolve::table::Id;
use proptest::prelude::*;

const NEAR: f64 = 1e-9;

pub(crate) fn config() -> ProptestConfig {
    ProptestConfig {
        cases: 60,
        max_shrink_iters: 0,
        failure_persistence: None,
        ..Default::default()
    }
}

fn kind(ranges: bool, finals: bool, weights: bool) -> Kind {
    Kind {
        ranges,
        finals,
        weights,
    }
}

fn drawn(a: &Assessment, draws: u32) -> Verdict {
    let options = Options {
        draws: Some(draws),
        ..Options::default()
    };
    evaluate(a, &Question::default(), &options).expect("it is small")
}

/// Every number of a verdict by name, bit by bit.
fn bits(a: &Assessment, v: &Verdict) -> Vec<(String, u64)> {
    let mut out = Vec::new();
    for (h, horizon) in v.horizons.iter().enumerate() {
        for (o, outcome) in horizon.outcomes.iter().enumerate() {
            let name = format!("{} {h}", a.outcomes.name(OutcomeId::new(o)));
            out.push((name.clone(), outcome.probability.value.to_bits()));
            if let Some((low, high)) = outcome.interval {
                out.push((format!("{name} low"), low.to_bits()));
                out.push((format!("{name} high"), high.to_bits()));
            }
        }
        out.push((format!("leader {h} {}", a.outcomes.name(horizon.leader)), 0));
    }
    for change in &v.changes {
        for (h, at) in change.horizons.iter().enumerate() {
            let name = format!("{} {h}", a.drivers.name(change.change));
            out.push((name.clone(), at.chance.value.to_bits()));
            for (word, list) in [("given", &at.given), ("absent", &at.absent)] {
                for (o, p) in list.outcomes().into_iter().flatten().enumerate() {
                    let outcome = a.outcomes.name(OutcomeId::new(o));
                    out.push((format!("{name} {word} {outcome}"), p.value.to_bits()));
                }
            }
        }
    }
    for event in &v.events {
        for (h, at) in event.horizons.iter().enumerate() {
            let name = format!("{} {h}", a.drivers.name(event.event));
            out.push((name.clone(), at.chance.value.to_bits()));
            if let Some((low, high)) = at.interval {
                out.push((format!("{name} low"), low.to_bits()));
                out.push((format!("{name} high"), high.to_bits()));
            }
        }
    }
    for c in &v.contributions {
        let name = format!(
            "{} {:?} {}",
            a.drivers.name(c.driver),
            c.horizon,
            a.outcomes.name(c.outcome)
        );
        // Not its decibans: of two equal pushes that overlap, the file's first counts in full.
        out.push((name, c.points.to_bits()));
    }
    out.sort();
    out
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn verdicts_sum_to_one_and_final_outcomes_never_fall(seed: u64, finals: bool) {
        let a = read::tried(&Random::new(seed, kind(false, finals, true)).text());
        prop_assume!(a.is_ok());
        let a = a.expect("it has no mistake");
        let v = read::verdict(&a);
        for (h, horizon) in v.horizons.iter().enumerate() {
            let sum: f64 = horizon.outcomes.iter().map(|o| o.probability.value).sum();
            prop_assert!((sum - 1.0).abs() < NEAR, "{sum}");
            for (id, outcome) in a.outcomes.iter().filter(|o| o.1.is_final) {
                let now = horizon.outcomes[id.index()].probability.value;
                let before = if h == 0 { 0.0 } else { v.horizons[h - 1].outcomes[id.index()].probability.value };
                prop_assert!(now >= before - NEAR, "{}: {before} {now}", outcome.name.node);
            }
        }
    }

    #[test]
    fn zero_weights_return_the_prior(seed: u64, finals: bool) {
        let a = read::tried(&Random::new(seed, kind(false, finals, false)).text());
        prop_assume!(a.is_ok());
        let v = read::verdict(&a.expect("it has no mistake"));
        for outcome in v.horizons.iter().flat_map(|h| &h.outcomes) {
            prop_assert!((outcome.probability.value - outcome.prior).abs() < NEAR, "{outcome:?}");
        }
    }

    #[test]
    fn a_stated_row_comes_back(seed: u64, finals: bool) {
        // The row's curve lies above the other everywhere, so that no clamp acts.
        let mut dice = Dice::new(seed);
        let low = 1 + dice.below(20);
        let (high, end) = (low + 25 + dice.below(20), low + 50 + dice.below(20));
        let word = if finals { "final outcome" } else { "outcome" };
        let by = if finals { "by h1" } else { "in h0, 20% in h1" };
        let text = format!(
            "assessment \"A\" {{ as of: 2025-03-01 }}
             horizon h0: 0 to 6 months
             horizon h1: 6 to 18 months
             outcome x\n{word} y\nprior {{ y: 10% {by}\nx: rest }}
             event cause {{ chance: {}% by h0, 70% by h1\nweight for y: 5:1 }}
             event effect {{
               chance given cause: {high}% by h0, {end}% by h1
               chance otherwise: {low}% by h0, {low}% by h1
               weight for y: 3:1
             }}
             expect effect by h0 given cause: at least 0%
             expect effect by h1 given cause: at least 0%
             expect effect by h1 given not cause: at least 0%",
            1 + dice.below(69),
        );
        let v = read::verdict(&read::assessment(&text));
        for (answer, stated) in v.expectations.iter().zip([high, end, low]) {
            let value = answer.value.expect("it can happen");
            prop_assert!((value - stated as f64 / 100.0).abs() < NEAR, "{value} {stated}\n{text}");
        }
    }

    #[test]
    fn splitting_a_horizon_changes_nothing_at_the_old_ends(seed: u64) {
        let mut dice = Dice::new(seed);
        let mut p = |most: usize| 1 + dice.below(most);
        let items = format!(
            "outcome x\nfinal outcome y
             prior {{ y: {a}% by h0, {b}% by h1\nx: rest }}
             factor f {{ weight for y: {w}:1 }}
             factor g {{ weight for x: {v}:1 }}
             change c {{ when: not e\ncount f: 50% }}
             event e {{ chance: 0% by h1\nweight for x: 3:1 }}",
            a = p(20), b = 20 + p(40), w = p(9), v = p(9),
        );
        let head = "assessment \"A\" { as of: 2025-03-01 }\n";
        let whole = format!(
            "{head}horizon h0: 0 to 6 months\nhorizon h1: 6 to 18 months\n{items}"
        );
        let split = format!(
            "{head}horizon h0: 0 to 6 months\nhorizon m: 6 to 11 months\n\
             horizon h1: 11 to 18 months\n{items}"
        );
        let (whole, split) = (read::verdict(&read::assessment(&whole)), read::verdict(&read::assessment(&split)));
        for (h, k) in [(0, 0), (1, 2)] {
            for (a, b) in whole.horizons[h].outcomes.iter().zip(&split.horizons[k].outcomes) {
                prop_assert!((a.probability.value - b.probability.value).abs() < NEAR, "{a:?} {b:?}");
            }
        }
    }

    #[test]
    fn the_order_of_items_changes_no_bit(seed: u64, finals: bool) {
        let mut random = Random::new(seed, kind(true, finals, true));
        // Drivers in two overlap groups break ties in the file's order: one group at most.
        let mut seen = false;
        random.items.retain(|i| !i.starts_with("overlap") || !std::mem::replace(&mut seen, true));
        let a = read::tried(&random.text());
        prop_assume!(a.is_ok());
        let a = a.expect("it has no mistake");
        let options = Options { draws: Some(21), contributions: true, ..Options::default() };
        let run = |a: &Assessment| evaluate(a, &Question::default(), &options).expect("it is small");
        let first = bits(&a, &run(&a));
        let mut dice = Dice::new(seed);
        for i in (1..random.items.len()).rev() {
            random.items.swap(i, dice.below(i + 1));
        }
        let b = read::assessment(&random.text());
        for (one, other) in first.iter().zip(&bits(&b, &run(&b))) {
            prop_assert_eq!(one, other, "{}", random.text());
        }
    }

    #[test]
    fn threads_and_runs_change_no_bit(seed: u64, finals: bool) {
        let a = read::tried(&Random::new(seed, kind(true, finals, true)).text());
        prop_assume!(a.is_ok());
        let a = a.expect("it has no mistake");
        let with = |threads: usize| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool");
            pool.install(|| bits(&a, &drawn(&a, 50)))
        };
        let one = with(1);
        prop_assert_eq!(&one, &with(2));
        prop_assert_eq!(&one, &with(1));
    }

    #[test]
    fn contributions_sum_to_verdict_minus_prior(seed: u64, finals: bool) {
        let a = read::tried(&Random::new(seed, kind(false, finals, true)).text());
        prop_assume!(a.is_ok());
        let a = a.expect("it has no mistake");
        let options = Options { intervals: false, contributions: true, ..Options::default() };
        let v = evaluate(&a, &Question::default(), &options).expect("it is small");
        for (h, horizon) in v.horizons.iter().enumerate() {
            for (o, outcome) in horizon.outcomes.iter().enumerate() {
                let there = v.contributions.iter().filter(|c| c.horizon.index() == h && c.outcome.index() == o);
                let sum: f64 = there.map(|c| c.points / 100.0).sum();
                let shift = outcome.probability.value - outcome.prior;
                prop_assert!((sum - shift).abs() < NEAR, "{sum} {shift}");
            }
        }
    }
}
