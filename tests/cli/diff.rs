//! `assess diff`: two files, revisions, a diff driver.

use super::repository::Repository;
use super::{Run, assess, assess_with, is_as_its_schema_says, printed};
use assess::cli::Status;
use serde_json::Value;
use std::fs;
use std::path::Path;

const OLD: &str = "tests/suite/diff/march.assess";
const NEW: &str = "tests/suite/diff/june.assess";

fn diff(arguments: &[&str]) -> String {
    printed(&[&["diff"], arguments].concat())
}

#[test]
fn two_files() {
    insta::assert_snapshot!("two_files", diff(&[OLD, NEW]));
    insta::assert_snapshot!("markdown", diff(&[OLD, NEW, "--format=markdown"]));
    insta::assert_snapshot!("same", diff(&[OLD, OLD]));
}

#[test]
fn what_has_nothing_in_common_is_listed() {
    let text = diff(&[
        "assessments/enso.assess",
        "assessments/spf-recession.assess",
    ]);
    assert!(
        text.contains("What was edited\n") && !text.contains("moved nothing"),
        "{text}"
    );
    assert!(
        text.lines().all(|line| line.chars().count() <= 80),
        "{text}"
    );
}

#[test]
fn colour_adds_nothing_but_colour() {
    let coloured = assess_with(&["diff", OLD, NEW], b"", true).out;
    assert!(coloured.contains("\u{1b}[1m"));
    let plain = anstream::adapter::strip_str(&coloured).to_string();
    assert_eq!(plain, diff(&[OLD, NEW]));
}

#[test]
fn json_is_as_its_schema_says_and_sums() {
    let report: Value = serde_json::from_str(&diff(&[OLD, NEW, "--format=json"])).expect("JSON");
    is_as_its_schema_says("diff", &report);
    let list = |value: &Value| value.as_array().expect("a list").clone();
    let mut sums = 0;
    for horizon in list(&report["horizons"]) {
        for outcome in list(&horizon["outcomes"]) {
            let Some(points) = outcome["points"].as_f64() else {
                continue;
            };
            let edits = list(&report["edits"]);
            let shares = edits.iter().flat_map(|e| list(&e["shares"]));
            let here =
                shares.filter(|s| s["horizon"] == horizon["id"] && s["outcome"] == outcome["id"]);
            let sum: f64 = here.filter_map(|s| s["points"].as_f64()).sum();
            assert!((sum - points).abs() < 1e-7, "{sum} {points}");
            sums += 1;
        }
    }
    assert_eq!(sums, 4);
    for edit in list(&report["edits"]) {
        for part in list(&edit["parts"]) {
            for (side, file) in [("old", OLD), ("new", NEW)] {
                if let Some(line) = part[side]["line"].as_u64() {
                    assert_eq!(part[side]["file"], file);
                    let text = fs::read_to_string(file).expect("the file");
                    assert!(text.lines().count() as u64 >= line);
                }
            }
        }
    }
}

#[test]
fn standard_input_is_a_side() {
    let new = fs::read(NEW).expect("the file");
    let arguments = ["diff", OLD, "-", "--stdin-name", NEW];
    let run = assess_with(&arguments, &new, false);
    assert_eq!(run.out, diff(&[OLD, NEW]));
    let both = assess(&["diff", "-", "-"]);
    assert_eq!(both.status, Status::Failed);
}

#[test]
fn what_cannot_be_compared_is_said() {
    let fails = |arguments: &[&str], status: Status, says: &str| {
        let run = assess(&[&["diff"], arguments].concat());
        assert_eq!(
            (run.status, run.out.as_str()),
            (status, ""),
            "{arguments:?}"
        );
        assert!(run.err.contains(says), "{arguments:?}: {}", run.err);
    };
    let broken = "tests/suite/diff/broken.assess";
    fails(
        &[OLD, broken],
        Status::Found,
        "`tests/suite/diff/broken.assess` has a mistake, and so no verdict",
    );
    fails(&[broken, NEW], Status::Found, "sum-not-one");
    fails(
        &["examples/shared.assess", NEW],
        Status::Failed,
        "is made for `use`",
    );
    fails(&["none.assess", NEW], Status::Failed, "there is no file");
    fails(&["-"], Status::Failed, "compare standard input with");
    fails(&[OLD, NEW, OLD], Status::Failed, "name two files");
    fails(
        &[OLD, NEW, "--rev=HEAD"],
        Status::Failed,
        "`--rev` takes one file",
    );
    fails(&[OLD, "--rev=a...b"], Status::Failed, "git merge-base");
    fails(&["--git", OLD, NEW], Status::Failed, "diff.assess.command");
}

/// The day of every commit.
const DAY: &str = "2025-03-01";

/// Commits a file, under a tag.
fn commit(repository: &Repository, name: &str, text: &str, message: &str) {
    repository.write(name, text);
    repository.commit(DAY, message);
    repository.git(DAY, &["tag", message]);
}

/// Compares a file's revisions, without the folder's own path in what is said.
fn revisions(repository: &Repository, name: &str, rev: &str) -> Run {
    let top = repository.folder().canonicalize().expect("a folder");
    let file = top.join(name);
    let mut run = assess(&["diff", &file.to_string_lossy(), "--rev", rev]);
    let top = format!("{}/", top.display());
    run.out = run.out.replace(&top, "");
    run.err = run.err.replace(&top, "");
    run
}

