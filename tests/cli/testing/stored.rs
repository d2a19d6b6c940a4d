//! Stored verdicts: what is new, changed, accepted, stale; and which edit moved one.

use super::*;
use crate::cli::repository::git;
use crate::infer::random::Dice;
use std::process::{Command, Stdio};
use std::time::Instant;

const NATO: &str = "assessments/nato.assess";

/// The files of a folder with their texts.
fn texts(folder: &TempDir) -> Vec<(String, String)> {
    let entries = fs::read_dir(folder.path()).expect("a folder");
    let mut all: Vec<(String, String)> = entries
        .map(|e| e.expect("an entry"))
        .filter(|e| e.path().is_file())
        .map(|e| {
            let name = e.file_name().into_string().expect("UTF-8");
            (name, fs::read_to_string(e.path()).expect("a file"))
        })
        .collect();
    all.sort();
    all
}

/// NATO and another file.
fn two() -> TempDir {
    let nato = fs::read_to_string(NATO).expect("the file");
    let enso = fs::read_to_string("assessments/enso.assess").expect("the file");
    folder(&[("nato.assess", &nato), ("enso.assess", &enso)])
}

fn edit(folder: &TempDir, from: &str, to: &str) {
    let path = folder.path().join("nato.assess");
    let text = fs::read_to_string(&path).expect("the file");
    let new = text.replacen(from, to, 1);
    assert_ne!(new, text);
    fs::write(path, new).expect("a file");
}

#[test]
fn what_is_new_passes_unless_locked() {
    let folder = two();
    let here = folder.path().to_str().expect("UTF-8");
    let run = test(&[here, "--filter=verdict"]);
    assert_eq!((run.status, run.err.as_str()), (Status::Done, ""));
    assert!(
        run.out
            .contains("NEW    enso::verdict\nNEW    nato::verdict\n"),
        "{}",
        run.out
    );
    assert!(run.out.contains("2 new: `--accept` stores"), "{}", run.out);
    let run = test(&[here, "--filter=verdict", "--locked"]);
    assert_eq!(run.status, Status::Found);
    assert!(run.out.contains("FAIL   nato::verdict"), "{}", run.out);
    assert_eq!(texts(&folder).len(), 2);
}

#[test]
fn accept_stores_all_or_one() {
    let folder = two();
    let here = folder.path().to_str().expect("UTF-8").to_owned();
    let run = test(&[&here, "--accept", "nato", "--filter=verdict"]);
    assert_eq!((run.status, run.err.as_str()), (Status::Done, ""));
    assert!(
        run.out
            .contains("NEW    enso::verdict\nSTORED nato::verdict"),
        "{}",
        run.out
    );
    let names: Vec<String> = texts(&folder).into_iter().map(|t| t.0).collect();
    assert_eq!(names, ["enso.assess", "nato.assess", "nato.verdict"]);
    let run = test(&[&here, "--accept"]);
    assert!(run.out.contains("STORED enso::verdict"), "{}", run.out);
    assert!(run.out.contains("PASS   nato::verdict"), "{}", run.out);
    insta::assert_snapshot!("nato_verdict", texts(&folder)[3].1);
    let before = texts(&folder);
    assert_eq!(test(&[&here, "--locked"]).status, Status::Done);
    assert_eq!(test(&[&here, "--accept"]).status, Status::Done);
    assert_eq!(texts(&folder), before);
    // By its path, as the only one that is tested.
    edit(
        &folder,
        "weight against exit: strong in short",
        "weight against exit: weak in short",
    );
    for name in [at(&folder, "nato.verdict"), at(&folder, "nato.assess")] {
        fs::write(folder.path().join("nato.verdict"), "").expect("a file");
        let run = test(&["--accept", &name]);
        assert_eq!((run.status, run.err.as_str()), (Status::Done, ""));
        assert!(run.out.contains("STORED nato::verdict"), "{}", run.out);
        assert!(!run.out.contains("enso"), "{}", run.out);
    }
    let run = test(&[&here, "--accept", "nata"]);
    assert_eq!(run.status, Status::Failed);
    assert_eq!(
        run.err,
        "error: no file that is tested is called `nata`; did you mean `nato`?\n"
    );
}

