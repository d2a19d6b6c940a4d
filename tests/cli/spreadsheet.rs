//! CSV, wherever it is written: fit for a spreadsheet, or as it is.

use super::repository::Repository;
use super::{assess, at, folder, printed};
use assess::cli::Status;
use std::collections::BTreeMap;

const FORMULA: &str = "tests/suite/ops/formula.assess";
const ALLIANCE: &str = "tests/suite/eval/alliance.assess";

/// The rows of a CSV without line breaks in cells, by column.
fn rows(csv: &str) -> Vec<BTreeMap<String, String>> {
    let cells = |line: &str| -> Vec<String> {
        let mut cells = vec![String::new()];
        let mut within = false;
        for c in line.chars() {
            match c {
                '"' => within = !within,
                ',' if !within => cells.push(String::new()),
                c => cells.last_mut().expect("a cell").push(c),
            }
        }
        cells
    };
    let mut lines = csv.lines();
    let head = cells(lines.next().expect("a head"));
    let each = lines.map(|line| head.iter().cloned().zip(cells(line)).collect());
    each.collect()
}

/// Whether a spreadsheet would take a cell for a formula.
fn is_formula(cell: &str) -> bool {
    cell.parse::<f64>().is_err() && cell.trim_start().starts_with(['=', '+', '-', '@'])
}

#[test]
fn no_cell_is_a_formula_unless_programs_ask_for_it() {
    for arguments in [
        &["--format=csv"][..],
        &["--csv=safe"],
        &["--format=csv", "--csv=excel"],
    ] {
        let csv = printed(&[&["eval", FORMULA], arguments].concat());
        assert!(csv.contains(",'=HYPERLINK(A1),"), "{csv}");
        let cells: Vec<String> = rows(&csv)
            .into_iter()
            .flat_map(BTreeMap::into_values)
            .collect();
        assert!(!cells.iter().any(|cell| is_formula(cell)), "{csv}");
        let is_marked = csv.starts_with('\u{feff}');
        assert_eq!(is_marked, arguments.contains(&"--csv=excel"));
    }
    for arguments in [&["--csv=raw"][..], &["--csv", "raw", "--format", "csv"]] {
        let csv = printed(&[&["eval", FORMULA], arguments].concat());
        assert!(csv.contains(",=HYPERLINK(A1),"), "{csv}");
        assert!(csv.starts_with("file,"));
    }
    let run = assess(&["eval", FORMULA, "--csv=raw", "--format=json"]);
    assert_eq!(run.status, Status::Failed);
    assert!(run.err.contains("`--csv` writes CSV"), "{}", run.err);
}

#[test]
fn file_names_and_commits_are_texts_too() {
    let repository = Repository::new();
    let text = std::fs::read_to_string(FORMULA).expect("the file");
    repository.write("=a.assess", &text);
    repository.commit("2025-03-01", "=cmd|' /C calc'!A0");
    let csv = repository.printed(&["log", "=a.assess", "--format=csv"]);
    assert!(csv.contains(",'=cmd|"), "{csv}");
    let all: Vec<String> = rows(&csv)
        .into_iter()
        .flat_map(BTreeMap::into_values)
        .collect();
    assert!(!all.iter().any(|cell| is_formula(cell)), "{csv}");
    let raw = repository.printed(&["log", "=a.assess", "--csv=raw"]);
    assert!(
        raw.contains(",=cmd|") && raw.contains(",=a.assess,"),
        "{raw}"
    );
    let folder = folder(&[("-b.assess", &text)]);
    let csv = printed(&["eval", &at(&folder, "-b.assess"), "--csv=raw"]);
    assert!(csv.contains("-b.assess"));
}

#[test]
fn negative_numbers_stay_numbers() {
    let run = assess(&[
        "eval",
        ALLIANCE,
        "--format=csv",
        "--draws=0",
        "--set",
        "not ceasefire",
    ]);
    let points: Vec<f64> = rows(&run.out)
        .iter()
        .filter_map(|row| row["points"].parse().ok())
        .collect();
    assert!(points.iter().any(|p| *p < 0.0), "{}", run.out);
}

#[test]
fn events_changes_and_scenarios_have_lines() {
    let csv = assess(&["eval", ALLIANCE, "--format=csv", "--draws=0"]).out;
    let json = assess(&["eval", ALLIANCE, "--format=json", "--draws=0"]).out;
    let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    let json = &json["assessments"][0];
    let rows = rows(&csv);
    let found = |kind: &str, name: &str, horizon: &str, outcome: &str| {
        let row = rows.iter().find(|row| {
            row["kind"] == kind
                && row["name"] == name
                && row["horizon"] == horizon
                && row["outcome"] == outcome
        });
        row.unwrap_or_else(|| panic!("no {kind} {name} {horizon} {outcome} in\n{csv}"))["probability"]
            .parse::<f64>()
            .ok()
    };
    let text = |value: &serde_json::Value| value.as_str().expect("text").to_owned();
    let list = |value: &serde_json::Value| value.as_array().expect("a list").clone();
    let mut seen = 0;
    for event in list(&json["events"]) {
        for at in list(&event["horizons"]) {
            let row = found("event", &text(&event["id"]), &text(&at["id"]), "");
            // One without a stated chance has none.
            assert_eq!(row.unwrap_or(0.0), at["chance"].as_f64().unwrap_or(0.0));
            seen += 1;
        }
    }
    for change in list(&json["changes"]) {
        for at in list(&change["horizons"]) {
            let (name, horizon) = (text(&change["id"]), text(&at["id"]));
            assert_eq!(found("change", &name, &horizon, ""), at["chance"].as_f64());
            for given in at["given"].as_array().into_iter().flatten() {
                let row = found("given", &name, &horizon, &text(&given["id"]));
                assert_eq!(row, given["probability"].as_f64());
                seen += 1;
            }
        }
    }
    for scenario in list(&json["scenarios"]) {
        for at in list(&scenario["horizons"]) {
            for outcome in list(&at["outcomes"]) {
                let (name, horizon) = (text(&scenario["id"]), text(&at["id"]));
                let row = found("scenario", &name, &horizon, &text(&outcome["id"]));
                assert_eq!(row, outcome["probability"].as_f64());
                seen += 1;
            }
        }
    }
    assert!(seen > 20, "{seen}");
}
