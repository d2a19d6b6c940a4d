//! The searches of a file that only the general engine reads: one for each question.
//!
//! In: an assessment and a question about it. Out: a [`Search`] for each question of the file, or for an
//! expectation.

use super::asker::Asker;
use super::evaluating::{Evaluating, Expected};
use super::parameter::{Kind, Parameter};
use super::{Asked, Effort, Search, afford, leaders, parameters};
use crate::infer::joint::{self, Joint, MadeSo, Queries};
use crate::infer::leader;
use crate::infer::verdict::{ChangeVerdict, Question};
use crate::model::Model;
use crate::model::condition::Cond;
use crate::resolve::assessment::{Assessment, DriverKind, Expect, OutcomeId, QuestionId};
use crate::resolve::table::Id;

/// So many steps of a plan take as long as a state that is gone through for eight settings at once.
const LANE: u64 = 4;

/// Shares nearer than this are the same: sums of doubles miss by less.
const SAME: f64 = 1e-12;

pub(super) fn searches<'a>(
    assessment: &'a Assessment,
    question: &Question,
    expect: Option<&'a Expect>,
) -> Asked<Vec<Search<Asker<'a>>>> {
    let joint = Joint::new(assessment)?;
    let all = parameters::parameters(assessment, &joint.model, &joint.stated);
    if let Some(expect) = expect {
        let mut queries = Queries::new(joint);
        let answer = queries.test(expect)?;
        let mut evaluation = Asker::expect(queries, Expected::new(expect, answer.holds));
        let mut parameters = matter(&evaluation, &all);
        let each = evaluation.cost()?;
        let (together, joint) = (evaluation.relevant().len(), evaluation.joint());
        let of = (joint.assessment, &*joint.model, &joint.stated);
        let effort = afford(of, (each / LANE, false), &mut parameters, together)?;
        return Ok(vec![Search {
            evaluation,
            question: None,
            standings: Vec::new(),
            answer: Some(answer),
            parameters,
            changes: Vec::new(),
            effort,
        }]);
    }
    let mut joint = joint;
    let made = joint.made(question)?;
    let given = question.given.as_ref().map(|g| joint.cond(g));
    let mut searches = Vec::new();
    let (mut work, mut numbers) = (0u64, 0);
    for id in assessment.questions.ids() {
        let place = joint.question(id);
        let mut evaluation =
            Asker::leader(joint.clone(), &made, given.as_ref(), place, Vec::new())?;
        let standings = evaluation.standings();
        evaluation.turn_from(leaders(&standings));
        let parameters = matter(&evaluation, &all);
        work = work.saturating_add(evaluation.cost()?.saturating_mul(parameters.len() as u64));
        numbers += parameters.len();
        searches.push(Search {
            question: Some(id),
            evaluation,
            standings,
            answer: None,
            parameters,
            changes: Vec::new(),
            effort: Effort::default(),
        });
    }
    // Every question gets its share of what can be afforded.
    let each = work / (numbers as u64).max(1);
    let count = searches.len() as u64;
    for search in &mut searches {
        let of = (assessment, &*joint.model, &joint.stated);
        let together = joint.model.drivers.len();
        search.effort = afford(
            of,
            (each.saturating_mul(count) / LANE, false),
            &mut search.parameters,
            together,
        )?;
    }
    let changes = changes(&mut joint, &made, given.as_ref(), assessment)?;
    for search in &mut searches {
        let Some(id) = search.question else { continue };
        let today = leaders(&search.standings);
        let own = changes.iter();
        let own = own.filter_map(|change| of_question(assessment, id, change, &today));
        search.changes = own.collect();
    }
    Ok(searches)
}

fn changes(
    joint: &mut Joint<'_>,
    made: &MadeSo,
    given: Option<&Cond>,
    assessment: &Assessment,
) -> Asked<Vec<ChangeVerdict>> {
    if assessment.questions.ids().next().is_none() {
        return Ok(Vec::new());
    }
    let leaders = vec![OutcomeId::new(0); assessment.horizons.len()];
    let ids = joint::of_kind(assessment, DriverKind::Change);
    joint::conditionals(joint, (made, given), &leaders, ids)
}

/// What a change does to one question, where it does anything to it or there is no other.
fn of_question(
    a: &Assessment,
    id: QuestionId,
    change: &ChangeVerdict,
    today: &[Option<OutcomeId>],
) -> Option<ChangeVerdict> {
    let ids: Vec<OutcomeId> = a.questions[id].ids().collect();
    let own = |all: &Vec<f64>| -> Vec<f64> { ids.iter().map(|o| all[o.index()]).collect() };
    let leads = |all: &Vec<f64>| leader::of_question(a, id, &own(all)).0;
    let moves = change
        .horizons
        .iter()
        .any(|at| match (at.given.values(), at.absent.values()) {
            (Some(given), Some(absent)) => {
                let pairs = own(&given).into_iter().zip(own(&absent));
                pairs.into_iter().any(|(x, y)| (x - y).abs() > SAME)
            }
            _ => false,
        });
    if a.questions.len() > 1 && !moves {
        return None;
    }
    let mut change = change.clone();
    for (at, today) in change.horizons.iter_mut().zip(today) {
        let today = today.unwrap_or(ids[0]);
        at.leader = at.given.values().as_ref().map_or(today, leads);
        at.flips = at.leader != today;
        at.without = at.absent.values().as_ref().map(leads);
        at.absence_flips = at.without.is_some_and(|o| o != today);
    }
    Some(change)
}

/// The parameters that can reach what is asked about.
fn matter(evaluation: &Asker<'_>, all: &[Parameter]) -> Vec<Parameter> {
    let (drivers, questions) = evaluation.reached();
    let model: &Model = &evaluation.joint().model;
    let quantities = evaluation.numbers(&drivers, &questions);
    let matters = |parameter: &&Parameter| match (parameter.kind, parameter.driver) {
        (Kind::Prior, _) => parameter.prior().is_none_or(|place| {
            let spec = model.questions.iter().zip(&questions);
            let mut reached = spec.filter(|q| *q.1).map(|q| q.0);
            reached.any(|q| {
                let mut firsts = q.priors.iter().map(|row| row.1);
                firsts.any(|first| (first..first + q.outcomes.len()).contains(&place))
            })
        }),
        (Kind::Overlap, _) => parameter.group().is_none_or(|group| {
            let members = &model.overlaps[group].1;
            members.iter().any(|&d| drivers[d])
        }),
        (Kind::Weight | Kind::Likelihood, _) => parameter.pushes().iter().any(|push| {
            model.drivers.iter().any(|d| {
                let question = |o: usize| model.question_of(o).is_some_and(|q| questions[q]);
                let outcome = d.pushes.iter().any(|p| p.1 == *push && question(p.0));
                outcome || d.event_pushes.iter().any(|p| p.1 == *push && drivers[p.0])
            })
        }),
        (Kind::Move, _) => parameter.pushes().iter().any(|push| {
            model.drivers.iter().any(|d| {
                let own = d.moves.iter().find(|m| m.1 == *push);
                own.is_some_and(|m| quantities[m.0])
            })
        }),
        (_, Some(driver)) => drivers[model.places[driver.index()]],
        (_, None) => true,
    };
    all.iter().filter(matters).cloned().collect()
}
