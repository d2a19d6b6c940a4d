//! `--as-of`: what was seen later does not count.

use super::assess;
use assess::cli::Status;
use serde_json::Value;
use std::fs;
use tempfile::TempDir;

/// A file; `{…}` are evidence.
const FILE: &str = r#"assessment "Will it?" { as of: 2025-03-01 }
horizon long: 0 to 18 months
outcome stay
final outcome exit
prior { exit: 10% by long, stay: rest, {prior} }
event turn { chance: 30% by long, weight for exit: strong, {turn} }
factor hope { weight against exit: strong, {hope} }
factor plain { weight for exit: weak, {plain} }
factor seen { likelihood: exit 40%, stay 10%, {seen} }
change if_turn { when: turn, count plain: 200%, weight for exit: weak, {if_turn} }
"#;

fn evidence(rated: &str, dated: &str) -> String {
    format!("evidence \"It is said\" {{ {rated}{dated} }}")
}

const A1: &str = "rated: A1, ";
const D4: &str = "rated: D4, ";
const EARLY: &str = "dated: 2025-01-10";
const LATE: &str = "dated: 2025-02-20";

fn file(pieces: &[(&str, String)]) -> String {
    let mut text = FILE.to_owned();
    for (name, piece) in pieces {
        text = text.replace(&format!("{{{name}}}"), piece);
    }
    let text = ["prior", "turn", "hope", "plain", "seen", "if_turn"]
        .iter()
        .fold(text, |t, name| t.replace(&format!(", {{{name}}}"), ""));
    assert!(!text.contains("{prior}"));
    text
}

/// One verdict as JSON, or one explanation.
fn report(text: &str, arguments: &[&str]) -> Value {
    let folder = TempDir::new().expect("a folder");
    let path = folder.path().join("a.assess");
    fs::write(&path, text).expect("a file");
    let path = path.to_str().expect("UTF-8");
    let run = assess(&[arguments, &[path, "--format=json"]].concat());
    assert_eq!((run.status, run.err.as_str()), (Status::Done, ""));
    serde_json::from_str(&run.out).expect("JSON")
}

fn eval(text: &str, as_of: &str) -> Value {
    report(text, &["eval", "--as-of", as_of])["assessments"][0].take()
}

fn assumed(report: &Value) -> Vec<&str> {
    let sentences = report["assumed"].as_array().expect("a list");
    let left_out = sentences.iter().filter_map(Value::as_str);
    left_out.filter(|s| s.contains("evidence")).collect()
}

/// Later evidence of every kind, and what the file would be without it: without the weights of
/// the factors that have nothing left.
fn pair() -> (String, String) {
    let both = [evidence(A1, LATE), evidence(D4, EARLY)].join("\n");
    let with = file(&[
        ("prior", evidence(A1, LATE)),
        ("turn", evidence(D4, LATE)),
        ("hope", both),
        ("plain", evidence(D4, "")),
        ("seen", evidence("", LATE)),
        ("if_turn", evidence("", EARLY)),
    ]);
    let without = file(&[
        ("hope", evidence(D4, EARLY)),
        ("plain", evidence(D4, "")),
        ("if_turn", evidence("", EARLY)),
    ]);
    (
        with,
        without.replace("likelihood: exit 40%, stay 10%", "weight for exit: 1:1"),
    )
}

#[test]
fn a_verdict_of_then_is_that_of_the_file_as_it_would_have_been() {
    let (with, without) = pair();
    let (then, would) = (eval(&with, "2025-01-31"), eval(&without, "2025-01-31"));
    assert_eq!(
        then["horizons"][0]["outcomes"],
        would["horizons"][0]["outcomes"]
    );
    assert_eq!(
        assumed(&then),
        [
            "evidence dated after 2025-01-31 is left out: 1 for the prior, 1 for `turn`, 1 for `hope`, 1 for `seen`",
            "`seen` has no weight: all its evidence was left out",
        ]
    );
    assert!(assumed(&would).is_empty());
    // On a later day all of it counts, and so it does where no day is asked for.
    let (later, plain) = (eval(&with, "2025-03-01"), report(&with, &["eval"]));
    assert!(assumed(&later).is_empty());
    assert_eq!(later["horizons"], plain["assessments"][0]["horizons"]);
    assert_ne!(
        later["horizons"][0]["outcomes"],
        then["horizons"][0]["outcomes"]
    );
}

#[test]
fn a_month_may_be_any_of_its_days() {
    let of = |dated: &str| file(&[("hope", evidence(D4, dated))]);
    let counts = |dated: &str, as_of: &str| assumed(&eval(&of(dated), as_of)).is_empty();
    assert!(counts("dated: 2025-02", "2025-02-01"));
    assert!(!counts("dated: 2025-02", "2025-01-31"));
    assert!(counts("dated: 2025-02-20", "2025-02-20"));
    assert!(!counts("dated: 2025-02-20", "2025-02-19"));
}

#[test]
fn explanations_name_no_later_evidence() {
    let (with, _) = pair();
    let then = report(&with, &["explain", "--as-of", "2025-01-31"]);
    let text = then.to_string();
    assert!(
        text.contains("2025-01-10") && !text.contains("2025-02-20"),
        "{text}"
    );
    assert!(text.contains("evidence was left out"), "{text}");
}
