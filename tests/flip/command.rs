//! `assess flip`: every format, what is asked, and how it ends.

use crate::cli::{assess, assess_with};
use assess::cli::Status;
use serde_json::Value;

const NATO: &str = "assessments/nato.assess";
const FILE: &str = "tests/suite/eval/alliance.assess";

fn flip(arguments: &[&str]) -> String {
    let run = assess(&[&["flip"], arguments].concat());
    assert_eq!((run.status, run.err.as_str()), (Status::Done, ""));
    run.out
}

fn refused(arguments: &[&str]) -> String {
    let run = assess(&[&["flip", FILE], arguments].concat());
    assert_eq!((run.status, run.out.as_str()), (Status::Failed, ""));
    run.err
}

#[test]
fn text() {
    insta::assert_snapshot!(flip(&[NATO]));
}

#[test]
fn markdown() {
    insta::assert_snapshot!(flip(&[FILE, "--horizon", "long", "--format", "markdown"]));
}

#[test]
fn every_line_fits() {
    for file in [NATO, FILE] {
        let page = flip(&[file]);
        let long: Vec<&str> = page.lines().filter(|l| l.chars().count() > 80).collect();
        assert!(long.is_empty(), "{long:#?}");
    }
}

#[test]
fn until() {
    insta::assert_snapshot!(flip(&[NATO, "--until", "exit by long: at least 25%"]));
}

#[test]
fn until_what_is_met_already() {
    let page = flip(&[NATO, "--until", "exit by long: at most 25%"]);
    assert!(
        page.contains("It is met already: `exit by long` is 18%. What follows"),
        "{page}"
    );
}

#[test]
fn until_what_cannot_happen() {
    let page = flip(&[
        FILE,
        "--until",
        "exit by long given ceasefire and not ceasefire: at least 10%",
    ]);
    let page = page.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        page.ends_with("asks about what cannot happen, so no number and no event answers it."),
        "{page}"
    );
}

#[test]
fn given_what_cannot_happen() {
    let page = flip(&[FILE, "--given", "ceasefire and not ceasefire"]);
    assert!(page.contains("what is given cannot happen"), "{page}");
}

#[test]
fn what_is_wrong_with_the_question() {
    insta::assert_snapshot!(refused(&["--until", "exitt by long: at least 10%"]));
    insta::assert_snapshot!(refused(&["--set", "ceasefire", "--set", "not ceasefire"]));
    insta::assert_snapshot!(refused(&["--given", "nobody"]));
}

#[test]
fn json_is_as_the_schema_says() {
    let json = |text: &str| -> Value { serde_json::from_str(text).expect("JSON") };
    let schema = json(&assess(&["schema", "flip"]).out);
    let validator = jsonschema::validator_for(&schema).expect("a schema");
    let until = ["--until", "exit by long: at least 25%"];
    for more in [
        &[][..],
        &["--set", "latitude"],
        &["--given", "latitude"],
        &until,
    ] {
        let report = json(&flip(&[&[NATO, "--format", "json"], more].concat()));
        let errors: Vec<String> = validator
            .iter_errors(&report)
            .map(|e| e.to_string())
            .collect();
        assert!(errors.is_empty(), "{errors:#?}");
        let tips = report["numbers"].as_array().expect("a list");
        assert!(
            tips.iter()
                .any(|n| n["horizons"][0]["tip"]["decibans"].is_number()),
            "{more:?}"
        );
    }
}

/// 24 events that push, and a number for each of 74 clauses: few histories tell, and the answer says so.
#[test]
fn what_would_take_hours_is_asked_of_few_histories() {
    let mut text = String::from(
        "assessment \"Large\" { as of: 2025-03-01 }\nhorizon soon: 0 to 6 months\noutcome x\noutcome y\n\
         prior { x: 40%\ny: rest }\n",
    );
    for i in 0..24 {
        text += &format!(
            "event e{i} {{ chance: 20% by soon\nweight for x: weak\nweight against y: weak }}\n"
        );
    }
    let run = assess_with(&["flip", "-"], text.as_bytes(), false);
    assert_eq!(run.status, Status::Done, "{}", run.err);
    let words = run.out.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(words.contains("turned in a few long steps"), "{words}");
    assert!(words.contains("over 1,024 histories"), "{words}");
    assert!(words.contains("prior x 40% →"), "{words}");
}
