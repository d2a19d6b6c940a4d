//! The whole verdict of an assessment, by the general engine.
//!
//! In: an assessment, a question about it and how to compute. Out: a [`Verdict`] in the file's order.

use super::Condition;
use super::answer::{Found, Joint, MadeSo, ratio};
use super::grounds::{self, Stood};
use super::pushed::{self, AllPushed};
use super::queries::Queries;
use super::shares::{self, Shared};
use super::spread;
use crate::diag::Diagnostic;
use crate::infer::confidence::Grounds;
use crate::infer::contributions;
use crate::infer::examined::uncertain;
use crate::infer::verdict::{
    ChangeVerdict, Conditional, Confidence, EventAt, EventVerdict, HorizonVerdict, Method, Options,
    OutcomeVerdict, QuantityVerdict, Question, QuestionStanding, QuestionVerdict, ScenarioVerdict,
    Standing, Verdict,
};
use crate::infer::{Estimate, Given, Probabilities, Probable, leader, values};
use crate::limits;
use crate::model::Model;
use crate::model::condition::Cond;
use crate::resolve::assessment::{
    Assessment, DriverId, DriverKind, OutcomeId, Prop, QuestionId, What, with_unit,
};
use crate::resolve::table::Id;
use crate::text::decimal::figure;

/// Whether only this engine can evaluate it.
pub(crate) fn is_needed(assessment: &Assessment, question: &Question) -> bool {
    let given = question.given.as_ref();
    Model::is_wide(assessment)
        || !question.fixes.is_empty()
        || given.is_some_and(Prop::names_outcomes)
        || question
            .under
            .is_some_and(|s| !assessment.scenarios[s].fixes.is_empty())
}

/// By horizon, the probabilities of all outcomes, by their ids; none where what is given cannot hold.
pub(super) type ByHorizon = Vec<Option<Vec<f64>>>;

/// The verdict.
pub(crate) fn evaluate(
    assessment: &Assessment,
    question: &Question,
    options: &Options,
) -> Result<Verdict, Box<Diagnostic>> {
    Ok(known(assessment, question, options)?.verdict)
}

/// A verdict with what it was computed from, for further questions about it.
pub(super) struct Known<'a> {
    pub(super) verdict: Verdict,
    pub(super) queries: Queries<'a>,
    pub(super) made: MadeSo,
    pub(super) given: Option<Cond>,
    /// What confidence is computed from, by question and horizon.
    pub(super) grounds: Vec<Vec<Grounds>>,
    /// What each driver pushes, where contributions were asked for.
    pub(super) pushed: Option<AllPushed>,
    /// How likely each driver is to push, by its place and horizon, likewise.
    pub(super) acting: Vec<Vec<f64>>,
}

/// The verdict, with what it was computed from.
pub(super) fn known<'a>(
    assessment: &'a Assessment,
    question: &Question,
    options: &Options,
) -> Result<Known<'a>, Box<Diagnostic>> {
    of(Joint::new(assessment)?, question, options)
}

/// The verdict as an assessment stands, with what answers further queries, and the same assessment with nothing asked
/// of it yet.
pub(crate) fn examine<'a>(
    assessment: &'a Assessment,
    options: &Options,
) -> Result<(Verdict, Queries<'a>, Joint<'a>), Box<Diagnostic>> {
    let mut joint = Joint::new(assessment)?;
    let known = briefly(joint.clone(), &Question::default(), options, true)?;
    joint.share_plans(&known.queries.joint);
    Ok((known.verdict, known.queries, joint))
}

/// Whether nothing that is asked of the verdict's changes and scenarios can be beyond exact inference: every state of
/// every question, times everything uncertain, is less than that.
fn is_small(joint: &Joint<'_>) -> bool {
    let questions = joint.model.questions.len().max(1) as u32;
    let states = joint.peak.max(2).saturating_pow(questions);
    let uncertain = uncertain(&joint.model).min(32);
    states.saturating_mul(1 << uncertain) <= (limits::JOINT_CELLS / 4) as u64
}

fn of<'a>(
    joint: Joint<'a>,
    question: &Question,
    options: &Options,
) -> Result<Known<'a>, Box<Diagnostic>> {
    briefly(joint, question, options, false)
}

