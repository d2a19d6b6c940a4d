//! `assess log`: the story of a file, told from its repository.

use super::is_as_its_schema_says;
use super::repository::{Repository, story};
use serde_json::Value;
use std::fs;

#[test]
fn six_revisions_tell_their_story() {
    let repository = story();
    let told = repository.printed(&["log", "bridge.assess"]);
    insta::assert_snapshot!("story", told);
    let page = fs::read_to_string("docs/upkeep.md").expect("the page");
    let shown = told.split("\n\n2025-03-12").next().expect("a beginning");
    assert!(page.contains(shown), "docs/upkeep.md shows another story");
    let over_time = told.split("Over time\n").nth(1).expect("an end");
    assert!(
        page.contains(over_time),
        "docs/upkeep.md shows another story"
    );

    let narrow = ["log", "bridge.assess", "--outcome=open", "--horizon=year"];
    let ascii = repository.printed(&[&narrow[..], &["--ascii", "--max=4"]].concat());
    insta::assert_snapshot!("ascii", ascii);
    let csv = repository.printed(&[&narrow[..], &["--format=csv"]].concat());
    insta::assert_snapshot!("csv", csv);
}

#[test]
fn colour_adds_nothing_but_colour() {
    let repository = story();
    let coloured = repository.printed(&["log", "bridge.assess", "--color=always"]);
    assert!(coloured.contains("\u{1b}[31m"));
    let plain = anstream::adapter::strip_str(&coloured).to_string();
    assert_eq!(plain, repository.printed(&["log", "bridge.assess"]));
}

#[test]
fn revisions_compared_in_pairs_tell_the_same_story() {
    let repository = story();
    let mut told = String::new();
    for range in [
        "HEAD~6..HEAD~5",
        "HEAD~5..HEAD~4",
        "HEAD~4..HEAD~3",
        "HEAD~3..HEAD~2",
        "HEAD~2..HEAD~1",
        "HEAD~2..HEAD",
    ] {
        let output = repository.assess(&["diff", "bridge.assess", "--rev", range]);
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let code = output.status.code().expect("it ends");
        assert_eq!(code, i32::from(range == "HEAD~2..HEAD~1"), "{range}");
        told += &format!(
            "=== {range}\n{}{}\n",
            text(&output.stdout),
            text(&output.stderr)
        );
    }
    insta::assert_snapshot!("pairs", told);
    // As a whole, whatever lies between.
    let whole = ["diff", "bridge.assess", "--rev=HEAD~6", "--format=json"];
    let whole: Value = serde_json::from_str(&repository.printed(&whole)).expect("JSON");
    let edits = whole["edits"].as_array().expect("a list");
    assert_eq!(edits.len(), 4, "{edits:#?}");
}

#[test]
fn a_long_history_is_cut_to_what_fits() {
    let repository = story();
    let text = fs::read_to_string(repository.path("bridge.assess")).expect("the file");
    for i in 1..=60 {
        let chance = format!("{}% per year", 30 + i % 7 * 9);
        repository.write("bridge.assess", &text.replace("30% per year", &chance));
        repository.git(
            "2025-07-01",
            &["commit", "-q", "-a", "-m", &format!("Try {i}")],
        );
    }
    let told = repository.printed(&["log", "bridge.assess", "--max=57", "--outcome=open"]);
    let (_, over_time) = told.split_once("Over time").expect("an end");
    insta::assert_snapshot!("long", over_time);
    assert!(
        told.lines().all(|line| line.chars().count() <= 80),
        "{told}"
    );
    assert!(told.contains("the last 57 of 67 commits"), "{told}");
    assert!(
        told.contains("Try 4\n") && !told.contains("Try 3\n"),
        "{told}"
    );
    // The first that is shown is compared with one that is not.
    let first = told.split("\n\n").nth(1).expect("a revision");
    assert!(first.contains("`strike`: "), "{first}");
}

