//! The reference verdicts of the second edition: several questions, decided outcomes, chains, triggers,
//! weights on events, priors that count events in. Computed by brute force, elsewhere.

mod laws;

use assess::infer::verdict::{Options, Question, Verdict};
use assess::infer::{Given, evaluate};
use assess::project::Project;
use assess::resolve::assessment::{Assessment, DriverKind};
use assess::resolve::resolve;
use assess::resolve::table::Id;
use serde_json::Value;
use std::path::Path;

/// How far a probability may be off.
const NEAR: f64 = 1e-9;

#[test]
fn every_verdict_of_the_second_edition_agrees() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/second");
    let mut wrong = Vec::new();
    let stems = stems(&folder);
    assert_eq!(stems.len(), 120);
    for stem in stems {
        let read = |ending: &str| {
            let path = folder.join(format!("{stem}.{ending}"));
            std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
        };
        let name = format!("{stem}.assess");
        let found = resolve(&Project::from_text(&name, &read("assess")));
        let Some(assessment) = found.assessment else {
            let said = found.diagnostics.iter().map(|d| d.message.clone());
            wrong.push(format!("{stem}: {}", said.collect::<Vec<_>>().join("; ")));
            continue;
        };
        let expected = serde_json::from_str(&read("expected.json")).expect("JSON");
        let options = Options {
            intervals: false,
            ..Options::default()
        };
        match evaluate(&assessment, &Question::default(), &options) {
            Ok(verdict) => Comparison {
                name: stem,
                a: &assessment,
                verdict: &verdict,
                wrong: &mut wrong,
            }
            .all(&expected),
            Err(refused) => wrong.push(format!("{stem}: {}", refused.message)),
        }
    }
    let files: std::collections::BTreeSet<&str> =
        wrong.iter().filter_map(|w| w.split(':').next()).collect();
    assert!(
        wrong.is_empty(),
        "{} differ, in {} files:\n{}",
        wrong.len(),
        files.len(),
        wrong.join("\n")
    );
}

#[test]
fn contributions_add_up_to_the_verdict_less_the_prior() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/second");
    let (mut moved, mut questions) = (0, 0);
    for stem in stems(&folder).into_iter().take(30) {
        let path = folder.join(format!("{stem}.assess"));
        let text = std::fs::read_to_string(path).expect("it is there");
        let a = resolve(&Project::from_text(&stem, &text)).assessment;
        let a = a.expect("it has no mistake");
        let options = Options {
            intervals: false,
            contributions: true,
            ..Options::default()
        };
        let verdict = evaluate(&a, &Question::default(), &options).expect("it is small");
        questions += verdict.questions.len();
        for h in a.horizons.ids() {
            for o in a.outcomes.ids() {
                let found = &verdict.horizons[h.index()].outcomes[o.index()];
                let points = |d| verdict.contribution(d, h, o).map_or(0.0, |c| c.points);
                let sum: f64 = a.drivers.ids().map(points).sum();
                let shift = 100.0 * (found.probability.value - found.prior);
                moved += usize::from(shift.abs() > 0.1);
                assert!((sum - shift).abs() < 1e-7, "{stem}: {sum} but {shift}");
            }
        }
    }
    assert!(moved > 100 && questions > 30, "{moved} {questions}");
}

/// The verdict of a text by names, without a rounding.
fn verdict_of(name: &str, text: &str) -> std::collections::BTreeMap<String, u64> {
    let found = resolve(&Project::from_text(name, text));
    let a = found.assessment.unwrap_or_else(|| panic!("{name}: {text}"));
    let options = Options {
        intervals: false,
        ..Options::default()
    };
    let verdict = evaluate(&a, &Question::default(), &options).expect("it is small");
    let mut out = std::collections::BTreeMap::new();
    for (h, at) in verdict.horizons.iter().enumerate() {
        for o in a.outcomes.ids() {
            let p = at.outcomes[o.index()].probability.value;
            out.insert(format!("{} {h}", a.outcomes.name(o)), p.to_bits());
        }
    }
    for (expect, answer) in a.expects.iter().zip(&verdict.expectations) {
        let value = answer.value.map_or(0, f64::to_bits);
        out.insert(expect.query.text.clone(), value);
    }
    for change in &verdict.changes {
        let name = a.drivers.name(change.change);
        for (h, at) in change.horizons.iter().enumerate() {
            out.insert(format!("{name} {h}"), at.chance.value.to_bits());
        }
    }
    out
}

