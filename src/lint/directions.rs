//! Which way a driver pushes each outcome.
//!
//! In: a driver. Out: outcomes, horizons and directions, before discounts, counts and overlap. A
//! count is a push of what it counts: counted for less than whole, a reason for an outcome pushes
//! against it.

use crate::resolve::assessment::{Assessment, Driver, DriverId, HorizonId, OutcomeId, What};
use crate::resolve::table::Id;
use std::collections::BTreeSet;

/// One direction: the outcome, the horizon, whether upwards.
pub(crate) type Direction = (OutcomeId, HorizonId, bool);

/// Every direction in which a driver pushes, its counts included.
pub(crate) fn directions(assessment: &Assessment, driver: DriverId) -> BTreeSet<Direction> {
    let driver = &assessment.drivers[driver];
    let mut found = own(assessment, driver);
    let What::Change { counts, .. } = &driver.what else {
        return found;
    };
    for count in counts {
        for (outcome, horizon, up) in own(assessment, &assessment.drivers[count.driver]) {
            let share = count.shares.get(horizon.index()).copied().unwrap_or(1.0);
            if share != 1.0 {
                found.insert((outcome, horizon, up == (share > 1.0)));
            }
        }
    }
    found
}

fn own(assessment: &Assessment, driver: &Driver) -> BTreeSet<Direction> {
    let mut found = BTreeSet::new();
    for weight in &driver.weights {
        for (h, value) in weight.clause.values.iter().enumerate() {
            if value.as_ref().is_some_and(|number| number.point > 0.0) {
                found.insert((weight.outcome, HorizonId::new(h), !weight.against));
            }
        }
    }
    for likelihood in &driver.likelihoods {
        let logs = likelihood.clause.values.iter().map(|n| libm::log(n.point));
        let logs: Vec<f64> = logs.collect();
        let mean = logs.iter().sum::<f64>() / logs.len() as f64;
        for (o, log) in likelihood.outcomes.iter().zip(&logs) {
            // The mean of equal logarithms misses them by what doubles miss.
            if (log - mean).abs() > 1e-12 {
                for horizon in assessment.horizons.ids() {
                    found.insert((*o, horizon, *log > mean));
                }
            }
        }
    }
    found
}
