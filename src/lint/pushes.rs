//! What drivers push, as the verdict sums it: discounted, counted, overlapped.
//!
//! In: an assessment, a horizon and which drivers hold. Out: natural logarithms of likelihood
//! ratios by driver and outcome, above 0 for, below 0 against.

use crate::resolve::assessment::{Assessment, Driver, DriverId, HorizonId, What};
use crate::resolve::table::Id;

/// A push nearer to 0 than this is none.
const NOTHING: f64 = 1e-12;

/// A driver's own pushes at a horizon by outcome, before discount, counts and overlap.
pub fn own(assessment: &Assessment, driver: &Driver, horizon: HorizonId) -> Vec<f64> {
    let mut pushes = vec![0.0; assessment.outcomes.len()];
    if let Some(likelihood) = &driver.likelihood {
        let logs: Vec<f64> = likelihood.values.iter().map(|n| libm::log(n.point)).collect();
        let mean = logs.iter().sum::<f64>() / logs.len() as f64;
        for (push, log) in pushes.iter_mut().zip(logs) {
            *push = log - mean;
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

/// The pushes at a horizon by driver and outcome where exactly these drivers hold (an assumption's
/// push counts where it is wrong).
pub fn standing(
    assessment: &Assessment,
    horizon: HorizonId,
    holds: impl Fn(DriverId) -> bool,
) -> Vec<Vec<f64>> {
    let mut counted = vec![1.0; assessment.drivers.len()];
    for (id, driver) in assessment.drivers.iter() {
        if let What::Change { counts, .. } = &driver.what
            && holds(id)
        {
            for count in counts {
                counted[count.driver.index()] *= count.shares[horizon.index()];
            }
        }
    }
    let mut pushes: Vec<Vec<f64>> = assessment
        .drivers
        .iter()
        .map(|(id, driver)| {
            let scale = if holds(id) {
                counted[id.index()] * driver.discount
            } else {
                0.0
            };
            let own = own(assessment, driver, horizon);
            own.into_iter().map(|push| push * scale).collect()
        })
        .collect();
    overlap(assessment, &mut pushes);
    pushes
}

/// In each group the largest push counts in full and each further one by a share less.
fn overlap(assessment: &Assessment, pushes: &mut [Vec<f64>]) {
    let before = pushes.to_vec();
    let outcomes = assessment.outcomes.len();
    let mut factors = vec![vec![1.0f64; outcomes]; before.len()];
    for group in &assessment.overlaps {
        for outcome in 0..outcomes {
            for sign in [1.0, -1.0] {
                let size = |d: DriverId| before[d.index()][outcome] * sign;
                let mut members: Vec<DriverId> = group
                    .members
                    .iter()
                    .copied()
                    .filter(|&d| size(d) > NOTHING)
                    .collect();
                members.sort();
                members.sort_by(|&a, &b| size(b).total_cmp(&size(a)));
                let mut share = 1.0;
                for member in members {
                    let factor = &mut factors[member.index()][outcome];
                    *factor = factor.min(share);
                    share *= 1.0 - group.share;
                }
            }
        }
    }
    for (row, factors) in pushes.iter_mut().zip(factors) {
        for (push, factor) in row.iter_mut().zip(factors) {
            *push *= factor;
        }
    }
}
