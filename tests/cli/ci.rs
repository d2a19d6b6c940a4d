//! Reports that are read somewhere else: by GitHub, GitLab, code scanning, CI servers, calendars.

use super::repository::{Repository, assess_in};
use assess::render::FORMATS;
use serde_json::Value;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

const PORT: &str = include_str!("../suite/ops/port.assess");
const NOTE: &str = include_str!("../suite/ops/note.assess");

/// A repository with the file in a folder, and a shared one beside that.
fn desk() -> Repository {
    let repository = Repository::new();
    repository.write("desk/deep/notes.txt", "");
    repository.write(
        "desk/port.assess",
        &format!("use \"../shared/eu.assess\": ceasefire\n{PORT}"),
    );
    repository.write(
        "shared/eu.assess",
        "event ceasefire \"A ceasefire\" {\n  chance: 15% by 2025-09-01\n}\n",
    );
    repository
}

fn check(folder: &Path, path: &str, format: &str) -> String {
    let run = assess_in(
        folder,
        &[
            "check",
            path,
            "--format",
            format,
            "--no-cache",
            "--fail-on=never",
        ],
    );
    String::from_utf8(run.stdout).expect("UTF-8")
}

#[test]
fn every_format_for_elsewhere_names_files_from_the_repositorys_top() {
    let repository = desk();
    let top = repository.folder();
    let whole = repository.path("desk/port.assess");
    let whole = whole.to_str().expect("UTF-8");
    for format in FORMATS.iter().filter(|f| f.from_the_top) {
        let first = check(top, "desk/port.assess", format.name);
        assert!(first.contains("desk/port.assess"), "{first}");
        for (folder, path) in [
            ("desk", "port.assess"),
            ("desk", "./port.assess"),
            ("desk", "."),
            ("desk/deep", "../port.assess"),
            ("desk/deep", "../../desk/./port.assess"),
            ("shared", "../desk"),
            ("desk", whole),
            ("", whole),
            ("", "./desk"),
        ] {
            let found = check(&top.join(folder), path, format.name);
            // Paths, and with them fingerprints, are those of every other folder.
            assert_eq!(found, first, "{path} in {folder} as {}", format.name);
        }
    }
    assert!(check(&repository.path("desk"), "port.assess", "concise").starts_with("port.assess:"));
}

#[test]
fn standard_input_has_the_place_of_its_name() {
    let repository = desk();
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_assess"));
    command
        .args([
            "check",
            "-",
            "--stdin-name",
            "port.assess",
            "--format=github",
        ])
        .current_dir(repository.path("desk"))
        .stdin(fs::File::open(repository.path("desk/port.assess")).expect("the file"));
    let output = command.output().expect("it runs");
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    assert!(text.contains("file=desk/port.assess,"), "{text}");
}

#[test]
fn without_a_repository_names_count_from_the_current_folder() {
    let folder = TempDir::new().expect("a folder");
    fs::create_dir(folder.path().join("desk")).expect("a folder");
    fs::write(folder.path().join("desk/port.assess"), PORT).expect("a file");
    let whole = folder.path().join("desk/port.assess");
    for path in ["desk/port.assess", whole.to_str().expect("UTF-8")] {
        let report: Value =
            serde_json::from_str(&check(folder.path(), path, "gitlab")).expect("JSON");
        assert_eq!(report[0]["location"]["path"], "desk/port.assess");
    }
}

