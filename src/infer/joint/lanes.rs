//! One plan over many settings of the numbers, several at once where its states are few.
//!
//! In: a plan and settings. Out: the results of each, in their order.

use super::answer::Joint;
use super::{Plan, Results};
use crate::model::Numbers;
use crate::parallel::*;

/// Settings side by side.
pub(crate) const LANES: usize = 8;

/// Beyond so many states at once each setting goes by itself.
pub(crate) const ALONE: usize = 1 << 18;

/// Fewer numbers moved than this are not worth a second thread: to start one takes longer.
const FEW: u64 = 1 << 16;

/// The results for each setting.
pub(crate) fn each(joint: &Joint<'_>, plan: &Plan, all: &[Numbers]) -> Vec<Results> {
    if plan.peak > ALONE {
        let one = |numbers: &Numbers| {
            let [results] = plan.run::<1>(&[numbers], &joint.model);
            results
        };
        return all.iter().map(one).collect();
    }
    let some = |part: &[Numbers]| -> Vec<Results> {
        if let [one] = part {
            let [results] = plan.run::<1>(&[one], &joint.model);
            return vec![results];
        }
        // Lanes beyond the last setting repeat it.
        let lanes: [&Numbers; LANES] = std::array::from_fn(|lane| &part[lane.min(part.len() - 1)]);
        let results = plan.run(&lanes, &joint.model);
        results.into_iter().take(part.len()).collect()
    };
    let parts: Vec<Vec<Results>> = match plan.steps.saturating_mul(all.len() as u64) < FEW {
        true => all.chunks(LANES).map(some).collect(),
        false => all.par_chunks(LANES).map(some).collect(),
    };
    parts.into_iter().flatten().collect()
}