/// The same; `brief` of a small assessment as it stands without the verdicts given its changes, and without scenarios.
fn briefly<'a>(
    mut joint: Joint<'a>,
    question: &Question,
    options: &Options,
    brief: bool,
) -> Result<Known<'a>, Box<Diagnostic>> {
    let assessment = joint.assessment;
    joint.keep_plans();
    let mut queries = Queries::new(joint);
    let joint = &mut queries.joint;
    let made = joint.made(question)?;
    let given = question.given.as_ref().map(|g| joint.cond(g));
    let found = joint.verdict(&made, given.as_ref())?;
    let main = flat(joint, &found);
    let own = |h: usize| main[h].clone().unwrap_or_else(|| unknown(assessment));
    let horizons = 0..assessment.horizons.len();
    let leaders: Vec<OutcomeId> = horizons
        .clone()
        .map(|h| first_leader(assessment, &own(h)))
        .collect();
    let chance = given_chance(joint, &made, given.as_ref())?;
    let ids = of_kind(assessment, DriverKind::Change);
    let brief = brief && is_small(joint);
    let changes = sides(joint, (&made, given.as_ref()), &leaders, (ids, !brief))?;
    let scenarios = match brief {
        true => Vec::new(),
        false => scenarios(joint, &made, given.as_ref())?,
    };
    let events = events(joint, &made, given.as_ref())?;
    let as_it_stands = made.is_empty() && given.is_none();
    if as_it_stands {
        queries.prime(None, &found);
    }
    let mut expectations = Vec::new();
    for expect in &assessment.expects {
        expectations.push(queries.test(expect)?);
    }
    let mut judgements = Vec::new();
    for judgement in &assessment.judgements {
        judgements.push(queries.test(&judgement.expect)?);
    }
    let mut bets = Vec::new();
    for bet in &assessment.bets {
        bets.push(queries.answer(&bet.on)?.map(Estimate::exact));
    }
    let base = match as_it_stands {
        true => None,
        false => {
            let found = queries.verdict(None)?;
            let all = flat(&queries.joint, &found).into_iter();
            Some(all.map(|at| standing(assessment, at)).collect())
        }
    };
    let joint = &mut queries.joint;
    let ids: Vec<DriverId> = events.iter().map(|e| e.event).collect();
    let spread = spread::spread(joint, &made, given.as_ref(), &ids, options)?;
    let stood = Stood {
        made: &made,
        given: given.as_ref(),
        at: &main,
        intervals: &spread.outcomes,
        draws: spread.draws,
    };
    let grounds = grounds::grounds(joint, &stood, options)?;
    let bases = match brief {
        true => vec![unknown(assessment); assessment.horizons.len()],
        false => bases(joint, &made, given.as_ref())?,
    };
    let mut assumed = super::assumed::sentences(joint);
    assumed.extend(super::assumed::asked_in_vain(options.choice));
    let quantities = super::quantity::quantities(joint, (&made, given.as_ref()), options)?;
    assumed.extend(quantities.iter().filter_map(|q| joined(assessment, q)));
    let (mut shared, mut all_pushed, mut acting) = (Shared::default(), None, Vec::new());
    if options.contributions {
        let drivers = 0..joint.model.drivers.len();
        let each = drivers.map(|d| grounds::acting(joint, &made, given.as_ref(), d));
        acting = each.collect::<Result<_, _>>()?;
        let pushed = pushed::pushed(joint, &made, given.as_ref())?;
        let of = (&made, given.as_ref());
        shared = shares::shares(joint, of, &pushed, &acting, options)?;
        all_pushed = Some(pushed);
    }
    if let Some((drivers, orders)) = shared.sampled {
        assumed.push(contributions::over_orders(orders, drivers));
    }
    let mut events = events;
    for (event, intervals) in events.iter_mut().zip(spread.events) {
        for (horizon, interval) in event.horizons.iter_mut().zip(intervals) {
            horizon.interval = interval;
        }
    }
    let verdicts = horizons.clone().map(|h| {
        let outcomes = assessment.outcomes.ids().map(|o| OutcomeVerdict {
            probability: Estimate::exact(own(h)[o.index()]),
            interval: spread.outcomes[h][o.index()],
            prior: bases[h][o.index()],
        });
        HorizonVerdict {
            outcomes: outcomes.collect(),
            leader: leaders[h],
            margin: first(assessment).map_or(0.0, |q| of_question(assessment, q, &own(h)).1),
            confidence: first(assessment)
                .map_or(Confidence::Low, |q| grounds[q.index()][h].level()),
            given_chance: chance.as_ref().map(|c| Estimate::exact(c[h])),
            effective: None,
        }
    });
    let questions = assessment.questions.ids().map(|question| {
        let standing = |h: usize| {
            let (leader, margin) = of_question(assessment, question, &own(h));
            QuestionStanding {
                leader,
                margin,
                confidence: grounds[question.index()][h].level(),
            }
        };
        QuestionVerdict {
            question,
            horizons: horizons.clone().map(standing).collect(),
        }
    });
    let verdict = Verdict {
        method: Method {
            states: joint.peak,
            draws: spread.draws,
            seed: options.seed,
            sampled: None,
            transformed: None,
        },
        horizons: verdicts.collect(),
        questions: questions.collect(),
        base,
        changes,
        events,
        scenarios,
        expectations,
        judgements,
        views: Vec::new(),
        pools: Vec::new(),
        bets,
        contributions: shared.outcomes,
        event_contributions: shared.events,
        quantities,
        assumed,
    };
    Ok(Known {
        verdict,
        queries,
        made,
        given,
        grounds,
        pushed: all_pushed,
        acting,
    })
}

