//! Sampling: against exact verdicts, its stated errors, and what is beyond the exact limit.

use super::lots::sums_to_the_shift;
use super::read;
use assess::infer::meter::Meter;
use assess::infer::verdict::{Options, Question, Verdict};
use assess::infer::{Choice, Estimate, Given, evaluate};
use assess::project::Project;
use assess::resolve::assessment::Assessment;
use assess::resolve::resolve;
use std::fmt::Write;
use std::path::Path;

fn sample(a: &Assessment, samples: u32, seed: u64) -> Verdict {
    let found = asked(a, &Question::default(), samples, seed);
    found.expect("nothing is too rare")
}

/// The answer to a question by so many histories; none where what is given is too rare.
pub(super) fn asked(
    a: &Assessment,
    question: &Question,
    samples: u32,
    seed: u64,
) -> Option<Verdict> {
    let options = Options {
        intervals: false,
        choice: Choice::Sampled,
        samples: Some(samples),
        seed,
        ..Options::default()
    };
    evaluate(a, question, &options).ok()
}

/// Exact where that is possible.
fn few(a: &Assessment) -> Verdict {
    let options = Options {
        intervals: false,
        samples: Some(2048),
        ..Options::default()
    };
    evaluate(a, &Question::default(), &options).expect("nothing is too rare")
}

/// Which of these reference files there are.
pub(super) fn there(numbers: impl Iterator<Item = usize>) -> impl Iterator<Item = usize> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reference");
    numbers.filter(move |n| folder.join(format!("random-{n}.assess")).exists())
}

pub(super) fn reference(n: usize) -> Assessment {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reference");
    let name = format!("random-{n}.assess");
    let text = std::fs::read_to_string(folder.join(&name)).expect("a reference file");
    let found = resolve(&Project::from_text(&name, &text));
    found.assessment.expect("it has no mistake")
}

/// How far each number is off, in its standard errors; and what is off though said to be exact.
#[derive(Default)]
pub(super) struct Misses {
    pub(super) scores: Vec<f64>,
    pub(super) worst: (f64, String),
}

impl Misses {
    pub(super) fn add(&mut self, place: &str, found: f64, exact: f64, error: f64) {
        let off = (found - exact).abs();
        if off < 1e-9 && error < 1e-9 {
            return;
        }
        // An error is itself estimated: what nearly never happens may not happen in the sample.
        let score = off / error.max(1e-4);
        if score > self.worst.0 {
            self.worst = (score, format!("{place}: {found} ± {error}, exact {exact}"));
        }
        self.scores.push(score);
    }

    fn compare(&mut self, name: &str, a: &Assessment, exact: &Verdict, found: &Verdict) {
        let perhaps = |e: Estimate| e.error.unwrap_or(0.0);
        assert!(found.method.sampled.is_some(), "it is sampled");
        for h in 0..a.horizons.len() {
            for (o, outcome) in a.outcomes.names().enumerate() {
                let place = format!("{name}: {outcome} in {h}");
                let of = |v: &Verdict| v.horizons[h].outcomes[o].probability;
                let error = perhaps(of(found));
                self.add(&place, of(found).value, of(exact).value, error);
                for s in 0..found.scenarios.len() {
                    let of = |v: &Verdict| v.scenarios[s].horizons[h].1[o];
                    let error = perhaps(of(found));
                    self.add(
                        &format!("{place} under {s}"),
                        of(found).value,
                        of(exact).value,
                        error,
                    );
                }
            }
            for e in 0..found.events.len() {
                let of = |v: &Verdict| v.events[e].horizons[h].chance;
                self.add(
                    &format!("{name}: event {e} in {h}"),
                    of(found).value,
                    of(exact).value,
                    perhaps(of(found)),
                );
            }
            for c in 0..found.changes.len() {
                let at = (&found.changes[c].horizons[h], &exact.changes[c].horizons[h]);
                let place = format!("{name}: change {c} in {h}");
                let (chance, error) = (at.0.chance.value, perhaps(at.0.chance));
                self.add(&place, chance, at.1.chance.value, error);
                let possible = at.0.given.is_possible();
                assert_eq!(possible, at.1.given.is_possible(), "{place}");
                let pairs = [(&at.0.given, &at.1.given), (&at.0.absent, &at.1.absent)];
                for (found, exact) in pairs {
                    let both = found.outcomes().zip(exact.outcomes());
                    let both = both.into_iter().flat_map(|(f, e)| f.iter().zip(e));
                    for (o, (found, exact)) in both.enumerate() {
                        let place = format!("{place}, outcome {o}");
                        self.add(&place, found.value, exact.value, perhaps(*found));
                    }
                }
            }
        }
        for (i, answer) in found.expectations.iter().enumerate() {
            if let (Some(found), Some(exact)) = (answer.value, exact.expectations[i].value) {
                let error = answer.error.unwrap_or(0.0);
                self.add(&format!("{name}: expectation {i}"), found, exact, error);
            }
        }
    }

