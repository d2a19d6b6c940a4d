//! Every assessment that we show to anybody: it checks clean, evaluates, and says what it should.
//!
//! The corpus is `assessments/`, `examples/` and the blocks of the pages that check clean.

use crate::docs::blocks;
use assess::infer::verdict::{Options, Question, Verdict};
use assess::infer::{Answers, evaluate};
use assess::lint::rules::frame;
use assess::project::{FileSystem, Project};
use assess::render::verdict::{Asked, EVAL_FORMATS, Evaluated};
use assess::render::{Look, concise};
use assess::resolve::assessment::{Assessment, OutcomeId, Piece, Prose};
use assess::resolve::resolve;
use assess::resolve::table::Id;
use assess::syntax::Kind;
use assess::syntax::tree::NodeRef;
use std::fs;
use std::path::{Path, PathBuf};

/// The `.assess` files of a folder of the project, which tests run in.
fn files(folder: &str) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .expect("folder")
        .map(|entry| entry.expect("entry").path())
        .filter(|path| path.extension().is_some_and(|e| e == "assess"))
        .collect();
    files.sort();
    files
}

/// An assessment without a finding; none where the file is only to be used by others.
fn clean(name: &str, project: &Project) -> Option<Assessment> {
    let resolved = resolve(project);
    let mut found: Vec<_> = project.problems().cloned().collect();
    found.extend(resolved.diagnostics.sorted());
    let found = concise::render(&found, &project.sources);
    assert!(found.is_empty(), "{name} has findings:\n{found}");
    resolved.assessment
}

fn verdict(name: &str, assessment: &Assessment) -> Verdict {
    evaluate(assessment, &Question::default(), &Options::default())
        .unwrap_or_else(|limit| panic!("{name}: {}", limit.message))
}

