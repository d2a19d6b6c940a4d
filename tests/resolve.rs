//! Tests of `resolve`.

mod asking;
mod disk;
mod fixes;
mod good;
mod limits;
mod mutations;
mod questions;
mod reports;

use assess::project::Project;
use assess::resolve::assessment::Assessment;
use assess::resolve::resolve;
use std::path::Path;

/// The assessment of a text that has no mistake.
fn resolved(name: &str, text: &str) -> Assessment {
    let project = Project::from_text(name, text);
    let found = resolve(&project);
    let problems: Vec<&str> = project
        .problems()
        .chain(found.diagnostics.iter())
        .map(|d| d.message.as_str())
        .collect();
    assert_eq!(problems, [""; 0], "{name}");
    found
        .assessment
        .unwrap_or_else(|| panic!("{name} has no assessment"))
}

#[test]
fn the_example_resolves() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/suite/syntax/good/example.assess");
    let text = std::fs::read_to_string(path).expect("the example is there");
    let a = resolved("example.assess", &text);
    assert_eq!(
        (a.horizons.len(), a.outcomes.len(), a.expects.len()),
        (3, 3, 6)
    );
    assert_eq!(a.assumed[0], "`long` has no end: 2030-03-01 is taken");
    assert_eq!(a.order.len(), a.drivers.len());
    let names: Vec<&str> = a.order.iter().map(|id| a.drivers.name(*id)).collect();
    let at = |name| names.iter().position(|n| *n == name);
    assert!(at("ceasefire") < at("latitude") && at("latitude") < at("politics"));
}
