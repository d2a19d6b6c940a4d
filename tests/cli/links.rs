//! Links, pipes and names that others have put into a folder.

use super::{assess, at, folder};
use assess::cli::Status;
use std::fs;
use std::os::unix::fs::symlink;
use std::process::Command;
use tempfile::TempDir;

const PORT: &str = include_str!("../suite/ops/port.assess");

/// A repository in a folder, beside which lies what is none of its business.
fn project() -> TempDir {
    let folder = folder(&[
        ("secret.assess", "password: hunter2\n"),
        ("secret.txt", "password: hunter2\n"),
        ("project/port.assess", PORT),
        ("project/desk/ferry.assess", PORT),
    ]);
    fs::create_dir(folder.path().join("project/.git")).expect("a folder");
    folder
}

#[test]
fn a_walk_takes_no_file_from_outside() {
    let folder = project();
    let root = at(&folder, "project");
    symlink("../secret.assess", folder.path().join("project/x.assess")).expect("a link");
    symlink("desk/ferry.assess", folder.path().join("project/y.assess")).expect("a link");
    for command in [
        &["check", &root, "--fail-on=never"][..],
        &["fmt", &root, "--diff"],
        &["test", &root],
        &["agenda", &root],
        &["eval", &root],
    ] {
        let run = assess(command);
        let said = format!("{}{}", run.out, run.err);
        assert!(!said.contains("hunter2"), "{command:?}: {said}");
        assert!(
            run.err.contains("leads outside this project"),
            "{command:?}: {said}"
        );
        assert_eq!(run.status, Status::Failed, "{command:?}");
    }
    // A link within the project is one more name of the same file.
    let run = assess(&["check", &root, "--format=concise"]);
    assert!(
        !run.out.contains("/y.assess") && run.out.contains("ferry.assess"),
        "{}",
        run.out
    );
}

#[test]
fn a_configuration_is_not_read_from_outside() {
    let folder = project();
    symlink("../secret.txt", folder.path().join("project/assess.toml")).expect("a link");
    let run = assess(&["check", &at(&folder, "project/port.assess")]);
    assert_eq!(run.status, Status::Failed);
    assert!(
        run.err.contains("leads outside this project"),
        "{}",
        run.err
    );
    assert!(!run.err.contains("hunter2"), "{}", run.err);
}

#[test]
fn a_stored_verdict_is_neither_read_nor_written_through_a_link() {
    let folder = project();
    let (file, secret) = (
        at(&folder, "project/port.assess"),
        folder.path().join("secret.txt"),
    );
    symlink("../secret.txt", folder.path().join("project/port.verdict")).expect("a link");
    for arguments in [&["test", &file][..], &["test", &file, "--accept"]] {
        let run = assess(arguments);
        assert_eq!(run.status, Status::Failed, "{}{}", run.out, run.err);
        assert!(
            !format!("{}{}", run.out, run.err).contains("hunter2"),
            "{}",
            run.out
        );
        assert_eq!(
            fs::read_to_string(&secret).expect("the file"),
            "password: hunter2\n"
        );
    }
    // Nor through one that stays inside.
    let link = folder.path().join("project/port.verdict");
    fs::remove_file(&link).expect("a link");
    fs::write(folder.path().join("project/notes.txt"), "notes\n").expect("a file");
    symlink("notes.txt", &link).expect("a link");
    let run = assess(&["test", &file, "--accept"]);
    assert!(run.err.contains("it is a link"), "{}{}", run.out, run.err);
    let notes = fs::read_to_string(folder.path().join("project/notes.txt"));
    assert_eq!(notes.expect("the file"), "notes\n");
}

