//! Mistakes planted in sound assessments: each is found, and nothing else is.

use assess::infer::verdict::{Options, Question as Asked};
use assess::lint::{self, Policy};
use assess::project::{FileSystem, Project};
use assess::resolve::assessment::{Assessment, OutcomeId, Question};
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
    /// Whether it may come in another horizon than the first.
    rises: bool,
    horizons: Vec<String>,
    /// The unlikeliest outcome in the first horizon.
    unlikely: String,
    leads: String,
    /// Nothing is said of a horizon.
    timeless: bool,
}

fn names(text: &str) -> Option<Names> {
    let project = Project::from_text_with(&FileSystem, "planted.assess", text);
    let assessment: Assessment = resolve(&project).assessment?;
    let all = assess::infer::probabilities(&assessment).ok()?;
    // Of several questions one whose outcomes are judged; there an outcome may be impossible at first.
    let judged = |q: &Question| -> Vec<OutcomeId> {
        let ids = q.ids();
        ids.filter(|o| assessment.outcomes[*o].decided.is_none())
            .collect()
    };
    let questions = assessment.questions.values().map(judged);
    let judged: Vec<OutcomeId> = questions.into_iter().find(|ids| ids.len() > 1)?;
    let h = match assessment.questions.len() {
        1 => 0,
        _ => all.horizons.len() - 1,
    };
    let at = all.horizons[h].as_ref()?;
    let chance = |o: &&OutcomeId| at.outcomes[o.0 as usize];
    let by_chance = |a: &&OutcomeId, b: &&OutcomeId| chance(a).total_cmp(&chance(b));
    let unlikely = *judged.iter().min_by(by_chance)?;
    let leads = *judged.iter().max_by(by_chance)?;
    let mut events = assessment.drivers.iter();
    let event = events.find_map(|(id, driver)| {
        let event = driver.kind().as_str() == "event" && !driver.is_hypothetical();
        event.then_some(id)
    })?;
    let options = Options {
        intervals: false,
        ..Options::default()
    };
    let verdict = assess::infer::evaluate(&assessment, &Asked::default(), &options).ok()?;
    let chances = verdict.events.iter().find(|e| e.event == event)?;
    let chances: Vec<f64> = chances.horizons.iter().map(|h| h.chance.value).collect();
    Some(Names {
        rises: chances.last() > chances.first(),
        event: assessment.drivers.name(event).to_owned(),
        horizons: assessment.horizons.names().map(str::to_owned).collect(),
        unlikely: assessment.outcomes.name(unlikely).to_owned(),
        leads: assessment.outcomes.name(leads).to_owned(),
        timeless: assessment.timeless,
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
change first_one { when: planted, weight for RARE: strong }
change second_one { when: not not planted, weight for LEADS: strong }"#,
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
        let Some(names) = names(&text) else {
            continue;
        };
        let last = names.horizons.last().expect("one");
        for (rule, item) in PLANTED {
            // A curve can fall only from one horizon to the next, where the event comes that it rests on.
            if *rule == "contradicting-curves" && !names.rises {
                continue;
            }
            let item = match names.timeless {
                true => item.replace(" by LAST", ""),
                false => (*item).to_owned(),
            };
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
