//! Near misses: files that come close to a mistake and make none.

use super::reports::memory;
use super::resolved;
use assess::project::{Memory, Project};
use assess::resolve::assessment::Law;
use assess::resolve::resolve;
use std::fs;
use std::path::Path;

#[test]
fn near_misses_have_no_mistake() {
    insta::glob!("../suite/resolve/good", "*.assess", |path| {
        let name = path.file_name().expect("a name").to_string_lossy();
        let text = fs::read_to_string(path).expect("readable");
        let project = Project::from_text(&name, &text);
        let found = resolve(&project);
        let all: Vec<String> = project
            .problems()
            .chain(found.diagnostics.iter())
            .map(|d| format!("{}: {}", d.rule.name, d.message))
            .collect();
        assert_eq!(all, [""; 0], "{name}");
        assert_eq!(
            found.assessment.is_none(),
            name == "shared.assess",
            "{name}"
        );
    });
}

fn file(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/suite/resolve/good")
        .join(name);
    fs::read_to_string(path).expect("readable")
}

#[test]
fn horizons_have_their_dates() {
    let a = resolved("horizons.assess", &file("horizons.assess"));
    let ends: Vec<String> = a.horizons.values().map(|h| h.to.to_string()).collect();
    assert_eq!(
        ends,
        [
            "2025-02-28",
            "2025-03-19",
            "2025-06-30",
            "2025-12-31",
            "2026-01-31",
            "2027-01-31",
            "2027-04-30",
            "2030-01-31",
        ]
    );
    let days: Vec<f64> = a.horizons.values().map(|h| h.days).collect();
    assert_eq!(days[..3], [28.0, 47.0, 150.0]);
    assert_eq!(a.assumed, ["`h` has no end: 2030-01-31 is taken"]);
}

#[test]
fn an_even_prior_is_said() {
    let a = resolved("in_course.assess", &file("in_course.assess"));
    assert_eq!(
        a.assumed,
        ["no prior: each of the 2 outcomes has 50% in every horizon"]
    );
    assert!(a.prior().is_none());
}

#[test]
fn rounded_shares_are_scaled_and_that_is_said() {
    let a = resolved("whole_per_cents.assess", &file("whole_per_cents.assess"));
    assert!(
        a.assumed[0].contains("sums to 99% in `short`"),
        "{:?}",
        a.assumed
    );
    let prior = a.prior().expect("a prior");
    for of in &prior.outcomes {
        let assess::resolve::assessment::PriorOf::Shares(clause) = of else {
            panic!("a share")
        };
        assert!((clause.values[0].point - 1.0 / 3.0).abs() < 1e-15);
    }
}

#[test]
fn a_file_is_read_on_its_own_words() {
    let a = resolved("own_words.assess", &file("own_words.assess"));
    assert_eq!(
        (a.scale.name.as_str(), a.strengths.name.as_str()),
        ("house", "plain")
    );
    let weight = |name: &str| {
        let id = a.drivers.id(name).expect("there");
        a.drivers[id].weights[0].clause.values[0]
            .clone()
            .expect("stated")
    };
    assert!((weight("form").point - 2f64.ln()).abs() < 1e-12);
    let luck = weight("luck");
    // By the table that is chosen, not by the one without a name behind it.
    let (low, high) = (4f64.ln(), 16f64.ln());
    assert!((luck.point - 8f64.ln()).abs() < 1e-12);
    assert_eq!(
        (luck.law, luck.word.as_deref()),
        (Law::Normal { low, high }, Some("Much"))
    );
    assert_eq!(a.vocabularies.iter().filter(|v| v.in_force).count(), 2);
}

#[test]
fn used_items_keep_their_file_s_words_and_groups() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/suite/resolve/uses_good/plain");
    let project = Project::load(&memory(&folder), Path::new("main.assess")).expect("readable");
    let found = resolve(&project);
    let all: Vec<&str> = project
        .problems()
        .chain(found.diagnostics.iter())
        .map(|d| d.message.as_str())
        .collect();
    assert_eq!(all, [""; 0]);
    let a = found.assessment.expect("resolves");
    let names: Vec<&str> = a.drivers.names().collect();
    assert_eq!(
        names,
        ["ceasefire", "latitude", "russia", "calm", "treaty", "turn"]
    );
    let ceasefire = &a.drivers[a.drivers.id("ceasefire").expect("there")];
    let assess::resolve::assessment::What::Event(rows) = &ceasefire.what else {
        panic!()
    };
    let assess::resolve::assessment::Curve::Points(points) = &rows[0].clause.values else {
        panic!()
    };
    // A realistic possibility on the used file's scale, by the end of its own year.
    assert_eq!((points[0].days, points[0].horizon), (306.0, None));
    assert!((points[0].chance.point - 0.449_489_742_783_178).abs() < 1e-12);
    // What is not used plays no part, and groups carry over among what is.
    assert_eq!(a.exclusives.len(), 1);
    assert_eq!(a.exclusives[0].members.len(), 2);
    assert!(a.overlaps.is_empty());
    let russia = &a.drivers[a.drivers.id("russia").expect("there")];
    assert_eq!(russia.weights.len(), 1);
    assert!(
        a.assumed
            .iter()
            .any(|s| s.contains("`russia` of `shared/europe.assess` pushes `go`"))
    );
    assert_eq!(a.uses.len(), 2);
}

#[test]
fn files_in_memory_are_found_from_where_they_stand() {
    let files = Memory::new([
        ("x/a.assess", "use \"../y/b.assess\": war\n"),
        ("y/b.assess", "event war { chance: 10% by short }\n"),
    ]);
    let project = Project::load(&files, Path::new("x/a.assess")).expect("readable");
    assert_eq!(project.problems().count(), 0);
    let names: Vec<&str> = project
        .sources
        .iter()
        .map(|(_, s)| s.name.as_str())
        .collect();
    assert_eq!(names, ["x/a.assess", "y/b.assess"]);
}