fn json(repository: &Repository, arguments: &[&str]) -> Value {
    let all = [&["log", "--format=json"], arguments].concat();
    let report: Value = serde_json::from_str(&repository.printed(&all)).expect("JSON");
    is_as_its_schema_says("log", &report);
    report
}

/// The numbers of a revision by horizon and outcome.
fn numbers(revision: &Value) -> Vec<(String, String, f64)> {
    let text = |v: &Value| v.as_str().expect("a text").to_owned();
    let mut all = Vec::new();
    for horizon in revision["horizons"].as_array().expect("a list") {
        for outcome in horizon["outcomes"].as_array().expect("a list") {
            let p = outcome["probability"].as_f64().expect("a number");
            all.push((text(&horizon["id"]), text(&outcome["id"]), p));
        }
    }
    all
}

#[test]
fn shares_sum_to_each_move_and_verdicts_are_those_of_eval() {
    let repository = story();
    let report = json(&repository, &["bridge.assess"]);
    let revisions = report["revisions"].as_array().expect("a list");
    let states: Vec<&str> = revisions
        .iter()
        .filter_map(|r| r["state"].as_str())
        .collect();
    let mut expected = ["sound"; 7];
    expected[5] = "broken";
    assert_eq!(states, expected);
    assert_eq!(revisions[5]["errors"], 1);
    assert_eq!(revisions[3]["renamed_from"], "draft.assess");
    let mut last: Option<&Value> = None;
    for revision in revisions.iter().filter(|r| r["state"] == "sound") {
        let Some(before) = last.replace(revision) else {
            assert_eq!(revision["moved"], Value::Null);
            continue;
        };
        let moved = &revision["moved"];
        assert_eq!(moved["since"], before["commit"]["hash"]);
        for ((h, o, old), (_, _, new)) in numbers(before).into_iter().zip(numbers(revision)) {
            let edits = moved["edits"].as_array().expect("a list").iter();
            let shares = edits.flat_map(|e| e["shares"].as_array().expect("a list"));
            let own = shares.filter(|s| s["horizon"] == h.as_str() && s["outcome"] == o.as_str());
            let sum: f64 = own.filter_map(|s| s["points"].as_f64()).sum();
            assert!((sum - 100.0 * (new - old)).abs() < 1e-6, "{h} {o}: {sum}");
        }
    }
    // At each commit the verdict is what `eval` says of the text that was there.
    for revision in revisions.iter().filter(|r| r["state"] == "sound") {
        let hash = revision["commit"]["hash"].as_str().expect("a hash");
        repository.git("2025-07-01", &["checkout", "-q", hash]);
        let file = revision["file"].as_str().expect("a name");
        let eval = repository.printed(&["eval", "--format=json", "--draws=0", file]);
        let eval: Value = serde_json::from_str(&eval).expect("JSON");
        let (then, now) = (numbers(revision), numbers(&eval["assessments"][0]));
        assert_eq!(then.len(), now.len());
        for (then, now) in then.iter().zip(&now) {
            assert_eq!((&then.0, &then.1), (&now.0, &now.1));
            assert!((then.2 - now.2).abs() < 1e-12, "{then:?} {now:?}");
        }
    }
}

#[test]
fn later_evidence_does_not_count_as_of_an_earlier_day() {
    let repository = story();
    let report = json(&repository, &["bridge.assess", "--as-of=2025-03-05"]);
    assert_eq!(report["as_of"], "2025-03-05");
    let revisions = report["revisions"].as_array().expect("a list");
    let edits = |i: usize| revisions[i]["moved"]["edits"].as_array().map(Vec::len);
    // The vote was five days off, and where all look from one day no time passes.
    assert_eq!((edits(1), edits(2)), (Some(1), Some(0)));
    assert_eq!(numbers(&revisions[1]), numbers(&revisions[2]));
    let left_out = revisions[2]["left_out"].as_array().expect("a list");
    assert_eq!(
        left_out,
        &["evidence dated after 2025-03-05 is left out: 1 for `money`"]
    );
    let last = revisions[6]["moved"]["edits"].to_string();
    assert!(
        last.contains("`money`") && !last.contains("time passed"),
        "{last}"
    );
    // Before all of it, the factor stands without evidence on both sides.
    let report = json(&repository, &["bridge.assess", "--as-of=2025-02-01"]);
    let revisions = report["revisions"].as_array().expect("a list");
    assert_eq!(numbers(&revisions[1]), numbers(&revisions[6]));
}

