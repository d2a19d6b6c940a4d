//! Files of several questions, decided outcomes, chains, triggers, weights on events and priors that count
//! events in: each reported tipping point flips, and on a grid nothing nearer does.

use super::edit::edited;
use super::sets::made_so;
use crate::cli::{assess, assess_with};
use crate::infer::read;
use assess::cli::Status;
use assess::infer::flip::parameter::{Kind, Parameter};
use assess::infer::flip::{Flips, flips};
use assess::infer::verdict::Question;
use assess::infer::{Probabilities, probabilities};
use assess::resolve::assessment::{Assessment, DriverId, DriverKind, OutcomeId};
use assess::resolve::table::Id;
use std::collections::BTreeMap;

/// How far the other outcomes of a question are ahead of today's leader at a horizon.
fn ahead(own: &[OutcomeId], leader: OutcomeId, then: &Probabilities, h: usize) -> Option<f64> {
    let all = &then.horizons[h].as_ref()?.outcomes;
    let others = own.iter().filter(|o| **o != leader);
    let most = others
        .map(|o| all[o.index()])
        .fold(f64::NEG_INFINITY, f64::max);
    Some(most - all[leader.index()])
}

/// Checks every number of one question; counts its tipping points by kind.
fn check(a: &Assessment, found: &Flips, grid: f64, seen: &mut BTreeMap<String, usize>) {
    let question = found.question.expect("nothing was expected");
    let own: Vec<OutcomeId> = a.questions[question].ids().collect();
    let all: Vec<&Parameter> = found.numbers.iter().map(|n| &n.parameter).collect();
    for number in &found.numbers {
        let parameter = &number.parameter;
        let then = |by: f64| probabilities(&edited(a, parameter, by, &all)).ok();
        for tip in &number.tips {
            let h = tip.horizon.index();
            let leader = found.standings[h]
                .as_ref()
                .expect("nothing is given")
                .leader;
            let label = &parameter.label;
            let kind = match label {
                l if l.contains(" once ") => "Once".to_owned(),
                l if parameter.kind == Kind::Prior && l.matches(' ').count() > 1 => {
                    "Row".to_owned()
                }
                _ => format!("{:?}", parameter.kind),
            };
            *seen.entry(kind).or_default() += 1;
            let at = then(tip.turn).expect("it has an answer");
            let by = ahead(&own, leader, &at, h).expect("nothing is given");
            assert!(by > 0.0, "{label} at {} does not flip {h}: {by}", tip.turn);
            if tip.turn.abs() > 1e-5 {
                let nearer = then(tip.turn - tip.turn.signum() * 1e-5).expect("so has this");
                let by = ahead(&own, leader, &nearer, h).expect("nothing is given");
                assert!(by <= 2e-9, "{label} flips {h} before {}: {by}", tip.turn);
            }
        }
        let ends = parameter.reach.iter();
        let (low, high) = ends.fold((0.0f64, 0.0f64), |e, r| (e.0.min(r.0), e.1.max(r.1)));
        let mut turn = low + 1e-9;
        while turn < high {
            let Some(at) = then(turn) else {
                turn += grid;
                continue;
            };
            for (h, reach) in parameter.reach.iter().enumerate() {
                let tip = number.tips.iter().find(|t| t.horizon.index() == h);
                let nearest = tip.map_or(f64::INFINITY, |t| t.turn.abs());
                let within = reach.0 <= turn && turn <= reach.1 && turn.abs() < nearest - 1e-6;
                if parameter.today[h].is_some() && within {
                    let leader = found.standings[h]
                        .as_ref()
                        .expect("nothing is given")
                        .leader;
                    let by = ahead(&own, leader, &at, h).expect("nothing is given");
                    assert!(
                        by <= 2e-9,
                        "{} flips {h} at {turn}, nearer than {nearest}",
                        parameter.label
                    );
                }
            }
            turn += grid;
        }
    }
}

fn second(i: usize) -> Assessment {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/second");
    let path = format!("{folder}/second-{i}.assess");
    read::assessment(&std::fs::read_to_string(path).expect("it is there"))
}

