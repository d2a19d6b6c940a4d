//! `assess resolve`: lines that say what came true.

use crate::cli::{Run, assess};
use assess::cli::Status;
use std::path::Path;

const TEXT: &str = "assessment \"Will it hold?\" {
  as of: 2025-01-01
}

horizon short: 0 to 6 months
horizon long:  6 to 18 months

outcome stay
final outcome exit

prior {
  exit: 10% by short, 28% by long
  stay: rest
}

event talk { chance: 30% by short, 60% by long }
";

fn file(folder: &Path) -> String {
    let path = folder.join("a.assess");
    std::fs::write(&path, TEXT).expect("a file");
    path.to_str().expect("UTF-8").to_owned()
}

fn settle(path: &str, arguments: &[&str]) -> Run {
    assess(&[&["resolve", path], arguments].concat())
}

#[test]
fn every_answer_is_a_line() {
    let folder = tempfile::TempDir::new().expect("a folder");
    let on = "--on=2025-07-02";
    for (arguments, line) in [
        (
            vec!["stay in short", on],
            "resolved: stay in short on 2025-07-02",
        ),
        (
            vec!["exit by long", on, "--yes"],
            "resolved: exit by long on 2025-07-02",
        ),
        (
            vec!["exit by short", on, "--no"],
            "resolved: not exit by short on 2025-07-02",
        ),
        (
            vec!["stay in short", on, "--share=70%"],
            "resolved: stay 70% in short on 2025-07-02",
        ),
        (
            vec!["in short", on, "--void"],
            "resolved: void in short on 2025-07-02",
        ),
        (vec!["talk", on], "resolved: talk on 2025-07-02"),
        (vec!["talk by long", on], "resolved: talk on 2025-07-02"),
        (
            vec!["talk by short", on],
            "resolved: talk by short on 2025-07-02",
        ),
        (
            vec!["talk by long", on, "--no"],
            "resolved: not talk by long on 2025-07-02",
        ),
        (
            vec!["talk", on, "--source", "The wires"],
            "resolved: talk on 2025-07-02  # The wires",
        ),
    ] {
        let path = file(folder.path());
        let run = settle(&path, &arguments);
        assert_eq!(
            (run.status, run.err.as_str()),
            (Status::Done, ""),
            "{arguments:?}"
        );
        let text = std::fs::read_to_string(&path).expect("a file");
        assert_eq!(text, format!("{TEXT}\n{line}\n"), "{arguments:?}");
        // Never twice.
        let again = settle(&path, &arguments);
        if !arguments.contains(&"--share=70%") {
            assert_eq!(again.status, Status::Failed, "{arguments:?}");
        }
        let same = std::fs::read_to_string(&path).expect("a file");
        assert_eq!(same.matches(line).count(), 1, "{arguments:?}");
    }
}

#[test]
fn a_second_line_stands_behind_the_first() {
    let folder = tempfile::TempDir::new().expect("a folder");
    let path = file(folder.path());
    settle(&path, &["stay in short", "--on=2025-07-02"]);
    settle(&path, &["talk", "--on=2025-05-02"]);
    let text = std::fs::read_to_string(&path).expect("a file");
    let both = "resolved: stay in short on 2025-07-02\nresolved: talk on 2025-05-02\n";
    assert_eq!(text, format!("{TEXT}\n{both}"));
}

#[test]
fn what_cannot_be_settled_is_refused_and_nothing_is_written() {
    let folder = tempfile::TempDir::new().expect("a folder");
    let path = file(folder.path());
    for (arguments, said) in [
        (
            vec!["stray in short"],
            "there is no outcome, event or quantity `stray`: did you mean `stay`?",
        ),
        (vec!["stay in shirt"], "there is no horizon `shirt`"),
        (vec!["stay"], "say for which horizon"),
        (vec!["talk", "--no"], "say for which horizon"),
        (vec!["talk", "--share=30%"], "is an event"),
        (vec!["a b c d"], "names nothing to settle"),
        (
            vec!["stay in short", "--today=2025-07-01"],
            "2025-07-02 has not come yet",
        ),
    ] {
        let run = settle(&path, &[&arguments[..], &["--on=2025-07-02"]].concat());
        assert_eq!(run.status, Status::Failed);
        assert!(run.err.contains(said), "{}", run.err);
    }
    assert_eq!(std::fs::read_to_string(&path).expect("a file"), TEXT);
}

#[test]
fn what_waits_for_an_answer_is_listed() {
    let folder = tempfile::TempDir::new().expect("a folder");
    let path = file(folder.path());
    let list = |today: &str| assess(&["resolve", &path, today]).out;
    assert_eq!(list("--today=2025-06-01"), "nothing waits for an answer\n");
    let waits = list("--today=2025-08-01");
    assert!(waits.contains("`short` ended on 2025-07-01"), "{waits}");
    assert!(waits.contains("which outcome: stay, exit"), "{waits}");
    assert!(waits.contains("whether it happened: talk"), "{waits}");
    settle(&path, &["stay in short", "--on=2025-07-02"]);
    settle(&path, &["talk by short", "--no", "--on=2025-07-02"]);
    assert_eq!(list("--today=2025-08-01"), "nothing waits for an answer\n");
}

#[test]
fn an_event_that_was_known_late_had_happened_by_its_horizon() {
    for (line, happened) in [
        (
            "resolved: talk by short on 2025-07-02",
            [Some(true), Some(true)],
        ),
        ("resolved: talk by long on 2026-09-01", [None, Some(true)]),
        (
            "resolved: talk by long on 2025-09-01",
            [Some(false), Some(true)],
        ),
        ("resolved: talk on 2025-07-02", [Some(false), Some(true)]),
        ("resolved: talk on 2026-09-01", [Some(false), Some(false)]),
    ] {
        let project = assess::project::Project::from_text("a.assess", &format!("{TEXT}\n{line}\n"));
        let assessment = assess::resolve::resolve(&project)
            .assessment
            .expect("no mistake");
        let truth = assess::record::truth::Truth::new(&assessment);
        let talk = assessment.drivers.id("talk").expect("an event");
        let found = [0, 1].map(|place| truth.event(talk, place).map(|f| f.0));
        assert_eq!(found, happened, "{line}");
    }
}