    pub(super) fn within(&self, errors: f64) -> f64 {
        let inside = self.scores.iter().filter(|s| **s <= errors).count();
        inside as f64 / self.scores.len() as f64
    }
}

#[test]
fn sampled_agrees_with_exact_on_the_reference_files() {
    agrees(1..=80, 2048);
}

fn agrees(files: impl Iterator<Item = usize>, samples: u32) {
    let mut misses = Misses::default();
    let (mut refused, mut all) = (0, 0);
    for n in there(files) {
        all += 1;
        let a = reference(n);
        let exact = read::verdict(&a);
        let options = Options {
            intervals: false,
            choice: Choice::Sampled,
            samples: Some(samples),
            // The same numbers in each file would make their errors one.
            seed: n as u64,
            ..Options::default()
        };
        match evaluate(&a, &Question::default(), &options) {
            Ok(found) => misses.compare(&format!("random-{n}"), &a, &exact, &found),
            Err(limit) => {
                assert!(limit.message.contains("too rare"), "{}", limit.message);
                refused += 1;
            }
        }
    }
    assert!(4 * refused <= all, "{refused} of {all} refused");
    assert!(misses.scores.len() > 20 * all, "{}", misses.scores.len());
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

/// Events in a chain, each a step on the way of the next, all of them pushing.
pub(super) fn chain(count: usize, clusters: usize) -> String {
    let mut text = String::from(
        "assessment \"Many\" { as of: 2025-03-01 }
         horizon h0: 0 to 6 months
         horizon h1: 6 to 18 months
         outcome x
         outcome z
         final outcome y
         prior { y: 10% by h0, 20% by h1\nz: 30%\nx: rest }\n",
    );
    for i in 0..count {
        let chance = match i % (count / clusters) {
            0 => "chance: 30% by h0, 50% by h1".to_owned(),
            _ => format!(
                "chance given e{}: 40% by h0, 60% by h1\nchance otherwise: 10% by h0, 20% by h1",
                i - 1
            ),
        };
        let (o, for_or_against) = (["y", "z"][i % 2], ["for", "against"][i / 2 % 2]);
        writeln!(
            text,
            "event e{i} {{ {chance}\nweight {for_or_against} {o}: 1:1 to 3:1 }}"
        )
        .expect("a string");
    }
    text += "event maybe { weight for y: 3:1 }\n";
    text += "change both { when: e1 and e3\nweight for z: 2:1 }\n";
    text += "change never { when: maybe\nweight for z: 2:1 }\n";
    text += "scenario all_in { set: maybe, not e0 }\n";
    text += "expect y by h1 given e2: at least 1%\n";
    text
}

#[test]
fn forty_coupled_events_are_sampled() {
    let a = read::assessment(&chain(40, 1));
    let v = few(&a);
    let sampled = v
        .method
        .sampled
        .as_ref()
        .expect("it is too large to be summed");
    assert_eq!(sampled.coupled.len(), 40);
    assert!(sampled.standard_error > 0.0 && sampled.standard_error < 0.02);
    for at in &v.horizons {
        let sum: f64 = at.outcomes.iter().map(|o| o.probability.value).sum();
        assert!((sum - 1.0).abs() < 1e-9);
    }
    // Each event's chance follows a small recurrence at the first horizon.
    let mut p = 0.3;
    for (e, event) in v.events[..40].iter().enumerate() {
        if e > 0 {
            p = 0.4 * p + 0.1 * (1.0 - p);
        }
        let error = event.horizons[0].chance.error.unwrap_or(0.0);
        assert!(
            (event.horizons[0].chance.value - p).abs() <= 4.5 * error + 1e-9,
            "{e}: {p} {error}"
        );
        // What hangs together thinly is exact, however much it rests on.
        assert_eq!(error, 0.0, "{e}: {error}");
    }
    assert_eq!(v.changes[1].horizons[0].chance.value, 0.0);
    assert!(
        matches!(v.changes[1].horizons[0].given, Given::Hypothetical(_)),
        "it is hypothetical, not impossible"
    );
}

#[test]
fn sixty_events_in_clusters_have_exact_chances_and_sampled_outcomes() {
    let a = read::assessment(&chain(60, 4));
    let v = few(&a);
    assert!(
        v.method.sampled.is_some(),
        "their pushes meet in the outcomes"
    );
    let mut events = v.events.iter().flat_map(|e| &e.horizons);
    assert!(events.all(|at| at.chance.error.is_none()));
    let mut changes = v.changes.iter().flat_map(|c| &c.horizons);
    assert!(changes.all(|at| at.chance.error.is_none()));
    let mut outcomes = v.horizons.iter().flat_map(|h| &h.outcomes);
    let near = |error: f64| error > 0.0 && error < 0.02;
    assert!(outcomes.all(|o| o.probability.error.is_some_and(near)));
}

#[test]
fn what_pushes_in_one_cluster_alone_is_exact() {
    let mut text = chain(60, 4);
    for i in 10..60 {
        let from = text.find(&format!("event e{i} ")).expect("it is there");
        let weight = from + text[from..].find("\nweight").expect("it pushes");
        let end = weight + text[weight..].find(" }").expect("it ends");
        text.replace_range(weight..end, "");
    }
    let v = read::verdict(&read::assessment(&text));
    assert_eq!(v.method.sampled, None);
    assert_eq!(v.method.states, 1 << 10);
}

#[test]
fn intervals_of_a_sampled_verdict_hold_it() {
    let a = read::assessment(&chain(30, 1));
    let options = Options {
        samples: Some(1024),
        draws: Some(21),
        ..Options::default()
    };
    let v = evaluate(&a, &Question::default(), &options).expect("it is sampled");
    for at in &v.horizons {
        for o in &at.outcomes {
            let (low, high) = o.interval.expect("the file has ranges");
            assert!(
                low < o.probability.value && o.probability.value < high,
                "{o:?}"
            );
        }
    }
    assert_eq!(v.method.draws, 21);
}

#[test]
fn sampled_intervals_agree_with_exact_ones() {
    let a = read::assessment(&chain(8, 1));
    let question = Question::default();
    let with = |choice, draws| {
        let options = Options {
            choice,
            draws: Some(draws),
            samples: Some(4096),
            ..Options::default()
        };
        evaluate(&a, &question, &options).expect("it is small")
    };
    let (exact, sampled) = (with(Choice::Exact, 41), with(Choice::Sampled, 41));
    for (e, s) in exact.horizons.iter().zip(&sampled.horizons) {
        for (e, s) in e.outcomes.iter().zip(&s.outcomes) {
            let (e, s) = (e.interval.expect("ranges"), s.interval.expect("ranges"));
            assert!(
                (e.0 - s.0).abs() < 0.03 && (e.1 - s.1).abs() < 0.03,
                "{e:?} {s:?}"
            );
        }
    }
}

#[test]
fn threads_change_no_bit() {
    let a = read::assessment(&chain(40, 1));
    let with = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
        pool.expect("threads").install(|| sample(&a, 2048, 7))
    };
    let numbers = |v: &Verdict| -> Vec<u64> {
        let all = v.horizons.iter().flat_map(|h| &h.outcomes);
        all.flat_map(|o| [Some(o.probability.value), o.probability.error])
            .map(|number| number.map_or(0, f64::to_bits))
            .collect()
    };
    let (one, two) = (with(1), with(2));
    assert_eq!(numbers(&one), numbers(&two));
    assert_eq!(one.method.sampled, two.method.sampled);
    assert_ne!(numbers(&one), numbers(&sample(&a, 2048, 8)));
}