#[test]
fn a_renamed_outcome_is_the_same_outcome() {
    let repository = story();
    for (day, old, new) in [
        ("2025-06-02", "open", "opened"),
        ("2025-06-03", "year", "december"),
        ("2025-06-04", "closed", "open"),
        ("2025-06-05", "opened", "walkable"),
    ] {
        repository.printed(&["mv", old, new, "bridge.assess"]);
        repository.commit(day, &format!("Call {old} {new}"));
    }
    let narrow = [
        "log",
        "bridge.assess",
        "--outcome=walkable",
        "--horizon=december",
    ];
    let told = repository.printed(&narrow);
    insta::assert_snapshot!("renamed", told);
    let report = json(&repository, &["bridge.assess"]);
    let first = numbers(&report["revisions"][0]);
    let names: Vec<&str> = first.iter().take(3).map(|n| n.1.as_str()).collect();
    assert_eq!(names, ["open", "partly", "walkable"]);
}

#[test]
fn what_is_not_committed_comes_last() {
    let repository = story();
    let text = fs::read_to_string(repository.path("bridge.assess")).expect("the file");
    let count = |name: &str| {
        let report = json(&repository, &[name]);
        let revisions = report["revisions"].as_array().expect("a list").clone();
        (revisions.len(), revisions[revisions.len() - 1].clone())
    };
    // Line ends are git's business.
    repository.write("bridge.assess", &text.replace('\n', "\r\n"));
    assert_eq!(count("bridge.assess").0, 7);
    repository.write(
        "bridge.assess",
        &text.replace("30% per year", "60% per year"),
    );
    let (number, last) = count("bridge.assess");
    assert_eq!((number, &last["commit"]), (8, &Value::Null));
    let edits = last["moved"]["edits"].to_string();
    assert!(edits.contains("`strike`"), "{edits}");
    repository.write("bridge.assess", "outcome {\n");
    assert_eq!(count("bridge.assess").1["state"], "broken");
    fs::remove_file(repository.path("bridge.assess")).expect("it is there");
    let (number, last) = count("bridge.assess");
    assert_eq!((number, &last["state"]), (8, &Value::from("gone")));
    repository.commit("2025-06-02", "Drop it");
    let (number, last) = count("bridge.assess");
    assert_eq!((number, &last["state"]), (8, &Value::from("gone")));
    let told = repository.printed(&["log", "bridge.assess", "--max=2"]);
    insta::assert_snapshot!("gone", told);
}

#[cfg(unix)]
#[test]
fn a_link_out_of_the_repository_cannot_be_read() {
    let repository = story();
    let path = repository.path("bridge.assess");
    let text = fs::read_to_string(&path).expect("the file");
    fs::remove_file(&path).expect("it is there");
    std::os::unix::fs::symlink("../nowhere.assess", &path).expect("a link");
    repository.commit("2025-06-02", "Link to what nobody has");
    fs::remove_file(&path).expect("it is there");
    repository.write("bridge.assess", &text);
    let report = json(&repository, &["bridge.assess"]);
    let revisions = report["revisions"].as_array().expect("a list");
    assert_eq!(
        (revisions.len(), &revisions[7]["state"]),
        (9, &Value::from("broken"))
    );
    assert_eq!(
        revisions[7]["first_error"],
        "there is no file or folder `bridge.assess`"
    );
    // Compared with the last that had a verdict, it says the same.
    let moved = &revisions[8]["moved"];
    assert_eq!(moved["since"], revisions[6]["commit"]["hash"]);
    assert_eq!(moved["edits"], Value::Array(Vec::new()));
}

