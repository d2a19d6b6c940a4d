//! How numbers are told: by `eval`, `explain` and `flip`, in every output.

use crate::cli::assess;

const FILE: &str = "tests/quantities/growth.assess";

fn said(arguments: &[&str]) -> String {
    let run = assess(arguments);
    assert_eq!(run.err, "", "{arguments:?}");
    run.out
}

#[test]
fn text() {
    insta::assert_snapshot!(said(&["eval", FILE, "--when"]));
}

#[test]
fn given() {
    insta::assert_snapshot!(said(&[
        "eval",
        FILE,
        "--given",
        "growth below 1.7",
        "--horizon",
        "y2025"
    ]));
}

#[test]
fn markdown() {
    insta::assert_snapshot!(said(&["eval", FILE, "--format", "markdown"]));
}

#[test]
fn csv() {
    insta::assert_snapshot!(said(&["eval", FILE, "--format", "csv"]));
}

#[test]
fn chart() {
    insta::assert_snapshot!(said(&["eval", FILE, "--chart"]));
}

#[test]
fn a_share_beside_the_edge_of_a_word_keeps_its_column() {
    let folder = tempfile::TempDir::new().expect("a folder");
    let path = folder.path().join("a.assess");
    // 19.97% is unlikely no more: it is just under 20%.
    let text = "assessment \"Q\" { as of: 2025-03-01 }
horizon long: 0 to 6 months
event e { chance: 10% by long, move cost: 1 }
quantity cost { unit: \"points, a difference\", is: 19.97% below 150, 60% below 250 }
";
    std::fs::write(&path, text).expect("a file");
    let path = path.to_str().expect("UTF-8");
    let out = crate::cli::assess(&["eval", path, "--chart", "--draws", "0"]).out;
    let bars: Vec<&str> = out
        .lines()
        .filter(|l| l.contains("150 ") || l.contains(" 150"))
        .collect();
    assert!(bars.iter().any(|l| l.contains("<20%")), "{out}");
    assert!(out.lines().all(|l| l.chars().count() <= 80), "{out}");
}

#[test]
fn matrix() {
    let each = ["text", "markdown", "csv"]
        .map(|format| said(&["eval", FILE, "--matrix", "--format", format]));
    insta::assert_snapshot!(each.join("\n----\n"));
}

#[test]
fn explained() {
    insta::assert_snapshot!(said(&["explain", FILE]));
}

#[test]
fn flipped() {
    insta::assert_snapshot!(said(&[
        "flip",
        FILE,
        "--until",
        "median of growth in y2026: below 2"
    ]));
}

#[test]
fn json_is_as_its_schema_says() {
    let report = said(&["eval", FILE, "--format", "json", "--when"]);
    let report: serde_json::Value = serde_json::from_str(&report).expect("JSON");
    crate::cli::is_as_its_schema_says("eval", &report);
    let at = &report["assessments"][0]["quantities"][0]["horizons"][0];
    let number = |key: &str| at[key].as_f64().expect("a number");
    let parts = at["contributions"].as_array().expect("a list");
    let sum: f64 = parts
        .iter()
        .map(|c| c["mean"].as_f64().expect("a number"))
        .sum();
    assert!((number("mean") - number("before") - sum).abs() < 1e-12);
    assert!(number("low") < number("median") && number("median") < number("high"));
}

const NARROW: &str = "tests/quantities/narrow.assess";

#[test]
fn numbers_that_lie_close_together() {
    let run = assess(&["eval", NARROW]);
    insta::assert_snapshot!(run.out);
    let json: serde_json::Value =
        serde_json::from_str(&said(&["eval", NARROW, "--format", "json"])).expect("JSON");
    let quantities = &json["assessments"][0]["quantities"];
    for (i, (low, median, high)) in [
        (2028.0, 2031.0, 2036.0),
        (1.082, 1.085, 1.089),
        (26_900.0, 27_360.0, 27_900.0),
        (0.0, 2.0, 4.0),
        (600.0, 800.0, 1100.0),
    ]
    .into_iter()
    .enumerate()
    {
        // What is stated comes back to the last bit.
        let at = &quantities[i]["horizons"][0];
        let found = ["low", "median", "high"].map(|key| at[key].as_f64().expect("a number"));
        assert_eq!(found, [low, median, high]);
    }
}

#[test]
fn a_quantity_asked_for_as_if_it_were_a_chance_is_one_mistake() {
    let folder = tempfile::TempDir::new().expect("a folder");
    let path = folder.path().join("a.assess");
    let whole = std::fs::read_to_string(FILE).expect("the file");
    let mistakes = |expect: &str| {
        std::fs::write(&path, format!("{whole}\n{expect}\n")).expect("a file");
        let run = crate::cli::assess(&["check", path.to_str().expect("UTF-8")]);
        let lines = run.out.lines().filter(|l| l.starts_with("error["));
        let found = lines.count();
        (
            found,
            run.out.split_whitespace().collect::<Vec<_>>().join(" "),
        )
    };
    for demand in ["at most 3", "below 3", "at least 2.5"] {
        let (found, said) = mistakes(&format!("expect growth in y2025: {demand}"));
        assert_eq!(found, 1, "{said}");
        assert!(said.contains("which of its numbers is meant"), "{said}");
        let each = [
            format!("expect median of growth in y2025: {demand}"),
            format!("expect growth {demand} in y2025: at least 80%"),
        ];
        for write in each {
            assert!(said.replace("│ ", "").contains(&write), "{said}");
            // What it says to write is read.
            assert_eq!(mistakes(&write).0, 0, "{write}");
        }
    }
    // A percentage is a chance, which is another mistake.
    let (found, said) = mistakes("expect growth in y2025: at most 3%");
    assert!(
        found == 1 && said.contains("is a quantity, and an outcome"),
        "{said}"
    );
}
