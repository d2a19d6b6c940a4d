//! `assess new`: what it writes, what it never overwrites, and that it checks with notes only.

use super::{Run, assess, assess_with};
use assess::cli::Status;
use std::fs;
use tempfile::TempDir;

/// Runs `assess new` in a folder of its own; the written text, where one was.
fn new(arguments: &[&str], input: &[u8]) -> (Run, Option<String>) {
    let folder = TempDir::new().expect("a folder");
    let name = folder.path().join("harbour_ferry");
    let all = [
        &["new", name.to_str().expect("UTF-8"), "--as-of=2025-03-01"],
        arguments,
    ]
    .concat();
    let run = assess_with(&all, input, false);
    (run, fs::read_to_string(name.with_extension("assess")).ok())
}

/// What is found in a text, at warning or above.
fn warnings(text: &str) -> String {
    let run = assess_with(
        &["check", "-", "--format", "concise"],
        text.as_bytes(),
        false,
    );
    assert_eq!(run.err, "");
    let lines = run.out.lines().filter(|l| !l.contains(" note["));
    lines.map(|l| format!("{l}\n")).collect()
}

#[test]
fn a_starter() {
    let (run, text) = new(&[], b"");
    assert_eq!((run.status, run.err.as_str()), (Status::Done, ""));
    assert!(run.out.starts_with("wrote "), "{}", run.out);
    insta::assert_snapshot!(text.expect("a file"));
}

#[test]
fn a_question_names_its_file() {
    let folder = TempDir::new().expect("a folder");
    for (question, file) in [
        (
            "Will the ferry run by June?",
            "will-the-ferry-run-by-june.assess",
        ),
        ("¿Volverá el 2%, o no?", "volverá-el-2-o-no.assess"),
        ("? ?", "question.assess"),
        (
            "Will the members of the alliance on its eastern border spend more than 3% on defence?",
            "will-the-members-of-the-alliance-on-its-eastern-border.assess",
        ),
    ] {
        let name = folder.path().join(question);
        let run = assess(&["new", name.to_str().expect("UTF-8"), "--as-of=2025-03-01"]);
        assert_eq!((run.status, run.err.as_str()), (Status::Done, ""));
        let text = fs::read_to_string(folder.path().join(file)).expect(file);
        let title = format!("assessment \"{question}\" {{");
        assert!(text.contains(&title), "{text}");
        assert_eq!(warnings(&text), "");
    }
    // Anything else is a name, and a command that is to be copied quotes it.
    let name = folder.path().join("My ferry");
    let run = assess(&["new", name.to_str().expect("UTF-8"), "--as-of=2025-03-01"]);
    assert!(run.out.contains("`assess check '/"), "{}", run.out);
    assert!(folder.path().join("My ferry.assess").is_file());
}

#[test]
fn a_starter_of_ones_own() {
    let (run, text) = new(
        &[
            "--question",
            "Will \"the ferry\" run?",
            "--author",
            "A. Nalyst",
            "--horizons",
            "june: until 2025-06-30, By the autumn: until 2025-09-30",
            "--outcomes",
            "docked: Still in the yard, final In service",
            "--from",
            "-",
        ],
        b"\xef\xbb\xbf# The yard\n\nTrials have {begun}.\r\n  \"\"\"Soon\"\"\"\n\nThe crew is \"not hired\" yet, and so on.\n\nMoney\n=====\nNone.\n",
    );
    assert_eq!((run.status, run.err.as_str()), (Status::Done, ""));
    assert!(run.out.contains("with 3 paragraphs"), "{}", run.out);
    insta::assert_snapshot!(text.expect("a file"));
}

#[test]
fn a_starter_checks_with_notes_only_and_evaluates() {
    let twelve = "a, b, c, d, e, f, g, h, i, j, k, l";
    for outcomes in [
        "a, b",
        "final a, b",
        "final a, b, final c",
        "reason, turn, final obstacle",
        twelve,
        &twelve.replace("a, ", "a, final "),
    ] {
        for horizons in [
            "1 year",
            "0-6 months, 6+ months",
            "90 days, until 2026-03-01, until 2027-03-01",
            "1 months, 2 months, 3 months, 4 months, 5 months, 6 months, 7 months, 8 months",
        ] {
            let (run, text) = new(&["--outcomes", outcomes, "--horizons", horizons], b"");
            assert_eq!(run.err, "", "{outcomes} / {horizons}");
            let text = text.expect("a file");
            assert_eq!(warnings(&text), "", "{outcomes} / {horizons}");
            let run = assess_with(&["eval", "-", "--draws=0"], text.as_bytes(), false);
            assert_eq!((run.status, run.err.as_str()), (Status::Done, ""));
            assert!(run.out.contains("Both expectations hold"), "{}", run.out);
        }
    }
}

