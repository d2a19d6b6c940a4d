//! What is sampled given conditions: against exact verdicts, and how far its errors fall by what is known exactly.

use super::lots::sums_to_the_shift;
use super::random::{Dice, Kind, Random};
use super::read;
use super::sampled::{Misses, asked};
use assess::infer::verdict::{Conditional, Options, Question, Verdict};
use assess::infer::{Choice, Estimate, evaluate};
use assess::resolve::assessment::Prop;
use std::fmt::Write;

/// Events that push towards and away from what ends, and clauses that wait for some of them.
fn both_ways(seed: u64, events: usize) -> String {
    let mut dice = Dice::new(seed);
    let horizons = 2 + dice.below(2);
    let open = &["stay", "fade"][..1 + dice.below(2)];
    let mut text = String::from("assessment \"Both ways\" { as of: 2025-03-01 }\n");
    for (h, months) in ["0 to 6", "6 to 12", "12 to 24"][..horizons]
        .iter()
        .enumerate()
    {
        writeln!(text, "horizon h{h}: {months} months").expect("a string");
    }
    for o in open {
        writeln!(text, "outcome {o}").expect("a string");
    }
    text += "final outcome exit\n";
    let curve = |dice: &mut Dice, least: usize, most: usize| {
        let mut p = 0;
        let each = (0..horizons).map(|h| {
            p += least + dice.below(most);
            format!("{p}% by h{h}")
        });
        each.collect::<Vec<_>>().join(", ")
    };
    let mut prior = format!("prior {{ exit: {}\n", curve(&mut dice, 4, 9));
    for o in &open[1..] {
        writeln!(prior, "{o}: {}%", 10 + dice.below(20)).expect("a string");
    }
    writeln!(text, "{prior}stay: rest }}").expect("a string");
    for i in 0..events {
        let chance = match i > 0 && dice.once_in(3) {
            true => format!(
                "chance given e{}: {}\nchance otherwise: {}",
                dice.below(i),
                curve(&mut dice, 12, 14),
                curve(&mut dice, 2, 9),
            ),
            false => format!("chance: {}", curve(&mut dice, 4, 17)),
        };
        let outcome = match dice.below(open.len() + 1) {
            0 => "exit",
            o => open[o - 1],
        };
        let (way, odds) = (dice.pick(&["for", "against"]), 2 + dice.below(3));
        writeln!(
            text,
            "event e{i} {{ {chance}\nweight {way} {outcome}: {odds}:1 }}"
        )
        .expect("a string");
    }
    text += "event maybe { weight for exit: 2:1 }\n";
    for (c, when) in ["e0", "e1 and e2", "not e1 and e3", "maybe"]
        .iter()
        .enumerate()
    {
        writeln!(
            text,
            "change c{c} {{ when: {when}\nweight against exit: 2:1 }}"
        )
        .expect("a string");
    }
    text + "expect exit by h1 given e2 or e3: at least 0%\n"
}

/// What follows where a change holds and where it does not, both with what is so exactly.
fn pairs<'a>(
    found: &'a Conditional,
    exact: &'a Conditional,
) -> impl Iterator<Item = (Estimate, f64)> + 'a {
    let sides = [(&found.given, &exact.given), (&found.absent, &exact.absent)];
    sides.into_iter().flat_map(|(found, exact)| {
        let both = found.outcomes().zip(exact.outcomes());
        let both = both.into_iter().flat_map(|(f, e)| f.iter().zip(e));
        both.map(|(found, exact)| (*found, exact.value))
    })
}

/// Whether every outcome of all changes is known to a part of what histories that are drawn one by one would tell.
fn are_near(found: &Verdict, exact: &Verdict, (samples, part): (u32, f64)) {
    for (found, exact) in found.changes.iter().zip(&exact.changes) {
        for (h, (found, exact)) in found.horizons.iter().zip(&exact.horizons).enumerate() {
            let chance = exact.chance.value;
            for (p, exact) in pairs(found, exact) {
                let error = p.error.expect("it is sampled");
                let least = if chance > 0.0 {
                    chance.min(1.0 - chance)
                } else {
                    1.0
                };
                let drawn = (exact * (1.0 - exact) / (f64::from(samples) * least)).sqrt();
                assert!(part * error < drawn, "horizon {h}: {error} {drawn}");
                let near = 5.0 * error + 1e-6;
                assert!((p.value - exact).abs() < near, "horizon {h}: {p:?} {exact}");
            }
        }
    }
}

#[test]
fn what_is_known_under_conditions_makes_errors_a_fraction() {
    let samples = 4096;
    for seed in 1..=3 {
        let a = read::assessment(&both_ways(seed, 8));
        let exact = read::verdict(&a);
        let found = asked(&a, &Question::default(), samples, seed).expect("nothing is rare");
        are_near(&found, &exact, (samples, 6.0));
        // Nothing can have ended before the first horizon, so that what is known tells all but what it may miss.
        for (found, exact) in found.changes.iter().zip(&exact.changes) {
            for (p, exact) in pairs(&found.horizons[0], &exact.horizons[0]) {
                assert!((p.value - exact).abs() < 2e-4, "{p:?} {exact}");
                assert!(p.error.is_some_and(|e| e < 2e-4), "{p:?}");
            }
            for at in &found.horizons {
                for side in [&at.given, &at.absent] {
                    let outcomes = side.outcomes().into_iter().flatten();
                    let sum: f64 = outcomes.map(|o| o.value).sum();
                    assert!(sum == 0.0 || (sum - 1.0).abs() < 1e-9, "{sum}");
                }
            }
        }
    }
}