#[test]
fn a_condition_that_is_too_rare_is_refused() {
    let mut text = chain(40, 1);
    text += "change rare { when: at least 38 of (";
    text += &(0..40)
        .map(|i| format!("e{i}"))
        .collect::<Vec<_>>()
        .join(", ");
    text += ")\nweight for y: 2:1 }\n";
    let a = read::assessment(&text);
    let v = sample(&a, 2048, 1);
    assert_eq!(v.changes[2].horizons[0].given, Given::TooRare);
    let rare = a.drivers.id("rare").expect("it is there");
    let question = Question {
        given: Some(assess::resolve::assessment::Prop::Is(rare)),
        ..Question::default()
    };
    let options = Options {
        intervals: false,
        samples: Some(2048),
        ..Options::default()
    };
    let error = evaluate(&a, &question, &options).expect_err("it is too rare");
    assert_eq!(error.rule.name, "limit");
    assert!(
        error.message.contains("too rare to be sampled"),
        "{}",
        error.message
    );
}

/// Of so many seeds, the share whose 95% interval from the stated error holds the exact number.
fn coverage(a: &Assessment, seeds: u64, samples: u32) -> f64 {
    let exact = read::verdict(a);
    let (mut inside, mut all) = (0u32, 0u32);
    for seed in 0..seeds {
        let found = sample(a, samples, 1_000 + seed);
        for (found, exact) in found.horizons.iter().zip(&exact.horizons) {
            let (p, e) = (found.outcomes[0].probability, exact.outcomes[0].probability);
            let error = p.error.expect("it is sampled");
            // Where nothing can have ended before, what is known exactly tells all.
            if error < 1e-6 {
                assert!((p.value - e.value).abs() < 1e-6);
                continue;
            }
            all += 1;
            inside += u32::from((p.value - e.value).abs() <= 1.96 * error);
        }
    }
    assert!(u64::from(all) >= seeds, "nothing that is drawn moves it");
    f64::from(inside) / f64::from(all)
}