fn load(path: &Path) -> Project {
    Project::load(&FileSystem, path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

/// What holds of every verdict.
fn hold_to_the_laws(name: &str, assessment: &Assessment, verdict: &Verdict) {
    for (h, at) in verdict.horizons.iter().enumerate() {
        for question in assessment.questions.values() {
            let of = question
                .ids()
                .map(|o| at.outcomes[o.index()].probability.value);
            let sum: f64 = of.sum();
            assert!(
                (sum - 1.0).abs() < 1e-9,
                "{name}: horizon {h} sums to {sum}"
            );
        }
        for (o, outcome) in assessment.outcomes.iter().zip(&at.outcomes) {
            let p = outcome.probability.value;
            assert!((0.0..=1.0).contains(&p), "{name}: {p}");
            if let Some((low, high)) = outcome.interval {
                assert!(
                    low <= high && low >= 0.0 && high <= 1.0,
                    "{name}: {low} to {high}"
                );
            }
            if o.1.is_final && h > 0 {
                let before = verdict.horizons[h - 1].outcomes[o.0.index()]
                    .probability
                    .value;
                assert!(p >= before - 1e-12, "{name}: {} falls", o.1.name.node);
            }
        }
        let first = assessment.question_of(at.leader);
        let best = first
            .ids()
            .map(|o| at.outcomes[o.index()].probability.value)
            .fold(0.0, f64::max);
        let leader = at.outcomes[at.leader.index()].probability.value;
        assert!(
            leader >= best,
            "{name}: the leader has {leader} and another {best}"
        );
    }
}

#[test]
fn files_are_clean_and_their_expectations_hold() {
    let mut evaluated = 0;
    for path in [files("assessments"), files("examples")].concat() {
        let name = path.display().to_string();
        let Some(assessment) = clean(&name, &load(&path)) else {
            assert!(name.ends_with("shared.assess"), "{name} has no assessment");
            continue;
        };
        let verdict = verdict(&name, &assessment);
        hold_to_the_laws(&name, &assessment, &verdict);
        for (expect, answer) in assessment.expects.iter().zip(&verdict.expectations) {
            assert!(answer.holds, "{name}: `{}` fails: {answer:?}", expect.text);
        }
        for (bet, p) in assessment.bets.iter().zip(&verdict.bets) {
            let p = p.expect("a bet on what can happen").value;
            assert!(
                p >= bet.price.node,
                "{name}: `{}` loses at {p}",
                bet.title.node
            );
        }
        evaluated += 1;
    }
    assert!(evaluated >= 20, "only {evaluated} files");
}

/// All prose of an assessment, in no order that matters.
fn proses(assessment: &Assessment) -> Vec<&Prose> {
    let mut parts = vec![&assessment.prose];
    parts.extend(assessment.outcomes.values().map(|o| &o.prose));
    parts.extend(assessment.priors().map(|p| &p.prose));
    parts.extend(assessment.drivers.values().map(|d| &d.prose));
    parts.extend(assessment.scenarios.values().map(|s| &s.prose));
    parts.extend(assessment.bets.iter().map(|b| &b.prose));
    let parts = parts
        .into_iter()
        .flat_map(|p| [&p.resolves, &p.context, &p.note])
        .flatten();
    let sections = assessment.sections.iter().map(|s| &s.prose);
    parts.chain(sections).collect()
}

/// What the prose says of a number is true, and comfortably so: half a point inside the band.
#[test]
fn words_in_prose_match() {
    let mut matched = 0;
    for path in files("assessments") {
        let name = path.display().to_string();
        let assessment = clean(&name, &load(&path)).expect("an assessment");
        let mut answers = Answers::new(&assessment);
        for piece in proses(&assessment).iter().flat_map(|p| &p.pieces) {
            let Piece::Placeholder { query, word, .. } = piece else {
                continue;
            };
            let p = answers
                .answer(query)
                .unwrap_or_else(|e| panic!("{}", e.message));
            let p = p.unwrap_or_else(|| panic!("{name}: `{}` has no answer", query.text));
            if let Some(word) = word {
                let fits = |p: f64| assessment.scale.satisfies(&word.node, p) == Some(true);
                let text = format!(
                    "{name}: `{}` is {p}, and said to be {}",
                    query.text, word.node
                );
                assert!(fits(p), "{text}");
                assert!(
                    fits((p - 0.005).max(0.0)) && fits((p + 0.005).min(1.0)),
                    "{text}: edge"
                );
                matched += 1;
            }
        }
    }
    assert!(matched > 30, "only {matched} words");
}

#[test]
fn blocks_of_the_pages_evaluate() {
    let mut evaluated = 0;
    for page in ["README.md", "docs/language.md"] {
        let text = fs::read_to_string(page).expect("page");
        for block in blocks::of(&text) {
            let skipped = block.value("error").is_some() || block.has("append");
            // A block with `use` needs files beside it; `docs` checks that one.
            if block.tag() != "assess" || skipped || block.body.starts_with("use ") {
                continue;
            }
            let name = format!("{page}:{}", block.line);
            let project = Project::from_text(&name, &frame(&block.body));
            let assessment = clean(&name, &project).expect("an assessment");
            let verdict = verdict(&name, &assessment);
            hold_to_the_laws(&name, &assessment, &verdict);
            evaluated += 1;
        }
    }
    assert!(evaluated > 20, "only {evaluated} blocks");
}

#[test]
fn verdicts() {
    for path in files("assessments") {
        let file = path
            .file_stem()
            .expect("name")
            .to_string_lossy()
            .into_owned();
        let project = load(&path);
        let assessment = clean(&file, &project).expect("an assessment");
        let verdict = verdict(&file, &assessment);
        let evaluated = Evaluated {
            sources: project.sources,
            assessment,
            verdict,
            asked: Asked::default(),
        };
        let look = Look {
            width: 80,
            colour: false,
        };
        let text = (EVAL_FORMATS[0].write)(&[evaluated], look);
        insta::with_settings!({ omit_expression => true }, {
            insta::assert_snapshot!(format!("verdict_of_{file}"), text);
        });
    }
}

/// The file with its items the other way round, horizons apart, and no comment between them.
fn turned_round(project: &Project) -> String {
    let (_, source) = project.sources.iter().next().expect("a file");
    let root = project.files[0].tree.root().expect("a tree");
    let items: Vec<_> = root
        .children()
        .filter(|node| !matches!(node.kind(), Kind::comment | Kind::EOI))
        .collect();
    let (horizons, others): (Vec<NodeRef>, Vec<NodeRef>) =
        items.iter().partition(|node| node.kind() == Kind::horizon);
    let all = others.into_iter().rev().chain(horizons);
    all.map(|node| format!("{}\n", &source.text[node.range()]))
        .collect()
}

/// The same numbers, to the last bit, whatever the order of items. Overlap breaks ties by the
/// file's order, but what ties is worth the same.
#[test]
fn the_order_of_items_changes_no_number() {
    for path in files("assessments") {
        let name = path.display().to_string();
        let project = load(&path);
        let assessment = clean(&name, &project).expect("an assessment");
        let before = verdict(&name, &assessment);
        let turned = Project::from_text(&name, &turned_round(&project));
        let turned_assessment = clean(&name, &turned).expect("an assessment");
        let after = verdict(&name, &turned_assessment);
        for (id, outcome) in assessment.outcomes.iter() {
            let there = turned_assessment
                .outcomes
                .id(&outcome.name.node)
                .expect("it");
            for (a, b) in before.horizons.iter().zip(&after.horizons) {
                let (a, b) = (&a.outcomes[id.index()], &b.outcomes[there.index()]);
                assert_eq!(a, b, "{name}: {}", outcome.name.node);
            }
        }
    }
}

/// What the note concludes: no exit at any horizon, gradual disengagement in the medium and the
/// long term, and neither of its two "what would change" clauses makes exit the leader.
#[test]
fn nato_concludes_as_the_note_does() {
    let project = load(Path::new("assessments/nato.assess"));
    let assessment = clean("nato", &project).expect("an assessment");
    let verdict = verdict("nato", &assessment);
    let [presence, disengagement, exit] = ["presence", "disengagement", "exit"]
        .map(|name| assessment.outcomes.id(name).expect("an outcome"));
    let leaders: Vec<OutcomeId> = verdict.horizons.iter().map(|h| h.leader).collect();
    assert_eq!(leaders, [presence, disengagement, disengagement]);
    for (horizon, ceiling) in verdict.horizons.iter().zip([0.05, 0.2, 0.2]) {
        assert!(horizon.outcomes[exit.index()].probability.value < ceiling);
    }
    for name in ["politics", "relations"] {
        let id = assessment.drivers.id(name).expect("a change");
        let change = verdict.changes.iter().find(|c| c.change == id);
        for (h, at) in change.expect("change").horizons.iter().enumerate() {
            assert_ne!(at.leader, exit, "{name}");
            assert!(!at.flips, "{name}");
            let given = at.given.values().expect("it can hold");
            let without = at.absent.values().expect("it can fail to hold");
            assert!(
                given[exit.index()] > without[exit.index()],
                "{name} in horizon {h}"
            );
        }
    }
}
