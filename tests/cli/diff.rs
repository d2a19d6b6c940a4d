//! `assess diff`: two files, revisions, a diff driver.

use super::{Run, assess, assess_with, is_as_its_schema_says, printed};
use assess::cli::Status;
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;

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
    fails(&[OLD], Status::Failed, "`--rev HEAD~1`");
    fails(&[OLD, NEW, OLD], Status::Failed, "name two files");
    fails(
        &[OLD, NEW, "--rev=HEAD"],
        Status::Failed,
        "`--rev` takes one file",
    );
    fails(&[OLD, "--rev=a...b"], Status::Failed, "git merge-base");
    fails(&["--git", OLD, NEW], Status::Failed, "diff.assess.command");
}

/// A repository that obeys nobody's settings.
struct Repository(TempDir);

impl Repository {
    fn new() -> Self {
        let repository = Repository(TempDir::new().expect("a folder"));
        repository.git(&["init", "-q", "-b", "main"]);
        repository
    }

    fn path(&self) -> PathBuf {
        self.0.path().canonicalize().expect("a folder")
    }

    fn file(&self, name: &str) -> String {
        self.path().join(name).to_string_lossy().into_owned()
    }

    fn git(&self, arguments: &[&str]) -> String {
        let mut command = Command::new("git");
        for (name, value) in [
            ("GIT_CONFIG_GLOBAL", "/dev/null"),
            ("GIT_CONFIG_SYSTEM", "/dev/null"),
            ("GIT_CONFIG_NOSYSTEM", "1"),
            ("GIT_AUTHOR_NAME", "Ann"),
            ("GIT_AUTHOR_EMAIL", "ann@example.org"),
            ("GIT_AUTHOR_DATE", "2025-03-01T12:00:00Z"),
            ("GIT_COMMITTER_NAME", "Ann"),
            ("GIT_COMMITTER_EMAIL", "ann@example.org"),
            ("GIT_COMMITTER_DATE", "2025-03-01T12:00:00Z"),
            ("COLUMNS", "80"),
            ("NO_COLOR", "1"),
        ] {
            command.env(name, value);
        }
        for name in [
            "GIT_DIR",
            "GIT_WORK_TREE",
            "GIT_INDEX_FILE",
            "GIT_EXTERNAL_DIFF",
        ] {
            command.env_remove(name);
        }
        let output = command.args(arguments).current_dir(self.0.path()).output();
        let output = output.expect("git runs");
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{arguments:?}: {said}");
        String::from_utf8(output.stdout).expect("UTF-8")
    }

    fn commit(&self, name: &str, text: &str, message: &str) {
        fs::write(self.path().join(name), text).expect("a file");
        self.git(&["add", "-A"]);
        self.git(&["commit", "-q", "-m", message]);
        self.git(&["tag", message]);
    }

    fn diff(&self, name: &str, rev: &str) -> Run {
        let mut run = assess(&["diff", &self.file(name), "--rev", rev]);
        let top = format!("{}/", self.path().display());
        run.out = run.out.replace(&top, "");
        run.err = run.err.replace(&top, "");
        run
    }

    /// A weight changed, evidence added, the file renamed, reformatted, broken, `as of` moved.
    fn of_six_revisions() -> Self {
        let repository = Repository::new();
        let mut text = fs::read_to_string(OLD).expect("the file");
        let mut change = |old: &str, new: &str| {
            assert_eq!(text.matches(old).count(), 1, "{old}");
            text = text.replace(old, new);
            text.clone()
        };
        let first = change("weight for opens: 3:1", "weight for opens: 2:1");
        repository.commit("bridge.assess", &first, "begun");
        let weight = change("weight for opens: 2:1", "weight for opens: 5:1");
        repository.commit("bridge.assess", &weight, "weight");
        let evidence = change(
            "rated: C3 }\n",
            "rated: C3 }\n  evidence \"The last bolt is in\" { source: \"The builder\", rated: B1, dated: 2025-02-20 }\n",
        );
        repository.commit("bridge.assess", &evidence, "evidence");
        repository.git(&["mv", "bridge.assess", "opening.assess"]);
        repository.git(&["commit", "-q", "-m", "renamed"]);
        repository.git(&["tag", "renamed"]);
        let layout = format!("# laid out anew\n{}", evidence.replace("\n\n", "\n\n\n"));
        repository.commit("opening.assess", &layout, "layout");
        repository.commit(
            "opening.assess",
            &evidence.replace("opens: 30%", "opens: 3000%"),
            "broken",
        );
        let later = change("as of: 2025-03-01", "as of: 2025-06-01");
        repository.commit("opening.assess", &later, "later");
        repository
    }
}

#[test]
fn revisions_are_told_right() {
    let repository = Repository::of_six_revisions();
    let mut told = String::new();
    for range in [
        "begun..weight",
        "weight..evidence",
        "evidence..renamed",
        "renamed..layout",
        "layout..later",
        "begun..later",
    ] {
        let run = repository.diff("opening.assess", range);
        assert_eq!(
            (run.status, run.err.as_str()),
            (Status::Done, ""),
            "{range}"
        );
        told += &format!("$ assess diff opening.assess --rev {range}\n{}\n", run.out);
    }
    let run = repository.diff("opening.assess", "layout..broken");
    assert_eq!(run.status, Status::Found);
    told += &format!(
        "$ assess diff opening.assess --rev layout..broken\n{}",
        run.err
    );
    insta::assert_snapshot!("revisions", told);
    // Against the file as it lies there.
    let later = repository.diff("opening.assess", "begun").out;
    let ends = |text: &str| text.lines().skip(2).map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(
        ends(&later),
        ends(
            &repository
                .diff("opening.assess", "begun..later")
                .out
                .replace(" at later", "")
        )
    );
    let to_head = repository.diff("opening.assess", "begun..");
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
    let repository = Repository::of_six_revisions();
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
        let run = repository.diff(name, rev);
        assert_eq!((run.status, run.out.as_str()), (Status::Failed, ""));
        assert!(run.err.contains(says), "{}", run.err);
    }
}

#[test]
fn git_shows_the_moves_through_the_driver() {
    let repository = Repository::of_six_revisions();
    fs::write(
        repository.path().join(".gitattributes"),
        "*.assess diff=assess\n",
    )
    .expect("a file");
    let binary = Path::new(env!("CARGO_BIN_EXE_assess"))
        .to_string_lossy()
        .replace('\\', "/");
    let command = format!("'{binary}' diff --git");
    repository.git(&["config", "diff.assess.command", &command]);
    insta::assert_snapshot!("driver", repository.git(&["diff", "begun", "weight"]));
    let renamed = repository.git(&["diff", "-M", "evidence", "layout"]);
    assert!(
        renamed.contains("bridge.assess → opening.assess"),
        "{renamed}"
    );
    assert!(renamed.contains("The verdict has not moved"), "{renamed}");
    let broken = repository.git(&["diff", "layout", "broken"]);
    assert!(
        broken.contains("`opening.assess` has a mistake, and so no verdict to compare"),
        "{broken}"
    );
    assert!(broken.contains("opens: 3000%"), "{broken}");
    // With `log -p`, where the first revision has no forerunner.
    let log = repository.git(&[
        "log",
        "-p",
        "--ext-diff",
        "--reverse",
        "--format=%s",
        "weight",
    ]);
    assert!(log.contains("bridge.assess is new"), "{log}");
    fs::remove_file(repository.path().join("opening.assess")).expect("it is there");
    assert!(repository.git(&["diff"]).contains("opening.assess is gone"));
}
