//! `assess agenda`: every kind of thing that falls due, in every format.

use super::{assess, assess_with, is_as_its_schema_says, printed};
use assess::cli::Status;
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use tempfile::TempDir;

const FOLDER: &str = "tests/suite/agenda";
const FILE: &str = "tests/suite/agenda/alliance.assess";

fn agenda(arguments: &[&str]) -> String {
    printed(&[&["agenda"], arguments].concat())
}

#[test]
fn a_table_by_date() {
    insta::assert_snapshot!("today", agenda(&[FOLDER, "--today", "2026-03-01"]));
    insta::assert_snapshot!("no_day", agenda(&[FILE, "--until", "2026-06-30"]));
    let none = agenda(&[FILE, "--until", "2020-01-01"]);
    assert_eq!(none, "nothing falls due in 1 file\n");
}

/// What is stated of a final outcome by a date falls due on that date, until it is settled.
#[test]
fn dates_of_the_prior_fall_due() {
    let sound = include_str!("../suite/lint/sound.assess");
    let dated = sound.replace(
        "exit: 2% per year",
        "exit: 1% by 2025-05-12, 2% by short, 4% by long",
    );
    let folder = TempDir::new().expect("a folder");
    let file = folder.path().join("a.assess");
    let due = |text: &str| {
        fs::write(&file, text).expect("a file");
        let said = agenda(&[file.to_str().expect("UTF-8"), "--format=json"]);
        let said: Value = serde_json::from_str(&said).expect("JSON");
        is_as_its_schema_says("agenda", &said);
        let due = said["due"].as_array().expect("a list");
        let dates = due.iter().filter(|d| d["date"] == "2025-05-12");
        dates
            .map(|d| format!("{}: {}", d["what"], d["todo"]))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        due(&dated),
        ["\"`exit` by `2025-05-12`\": \"has it come? `resolved: exit in short on DATE`\""]
    );
    assert_eq!(
        due(&format!("{dated}resolved: exit in short on 2025-04-01\n")),
        [""; 0]
    );
    assert_eq!(
        due(&format!(
            "{dated}resolved: commitment in short on 2025-09-02\n"
        )),
        [""; 0]
    );
    assert_eq!(due(sound), [""; 0]);
}

/// So it does in every row of every question, once for each outcome and day.
#[test]
fn dates_of_every_prior_fall_due() {
    let text = "assessment \"Several\" { as of: 2025-03-01 }
horizon near: until 2025-12-31
event slip { chance: 20% by near }
outcome calm
final outcome storm
prior given slip { storm: 5% by 2025-05-12, 30% by near\ncalm: rest }
prior otherwise { storm: 1% by 2025-05-12, 2% by 2025-07-01, 9% by near\ncalm: rest }
question price {
  outcome low
  final outcome gone
  prior { gone: 1% by 2025-06-01, 3% by near\nlow: rest }
}
";
    let folder = TempDir::new().expect("a folder");
    let file = folder.path().join("a.assess");
    fs::write(&file, text).expect("a file");
    let said = agenda(&[file.to_str().expect("UTF-8"), "--format=json"]);
    let said: Value = serde_json::from_str(&said).expect("JSON");
    let due = said["due"].as_array().expect("a list").iter();
    let due = due.filter(|d| d["date"].as_str().expect("a date") < "2025-12-31");
    let due: Vec<&str> = due.map(|d| d["what"].as_str().expect("text")).collect();
    assert_eq!(
        due,
        [
            "`storm` by `2025-05-12`",
            "`gone` by `2025-06-01`",
            "`storm` by `2025-07-01`"
        ]
    );
}

#[test]
fn colour_adds_nothing_but_colour() {
    let arguments = ["agenda", FILE, "--today=2026-03-01"];
    let coloured = assess_with(&arguments, b"", true).out;
    assert!(coloured.contains("\u{1b}[31m"));
    let plain = anstream::adapter::strip_str(&coloured).to_string();
    assert_eq!(plain, assess(&arguments).out);
}