/// The outcomes of all questions without some drivers' pushes, or with these multiplied, among the cases in
/// which something holds.
pub(crate) fn probable(
    joint: &mut Joint<'_>,
    given: Option<&Cond>,
) -> Result<Probabilities, Box<Diagnostic>> {
    let made = MadeSo::default();
    let found = joint.verdict(&made, given)?;
    let chance = given_chance(joint, &made, given)?;
    let a = joint.assessment;
    let horizons = flat(joint, &found).into_iter().enumerate().map(|(h, at)| {
        let standing = standing(a, Some(at?));
        Some(Probable {
            outcomes: values(&standing.outcomes),
            leader: standing.leader,
            margin: standing.margin,
            chance: chance.as_ref().map_or(1.0, |c| c[h]),
        })
    });
    Ok(Probabilities {
        horizons: horizons.collect(),
    })
}

fn unknown(assessment: &Assessment) -> Vec<f64> {
    vec![f64::NAN; assessment.outcomes.len()]
}

/// The first question.
fn first(assessment: &Assessment) -> Option<QuestionId> {
    assessment.questions.ids().next()
}

fn first_leader(assessment: &Assessment, all: &[f64]) -> OutcomeId {
    first(assessment).map_or(OutcomeId::new(0), |q| of_question(assessment, q, all).0)
}

/// Who leads in a question, of the probabilities of all outcomes.
fn of_question(assessment: &Assessment, question: QuestionId, all: &[f64]) -> (OutcomeId, f64) {
    let own: Vec<f64> = assessment.questions[question]
        .ids()
        .map(|o| all[o.index()])
        .collect();
    leader::of_question(assessment, question, &own)
}

fn standing(assessment: &Assessment, at: Option<Vec<f64>>) -> Standing {
    let outcomes = at.unwrap_or_else(|| unknown(assessment));
    let question = first(assessment);
    let (leader, margin) = question.map_or((OutcomeId::new(0), 0.0), |q| {
        of_question(assessment, q, &outcomes)
    });
    Standing {
        leader,
        margin,
        outcomes: Estimate::each(&outcomes, None),
    }
}

/// All questions' outcomes side by side.
pub(super) fn flat(joint: &Joint<'_>, found: &[Vec<Option<Found>>]) -> ByHorizon {
    let a = joint.assessment;
    (0..a.horizons.len())
        .map(|h| {
            let mut all = unknown(a);
            for (spec, found) in joint.model.questions.iter().zip(found) {
                let found = found[h].as_ref()?;
                for o in a.questions[spec.id].ids() {
                    all[o.index()] = found.outcomes[a.questions[spec.id].place(o)];
                }
            }
            Some(all)
        })
        .collect()
}

/// Where all outcomes of an assessment as it stands are while no driver pushes, by horizon.
pub(crate) fn standing_bases(joint: &mut Joint<'_>) -> Result<Vec<Vec<f64>>, Box<Diagnostic>> {
    bases(joint, &MadeSo::default(), None)
}

