//! Inference against brute force, over random files.

use super::oracle::{Oracle, Step};
use super::random::{self, Dice, Kind, Random};
use super::read;
use assess::infer::{Answers, values};
use assess::resolve::assessment::*;
use assess::resolve::table::Id;
use proptest::prelude::*;
use std::fmt::Write;

const NEAR: f64 = 1e-9;

/// Mass and outcomes where something holds, at the lowest power with mass.
fn lowest(steps: &[Step], holds: impl Fn(&Step) -> bool) -> Option<(usize, f64, Vec<f64>)> {
    let there: Vec<&Step> = steps.iter().filter(|s| s.mass > 0.0 && holds(s)).collect();
    let power = there.iter().map(|s| s.power).min()?;
    let mut mass = 0.0;
    let mut outcomes = vec![0.0; there[0].outcomes.len()];
    for step in there.iter().filter(|s| s.power == power) {
        mass += step.mass;
        for (sum, p) in outcomes.iter_mut().zip(&step.outcomes) {
            *sum += p;
        }
    }
    outcomes.iter_mut().for_each(|p| *p /= mass);
    Some((power, mass, outcomes))
}

fn near(a: f64, b: f64) -> bool {
    (a - b).abs() <= NEAR
}

fn same(found: Option<&[f64]>, expected: Option<&[f64]>) -> bool {
    match (found, expected) {
        (None, None) => true,
        (Some(a), Some(b)) => a.iter().zip(b).all(|(a, b)| near(*a, *b)),
        _ => false,
    }
}

/// The file with queries as expectations and a scenario, so that they are resolved with it.
fn with_queries(random: &Random, seed: u64) -> String {
    let mut dice = Dice::new(seed);
    let mut text = random.text();
    let events: Vec<&String> = random
        .names
        .iter()
        .filter(|n| n.starts_with(['e', 'y', 'd']))
        .collect();
    let finals: Vec<&str> = random
        .items
        .iter()
        .filter_map(|i| i.strip_prefix("final outcome "))
        .filter_map(|i| i.split(' ').next())
        .collect();
    let mut sets = Vec::new();
    for name in &random.names {
        if !name.starts_with('c') && sets.len() < 2 && dice.once_in(3) {
            let grouped = random
                .items
                .iter()
                .any(|i| i.starts_with("exclusive") && i.contains(name.as_str()));
            let not = if grouped && !sets.is_empty() || dice.once_in(2) {
                "not "
            } else {
                ""
            };
            sets.push(format!("{not}{name}"));
        }
    }
    let under = if sets.is_empty() {
        ""
    } else {
        writeln!(text, "scenario s {{ set: {} }}", sets.join(", ")).expect("a string");
        " under s"
    };
    for i in 0..6 {
        let h = dice.below(random.horizons);
        let given = match dice.once_in(3) || random.names.is_empty() {
            true => String::new(),
            false => format!(" given {}", random::prop(random, seed + i)),
        };
        let under = if dice.once_in(2) { under } else { "" };
        let word = dice.pick(&["by", "in"]);
        let what = match dice.below(2) {
            0 if !finals.is_empty() => dice.pick(&finals),
            _ if !events.is_empty() => events[dice.below(events.len())].as_str(),
            _ => continue,
        };
        writeln!(text, "expect {what} {word} h{h}{given}{under}: at least 0%").expect("a string");
    }
    text
}

