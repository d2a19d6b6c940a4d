//! Quantities that came to something: read, checked, shown, acted upon, listed and scored.

use crate::cli::{assess, is_as_its_schema_says};
use assess::cli::Status;
use assess::record::quantity::crps_normal;
use serde_json::Value;
use std::path::Path;

const HEAD: &str = "assessment \"How much?\" {
  as of: 2025-12-01
  resolves: \"The office's first release.\"
}

horizon y2024: 2024-01-01 to 2024-12-31
horizon y2026: 2025-12-01 to 2026-12-31
horizon y2027: 2027-01-01 to 2027-12-31

quantity growth \"Growth\" {
  unit: \"% a year\"
  in y2026: 1 to 3
  in y2027: 1 to 4
}
quantity cases \"Cases\" { unit: \"cases\", is: 200 (100 to 400) }
event gas \"Gas runs short\" { chance: 50% by y2026, move growth: -2 }
question pace \"How fast?\" {
  outcome slow { when: growth below 1 }
  outcome fast { when: otherwise }
}
";

fn file(folder: &Path, more: &str) -> String {
    let path = folder.join("a.assess");
    std::fs::write(&path, format!("{HEAD}{more}")).expect("a file");
    path.to_str().expect("UTF-8").to_owned()
}

fn with(more: &str, arguments: &[&str]) -> crate::cli::Run {
    let folder = tempfile::TempDir::new().expect("a folder");
    let path = file(folder.path(), more);
    assess(&[&[arguments[0], &path], &arguments[1..]].concat())
}

fn json(more: &str, arguments: &[&str]) -> Value {
    let run = with(more, arguments);
    assert_eq!(run.status, Status::Done, "{}", run.err);
    let found = serde_json::from_str(&run.out).expect("JSON");
    is_as_its_schema_says(arguments[0], &found);
    found
}

#[test]
fn a_number_is_read_with_and_without_its_unit() {
    for line in [
        "resolved: growth 2.9 in y2026 on 2027-04-11",
        "resolved: growth 2.9% in y2026 on 2027-04-11",
        "resolved: growth 2.9% a year in y2026 on 2027-04-11",
        "resolved: growth -0.4% in y2026 on 2027-04-11  # after revision",
        "resolved: cases 310 cases in y2026 on 2027-04-11",
        "resolved: growth 3 in y2024 on 2025-04-11",
    ] {
        let run = with(line, &["check", "--select", "all"]);
        assert!(!run.out.contains("error["), "{line}: {}", run.out);
        let laid = with(line, &["fmt", "--check"]);
        let text = format!("{}\n", laid.out);
        assert!(!text.contains("error"), "{line}: {text}");
    }
}

/// What is found, without the folder's name.
fn checked(more: &str) -> String {
    let folder = tempfile::TempDir::new().expect("a folder");
    let path = file(folder.path(), more);
    let run = assess(&["check", &path, "--color=never"]);
    assert_eq!(run.status, Status::Found, "{}", run.err);
    run.out.replace(&path, "a.assess")
}

#[test]
fn what_cannot_be_is_said_with_what_to_write() {
    let lines = [
        "resolved: growth in y2026 on 2027-04-11",
        "resolved: not growth 2.9 in y2026 on 2027-04-11",
        "resolved: growth 2.9 USD in y2026 on 2027-04-11",
        "resolved: growth 2.9 by y2026 on 2027-04-11",
        "resolved: growth 2.9 on 2027-04-11",
        "resolved: cases -3 in y2026 on 2027-04-11",
        "resolved: growth 2.9 in y2027 on 2028-04-11",
        "resolved: growth 3.1 in y2027 on 2028-04-11",
        "resolved: gas 20% on 2026-04-11",
        "resolved: slow 0.7 in y2026 on 2027-04-11",
        "resolved: slow 170% in y2026 on 2027-04-11",
        "resolved: slow 7 USD in y2026 on 2027-04-11",
        "resolved: pace in y2026 on 2027-04-11",
    ];
    insta::assert_snapshot!("mistakes", checked(&lines.join("\n")));
    let twice = [
        lines[6],
        lines[7],
        "resolved: cases 200 in y2024 on 2025-01-11",
    ];
    insta::assert_snapshot!("twice", checked(&twice.join("\n")));
}