#[test]
fn the_stated_error_covers_what_it_claims() {
    let text = chain(8, 1).replace("expect y by h1 given e2: at least 1%\n", "");
    let found = coverage(&read::assessment(&text), 40, 1024);
    assert!((0.89..=0.99).contains(&found), "{found}");
}

#[test]
#[ignore = "200 seeds over five files take a minute"]
fn the_stated_error_covers_what_it_claims_over_200_seeds() {
    let mut tried = 0;
    for n in there((1..=80).step_by(3)) {
        let a = reference(n);
        let once = sample(&a, 1024, 1);
        let mut errors = once
            .horizons
            .iter()
            .map(|h| h.outcomes[0].probability.error);
        // In some files nothing that is drawn moves the first outcome.
        if tried == 5 || errors.any(|e| e < Some(1e-6)) {
            continue;
        }
        tried += 1;
        let found = coverage(&a, 200, 1024);
        println!("random-{n}: {found}");
        assert!((0.91..=0.985).contains(&found), "random-{n}: {found}");
    }
    assert_eq!(tried, 5);
}

/// Whether it has no result once nobody waits for it.
fn ends(a: &Assessment, options: &Options) -> bool {
    let meter = Meter::default();
    meter.stop();
    let options = Options {
        meter,
        ..options.clone()
    };
    evaluate(a, &Question::default(), &options).is_err()
}

#[test]
fn histories_and_draws_end_once_nobody_waits() {
    let a = read::assessment(&chain(8, 1));
    let with = |choice, contributions, draws| Options {
        choice,
        contributions,
        draws: Some(draws),
        ..Options::default()
    };
    assert!(ends(&a, &with(Choice::Sampled, false, 0)));
    assert!(ends(&a, &with(Choice::Sampled, true, 64)));
    assert!(ends(&a, &with(Choice::Exact, false, 64)));
    assert!(!ends(&a, &with(Choice::Exact, false, 0)));
}

/// Events that push towards and away from what ends, in each of three horizons, so that none follows from one horizon's end.
fn both_ways(count: usize) -> String {
    let mut text = String::from(
        "assessment \"Both ways\" { as of: 2025-03-01 }
         horizon h1: 0 to 6 months
         horizon h2: 6 to 12 months
         horizon h3: 12 to 24 months
         outcome stay
         outcome fade
         final outcome exit
         prior { exit: 5% by h1, 11% by h2, 18% by h3\nfade: 30%\nstay: rest }\n",
    );
    for i in 0..count {
        let (a, b, c) = (5 + i % 7, 15 + i % 11, 35 + i % 13);
        let way = ["for exit", "against exit", "for fade"][i % 3];
        writeln!(
            text,
            "event e{i} {{ chance: {a}% by h1, {b}% by h2, {c}% by h3\nweight {way}: {}:1 }}",
            2 + i % 2
        )
        .expect("a string");
    }
    text
}

#[test]
fn what_is_known_exactly_makes_errors_a_fraction() {
    let a = read::assessment(&both_ways(9));
    let exact = read::verdict(&a);
    let samples = 4096;
    for seed in 1..=3 {
        let found = sample(&a, samples, seed);
        for (found, exact) in found.horizons.iter().zip(&exact.horizons) {
            for (found, exact) in found.outcomes.iter().zip(&exact.outcomes) {
                let (p, exact) = (found.probability, exact.probability.value);
                let error = p.error.expect("it is sampled");
                // Of independent histories, each of which has one outcome, it would be more than ten times as large.
                let drawn = (exact * (1.0 - exact) / f64::from(samples)).sqrt();
                assert!(error > 0.0 && 10.0 * error < drawn, "{error} {drawn}");
                assert!(
                    (p.value - exact).abs() < 4.0 * error + 2e-5,
                    "{p:?} {exact}"
                );
            }
            let sum: f64 = found.outcomes.iter().map(|o| o.probability.value).sum();
            assert!((sum - 1.0).abs() < 1e-12, "{sum}");
        }
    }
}

#[test]
fn contributions_follow_a_verdict_that_leans_on_what_is_known() {
    let a = read::assessment(&both_ways(12));
    let options = Options {
        intervals: false,
        contributions: true,
        choice: Choice::Sampled,
        samples: Some(2048),
        ..Options::default()
    };
    let v = evaluate(&a, &Question::default(), &options).expect("nothing is given");
    sums_to_the_shift(&a, &v);
}
