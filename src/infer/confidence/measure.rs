//! What can be read off the pushes and the prior: how much is cited, rated, independent.
//!
//! In: an assessment's point values and where its outcomes stand. Out: [`Grounds`] without the width of the interval
//! and without what alone turns the leader.

use super::super::engine::{Engine, Sets};
use super::super::events;
use super::sources::{Sources, is_sourced};
use super::{Grounds, prior_is_sourced};
use crate::diag::Diagnostic;
use crate::resolve::assessment::{
    Assessment, Curve, DriverId, HorizonId, Law, OutcomeId, Prior, PriorOf, What,
};
use crate::resolve::table::Id;
use crate::strengths::DECIBAN;

/// The grounds so far, with the sources that they were counted from.
pub(crate) struct Measured<'a> {
    /// By horizon.
    pub(super) grounds: Vec<Grounds>,
    pub(super) sources: Sources<'a>,
    /// The drivers that push at one horizon or another.
    pub(super) pushing: Vec<DriverId>,
}

/// One driver's push at one horizon.
#[derive(Clone, Copy)]
pub(in crate::infer) struct Seen {
    pub(crate) driver: DriverId,
    pub(crate) horizon: usize,
    /// Its size over all that it pushes, by the chance that it is there.
    pub(crate) size: f64,
    /// By how much it moves the leader's odds.
    pub(crate) moves: f64,
}

impl Grounds {
    /// How much of what pushes at a horizon is cited and rated.
    pub(in crate::infer) fn weigh<'s>(
        &mut self,
        assessment: &Assessment,
        pushes: impl Iterator<Item = &'s Seen>,
    ) {
        let (mut all, mut uncited, mut rated) = (0.0, 0.0, (0.0, 0.0));
        for push in pushes {
            let driver = &assessment.drivers[push.driver];
            all += push.size;
            if !is_sourced(driver) {
                uncited += push.size;
            }
            if driver.evidence.iter().any(|e| e.rated.is_some()) {
                rated.0 += push.size * driver.discount;
                rated.1 += push.size;
                self.rated += push.moves;
            } else {
                self.unrated += push.moves;
            }
        }
        self.unsourced = (all > 0.0).then(|| uncited / all);
        self.quality = (rated.1 > 0.0).then(|| rated.0 / rated.1);
    }
}

impl<'a> Measured<'a> {
    /// Of outcomes `at`, by horizon in the file's order. The chances of events are known.
    pub(crate) fn new(
        engine: &mut Engine<'a>,
        sets: &Sets,
        events: (&[DriverId], &[Vec<f64>]),
        at: &[Vec<f64>],
    ) -> Result<Measured<'a>, Box<Diagnostic>> {
        let assessment = engine.assessment;
        let seen = seen(engine, sets, events, at)?;
        let sources = Sources::new(assessment);
        let cited = prior_is_sourced(assessment);
        let lasts = assessment.outcomes.values().any(|o| o.is_final);
        let grounds = at.iter().enumerate().map(|(h, at)| {
            let mut grounds = Grounds {
                prior_is_sourced: cited,
                ..Grounds::default()
            };
            let (leader, margin) = engine.leader(at);
            grounds.margin = margin;
            grounds.prior_is_ranged = is_ranged(assessment, leader, h);
            grounds.weigh(assessment, seen.iter().filter(|s| s.horizon == h));
            // What ended in a final outcome stays there, so that earlier pushes count.
            let acts = |s: &&Seen| s.size > 0.0 && (s.horizon == h || lasts && s.horizon < h);
            let mut acting: Vec<DriverId> = seen.iter().filter(acts).map(|s| s.driver).collect();
            acting.dedup();
            grounds.sources = sources.independent(assessment, &acting);
            grounds
        });
        let grounds = grounds.collect();
        let mut pushing: Vec<DriverId> = seen
            .iter()
            .filter(|s| s.size > 0.0)
            .map(|s| s.driver)
            .collect();
        pushing.dedup();
        Ok(Measured {
            grounds,
            sources,
            pushing,
        })
    }
}

