//! Which strengths the record supports.

use crate::cli::{assess, is_as_its_schema_says};
use assess::cli::Status;
use serde_json::Value;
use std::path::Path;

/// Files in which the exit came, or did not, with the mood stated or not.
fn write(folder: &Path, count: usize, came: bool, mood: &str) {
    for i in 0..count {
        let outcome = if came { "exit" } else { "stay" };
        let text = format!(
            "assessment \"?\" {{ as of: 2025-01-01 }}\nhorizon early: 2025-01-01 to 2025-03-31\n\
             horizon late: 2025-04-01 to 2025-12-31\noutcome stay\noutcome fade\noutcome exit\n\
             prior {{\n  exit: 20%\n  fade: 30%\n  stay: rest\n}}\n{mood}\
             factor law {{ weight against fade: 2:1 }}\n\
             event talk {{ chance: 30% by early, 40% by late, weight for exit: 5:1 }}\n\
             resolved: stay in early on 2025-04-01\nresolved: {outcome} in late on 2026-01-01\n"
        );
        let talk = match i % 3 {
            0 => "resolved: talk on 2025-02-01\n",
            1 => "resolved: not talk by late on 2026-01-01\n",
            _ => "",
        };
        let name = format!("{came}{}{i:02}.assess", mood.len());
        std::fs::write(folder.join(name), text + talk).expect("a file");
    }
}

const MOOD: &str = "factor mood { weight for exit: 3:1, weight for fade: 3:1 }\n";
const STRONGER: &str = "factor mood { weight for exit: 12:1, weight for fade: 12:1 }\n";
const OPEN: &str = "factor mood { holds: 70%, weight for exit: 3:1 }\n";

fn folder() -> tempfile::TempDir {
    let folder = tempfile::TempDir::new().expect("a folder");
    write(folder.path(), 6, true, MOOD);
    write(folder.path(), 3, true, STRONGER);
    write(folder.path(), 3, true, "");
    write(folder.path(), 4, false, MOOD);
    write(folder.path(), 9, false, "");
    // Whether it held is not known.
    write(folder.path(), 2, false, OPEN);
    folder
}

fn scored(folder: &Path, more: &[&str]) -> String {
    let path = folder.to_str().expect("UTF-8");
    let run = assess(&[&["score", path], more].concat());
    assert_eq!(run.status, Status::Done, "{}", run.err);
    run.out
}

fn weight<'a>(report: &'a Value, driver: &str, outcome: &str) -> &'a Value {
    let mut all = report["weights"].as_array().expect("weights").iter();
    let own = all.find(|w| w["id"] == driver && w["outcome"] == outcome);
    own.unwrap_or_else(|| panic!("no {driver} for {outcome}"))
}

#[test]
fn by_counts() {
    let folder = folder();
    let report = scored(folder.path(), &["--weights", "--format=json"]);
    let report: Value = serde_json::from_str(&report).expect("JSON");
    is_as_its_schema_says("score", &report);
    let mood = weight(&report, "mood", "exit");
    let number = |w: &Value, key: &str| w[key].as_f64().expect("a number");
    let counts =
        |w: &Value| ["seen_true", "came_true", "seen_false", "did_not"].map(|k| number(w, k));
    assert_eq!(counts(mood), [9.0, 12.0, 4.0, 13.0]);
    let (ratio, s) = (
        (9.5f64 / 13.0) / (4.5 / 14.0),
        (1.0 / 9.5 - 1.0 / 13.0 + 1.0 / 4.5 - 1.0 / 14.0f64).sqrt(),
    );
    assert!((number(&mood["ratio"], "value") - ratio).abs() < 1e-12);
    assert!(
        (number(&mood["ratio"], "low") - ratio * (-1.959_963_984_540_054 * s).exp()).abs() < 1e-9
    );
    // Of 20% against fade's 30% and stay's 50%: 3 to (30·3 + 50)/80, 12 to (30·12 + 50)/80, 3 to 1.
    let logs =
        10.0 * (3.0 * 80.0 / 140.0f64).ln() + 3.0 * (12.0 * 80.0 / 410.0f64).ln() + 2.0 * 3f64.ln();
    assert!(
        (number(mood, "stated") - (logs / 15.0).exp()).abs() < 1e-9,
        "{mood}"
    );
    assert_eq!(mood["stating"], 15);
    // It was there in every file.
    let law = weight(&report, "law", "fade");
    assert_eq!(counts(law), [0.0, 0.0, 27.0, 27.0]);
    // An event counts where it is known whether it happened by then.
    let talk = weight(&report, "talk", "exit");
    assert_eq!(counts(talk), [4.0, 8.0, 6.0, 11.0]);
}

#[test]
fn in_words() {
    let folder = folder();
    let text = scored(folder.path(), &["--weights"]);
    let line = |name: &str| {
        let words = |l: &&str| l.split_whitespace().take(2).collect::<Vec<_>>().join(" ") == name;
        let mut own = text.lines().filter(words);
        own.next().unwrap_or_else(|| panic!("no {name}: {text}"))
    };
    assert!(line("law fade").ends_with("seen in all files"), "{text}");
    assert!(line("talk exit").ends_with("too few to say"), "{text}");
    assert!(line("mood exit").ends_with('—'), "{text}");
    assert!(!scored(folder.path(), &[]).contains("Strengths"));
    let alone = tempfile::TempDir::new().expect("a folder");
    write(alone.path(), 1, true, MOOD);
    assert!(scored(alone.path(), &["--weights"]).contains("No two files"));
}