#[test]
fn eval_says_what_it_came_to() {
    let later = "resolved: growth 2.9% in y2026 on 2027-04-11\nresolved: cases 900 in y2024 on 2025-02-01\n";
    let run = with(later, &["eval", "--draws=0"]);
    for said in [
        "`growth` came to 2.9% a year in `y2026`, known on 2027-04-11: outside the 90%",
        "`cases` came to 900 cases in `y2024`, known on 2025-02-01",
    ] {
        let out = run.out.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(out.contains(said), "{said}: {}", run.out);
    }
    let found = &json(later, &["eval", "--draws=0", "--format=json"])["assessments"][0];
    let numbers = found["settled_numbers"].as_array().expect("numbers");
    assert_eq!(numbers.len(), 2);
    assert_eq!(numbers[0]["over"], true);
    assert_eq!(numbers[1]["known"], false);
    let markdown = with(later, &["eval", "--draws=0", "--format=markdown"]);
    assert!(
        markdown.out.contains("came to 2.9% a year"),
        "{}",
        markdown.out
    );
}

#[test]
fn what_is_known_by_now_is_all_that_is_left() {
    let known = "resolved: growth 2.9% in y2026 on 2025-12-01\n";
    let found = &json(known, &["eval", "--draws=0", "--format=json"])["assessments"][0];
    let of = |h: usize| &found["quantities"][0]["horizons"][h];
    for key in ["mean", "median", "low", "high"] {
        let at = of(0)[key].as_f64().expect("a number");
        assert!((at - 2.9).abs() < 1e-12, "{key}: {at}");
    }
    // The other horizon is drawn anew, and moved as before.
    assert!((of(1)["mean"].as_f64().expect("a mean") - 1.5).abs() < 1e-9);
    let pace = &found["questions"][0]["horizons"][0]["outcomes"];
    let slow = pace.as_array().expect("outcomes").iter();
    let slow = slow.map(|o| o["probability"].as_f64().expect("a chance"));
    assert_eq!(slow.collect::<Vec<f64>>(), [0.0, 1.0]);
    // What may have moved it is as likely as before: causes stay as they are stated.
    assert_eq!(found["events"][0]["horizons"][0]["chance"], 0.5);
}

#[test]
fn the_command_writes_it() {
    let folder = tempfile::TempDir::new().expect("a folder");
    let path = file(folder.path(), "");
    let on = "--on=2027-04-11";
    let today = "--today=2027-05-01";
    for (arguments, line) in [
        (
            vec!["growth in y2026", "2.9%"],
            "resolved: growth 2.9% in y2026 on 2027-04-11",
        ),
        (
            vec!["growth in y2027", "-0.4"],
            "resolved: growth -0.4 in y2027 on 2027-04-11",
        ),
        (
            vec!["cases in y2024", "310 cases"],
            "resolved: cases 310 cases in y2024 on 2027-04-11",
        ),
    ] {
        let run = assess(&[&["resolve", &path], &arguments[..], &[on, today]].concat());
        assert_eq!(
            (run.status, run.err.as_str()),
            (Status::Done, ""),
            "{arguments:?}"
        );
        let text = std::fs::read_to_string(&path).expect("a file");
        assert!(text.contains(line), "{text}");
        let again = assess(&[&["resolve", &path], &arguments[..], &[on, today]].concat());
        assert_eq!(again.status, Status::Failed);
        assert!(again.err.contains("settled already"), "{}", again.err);
    }
    for (arguments, said) in [
        (vec!["cases in y2026"], "say what it came to"),
        (vec!["cases in y2026", "2.9%"], "is in another unit"),
        (vec!["cases in y2026", "many"], "is no number"),
        (
            vec!["cases in y2026", "3 in y2027 on 2020-01-01 #"],
            "is no number",
        ),
        (vec!["gas", "3"], "says what a quantity came to"),
    ] {
        let run = assess(&[&["resolve", &path], &arguments[..], &[on, today]].concat());
        assert_ne!(run.status, Status::Done, "{arguments:?}");
        assert!(run.err.contains(said), "{arguments:?}: {}", run.err);
    }
}

