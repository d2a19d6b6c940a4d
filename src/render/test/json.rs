//! Tests as JSON. These structs are what `assess schema test` describes.

use super::super::Look;
use super::super::json::Diagnostic;
use super::{Of, Origin, Ran, Run, State, Test, coverage};
use crate::testing::{self, coverage::Part};
use crate::text::source::Span;
use serde::Serialize;

/// What `assess test --format json` prints.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(rename = "Tests"))]
pub struct Report {
    /// Of this shape; it changes only where a reader of the old one would fail.
    version: u32,
    /// By file in path order; in a file by kind, then by line.
    tests: Vec<Item>,
    /// Stored verdicts that belong to no verdict.
    stale: Vec<Stale>,
    /// What `--coverage` asks for; null without it.
    coverage: Option<Vec<Covered>>,
    /// How many tests ended how.
    summary: Summary,
}

/// One test.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Item {
    /// Unlike any other of the run.
    name: String,
    file: String,
    /// `file`, `expect`, `word`, `bet` or `verdict`.
    kind: &'static str,
    /// From 1; null for `file` and `verdict`.
    line: Option<usize>,
    /// `passed`, `failed`, `new` or `accepted`.
    status: &'static str,
    /// Why it does not hold; null of one that does.
    message: Option<String>,
    /// The queried probability; null where it has none, or where its condition cannot hold.
    value: Option<f64>,
    /// The other side of `above` and `below`.
    other: Option<f64>,
    /// Of a failed claim: what contributes most to each of its sides.
    grounds: Vec<Grounds>,
    /// Of `verdict`: what is stored and what came out.
    verdict: Option<Verdict>,
    /// Of `file`: its errors, as `assess check` reports them.
    diagnostics: Vec<Diagnostic>,
}

/// Where one side of a claim comes from.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Grounds {
    /// What is asked.
    query: String,
    /// `low` or `high`: on which side of the claim it lies.
    side: &'static str,
    /// What comes out.
    value: f64,
    /// The prior; null of an event or proposition.
    prior: Option<f64>,
    /// What pushes it most to that side.
    steps: Vec<Step>,
    /// Of an event or proposition: what its chance is stated by.
    rests: Vec<Rest>,
}

/// What one driver does.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Step {
    /// Its name.
    id: String,
    /// `event`, `factor`, `change` or `assumption`.
    kind: &'static str,
    file: String,
    /// From 1.
    line: usize,
    /// In percentage points.
    points: f64,
}

/// What a probability rests on.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Rest {
    /// Its name.
    id: String,
    /// `event` or `factor`.
    kind: &'static str,
    file: String,
    /// From 1.
    line: usize,
    /// An event's chance as the file stands; null of a factor, and under a condition.
    chance: Option<f64>,
}

/// A stored verdict.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Verdict {
    /// Where it stands, or would.
    path: String,
    /// What is stored, where it is not what came out.
    before: Option<String>,
    /// What came out, where it is not what is stored.
    now: Option<String>,
    /// The newest revision whose text has the stored verdict; null where it is not at hand.
    since: Option<String>,
    /// Why it is not at hand.
    unknown: Option<String>,
    /// What moved since, the largest move first.
    moves: Vec<Move>,
}

/// One probability that moved.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Move {
    horizon: String,
    outcome: String,
    from: f64,
    to: f64,
    /// By edit, the largest share first.
    shares: Vec<Share>,
}

/// One edit's share.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Share {
    /// In words.
    edit: String,
    /// Where it stands now, or stood; null of what has no place.
    line: Option<usize>,
    /// In percentage points.
    points: f64,
}

/// A stored verdict without one to compare.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Stale {
    path: String,
    /// Why.
    message: String,
}

/// What a file's expectations exercise.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Covered {
    file: String,
    parts: Vec<Exercised>,
}

/// One thing that expectations may exercise.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Exercised {
    /// `change`, `event`, `row` or `scenario`.
    kind: &'static str,
    /// Its name; of a row, its driver's and its condition.
    name: String,
    file: String,
    /// From 1.
    line: usize,
    /// The lines of the expectations that exercise it.
    by: Vec<usize>,
}

/// How many tests ended how.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Summary {
    files: usize,
    tests: usize,
    passed: usize,
    failed: usize,
    /// Verdicts that are not stored yet.
    new: usize,
    /// Verdicts that this run stored.
    accepted: usize,
}

