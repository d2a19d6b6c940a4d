//! `assess check`: which files, what is printed, how it ends.

use super::{assess, assess_with, at, folder};
use assess::cli::Status;
use serde_json::Value;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

const SOUND: &str = include_str!("../suite/lint/sound.assess");
const BROKEN: &str = "outcome a\noutcome b\nhorizon h: 1 year\n\
                      assessment \"Will it?\" { as of: 2025-03-01 }\n\
                      factor f { weight for c: strong }\n";

/// The files that a concise report names, each once.
fn named(folder: &TempDir, report: &str) -> Vec<String> {
    let root = at(folder, "");
    let mut names: Vec<String> = report
        .lines()
        .map(|l| {
            let path = l.strip_prefix(&root).unwrap_or(l);
            path.split(':').next().unwrap_or_default().to_owned()
        })
        .collect();
    names.dedup();
    names
}

#[test]
fn a_sound_file_is_0_and_a_mistake_is_1() {
    let folder = folder(&[("good.assess", SOUND), ("bad.assess", BROKEN)]);
    let run = assess(&["check", &at(&folder, "good.assess")]);
    assert_eq!(run.status, Status::Done, "{}", run.out);
    assert_eq!(run.out, "1 file checked, nothing found\n");
    assert_eq!(run.err, "");
    let run = assess(&["check", &at(&folder, "bad.assess")]);
    assert_eq!(run.status, Status::Found);
    assert!(run.out.contains("error[unknown-name]"), "{}", run.out);
    assert!(run.out.ends_with("1 error in 1 file\n"), "{}", run.out);
}

#[test]
fn a_folder_is_its_files_in_path_order_but_for_ignored_ones() {
    let folder = folder(&[
        ("z.assess", BROKEN),
        ("a/b.assess", BROKEN),
        ("a.assess", BROKEN),
        ("notes.txt", BROKEN),
        (".hidden/x.assess", BROKEN),
        ("drafts/x.assess", BROKEN),
        ("old.assess", BROKEN),
        (".gitignore", "drafts/\nold.*\n"),
    ]);
    let root = at(&folder, "");
    let run = assess(&["check", "--format", "concise", &root]);
    assert_eq!(run.status, Status::Found);
    assert_eq!(
        named(&folder, &run.out),
        ["a/b.assess", "a.assess", "z.assess"]
    );
    let twice = assess(&[
        "check",
        "--format",
        "concise",
        &at(&folder, "z.assess"),
        &root,
    ]);
    assert_eq!(twice.out, run.out);
    let named_itself = assess(&["check", "--format", "concise", &at(&folder, "notes.txt")]);
    assert_eq!(named(&folder, &named_itself.out), ["notes.txt"]);
}

#[test]
fn what_cannot_be_read_is_2_and_the_rest_is_done() {
    let folder = folder(&[("bad.assess", BROKEN), ("empty/x.txt", "")]);
    let missing = at(&folder, "none.assess");
    let run = assess(&["check", &missing, &at(&folder, "bad.assess")]);
    assert_eq!(run.status, Status::Failed);
    assert!(
        run.err.contains("there is no file or folder"),
        "{}",
        run.err
    );
    assert!(run.out.contains("unknown-name"), "{}", run.out);
    let run = assess(&["check", &at(&folder, "empty")]);
    assert_eq!((run.status, run.out.as_str()), (Status::Failed, ""));
    assert!(
        run.err.contains("there is no `.assess` file in"),
        "{}",
        run.err
    );
}

#[test]
fn files_that_are_no_text_or_empty_get_an_ordinary_answer() {
    let folder = folder(&[("empty.assess", ""), ("blank.assess", "\n\n  \n# x")]);
    fs::write(
        folder.path().join("bytes.assess"),
        b"outcome a \"\xff\xfe\"",
    )
    .expect("a file");
    for (name, rule) in [
        ("empty.assess", "missing-part"),
        ("blank.assess", "missing-part"),
        ("bytes.assess", "encoding"),
    ] {
        let run = assess(&["check", "--format", "concise", &at(&folder, name)]);
        assert_eq!(run.status, Status::Found, "{name}");
        assert!(run.out.contains(&format!("error[{rule}]")), "{}", run.out);
        assert_eq!(run.out.lines().count(), 1, "{}", run.out);
    }
}

