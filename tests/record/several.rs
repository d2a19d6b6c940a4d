//! Several questions, and outcomes that something else decides.

use crate::cli::{assess, is_as_its_schema_says};
use assess::cli::Status;
use serde_json::Value;

fn text(resolved: &str) -> String {
    format!(
        "assessment \"Two?\" {{ as of: 2025-01-01 }}\n\
         horizon short: 2025-01-01 to 2025-06-30\n\
         outcome calm\noutcome rough\nprior {{\n  rough: 30%\n  calm: rest\n}}\n\
         event storm {{ chance: 40% by short }}\n\
         question ferry \"Does it run?\" {{\n  outcome stops {{ when: storm }}\n  outcome late\n  outcome runs\n\
         \x20 prior {{\n    late: 25%\n    runs: rest\n  }}\n}}\n{resolved}"
    )
}

fn scored(resolved: &str) -> Value {
    let folder = tempfile::TempDir::new().expect("a folder");
    let path = folder.path().join("a.assess");
    std::fs::write(&path, text(resolved)).expect("a file");
    let run = assess(&["score", path.to_str().expect("UTF-8"), "--format=json"]);
    assert_eq!(run.status, Status::Done, "{}", run.err);
    let report = serde_json::from_str(&run.out).expect("JSON");
    is_as_its_schema_says("score", &report);
    report
}

/// Each case of outcomes: its question, its day, its Brier score, what was said of its first outcome.
fn cases(report: &Value) -> Vec<(String, String, f64, f64)> {
    let cases = report["cases"].as_array().expect("cases");
    let own = cases.iter().filter(|c| c["kind"] == "outcomes");
    let each = own.map(|c| {
        let text = |key: &str| c[key].as_str().expect("text").to_owned();
        let first = c["forecasts"][0]["probabilities"][0].as_f64();
        let brier = c["brier"].as_f64().expect("a score");
        (text("id"), text("settled"), brier, first.expect("a chance"))
    });
    each.collect()
}

fn near(found: &(String, String, f64, f64), id: &str, day: &str, brier: f64, first: f64) {
    assert_eq!((found.0.as_str(), found.1.as_str()), (id, day));
    assert!(
        (found.2 - brier).abs() < 1e-12 && (found.3 - first).abs() < 1e-12,
        "{found:?}"
    );
}

#[test]
fn every_question_is_scored() {
    let report =
        scored("resolved: calm in short on 2025-07-02\nresolved: runs in short on 2025-07-02\n");
    let cases = cases(&report);
    assert_eq!(cases.len(), 2, "{cases:?}");
    near(&cases[0], "", "2025-07-02", 0.18, 0.7);
    // Stops 40%, late 15%, runs 45%.
    let brier = 0.4 * 0.4 + 0.15 * 0.15 + 0.55 * 0.55;
    near(&cases[1], "ferry", "2025-07-02", brier, 0.4);
}

#[test]
fn what_happened_decides() {
    let report = scored("resolved: storm on 2025-03-01\n");
    let cases = cases(&report);
    assert_eq!(cases.len(), 1, "{cases:?}");
    let brier = 0.6 * 0.6 + 0.15 * 0.15 + 0.45 * 0.45;
    near(&cases[0], "ferry", "2025-03-01", brier, 0.4);
    // The prior says of what is decided what the verdict says.
    let skill = &report["scores"][0]["skill"];
    let prior = skill.as_array().expect("skills").iter();
    let prior: Vec<&Value> = prior.filter(|s| s["reference"] == "prior").collect();
    assert!(prior[0]["skill"]["value"].as_f64().expect("a skill").abs() < 1e-12);
}

#[test]
fn what_did_not_happen_settles_nothing_yet() {
    let report = scored("resolved: not storm by short on 2025-06-30\n");
    assert_eq!(cases(&report).len(), 0, "late or runs is open");
    let report = scored(
        "resolved: not storm by short on 2025-06-30\nresolved: late in short on 2025-06-20\n",
    );
    let cases = cases(&report);
    let brier = 0.4 * 0.4 + 0.85 * 0.85 + 0.45 * 0.45;
    near(&cases[0], "ferry", "2025-06-20", brier, 0.4);
}

#[test]
fn void_is_what_has_no_answer() {
    let report =
        scored("resolved: void in short on 2025-07-02\nresolved: calm in short on 2025-07-02\n");
    assert_eq!(report["void"], 1);
    let cases = cases(&report);
    assert_eq!(cases.len(), 1);
    near(&cases[0], "", "2025-07-02", 0.18, 0.7);
}

#[test]
fn each_question_waits_for_its_own_answer() {
    let folder = tempfile::TempDir::new().expect("a folder");
    let path = folder.path().join("a.assess");
    std::fs::write(&path, text("resolved: calm in short on 2025-07-02\n")).expect("a file");
    let path = path.to_str().expect("UTF-8");
    let run = assess(&["resolve", path, "--today=2025-08-01"]);
    assert!(
        run.out.contains("which outcome: stops, late, runs\n"),
        "{}",
        run.out
    );
    assert!(!run.out.contains("calm"), "{}", run.out);
    let run = assess(&["resolve", path, "runs in short", "--on=2025-07-02"]);
    assert_eq!(run.status, Status::Done, "{}", run.err);
    let run = assess(&["resolve", path, "rough in short", "--on=2025-07-02"]);
    assert!(run.err.contains("settled already"), "{}", run.err);
    let run = assess(&["eval", path]);
    assert!(
        run.out
            .contains("`ferry`: `runs` came true (the verdict gives it 45%)"),
        "{}",
        run.out
    );
}