/// Whatever a starter puts into quotes waits to be replaced, but for what was asked of it and what may
/// stay.
#[test]
fn each_text_of_a_starter_that_waits_is_found() {
    let (_, text) = new(&[], b"");
    let text = text.expect("a file");
    let run = assess_with(
        &[
            "check",
            "-",
            "--format",
            "concise",
            "--select",
            "unfilled-text",
        ],
        text.as_bytes(),
        false,
    );
    let may_stay = ["assessment ", "horizon ", "outcome stays", "section "];
    let quoted = text.lines().enumerate().filter(|(_, line)| {
        let line = line.trim_start();
        line.contains('"')
            && !line.starts_with('#')
            && !may_stay.iter().any(|s| line.starts_with(s))
    });
    let waiting = quoted.filter(|(_, line)| !line.contains("\"\"\""));
    let places: Vec<String> = waiting
        .map(|(n, line)| format!("<stdin>:{}:{}: ", n + 1, line.find('"').unwrap_or(0) + 2))
        .collect();
    assert_eq!(places.len(), 15, "{text}");
    assert_eq!(run.out.lines().count(), 15, "{}", run.out);
    for (place, line) in places.iter().zip(run.out.lines()) {
        let place = place.split_once(':').expect("a place").1;
        assert!(line.contains(place), "{place} / {line}");
    }
}

#[test]
fn a_real_note_becomes_sections_that_lose_no_word() {
    let note = fs::read_to_string("README.md").expect("a long Markdown file");
    let note = note.replace('”', "\"");
    let (run, text) = new(&["--from", "-"], note.as_bytes());
    assert_eq!((run.status, run.err.as_str()), (Status::Done, ""));
    let text = text.expect("a file").replace("{{", "{").replace('”', "\"");
    let mut rest = text.as_str();
    let paragraphs = note.lines().filter(|l| !l.starts_with('#'));
    for word in paragraphs.flat_map(str::split_whitespace) {
        let at = rest.find(word);
        rest = &rest[at.unwrap_or_else(|| panic!("{word} is lost")) + word.len()..];
    }
}

#[test]
fn nothing_is_ever_overwritten() {
    let folder = TempDir::new().expect("a folder");
    let path = folder.path().join("a.assess");
    fs::write(&path, "mine").expect("a file");
    for name in ["a", "a.assess"] {
        let name = folder.path().join(name);
        let run = assess(&["new", name.to_str().expect("UTF-8")]);
        assert_eq!((run.status, run.out.as_str()), (Status::Failed, ""));
        assert!(run.err.contains("is there already"), "{}", run.err);
    }
    assert_eq!(fs::read_to_string(&path).expect("a file"), "mine");
    assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 1);
    let nowhere = folder.path().join("none").join("b");
    let run = assess(&["new", nowhere.to_str().expect("UTF-8")]);
    assert_eq!(run.status, Status::Failed);
    assert!(run.err.contains("cannot be written"), "{}", run.err);
}

#[test]
fn what_cannot_be_a_starter_is_said_and_not_written() {
    for (arguments, says) in [
        (&["--horizons", "soon"][..], "`soon` is no horizon"),
        (
            &["--horizons", "6 months, 18+ months"],
            "nothing covers the time between",
        ),
        (&["--horizons", "0-6 months,"], "between two commas"),
        (&["--outcomes", "a"], "name at least two"),
        (
            &["--outcomes", "final a, final b"],
            "every outcome is final",
        ),
        (&["--outcomes", "a, b, a"], "two outcomes are called `a`"),
        (&["--outcomes", "short, b"], "both called `short`"),
        (&["--as-of", "2025-02-30"], "write a day as"),
        (
            &["--from", "none.txt"],
            "there is no file or folder `none.txt`",
        ),
        (&["--from", "src"], "is a folder"),
    ] {
        let folder = TempDir::new().expect("a folder");
        let name = folder.path().join("x");
        let all = [&["new", name.to_str().expect("UTF-8")], arguments].concat();
        let run = assess(&all);
        assert_eq!(
            (run.status, run.out.as_str()),
            (Status::Failed, ""),
            "{arguments:?}"
        );
        assert!(run.err.contains(says), "{arguments:?}: {}", run.err);
        assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 0);
    }
    let (run, text) = new(&["--from", "-"], b"\xff");
    assert!(run.err.contains("is not UTF-8 text"), "{}", run.err);
    assert_eq!(text, None);
}