#[test]
fn what_waits_is_listed() {
    let waits = with("", &["resolve", "--today=2027-02-01"]);
    assert!(
        waits.out.contains("what it came to: growth, cases"),
        "{}",
        waits.out
    );
    // What a `when` decides follows from the number.
    assert!(!waits.out.contains("which outcome"), "{}", waits.out);
    let check = with("", &["check", "--today=2027-02-01", "--select=overdue"]);
    let words = check.out.split_whitespace().filter(|w| *w != "│");
    let said = words.collect::<Vec<_>>().join(" ");
    assert!(
        said.contains(
            "`y2026` ended on 2026-12-31, and nothing says what `growth` and `cases` came to"
        ),
        "{}",
        check.out
    );
    let agenda = with("", &["agenda", "--today=2026-12-01"]);
    let said = agenda.out.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        said.contains("resolved: growth NUMBER in y2026 on DATE"),
        "{}",
        agenda.out
    );
    let all =
        "resolved: growth 2 in y2026 on 2027-01-11\nresolved: cases 210 in y2026 on 2027-01-11\n";
    let check = with(all, &["check", "--today=2027-02-01", "--select=overdue"]);
    assert!(!check.out.contains("y2026"), "{}", check.out);
}

#[test]
fn a_number_is_scored_by_its_distribution() {
    let all = "judgement \"It will be slow\" { on: slow in y2026, says: unlikely }
resolved: growth 2.9% in y2026 on 2027-04-11
resolved: cases 310 in y2026 on 2027-01-11
";
    let found = json(all, &["score", "--format=json"]);
    let cases = found["cases"].as_array().expect("cases");
    let of = |kind: &str, id: &str| {
        let mut own = cases.iter().filter(|c| c["kind"] == kind && c["id"] == id);
        own.next().unwrap_or_else(|| panic!("{kind} {id}: {found}"))
    };
    // Two normals of one spread, 2 apart, even odds: by hand from closed forms (Grimit et al. 2006).
    let sd = 1.0 / 1.644_853_626_951_472_7;
    let away = |m: f64, s: f64| crps_normal(m, 0.0, s) + s / std::f64::consts::PI.sqrt();
    let to = 0.5 * (away(0.9, sd) + away(2.9, sd));
    let root = sd * 2f64.sqrt();
    let pairs = 0.5 * away(0.0, root) + 0.5 * away(2.0, root);
    let growth = of("quantity", "growth");
    let crps = growth["crps"].as_f64().expect("a score");
    assert!((crps - (to - 0.5 * pairs)).abs() < 1e-9, "{crps}");
    let before = growth["crps_before"].as_f64().expect("a score");
    assert!((before - crps_normal(2.9, 2.0, sd)).abs() < 1e-12);
    assert_eq!(growth["unit"], "% a year");
    assert_eq!(growth["brier"], Value::Null);
    // The outcome follows from the number, and the judgement from the outcome.
    let pace = of("outcomes", "pace");
    assert_eq!(pace["outcomes"][1]["truth"], 1.0);
    let judged = of("judgement", "It will be slow");
    let p = judged["forecasts"][0]["probabilities"][0]
        .as_f64()
        .expect("a chance");
    assert!((judged["brier"].as_f64().expect("a score") - p * p).abs() < 1e-12);
    assert_eq!(pace["forecasts"][0]["probabilities"][0].as_f64(), Some(p));
    let numbers = &found["quantities"];
    assert_eq!(numbers["cases"], 2);
    assert_eq!(numbers["units"].as_array().map(Vec::len), Some(2));
    for (level, inside) in [(0, 0.0), (1, 1.0), (2, 1.0)] {
        let came = &numbers["inside"][level]["came"]["value"];
        assert_eq!(came.as_f64(), Some(inside / 2.0), "{numbers}");
    }
    // Calibration counts neither.
    let chances = found["calibration"]["chances"].as_f64();
    assert_eq!(chances, Some(2.0), "{found}");
    let text = with(all, &["score"]).out;
    // The notes name the file.
    let figures = text.split("\nNotes").next().expect("figures");
    insta::assert_snapshot!("scored", figures);
    let csv = with(all, &["score", "--format=csv"]).out;
    assert!(
        csv.contains(",quantity,growth,y2026,,,2.9,2027-04-11,"),
        "{csv}"
    );
    assert!(csv.contains(",judgement,It will be slow,"), "{csv}");
    let lines: Vec<usize> = csv.lines().map(|l| l.split(',').count()).collect();
    assert!(lines.iter().all(|n| *n == lines[0]), "{csv}");
    let markdown = with(all, &["score", "--format=markdown"]).out;
    assert!(markdown.contains("## Quantities"), "{markdown}");
}
