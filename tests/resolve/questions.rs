//! Questions, conditions, chains and triggers: what a file that uses all of them resolves to.

use assess::diag::Severity;
use assess::project::{Memory, Project};
use assess::rename::rename;
use assess::resolve::resolve;
use std::fs;
use std::path::{Path, PathBuf};

fn text() -> String {
    let path =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/suite/syntax/good/questions.assess");
    fs::read_to_string(path).expect("readable")
}

/// What is wrong with a text.
fn mistakes(text: &str) -> Vec<String> {
    let project = Project::from_text("a.assess", text);
    let found = resolve(&project);
    let all = project.problems().chain(found.diagnostics.iter());
    all.filter(|d| d.severity == Severity::Error)
        .map(|d| format!("{}: {}", d.rule.name, d.message))
        .collect()
}

#[test]
fn every_form_resolves() {
    assert_eq!(mistakes(&text()), [""; 0]);
}

#[test]
fn a_file_without_a_horizon_asks_what_is_so() {
    let text = r#"assessment "Is it so?" { as of: 2025-03-01 }
event lab "Laboratory leak" { chance: 30% }
outcome natural "Natural"
outcome engineered "Engineered" { when: lab }
prior { natural: rest }
expect engineered: at least 10%
"#;
    assert_eq!(mistakes(text), [""; 0]);
    // What speaks of time needs a horizon.
    let rate = text.replace("30%", "3% per year");
    assert_eq!(mistakes(&rate), ["missing-part: there is no horizon"]);
}

#[test]
fn events_alone_are_claims() {
    let text = r#"assessment "Claims" { as of: 2025-03-01 }
horizon long: 0 to 24 months
event truce "Truce" { chance: 30% by long }
"#;
    assert_eq!(mistakes(text), [""; 0]);
    let no_event = text.replace("{ chance: 30% by long }", "");
    assert_eq!(mistakes(&no_event), ["missing-part: there are no outcomes"]);
}

#[test]
fn conditions_do_not_grow_without_bound() {
    let mut deep = text();
    deep += "condition c0: grid or diesel\n";
    for i in 0..40 {
        deep += &format!("condition c{}: c{i} and (c{i} or landing)\n", i + 1);
    }
    let found = mistakes(&deep);
    assert!(
        found.iter().all(|m| m.starts_with("limit:")) && found.len() == 1,
        "{found:#?}"
    );
}

#[test]
fn a_house_scale_keeps_its_own_certain() {
    let text = r#"assessment "House words" { as of: 2025-03-01, scale: house }
scale house { certain: 90% to 99%, doubtful: 1% to 50% }
horizon long: 0 to 24 months
event truce "Truce" { chance: certain by long }
outcome yes "Yes"
outcome no "No"
prior { yes: doubtful, no: rest }
factor f "F" { weight for yes: weak }
change c "C" { when: truce, weight for yes: weak }
"#;
    let project = Project::from_text("a.assess", text);
    let a = resolve(&project).assessment.expect("no mistake");
    let truce = a.drivers.id("truce").expect("an event");
    let assess::resolve::assessment::What::Event(rows) = &a.drivers[truce].what else {
        panic!("an event");
    };
    let chance = rows[0].clause.values.at(730.0);
    assert!((0.9..0.99).contains(&chance), "{chance}");
}

#[test]
fn every_name_can_be_renamed_and_back() {
    let before = text();
    for name in [
        "oil", "low", "high", "blackout", "trouble", "war", "m7", "landing", "rumours", "dear",
        "long",
    ] {
        let renamed = |text: &str, old: &str, new: &str| {
            let files = Memory::new([("a.assess", text)]);
            let changed = rename(&files, &[PathBuf::from("a.assess")], old, new);
            let changed = changed.unwrap_or_else(|e| panic!("{old}: {e:?}"));
            changed.into_iter().next().expect("it has the name").after
        };
        let there = renamed(&before, name, "another_name");
        assert_eq!(mistakes(&there), [""; 0], "{name}");
        assert_eq!(renamed(&there, "another_name", name), before, "{name}");
    }
}

/// The 5th and 95th percentile and the point of the only chance of an event.
fn chance(written: &str) -> (f64, f64, f64) {
    use assess::resolve::assessment::{Curve, Law, What};
    let text = format!(
        r#"assessment "Values" {{ as of: 2025-03-01 }}
horizon long: 0 to 24 months
event a "A" {{ chance: {written} by long, weight for yes: weak }}
outcome yes "Yes"
outcome no "No"
prior {{ yes: 30%, no: rest }}
"#
    );
    let found = resolve(&Project::from_text("a.assess", &text));
    let a = found.assessment.unwrap_or_else(|| panic!("{written}"));
    let What::Event(rows) = &a.drivers[a.drivers.id("a").expect("a")].what else {
        panic!("an event");
    };
    let Curve::Points(points) = &rows[0].clause.values else {
        panic!("points");
    };
    let number = &points[0].chance;
    match number.law {
        Law::LogitNormal { low, high } => (low, number.point, high),
        _ => (number.point, number.point, number.point),
    }
}

#[test]
fn a_range_of_another_level_is_as_wide_as_at_90_per_cent() {
    let logit = |p: f64| (p / (1.0 - p)).ln();
    let (low, point, high) = chance("17% to 25% at 70%");
    let half = (logit(0.25) - logit(0.17)) / 2.0;
    // 1.6449 and 1.0364 are the normal's quantiles at 95% and 85%.
    let wide = half * 1.644_853_626_951_472_2 / 1.036_433_389_493_789_8;
    assert!((logit(point) - (logit(0.25) + logit(0.17)) / 2.0).abs() < 1e-9);
    assert!((logit(high) - logit(point) - wide).abs() < 1e-6, "{high}");
    assert!((logit(point) - logit(low) - wide).abs() < 1e-6, "{low}");
    assert_eq!(chance("17% to 25% at 90%"), chance("17% to 25%"));
}

#[test]
fn a_range_of_words_goes_from_median_to_median() {
    let (low, _, _) = chance("unlikely to likely");
    let (_, unlikely, _) = chance("unlikely");
    let (_, _, high) = chance("unlikely to likely");
    let (_, likely, _) = chance("likely");
    assert_eq!((low, high), (unlikely, likely));
    let backwards = text().replace("unlikely to likely", "likely to unlikely");
    let found = mistakes(&backwards);
    assert_eq!(found.len(), 1, "{found:#?}");
    assert!(found[0].starts_with("inverted-range"), "{found:#?}");
}
