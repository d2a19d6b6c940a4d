//! A driver's own pushes, before discount, counts and overlap; and how far pushes can reach at most.
//!
//! In: an assessment, a driver and a horizon. Out: natural logarithms of likelihood ratios by
//! outcome, above 0 for, below 0 against.

use crate::resolve::assessment::{Assessment, Driver, HorizonId, What};
use crate::resolve::table::Id;
use crate::strengths::DECIBAN;

/// Pushes nearer to each other than this are alike.
const ALIKE: f64 = 1e-9;

/// A driver's own pushes at a horizon, by outcome.
pub(crate) fn own(assessment: &Assessment, driver: &Driver, horizon: HorizonId) -> Vec<f64> {
    let mut pushes = vec![0.0; assessment.outcomes.len()];
    for likelihood in &driver.likelihoods {
        let logs: Vec<f64> = likelihood
            .clause
            .values
            .iter()
            .map(|n| libm::log(n.point))
            .collect();
        let mean = logs.iter().sum::<f64>() / logs.len() as f64;
        for (outcome, log) in likelihood.outcomes.iter().zip(logs) {
            pushes[outcome.index()] = log - mean;
        }
    }
    for weight in &driver.weights {
        if let Some(strength) = &weight.clause.values[horizon.index()] {
            let sign = if weight.against { -1.0 } else { 1.0 };
            pushes[weight.outcome.index()] += sign * strength.point;
        }
    }
    pushes
}

/// Whether a driver pushes all outcomes of each question alike in every horizon, so that its pushes
/// cancel, and no event.
pub(crate) fn cancel(assessment: &Assessment, driver: &Driver) -> bool {
    if !driver.event_weights.is_empty() {
        return false;
    }
    let mut pushed = !driver.likelihoods.is_empty();
    for horizon in assessment.horizons.ids() {
        let pushes = own(assessment, driver, horizon);
        for question in assessment.questions.values() {
            // What is decided takes no push.
            let judged = question
                .ids()
                .filter(|o| assessment.outcomes[*o].decided.is_none());
            let of: Vec<f64> = judged.map(|o| pushes[o.index()]).collect();
            let least = of.iter().copied().fold(f64::INFINITY, f64::min);
            let most = of.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            if most - least > ALIKE {
                return false;
            }
            pushed |= !of.is_empty() && most.abs() > ALIKE;
        }
    }
    pushed
}

/// Bounds of pushes in decibans, whatever happens: of one driver at its strongest, and of all
/// drivers together on the outcome that they can push hardest, in one direction.
///
/// A discount and an overlap take from a push and turn none round; a count may multiply it.
pub(crate) fn bounds(assessment: &Assessment) -> (f64, f64) {
    let (horizons, outcomes) = (assessment.horizons.len(), assessment.outcomes.len());
    let mut counted = vec![1.0; assessment.drivers.len() * horizons];
    for driver in assessment.drivers.values() {
        let What::Change { counts, .. } = &driver.what else {
            continue;
        };
        for count in counts {
            let of = &mut counted[count.driver.index() * horizons..][..horizons];
            for (most, share) in of.iter_mut().zip(&count.shares) {
                *most *= share.max(1.0);
            }
        }
    }
    let (mut one, mut all) = (0.0_f64, 0.0_f64);
    for horizon in assessment.horizons.ids() {
        let mut sums = vec![(0.0, 0.0); outcomes];
        for (id, driver) in assessment.drivers.iter() {
            if !driver.pushes() {
                continue;
            }
            let most = counted[id.index() * horizons + horizon.index()] / DECIBAN;
            for (push, sum) in own(assessment, driver, horizon).iter().zip(&mut sums) {
                one = one.max(push.abs() * most);
                sum.0 += push.max(0.0) * most;
                sum.1 -= push.min(0.0) * most;
            }
        }
        all = sums.iter().fold(all, |all, sum| all.max(sum.0).max(sum.1));
    }
    (one, all)
}
