//! What is asked comes back: queries, scenarios, sets, conditions.

use super::read;
use assess::infer::verdict::{Options, Question, Verdict};
use assess::infer::{Answers, Given, evaluate};
use assess::resolve::assessment::{Assessment, Prop};

const FILE: &str = "
assessment \"Queries\" { as of: 2025-03-01 }
horizon near: 0 to 6 months
horizon far: 6 to 18 months
outcome stay
outcome fade
final outcome exit
prior { exit: 2% by near, 10% by far\nfade: 30%\nstay: rest }
event truce { chance: 20% by now, 40% by near, 60% by far }
event split \"No chance stated\"
event latitude {
  chance given truce: 20% by near, 35% by far
  chance otherwise: 5% by near, 15% by far
}
factor mood { holds: 30% in near, 70% in far\nweight for fade: 3:1 }
factor congress { weight against exit: 4:1 }
assumption treaty { weight for exit if wrong: 10:1 }
change politics { when: latitude or split\nweight for exit: 10:1\ncount congress: 50% }
change both { when: latitude and split\nweight for exit: 10:1 }
change wrong { when: not treaty\nweight for fade: 2:1 }
scenario apart { set: split, not truce }
bet \"Stays\" { on: not exit by near, price: 90% }
";

fn with(expects: &[&str]) -> (Assessment, Vec<Option<f64>>, Vec<bool>) {
    let lines: Vec<String> = expects.iter().map(|e| format!("expect {e}\n")).collect();
    let a = read::assessment(&format!("{FILE}{}", lines.concat()));
    let v = read::verdict(&a);
    let values = v.expectations.iter().map(|e| e.value).collect();
    let holds = v.expectations.iter().map(|e| e.holds).collect();
    (a, values, holds)
}

fn close(value: Option<f64>, expected: f64) {
    let value = value.expect("it can hold");
    assert!((value - expected).abs() < 1e-9, "{value}, not {expected}");
}

#[test]
fn chances_of_propositions() {
    let (_, values, _) = with(&[
        "truce by far: at least 0%",
        "truce in near: at least 0%",
        "truce in far: at least 0%",
        "not truce by far: at least 0%",
        "latitude by far given truce: at least 0%",
        "mood in far: at least 0%",
        "mood and truce in near: at least 0%",
        "split by far: at least 0%",
        "treaty by far: at least 0%",
    ]);
    for (value, expected) in values
        .iter()
        .zip([0.6, 0.2, 0.2, 0.4, 0.35, 0.7, 0.12, 0.0, 1.0])
    {
        close(*value, expected);
    }
}

#[test]
fn outcomes_negated_within_and_under() {
    let (a, values, _) = with(&[
        "exit by near: at least 0%",
        "exit by far: at least 0%",
        "exit in far: at least 0%",
        "not exit by far: at least 0%",
        "exit by far under apart: at least 0%",
    ]);
    let p: Vec<f64> = values.iter().map(|v| v.expect("a number")).collect();
    assert!((p[2] - (p[1] - p[0])).abs() < 1e-12);
    assert!((p[3] - (1.0 - p[1])).abs() < 1e-12);
    let v = read::verdict(&a);
    let exit = a.outcomes.id("exit").expect("it is there").0 as usize;
    assert_eq!(v.scenarios[0].horizons[1].1[exit].value, p[4]);
    assert!(p[4] > p[1]);
    assert!((v.bets[0].expect("a number").value - (1.0 - p[0])).abs() < 1e-12);
}

#[test]
fn tests_of_expectations() {
    let (_, _, holds) = with(&[
        "stay in near: leads",
        "exit by far: leads",
        "exit by far: at most 20%",
        "exit by far given politics: above exit by far",
        "exit by far given politics: below exit by far",
        "truce by far: 60% to 60%",
        "truce by far: likely",
        "truce by far: unlikely",
    ]);
    assert_eq!(holds, [true, false, true, true, false, true, true, false]);
}

#[test]
fn hypothetical_names_play_a_part_where_nothing_else_can() {
    let a = read::assessment(FILE);
    let v = read::verdict(&a);
    let names: Vec<Vec<&str>> = v
        .changes
        .iter()
        .map(|c| c.idle.iter().map(|d| a.drivers.name(*d)).collect())
        .collect();
    assert_eq!(names, [vec!["split"], vec![], vec![]]);
    let [politics, both, wrong] = &v.changes[..] else {
        panic!("three clauses")
    };
    assert!(politics.horizons[1].chance.value > 0.2);
    // Resting on a hypothetical event or a wrong assumption has no chance, but a verdict.
    for change in [both, wrong] {
        assert_eq!(change.horizons[1].chance.value, 0.0);
        assert!(matches!(change.horizons[1].given, Given::Hypothetical(_)));
        assert!(matches!(change.horizons[1].absent, Given::Known(_)));
    }
}

