//! What each state's mass means for the outcomes at one horizon's end, in every lane: the same
//! formulas as in `outcomes` and `steady`, for one setting (proportional odds).
//!
//! In: e^W by state and outcome, the priors, the mass. Out: the outcomes, added to what was found.

use super::lanes::{Lanes, Settings};
use crate::model::Model;
use assess_lanes::Room;
use assess_lanes::parts::{Parts, Settle};
use assess_lanes::several;
use assess_lanes::shares::{Axis, Priors, Scratch, settle};

/// The priors of one horizon and of those before, as the states need them.
#[derive(Debug, Clone, Default)]
pub(super) struct Shares {
    /// r_o of the outcomes that are not final.
    open: Vec<Lanes>,
    /// By time 0 … h π_a of the final one, if there is one, and S.
    ends: Vec<(Lanes, Lanes)>,
    /// How many outcomes are final.
    finals: usize,
    /// Where several are, by time 0 … h S, and by time and final outcome π_a.
    left: Vec<Lanes>,
    several: Vec<Lanes>,
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

    /// Room for one horizon more: by condition and outcome, and by condition.
    fn next(&mut self, conds: usize, width: usize) -> (&mut [Lanes], &mut [Lanes]) {
        let (found, whole) = (self.found.len(), self.whole.len());
        self.found.resize(found + conds * width, Lanes::ZERO);
        self.whole.resize(whole + conds, Lanes::ZERO);
        (&mut self.found[found..], &mut self.whole[whole..])
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
        self.finals = model.outcomes.len() - model.open;
        self.ends.clear();
        if self.finals > 1 {
            self.left.clear();
            self.left.push(Lanes::ONE);
            self.left.extend((1..=h).map(|j| settings.open(model, j)));
            self.several.clear();
            for j in 0..=h {
                let finals = model.open..model.outcomes.len();
                self.several.extend(finals.map(|a| settings.prior_at(a, j)));
            }
        } else if self.finals == 1 {
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

    fn several(&self) -> several::Priors<'_> {
        several::Priors {
            open: &self.open,
            left: &self.left,
            finals: &self.several,
        }
    }

    /// How many numbers say what becomes of a state.
    pub(super) fn stride(&self) -> usize {
        if self.finals > 1 {
            return self.several().stride();
        }
        let ends = self.ends.len();
        self.open.len() + usize::from(ends > 0) + ends.saturating_sub(1)
    }

    /// What becomes of what is open, by look: the part of each outcome; then, where one is final, the part
    /// that stays open in each horizon from the first to this one, as its numbers are in this one; where several are, a split of it
    /// in each.
    pub(super) fn parts(&self, table: &[Lanes], out: &mut Room) {
        if self.finals > 1 {
            return self.several().parts(table, out);
        }
        let priors = Priors {
            open: &self.open,
            ends: &self.ends,
        };
        priors.parts(table, out);
    }

    /// Adds one horizon to what was found, or to what was found among the cases in which each condition holds:
    /// NaN where there are none. The parts are known by state; `open` is by what lasts of each state, where not everything is: a
    /// split where several outcomes are final.
    pub(super) fn settle_parts(
        &self,
        parts: &[Lanes],
        mass: &[Lanes],
        (lasting, open): (&[usize], &[Lanes]),
        found: &mut Vec<Lanes>,
        (conds, given): (&[Vec<bool>], &mut Given),
    ) {
        let width = self.open.len() + self.finals;
        if self.finals > 1 {
            let parts = several::Parts {
                parts,
                stride: self.stride(),
                outcomes: (width, self.finals),
                mass,
                lasting,
                shares: open,
            };
            return add(&parts, width, found, (conds, given));
        }
        let parts = Parts {
            parts,
            stride: self.stride(),
            width,
            ended: (self.finals > 0).then_some(self.open.len()),
            mass,
            lasting,
            open,
        };
        add(&parts, width, found, (conds, given));
    }
}

/// Adds what states come to, of so many outcomes, to what was found, or what they come to where conditions hold.
fn add(
    parts: &impl Settle,
    width: usize,
    found: &mut Vec<Lanes>,
    (conds, given): (&[Vec<bool>], &mut Given),
) {
    if conds.is_empty() {
        let first = found.len();
        found.resize(first + width, Lanes::ZERO);
        parts.settle(&mut found[first..]);
        return;
    }
    let (found, whole) = given.next(conds.len(), width);
    parts.settle_given(conds, found, whole);
    given.share(conds.len(), width);
}

/// `x`, but no more than 1.
pub(super) fn at_most_one(x: Lanes) -> Lanes {
    x.below(Lanes::ONE).select(x, Lanes::ONE)
}
