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
        let run = assess(&["explain", name, "--draws=41"]);
        assert_eq!((run.status, run.err.as_str()), (Status::Done, ""), "{name}");
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

/// Several questions, decided outcomes, rows of priors, what a prior counts in, no horizon.
#[test]
fn files_of_the_second_edition() {
    for name in ["abbottabad-2011", "bundestag-2025", "us-rating-2023"] {
        let file = format!("assessments/{name}.assess");
        insta::assert_snapshot!(name, explain(&file, &["--draws=201"]));
    }
    let file = "assessments/bundestag-2025.assess";
    insta::assert_snapshot!(
        "bundestag-brief",
        explain(file, &["--draws=201", "--brief"])
    );
    let one = explain(file, &["--draws=0", "--outcome=pair", "--horizon=summer"]);
    assert!(
        one.contains("(pair)") && !one.contains("(caretaker)"),
        "{one}"
    );
    assert!(!one.contains("without pushes"), "{one}");
}

/// Question by question, the contributions to an outcome sum to its verdict less where it begins.
#[test]
fn shares_of_every_question_sum() {
    let mut sums = 0;
    for i in 1..=24 {
        let file = format!("tests/second/second-{i}.assess");
        let run = assess(&["explain", &file, "--draws=0", "--format=json"]);
        assert_eq!((run.status, run.err.as_str()), (Status::Done, ""), "{file}");
        let found: Value = serde_json::from_str(&run.out).expect("JSON");
        let list = |of: &Value, key: &str| of[key].as_array().cloned().unwrap_or_default();
        let drivers = list(&found, "drivers");
        let points = |h: &Value, key: &str, id: &Value| -> f64 {
            let at = drivers.iter().flat_map(|d| list(d, "horizons"));
            let at = at.filter(|at| at["id"] == *h);
            let all = at.flat_map(|at| list(&at, key));
            let own = all.filter(|push| push["id"] == *id);
            own.map(|push| push["points"].as_f64().expect("points"))
                .sum()
        };
        let questions = list(&found, "questions");
        let named = questions.iter().flat_map(|q| list(q, "horizons"));
        for horizon in list(&found, "horizons").into_iter().chain(named) {
            for outcome in list(&horizon, "outcomes") {
                let [end, start] = ["probability", "prior"].map(|key| outcome[key].as_f64());
                let moved = 100.0 * (end.expect("a number") - start.expect("a number"));
                let sum = points(&horizon["id"], "outcomes", &outcome["id"]);
                assert!(
                    (sum - moved).abs() < 1e-7,
                    "{file}: {outcome}: {sum} {moved}"
                );
                sums += 1;
            }
        }
        for event in list(&found, "pushed") {
            for at in list(&event, "horizons") {
                let [end, start] = ["chance", "without"].map(|key| at[key].as_f64());
                let moved = 100.0 * (end.expect("a number") - start.expect("a number"));
                let sum = points(&at["id"], "events", &event["id"]);
                assert!((sum - moved).abs() < 1e-7, "{file}: {event}: {sum} {moved}");
            }
        }
    }
    assert!(sums > 100, "{sums}");
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

const HEAD: &str = "assessment \"A\" { as of: 2025-03-01 }
horizon short \"Short\": 0 to 12 months
horizon long \"Long\": 12 to 24 months
";

/// Standard input, explained.
fn said(text: &str, arguments: &[&str]) -> String {
    assess_with(
        &[&["explain", "-"], arguments].concat(),
        text.as_bytes(),
        false,
    )
    .out
}

/// Of two outcomes one mirrors the other: one table, unless both are asked for.
#[test]
fn two_outcomes_have_one_table() {
    let file = format!(
        "{HEAD}outcome no \"It stays\"\nfinal outcome yes \"It goes\"
prior {{ yes: 20% by short, 30% by long\nno: rest }}
factor f {{ weight for yes: 2:1 to 4:1 }}
"
    );
    let page = said(&file, &[]);
    assert_eq!(page.matches("= verdict").count(), 1, "{page}");
    assert!(page.contains("`no` mirrors it"), "{page}");
    let both = said(&file, &["--outcome", "no,yes"]);
    assert_eq!(both.matches("= verdict").count(), 2, "{both}");
    assert!(!both.contains("mirrors"), "{both}");
}

/// A weight that is not stated for the last horizon acts there through the first.
#[test]
fn what_acts_through_earlier_horizons_says_so() {
    let file = format!(
        "{HEAD}outcome no\nfinal outcome yes
prior {{ yes: 20% by short, 30% by long\nno: rest }}
factor early {{ weight for yes: strong in short }}
factor both {{ weight for yes: weak }}
"
    );
    let page = said(&file, &[]);
    assert!(
        page.contains("Long: no push here; acts through earlier horizons"),
        "{page}"
    );
    assert_eq!(page.matches("(no push here)").count(), 1, "{page}");
}

#[test]
fn in_brief_only_the_largest_reasons_stand() {
    let mut file = format!("{HEAD}outcome no\noutcome yes\nprior {{ yes: 20%\nno: rest }}\n");
    for i in 1..=9 {
        file += &format!("factor f{i} {{ weight for yes: 1.{i}:1 }}\n");
    }
    let (page, brief) = (said(&file, &[]), said(&file, &["--brief"]));
    assert!(page.lines().count() > 2 * brief.lines().count(), "{brief}");
    assert!(
        brief.contains("4 others") && brief.contains("f9") && !brief.contains("f1 "),
        "{brief}"
    );
    assert!(brief.contains("Short: low: "), "{brief}");
    assert!(!brief.contains("What the pushes rest on"), "{brief}");
}

/// With `--outcome` that outcome alone is scored: what moves the other two against each other teaches nothing of it.
#[test]
fn watching_scores_the_outcome_asked_for() {
    let file = format!(
        "{HEAD}outcome a\noutcome b\noutcome c
prior {{ a: 40%\nb: 30%\nc: rest }}
event swap {{ chance: 50% by short\nweight for b: 9:1\nweight against c: 9:1 }}
event up {{ chance: 50% by short\nweight for a: 2:1 }}
"
    );
    let report = |arguments: &[&str]| -> Value {
        let all = [&["--watch", "--format=json", "--horizon=short"], arguments].concat();
        let report = serde_json::from_str(&said(&file, &all)).expect("JSON");
        is_as_its_schema_says("explain", &report);
        report
    };
    let worth = |report: &Value, event: &str| {
        let watch = list(&report["watch"]).iter();
        let of = watch
            .clone()
            .find(|w| w["id"] == event)
            .expect("it is there");
        number(&of["horizons"][0]["drop"]) / number(&of["horizons"][0]["score"])
    };
    for score in ["brier", "log"] {
        let all = report(&["--score", score]);
        let alone = report(&["--score", score, "--outcome=a"]);
        assert!(worth(&all, "swap") > worth(&all, "up"), "{score}");
        assert!(worth(&alone, "swap") < worth(&all, "swap"), "{score}");
        assert_eq!(alone["scored"], serde_json::json!(["a"]));
        assert_eq!(alone["score"], score);
    }
    let page = said(&file, &["--watch", "--outcome=a"]);
    assert!(page.contains("of `a` alone"), "{page}");
}

/// A range of what never holds has no share of the width.
#[test]
fn what_never_holds_is_not_credited_with_width() {
    let mut file = format!("{HEAD}outcome no\noutcome yes\nprior {{ yes: 20%\nno: rest }}\n");
    file += "factor f { weight for yes: 2:1 to 8:1 }\n";
    for i in 0..12 {
        file += &format!("event e{i} {{ weight for yes: 2:1 to 9:1 }}\n");
    }
    let page = said(&file, &[]);
    assert!(page.contains("12 ranges each explain no more"), "{page}");
    assert_eq!(page.matches(" weight for yes").count(), 1, "{page}");
}

/// A change that nearly always holds: it is its absence that turns the leader, and both sides are shown.
#[test]
fn a_change_whose_absence_turns_the_leader_shows_both() {
    let file = format!(
        "{HEAD}outcome no\noutcome yes\nprior {{ yes: 40%\nno: rest }}
event e {{ chance: 98% by short }}
change c {{ when: e\nweight for yes: 9:1 }}
"
    );
    let eval =
        |format: &str| assess_with(&["eval", "-", "--format", format], file.as_bytes(), false).out;
    for format in ["text", "markdown"] {
        assert!(eval(format).contains("no → yes"), "{}", eval(format));
        assert!(
            eval(format).contains("(changes without"),
            "{}",
            eval(format)
        );
    }
    let report: Value = serde_json::from_str(&eval("json")).expect("JSON");
    let changes = if report.is_array() {
        &report[0]["changes"]
    } else {
        &report["changes"]
    };
    let changes = if changes.is_null() {
        &report["assessments"][0]["changes"]
    } else {
        changes
    };
    let at = &changes[0]["horizons"][0];
    assert_eq!(
        (&at["flips"], &at["absence_flips"]),
        (&Value::Bool(false), &Value::Bool(true))
    );
    assert_eq!(
        (&at["leader"], &at["leader_without"]),
        (&"yes".into(), &"no".into())
    );
}
