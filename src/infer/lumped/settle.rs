//! What each state's mass means for the outcomes at one horizon's end, in every lane: the same
//! formulas as in `outcomes` and `steady`, for one setting (proportional odds).
//!
//! In: e^W by state and outcome, the priors, the mass. Out: the outcomes, added to what was found.

use super::lanes::{Lanes, Settings};
use crate::model::Model;
use assess_lanes::Room;
use assess_lanes::shares::{Axis, Parts, Priors, Scratch, settle};

/// The priors of one horizon and of those before, as the states need them.
#[derive(Debug, Clone, Default)]
pub(super) struct Shares {
    /// r_o of the outcomes that are not final.
    open: Vec<Lanes>,
    /// By time 0 … h π_a of the final one, if there is one, and S.
    ends: Vec<(Lanes, Lanes)>,
}

/// What was found among the cases in which conditions hold.
#[derive(Debug, Clone, Default)]
pub(super) struct Given {
    /// By horizon, condition and outcome.
    pub found: Vec<Lanes>,
    /// By horizon and condition the mass of the cases.
    pub whole: Vec<Lanes>,
}

impl Given {
    pub(super) fn clear(&mut self) {
        self.found.clear();
        self.whole.clear();
    }

    /// Makes room for one horizon more.
    fn next(&mut self, conds: usize, width: usize) {
        self.found
            .resize(self.found.len() + conds * width, Lanes::ZERO);
        self.whole.resize(self.whole.len() + conds, Lanes::ZERO);
    }

    /// Turns the last horizon's masses into shares.
    fn share(&mut self, conds: usize, width: usize) {
        let first = self.found.len() - conds * width;
        let whole = &self.whole[self.whole.len() - conds..];
        for (found, whole) in self.found[first..].chunks_exact_mut(width).zip(whole) {
            found.iter_mut().for_each(|x| *x /= *whole);
        }
    }
}

impl Shares {
    /// Reads the priors of horizon `h`.
    pub(super) fn read(&mut self, model: &Model, settings: &Settings, h: usize) {
        let all = settings.open(model, h);
        let some = all.above(Lanes::ZERO);
        self.open.clear();
        self.open.extend((0..model.open).map(|o| {
            let share = settings.prior_at(o, h) / all;
            some.select(share, Lanes::ZERO)
        }));
        self.ends.clear();
        if model.has_finals() {
            self.ends
                .push((settings.prior_at(model.open, 0), Lanes::ONE));
            let ends = (1..=h).map(|j| (settings.prior_at(model.open, j), settings.open(model, j)));
            self.ends.extend(ends);
        }
    }

    /// All states, where no outcome is final: those of the `outer` axes one by one, beside those of the `inner` one. One
    /// horizon more is added to `found`.
    pub(super) fn settle(
        &self,
        outer: &[Axis<'_>],
        inner: Axis<'_>,
        scratch: &mut Scratch,
        found: &mut Vec<Lanes>,
    ) {
        let now = found.len();
        found.resize(now + self.open.len(), Lanes::ZERO);
        settle(&self.open, outer, inner, scratch, &mut found[now..]);
    }

    /// How many numbers say what becomes of a state.
    pub(super) fn stride(&self) -> usize {
        let ends = self.ends.len();
        self.open.len() + usize::from(ends > 0) + ends.saturating_sub(1)
    }

    /// What becomes of what is open, by look: the part of each outcome; then, where one is final, the part
    /// that stays open in each horizon from the first to this one, as its numbers are in this one.
    pub(super) fn parts(&self, table: &[Lanes], out: &mut Room) {
        let priors = Priors {
            open: &self.open,
            ends: &self.ends,
        };
        priors.parts(table, out);
    }

    /// Adds one horizon to what was found, or to what was found among the cases in which each condition holds:
    /// NaN where there are none. The parts are known by state; `open` is by what lasts of each state, where not everything is.
    pub(super) fn settle_parts(
        &self,
        parts: &[Lanes],
        mass: &[Lanes],
        (lasting, open): (&[usize], &[Lanes]),
        found: &mut Vec<Lanes>,
        (conds, given): (&[Vec<bool>], &mut Given),
    ) {
        let ends = !self.ends.is_empty();
        let width = self.open.len() + usize::from(ends);
        let parts = Parts {
            parts,
            stride: self.stride(),
            width,
            ended: ends.then_some(self.open.len()),
            mass,
            lasting,
            open,
        };
        if conds.is_empty() {
            let first = found.len();
            found.resize(first + width, Lanes::ZERO);
            parts.settle(&mut found[first..]);
            return;
        }
        given.next(conds.len(), width);
        let (found, whole) = (given.found.len(), given.whole.len());
        let found = &mut given.found[found - conds.len() * width..];
        parts.settle_given(conds, found, &mut given.whole[whole - conds.len()..]);
        given.share(conds.len(), width);
    }
}

/// `x`, but no more than 1.
pub(super) fn at_most_one(x: Lanes) -> Lanes {
    x.below(Lanes::ONE).select(x, Lanes::ONE)
}
