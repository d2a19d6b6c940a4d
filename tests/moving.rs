//! What is moved to a file that others can use: the edits, and that the verdict stays.

use assess::ide::actions::Action;
use assess::ide::{Analysis, Numbers, moving};
use assess::project::{Memory, Project};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

const MAIN: &str = r#"# Which way?
use "lib/shared.assess": ceasefire

assessment "Which way?" { as of: 2025-03-01 }
horizon near: until 2026-03-01
outcome up
outcome down
prior { up: 40%, down: rest }

# What the summit may bring.
event summit "A summit" { # soon
  chance given ceasefire: likely
  chance otherwise: 10%
}

event vote "The vote is won" { chance: 30% by 2025-12-31 }

event local "It stays here" { chance given vote: 20%, chance otherwise: 10% }

change relief { when: summit or vote, weight for up: strong }
"#;

const SHARED: &str = "event ceasefire { chance: 20% by 2026-03-01 }";

fn read(files: &BTreeMap<PathBuf, String>) -> Analysis {
    let files = files
        .iter()
        .map(|(path, text)| (path.to_str().expect("a path"), text.as_str()));
    let memory = Memory::new(files);
    Analysis::of(Project::load(&memory, Path::new("main.assess")).expect("a file"))
}

fn files(texts: &[(&str, &str)]) -> BTreeMap<PathBuf, String> {
    let each = texts
        .iter()
        .map(|(path, text)| (PathBuf::from(path), (*text).to_owned()));
    each.collect()
}

/// The moves that are offered behind some words.
fn moves(files: &BTreeMap<PathBuf, String>, words: &str, creates: bool) -> Vec<Action> {
    let analysis = read(files);
    let at = analysis.text().find(words).expect("the words") + words.len();
    let texts = files
        .iter()
        .map(|(path, text)| (path.to_str().expect("a path"), text.as_str()));
    moving::moves(&analysis, &(at..at), &Memory::new(texts), creates)
}

/// The files after an action.
fn after(files: &BTreeMap<PathBuf, String>, action: &Action) -> BTreeMap<PathBuf, String> {
    let mut files = files.clone();
    if let Some(new) = &action.creates {
        assert!(files.insert(new.clone(), String::new()).is_none());
    }
    let mut edits = action.edits.clone();
    edits.sort_by_key(|(_, edit)| std::cmp::Reverse(edit.range.start));
    for (path, edit) in edits {
        files
            .get_mut(&path)
            .expect("a file")
            .replace_range(edit.range, &edit.text);
    }
    files
}

fn shown(files: &BTreeMap<PathBuf, String>) -> String {
    let each = files
        .iter()
        .map(|(path, text)| format!("---- {}\n{text}\n", path.display()));
    each.collect()
}

fn chances(analysis: &Analysis) -> String {
    let numbers = Numbers::of(analysis).expect("a verdict");
    let known = assess::ide::Known {
        numbers: &numbers,
        stale: false,
    };
    assess::ide::lens::verdict(known).expect("a line")
}

#[test]
fn an_event_moves_to_a_file_that_is_used() {
    let files = files(&[("main.assess", MAIN), ("lib/shared.assess", SHARED)]);
    let found = moves(&files, "event sum", true);
    let [action] = &found[..] else {
        panic!("{found:?}")
    };
    assert_eq!(action.title, "Move `summit` to `lib/shared.assess`");
    let moved = after(&files, action);
    insta::assert_snapshot!(shown(&moved));
    assert_eq!(chances(&read(&moved)), chances(&read(&files)));
    // It is used from there now.
    assert!(moves(&moved, "use \"lib/shared.assess\": ceasefire, sum", true).is_empty());
}

#[test]
fn an_event_moves_to_a_new_file_where_one_can_be_made() {
    let text = MAIN.replacen("use \"lib/shared.assess\": ceasefire\n\n", "", 1);
    let text = text.replace(
        "chance given ceasefire: likely\n  chance otherwise: 10%",
        "chance: 20%",
    );
    let files = files(&[("main.assess", &text)]);
    assert!(moves(&files, "event vo", false).is_empty());
    let found = moves(&files, "event vo", true);
    let [action] = &found[..] else {
        panic!("{found:?}")
    };
    let moved = after(&files, action);
    insta::assert_snapshot!(shown(&moved));
    assert_eq!(chances(&read(&moved)), chances(&read(&files)));
}

#[test]
fn what_would_change_is_not_offered() {
    let both =
        |main: &str, shared: &str| files(&[("main.assess", main), ("lib/shared.assess", shared)]);
    // It rests on what stays behind.
    assert!(moves(&both(MAIN, SHARED), "event lo", true).is_empty());
    // A word means another number there.
    let house = format!("{SHARED}\nscale house {{ likely: 20% to 30% }}\n");
    let house = house.replacen(
        "event",
        "assessment \"S\" { as of: 2025-03-01, scale: house }\nevent",
        1,
    );
    assert!(moves(&both(MAIN, &house), "event sum", true).is_empty());
    // The name is taken there.
    let taken = format!("{SHARED}\nevent vote {{ chance: 1% }}\n");
    assert!(moves(&both(MAIN, &taken), "event vo", true).is_empty());
    // Something else stands on its line.
    let shared_line = MAIN.replacen("change relief", "outcome third change relief", 1);
    assert!(moves(&both(&shared_line, SHARED), "change rel", true).is_empty());
    // A file with mistakes, and places without a name.
    let broken = MAIN.replacen("40%", "140%", 1);
    assert!(moves(&both(&broken, SHARED), "event sum", true).is_empty());
    assert!(moves(&both(MAIN, SHARED), "chance given", true).is_empty());
    assert!(moves(&both(MAIN, SHARED), "outcome up", true).is_empty());
}
