//! Files made ugly at random: blanks, line ends and comments wherever the grammar takes them.

use super::{comments, files, format_checked, laid_out, numbers};
use assess::project::Project;
use assess::syntax::{Kind, parse};
use assess::text::source::FileId;
use proptest::prelude::*;
use proptest::test_runner::Config;
use std::fs;

/// What is put at one place of a text.
#[derive(Debug, Clone, Copy)]
enum Dirt {
    Blanks(usize),
    Tabs,
    Return,
    Lines(usize),
    Comment,
    OwnComment,
    Comma,
}

fn dirt() -> impl Strategy<Value = Dirt> {
    prop_oneof![
        (1..5usize).prop_map(Dirt::Blanks),
        Just(Dirt::Tabs),
        Just(Dirt::Return),
        (1..4usize).prop_map(Dirt::Lines),
        Just(Dirt::Comment),
        Just(Dirt::OwnComment),
        Just(Dirt::Comma),
    ]
}

fn written(dirt: Dirt, n: usize) -> String {
    match dirt {
        Dirt::Blanks(count) => " ".repeat(count),
        Dirt::Tabs => "\t\u{A0}".to_owned(),
        Dirt::Return => "\r".to_owned(),
        Dirt::Lines(count) => "\n".repeat(count),
        Dirt::Comment => format!(" # comment {n}, \"{{(\n"),
        Dirt::OwnComment => format!("\n   # comment {n}\n"),
        Dirt::Comma => ",".to_owned(),
    }
}

/// Puts dirt behind words and signs, and takes back what the grammar does not take.
fn soiled(text: &str, picks: &[(prop::sample::Index, Dirt)]) -> String {
    let tree = parse(FileId(0), text).tree;
    let texts: Vec<_> = tree
        .iter()
        .filter(|n| matches!(n.kind(), Kind::prose | Kind::string | Kind::comment))
        .map(|n| n.range())
        .collect();
    let is_free = |at: &usize| {
        let inside = texts.iter().any(|r| r.start < *at && *at < r.end);
        let at_edge = text[*at..].starts_with([' ', '\n', ',', '}', '{', ':', '(', ')'])
            || text[..*at].ends_with([' ', '\n', '{', '(', ',', ':']);
        text.is_char_boundary(*at) && !inside && at_edge
    };
    let places: Vec<usize> = (0..text.len())
        .filter(|at| text.is_char_boundary(*at))
        .filter(is_free)
        .collect();
    let mut picked: Vec<(usize, Dirt)> = picks
        .iter()
        .map(|(index, dirt)| (*index.get(&places), *dirt))
        .collect();
    picked.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
    let mut out = text.to_owned();
    for (n, (at, dirt)) in picked.into_iter().enumerate() {
        let mut next = out.clone();
        next.insert_str(at, &written(dirt, n));
        if laid_out(&next).is_ok() {
            out = next;
        }
    }
    out
}

proptest! {
    #![proptest_config(Config { cases: 48, failure_persistence: None, ..Config::default() })]

    #[test]
    fn nothing_is_lost_and_no_number_moves(
        file in any::<prop::sample::Index>(),
        picks in prop::collection::vec((any::<prop::sample::Index>(), dirt()), 1..40),
    ) {
        let all = [files("examples"), files("tests/reference"), files("tests/suite/format")].concat();
        let path = &all[file.index(all.len())];
        let name = path.display().to_string();
        let clean = fs::read_to_string(path).expect("a file");
        let ugly = soiled(&clean, &picks);
        let out = format_checked(&name, &ugly);
        let (before, after) = (Project::from_text(&name, &ugly), Project::from_text(&name, &out));
        prop_assert_eq!(numbers(&before), numbers(&after));
    }
}

/// Blanks and line ends alone leave no trace.
#[test]
fn blanks_leave_no_trace() {
    for path in files("examples") {
        let text = fs::read_to_string(&path).expect("a file");
        let name = path.display().to_string();
        let mut ugly = String::new();
        for line in text.lines() {
            let is_code = !line.contains(['"', '{']) && !line.trim_start().starts_with('#');
            let line = match is_code {
                true => line.replace(' ', " \t  ").replace(':', "  :  "),
                false => format!("\t {line}"),
            };
            ugly.push_str(&line);
            ugly.push_str("\r\n");
        }
        let out = format_checked(&name, &ugly).replace('\r', "");
        assert_eq!(out, text, "{name}");
    }
}

#[test]
fn every_comment_of_the_suite_is_kept() {
    let text = include_str!("../suite/format/comments.assess");
    let out = format_checked("comments", text);
    let numbers: Vec<String> = comments(&out)
        .iter()
        .filter_map(|c| Some(c.strip_prefix("# ")?.split(' ').next()?.to_owned()))
        .collect();
    let wanted: Vec<String> = (1..=56).map(|n| n.to_string()).collect();
    assert_eq!(numbers, wanted);
}
