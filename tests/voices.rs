//! Views, pools and key judgements, from files to every output.

mod by_hand;
mod command;
mod editor;
mod mistakes;

use assess::infer::verdict::{Options, Question, Verdict};
use assess::infer::{evaluate, values};
use assess::project::Project;
use assess::resolve::assessment::Assessment;
use assess::resolve::resolve;
use std::path::Path;

const ORIGINS: &str = "tests/suite/voices/good/origins.assess";

fn read(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

/// The assessment of a text without a mistake.
fn meant(text: &str) -> Assessment {
    let project = Project::from_text("f.assess", text);
    let found = resolve(&project);
    let problems = project.problems().chain(found.diagnostics.iter());
    let problems: Vec<&str> = problems.map(|d| d.message.as_str()).collect();
    assert_eq!(problems, [""; 0], "{text}");
    found.assessment.expect("an assessment")
}

fn verdict(assessment: &Assessment) -> Verdict {
    let options = Options {
        voices: true,
        ..Options::default()
    };
    evaluate(assessment, &Question::default(), &options).expect("a verdict")
}

#[test]
fn expectations_and_judgements_ask_views() {
    let a = meant(&read(ORIGINS));
    let v = verdict(&a);
    let failed: Vec<&str> = a
        .expects
        .iter()
        .zip(&v.expectations)
        .filter(|(_, answer)| !answer.holds)
        .map(|(expect, _)| expect.text.as_str())
        .collect();
    assert_eq!(failed, [""; 0]);
    assert_eq!(
        (a.views.len(), a.pools.len(), a.judgements.len()),
        (2, 2, 2)
    );
    assert_eq!(
        (v.views.len(), v.pools.len(), v.judgements.len()),
        (2, 2, 2)
    );
    assert!(v.judgements.iter().all(|j| j.holds));
}

#[test]
fn what_the_file_declares_has_the_same_id_in_each_view() {
    let a = meant(&read(ORIGINS));
    for view in a.views.values() {
        let own: Vec<&str> = a.drivers.names().collect();
        let seen: Vec<&str> = view.assessment.drivers.names().collect();
        assert_eq!(seen[..own.len()], own[..]);
    }
}

#[test]
fn a_pool_says_the_same_by_either_engine() {
    let a = meant(&read(ORIGINS));
    let pools = |general: bool| {
        let options = Options {
            voices: true,
            general,
            intervals: false,
            ..Options::default()
        };
        let found = evaluate(&a, &Question::default(), &options).expect("a verdict");
        let each = found.pools.into_iter().flat_map(|p| p.horizons);
        each.flat_map(|at| values(&at.outcomes))
            .collect::<Vec<f64>>()
    };
    for (one, other) in pools(false).iter().zip(pools(true)) {
        assert!((one - other).abs() < 1e-12, "{one} and {other}");
    }
}

#[test]
fn an_edition_of_the_general_engine_has_views_too() {
    // Decided outcomes, a condition, several questions.
    let text = r#"
        assessment "Two questions" { as of: 2025-03-01, resolves: "On the day." }
        horizon short: 0 to 6 months
        horizon long: 6 to 24 months
        outcome calm
        final outcome war { when: attack }
        event attack { chance: 10% by short, 20% by long }
        question price { outcome low, outcome high, prior { low: 60%, high: rest } }
        change dear { when: attack, weight for high: strong }
        view hawk { attack: 30% by short, 60% by long }
        pool both { of: own, hawk }
        expect war by long under hawk: 59% to 61%
        expect high in long under hawk: above high in long
    "#;
    let a = meant(text);
    let v = verdict(&a);
    assert!(v.expectations.iter().all(|e| e.holds));
    let pooled = values(&v.pools[0].horizons[1].outcomes);
    assert!((pooled[0] + pooled[1] - 1.0).abs() < 1e-12);
    assert!((pooled[2] + pooled[3] - 1.0).abs() < 1e-12);
    let odds = |p: f64| (p / (1.0 - p)).ln();
    let mean = (odds(0.2) + odds(0.6)) / 2.0;
    assert!((odds(pooled[1]) - mean).abs() < 1e-9);
}

#[test]
fn a_view_of_a_file_whose_first_horizon_is_over() {
    let text = read(ORIGINS).replace("as of: 2025-03-01", "as of: 2025-10-01");
    let text = text
        .replace("0 to 6 months", "until 2025-09-01")
        .replace("6 to 24 months", "until 2027-03-01")
        .replace("expect open in short under fbi: leads", "");
    let a = meant(&text);
    assert_eq!((a.past.len(), a.horizons.len()), (1, 1));
    let v = verdict(&a);
    assert_eq!(v.views.len(), 2);
    assert_eq!(
        a.views.values().next().map(|v| v.assessment.past.len()),
        Some(1)
    );
    assert!(v.expectations.iter().all(|e| e.holds));
}

#[test]
fn too_many_views_are_one_mistake() {
    let view = |n: usize| format!("view v{n} {{ leak: 1% by short, 2% by long }}\n");
    let text = read(ORIGINS) + &(0..120).map(view).collect::<String>();
    let project = Project::from_text("f.assess", &text);
    let problems: Vec<&str> = project.problems().map(|d| d.message.as_str()).collect();
    assert_eq!(problems, ["more than 100 views"]);
    // Few views of a very large file are as much work.
    let event = |n: usize| format!("event e{n} {{ chance: 1% by long }}\n");
    let text = read(ORIGINS) + &(0..12_000).map(event).collect::<String>();
    let text = text + &(0..90).map(view).collect::<String>();
    let project = Project::from_text("f.assess", &text);
    let found = resolve(&project).diagnostics;
    let found: Vec<&str> = found.iter().map(|d| d.rule.name).collect();
    assert_eq!(found, ["limit"]);
}