/// A weight changed, evidence added, the file renamed, reformatted, broken, `as of` moved.
fn six_revisions() -> Repository {
    let repository = Repository::new();
    let mut text = fs::read_to_string(OLD).expect("the file");
    let mut change = |old: &str, new: &str| {
        assert_eq!(text.matches(old).count(), 1, "{old}");
        text = text.replace(old, new);
        text.clone()
    };
    let first = change("weight for opens: 3:1", "weight for opens: 2:1");
    commit(&repository, "bridge.assess", &first, "begun");
    let weight = change("weight for opens: 2:1", "weight for opens: 5:1");
    commit(&repository, "bridge.assess", &weight, "weight");
    let evidence = change(
        "rated: C3 }\n",
        "rated: C3 }\n  evidence \"The last bolt is in\" { source: \"The builder\", rated: B1, dated: 2025-02-20 }\n",
    );
    commit(&repository, "bridge.assess", &evidence, "evidence");
    repository.git(DAY, &["mv", "bridge.assess", "opening.assess"]);
    repository.git(DAY, &["commit", "-q", "-m", "renamed"]);
    repository.git(DAY, &["tag", "renamed"]);
    let layout = format!("# laid out anew\n{}", evidence.replace("\n\n", "\n\n\n"));
    commit(&repository, "opening.assess", &layout, "layout");
    commit(
        &repository,
        "opening.assess",
        &evidence.replace("opens: 30%", "opens: 3000%"),
        "broken",
    );
    let later = change("as of: 2025-03-01", "as of: 2025-06-01");
    commit(&repository, "opening.assess", &later, "later");
    repository
}

#[test]
fn revisions_are_told_right() {
    let repository = six_revisions();
    let mut told = String::new();
    for range in [
        "begun..weight",
        "weight..evidence",
        "evidence..renamed",
        "renamed..layout",
        "layout..later",
        "begun..later",
    ] {
        let run = revisions(&repository, "opening.assess", range);
        assert_eq!(
            (run.status, run.err.as_str()),
            (Status::Done, ""),
            "{range}"
        );
        told += &format!("$ assess diff opening.assess --rev {range}\n{}\n", run.out);
    }
    let run = revisions(&repository, "opening.assess", "layout..broken");
    assert_eq!(run.status, Status::Found);
    told += &format!(
        "$ assess diff opening.assess --rev layout..broken\n{}",
        run.err
    );
    insta::assert_snapshot!("revisions", told);
    // Against the file as it lies there.
    let later = revisions(&repository, "opening.assess", "begun").out;
    let ends = |text: &str| text.lines().skip(2).map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(
        ends(&later),
        ends(
            &revisions(&repository, "opening.assess", "begun..later")
                .out
                .replace(" at later", "")
        )
    );
    let to_head = revisions(&repository, "opening.assess", "begun..");
    assert!(
        to_head
            .out
            .contains("bridge.assess at begun → opening.assess at HEAD"),
        "{}",
        to_head.out
    );
}

#[test]
fn revisions_that_are_not_there_are_said() {
    let repository = six_revisions();
    for (name, rev, says) in [
        (
            "opening.assess",
            "nowhere",
            "there is no revision `nowhere`",
        ),
        ("other.assess", "begun", "there is no file"),
        (
            "opening.assess",
            "begun..nowhere",
            "there is no revision `nowhere`",
        ),
    ] {
        let run = revisions(&repository, name, rev);
        assert_eq!((run.status, run.out.as_str()), (Status::Failed, ""));
        assert!(run.err.contains(says), "{}", run.err);
    }
}

#[test]
fn git_shows_the_moves_through_the_driver() {
    let repository = six_revisions();
    repository.write(".gitattributes", "*.assess diff=assess\n");
    let binary = Path::new(env!("CARGO_BIN_EXE_assess"))
        .to_string_lossy()
        .replace('\\', "/");
    let command = format!("'{binary}' diff --git");
    repository.git(DAY, &["config", "diff.assess.command", &command]);
    insta::assert_snapshot!("driver", repository.git(DAY, &["diff", "begun", "weight"]));
    let renamed = repository.git(DAY, &["diff", "-M", "evidence", "layout"]);
    assert!(
        renamed.contains("bridge.assess → opening.assess"),
        "{renamed}"
    );
    assert!(renamed.contains("The verdict has not moved"), "{renamed}");
    let broken = repository.git(DAY, &["diff", "layout", "broken"]);
    assert!(
        broken.contains("`opening.assess` has a mistake, and so no verdict to compare"),
        "{broken}"
    );
    assert!(broken.contains("opens: 3000%"), "{broken}");
    // With `log -p`, where the first revision has no forerunner.
    let log = repository.git(
        DAY,
        &[
            "log",
            "-p",
            "--ext-diff",
            "--reverse",
            "--format=%s",
            "weight",
        ],
    );
    assert!(log.contains("bridge.assess is new"), "{log}");
    fs::remove_file(repository.path("opening.assess")).expect("it is there");
    assert!(
        repository
            .git(DAY, &["diff"])
            .contains("opening.assess is gone")
    );
}
