//! `assess explain`: every format, what is asked, and how it ends.

use super::{assess, assess_with, is_as_its_schema_says, printed};
use assess::cli::Status;
use serde_json::Value;
use std::fs;

const FILE: &str = "tests/suite/eval/alliance.assess";
const NATO: &str = "assessments/nato.assess";

fn explain(file: &str, arguments: &[&str]) -> String {
    printed(&[&["explain", file], arguments].concat())
}

/// The JSON of a run, as its schema says.
fn json(file: &str, arguments: &[&str]) -> Value {
    let text = explain(file, &[&["--format", "json"], arguments].concat());
    let report = serde_json::from_str(&text).expect("JSON");
    is_as_its_schema_says("explain", &report);
    report
}

fn list(value: &Value) -> &Vec<Value> {
    value.as_array().expect("a list")
}

fn number(value: &Value) -> f64 {
    value.as_f64().expect("a number")
}

#[test]
fn nato() {
    insta::assert_snapshot!("nato_text", explain(NATO, &["--watch"]));
    insta::assert_snapshot!(
        "nato_markdown",
        explain(NATO, &["--watch", "--format", "markdown"])
    );
    let arguments = [
        "--format=json",
        "--watch",
        "--outcome=exit",
        "--horizon=long",
    ];
    insta::assert_snapshot!("nato_json", explain(NATO, &arguments));
}

/// From the prior to the verdict, and congress is the largest brake on exit in every horizon.
#[test]
fn congress_is_the_largest_brake_on_exit() {
    let report = json(NATO, &["--outcome", "exit"]);
    for (h, horizon) in list(&report["horizons"]).iter().enumerate() {
        let exit = &horizon["outcomes"][0];
        let points = |driver: &Value| number(&driver["horizons"][h]["outcomes"][0]["points"]);
        let drivers = list(&report["drivers"]);
        let sum: f64 = drivers.iter().map(points).sum();
        let shift = 100.0 * (number(&exit["probability"]) - number(&exit["prior"]));
        assert!((sum - shift).abs() < 1e-9, "{sum} {shift}");
        let least = drivers
            .iter()
            .min_by(|a, b| points(a).total_cmp(&points(b)));
        assert_eq!(least.expect("there are drivers")["id"], "congress");
    }
}

/// Every event, factor, change and assumption is there; what moves nothing says why.
#[test]
fn every_input_is_listed() {
    let report = json(FILE, &["--watch"]);
    let drivers = list(&report["drivers"]);
    assert_eq!(drivers.len(), 11);
    let page = explain(FILE, &[]);
    for driver in drivers {
        let id = driver["id"].as_str().expect("a name");
        assert!(page.contains(&format!("`{id}`")), "{id}");
    }
    let why = |id: &str| {
        let driver = drivers
            .iter()
            .find(|d| d["id"] == id)
            .expect("it is listed");
        driver["idle"].as_str().map(str::to_owned)
    };
    assert_eq!(why("congress"), None);
    assert!(why("never").is_some_and(|w| w.contains("never holds")));
    assert!(why("eu_cuts").is_some_and(|w| w.contains("hypothetical")));
    assert!(why("treaty").is_some_and(|w| w.contains("assumed to hold")));
    assert_eq!(report["watch"].as_array().map(Vec::len), Some(5));
    let drift = list(&report["watch"]).iter().find(|w| w["id"] == "drift");
    assert_eq!(drift.expect("an event")["horizons"][0]["drop"], 0.0);
    assert_eq!(json(FILE, &[])["watch"], Value::Null);
}

#[test]
fn what_is_asked_is_explained() {
    insta::assert_snapshot!(
        "given",
        explain(
            FILE,
            &[
                "--given",
                "politics",
                "--horizon=long",
                "--outcome=exit",
                "--draws=0",
                "--watch"
            ]
        )
    );
    let never = json(FILE, &["--given", "drift and not drift", "--watch"]);
    assert_eq!(never["horizons"][0]["leader"], Value::Null);
    assert_eq!(
        never["horizons"][0]["outcomes"][0]["probability"],
        Value::Null
    );
    assert_eq!(never["watch"][0]["horizons"][0]["drop"], Value::Null);
    explain(FILE, &["--given", "drift and not drift", "--watch"]);
    let under = json(FILE, &["--under", "rupture", "--set", "not treaty"]);
    assert_eq!(under["asked"]["under"], "rupture");
    let drivers = list(&under["drivers"]);
    for id in ["treaty", "relations"] {
        let driver = drivers
            .iter()
            .find(|d| d["id"] == id)
            .expect("it is listed");
        assert_eq!(driver["idle"], Value::Null, "{id}");
        assert_eq!(driver["horizons"][0]["chance"], 1.0, "{id}");
    }
}

/// Every assessment and example that has a verdict is explained in every format, 80 columns wide.
#[test]
fn whatever_the_file() {
    let files = ["assessments", "examples"].map(|folder| fs::read_dir(folder).expect("a folder"));
    let paths = files
        .into_iter()
        .flatten()
        .map(|entry| entry.expect("an entry").path());
    let mut explained = 0;
    for path in paths.filter(|p| p.extension().is_some_and(|e| e == "assess")) {
        let name = path.to_str().expect("UTF-8");
        if assess(&["eval", name, "--draws=0"]).status != Status::Done {
            continue;
        }
        explained += 1;
        json(name, &["--watch", "--draws=41"]);
        explain(name, &["--watch", "--draws=41", "--format=markdown"]);
        for line in explain(name, &["--watch", "--draws=41"]).lines() {
            assert!(
                unicode_width::UnicodeWidthStr::width(line) <= 80,
                "{name}: {line}"
            );
        }
    }
    assert!(explained > 15, "{explained}");
}

#[test]
fn wrong_names_are_reported_at_their_place_in_the_argument() {
    let run = assess(&[
        "explain",
        FILE,
        "--outcome",
        "exti",
        "--horizon",
        "longer",
        "--given",
        "latitude and ceasfire",
        "--set",
        "congress",
    ]);
    assert_eq!((run.status, run.out.as_str()), (Status::Failed, ""));
    insta::assert_snapshot!(run.err);
}

#[test]
fn how_it_ends() {
    let folder = tempfile::TempDir::new().expect("a folder");
    let bad = folder.path().join("bad.assess");
    fs::write(&bad, "outcome a\n").expect("a file");
    let run = assess(&["explain", bad.to_str().expect("UTF-8")]);
    assert_eq!((run.status, run.out.as_str()), (Status::Found, ""));
    assert!(run.err.contains("error[missing-part]"), "{}", run.err);
    let run = assess(&["explain", "none.assess"]);
    assert_eq!((run.status, run.out.as_str()), (Status::Failed, ""));
    assert!(run.err.contains("there is no file"), "{}", run.err);
    let text = fs::read(FILE).expect("the file");
    let run = assess_with(&["explain", "-", "--draws=101"], &text, true);
    assert_eq!(run.status, Status::Done);
    let plain = anstream::adapter::strip_str(&run.out).to_string();
    let named = explain(FILE, &["--draws=101"]);
    let body = |page: &str| page.split_once("\n\n").map(|(_, body)| body.to_owned());
    assert_eq!(body(&plain), body(&named));
}
