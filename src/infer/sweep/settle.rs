//! What each state's mass means for the outcomes at one horizon's end, in every lane: the same
//! formulas as in `outcomes` and `steady`, for one setting (proportional odds).
//!
//! In: e^W by state and outcome, the priors, the mass. Out: the outcomes, added to what was found.

use super::course::Course;
use super::lanes::{Lanes, Settings, where_positive};
use crate::model::Model;

/// The priors of one horizon and of those before, as the states need them.
#[derive(Debug, Clone, Default)]
pub(super) struct Shares {
    /// r_o of the outcomes that are not final.
    open: Vec<Lanes>,
    /// By time 0 … h π_a of the final one, if there is one, and S.
    ends: Vec<(Lanes, Lanes)>,
    row: Vec<Lanes>,
}

/// What was found among the cases in which conditions hold.
#[derive(Debug, Clone, Default)]
pub(super) struct Given {
    /// By horizon, condition and outcome.
    pub found: Vec<Lanes>,
    /// By horizon and condition the mass of the cases.
    pub whole: Vec<Lanes>,
    parts: Vec<Lanes>,
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

    /// Adds a state's mass, by outcome, to what is found where the conditions hold in it.
    fn add(&mut self, conds: &[Vec<bool>], state: usize, sums: &[Lanes]) {
        let (found, whole) = (self.found.len(), self.whole.len());
        for (c, _) in conds.iter().enumerate().filter(|(_, holds)| holds[state]) {
            let found = &mut self.found[found - (conds.len() - c) * sums.len()..];
            let whole = &mut self.whole[whole - (conds.len() - c)];
            for (to, sum) in found.iter_mut().zip(sums) {
                *to += *sum;
                *whole += *sum;
            }
        }
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

    /// All states, where no outcome is final: `table` is e^W by state and outcome. One horizon more is added
    /// to `found`.
    pub(super) fn settle(&mut self, table: &[Lanes], mass: &[Lanes], found: &mut Vec<Lanes>) {
        let width = self.open.len();
        let now = found.len();
        found.resize(now + width, Lanes::ZERO);
        let found = &mut found[now..];
        let mut row = std::mem::take(&mut self.row);
        for (e, mass) in table.chunks_exact(width).zip(mass) {
            let z = self.shares(e, &mut row);
            let share = where_positive(*mass, *mass / z);
            for (sum, x) in found.iter_mut().zip(&row) {
                *sum += *x * share;
            }
        }
        self.row = row;
    }

    /// How many numbers say what becomes of a state.
    pub(super) fn stride(&self) -> usize {
        let ends = self.ends.len();
        self.open.len() + usize::from(ends > 0) + ends.saturating_sub(1)
    }

    /// What becomes of what is open, by look: the part of each outcome; then, where one is final, the part
    /// that stays open in each horizon from the first to this one, as its numbers are in this one.
    pub(super) fn parts(&mut self, table: &[Lanes], out: &mut Vec<Lanes>) {
        let open = self.open.len();
        let width = open + usize::from(!self.ends.is_empty());
        let mut row = std::mem::take(&mut self.row);
        out.clear();
        for e in table.chunks_exact(width) {
            let mut z = self.shares(e, &mut row);
            let first = out.len();
            out.resize(first + width, Lanes::ZERO);
            let mut stay = Lanes::ONE;
            if let Some(e) = e.get(open) {
                // Where everything has ended, nothing is shared.
                let some = self.ends[self.ends.len() - 1].1.above(Lanes::ZERO);
                z = some.select(z, Lanes::ONE);
                let n = |(p, s): (Lanes, Lanes)| s * z + p * *e;
                let mut before = (self.ends[0].1, n(self.ends[0]));
                for end in &self.ends[1..] {
                    let now = (end.1, n(*end));
                    stay = stays(before, now);
                    out.push(stay);
                    before = now;
                }
                out[first + open] = 1.0 - stay;
            }
            let share = where_positive(stay, stay / z);
            for (part, x) in out[first..].iter_mut().zip(&row) {
                *part = *x * share;
            }
        }
        self.row = row;
    }

    /// Adds one horizon to what was found, or to what was found among the cases in which each condition holds:
    /// NaN where there are none. The parts are known by state; `course` says what is open.
    pub(super) fn settle_parts(
        &mut self,
        parts: &[Lanes],
        mass: &[Lanes],
        course: &Course,
        found: &mut Vec<Lanes>,
        (conds, given): (&[Vec<bool>], &mut Given),
    ) {
        let open = self.open.len();
        let width = open + usize::from(!self.ends.is_empty());
        let mut sums = std::mem::take(&mut given.parts);
        let first = found.len();
        match conds {
            [] => found.resize(first + width, Lanes::ZERO),
            conds => given.next(conds.len(), width),
        }
        for (state, (parts, mass)) in parts.chunks_exact(self.stride()).zip(mass).enumerate() {
            let left = course.open(state);
            sums.clear();
            sums.extend(parts[..width].iter().map(|part| *mass * left * *part));
            if let Some(ended) = sums.get_mut(open) {
                *ended += *mass * (1.0 - left);
            }
            match conds {
                [] => {
                    for (to, sum) in found[first..].iter_mut().zip(&sums) {
                        *to += *sum;
                    }
                }
                conds => given.add(conds, state, &sums),
            }
        }
        given.parts = sums;
        if !conds.is_empty() {
            given.share(conds.len(), width);
        }
    }

    /// How the outcomes that are not final share what is open, and the sum of that.
    fn shares(&self, e: &[Lanes], row: &mut Vec<Lanes>) -> Lanes {
        let shares = e.iter().zip(&self.open);
        row.clear();
        row.extend(shares.map(|(e, share)| *e * *share));
        row.iter().fold(Lanes::ZERO, |sum, x| sum + *x)
    }
}

/// What of the open part stays open between two times, each with S and N.
fn stays((s0, n0): (Lanes, Lanes), (s1, n1): (Lanes, Lanes)) -> Lanes {
    // G(h)/G(h−1) = S(h)·N(h−1) / (S(h−1)·N(h)).
    let below = s0 * n1;
    where_positive(below, at_most_one(s1 * n0 / below))
}

/// `x`, but no more than 1.
pub(super) fn at_most_one(x: Lanes) -> Lanes {
    x.below(Lanes::ONE).select(x, Lanes::ONE)
}
