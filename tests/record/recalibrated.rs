//! The verdict through its author's own record.

use crate::cli::is_as_its_schema_says;
use crate::cli::repository::Repository;
use assess::record::logit::{self, SPREAD};
use assess::record::points::points;
use serde_json::Value;

/// What Ann said of each of sixty events, and how many of each twenty came true.
const SAID: [(u32, usize); 3] = [(80, 12), (20, 7), (60, 11)];

fn folder() -> Repository {
    let repository = Repository::new();
    let text = |i: usize, (p, came): (u32, usize)| {
        let not = if i < came { "" } else { "not " };
        let what = "horizon short: 2025-01-01 to 2025-06-30\n";
        (
            format!(
                "assessment \"Q{i}?\" {{\n  author: \"Ann\"\n  as of: 2025-01-01\n}}\n{what}\
                 event talk {{ chance: {p}% by short }}\n"
            ),
            format!("resolved: {not}talk by short on 2025-06-30\n"),
        )
    };
    let all: Vec<(String, (String, String))> = SAID
        .into_iter()
        .flat_map(|said| {
            (0..20).map(move |i| (format!("past/q{}-{i:02}.assess", said.0), text(i, said)))
        })
        .collect();
    for (name, (text, _)) in &all {
        repository.write(name, text);
    }
    let now = |author: &str| {
        format!(
            "assessment \"And now?\" {{\n  author: \"{author}\"\n  as of: 2025-09-01\n}}\n\
             horizon short: 2025-09-01 to 2026-06-30\noutcome stay\noutcome fade\noutcome exit\n\
             prior {{\n  fade: 8%\n  exit: 2%\n  stay: rest\n}}\nevent talk {{ chance: 80% by short }}\n"
        )
    };
    repository.write("now.assess", &now("Ann"));
    repository.write("bob.assess", &now("Bob"));
    repository.write("assess.toml", "[score]\nhistory = \"past\"\n");
    repository.commit("2025-01-02", "Say what is thought");
    for (name, (text, settled)) in &all {
        repository.write(name, &format!("{text}{settled}"));
    }
    repository.commit("2025-07-01", "Say what came true");
    repository
}

fn json(repository: &Repository, file: &str) -> Value {
    let arguments = ["eval", file, "--recalibrated", "--format=json"];
    let report: Value = serde_json::from_str(&repository.printed(&arguments)).expect("JSON");
    is_as_its_schema_says("eval", &report);
    report["assessments"][0].clone()
}

fn number(value: &Value) -> f64 {
    value.as_f64().expect("a number")
}

#[test]
fn a_second_column_through_the_authors_line() {
    let repository = folder();
    let report = json(&repository, "now.assess");
    let found = &report["recalibrated"];
    let cases = SAID.into_iter().flat_map(|(p, came)| {
        (0..20).map(move |i| (f64::from(p) / 100.0, f64::from(u8::from(i < came))))
    });
    let line = logit::line(&points(cases), 1e-6).expect("a line");
    let belief = SPREAD * SPREAD / (SPREAD * SPREAD + line.slope_variance);
    let (b, a) = (
        1.0 + belief * (line.slope.value - 1.0),
        belief * line.intercept.value,
    );
    assert_eq!(
        (&found["author"], &found["cases"]),
        (&"Ann".into(), &60.into())
    );
    for (key, value) in [
        ("fitted_slope", line.slope.value),
        ("belief", belief),
        ("slope", b),
        ("intercept", a),
    ] {
        assert!((number(&found[key]) - value).abs() < 1e-9, "{key}: {found}");
    }
    assert!(line.slope.value < 0.9, "a habit to be seen: {line:?}");
    let raw = [0.9, 0.08, 0.02].map(|p: f64| 1.0 / (1.0 + (-(a + b * (p / (1.0 - p)).ln())).exp()));
    let sum: f64 = raw.iter().sum();
    let outcomes = found["horizons"][0]["outcomes"]
        .as_array()
        .expect("outcomes");
    for (outcome, raw) in outcomes.iter().zip(raw) {
        assert!(
            (number(&outcome["probability"]) - raw / sum).abs() < 1e-9,
            "{outcome}"
        );
    }
    let event = &found["horizons"][0]["events"][0];
    let through = 1.0 / (1.0 + (-(a + b * 4f64.ln())).exp());
    assert_eq!(event["id"], "talk");
    assert!((number(&event["chance"]) - through).abs() < 1e-9, "{event}");
    // The first column stays.
    let plain: Value =
        serde_json::from_str(&repository.printed(&["eval", "now.assess", "--format=json"]))
            .expect("JSON");
    assert_eq!(plain["assessments"][0]["horizons"], report["horizons"]);
    assert!(plain["assessments"][0].get("recalibrated").is_none());
}

#[test]
fn every_output_shows_it() {
    let repository = folder();
    let text = repository.printed(&["eval", "now.assess", "--recalibrated"]);
    assert!(
        text.contains("Recalibrated by the record  (as said → recalibrated)"),
        "{text}"
    );
    assert!(
        text.contains("The record has 60 settled cases of Ann"),
        "{text}"
    );
    assert!(text.lines().all(|l| l.chars().count() <= 80), "{text}");
    let markdown =
        repository.printed(&["eval", "now.assess", "--recalibrated", "--format=markdown"]);
    assert!(
        markdown.contains("### Recalibrated by the record"),
        "{markdown}"
    );
    let csv = repository.printed(&[
        "eval",
        "now.assess",
        "bob.assess",
        "--recalibrated",
        "--format=csv",
    ]);
    let mut lines = csv.lines();
    assert!(
        lines
            .next()
            .expect("a head")
            .ends_with(",name,recalibrated")
    );
    for line in lines {
        let last = line.rsplit(',').next().expect("a cell");
        assert!(
            last.parse::<f64>().is_ok_and(|p| p > 0.0 && p < 1.0),
            "{line}"
        );
    }
}

#[test]
fn where_nothing_is_known_nothing_moves() {
    let repository = folder();
    let report = json(&repository, "bob.assess");
    let found = &report["recalibrated"];
    assert_eq!(
        (&found["cases"], &found["fitted_slope"], &found["slope"]),
        (&0.into(), &Value::Null, &1.0.into())
    );
    for (o, p) in [0.9, 0.08, 0.02].into_iter().enumerate() {
        assert!((number(&found["horizons"][0]["outcomes"][o]["probability"]) - p).abs() < 1e-12);
    }
    let text = repository.printed(&["eval", "bob.assess", "--recalibrated"]);
    assert!(text.contains("nothing is moved"), "{text}");
    repository.write("assess.toml", "");
    let error = repository.refused(&["eval", "now.assess", "--recalibrated"]);
    assert!(error.contains("`--recalibrated` needs a record"), "{error}");
}