#[test]
fn what_does_not_fail_the_run_fails_no_test() {
    let folder = TempDir::new().expect("a folder");
    fs::write(folder.path().join("note.assess"), NOTE).expect("a file");
    fs::write(
        folder.path().join("wrong.assess"),
        NOTE.replace("when: strike", "when: strik"),
    )
    .expect("a file");
    let (mut failed, mut skipped) = (0, 0);
    for path in ["note.assess", "wrong.assess", "."] {
        for level in ["error", "warning", "note", "never"] {
            let run = assess_in(
                folder.path(),
                &[
                    "check",
                    path,
                    "--format=junit",
                    "--no-cache",
                    "--fail-on",
                    level,
                ],
            );
            let text = String::from_utf8(run.stdout).expect("UTF-8");
            let document = roxmltree::Document::parse(&text).expect("XML");
            let all = |tag: &str| {
                document
                    .descendants()
                    .filter(|n| n.has_tag_name(tag))
                    .count()
            };
            assert_eq!(
                run.status.code(),
                Some(i32::from(all("failure") > 0)),
                "{text}"
            );
            failed += all("failure");
            skipped += all("skipped");
            for node in document.descendants().filter(|n| n.has_tag_name("skipped")) {
                let said = node.text().unwrap_or_default();
                assert!(said.contains("note[") || said.contains("warning[") || level == "never");
            }
            // The counts are those of the elements.
            let suites = document.root_element();
            for (attribute, tag) in [
                ("failures", "failure"),
                ("skipped", "skipped"),
                ("tests", "testcase"),
            ] {
                assert_eq!(
                    suites.attribute(attribute),
                    Some(&*all(tag).to_string()),
                    "{text}"
                );
            }
        }
    }
    assert!(failed > 3 && skipped > 3, "{failed} {skipped}");
}

#[test]
fn the_log_of_ci_is_a_terminal_too() {
    let folder = TempDir::new().expect("a folder");
    let text = NOTE.replace("when: strike", "when: \"\u{1b}[31mstrike\u{9b}1m\"");
    fs::write(folder.path().join("a.assess"), text).expect("a file");
    for format in ["github", "text", "concise"] {
        let found = check(folder.path(), "a.assess", format);
        assert!(!found.is_empty());
        let steers = |c: char| c.is_control() && c != '\n';
        assert!(!found.contains(steers), "{format}: {found:?}");
    }
}

/// The identifiers of a calendar.
fn uids(calendar: &str) -> Vec<&str> {
    let mut uids: Vec<&str> = calendar.lines().filter(|l| l.starts_with("UID:")).collect();
    uids.sort_unstable();
    uids
}

fn calendar(folder: &Path, path: &str) -> String {
    let run = assess_in(folder, &["agenda", path, "--format=ics"]);
    assert_eq!(run.status.code(), Some(0));
    String::from_utf8(run.stdout).expect("UTF-8")
}

#[test]
fn a_calendar_is_the_same_in_every_checkout() {
    // Neither has a `.git`: what the folder above is called must not matter.
    let folder = TempDir::new().expect("a folder");
    for name in ["desk", "builds-42"] {
        fs::create_dir(folder.path().join(name)).expect("a folder");
        fs::write(folder.path().join(name).join("ferry.assess"), PORT).expect("a file");
    }
    let here = |name: &str| calendar(&folder.path().join(name), ".");
    assert_eq!(here("desk"), here("builds-42"));
    assert!(uids(&here("desk")).len() > 3);
    // In a repository the folder that one stands in does not matter either.
    let repository = desk();
    let top = calendar(repository.folder(), "desk/port.assess");
    assert_eq!(calendar(&repository.path("desk"), "port.assess"), top);
    assert!(top.contains("desk/port.assess:"), "{top}");
    // Nor do the names of file and folder.
    repository.commit("2025-03-01", "begin");
    for (from, to) in [
        ("desk/port.assess", "desk/harbour.assess"),
        ("desk", "office"),
        ("shared/eu.assess", "shared/europe.assess"),
    ] {
        repository.git("2025-03-02", &["mv", from, to]);
    }
    let path = repository.path("office/harbour.assess");
    let text = fs::read_to_string(&path).expect("the file");
    fs::write(&path, text.replace("eu.assess", "europe.assess")).expect("a file");
    assert_eq!(uids(&calendar(repository.folder(), ".")), uids(&top));
    // Another question is another thing.
    fs::write(
        &path,
        fs::read_to_string(&path)
            .expect("text")
            .replace("Will the port reopen?", "Why?"),
    )
    .expect("a file");
    assert_ne!(uids(&calendar(repository.folder(), ".")), uids(&top));
}

#[test]
fn tests_name_their_file_from_the_top() {
    let repository = desk();
    let run = assess_in(&repository.path("desk"), &["test", ".", "--format=junit"]);
    let text = String::from_utf8(run.stdout).expect("UTF-8");
    assert!(text.contains("file=\"desk/port.assess\""), "{text}");
}
