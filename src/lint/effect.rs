//! What one driver does: the verdict with it beside the verdict without it.
//!
//! In: a context and a driver. Out: both, by horizon and outcome. What can only hold where a
//! hypothetical event happens is judged among the cases in which it holds, since in the verdict it
//! never does.

use super::Context;
use crate::infer::verdict::{Conditional, HorizonVerdict, Verdict};
use crate::resolve::assessment::{DriverId, HorizonId, OutcomeId, Prop, What};
use crate::resolve::table::Id;

/// Probabilities nearer to each other than this count as equal: sums of doubles miss by less.
pub(crate) const TIE: f64 = 1e-9;

/// One driver's effect.
#[derive(Debug, Clone)]
pub struct Effect {
    /// By horizon; none where the driver cannot hold there.
    pub horizons: Vec<Option<Both>>,
    /// Whether these are verdicts given that the driver holds.
    pub given: bool,
}

/// The probabilities of one horizon, by outcome.
#[derive(Debug, Clone)]
pub struct Both {
    /// With the driver.
    pub with: Vec<f64>,
    /// Without its weights, counts and likelihood.
    pub without: Vec<f64>,
}

impl Both {
    /// What the driver adds to an outcome, a share of 1.
    pub fn shift(&self, outcome: OutcomeId) -> f64 {
        self.with[outcome.index()] - self.without[outcome.index()]
    }
}

impl Effect {
    /// The largest shift, and where: of equals the first horizon and outcome.
    pub fn largest(&self) -> Option<(f64, HorizonId, OutcomeId)> {
        let mut largest: Option<(f64, HorizonId, OutcomeId)> = None;
        for (h, both) in self.horizons.iter().enumerate() {
            for o in 0..both.as_ref().map_or(0, |b| b.with.len()) {
                let outcome = OutcomeId::new(o);
                let shift = both.as_ref().map_or(0.0, |b| b.shift(outcome));
                if largest.is_none_or(|(most, ..)| shift.abs() > most.abs() + TIE) {
                    largest = Some((shift, HorizonId::new(h), outcome));
                }
            }
        }
        largest
    }
}

/// The effect of a factor, event or change; none beyond exact inference, and where it can hold in
/// no horizon.
pub(super) fn effect(context: &Context, driver: DriverId) -> Option<Effect> {
    let (verdict, without) = (context.verdict()?, context.without(driver)?);
    let plain = || Effect {
        horizons: both(&plain(verdict), &plain(without)),
        given: false,
    };
    let given = |with: Vec<Option<Vec<f64>>>, without: Vec<Option<Vec<f64>>>| Effect {
        horizons: both(&with, &without),
        given: true,
    };
    let effect = match &context.assessment.drivers[driver].what {
        What::Change { .. } => {
            let of = |verdict: &Verdict| {
                let change = verdict.changes.iter().find(|c| c.change == driver)?;
                Some(change.horizons.clone())
            };
            let (with, without) = (of(verdict)?, of(without)?);
            if with.iter().any(|h| h.chance > 0.0) {
                plain()
            } else {
                let all = |list: Vec<_>| list.into_iter().map(|h: Conditional| h.given).collect();
                given(all(with), all(without))
            }
        }
        What::Event(_) => {
            let event = verdict.events.iter().find(|e| e.event == driver)?;
            if event.horizons.iter().any(|h| h.0 > 0.0) {
                plain()
            } else {
                let is = Prop::Is(driver);
                let silent = context.variant_given(|a| Context::silence(a, driver), is.clone())?;
                given(known(&context.given(is)?), known(&silent))
            }
        }
        What::Factor(rows) if rows.iter().any(|row| row.given.is_some()) => {
            let is = Prop::Is(driver);
            let with = context.given(is.clone())?;
            let chance = |h: &HorizonVerdict| h.given_chance.is_some_and(|c| c > 0.0);
            if with.horizons.iter().any(chance) {
                plain()
            } else {
                let silent = context.variant_given(|a| Context::silence(a, driver), is)?;
                given(known(&with), known(&silent))
            }
        }
        What::Factor(_) | What::Assumption(_) => plain(),
    };
    effect
        .horizons
        .iter()
        .any(Option::is_some)
        .then_some(effect)
}

fn plain(verdict: &Verdict) -> Vec<Option<Vec<f64>>> {
    verdict.horizons.iter().map(|h| Some(shares(h))).collect()
}

/// The probabilities of each horizon in which what is given can hold.
pub(crate) fn known(verdict: &Verdict) -> Vec<Option<Vec<f64>>> {
    let horizons = verdict.horizons.iter().map(shares);
    horizons
        .map(|shares| (!shares.iter().any(|p| p.is_nan())).then_some(shares))
        .collect()
}

/// The probabilities by outcome.
pub(crate) fn shares(horizon: &HorizonVerdict) -> Vec<f64> {
    horizon.outcomes.iter().map(|o| o.probability).collect()
}

fn both(with: &[Option<Vec<f64>>], without: &[Option<Vec<f64>>]) -> Vec<Option<Both>> {
    let pairs = with.iter().zip(without);
    pairs
        .map(|(with, without)| {
            Some(Both {
                with: with.clone()?,
                without: without.clone()?,
            })
        })
        .collect()
}

/// The outcome that leads in place of `leader` once the probabilities are `after`; a tie, before
/// or after, is no change.
pub(crate) fn new_leader(before: &[f64], leader: OutcomeId, after: &[f64]) -> Option<OutcomeId> {
    let others = (0..after.len()).filter(|o| *o != leader.index());
    let best = others.max_by(|a, b| after[*a].total_cmp(&after[*b]).then(b.cmp(a)))?;
    let led = before[leader.index()] - before[best] > TIE;
    let leads = after[best] - after[leader.index()] > TIE;
    (led && leads).then(|| OutcomeId::new(best))
}