#[test]
fn tipping_points_of_reference_files_flip_and_are_the_nearest() {
    let mut seen = BTreeMap::new();
    for i in (1..=120).step_by(6) {
        let a = second(i);
        let found = flips(&a, &Question::default(), None).expect("it is small");
        for found in std::iter::once(&found).chain(&found.others) {
            check(&a, found, 11.3, &mut seen);
        }
    }
    for kind in ["Weight", "Chance", "Prior", "Row", "Once"] {
        assert!(seen.get(kind).is_some_and(|n| *n > 0), "{kind}: {seen:?}");
    }
}

/// The outcomes of every question by horizon, with something made so.
fn outcomes(a: &Assessment, sets: &[(DriverId, bool)]) -> Option<Vec<Vec<Vec<f64>>>> {
    let verdict = made_so(a, sets)?;
    let each = a.questions.values().map(|q| {
        let at = verdict.horizons.iter();
        at.map(|h| {
            q.ids()
                .map(|o| h.outcomes[o.index()].probability.value)
                .collect()
        })
        .collect()
    });
    Some(each.collect())
}

#[test]
fn single_events_of_reference_files_are_those_that_enumeration_finds() {
    let mut some = 0;
    for i in (2..=120).step_by(6) {
        let a = second(i);
        let found = flips(&a, &Question::default(), None).expect("it is small");
        let events = a.drivers.iter();
        let events = events.filter(|(_, d)| d.kind() == DriverKind::Event);
        let literals: Vec<(DriverId, bool)> = events
            .flat_map(|(id, d)| {
                let may_not = !d.is_hypothetical();
                [(id, true)]
                    .into_iter()
                    .chain(may_not.then_some((id, false)))
            })
            .collect();
        for found in std::iter::once(&found).chain(&found.others) {
            let q = found.question.expect("nothing was expected");
            for (h, standing) in found.standings.iter().enumerate() {
                let leader = standing.as_ref().expect("nothing is given").leader;
                let place = a.questions[q].place(leader);
                let flips = |set: &(DriverId, bool)| {
                    let Some(all) = outcomes(&a, &[*set]) else {
                        return false;
                    };
                    let own = &all[q.index()][h];
                    own.iter().any(|p| p - own[place] > 1e-9)
                };
                let by_hand: Vec<Vec<(DriverId, bool)>> = literals
                    .iter()
                    .filter(|s| flips(s))
                    .map(|s| vec![*s])
                    .collect();
                let reported = found.events.horizons[h].1.iter();
                let reported: Vec<_> = reported
                    .filter(|s| s.members.len() == 1)
                    .map(|s| s.members.clone())
                    .collect();
                some += by_hand.len();
                let sorted = |mut all: Vec<Vec<(DriverId, bool)>>| {
                    all.sort();
                    all
                };
                assert_eq!(sorted(reported), sorted(by_hand), "second-{i}, {h}");
            }
        }
    }
    assert!(some > 10, "{some}");
}

fn tips(a: &Assessment, label: &str) -> Vec<(f64, f64)> {
    let found = flips(a, &Question::default(), None).expect("it is small");
    let all = std::iter::once(&found).chain(&found.others);
    let number = all
        .flat_map(|f| &f.numbers)
        .find(|n| n.parameter.label == label);
    let number = number.unwrap_or_else(|| panic!("no `{label}`"));
    let tips = number.tips.iter();
    tips.map(|t| (t.turn, t.value)).collect()
}

const CHAIN: &str = "
assessment \"Chain\" { as of: 2025-03-01 }
horizon near: 0 to 12 months
event m7 { chance: 10% by near }
event m6 { chance: 40% by near }
implies: m7, m6
outcome calm
outcome storm
prior given m7 { storm: 90%\ncalm: rest }
prior given m6 { storm: 60%\ncalm: rest }
prior otherwise { storm: 10%\ncalm: rest }
";

