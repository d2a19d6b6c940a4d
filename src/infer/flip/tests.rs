//! Where questions take long, fewer of them find the same tipping points.

use super::evaluating::{Asked, Evaluating};
use super::search::{TippingPoint, nearest, step_by_step};
use super::{first, wide_steps};
use crate::infer::joint;
use crate::infer::verdict::Question;
use crate::project::Project;
use crate::resolve::assessment::Assessment;
use crate::resolve::resolve;
use std::fmt::Write as _;

fn texts() -> Vec<(String, String)> {
    let folder = format!("{}/tests/reference", env!("CARGO_MANIFEST_DIR"));
    let entries = std::fs::read_dir(folder).unwrap();
    let mut paths: Vec<_> = entries.map(|e| e.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|e| e == "assess"));
    paths.sort();
    let read = |path: &std::path::PathBuf| {
        let text = std::fs::read_to_string(path).unwrap();
        (path.display().to_string(), text)
    };
    let mut texts: Vec<_> = paths.iter().step_by(7).map(read).collect();
    for (name, is_final, events) in [
        ("events", false, true),
        ("factors", false, false),
        ("factors, one final", true, false),
        ("events, one final", true, true),
    ] {
        texts.push((name.to_owned(), file(5, is_final, events)));
    }
    texts
}

/// So many events or factors that push towards and away from three outcomes.
fn file(count: usize, is_final: bool, events: bool) -> String {
    let (word, by) = if is_final {
        ("final ", "by")
    } else {
        ("", "in")
    };
    let mut text = format!(
        "assessment \"Which?\" {{\n  as of: 2025-01-01\n}}\n\
         horizon a \"A\": 0 to 6 months\nhorizon b \"B\": 6 to 18 months\nhorizon c \"C\": 18 to 36 months\n\
         outcome stay \"Stay\"\noutcome drift \"Drift\"\n{word}outcome leave \"Leave\"\n\
         prior \"Before\" {{\n  leave: 6% {by} a, 18% {by} b, 30% {by} c\n  drift: 30% in a, 40% in b, 40% in c\n  \
         stay: rest\n}}\n"
    );
    for i in 0..count {
        let p = 15 + 9 * i;
        let target = ["stay", "drift", "leave"][i % 3];
        let side = ["for", "against"][i % 2];
        let (kind, chance) = match events {
            true => (
                "event",
                format!("chance: {p}% by a, {}% by b, {}% by c", p + 9, p + 20),
            ),
            false => ("factor", format!("holds: {p}%")),
        };
        let ratio = 2 + i;
        let _ = write!(
            text,
            "{kind} f{i} \"F\" {{\n  {chance}\n  weight {side} {target}: {ratio}:1\n  evidence \"Seen\"\n}}\n"
        );
    }
    text
}

fn alike(name: &str, few: &[TippingPoint], many: &[TippingPoint]) {
    assert_eq!(few.len(), many.len(), "{name}: {few:?} {many:?}");
    for (a, b) in few.iter().zip(many) {
        assert_eq!((a.horizon, a.leader), (b.horizon, b.leader), "{name}");
        assert!((a.turn - b.turn).abs() < 1e-7, "{name}: {a:?} {b:?}");
        assert!((a.chance - b.chance).abs() < 1e-8, "{name}: {a:?} {b:?}");
    }
}

#[test]
fn few_questions_find_what_many_do() -> Asked<()> {
    let (mut mixed, mut walked) = (0, 0);
    for (name, text) in texts() {
        let Some(assessment): Option<Assessment> =
            resolve(&Project::from_text("a.assess", &text)).assessment
        else {
            panic!("{name} does not check");
        };
        let question = Question::default();
        if joint::is_needed(&assessment, &question) {
            continue;
        }
        let Ok(search) = first::search(&assessment, &question, None) else {
            continue;
        };
        if search.effort.is_coarse {
            continue;
        }
        for parameter in &search.parameters {
            let mut dear = search.evaluation.clone();
            dear.is_dear = true;
            let mut cheap = search.evaluation.clone();
            cheap.is_dear = false;
            mixed += usize::from(super::corners::Corners::new(&mut dear, parameter)?.is_some());
            walked += usize::from(wide_steps::bend(dear.model(), parameter).is_some());
            let name = format!("{name}, {}", parameter.label);
            let few = nearest(&mut dear, parameter, false)?;
            let side_by_side = nearest(&mut cheap, parameter, false)?;
            let all = step_by_step(&mut cheap, parameter)?;
            alike(&name, &few, &all);
            alike(&name, &side_by_side, &all);
        }
    }
    assert!(mixed > 20 && walked > 20, "{mixed} {walked}");
    Ok(())
}
