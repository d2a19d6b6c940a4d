//! `assess fmt`: what is written, what is only shown, and how it ends.

use super::{assess, assess_with};
use assess::cli::Status;
use std::fs;
use std::path::PathBuf;
use tempfile::TempDir;

const UGLY: &str = "event a{chance:1%by long}# c\n";
const NEAT: &str = "event a { chance: 1% by long }  # c\n";
const BROKEN: &str = "event a { chance 1% }\n";

/// A folder with one file of each kind.
fn folder() -> (TempDir, [PathBuf; 3]) {
    let folder = tempfile::tempdir().expect("a folder");
    let paths = [("broken", BROKEN), ("neat", NEAT), ("ugly", UGLY)].map(|(name, text)| {
        let path = folder.path().join(format!("{name}.assess"));
        fs::write(&path, text.replace("1%by", "1% by")).expect("written");
        path
    });
    (folder, paths)
}

fn text(path: &PathBuf) -> String {
    fs::read_to_string(path).expect("a file")
}

#[test]
fn files_are_rewritten_and_broken_ones_left_alone() {
    let (folder, [broken, neat, ugly]) = folder();
    let name = folder.path().to_str().expect("UTF-8");
    let run = assess(&["fmt", name]);
    assert_eq!((run.status, run.out.as_str()), (Status::Found, ""));
    assert!(run.err.contains("syntax"), "{}", run.err);
    assert!(
        run.err.contains("broken.assess` was not changed"),
        "{}",
        run.err
    );
    assert!(
        run.err
            .ends_with("1 file reformatted, 1 file left as it was\n"),
        "{}",
        run.err
    );
    assert_eq!(text(&broken), BROKEN);
    assert_eq!(text(&neat), NEAT);
    assert_eq!(text(&ugly), NEAT);
    let entries = fs::read_dir(folder.path()).expect("a folder");
    assert_eq!(entries.count(), 3, "a temporary file is left");

    let run = assess(&["fmt", ugly.to_str().expect("UTF-8")]);
    assert_eq!(run.status, Status::Done);
    assert_eq!(run.err, "1 file left as it was\n");
}

#[test]
fn check_names_files_and_diff_shows_them() {
    let (_folder, [_, neat, ugly]) = folder();
    let before = text(&ugly);
    let paths = [&neat, &ugly].map(|path| path.to_str().expect("UTF-8"));
    let run = assess(&["fmt", "--check", paths[0], paths[1]]);
    assert_eq!(run.status, Status::Found);
    assert_eq!(run.out, format!("{}\n", paths[1]));
    assert_eq!(
        run.err,
        "1 file would be reformatted, 1 file left as it was\n"
    );

    let run = assess(&["fmt", "--diff", paths[0], paths[1]]);
    assert_eq!(run.status, Status::Found);
    assert!(
        run.out.contains(&format!("\n-{before}+{NEAT}")),
        "{}",
        run.out
    );
    assert_eq!(text(&ugly), before);

    for flag in ["--check", "--diff"] {
        let run = assess(&["fmt", flag, paths[0]]);
        assert_eq!((run.status, run.out.as_str()), (Status::Done, ""));
    }
}

#[test]
fn standard_input_goes_to_the_output() {
    let ugly = UGLY.replace("1%by", "1% by");
    let run = assess_with(&["fmt", "-"], ugly.as_bytes(), false);
    assert_eq!(
        (run.status, run.out.as_str(), run.err.as_str()),
        (Status::Done, NEAT, "")
    );
    let run = assess_with(
        &["fmt", "-", "--check", "--stdin-name", "a.assess"],
        ugly.as_bytes(),
        false,
    );
    assert_eq!(
        (run.status, run.out.as_str()),
        (Status::Found, "a.assess\n")
    );
    let run = assess_with(&["fmt", "-", "--diff"], NEAT.as_bytes(), false);
    assert_eq!((run.status, run.out.as_str()), (Status::Done, ""));
    let run = assess_with(&["fmt", "-"], BROKEN.as_bytes(), false);
    assert_eq!((run.status, run.out.as_str()), (Status::Found, ""));
    assert!(run.err.contains("<stdin>"), "{}", run.err);
    let run = assess(&["fmt", "-", "a.assess"]);
    assert_eq!(run.status, Status::Failed);
}

#[test]
fn what_is_no_text_is_refused() {
    let run = assess_with(&["fmt", "-"], b"event a {} # \xff\n", false);
    assert_eq!((run.status, run.out.as_str()), (Status::Found, ""));
    assert!(run.err.contains("encoding"), "{}", run.err);
    let run = assess(&["fmt", "nowhere.assess"]);
    assert_eq!(run.status, Status::Failed);
    assert!(
        run.err
            .contains("there is no file or folder `nowhere.assess`"),
        "{}",
        run.err
    );
}

#[test]
fn our_own_files_pass() {
    let run = assess(&["fmt", "--check", "assessments", "examples"]);
    assert_eq!(
        (run.status, run.out.as_str()),
        (Status::Done, ""),
        "{}",
        run.err
    );
}
