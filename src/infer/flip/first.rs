//! The search of a file with one question, made ready.
//!
//! In: an assessment and a question. Out: a [`Search`] by the engine for one question.

use super::evaluation::{self, Evaluation, Made};
use super::few::{Few, spoken};
use super::{Asked, Effort, Search, afford, leaders, parameters};
use crate::diag::rules;
use crate::infer::answers::Answers;
use crate::infer::engine::{Engine, Sets};
use crate::infer::verdict::Question;
use crate::infer::{Choice, Estimate, conditional, evaluate};
use crate::model::condition::Cond;
use crate::resolve::assessment::{Assessment, Expect, OutcomeId};
use crate::resolve::table::Id;

pub(super) fn search<'a>(
    assessment: &'a Assessment,
    question: &Question,
    expect: Option<&'a Expect>,
) -> Asked<Search<Evaluation<'a>>> {
    match by_states(assessment, question, expect, true) {
        Err(limit) if limit.rule.name == rules::LIMIT.name => {
            by_states(assessment, question, expect, false)
        }
        found => found,
    }
}

/// The search over all states where that can be afforded and is not ruled out, or over few histories.
pub(super) fn by_states<'a>(
    assessment: &'a Assessment,
    question: &Question,
    expect: Option<&'a Expect>,
    may_enumerate: bool,
) -> Asked<Search<Evaluation<'a>>> {
    let mut answers = Answers::new(assessment);
    // A value found by search must be told from its neighbours: no sampling error may blur it, where that can be.
    answers.engine.sampling.choice = Choice::Exact;
    let engine = &mut answers.engine;
    let mut parameters = parameters::parameters(assessment, &engine.model, &engine.point);
    let sets = match expect {
        None => evaluate::sets(engine, question)?,
        Some(expect) => {
            let under = expect.query.under;
            under.map_or_else(Sets::new, |s| engine.scenario(s))
        }
    };
    let given = question.given.as_ref().map(|g| engine.cond(g));
    let given = given.filter(|_| expect.is_none());
    let exact = may_enumerate.then(|| states(engine, &sets)).flatten();
    let vars = |made: &Made| made.compiled.structure.shape.vars.len();
    let together = exact
        .as_ref()
        .map_or(engine.model.nodes.len(), |e| vars(&e.1));
    let engine = &answers.engine;
    let of = (assessment, &*engine.model, &engine.point);
    let effort = exact.as_ref().and_then(|(each, _)| {
        let mut kept = parameters.clone();
        let effort = afford(of, (*each, true), &mut kept, together).ok()?;
        // Few numbers of many say less than all of them by few histories.
        (effort.left_out == 0).then_some(effort)
    });
    let effort = match effort {
        Some(effort) => effort,
        None => {
            let ask = evaluation::ask(&sets, given.as_ref());
            let each = Few::cost(engine, &ask);
            Effort {
                is_coarse: true,
                histories: Some(Few::histories(engine, &ask)),
                ..afford(of, (each, false), &mut parameters, together)?
            }
        }
    };
    if let Some(expect) = expect {
        if let Some(histories) = effort.histories {
            answers.engine.sampling.choice = Choice::Sampled;
            answers.engine.sampling.samples = u32::try_from(histories).ok();
        }
        let answer = answers.test(expect)?;
        return Ok(Search {
            evaluation: Evaluation::expect(answers, sets, expect, answer.holds),
            question: None,
            standings: Vec::new(),
            answer: Some(answer),
            parameters,
            changes: Vec::new(),
            effort,
        });
    }
    let mut evaluation = match effort.histories {
        Some(_) => {
            answers.engine.sampling.choice = Choice::Either;
            let at = outcomes(&mut answers.engine, &sets, given.as_ref())?;
            Evaluation::by_histories(answers, &sets, given.as_ref(), at)
        }
        None => {
            // What told the price answers too, where nothing is given.
            let made = exact.map(|(_, made)| made).filter(|_| given.is_none());
            Evaluation::leader(answers, &sets, given.as_ref(), Vec::new(), made)?
        }
    };
    let all = evaluation.outcomes(&evaluation.point.clone(), None)?;
    let engine = &mut evaluation.answers.engine;
    let standings: Vec<_> = all
        .into_iter()
        .map(|at| at.map(|at| engine.standing(Estimate::each(&at, None))))
        .collect();
    let today = leaders(&standings);
    let first = OutcomeId::new(0);
    let leaders: Vec<_> = today.iter().map(|l| l.unwrap_or(first)).collect();
    let changes = conditional::changes(engine, &sets, given.as_ref(), &leaders)?;
    let changes = changes.into_iter().map(|c| c.verdict).collect();
    evaluation.turn_from(today);
    Ok(Search {
        evaluation,
        question: assessment.questions.ids().next(),
        standings,
        answer: None,
        parameters,
        changes,
        effort,
    })
}

/// The outcomes by horizon, in the file's order, by what takes least; none where what is given cannot hold, or hardly ever
/// does.
fn outcomes(
    engine: &mut Engine<'_>,
    sets: &Sets,
    given: Option<&Cond>,
) -> Asked<Vec<Option<Vec<f64>>>> {
    let ask = evaluation::ask(sets, given);
    let (_, answer) = engine.run(&ask)?;
    Ok(spoken(engine, &ask, &answer))
}

/// The work of one exact evaluation, with what evaluates it; none where too many propositions matter together.
fn states(engine: &mut Engine<'_>, sets: &Sets) -> Option<(u64, Made)> {
    let mut made = Made::new(engine, &evaluation::ask(sets, None)).ok()?;
    let each = evaluation::steps(engine, &mut made.compiled, made.batch.as_mut()).ok()?;
    Some((each, made))
}
