//! The search of a file with one question, made ready.
//!
//! In: an assessment and a question. Out: a [`Search`] by the engine for one question.

use super::probe::Probe;
use super::{Asked, Search, afford, dials, leaders};
use crate::infer::answers::Answers;
use crate::infer::batch::Batch;
use crate::infer::engine::{Engine, Sets};
use crate::infer::pass::Pass;
use crate::infer::shape::Ask;
use crate::infer::verdict::Question;
use crate::infer::{Choice, conditional, evaluate};
use crate::resolve::assessment::{Assessment, Expect, OutcomeId};
use crate::resolve::table::Id;

pub(super) fn search<'a>(
    assessment: &'a Assessment,
    question: &Question,
    expect: Option<&'a Expect>,
) -> Asked<Search<Probe<'a>>> {
    let mut answers = Answers::new(assessment);
    // A value found by search must be told from its neighbours: no sampling error may blur it.
    answers.engine.sampling.choice = Choice::Exact;
    let dials = dials::dials(assessment, &answers.engine.model, &answers.engine.point);
    let sets = match expect {
        None => evaluate::sets(&answers.engine, question)?,
        Some(expect) => {
            let under = expect.query.under;
            under.map_or_else(Sets::new, |s| answers.engine.scenario(s))
        }
    };
    affordable(&answers.engine, &sets, dials.len())?;
    if let Some(expect) = expect {
        let answer = answers.test(expect)?;
        return Ok(Search {
            probe: Probe::expect(answers, sets, expect, answer.holds),
            question: None,
            standings: Vec::new(),
            answer: Some(answer),
            dials,
            changes: Vec::new(),
        });
    }
    let given = question.given.as_ref().map(|g| answers.engine.cond(g));
    let mut probe = Probe::leader(answers, &sets, given.as_ref(), Vec::new())?;
    let all = probe.outcomes(&probe.point.clone(), None)?;
    let engine = &mut probe.answers.engine;
    let standings: Vec<_> = all
        .into_iter()
        .map(|at| at.map(|outcomes| engine.standing(outcomes)))
        .collect();
    let today = leaders(&standings);
    let first = OutcomeId::new(0);
    let leaders: Vec<_> = today.iter().map(|l| l.unwrap_or(first)).collect();
    let changes = conditional::changes(engine, &sets, given.as_ref(), &leaders)?;
    let changes = changes.into_iter().map(|c| c.verdict).collect();
    probe.turn_from(today);
    Ok(Search {
        probe,
        question: assessment.questions.ids().next(),
        standings,
        answer: None,
        dials,
        changes,
    })
}

fn affordable(engine: &Engine<'_>, sets: &Sets, numbers: usize) -> Asked<()> {
    let ask = Ask {
        sets: sets.clone(),
        outcomes: true,
        ..Ask::default()
    };
    let mut pass = Pass::new(&engine.model, &ask).map_err(|many| engine.too_many(&many))?;
    pass.ready(&engine.model, &engine.point);
    let batch = Batch::new(&engine.model, &engine.point, &pass);
    let states = batch.map_or_else(|| pass.steps(), |batch| batch.states());
    let each = states * engine.model.horizons() as u64;
    afford(engine.assessment, each, numbers, pass.shape.vars.len())
}