#[test]
fn moved_items_comments_and_line_ends_change_nothing() {
    let folder = two();
    let here = folder.path().to_str().expect("UTF-8").to_owned();
    test(&[&here, "--accept"]);
    let passes = || {
        let run = test(&[&here, "--filter=verdict"]);
        assert_eq!(run.status, Status::Done, "{}", run.out);
        assert!(run.out.contains("PASS   nato::verdict"), "{}", run.out);
    };
    let stored = folder.path().join("nato.verdict");
    let text = fs::read_to_string(&stored).expect("the file");
    fs::write(&stored, text.replace('\n', "\r\n")).expect("a file");
    passes();
    // An outcome, a scenario and a factor elsewhere.
    let outcome = "outcome presence \"Continued presence, with some reductions\" {";
    edit(&folder, outcome, &format!("# {outcome}\n{outcome}"));
    let path = folder.path().join("nato.assess");
    let text = fs::read_to_string(&path).expect("the file");
    let start = text.find("factor allies").expect("it is there");
    let end = start + text[start..].find("\n}\n").expect("its end") + 3;
    let moved = format!("{}{}\n{}", &text[..start], &text[end..], &text[start..end]);
    fs::write(&path, moved).expect("a file");
    passes();
}

#[test]
fn numbers_stand_within_their_rounding() {
    let folder = two();
    let path = at(&folder, "nato.assess");
    test(&[&path, "--accept"]);
    let stored = folder.path().join("nato.verdict");
    let text = fs::read_to_string(&stored).expect("the file");
    let passes = |line: &str, other: &str| {
        assert!(text.contains(line), "{line}\n{text}");
        fs::write(&stored, text.replace(line, other)).expect("a file");
        test(&[&path, "--filter=verdict"]).status == Status::Done
    };
    // 0.3154, and an interval of which a tenth is over two points.
    let line = "medium  presence       32%     21–44%";
    assert!(passes(line, "medium  presence       32%     22–43%"));
    assert!(!passes(line, "medium  presence       31%     21–44%"));
    assert!(!passes(line, "medium  presence       32%     11–44%"));
    assert!(!passes(line, "medium  presence       32.1%   21–44%"));
    assert!(passes(line, "medium  presence  31.5%  21–44%"));
    assert!(!passes("unlikely", "likely"));
    assert!(!passes("expectations  19", "expectations  18"));
    assert!(!passes("scale icd203", "scale phia"));
    assert!(!passes("     flips", ""));
}

#[test]
fn a_verdict_without_its_file_is_stale() {
    let shared = fs::read_to_string("tests/suite/test/shared.assess").expect("the file");
    let folder = two();
    fs::write(folder.path().join("old.verdict"), "").expect("a file");
    fs::write(folder.path().join("shared.assess"), shared).expect("a file");
    fs::write(folder.path().join("shared.verdict"), "").expect("a file");
    let here = folder.path().to_str().expect("UTF-8").to_owned();
    let run = test(&[&here, "--accept", "--quiet"]);
    assert_eq!(run.status, Status::Done);
    let report = json(&[&here]);
    let stale = report["stale"].as_array().expect("a list").iter();
    let stale: Vec<String> = stale
        .map(|s| without(&folder, s["path"].as_str().expect("a path")))
        .collect();
    assert_eq!(stale, ["old.verdict", "shared.verdict"]);
    let run = test(&[&here, "--locked", "--quiet"]);
    assert_eq!(run.status, Status::Found);
    assert!(run.out.contains("STALE  "), "{}", run.out);
    assert!(folder.path().join("old.verdict").exists());
}

#[test]
fn outside_git_old_and_new_are_shown() {
    let folder = two();
    let path = at(&folder, "nato.assess");
    test(&[&path, "--accept"]);
    edit(
        &folder,
        "weight against exit: strong in short",
        "weight against exit: weak in short",
    );
    let run = test(&[&path, "--quiet"]);
    assert_eq!((run.status, run.err.as_str()), (Status::Found, ""));
    // The folder's name is of any length, and so are its lines.
    let text = without(&folder, &run.out)
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    assert!(text.contains("-short exit 0.5%"), "{text}");
    assert!(text.contains("+short exit 1.2%"), "{text}");
    assert!(text.contains("the earlier text is not at hand"), "{text}");
    assert!(text.contains("lies in no git repository"), "{text}");
    assert_eq!(test(&["--accept", &path]).status, Status::Done);
    assert_eq!(test(&[&path]).status, Status::Done);
}

const DAY: &str = "2025-03-01";

