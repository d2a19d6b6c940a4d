//! What histories lean on: what is known exactly, in all cases or where a condition holds.
//!
//! In: a question and what its conditions wait for. Out: the exact means of steady shares, as far as the transform finds them
//! sooner than histories are followed; none where no outcome is final, since the transform then gives the outcomes themselves.

use super::forced::{Forced, Needs};
use crate::infer::factored::Transform;
use crate::infer::question::plan::Plan;
use crate::infer::question::shape::Ask;
use crate::model::What;

/// Multiplications, more or less, of all transforms for one question: those that take less time than its histories, of which a step
/// takes as long as a few hundred; a few hundredths of a second are always left for them.
fn most(plan: &Plan<'_>, samples: u64) -> u64 {
    const EACH: u64 = 64;
    let histories = samples.saturating_mul(plan.steps());
    histories.saturating_mul(EACH).clamp(1 << 25, 1 << 28)
}

/// What histories lean on: shares that each of them shows and whose means are known exactly.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lean {
    /// What outcomes would have if what holds at a horizon's end had held all along.
    Steady,
    /// What they have.
    Shown,
}

/// The exact means of such shares, by horizon, of all outcomes but the last.
#[derive(Debug, Clone)]
pub(super) struct Means {
    pub(super) of: Vec<f64>,
    /// How far off one may be.
    pub(super) error: f64,
}

impl Means {
    pub(super) fn new(by_horizon: &[Vec<f64>], error: f64) -> Means {
        let each = by_horizon.iter().flat_map(|at| &at[..at.len() - 1]);
        let of = each.copied().collect();
        Means { of, error }
    }
}

/// What is known exactly.
#[derive(Debug, Clone)]
pub(super) struct Exact {
    pub(super) lean: Lean,
    /// In all cases.
    pub(super) all: Option<Means>,
    /// By horizon and condition, where it holds at the horizon's end, of the last horizons up to that.
    pub(super) given: Vec<Option<Means>>,
}

/// What outcomes would come to if what holds at a horizon's end had held all along, if that is soon known.
pub(super) fn exact((plan, ask): (&Plan<'_>, &Ask), needs: &Needs, samples: u64) -> Option<Exact> {
    if plan.finals() == 0 {
        return None;
    }
    let mut left = most(plan, samples);
    let mut exact = Exact {
        lean: Lean::Steady,
        all: None,
        given: Vec::new(),
    };
    if plan.conds.is_empty() {
        let found = Transform::steadily(plan)?.steady(&mut left)?;
        exact.all = Some(Means::new(&found.by_horizon, found.error));
        return Some(exact);
    }
    exact.given = vec![None; plan.model.horizons() * plan.conds.len()];
    for forced in super::forced(needs) {
        let Some(made) = made(plan, ask, &forced) else {
            continue;
        };
        let made = Plan::new(plan.model, plan.numbers, &made);
        let Some(transform) = Transform::steadily(&made) else {
            continue;
        };
        let wanted = |h: usize, c: usize| {
            needs.power(h, c) == Some(forced.vars.len()) && is_only(plan, (needs, &forced), c)
        };
        let found = transform.steady_given(&plan.conds, wanted, &mut left);
        for (known, found) in exact.given.iter_mut().zip(found) {
            let means = found.map(|found| Means::new(&found.by_horizon, found.error));
            *known = known.take().or(means);
        }
    }
    exact.given.iter().any(Option::is_some).then_some(exact)
}

/// The question where these things have been so from the start, and nothing else costs a power of ε; none where that
/// would keep others from coming.
fn made(plan: &Plan<'_>, ask: &Ask, forced: &Forced) -> Option<Ask> {
    let drivers = forced.vars.iter().map(|var| plan.vars[*var]);
    let excludes = |d: usize| plan.model.exclusives.iter().any(|m| m.contains(&d));
    if drivers.clone().any(excludes) {
        return None;
    }
    let mut sets = ask.sets.clone();
    // Of an assumption it is wrong that is forced.
    sets.extend(drivers.map(|d| (d, plan.model.drivers[d].what != What::Assumption)));
    sets.sort_unstable();
    Some(Ask {
        sets,
        costly: false,
        within: false,
        ..ask.clone()
    })
}

/// Whether no others of as many forced things can make a condition hold.
fn is_only(plan: &Plan<'_>, (needs, forced): (&Needs, &Forced), cond: usize) -> bool {
    let like = needs.forced().iter();
    let mut others = like.filter(|o| o.vars.len() == forced.vars.len() && o.vars != forced.vars);
    others.all(|other| plan.known(&plan.conds[cond], &other.vars) == Some(false))
}
