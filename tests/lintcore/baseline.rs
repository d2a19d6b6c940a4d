//! Baselines: what they hold is quiet wherever it moves; what is new, or gone, is told.

use assess::lint::baseline::{Baseline, Entry};
use assess::lint::{Found, Policy};
use assess::project::Project;
use assess::render::Checked;

const OLD: &str = "outcome a\noutcome b\nhorizon h: 1 year\n\
                   assessment \"Will it?\" { as of: 2025-03-01 }\n\
                   factor f { weight for c: strong }\n\
                   factor g { weight for c: strong\n  weight for c: strong }\n";

fn check(text: &str) -> Vec<Checked> {
    let project = Project::from_text("notes/a.assess", text);
    vec![Found::of(project, &Policy::default()).checked]
}

fn place(name: &str) -> String {
    name.to_owned()
}

fn subtract(baseline: &Baseline, text: &str) -> (Vec<String>, Vec<Entry>, usize) {
    let mut checked = check(text);
    let (left, taken) = baseline.subtract(&mut checked, &place);
    let told = checked[0].diagnostics.iter().map(|d| d.message.clone());
    (told.collect(), left, taken)
}

#[test]
fn what_is_held_is_quiet_wherever_it_moves() {
    let baseline = Baseline::of(&check(OLD), &place);
    let all = check(OLD)[0].diagnostics.len();
    assert!(all > 0);
    assert_eq!(subtract(&baseline, OLD), (vec![], vec![], all));
    let moved = format!(
        "# A comment\n\n{}",
        OLD.replace("factor g", "\n\n\nfactor g")
    );
    assert_eq!(subtract(&baseline, &moved), (vec![], vec![], all));
    let read = Baseline::read(&baseline.write()).expect("its own text");
    assert_eq!(read, baseline);
    insta::assert_snapshot!(baseline.write());
}

#[test]
fn one_more_of_a_kind_is_new() {
    let baseline = Baseline::of(&check(OLD), &place);
    let more = OLD.replace(
        "factor f {",
        "factor f { note: \"x\", weight for d: strong,",
    );
    let (told, left, _) = subtract(&baseline, &more);
    assert_eq!(told, ["there is no outcome `d`"]);
    assert_eq!(left, []);
    // The same text in another item is another finding.
    let other = format!("{OLD}factor k {{ weight for d: weak }}\n");
    assert_eq!(subtract(&baseline, &other).0.len(), 1);
}

#[test]
fn what_is_mended_is_held_in_vain() {
    let baseline = Baseline::of(&check(OLD), &place);
    let (told, left, taken) = subtract(&baseline, &OLD.replace("for c", "for a"));
    assert!(told.iter().all(|m| !m.contains("`c`")), "{told:?}");
    assert_eq!(taken, 0);
    assert!(
        left.iter()
            .any(|e| e.rule == "unknown-name" && e.item == "factor f"),
        "{left:#?}"
    );
}

#[test]
fn what_is_no_baseline_is_refused() {
    for (text, why) in [
        ("", "EOF"),
        ("{}", "version"),
        ("{\"version\": 2, \"entries\": []}", "version 2 is unknown"),
        (
            "{\"version\": 1, \"entries\": [], \"more\": 1}",
            "unknown field",
        ),
        ("[[[[[[[[", "invalid type"),
    ] {
        let error = Baseline::read(text).expect_err(text);
        assert!(error.contains(why), "{text}: {error}");
    }
    let deep = "[".repeat(100_000);
    assert!(Baseline::read(&deep).is_err());
}