#[test]
fn nothing_is_written_through_a_link() {
    let folder = project();
    let ugly = "event   e {chance:1% by 2026-01-01}\n";
    fs::write(folder.path().join("real.assess"), ugly).expect("a file");
    symlink("real.assess", folder.path().join("link.assess")).expect("a link");
    symlink("real.assess", folder.path().join("link.html")).expect("a link");
    let (link, page, port) = (
        at(&folder, "link.assess"),
        at(&folder, "link.html"),
        at(&folder, "project/port.assess"),
    );
    for arguments in [
        &["fmt", &link][..],
        &["mv", "e", "f", &link],
        &["report", &port, "-o", &page],
        &["check", &port, "--fail-on=never", "--output", &link],
        &["check", &port, "--write-baseline", &link],
    ] {
        let run = assess(arguments);
        assert_eq!(run.status, Status::Failed, "{arguments:?}: {}", run.out);
        assert!(
            run.err.contains("it is a link"),
            "{arguments:?}: {}",
            run.err
        );
        let text = fs::read_to_string(folder.path().join("real.assess"));
        assert_eq!(text.expect("the file"), ugly, "{arguments:?}");
    }
}

#[test]
fn pages_stay_in_their_folder() {
    let folder = project();
    let (files, site) = (at(&folder, "project"), at(&folder, "site"));
    fs::create_dir_all(folder.path().join("elsewhere")).expect("a folder");
    fs::create_dir_all(&site).expect("a folder");
    symlink("../elsewhere", folder.path().join("site/desk")).expect("a link");
    symlink("../secret.txt", folder.path().join("site/index.html")).expect("a link");
    let run = assess(&["report", &files, "-o", &site]);
    assert_eq!(run.status, Status::Failed, "{}", run.out);
    assert_eq!(
        fs::read_dir(folder.path().join("elsewhere"))
            .expect("a folder")
            .count(),
        0
    );
    let secret = fs::read_to_string(folder.path().join("secret.txt")).expect("the file");
    assert_eq!(secret, "password: hunter2\n");
}

/// A pipe into which nobody writes would be waited for for ever.
#[test]
fn a_pipe_is_not_waited_for() {
    let folder = project();
    for name in ["pipe.assess", "project/port.verdict", "project/assess.toml"] {
        let path = folder.path().join(name);
        let made = Command::new("mkfifo").arg(&path).status();
        if !made.is_ok_and(|status| status.success()) {
            return;
        }
    }
    let (pipe, port) = (
        at(&folder, "pipe.assess"),
        at(&folder, "project/port.assess"),
    );
    for arguments in [
        &["check", &pipe][..],
        &["eval", &pipe],
        &["explain", &pipe],
        &["flip", &pipe],
        &["report", &pipe],
        &["fmt", &pipe],
        &["test", &pipe],
        &["agenda", &pipe],
        &["diff", &pipe, &port],
        &["mv", "a", "b", &pipe],
        &["new", "never", "--from", &pipe],
        &["check", &port, "--baseline", &pipe],
        &["check", &port, "--config", &pipe],
        &["check", &port],
        &["test", &port],
    ] {
        let run = assess(arguments);
        assert_eq!(run.status, Status::Failed, "{arguments:?}");
        assert!(
            run.err.contains("not a regular file"),
            "{arguments:?}: {}",
            run.err
        );
    }
}

#[test]
fn no_name_and_no_text_steers_the_terminal() {
    let folder = folder(&[
        (
            "a\u{1b}[31mb.assess",
            "# \u{1b}[2J\u{9b}1m\nevent   e {chance:1% by 2026-01-01}\n",
        ),
        (
            "c.assess",
            "event   e {chance:1% by 2026-01-01} # \u{1b}]0;title\u{7}\n",
        ),
    ]);
    let root = at(&folder, "");
    let odd = at(&folder, "a\u{1b}[31mb.assess");
    for arguments in [
        &["fmt", &root, "--check"][..],
        &["fmt", &root, "--diff"],
        &["check", &root],
        &["check", &root, "--fix", "--diff"],
        &["mv", "e", "f", &odd, "--diff"],
        &["mv", "e", "f", &odd],
        &["eval", &format!("{root}\u{1b}[2Jnone")],
        &["eval", &root, "--format=csv"],
        &["test", &root],
        &["fmt", &root],
    ] {
        let run = assess(arguments);
        let said = format!("{}{}", run.out, run.err);
        let steers = |c: char| c.is_control() && c != '\n';
        assert!(!said.contains(steers), "{arguments:?}: {said:?}");
    }
}