/// Where all outcomes stand while no driver pushes, by horizon: a plain prior is that already.
fn bases(
    joint: &mut Joint<'_>,
    made: &MadeSo,
    given: Option<&Cond>,
) -> Result<Vec<Vec<f64>>, Box<Diagnostic>> {
    let a = joint.assessment;
    let mut out = vec![unknown(a); joint.model.horizons()];
    for q in 0..joint.model.questions.len() {
        let spec = &joint.model.questions[q];
        let ids: Vec<OutcomeId> = a.questions[spec.id].ids().collect();
        let decided = spec.decided.iter().any(Option::is_some) || !spec.counts_in.is_empty();
        if let ([(None, first)], false, None, []) =
            (&spec.priors[..], decided, given, &made.fixes[..])
        {
            for (h, at) in out.iter_mut().enumerate() {
                for o in &ids {
                    let row = first + joint.outcome(*o) - spec.outcomes.start;
                    at[o.index()] = joint.stated.prior_at(row, h + 1);
                }
            }
            continue;
        }
        for (at, found) in out.iter_mut().zip(shares::bases(joint, made, given, q)?) {
            for (place, o) in ids.iter().enumerate() {
                at[o.index()] = found.as_ref().map_or(f64::NAN, |found| found[place]);
            }
        }
    }
    Ok(out)
}

/// How likely it is what is given.
fn given_chance(
    joint: &mut Joint<'_>,
    made: &MadeSo,
    given: Option<&Cond>,
) -> Result<Option<Vec<f64>>, Box<Diagnostic>> {
    let Some(given) = given else {
        return Ok(None);
    };
    let whole = Condition {
        given: Some(given.clone()),
        ..Condition::default()
    };
    let found = joint.ask(made, None, vec![whole], true)?;
    let chance = |at: &Vec<Option<Found>>| match &at[0] {
        Some(found) if found.power == 0 => found.mass.min(1.0),
        _ => 0.0,
    };
    Ok(Some(found.iter().map(chance).collect()))
}

/// All drivers of a kind, in the file's order.
pub(crate) fn of_kind(a: &Assessment, kind: DriverKind) -> Vec<DriverId> {
    let all = a.drivers.iter().filter(|(_, d)| d.kind() == kind);
    all.map(|(id, _)| id).collect()
}

/// Of drivers, each one's chance, and the verdict given it and given its absence.
pub(crate) fn conditionals(
    joint: &mut Joint<'_>,
    (made, given): (&MadeSo, Option<&Cond>),
    leaders: &[OutcomeId],
    ids: Vec<DriverId>,
) -> Result<Vec<ChangeVerdict>, Box<Diagnostic>> {
    sides(joint, (made, given), leaders, (ids, true))
}

/// The same of every change clause of an assessment as it stands.
pub(crate) fn changes(
    joint: &mut Joint<'_>,
    leaders: &[OutcomeId],
) -> Result<Vec<ChangeVerdict>, Box<Diagnostic>> {
    let ids = of_kind(joint.assessment, DriverKind::Change);
    sides(joint, (&MadeSo::default(), None), leaders, (ids, true))
}

/// The same; without `outcomes` the verdicts are lists without any.
fn sides(
    joint: &mut Joint<'_>,
    (made, given): (&MadeSo, Option<&Cond>),
    leaders: &[OutcomeId],
    (ids, outcomes): (Vec<DriverId>, bool),
) -> Result<Vec<ChangeVerdict>, Box<Diagnostic>> {
    let a = joint.assessment;
    let mut out = Vec::new();
    for id in ids {
        let is = Cond::Is(joint.place(id));
        let condition = |of: Option<Cond>, negated: bool| Condition {
            given: given.cloned(),
            of,
            negated,
            ..Condition::default()
        };
        let conditions = vec![
            condition(None, false),
            condition(Some(is.clone()), false),
            condition(Some(is), true),
        ];
        let mut there = Vec::new();
        let mut absent = Vec::new();
        let questions = joint.model.questions.len();
        for q in (0..questions).filter(|_| outcomes) {
            let found = joint.ask(made, Some(q), conditions.clone(), true)?;
            let part = |i: usize| found.iter().map(|at| at[i].clone()).collect::<Vec<_>>();
            there.push(part(1));
            absent.push(part(2));
        }
        let alone = joint.ask(made, None, conditions, true)?;
        let side = |found: &[Vec<Option<Found>>]| match outcomes {
            true => flat(joint, found),
            false => vec![Some(Vec::new()); leaders.len()],
        };
        let (there_all, absent_all) = (side(&there), side(&absent));
        let horizons = leaders.iter().enumerate().map(|(h, own)| {
            let possible = alone[h][1].is_some();
            let avoidable = alone[h][2].is_some();
            let share = |i: usize| ratio(alone[h][i].as_ref(), alone[h][0].as_ref());
            let chance = share(1).unwrap_or(0.0);
            let given = there_all[h].as_ref().filter(|_| possible);
            let absent = absent_all[h].as_ref().filter(|_| avoidable);
            let leads = |at: &Vec<f64>| match outcomes {
                true => first_leader(a, at),
                false => *own,
            };
            let leader = given.map_or(*own, leads);
            let without = absent.map(leads);
            let exactly = |at: Option<&Vec<f64>>, chance: f64| {
                Given::of(at.map(|at| Estimate::each(at, None)), chance)
            };
            Conditional {
                chance: Estimate::exact(chance),
                effective: None,
                given: exactly(given, chance),
                absent: exactly(absent, share(2).unwrap_or(0.0)),
                flips: leader != *own,
                leader,
                without,
                absence_flips: without.is_some_and(|o| o != *own),
            }
        });
        let horizons: Vec<Conditional> = horizons.collect();
        let idle = match &a.drivers[id].what {
            What::Change { when, .. } => idle(a, when, &horizons),
            _ => Vec::new(),
        };
        out.push(ChangeVerdict {
            change: id,
            horizons,
            idle,
        });
    }
    Ok(out)
}