#[test]
fn json_is_as_its_schema_says() {
    let json = agenda(&[FOLDER, "--format=json", "--today=2026-03-01"]);
    let report: Value = serde_json::from_str(&json).expect("JSON");
    is_as_its_schema_says("agenda", &report);
    let due = report["due"].as_array().expect("a list");
    let kinds: BTreeSet<&str> = due.iter().filter_map(|d| d["kind"].as_str()).collect();
    assert_eq!(
        kinds,
        BTreeSet::from(["allow", "event", "evidence", "horizon"])
    );
    let text = fs::read_to_string(FILE).expect("the file");
    for item in due.iter().filter(|d| d["file"] == FILE) {
        let line = item["line"].as_u64().expect("a number") as usize;
        let line = text.lines().nth(line - 1).expect("a line");
        let word = match item["kind"].as_str() {
            Some("allow") => "# allow(",
            other => other.expect("a kind"),
        };
        assert!(line.trim_start().starts_with(word), "{line} / {item}");
    }
    let without: Value = serde_json::from_str(&agenda(&[FILE, "--format=json"])).expect("JSON");
    assert_eq!(without["today"], Value::Null);
    assert_eq!(without["due"][0]["days"], Value::Null);
}

/// The properties of each event, unfolded; what RFC 5545 asks of the whole is checked.
fn events(calendar: &str) -> Vec<Vec<(String, String)>> {
    assert!(calendar.ends_with("\r\n"));
    assert_eq!(
        calendar.matches('\n').count(),
        calendar.matches("\r\n").count()
    );
    assert!(
        calendar.split("\r\n").all(|line| line.len() <= 75),
        "{calendar}"
    );
    let unfolded = calendar.replace("\r\n ", "");
    let mut lines = unfolded.trim_end().split("\r\n").map(|line| {
        let (name, value) = line.split_once(':').expect("a property");
        (name.to_owned(), value.to_owned())
    });
    let head: Vec<String> = lines
        .by_ref()
        .take(4)
        .map(|(n, v)| format!("{n}:{v}"))
        .collect();
    assert_eq!(&head[..2], ["BEGIN:VCALENDAR", "VERSION:2.0"]);
    assert!(head[2].starts_with("PRODID:"));
    let mut events: Vec<Vec<(String, String)>> = Vec::new();
    for (name, value) in lines {
        match (name.as_str(), value.as_str()) {
            ("BEGIN", "VEVENT") => events.push(Vec::new()),
            ("END", _) => {}
            _ => events.last_mut().expect("an event").push((name, value)),
        }
    }
    for event in &events {
        for name in ["UID", "DTSTAMP", "DTSTART;VALUE=DATE", "SUMMARY"] {
            assert_eq!(event.iter().filter(|(n, _)| n == name).count(), 1, "{name}");
        }
        for (name, value) in event {
            // A comma or semicolon of a text is escaped, and so is every backslash.
            let plain = value
                .replace("\\\\", "")
                .replace("\\,", "")
                .replace("\\;", "");
            assert!(
                !plain.replace("\\n", "").contains(['\\', ',', ';']),
                "{name}:{value}"
            );
        }
    }
    events
}

fn value<'a>(event: &'a [(String, String)], name: &str) -> &'a str {
    let found = event.iter().find(|(n, _)| n == name);
    found.map_or("", |(_, value)| value)
}

#[test]
fn a_calendar() {
    let calendar = agenda(&[FOLDER, "--format", "ics"]);
    let events = events(&calendar);
    assert_eq!(events.len(), 8);
    let uids: BTreeSet<&str> = events.iter().map(|e| value(e, "UID")).collect();
    assert_eq!(uids.len(), events.len());
    insta::assert_snapshot!(calendar.replace("\r\n", "\n"));
}

#[test]
fn a_calendar_of_nothing_has_a_component_all_the_same() {
    let calendar = agenda(&[FOLDER, "--format", "ics", "--until", "2020-01-01"]);
    assert!(!calendar.contains("VEVENT"));
    insta::assert_snapshot!(calendar.replace("\r\n", "\n"));
}