fn commit(folder: &TempDir, message: &str) {
    git(folder.path(), DAY, &["add", "--all"]);
    git(
        folder.path(),
        DAY,
        &["commit", "--quiet", "--message", message],
    );
}

#[test]
fn the_edit_that_moved_it_is_named_with_its_share() {
    let folder = two();
    let path = at(&folder, "nato.assess");
    test(&[folder.path().to_str().expect("UTF-8"), "--accept"]);
    git(
        folder.path(),
        DAY,
        &["init", "--quiet", "--initial-branch=main"],
    );
    commit(&folder, "Encode two notes");
    edit(
        &folder,
        "weight against exit: strong in short",
        "weight against exit: weak in short",
    );
    // The command itself, in the folder, so that no path is of another length elsewhere.
    let mut command = Command::new(env!("CARGO_BIN_EXE_assess"));
    command.current_dir(folder.path()).args(["test", "--quiet"]);
    let output = command.env("NO_COLOR", "1").output().expect("it runs");
    assert_eq!(output.status.code(), Some(1));
    insta::assert_snapshot!("edit", String::from_utf8(output.stdout).expect("UTF-8"));
    // What is committed meanwhile does not hide the text that had the stored verdict.
    for message in [None, Some("Weigh Congress less")] {
        if let Some(message) = message {
            commit(&folder, message);
        }
        let run = test(&[&path, "--quiet"]);
        assert_eq!((run.status, run.err.as_str()), (Status::Found, ""));
        let text = run.out.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(text.contains("-short exit 0.5%"), "{text}");
        assert!(text.contains("`congress`"), "{text}");
        assert!(text.contains("100% of it"), "{text}");
        let report = json(&[&path, "--filter=verdict"]);
        let verdict = &report["tests"][0]["verdict"];
        assert_eq!(verdict["unknown"], Value::Null);
        for moved in verdict["moves"].as_array().expect("a list") {
            let number = |v: &Value| v.as_f64().expect("a number");
            let whole = 100.0 * (number(&moved["to"]) - number(&moved["from"]));
            let shares = moved["shares"].as_array().expect("a list");
            let sum: f64 = shares.iter().map(|s| number(&s["points"])).sum();
            assert!((whole - sum).abs() < 1e-7, "{moved}");
            assert!(
                shares[0]["edit"]
                    .as_str()
                    .expect("text")
                    .contains("congress")
            );
            let line = shares[0]["line"].as_u64().expect("a line") as usize;
            let text = fs::read_to_string(&path).expect("the file");
            let line = text.lines().nth(line - 1).expect("a line");
            assert!(line.contains("weight against exit: weak"), "{line}");
        }
    }
    let run = test(&["--accept", &path]);
    assert_eq!((run.status, run.err.as_str()), (Status::Done, ""));
    assert_eq!(test(&[&path, "--locked"]).status, Status::Done);
    // Where no revision has the stored verdict, nothing is claimed.
    fs::write(folder.path().join("nato.verdict"), "as of 2025-03-01\n").expect("a file");
    let run = test(&[&path, "--quiet"]);
    let text = run.out.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(text.contains("the earlier text is not at hand"), "{text}");
}

#[test]
fn whoever_is_killed_while_storing_leaves_the_old_or_the_new() {
    let folder = two();
    let path = at(&folder, "nato.assess");
    let stored = folder.path().join("nato.verdict");
    let read = || fs::read_to_string(&stored).expect("a stored verdict");
    test(&[&path, "--accept"]);
    let old = read();
    edit(
        &folder,
        "weight against exit: strong in short",
        "weight against exit: weak in short",
    );
    let accept = || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_assess"));
        command.args(["test", "--accept", "--quiet", &path]);
        command.stdout(Stdio::null()).stderr(Stdio::null());
        command.spawn().expect("it starts")
    };
    let start = Instant::now();
    accept().wait().expect("it ends");
    let whole = start.elapsed();
    let new = read();
    assert_ne!(old, new);
    let mut dice = Dice::new(1);
    for _ in 0..40 {
        fs::write(&stored, &old).expect("a file");
        let mut child = accept();
        std::thread::sleep(whole * dice.below(1200) as u32 / 1000);
        child.kill().expect("it is killed, or has ended");
        child.wait().expect("it ends");
        let left = read();
        assert!(left == old || left == new, "{left}");
    }
}
