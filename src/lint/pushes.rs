//! A driver's own pushes, before discount, counts and overlap.
//!
//! In: an assessment, a driver and a horizon. Out: natural logarithms of likelihood ratios by
//! outcome, above 0 for, below 0 against.

use crate::resolve::assessment::{Assessment, Driver, HorizonId};
use crate::resolve::table::Id;

/// Pushes nearer to each other than this are alike.
const ALIKE: f64 = 1e-9;

/// A driver's own pushes at a horizon, by outcome.
pub(crate) fn own(assessment: &Assessment, driver: &Driver, horizon: HorizonId) -> Vec<f64> {
    let mut pushes = vec![0.0; assessment.outcomes.len()];
    if let Some(likelihood) = &driver.likelihood {
        let logs: Vec<f64> = likelihood
            .values
            .iter()
            .map(|n| libm::log(n.point))
            .collect();
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

/// Whether a driver pushes all outcomes alike in every horizon, so that its pushes cancel.
pub(crate) fn cancel(assessment: &Assessment, driver: &Driver) -> bool {
    let mut pushed = driver.likelihood.is_some();
    for horizon in assessment.horizons.ids() {
        let pushes = own(assessment, driver, horizon);
        let least = pushes.iter().copied().fold(f64::INFINITY, f64::min);
        let most = pushes.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        if most - least > ALIKE {
            return false;
        }
        pushed |= most.abs() > ALIKE;
    }
    pushed
}
