//! Mistakes planted in sound assessments: each is found, and nothing else is.

use assess::lint::{self, Policy};
use assess::project::{FileSystem, Project};
use assess::resolve::assessment::Assessment;
use assess::resolve::resolve;
use std::fs;
use std::path::PathBuf;

/// The sound assessments, with their texts.
fn sound() -> Vec<(PathBuf, String)> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("assessments");
    let entries = fs::read_dir(folder).expect("a folder");
    let mut paths: Vec<PathBuf> = entries.map(|e| e.expect("an entry").path()).collect();
    paths.retain(|p| p.extension().is_some_and(|e| e == "assess"));
    paths.sort();
    let read = |p: PathBuf| {
        let text = fs::read_to_string(&p).expect("a text");
        (p, text)
    };
    paths.into_iter().map(read).collect()
}

/// The rules that fire in a text that stands in place of a file.
fn found(text: &str) -> Vec<String> {
    let project = Project::from_text_with(&FileSystem, "planted.assess", text);
    let policy = Policy::default();
    let found = lint::check(&project, &policy).diagnostics;
    found
        .iter()
        .map(|d| format!("{}: {}", d.rule.name, d.message))
        .collect()
}

/// Names of a sound file that planted items refer to.
struct Names {
    event: String,
    horizons: Vec<String>,
    /// The unlikeliest outcome in the first horizon.
    unlikely: String,
    leads: String,
}

fn names(text: &str) -> Option<Names> {
    let project = Project::from_text_with(&FileSystem, "planted.assess", text);
    let assessment: Assessment = resolve(&project).assessment?;
    let all = assess::infer::probabilities(&assessment).ok()?;
    let at = all.horizons[0].as_ref()?;
    let chance = |o: &assess::resolve::assessment::OutcomeId| at.outcomes[o.0 as usize];
    let unlikely = assessment
        .outcomes
        .ids()
        .min_by(|a, b| chance(a).total_cmp(&chance(b)))?;
    let event = assessment.drivers.iter().find_map(|(id, driver)| {
        let event = driver.kind().as_str() == "event" && !driver.is_hypothetical();
        event.then(|| assessment.drivers.name(id).to_owned())
    });
    Some(Names {
        event: event?,
        horizons: assessment.horizons.names().map(str::to_owned).collect(),
        unlikely: assessment.outcomes.name(unlikely).to_owned(),
        leads: assessment.outcomes.name(at.leader).to_owned(),
    })
}

/// Each rule with an item that breaks it. `EVENT`, `LAST`, `RARE` and `LEADS` are names of
/// the file.
const PLANTED: &[(&str, &str)] = &[
    (
        "orphan",
        r#"event planted { resolves: "seen", chance: 12% by LAST }"#,
    ),
    (
        "unobservable",
        "event planted\nexpect planted by LAST: at most 1%",
    ),
    ("idle-assumption", "assumption planted { confidence: high }"),
    (
        "linchpin",
        "assumption planted { confidence: low, weight against LEADS if wrong: 99:1 }",
    ),
    (
        "overwhelming",
        "assumption planted { confidence: high, weight for RARE if wrong: 120:1 }",
    ),
    (
        "inert-factor",
        r#"event planted { resolves: "seen", weight for RARE: 1.001:1 }"#,
    ),
    (
        "unreachable",
        "change planted { when: EVENT and not EVENT, weight for RARE: moderate }",
    ),
    (
        "full-overlap",
        r#"event planted { resolves: "seen", weight for RARE: moderate }
event another { resolves: "seen too", weight for LEADS: moderate }
overlap 100%: planted, another"#,
    ),
    (
        "backfiring-weight",
        r#"event planted {
  resolves: "seen"
  weight for RARE: 100:1
  weight for LEADS: 1.05:1
}"#,
    ),
    (
        "same-when",
        r#"event planted { resolves: "seen" }
change one { when: planted, weight for RARE: strong }
change two { when: not not planted, weight for LEADS: strong }"#,
    ),
    (
        "contradicting-curves",
        r#"event planted {
  resolves: "seen"
  chance given not EVENT: 30% per year
  chance otherwise: 1% per year
}
expect planted by LAST: at most 99%"#,
    ),
    ("failed-expectation", "expect EVENT by LAST: at most 0%"),
];

#[test]
fn a_planted_mistake_is_found_and_nothing_else() {
    let mut wrong = String::new();
    let mut planted = 0;
    for (path, text) in sound() {
        let file = path.file_name().expect("a name").to_string_lossy();
        assert_eq!(found(&text), [""; 0], "{file} is not sound");
        // The mistakes weigh judged outcomes of one question and state times; and `overwhelming` is silent
        // on assumptions where only the general engine evaluates.
        let project = Project::from_text_with(&FileSystem, "planted.assess", &text);
        let assessment = resolve(&project).assessment.expect("sound");
        if assess::model::Model::is_wide(&assessment) {
            continue;
        }
        let Some(names) = names(&text) else {
            continue;
        };
        let last = names.horizons.last().expect("one");
        for (rule, item) in PLANTED {
            // A curve can fall only from one horizon to the next.
            if *rule == "contradicting-curves" && names.horizons.len() < 2 {
                continue;
            }
            let item = item
                .replace("EVENT", &names.event)
                .replace("LAST", last)
                .replace("RARE", &names.unlikely)
                .replace("LEADS", &names.leads);
            let now = found(&format!("{text}\n{item}\n"));
            planted += 1;
            if now.len() != 1 || !now[0].starts_with(&format!("{rule}: ")) {
                wrong += &format!("{file}, {rule}:\n{item}\n{}\n\n", now.join("\n"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
    assert!(planted > 50, "{planted}");
}

#[test]
fn what_is_over_and_not_settled_is_overdue() {
    for (path, text) in sound() {
        let project = Project::from_text_with(&FileSystem, "planted.assess", &text);
        let assessment = resolve(&project).assessment.expect("sound");
        let mut policy = Policy::default();
        policy.settings.today = Some("2100-01-01".parse().expect("a date"));
        let found = lint::check(&project, &policy).diagnostics;
        let overdue = found.iter().filter(|d| d.rule.name == "overdue").count();
        let ends = assessment.horizons.values().filter(|h| !h.open).count();
        let settled = assessment.resolved.iter().any(|r| r.horizon.is_some());
        let file = path.display();
        assert!(
            overdue <= ends && (settled || overdue == ends),
            "{file}: {overdue} of {ends}"
        );
        assert!(
            found
                .iter()
                .all(|d| ["overdue", "expired-allow"].contains(&d.rule.name)),
            "{file}"
        );
    }
}