#[test]
fn sets_and_conditions_from_outside() {
    let a = read::assessment(FILE);
    let id = |name: &str| a.drivers.id(name).expect("it is there");
    let options = Options::default();
    let set = Question {
        sets: vec![(id("truce"), true)],
        ..Question::default()
    };
    let v = evaluate(&a, &set, &options).expect("it is small");
    let chance = |v: &assess::infer::verdict::Verdict, name: &str, h: usize| {
        let event = v
            .events
            .iter()
            .find(|e| e.event == id(name))
            .expect("it is there");
        event.horizons[h].chance.value
    };
    close(Some(chance(&v, "truce", 0)), 1.0);
    close(Some(chance(&v, "latitude", 1)), 0.35);
    let under = Question {
        under: a.scenarios.id("apart"),
        ..Question::default()
    };
    let under = evaluate(&a, &under, &options).expect("it is small");
    close(Some(chance(&under, "split", 1)), 1.0);
    close(Some(chance(&under, "latitude", 1)), 0.15);
    let given = Question {
        given: Some(Prop::Is(id("latitude"))),
        ..Question::default()
    };
    let given = evaluate(&a, &given, &options).expect("it is small");
    let plain = read::verdict(&a);
    for h in 0..2 {
        close(
            given.horizons[h].given_chance.map(|found| found.value),
            chance(&plain, "latitude", h),
        );
        assert_eq!(chance(&given, "latitude", h), 1.0);
        let sum: f64 = given.horizons[h]
            .outcomes
            .iter()
            .map(|o| o.probability.value)
            .sum();
        close(Some(sum), 1.0);
    }
    // Without `split`, given latitude is given politics.
    let politics = plain.changes[0].horizons[1]
        .given
        .values()
        .expect("it can hold");
    for (o, p) in given.horizons[1].outcomes.iter().zip(politics) {
        close(Some(o.probability.value), p);
    }
}

#[test]
fn two_exclusive_events_cannot_both_be_set() {
    let a = read::assessment(&format!(
        "{FILE}event war {{ chance: 10% by far }}\nexclusive: truce, war\n"
    ));
    let id = |name: &str| a.drivers.id(name).expect("it is there");
    let question = Question {
        sets: vec![(id("truce"), true), (id("war"), true)],
        ..Question::default()
    };
    let error = evaluate(&a, &question, &Options::default()).expect_err("they exclude each other");
    assert_eq!(
        error.message,
        "`truce` and `war` are both set true, but they exclude each other"
    );
    let one = Question {
        sets: vec![(id("truce"), true)],
        ..Question::default()
    };
    let v = evaluate(&a, &one, &Options::default()).expect("it is small");
    let war = v
        .events
        .iter()
        .find(|e| e.event == id("war"))
        .expect("it is there");
    assert_eq!(war.horizons[1].chance.value, 0.0);
}

/// A verdict that is known is not computed again, and what goes beyond it is.
#[test]
fn what_is_known_is_taken_over() {
    let lines = "expect exit by far: at least 0%\nexpect exit by far under apart: at least 0%\n\
                 expect exit by far given truce: at least 0%\n";
    let a = read::assessment(&format!("{FILE}{lines}"));
    let asked = |verdict: &Verdict| -> Vec<Option<f64>> {
        let mut answers = Answers::knowing(&a, verdict);
        let each = a.expects.iter().map(|e| answers.answer(&e.query));
        each.map(|p| p.expect("it is small")).collect()
    };
    let verdict = read::verdict(&a);
    let values: Vec<_> = verdict.expectations.iter().map(|e| e.value).collect();
    assert_eq!(asked(&verdict), values);
    let (far, exit) = (
        a.horizons.len() - 1,
        a.outcomes.id("exit").expect("an outcome").0 as usize,
    );
    let mut other = verdict.clone();
    other.horizons[far].outcomes[exit].probability.value = 0.75;
    other.scenarios[0].horizons[far].1[exit].value = 0.5;
    assert_eq!(asked(&other), [Some(0.75), Some(0.5), values[2]]);

    // With something made so the verdict is another, and the file's own stands beside it.
    let truce = a.drivers.id("truce").expect("an event");
    let question = Question {
        sets: vec![(truce, true)],
        ..Question::default()
    };
    let set = evaluate(&a, &question, &Options::default()).expect("it is small");
    assert_eq!(asked(&set), values);
}