/// Writes it.
pub(super) fn write(run: &Run, _: Look) -> String {
    let tally = run.tally();
    let covered: Vec<Covered> = coverage::parts(run)
        .map(|(file, parts)| Covered {
            file: file.to_owned(),
            parts: parts.iter().map(exercised).collect(),
        })
        .collect();
    let report = Report {
        version: 1,
        tests: run.tests().map(|test| item(&test)).collect(),
        stale: run
            .stale
            .iter()
            .map(|(path, message)| Stale {
                path: path.clone(),
                message: message.clone(),
            })
            .collect(),
        coverage: (!covered.is_empty()).then_some(covered),
        summary: Summary {
            files: tally.files,
            tests: tally.tests,
            passed: tally.passed,
            failed: tally.failed,
            new: tally.new,
            accepted: tally.accepted,
        },
    };
    crate::text::clean::json(&report)
}

fn item(test: &Test<'_>) -> Item {
    let mut item = Item {
        name: test.name.clone(),
        file: test.file.to_owned(),
        kind: test.kind.as_str(),
        line: test.line,
        status: test.status.as_str(),
        message: test.message(),
        value: None,
        other: None,
        grounds: Vec::new(),
        verdict: None,
        diagnostics: Vec::new(),
    };
    match &test.of {
        Of::File(checked) => {
            let all = checked.diagnostics.iter();
            item.diagnostics = all.map(|d| Diagnostic::new(d, &checked.sources)).collect();
        }
        Of::Claim(ran, trial) => {
            item.value = trial.answer.value;
            item.other = trial.answer.other;
            item.grounds = trial.grounds.iter().map(|g| grounds(ran, g)).collect();
        }
        Of::Verdict(_, stored) => item.verdict = Some(verdict(&stored.path, &stored.state)),
    }
    item
}

fn place(ran: &Ran, span: Span) -> (String, usize) {
    let source = ran.evaluated.sources.source(span.file);
    (
        source.name.clone(),
        source.position(span.start as usize).line,
    )
}

fn grounds(ran: &Ran, grounds: &testing::Grounds) -> Grounds {
    let drivers = &ran.evaluated.assessment.drivers;
    let steps = grounds.steps.iter().map(|step| {
        let (file, line) = place(ran, step.span);
        Step {
            id: drivers.name(step.driver).to_owned(),
            kind: drivers[step.driver].kind().as_str(),
            file,
            line,
            points: step.points,
        }
    });
    let rests = grounds.rests.iter().map(|rest| {
        let (file, line) = place(ran, rest.span);
        Rest {
            id: drivers.name(rest.driver).to_owned(),
            kind: drivers[rest.driver].kind().as_str(),
            file,
            line,
            chance: rest.chance,
        }
    });
    Grounds {
        query: grounds.query.clone(),
        side: if grounds.low { "low" } else { "high" },
        value: grounds.value,
        prior: grounds.prior,
        steps: steps.collect(),
        rests: rests.collect(),
    }
}

fn verdict(path: &str, state: &State) -> Verdict {
    let mut verdict = Verdict {
        path: path.to_owned(),
        before: None,
        now: None,
        since: None,
        unknown: None,
        moves: Vec::new(),
    };
    match state {
        State::Same | State::Accepted => {}
        State::New { now } => verdict.now = Some(now.clone()),
        State::Changed(changed) => {
            verdict.before = Some(changed.before.clone());
            verdict.now = Some(changed.now.clone());
            match &changed.origin {
                Origin::Unasked => {}
                Origin::Unknown(why) => verdict.unknown = Some(why.clone()),
                Origin::Known(since) => {
                    verdict.since = Some(since.revision.clone());
                    verdict.moves = since.moves.iter().map(moved).collect();
                }
            }
        }
    }
    verdict
}

fn moved(moved: &super::Move) -> Move {
    let shares = moved.shares.iter().map(|share| Share {
        edit: share.edit.clone(),
        line: share.line,
        points: share.points,
    });
    Move {
        horizon: moved.horizon.clone(),
        outcome: moved.outcome.clone(),
        from: moved.from,
        to: moved.to,
        shares: shares.collect(),
    }
}

fn exercised(part: &Part) -> Exercised {
    Exercised {
        kind: part.kind.as_str(),
        name: part.name.clone(),
        file: part.file.clone(),
        line: part.line,
        by: part.by.clone(),
    }
}