#[test]
fn standard_input_has_a_name_and_a_folder() {
    let run = assess_with(
        &["check", "-", "--format", "concise"],
        BROKEN.as_bytes(),
        false,
    );
    assert_eq!(run.status, Status::Found);
    assert!(run.out.starts_with("<stdin>:5:"), "{}", run.out);
    let folder = folder(&[("shared/s.assess", "event e\n")]);
    let text = format!("use \"shared/s.assess\": e\n{SOUND}");
    let name = at(&folder, "draft.assess");
    let run = assess_with(
        &["check", "-", "--stdin-name", &name],
        text.as_bytes(),
        false,
    );
    assert_eq!(
        (run.status, run.err.as_str()),
        (Status::Done, ""),
        "{}",
        run.out
    );
    let text = format!("use \"shared/none.assess\": e\n{SOUND}");
    let run = assess_with(
        &["check", "-", "--format", "concise", "--stdin-name", &name],
        text.as_bytes(),
        false,
    );
    assert_eq!(named(&folder, &run.out), ["draft.assess"]);
    assert!(run.out.contains("unreadable-use"), "{}", run.out);
}

#[test]
fn a_mistake_in_a_used_file_is_reported_once() {
    let user = format!("use \"s/shared.assess\": e\n{SOUND}");
    let folder = folder(&[
        ("a.assess", user.as_str()),
        ("b.assess", user.as_str()),
        (
            "s/shared.assess",
            "event e { chance: likley by 2026-01-01 }\n",
        ),
    ]);
    let run = assess(&["check", "--format", "concise", &at(&folder, "")]);
    assert_eq!(run.out.matches("unknown-word").count(), 1, "{}", run.out);
    assert_eq!(named(&folder, &run.out), ["s/shared.assess"]);
}

#[test]
fn fail_on_moves_the_bar() {
    let folder = folder(&[("bad.assess", BROKEN)]);
    for level in ["note", "warning", "error"] {
        let run = assess(&["check", "--fail-on", level, &at(&folder, "bad.assess")]);
        assert_eq!(run.status, Status::Found, "{level}");
    }
}

#[test]
fn json_is_as_its_schema_says() {
    let schema: Value = serde_json::from_str(&assess(&["schema", "check"]).out).expect("JSON");
    let validator = jsonschema::validator_for(&schema).expect("a schema");
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/suite/check");
    let root = root.to_str().expect("UTF-8");
    let run = assess(&["check", "--format", "json", root]);
    let report: Value = serde_json::from_str(&run.out).expect("JSON");
    let errors: Vec<String> = validator
        .iter_errors(&report)
        .map(|e| e.to_string())
        .collect();
    assert!(errors.is_empty(), "{errors:#?}");
    let found = report["diagnostics"].as_array().expect("a list");
    assert!(found.len() > 10);
    assert!(found.iter().any(|d| d["fix"]["safe"] == true));
    assert!(found.iter().any(|d| d["alternatives"].is_array()));
    assert!(
        found
            .iter()
            .any(|d| d["labels"].as_array().is_some_and(|l| l.len() > 1))
    );
}

#[test]
fn an_analysts_draft_gets_every_mistake_explained_in_one_run() {
    let run = assess(&["check", "tests/suite/check/levels.assess"]);
    assert_eq!(run.status, Status::Found);
    insta::assert_snapshot!("levels", run.out);
    let run = assess(&["check", "tests/suite/check/meaning.assess"]);
    insta::assert_snapshot!("meaning", run.out);
    let run = assess(&[
        "check",
        "--format",
        "concise",
        "tests/suite/check/levels.assess",
    ]);
    insta::assert_snapshot!("levels_concise", run.out);
}

#[test]
fn no_report_is_wider_than_the_page() {
    let run = assess(&["check", "tests/suite"]);
    let wide = |l: &&str| assess::text::wrap::columns(l) > 80;
    let wide: Vec<&str> = run.out.lines().filter(wide).collect();
    assert!(run.out.lines().count() > 1_000);
    assert!(wide.is_empty(), "{wide:#?}");
}
