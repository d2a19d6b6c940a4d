//! Horizons that are over, and what is resolved by now.

use crate::cli::{assess, is_as_its_schema_says};
use crate::infer::read::{assessment, tried, verdict};
use assess::cli::Status;
use serde_json::Value;

fn text(as_of: &str, more: &str) -> String {
    format!(
        "assessment \"?\" {{ as of: {as_of} }}\n\
         horizon short: 2025-01-01 to 2025-07-01\nhorizon long: 2025-07-01 to 2026-07-01\n\
         outcome stay\noutcome fade\nfinal outcome exit\n\
         prior {{\n  exit: 10% by short, 28% by long\n  fade: 30% in short, 20% in long\n  stay: rest\n}}\n\
         event talk {{ chance: 30% by short, 60% by long }}\n\
         event ban {{ chance: 10% by short, 20% by long }}\nexclusive: talk, ban\n\
         factor mood {{\n  holds: 50% in short, 70% in long\n  weight for fade: moderate, strong in short\n}}\n\
         expect exit by short: at most 20%\nexpect exit by long: at most 99%\n\
         section \"S\": \"By then {{exit by short}}, on {{date of short}}; {{exit by long}}.\"\n{more}"
    )
}

fn chance(text: &str, name: &str) -> f64 {
    let a = assessment(text);
    let verdict = verdict(&a);
    let last = verdict.horizons.last().expect("a horizon");
    match a.outcomes.id(name) {
        Some(id) => {
            let place = a.outcomes.ids().position(|o| o == id).expect("it");
            last.outcomes[place].probability.value
        }
        None => {
            let id = a.drivers.id(name).expect("an event");
            let event = verdict.events.iter().find(|e| e.event == id).expect("it");
            event.horizons.last().expect("a horizon").chance.value
        }
    }
}

#[test]
fn a_horizon_that_is_over_takes_no_part() {
    let text = text("2025-09-01", "resolved: stay in short on 2025-07-01\n");
    let a = assessment(&text);
    let past: Vec<&str> = a.past.iter().map(|p| p.name.node.as_str()).collect();
    assert_eq!(past, ["short"]);
    assert_eq!(
        (a.horizons.len(), a.expects.len(), a.resolved.len()),
        (1, 1, 0)
    );
    assert_eq!(a.past[0].resolved.len(), 1);
    // What was stated for it is ignored: from now on the curve starts anew.
    assert!((chance(&text, "talk") - 0.6).abs() < 1e-12);
}

#[test]
fn what_happened_by_now_is_so_and_rules_out_what_it_excludes() {
    let text = text("2025-09-01", "resolved: talk on 2025-08-01\n");
    assert_eq!(chance(&text, "talk"), 1.0);
    assert_eq!(chance(&text, "ban"), 0.0);
    let later = self::text("2025-09-01", "resolved: talk on 2025-10-01\n");
    assert!(
        (chance(&later, "talk") - 0.6).abs() < 1e-12,
        "not known yet"
    );
}

#[test]
fn a_final_outcome_that_has_come_is_all() {
    let text = text("2025-09-01", "resolved: exit by short on 2025-06-01\n");
    assert_eq!(chance(&text, "exit"), 1.0);
    assert_eq!(chance(&text, "stay"), 0.0);
}

#[test]
fn what_will_not_have_happened_by_a_horizon_is_not_expected_in_it() {
    let more = "resolved: not talk by short on 2025-02-01\n";
    let text = text("2025-03-01", more);
    let a = assessment(&text);
    let talk = a.drivers.id("talk").expect("an event");
    let verdict = verdict(&a);
    let found = verdict.events.iter().find(|e| e.event == talk).expect("it");
    assert_eq!(found.horizons[0].chance.value, 0.0);
    assert!(found.horizons[1].chance.value > 0.3);
}

#[test]
fn what_is_stated_for_the_past_only_is_said() {
    let lasting = text(
        "2025-09-01",
        "event gone { chance: 40% by short }\nresolved: not gone by short on 2025-07-01\n",
    );
    let a = assessment(&lasting);
    assert!(
        a.assumed
            .iter()
            .any(|s| s.contains("the chance of `gone` is stated for time that is over only"))
    );
    assert_eq!(chance(&lasting, "gone"), 0.0);
    let passing = text("2025-09-01", "factor old { holds: 40% in short }\n");
    let problems = tried(&passing).expect_err("a mistake");
    assert!(
        problems
            .iter()
            .any(|p| p.contains("`holds` of `old` is stated for horizons that are over only")),
        "{problems:?}"
    );
    let over = text("2027-09-01", "");
    assert!(tried(&over).is_err(), "nothing is left");
}

#[test]
fn names_are_still_checked() {
    let wrong = text("2025-09-01", "resolved: stray in short on 2025-07-01\n");
    assert!(tried(&wrong).is_err());
    let wrong = text("2025-09-01", "resolved: stay in shirt on 2025-07-01\n");
    assert!(tried(&wrong).is_err());
}

#[test]
fn eval_says_what_is_settled() {
    let folder = tempfile::TempDir::new().expect("a folder");
    let path = folder.path().join("a.assess");
    let more = "resolved: stay in short on 2025-07-01\nresolved: talk on 2025-08-01\n";
    std::fs::write(&path, text("2025-09-01", more)).expect("a file");
    let path = path.to_str().expect("UTF-8");
    let run = assess(&["eval", path]);
    assert_eq!(run.status, Status::Done);
    assert!(
        run.out
            .contains("`short`, over since 2025-07-01: `stay` came true"),
        "{}",
        run.out
    );
    assert!(run.out.contains("`talk` happened on 2025-08-01"));
    let json = assess(&["eval", path, "--format=json"]).out;
    let report: Value = serde_json::from_str(&json).expect("JSON");
    is_as_its_schema_says("eval", &report);
    let settled = &report["assessments"][0]["settled"][0];
    assert_eq!(
        (settled["id"].as_str(), settled["over"].as_bool()),
        (Some("short"), Some(true))
    );
    let checked = assess(&["check", path]);
    assert!(!checked.out.contains("certainty"), "{}", checked.out);
    // In time, the verdict stands beside what came true.
    std::fs::write(path, text("2025-01-01", more)).expect("a file");
    let run = assess(&["eval", path]);
    assert!(
        run.out.contains("`stay` came true (the verdict gives it"),
        "{}",
        run.out
    );
}