fn check(seed: u64, kind: Kind) -> Result<(), TestCaseError> {
    let random = Random::new(seed, kind);
    let text = with_queries(&random, seed);
    // Now and then the dice say one row twice, or nothing that moves an outcome.
    let a = read::tried(&text);
    prop_assume!(a.is_ok());
    let a = a.expect("it has no mistake");
    let verdict = read::verdict(&a);
    // Some are beyond what is summed where endings do not follow from the states.
    prop_assume!(verdict.method.sampled.is_none());
    let oracle = Oracle::new(&a, &[]);
    let (plain, costly) = (oracle.walk(false), oracle.walk(true));
    let horizons = a.horizons.len();
    for h in 0..horizons {
        let found: Vec<f64> = verdict.horizons[h]
            .outcomes
            .iter()
            .map(|o| o.probability.value)
            .collect();
        let expected = lowest(&plain[h], |_| true).map(|l| l.2);
        prop_assert!(
            same(Some(&found), expected.as_deref()),
            "h{h} {found:?} {expected:?}\n{text}"
        );
        for event in &verdict.events {
            let is = Prop::Is(event.event);
            let happened = plain[h]
                .iter()
                .filter(|s| oracle.holds(&is, &s.after, h + 1));
            let expected: f64 = happened.map(|s| s.mass).sum();
            let found = event.horizons[h].chance.value;
            let name = a.drivers.name(event.event);
            prop_assert!(
                near(found, expected),
                "{name} by h{h}: {found} {expected}\n{text}"
            );
        }
        for change in &verdict.changes {
            let is = Prop::Is(change.change);
            let name = a.drivers.name(change.change);
            let given = lowest(&costly[h], |s| oracle.holds(&is, &s.after, h + 1));
            let absent = lowest(&costly[h], |s| !oracle.holds(&is, &s.after, h + 1));
            let found = &change.horizons[h];
            let chance = given
                .as_ref()
                .map_or(0.0, |g| if g.0 == 0 { g.1 } else { 0.0 });
            prop_assert!(
                near(found.chance.value, chance),
                "{name} in h{h}: {} {chance}\n{text}",
                found.chance.value
            );
            let expected = given.as_ref().map(|g| g.2.as_slice());
            prop_assert!(
                same(found.given.values().as_deref(), expected),
                "given {name} in h{h}: {:?} {expected:?}\n{text}",
                found.given
            );
            let expected = absent.as_ref().map(|g| g.2.as_slice());
            prop_assert!(
                same(found.absent.values().as_deref(), expected),
                "without {name} in h{h}: {:?} {expected:?}\n{text}",
                found.absent
            );
        }
    }
    let mut answers = Answers::knowing(&a, &verdict);
    for (i, expect) in a.expects.iter().enumerate() {
        let q = &expect.query;
        let h = q.horizon.index();
        let sets: Vec<(DriverId, bool)> = q.under.map_or_else(Vec::new, |s| {
            a.scenarios[s]
                .sets
                .iter()
                .map(|s| (s.driver, s.to))
                .collect()
        });
        let oracle = Oracle::new(&a, &sets);
        let walk = oracle.walk(q.given.is_some());
        let given = |s: &Step| {
            q.given
                .as_ref()
                .is_none_or(|g| oracle.holds(g, &s.after, h + 1))
        };
        let whole = lowest(&walk[h], given);
        let expected = whole.map(|(power, mass, outcomes)| match &q.target {
            Target::Outcome(o) if !q.within => outcomes[o.index()],
            Target::Outcome(o) => {
                let there = walk[h].iter().filter(|s| s.power == power && given(s));
                there.map(|s| s.ended[o.index()]).sum::<f64>() / mass
            }
            Target::Figure(..) => unreachable!("no query here asks for a number"),
            Target::Prop(p) => {
                let there = walk[h].iter().filter(|s| s.power == power && given(s));
                let there = there.filter(|s| oracle.holds(p, &s.after, h + 1));
                let new = there.filter(|s| !q.within || !oracle.holds(p, &s.before, h));
                new.map(|s| s.mass).sum::<f64>() / mass
            }
        });
        let found = answers.answer(q).expect("it is small");
        let agree = match (found, expected) {
            (None, None) => true,
            (Some(a), Some(b)) => near(a, b),
            _ => false,
        };
        prop_assert!(agree, "{}: {found:?} {expected:?}\n{text}", q.text);
        let answer = verdict.expectations[i].value;
        prop_assert!(answer == found, "{}: {answer:?} {found:?}\n{text}", q.text);
    }
    for scenario in &verdict.scenarios {
        let sets = a.scenarios[scenario.scenario].sets.iter();
        let sets: Vec<(DriverId, bool)> = sets.map(|s| (s.driver, s.to)).collect();
        let walk = Oracle::new(&a, &sets).walk(false);
        for (h, (_, found)) in scenario.horizons.iter().enumerate() {
            let expected = lowest(&walk[h], |_| true).map(|l| l.2);
            prop_assert!(
                same(Some(&values(found)), expected.as_deref()),
                "under s in h{h}: {found:?} {expected:?}\n{text}"
            );
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, max_shrink_iters: 0,
        failure_persistence: None, ..Default::default() })]

    #[test]
    fn with_final_outcomes(seed: u64) {
        check(seed, Kind { ranges: false, finals: true, weights: true })?;
    }

    #[test]
    fn without_final_outcomes(seed: u64) {
        check(seed, Kind { ranges: false, finals: false, weights: true })?;
    }
}
