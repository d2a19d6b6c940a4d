//! What is open in each lumped state where one outcome is final (`steady`), in every lane.
//!
//! In: by state what stays open in each horizon, and how the states lead to one another. Out: what is
//! open when a horizon begins. Where no step can raise it, it follows from the state; elsewhere it is
//! capped by what held before and what holds now, pair by pair.

use super::lanes::Lanes;
use super::pairs::{PairScratch, Pairs};
use assess_lanes::Room;
use assess_lanes::flow::least;
use assess_lanes::pairs::Open;
use assess_lanes::parts::Parts;
use assess_lanes::shares::{divide, products, times_last};

/// Rounding may make what is open rise by this much.
pub(super) const SLACK: f64 = 1e-12;

/// What lasts of each state, and what is open there.
#[derive(Debug, Clone, Default)]
pub(super) struct Course {
    /// How many states last.
    count: usize,
    /// By what lasts: what is open when the horizon begins, and at its end.
    before: Room,
    after: Room,
    /// By state the least that was open in any state that leads to it.
    least: Room,
    next: Room,
    /// By what lasts: what was open of it at the end of the horizon before.
    still: Room,
    /// By what lasts and horizon: what stays open in it.
    stays: Room,
    sums: Vec<Lanes>,
    /// Whether some step raised what is open, in any lane.
    raised: bool,
}

impl Course {
    /// Nothing is known yet of so many states. Where there are `pairs`, no step needs to be watched.
    pub(super) fn start(&mut self, count: usize, pairs: bool) {
        self.count = count;
        self.before.fill(count, Lanes::ONE);
        self.after.fill(count, Lanes::ONE);
        self.still.fill(count, Lanes::ONE);
        self.raised = pairs;
    }

    /// What was open at the end of the horizon before is where the next one starts.
    pub(super) fn begin(&mut self) {
        if !self.raised {
            self.least.copy(&self.after);
        }
    }

    /// Follows the ways of one component, with how much moves along each: `sizes` and `inner` as in `flow`.
    pub(super) fn step(
        &mut self,
        ways: (&[(usize, usize)], &[Lanes]),
        sizes: (usize, usize),
        inner: usize,
    ) {
        if self.raised {
            return;
        }
        least(&self.least, &mut self.next, ways, sizes, inner);
        std::mem::swap(&mut self.least, &mut self.next);
    }

    /// What is open when the horizon begins, from the parts that stay open in each horizon up to it: the last
    /// of `stride` numbers each, from place `first` on. `lasting` says of each state what lasts of it, of which there is so
    /// much. Whether it could be found: not where it does not follow from the states and there are too many pairs.
    pub(super) fn settle(
        &mut self,
        parts: &[Lanes],
        (first, stride): (usize, usize),
        (mass, lasting, whole): (&[Lanes], &[usize], &[Lanes]),
        pairs: Option<(&Pairs, &mut PairScratch)>,
    ) -> bool {
        let parts = Parts {
            parts,
            stride,
            mass,
            lasting,
            ..Parts::default()
        };
        parts.stays(first..stride, whole, &mut self.stays);
        let horizons = stride - first;
        products(&self.stays, horizons, self.before.take(self.count));
        self.raised |= self.raises(lasting, whole);
        if self.raised && horizons > 1 {
            let Some(pairs) = pairs else {
                return false;
            };
            self.cap(pairs, whole);
        }
        let still = self.still.take(self.count);
        times_last(&self.before, &self.stays, horizons, still);
        if !self.raised {
            // What cannot be reached limits nothing.
            let after = self.after.take(self.count).iter_mut();
            for ((share, still), mass) in after.zip(&*self.still).zip(whole) {
                let reached = mass.above(Lanes::ZERO);
                *share = reached.select(*still, Lanes::splat(f64::INFINITY));
            }
        }
        true
    }

    /// Whether more would be open in some state than was in one that leads to it.
    fn raises(&self, lasting: &[usize], mass: &[Lanes]) -> bool {
        !self.raised
            && lasting.iter().zip(&*self.least).any(|(lasting, least)| {
                let reached = mass[*lasting].above(Lanes::ZERO);
                let rises = self.before[*lasting].above(*least + SLACK);
                (reached & rises).any()
            })
    }

    /// Takes together the cases that held and hold the same: no more of them is open than in `before`, which
    /// becomes what is.
    fn cap(&mut self, (pairs, scratch): (&Pairs, &mut PairScratch), mass: &[Lanes]) {
        let mut open = Open {
            still: &self.still,
            most: &self.before,
            open: self.next.fill(self.count, Lanes::ZERO),
            sums: &mut self.sums,
        };
        pairs.cap(scratch, &mut open);
        divide(&self.next, mass, &mut self.before);
    }

    /// By what lasts what is open when the horizon begins.
    pub(super) fn open(&self) -> &[Lanes] {
        &self.before
    }
}