const SHARED: &str = "event ceasefire \"It is quiet\" { chance: 20% by 2025-12-31 }\n";
const USER: &str = r#"assessment "Will it last?" { as of: 2025-03-01 }
use "shared/europe.assess": ceasefire
horizon long: 0 to 18 months
outcome stay
final outcome exit
prior { exit: 25% by long, stay: rest }
change peace { when: ceasefire, weight against exit: strong }
"#;

#[test]
fn commits_that_touch_only_a_used_file_count_too() {
    let repository = Repository::new();
    repository.write("deep/shared/europe.assess", SHARED);
    repository.commit("2025-01-01", "Before there is anybody to use it");
    repository.write("deep/a.assess", USER);
    repository.commit("2025-01-02", "Use it");
    repository.write("deep/shared/europe.assess", &SHARED.replace("20%", "50%"));
    repository.commit("2025-01-03", "Hope for peace");
    repository.write("deep/other.assess", USER);
    repository.commit("2025-01-04", "Something else");
    repository.git("2025-01-05", &["mv", "deep/a.assess", "b.assess"]);
    let text = USER
        .replace("shared/", "deep/shared/")
        .replace("strong", "weak");
    repository.write("b.assess", &text);
    repository.commit("2025-01-05", "Move it, and weigh it less");
    repository.write("deep/shared/europe.assess", &SHARED.replace("20%", "60%"));
    repository.commit("2025-01-06", "Hope for more");
    let told = repository.printed(&["log", "b.assess"]);
    insta::assert_snapshot!("used", told);
}

#[test]
fn what_cannot_be_told_is_said() {
    let repository = story();
    repository.write("new.assess", "outcome a\n");
    for (arguments, said) in [
        (
            &["new.assess"][..],
            "error: no commit has a file `new.assess`\n",
        ),
        (
            &["none.assess"],
            "error: no commit has a file `none.assess`\n",
        ),
        (
            &["."],
            "error: `.` is a folder; name one of its files: `bridge.assess`, `new.assess`\n",
        ),
        (
            &["bridge.assess", "--outcome=opne"],
            "error: no revision has an outcome `opne`; did you mean `open`?\n",
        ),
        (
            &["bridge.assess", "--horizon=winter"],
            "error: no revision has a horizon `winter`\n",
        ),
    ] {
        assert_eq!(repository.refused(&[&["log"], arguments].concat()), said);
    }
    let outside = tempfile::tempdir().expect("a folder");
    let path = outside.path().join("a.assess");
    fs::write(&path, "outcome a\n").expect("a file");
    let said = repository.refused(&["log", path.to_str().expect("UTF-8")]);
    assert!(said.ends_with("lies in no git repository\n"), "{said}");
    let empty = Repository::new();
    empty.write("a.assess", "outcome a\n");
    let said = empty.refused(&["log", "a.assess"]);
    assert_eq!(said, "error: no commit has a file `a.assess`\n");
}

#[test]
fn a_shallow_clone_says_so() {
    let repository = story();
    let clone = Repository::new();
    let from = format!("file://{}", repository.folder().display());
    clone.git("2025-07-01", &["clone", "-q", "--depth=2", &from, "c"]);
    let output = clone.assess(&["log", "c/bridge.assess", "--outcome=open"]);
    let said = String::from_utf8(output.stderr).expect("UTF-8");
    assert_eq!(
        said,
        "note: this clone is shallow, and what came before is not here\n"
    );
    let told = String::from_utf8(output.stdout).expect("UTF-8");
    assert!(told.contains("c/bridge.assess · 2 commits"), "{told}");
    assert!(told.contains("broken: 1 error in line"), "{told}");
}