/// Every push, driver by driver.
fn seen(
    engine: &mut Engine<'_>,
    sets: &Sets,
    (event_ids, event_chances): (&[DriverId], &[Vec<f64>]),
    at: &[Vec<f64>],
) -> Result<Vec<Seen>, Box<Diagnostic>> {
    let leaders: Vec<usize> = at
        .iter()
        .map(|at| engine.outcome(engine.leader(at).0))
        .collect();
    let at: Vec<Vec<f64>> = at.iter().map(|at| engine.in_model_order(at)).collect();
    let mut all = Vec::new();
    let mut by_outcome = vec![0.0; engine.model.outcomes.len()];
    for place in 0..engine.model.drivers.len() {
        if engine.model.drivers[place].pushes.is_empty() {
            continue;
        }
        let id = engine.model.drivers[place].id;
        let chances = match event_ids.iter().position(|e| *e == id) {
            Some(e) => event_chances[e].clone(),
            None => events::chances(engine, sets, None, place)?,
        };
        let wrong = matches!(engine.assessment.drivers[id].what, What::Assumption(_));
        for (h, &chance) in chances.iter().enumerate() {
            let chance = if wrong { 1.0 - chance } else { chance };
            if chance.is_nan() {
                continue;
            }
            let mut size = 0.0;
            by_outcome.fill(0.0);
            for p in &engine.model.drivers[place].pushes {
                let push = engine.point.push_at(p.1, h + 1);
                size += push.abs();
                by_outcome[p.0] += push;
            }
            let moves = moves(&by_outcome, &at[h], leaders[h]).abs() / DECIBAN;
            all.push(Seen {
                driver: id,
                horizon: h,
                size: size * chance,
                moves: if moves.is_nan() { 0.0 } else { moves * chance },
            });
        }
    }
    Ok(all)
}

/// By how much pushes move the leader's log-odds, to first order: what the leader gains, less what the others gain
/// on average.
pub(crate) fn moves(pushes: &[f64], at: &[f64], leader: usize) -> f64 {
    let others = 1.0 - at[leader];
    let gain: f64 = pushes.iter().zip(at).map(|(w, p)| w * p).sum();
    let gain = gain - pushes[leader] * at[leader];
    match others > 0.0 {
        true => pushes[leader] - gain / others,
        false => pushes[leader],
    }
}

/// Whether the prior of an outcome at a horizon says how sure it is.
fn is_ranged(assessment: &Assessment, outcome: OutcomeId, h: usize) -> bool {
    let prior = assessment.prior();
    prior.is_some_and(|prior| says_range(assessment, prior, outcome.index(), h))
}

/// Whether a prior says how sure it is of an outcome, told its place, at a horizon: by a range, a count or a rate.
/// What the others leave does where one of them does.
pub(crate) fn says_range(assessment: &Assessment, prior: &Prior, outcome: usize, h: usize) -> bool {
    let days = assessment.horizons[HorizonId::new(h)].days;
    let says = |of: &PriorOf| match of {
        PriorOf::Rest(_) | PriorOf::Decided => false,
        PriorOf::Curve(clause) => rises_in_range(&clause.values, days),
        PriorOf::Shares(clause) => clause.values.get(h).is_some_and(|n| n.law != Law::Fixed),
    };
    match prior.outcomes.get(outcome) {
        Some(PriorOf::Rest(_)) => prior.outcomes.iter().any(says),
        Some(of) => says(of),
        None => false,
    }
}

/// Whether a curve states a range, a count or a rate up to a day, or at the next stated point, from which it is read
/// off there.
pub(crate) fn rises_in_range(curve: &Curve, days: f64) -> bool {
    match curve {
        Curve::PerYear(_) | Curve::Times(_) => true,
        Curve::Points(points) => {
            let upto = points.iter().filter(|p| p.days <= days).count() + 1;
            points.iter().take(upto).any(|p| p.chance.law != Law::Fixed)
        }
    }
}
