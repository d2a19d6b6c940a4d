//! Quantities against SciPy: 200 random files whose distributions were computed elsewhere, by
//! `tests/quantities/make.py`; and how numbers are told.

mod movers;
mod told;

use assess::infer::evaluate;
use assess::infer::verdict::{Options, Question};
use assess::project::Project;
use assess::resolve::resolve;
use serde_json::Value;
use std::path::Path;

/// How far a number may be off, in shares and in units of its own size.
const NEAR: f64 = 1e-9;

fn number(value: &Value) -> f64 {
    value.as_f64().expect("a number")
}

#[test]
fn every_mixture_agrees_with_scipy() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/quantities/scipy.json");
    let text = std::fs::read_to_string(path).expect("the file is there");
    let files: serde_json::Map<String, Value> = serde_json::from_str(&text).expect("JSON");
    assert_eq!(files.len(), 200);
    let mut wrong = Vec::new();
    let mut compared = 0;
    for (name, file) in &files {
        let text = file["text"].as_str().expect("a text");
        let project = Project::from_text(name, text);
        let found = resolve(&project);
        let problems: Vec<&str> = project
            .problems()
            .chain(found.diagnostics.iter())
            .map(|d| d.message.as_str())
            .collect();
        let a = found
            .assessment
            .unwrap_or_else(|| panic!("{name}: {problems:?}\n{text}"));
        let options = Options {
            intervals: false,
            ..Options::default()
        };
        let verdict = evaluate(&a, &Question::default(), &options).expect("it is small");
        let mut expectations = verdict.expectations.iter();
        let cut = number(&file["cut"]);
        for (h, at) in file["horizons"]
            .as_array()
            .expect("a list")
            .iter()
            .enumerate()
        {
            let found = verdict.quantities[0].horizons[h]
                .as_ref()
                .expect("it can be");
            let mut near = |what: String, ours: f64, theirs: f64| {
                compared += 1;
                if (ours - theirs).abs() > NEAR * theirs.abs().max(1.0) {
                    wrong.push(format!("{name} {h} {what}: {ours} but {theirs}"));
                }
            };
            near("mean".into(), found.mixture.mean(), number(&at["mean"]));
            for pair in at["quantiles"].as_array().expect("a list") {
                let share = number(&pair[0]);
                let ours = found.mixture.quantile(share);
                near(format!("quantile {share}"), ours, number(&pair[1]));
            }
            for pair in at["cdf"].as_array().expect("a list") {
                let x = number(&pair[0]);
                near(
                    format!("below {x}"),
                    found.mixture.below(x),
                    number(&pair[1]),
                );
            }
            near("cut".into(), found.mixture.below(cut), number(&at["below"]));
            let less = verdict.horizons[h].outcomes[0].probability.value;
            near("the decided outcome".into(), less, number(&at["below"]));
            let given = &at["given"];
            if !given["driver"].is_null() {
                let ours = expectations.next().and_then(|e| e.value);
                let ours = ours.expect("a chance");
                near("given".into(), ours, number(&given["driver"]));
            }
            let ours = expectations.next().and_then(|e| e.value).expect("a number");
            near("median given".into(), ours, number(&given["median"]));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} differ:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
    assert!(compared > 5_000, "{compared}");
}