#[test]
fn contributions_given_a_condition_follow_what_is_known_under_it() {
    let a = read::assessment(&both_ways(4, 8));
    let id = a.drivers.id("e1").expect("it is there");
    let question = Question {
        given: Some(Prop::Not(Box::new(Prop::Is(id)))),
        ..Question::default()
    };
    let options = Options {
        intervals: false,
        contributions: true,
        choice: Choice::Sampled,
        samples: Some(2048),
        ..Options::default()
    };
    let v = evaluate(&a, &question, &options).expect("it is likely");
    let exact = evaluate(&a, &question, &Options::default()).expect("it is small");
    sums_to_the_shift(&a, &v);
    for (h, at) in v.horizons.iter().enumerate() {
        for (o, outcome) in at.outcomes.iter().enumerate() {
            let exact = exact.horizons[h].outcomes[o].probability.value;
            let (p, error) = (outcome.probability, outcome.probability.error);
            let error = error.expect("it is sampled");
            assert!(
                (p.value - exact).abs() < 5.0 * error + 1e-6,
                "{p:?} {exact}"
            );
        }
    }
}

/// What is open is told by histories in which the hypothetical event has happened, too: it makes others likelier, which push both ways.
#[test]
fn what_is_given_a_hypothetical_event_is_within_its_error() {
    let mut text = String::from(
        "assessment \"Maybe\" { as of: 2025-03-01 }
         horizon h0: 0 to 6 months
         horizon h1: 6 to 18 months
         horizon h2: 18 to 36 months
         horizon h3: 36 to 60 months
         outcome x
         outcome z
         final outcome y
         prior { y: 5% by h0, 12% by h1, 20% by h2, 26% by h3\nz: 30%\nx: rest }
         event maybe { weight for y: 8:1 }\n",
    );
    let events: [([u32; 4], &str, u32); 5] = [
        ([12, 18, 31, 48], "for", 3),
        ([24, 26, 43, 53], "against", 5),
        ([11, 28, 45, 59], "for", 4),
        ([12, 18, 36, 50], "against", 2),
        ([7, 14, 17, 28], "for", 2),
    ];
    for (i, (chances, side, ratio)) in events.iter().enumerate() {
        let curve = |more: u32| {
            let each = chances.iter().enumerate();
            let each = each.map(|(h, p)| format!("{}% by h{h}", (p + more).min(95)));
            each.collect::<Vec<_>>().join(", ")
        };
        text += &format!(
            "event e{i} {{ chance given maybe: {}\nchance otherwise: {}\nweight {side} y: {ratio}:1 }}\n",
            curve(30),
            curve(0)
        );
    }
    let a = read::assessment(&text);
    let question = Question {
        given: a.drivers.id("maybe").map(Prop::Is),
        ..Question::default()
    };
    let found = asked(&a, &question, 4096, 1).expect("it is likely enough");
    let exact = evaluate(&a, &question, &Options::default()).expect("it is small");
    for (found, exact) in found.horizons.iter().zip(&exact.horizons) {
        for (found, exact) in found.outcomes.iter().zip(&exact.outcomes) {
            let (p, exact) = (found.probability, exact.probability.value);
            let error = p.error.expect("it is sampled");
            assert!((p.value - exact).abs() < 5.0 * error, "{p:?} {exact}");
        }
    }
}

/// Over some random files the share of numbers that are off by more than three errors: of verdicts, and of what is given.
fn beyond(seeds: std::ops::Range<u64>, samples: u32) -> (f64, f64) {
    let (mut plain, mut given) = (Misses::default(), Misses::default());
    for seed in seeds {
        let kind = Kind {
            ranges: false,
            finals: true,
            weights: true,
        };
        let text = match seed % 3 {
            0 => Random::new(seed, kind).text(),
            _ => both_ways(seed, 5 + seed as usize % 5),
        };
        // Some random files have a mistake.
        let Ok(a) = read::tried(&text) else {
            continue;
        };
        let exact = read::verdict(&a);
        let Some(found) = asked(&a, &Question::default(), samples, seed) else {
            continue;
        };
        for (h, (at, exact)) in found.horizons.iter().zip(&exact.horizons).enumerate() {
            for (p, exact) in at.outcomes.iter().zip(&exact.outcomes) {
                let (p, exact) = (p.probability, exact.probability.value);
                let place = format!("file {seed} in {h}");
                plain.add(&place, p.value, exact, p.error.unwrap_or(0.0));
            }
        }
        for (c, (found, exact)) in found.changes.iter().zip(&exact.changes).enumerate() {
            for (h, (found, exact)) in found.horizons.iter().zip(&exact.horizons).enumerate() {
                for (p, exact) in pairs(found, exact) {
                    let place = format!("file {seed}: change {c} in {h}");
                    given.add(&place, p.value, exact, p.error.unwrap_or(0.0));
                }
            }
        }
    }
    println!("{:?} {:?}", plain.worst, given.worst);
    (1.0 - plain.within(3.0), 1.0 - given.within(3.0))
}

#[test]
fn hardly_a_number_is_beyond_three_errors() {
    let (plain, given) = beyond(0..24, 2048);
    assert!(plain <= 0.02 && given <= 0.02, "{plain} {given}");
}

#[test]
#[ignore = "300 files take minutes"]
fn hardly_a_number_is_beyond_three_errors_over_300_files() {
    let (plain, given) = beyond(0..300, 4096);
    assert!(plain < 0.01 && given < 0.01, "{plain} {given}");
}
