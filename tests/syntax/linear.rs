//! Every parse is linear: texts that grow take steps in proportion, however they are broken.
//!
//! Steps are counted, not timed: the grammar's by the limit that pest puts on them, which holds for a
//! whole process, so that a process of its own parses (`grown` below, run by `steps_grow_with_the_text`);
//! what is read again by the bytes of it that `syntax` allows.

use assess::syntax::parse;
use assess::text::source::FileId;
use std::num::NonZeroUsize;
use std::process::Command;

/// How many steps of the grammar a byte may take; an ordinary file takes some 30.
const STEPS: usize = 600;

/// What stands before, what is repeated, and what stands behind.
const GROWN: [(&str, &str, &str); 64] = [
    ("", "{ ", ""),
    ("", "}", ""),
    ("overlap ", "{ ", ""),
    ("event e {\n  overlap ", "{ ", "\n}\n"),
    ("event e {\n  ", "{", "\n"),
    ("event e {\n  chance: ", "{ ", "}\n"),
    ("event e {\n  chance ", "{", "}\nevent f { chance: 5% }\n"),
    ("factor f { weight ", "{ ", " evidence \"\"\" "),
    ("factor f { evidence ", "{ ", "\"\"\"\n"),
    ("event e { note: \"\"\" a ", "{ ", "\n"),
    ("event e { note: \"\"\" a\n ", "{ ", "\"\n"),
    ("event e { x ", "{ \"", "\n"),
    ("event e { x ", "{ \" ", "}"),
    ("event e { x ", "\" { ", "\n}\n"),
    ("event e { x ", "\"\"\" { ", "\n"),
    ("event e { x ", "{ \"\"\" ", "\n"),
    ("event e { x ", "{ # ", "\n"),
    ("event e { x ", "{\n# \"\n", "\n"),
    ("event e {\n", "  { \"a\" {\n", ""),
    ("event e {\n", "  x { \"a {\n", ""),
    ("event e ", "{ a: ", ""),
    ("event e ", "{ event e ", ""),
    ("event e ", "{ factor f \"F\" ", ""),
    ("event e ", "{ chance given ", ""),
    ("event e { chance given ", "(", ": 5% }"),
    ("event e { chance given ", "(a ", ": 5% }"),
    ("event e { chance given ", "(a or ", ": 5% }"),
    ("change c { when: ", "(", "a }"),
    ("change c { when: ", ")", "a }"),
    ("change c { when: \"", "(", "\" }"),
    ("change c { when: ", "(a and not ", "}"),
    ("change c { when: ", "not ", "}"),
    ("change c { when: ", "at least 2 of (", "}"),
    ("change c { when: ", "at least 2 of (a, ", "}"),
    ("change c { when: ", "a & ", "}"),
    ("expect ", "not ", ""),
    ("expect ", "(", ": 5%"),
    ("expect a: ", "above ", ""),
    ("expect a: above ", "(", ""),
    ("section \"S\": \"", "{(", "\""),
    ("section \"S\": \"", "{a ", "\""),
    ("section \"S\": \"", "{a or ", "}\""),
    ("section \"S\": \"\"\"", "{not ", ""),
    ("event e { chance: ", "[", "}"),
    ("event e { chance: ", ",", "}"),
    ("event e { chance: ", "5% by ", "}"),
    ("event e { chance: ", "5% in a ", "}"),
    ("event e { chance: ", "5% to ", "}"),
    ("event e { chance: ", "5% by a and ", "}"),
    ("event e { ", "weight for a: ", "}"),
    ("event e { ", "weight for ", "}"),
    ("event e { ", "chance ", "}"),
    ("event e { ", "rated: a b, ", "}"),
    ("event e { ", "evidence \"a\" b, ", "}"),
    ("prior { ", "a, ", "}"),
    ("prior { ", "a: ", "}"),
    ("exclusive: ", "a b, ", ""),
    ("", "event e { x: 5\n", ""),
    ("", "event e { x { y: 5\n}\n", ""),
    ("", "\"\"\" ", ""),
    ("", "a,\n", "b"),
    ("x", "\n \n# c\n", "and"),
    ("event e { chance: 1", "0", "% }"),
    ("event e", "\r", "{}"),
];

#[test]
fn steps_grow_with_the_text() {
    let this = std::env::current_exe().expect("the tests' own program");
    let run = Command::new(this)
        .args([
            "--exact",
            "syntax::linear::grown",
            "--ignored",
            "--nocapture",
            "--test-threads=1",
        ])
        .output()
        .expect("a run of it");
    let said = String::from_utf8_lossy(&run.stdout);
    assert!(
        run.status.success(),
        "{said}\n{}",
        String::from_utf8_lossy(&run.stderr)
    );
    assert!(said.contains("1 passed"), "{said}");
}

/// Parses all texts under the limit; one that passes it is no file to the parser any more.
#[test]
#[ignore = "sets a limit for the whole process: run by `steps_grow_with_the_text`"]
fn grown() {
    for (before, piece, after) in GROWN {
        for count in [1, 10, 40, 60, 100, 1_000, 10_000] {
            let text = format!("{before}{}{after}", piece.repeat(count));
            pest::set_call_limit(NonZeroUsize::new(STEPS * (text.len() + 100)));
            let parsed = parse(FileId(0), &text);
            let bug = parsed
                .diagnostics
                .iter()
                .find(|d| d.rule.name == "internal-error");
            assert!(
                bug.is_none(),
                "{count} times {piece:?} behind {before:?}: {bug:#?}"
            );
        }
    }
}
