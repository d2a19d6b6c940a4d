//! How far two verdicts of one file lie apart.
//!
//! In: two verdicts. Out: where they differ most.

use super::effect::TIE;
use crate::infer::Probabilities;
use crate::resolve::assessment::{HorizonId, OutcomeId};
use crate::resolve::table::Id;

/// One probability in two verdicts.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Shift {
    /// When.
    pub(crate) horizon: HorizonId,
    /// Of what.
    pub(crate) outcome: OutcomeId,
    /// In the first verdict.
    pub(crate) with: f64,
    /// In the second.
    pub(crate) without: f64,
}

impl Shift {
    /// The difference, without its sign.
    pub(crate) fn size(&self) -> f64 {
        (self.with - self.without).abs()
    }
}

/// Where two verdicts differ most.
pub(crate) fn largest(with: &Probabilities, without: &Probabilities) -> Option<Shift> {
    let mut most: Option<Shift> = None;
    for (h, (a, b)) in with.horizons.iter().zip(&without.horizons).enumerate() {
        let (Some(a), Some(b)) = (a, b) else {
            continue;
        };
        for (o, (a, b)) in a.outcomes.iter().zip(&b.outcomes).enumerate() {
            let shift = Shift {
                horizon: HorizonId::new(h),
                outcome: OutcomeId::new(o),
                with: *a,
                without: *b,
            };
            if most.is_none_or(|m| shift.size() > m.size() + TIE) {
                most = Some(shift);
            }
        }
    }
    most
}