/// Names without a chance of their own whose coming would help a condition to hold that never waits for them: it has a
/// chance without them in every horizon in which it can hold.
fn idle(a: &Assessment, when: &Prop, horizons: &[Conditional]) -> Vec<DriverId> {
    fn helping(a: &Assessment, prop: &Prop, sign: bool, found: &mut Vec<DriverId>) {
        match prop {
            Prop::Is(id) => {
                let driver = &a.drivers[*id];
                let waits = driver.is_hypothetical() || matches!(driver.what, What::Assumption(_));
                found.extend((sign && waits).then_some(*id));
            }
            Prop::Not(inner) => helping(a, inner, !sign, found),
            Prop::All(all) | Prop::Any(all) | Prop::AtLeast(_, all) => {
                all.iter().for_each(|one| helping(a, one, sign, found));
            }
            Prop::Outcome(_) | Prop::Reaches(..) => {}
        }
    }
    let mut possible = horizons
        .iter()
        .filter(|at| at.given.is_possible())
        .peekable();
    if possible.peek().is_none() || possible.any(|at| at.chance.value <= 0.0) {
        return Vec::new();
    }
    let mut found = Vec::new();
    helping(a, when, true, &mut found);
    found.sort_unstable();
    found.dedup();
    found
}

fn scenarios(
    joint: &mut Joint<'_>,
    made: &MadeSo,
    given: Option<&Cond>,
) -> Result<Vec<ScenarioVerdict>, Box<Diagnostic>> {
    let a = joint.assessment;
    let mut out = Vec::new();
    for scenario in a.scenarios.ids() {
        let own = joint.scenario(scenario);
        let all = joint.merge(made, &own);
        let found = joint.verdict(&all, given)?;
        let horizons = flat(joint, &found).into_iter().map(|at| {
            let at = at.unwrap_or_else(|| unknown(a));
            (first_leader(a, &at), Estimate::each(&at, None))
        });
        out.push(ScenarioVerdict {
            scenario,
            horizons: horizons.collect(),
        });
    }
    Ok(out)
}

fn events(
    joint: &mut Joint<'_>,
    made: &MadeSo,
    given: Option<&Cond>,
) -> Result<Vec<EventVerdict>, Box<Diagnostic>> {
    let a = joint.assessment;
    let mut out = Vec::new();
    for event in of_kind(a, DriverKind::Event) {
        let place = joint.place(event);
        let chances = joint.chances(made, given, place)?;
        out.push(EventVerdict {
            event,
            horizons: chances
                .into_iter()
                .map(|p| EventAt {
                    chance: Estimate::exact(p),
                    interval: None,
                })
                .collect(),
        });
    }
    Ok(out)
}

/// What is said of a quantity that so many uncertain things move that not all of them were told apart.
fn joined(a: &Assessment, found: &QuantityVerdict) -> Option<String> {
    let off = found
        .horizons
        .iter()
        .flatten()
        .map(|at| at.off)
        .fold(0.0, f64::max);
    let quantity = &a.quantities[found.quantity];
    let much = match quantity.log {
        true => format!("{}% of itself", figure(100.0 * libm::expm1(off))),
        false => with_unit(&figure(off), quantity.unit.as_deref()),
    };
    (off > 1e-9).then(|| {
        format!(
            "`{}` is moved by so many uncertain things that states with nearly the same move are put \
             together: no quantile is off by more than {much}",
            quantity.name.node
        )
    })
}
