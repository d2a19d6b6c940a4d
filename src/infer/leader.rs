//! Which outcome is likeliest, and by how much.
//!
//! In: probabilities by outcome. Out: the leader and its margin; a tie goes to the name that is
//! first in the alphabet.

use crate::resolve::assessment::{Assessment, OutcomeId};
use crate::resolve::table::Id;

/// Probabilities nearer than this are a tie: sums differ by as much.
const TIE: f64 = 1e-12;

/// The likeliest outcome and its probability less the next one's.
pub(crate) fn leader(assessment: &Assessment, probabilities: &[f64]) -> (OutcomeId, f64) {
    let mut ids: Vec<OutcomeId> = assessment.outcomes.ids().collect();
    ids.sort_by_key(|&o| assessment.outcomes.name(o));
    let mut best = ids[0];
    for &o in &ids[1..] {
        if probabilities[o.index()] > probabilities[best.index()] + TIE {
            best = o;
        }
    }
    let next = ids
        .iter()
        .filter(|&&o| o != best)
        .map(|o| probabilities[o.index()])
        .fold(f64::NEG_INFINITY, f64::max);
    (best, (probabilities[best.index()] - next).max(0.0))
}