/// Items may stand in any order, and what has nothing to do with a question changes no digit of it.
#[test]
fn order_and_what_is_unrelated_change_no_digit() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/second");
    for stem in stems(&folder) {
        let path = folder.join(format!("{stem}.assess"));
        let text = std::fs::read_to_string(path).expect("a file");
        let verdict = verdict_of(&stem, &text);
        let (mut first, mut rest) = (Vec::new(), Vec::new());
        for block in text.split("\n\n") {
            match block.starts_with("assessment") || block.starts_with("horizon") {
                true => first.push(block),
                false => rest.push(block.trim_end()),
            }
        }
        // Rows of a prior are tried in their order.
        let (mut rows, mut others): (Vec<&str>, Vec<&str>) =
            rest.into_iter().partition(|b| b.starts_with("prior"));
        others.reverse();
        rows.extend(others);
        first.extend(rows);
        assert_eq!(verdict, verdict_of(&stem, &first.join("\n\n")), "{stem}");
        let by = if text.contains("\nhorizon") {
            " by short"
        } else {
            ""
        };
        let more = format!("{text}\n\nevent aaa \"Unrelated\" {{ chance: 37%{by} }}\n");
        assert_eq!(verdict, verdict_of(&stem, &more), "{stem}");
    }
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
    stems
}

struct Comparison<'a> {
    name: String,
    a: &'a Assessment,
    verdict: &'a Verdict,
    wrong: &'a mut Vec<String>,
}

impl Comparison<'_> {
    fn all(&mut self, expected: &Value) {
        let a = self.a;
        let verdict = self.verdict;
        let horizons: Vec<(usize, String)> =
            a.horizons.names().map(str::to_owned).enumerate().collect();
        let mut seen = 0;
        for question in a.questions.values() {
            let name = question.name.as_ref().map_or("_", |n| n.node.as_str());
            for (h, id) in &horizons {
                let expected = &expected["questions"][name][id];
                seen += expected.as_object().map_or(0, |o| o.len());
                for o in question.ids() {
                    let found = verdict.horizons[*h].outcomes[o.index()].probability.value;
                    let outcome = a.outcomes.name(o);
                    self.number(&format!("{outcome} in {id}"), found, &expected[outcome]);
                }
            }
        }
        let questions = expected["questions"].as_object().into_iter().flatten();
        let by_horizon = questions.flat_map(|q| q.1.as_object().into_iter().flatten());
        let stated: usize = by_horizon
            .map(|h| h.1.as_object().map_or(0, |o| o.len()))
            .sum();
        assert_eq!(seen, stated, "{}", self.name);
        for event in &verdict.events {
            let name = a.drivers.name(event.event);
            for (h, id) in &horizons {
                let found = event.horizons[*h].chance.value;
                let expected = &expected["events"][name][id];
                self.number(&format!("{name} in {id}"), found, expected);
            }
        }
        for change in &verdict.changes {
            let name = a.drivers.name(change.change);
            assert_eq!(a.drivers[change.change].kind(), DriverKind::Change);
            for (h, id) in &horizons {
                let found = &change.horizons[*h];
                let expected = &expected["changes"][name][id];
                self.number(
                    &format!("{name} in {id}"),
                    found.chance.value,
                    &expected["chance"],
                );
                self.outcomes(
                    &format!("given {name} in {id}"),
                    &found.given,
                    &expected["given"],
                );
                self.outcomes(
                    &format!("without {name} in {id}"),
                    &found.absent,
                    &expected["absent"],
                );
            }
        }
        for scenario in &verdict.scenarios {
            let name = a.scenarios.name(scenario.scenario);
            for question in a.questions.values() {
                let q = question.name.as_ref().map_or("_", |n| n.node.as_str());
                for (h, id) in &horizons {
                    for o in question.ids() {
                        let found = scenario.horizons[*h].1[o.index()].value;
                        let outcome = a.outcomes.name(o);
                        let place = format!("{outcome} under {name} in {id}");
                        let expected = &expected["scenarios"][name][q][id][outcome];
                        self.number(&place, found, expected);
                    }
                }
            }
        }
        for (expect, answer) in a.expects.iter().zip(&verdict.expectations) {
            let text = &expect.query.text;
            let expected = &expected["expectations"][text];
            match answer.value {
                Some(found) => self.number(text, found, expected),
                None if expected.is_null() => {}
                None => self
                    .wrong
                    .push(format!("{}: {text}: nothing, not {expected}", self.name)),
            }
        }
    }

    fn outcomes(&mut self, place: &str, found: &Given, expected: &Value) {
        let Some(found) = found.outcomes() else {
            if !expected.is_null() {
                let line = format!("{}: {place}: nothing, not {expected}", self.name);
                self.wrong.push(line);
            }
            return;
        };
        for o in self.a.outcomes.ids() {
            let name = self.a.outcomes.name(o);
            self.number(
                &format!("{name} {place}"),
                found[o.index()].value,
                &expected[name],
            );
        }
    }

    fn number(&mut self, place: &str, found: f64, expected: &Value) {
        let near = expected.as_f64().is_some_and(|e| (e - found).abs() <= NEAR);
        if !near {
            let line = format!("{}: {place}: {found}, not {expected}", self.name);
            self.wrong.push(line);
        }
    }
}
