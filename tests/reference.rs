//! The reference verdicts: computed by walking every trajectory of every event, elsewhere.

use assess::infer::verdict::{Options, Question};
use assess::infer::{evaluate, values};
use assess::project::Project;
use assess::resolve::assessment::{Assessment, OutcomeId};
use assess::resolve::resolve;
use assess::resolve::table::Id;
use serde_json::Value;
use std::path::Path;

/// How far a probability may be off.
const NEAR: f64 = 1e-9;

#[test]
fn every_reference_verdict_agrees() {
    agree(false);
}

/// The general engine says the same of files that faster engines can evaluate.
#[test]
fn the_general_engine_agrees() {
    agree(true);
}

fn agree(general: bool) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reference");
    let mut wrong = Vec::new();
    for stem in stems(&folder) {
        let read = |ending: &str| {
            let path = folder.join(format!("{stem}.{ending}"));
            std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
        };
        let name = format!("{stem}.assess");
        let found = resolve(&Project::from_text(&name, &read("assess")));
        let said: Vec<&str> = found
            .diagnostics
            .iter()
            .map(|d| d.message.as_str())
            .collect();
        let Some(assessment) = found.assessment else {
            panic!("{name}: {}", said.join("; "));
        };
        let expected = serde_json::from_str(&read("expected.json")).expect("JSON");
        Comparison {
            name,
            assessment: &assessment,
            wrong: &mut wrong,
            general,
        }
        .all(&expected);
    }
    assert!(
        wrong.is_empty(),
        "{} differ:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

/// The names of the reference files, without their endings.
fn stems(folder: &Path) -> Vec<String> {
    let files = std::fs::read_dir(folder).expect("there is a folder");
    let names = files.map(|f| {
        f.expect("a file")
            .file_name()
            .into_string()
            .expect("a name")
    });
    let mut stems: Vec<String> = names
        .filter_map(|name| Some(name.strip_suffix(".assess")?.to_owned()))
        .collect();
    stems.sort();
    assert!(!stems.is_empty());
    stems
}

struct Comparison<'a> {
    name: String,
    assessment: &'a Assessment,
    wrong: &'a mut Vec<String>,
    general: bool,
}

impl Comparison<'_> {
    fn all(&mut self, expected: &Value) {
        let a = self.assessment;
        let options = Options {
            intervals: false,
            general: self.general,
            ..Options::default()
        };
        let verdict = evaluate(a, &Question::default(), &options).expect("it is small");
        let horizons: Vec<&str> = a.horizons.names().collect();
        assert_eq!(
            count(&expected["horizons"]),
            horizons.len(),
            "{}",
            self.name
        );
        for (h, id) in horizons.iter().enumerate() {
            let outcomes = verdict.horizons[h].outcomes.iter();
            let found: Vec<f64> = outcomes.map(|o| o.probability.value).collect();
            let place = format!("in {id}");
            self.outcomes(&place, Some(&found), &expected["horizons"][id]);
        }
        assert_eq!(
            count(&expected["changes"]),
            verdict.changes.len(),
            "{}",
            self.name
        );
        for change in &verdict.changes {
            let name = a.drivers.name(change.change);
            for (h, id) in horizons.iter().enumerate() {
                let found = &change.horizons[h];
                let expected = &expected["changes"][name][id];
                let place = format!("{name} in {id}");
                self.number(&place, found.chance.value, &expected["chance"]);
                let given = format!("given {place}");
                self.outcomes(&given, found.given.values().as_deref(), &expected["given"]);
                let absent = format!("without {place}");
                self.outcomes(
                    &absent,
                    found.absent.values().as_deref(),
                    &expected["absent"],
                );
            }
        }
        assert_eq!(
            count(&expected["scenarios"]),
            verdict.scenarios.len(),
            "{}",
            self.name
        );
        for scenario in &verdict.scenarios {
            let name = a.scenarios.name(scenario.scenario);
            for (h, id) in horizons.iter().enumerate() {
                let found = &scenario.horizons[h].1;
                let place = format!("under {name} in {id}");
                self.outcomes(
                    &place,
                    Some(&values(found)),
                    &expected["scenarios"][name][id],
                );
            }
        }
    }

    fn outcomes(&mut self, place: &str, found: Option<&[f64]>, expected: &Value) {
        let Some(found) = found else {
            if !expected.is_null() {
                self.differs(place, "nothing", expected);
            }
            return;
        };
        if expected.is_null() {
            self.differs(place, &format!("{found:?}"), expected);
            return;
        }
        assert_eq!(count(expected), found.len(), "{} {place}", self.name);
        for (o, p) in found.iter().enumerate() {
            let outcome = self.assessment.outcomes.name(OutcomeId::new(o)).to_owned();
            self.number(&format!("{outcome} {place}"), *p, &expected[&outcome]);
        }
    }

    fn number(&mut self, place: &str, found: f64, expected: &Value) {
        let near = expected.as_f64().is_some_and(|e| (e - found).abs() <= NEAR);
        if !near {
            self.differs(place, &found.to_string(), expected);
        }
    }

    fn differs(&mut self, place: &str, found: &str, expected: &Value) {
        let line = format!("{}: {place}: {found}, not {expected}", self.name);
        self.wrong.push(line);
    }
}

fn count(value: &Value) -> usize {
    value.as_object().map_or(0, |o| o.len())
}
