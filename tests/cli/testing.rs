//! `assess test`: claims, stored verdicts, coverage, in every format.

mod formats;
mod stored;

use super::{Run, assess, assess_with, at, folder};
use assess::cli::Status;
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

const FOLDER: &str = "tests/suite/test";
const CLAIMS: &str = "tests/suite/test/claims.assess";

/// Runs `assess test`.
fn test(arguments: &[&str]) -> Run {
    assess(&[&["test"], arguments].concat())
}

/// Runs it for JSON.
fn json(arguments: &[&str]) -> Value {
    let run = test(&[arguments, &["--format=json"]].concat());
    serde_json::from_str(&run.out).unwrap_or_else(|e| panic!("{e}: {}{}", run.out, run.err))
}

/// The status of each test by its name.
fn statuses(report: &Value) -> Vec<(&str, &str)> {
    let tests = report["tests"].as_array().expect("a list");
    tests
        .iter()
        .map(|t| {
            (
                t["name"].as_str().expect("a name"),
                t["status"].as_str().expect("a status"),
            )
        })
        .collect()
}

/// A text without the folder's own path, which is another on each run.
fn without(folder: &TempDir, text: &str) -> String {
    text.replace(&format!("{}/", folder.path().display()), "")
}

#[test]
fn a_line_for_each_test_and_failures_in_full() {
    let run = test(&[FOLDER, "--coverage"]);
    assert_eq!((run.status, run.err.as_str()), (Status::Found, ""));
    insta::assert_snapshot!(run.out);
    let quiet = test(&[FOLDER, "--quiet"]);
    assert!(!quiet.out.contains("PASS"));
    assert!(quiet.out.starts_with("FAIL   broken::file\n"));
    let arguments = ["test", FOLDER];
    let coloured = assess_with(&arguments, b"", true).out;
    assert!(coloured.contains("\u{1b}[32mPASS"));
    let plain = anstream::adapter::strip_str(&coloured).to_string();
    assert_eq!(plain, assess(&arguments).out);
}

#[test]
fn a_filter_takes_tests_by_a_part_of_their_names() {
    let report = json(&[CLAIMS, "--filter", "::bet::", "--filter", "closed in"]);
    assert_eq!(
        statuses(&report),
        [
            ("claims::expect::closed in short: leads", "passed"),
            ("claims::bet::Not this summer", "passed"),
            ("claims::bet::Surely by the end", "failed"),
        ]
    );
    let good = test(&[CLAIMS, "--filter=Not this summer"]);
    assert_eq!((good.status, good.err.as_str()), (Status::Done, ""));
    let none = test(&[CLAIMS, "--filter", "nobody"]);
    assert_eq!(none.status, Status::Failed);
    assert_eq!(none.err, "error: no test's name holds `nobody`\n");
    // What tests a broken file has nobody knows: it fails unless another file is meant.
    let others = json(&[FOLDER, "--filter=claims::verdict"]);
    assert_eq!(statuses(&others), [("claims::verdict", "new")]);
    let broken = json(&[FOLDER, "--filter=broken::expect::x"]);
    assert_eq!(statuses(&broken), [("broken::file", "failed")]);
    let broken = json(&[FOLDER, "--filter=::verdict"]);
    assert_eq!(
        statuses(&broken),
        [("broken::file", "failed"), ("claims::verdict", "new")]
    );
}

#[test]
fn files_are_told_apart_by_their_paths_where_names_are_alike() {
    let text = fs::read_to_string(CLAIMS).expect("the file");
    let folder = folder(&[
        ("a/x.assess", &text),
        ("b/x.assess", &text),
        ("y.assess", &text),
    ]);
    let report = json(&[folder.path().to_str().expect("UTF-8"), "--filter=verdict"]);
    let names: Vec<String> = statuses(&report)
        .iter()
        .map(|(name, _)| without(&folder, name))
        .collect();
    assert_eq!(names, ["a/x::verdict", "b/x::verdict", "y::verdict"]);
    let all = json(&[folder.path().to_str().expect("UTF-8")]);
    let all = statuses(&all);
    let names: BTreeSet<&str> = all.iter().map(|(name, _)| *name).collect();
    assert_eq!(names.len(), all.len());
}

#[test]
fn what_cannot_be_read_is_2_and_keeps_nobody_back() {
    let run = test(&["none.assess", CLAIMS, "--filter=Not this summer"]);
    assert_eq!(run.status, Status::Failed);
    assert_eq!(run.err, "error: there is no file or folder `none.assess`\n");
    assert!(run.out.contains("PASS   claims::bet::Not this summer"));
    let run = test(&["--locked", "--accept"]);
    assert_eq!(run.status, Status::Failed);
}

#[test]
fn standard_input_has_a_stored_verdict_only_under_a_name() {
    let text = fs::read("tests/suite/lint/sound.assess").expect("the file");
    let run = assess_with(&["test", "-", "--format=json"], &text, false);
    assert!(!run.out.contains("::verdict"), "{}{}", run.out, run.err);
    let named = ["test", "-", "--stdin-name=x.assess", "--format=json"];
    let run = assess_with(&named, &text, false);
    assert!(run.out.contains("x::verdict"), "{}{}", run.out, run.err);
    assert!(!Path::new("x.verdict").exists());
}

/// What is exercised, by kind and name, of a file that ends in these lines.
fn exercised(tail: &str) -> BTreeSet<String> {
    let text = fs::read_to_string(CLAIMS).expect("the file");
    let (head, _) = text.split_once("bet ").expect("bets");
    let folder = folder(&[("a.assess", &format!("{head}{tail}\n"))]);
    let report = json(&[&at(&folder, "a.assess"), "--coverage"]);
    let parts = report["coverage"][0]["parts"].as_array().expect("a list");
    assert_eq!(parts.len(), 8, "{parts:#?}");
    let by = parts.iter().filter(|p| p["by"] != Value::Array(Vec::new()));
    by.map(|p| format!("{} {}", p["kind"], p["name"]).replace('"', ""))
        .collect()
}

#[test]
fn coverage_is_what_the_page_says() {
    let of = |list: &[&str]| -> BTreeSet<String> { list.iter().map(ToString::to_string).collect() };
    assert_eq!(exercised(""), of(&[]));
    // A plain question about an outcome singles nothing out.
    assert_eq!(exercised("expect open by long: at least 1%"), of(&[]));
    assert_eq!(
        exercised("expect storm by long: at least 1%"),
        of(&["event storm"])
    );
    // A change brings what its `when` names.
    assert_eq!(
        exercised("expect relief by long: at least 0%"),
        of(&["change relief", "event grant"])
    );
    // What is given must bring about `repair`, and puts a row of `strike` in force.
    assert_eq!(
        exercised("expect open by long given storm: at least 1%"),
        of(&["event storm", "change repair", "row strike given storm"])
    );
    assert_eq!(
        exercised("expect open by long given not storm: at least 1%"),
        of(&["event storm", "row strike otherwise"])
    );
    // A storm's chance does not rest on strikes.
    assert_eq!(
        exercised("expect grant by long given storm: at least 0%"),
        of(&["event grant", "event storm", "change repair"])
    );
    // A scenario names what it sets, whose rows it overrules.
    assert_eq!(
        exercised("expect open by long under calm: above open by long"),
        of(&["scenario calm", "event storm", "event strike"])
    );
    assert_eq!(
        exercised("expect open by long: below open by long given grant"),
        of(&["event grant", "change relief"])
    );
}