#[test]
fn a_chance_stops_at_its_neighbour_in_the_chain() {
    let a = read::assessment(CHAIN);
    let found = flips(&a, &Question::default(), None).expect("it is small");
    let reach = |label: &str| {
        let number = found
            .numbers
            .iter()
            .find(|n| n.parameter.label.starts_with(label));
        let parameter = &number.expect("it is stated").parameter;
        let (down, up) = parameter.reach[0];
        let value = |by| parameter.value(0, by).expect("it is stated");
        (value(down), value(up))
    };
    let (_, up) = reach("m7 chance");
    assert!((up - 0.4).abs() < 1e-6, "{up}");
    let (down, _) = reach("m6 chance");
    assert!((down - 0.1).abs() < 1e-6, "{down}");
    let label = &found
        .numbers
        .iter()
        .find(|n| n.parameter.label.starts_with("m6"));
    let tip = &label.expect("it is stated").tips[0];
    // 10% · 90% + (m6 − 10%) · 60% + (1 − m6) · 10% = 50%
    assert!((tip.value - 0.74).abs() < 1e-6, "{tip:?}");
}

const COUNTED: &str = "
assessment \"Counted\" { as of: 2025-03-01 }
horizon near: 0 to 12 months
outcome calm
outcome storm
prior { storm: 40%\ncalm: rest\ncounts in: slip }
event slip { chance: 50% by near\nweight for storm: 20:1 }
";

#[test]
fn a_prior_that_counts_events_in_is_solved_for_anew() {
    // What it states is the verdict, whatever `slip` does.
    let a = read::assessment(COUNTED);
    let tips_of_prior = tips(&a, "prior storm");
    assert!((tips_of_prior[0].1 - 0.5).abs() < 1e-6, "{tips_of_prior:?}");
    assert_eq!(tips(&a, "slip weight for storm"), []);
    assert_eq!(tips(&a, "slip chance"), []);
}

const NOW: &str = "
assessment \"Who is it?\" { as of: 2025-03-01 }
outcome ours
outcome theirs
prior { ours: 30%\ntheirs: rest }
factor badge { weight for ours: 1.5:1 }
event seen { chance: 5% }
change sure { when: seen\nweight for ours: 30:1 }
";

#[test]
fn a_file_without_a_horizon_tips() {
    let a = read::assessment(NOW);
    let found = tips(&a, "badge weight for ours");
    // With `seen` at 5% a little less than 70:30 will do.
    assert!(
        found[0].1 > 0.7 && found[0].1 < libm::log(70.0 / 30.0),
        "{found:?}"
    );
}

fn flip(arguments: &[&str]) -> String {
    let run = assess(&[&["flip"], arguments].concat());
    assert_eq!((run.status, run.err.as_str()), (Status::Done, ""));
    run.out
}

#[test]
fn pages_of_the_new_assessments() {
    insta::assert_snapshot!("rating", flip(&["assessments/us-rating-2023.assess"]));
    insta::assert_snapshot!("bundestag", flip(&["assessments/bundestag-2025.assess"]));
    insta::assert_snapshot!("abbottabad", flip(&["assessments/abbottabad-2011.assess"]));
}

#[test]
fn one_question_until_and_markdown() {
    let file = "assessments/bundestag-2025.assess";
    let page = flip(&[
        file,
        "--outcome",
        "pair",
        "--horizon",
        "summer",
        "--format",
        "markdown",
    ]);
    insta::assert_snapshot!("bundestag-pair", page);
    let page = flip(&[file, "--until", "two in vote: at least 60%"]);
    insta::assert_snapshot!("bundestag-until", page);
    let page = flip(&[
        file,
        "--given",
        "half",
        "--with",
        "fdp: 10% by vote",
        "--without",
        "haste",
        "--horizon",
        "summer",
    ]);
    insta::assert_snapshot!("bundestag-given", page);
}

#[test]
fn a_file_of_claims_alone_says_that_nothing_leads() {
    let text = "assessment \"Claims\" { as of: 2025-03-01 }
horizon near: 0 to 12 months
event slip { chance: 50% by near }
event fall { chance given slip: 60% by near\nchance otherwise: 10% by near }
expect fall by near: at least 20%
";
    let run = assess_with(&["flip", "-"], text.as_bytes(), false);
    assert_eq!(run.status, Status::Done, "{}", run.err);
    assert!(
        run.out.contains("No outcome is stated, so none leads."),
        "{}",
        run.out
    );
    let run = assess_with(
        &["flip", "-", "--until", "fall by near: at least 50%"],
        text.as_bytes(),
        false,
    );
    assert!(run.out.contains("slip chance"), "{}", run.out);
}