#[test]
fn a_calendars_identifiers_outlast_edits_and_folders() {
    let text = fs::read_to_string(FILE).expect("the file");
    let shared = fs::read_to_string("tests/suite/agenda/shared/europe.assess").expect("the file");
    let uids = |text: &str| -> BTreeSet<String> {
        let folder = TempDir::new().expect("a folder");
        let at = folder.path();
        fs::create_dir_all(at.join("deep/shared")).expect("a folder");
        fs::write(at.join("assess.toml"), "").expect("a file");
        fs::write(at.join("deep/alliance.assess"), text).expect("a file");
        fs::write(at.join("deep/shared/europe.assess"), &shared).expect("a file");
        let path = at.join("deep/alliance.assess");
        let calendar = agenda(&[path.to_str().expect("UTF-8"), "--format=ics"]);
        events(&calendar)
            .iter()
            .map(|e| value(e, "UID").to_owned())
            .collect()
    };
    let before = uids(&text);
    let moved = text
        .replace("6 to 18 months", "6 to 20 months")
        .replace("18+ months", "20+ months")
        .replace("# One of", "# Another line.\n# One of")
        .replace("until 2026-06-30", "until 2026-07-31");
    assert_ne!(moved, text);
    assert_eq!(uids(&moved), before);
    assert_ne!(uids(&text.replace("medium", "middle")), before);
}

#[test]
fn what_check_would_not_report_is_not_due() {
    let text = fs::read_to_string("tests/suite/lint/sound.assess").expect("the file");
    let kinds = |text: &str, toml: &str| -> Vec<String> {
        let folder = TempDir::new().expect("a folder");
        fs::write(folder.path().join("a.assess"), text).expect("a file");
        fs::write(folder.path().join("assess.toml"), toml).expect("a file");
        let report = agenda(&[folder.path().to_str().expect("UTF-8"), "--format=json"]);
        let report: Value = serde_json::from_str(&report).expect("JSON");
        let due = report["due"].as_array().expect("a list");
        let each = due.iter().map(|d| {
            format!(
                "{} {}",
                d["kind"].as_str().unwrap_or(""),
                d["date"].as_str().unwrap_or("")
            )
        });
        each.collect()
    };
    let all = [
        "evidence 2026-08-04",
        "horizon 2025-09-01",
        "horizon 2026-09-01",
    ];
    let sorted = |mut list: Vec<String>| {
        list.sort();
        list
    };
    assert_eq!(sorted(kinds(&text, "")), all);
    assert_eq!(
        sorted(kinds(&text, "[lint]\nstale = { after = \"10 days\" }\n"))[0],
        "evidence 2025-02-11"
    );
    assert_eq!(sorted(kinds(&text, "[lint]\nstale = \"off\"\n")), all[1..]);
    assert_eq!(
        sorted(kinds(&text, "[lint]\noverdue = \"off\"\n")),
        all[..1]
    );
    let resolved = format!("{text}\nresolved: exit by short on 2025-08-01\n");
    assert_eq!(sorted(kinds(&resolved, "")), all[..1]);
}

#[test]
fn broken_files_do_not_keep_the_others_back() {
    let folder = TempDir::new().expect("a folder");
    let bad = folder.path().join("bad.assess");
    fs::write(&bad, "outcome a\n").expect("a file");
    let run = assess(&["agenda", bad.to_str().expect("UTF-8"), FILE]);
    assert_eq!(run.status, Status::Found);
    assert!(run.err.contains("error[missing-part]"), "{}", run.err);
    assert!(run.out.contains("`short` ends"));
    let run = assess(&["agenda", "none.assess", FILE]);
    assert_eq!(run.status, Status::Failed);
    assert!(run.out.contains("`short` ends"));
    let text = fs::read("tests/suite/lint/sound.assess").expect("the file");
    let run = assess_with(&["agenda", "-", "--stdin-name=b.assess"], &text, false);
    assert!(run.out.contains("b.assess:9"), "{}{}", run.out, run.err);
}
