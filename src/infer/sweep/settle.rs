//! What each state's mass means for the outcomes at one horizon's end, in every lane: the same
//! formulas as in `outcomes`, for one setting (proportional odds).
//!
//! In: e^W by state and outcome, the priors, the mass that is still open. Out: the outcomes, added to
//! what was found, and the open mass less what has ended.

use super::lanes::{Lanes, Settings, where_positive};
use crate::model::Model;
use wide::f64x8;

/// The priors of one horizon, as the states need them.
#[derive(Debug, Clone, Default)]
pub(super) struct Shares {
    /// r_o of the outcomes that are not final.
    open: Vec<Lanes>,
    /// π_a(h−1) and π_a(h) of the final ones.
    finals: Vec<(Lanes, Lanes)>,
    /// S(h−1) and S(h).
    left: (Lanes, Lanes),
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
            .resize(self.found.len() + conds * width, f64x8::ZERO);
        self.whole.resize(self.whole.len() + conds, f64x8::ZERO);
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
        let open = settings.open(model, h);
        self.left = (settings.open(model, h - 1), open);
        if h == 1 {
            self.left.0 = f64x8::ONE;
            let equal = f64x8::splat(1.0 / model.open as f64);
            self.open.clear();
            self.open.resize(model.open, equal);
        }
        if !model.has_finals() {
            self.left.1 = f64x8::ONE;
        }
        let is_open = self.left.1.simd_gt(f64x8::ZERO);
        for (o, share) in self.open.iter_mut().enumerate() {
            // Where everything ends, how the open ones share nothing stays as it was.
            *share = is_open.select(settings.prior_at(o, h) / open, *share);
        }
        let finals = model.open..model.outcomes.len();
        let of = |a| (settings.prior_at(a, h - 1), settings.prior_at(a, h));
        self.finals.clear();
        self.finals.extend(finals.map(of));
    }

    /// All states: `table` is e^W by state and outcome, `mass` loses what ends. One horizon more is
    /// added to `found`, whose final outcomes grow from the one before.
    pub(super) fn settle(&mut self, table: &[Lanes], mass: &mut [Lanes], found: &mut Vec<Lanes>) {
        let open = self.open.len();
        let width = open + self.finals.len();
        let before = found.len().checked_sub(self.finals.len());
        found.resize(found.len() + open, f64x8::ZERO);
        for a in 0..self.finals.len() {
            let past = before.map_or(f64x8::ZERO, |before| found[before + a]);
            found.push(past);
        }
        let now = found.len() - width;
        let found = &mut found[now..];
        let mut row = std::mem::take(&mut self.row);
        for (e, mass) in table.chunks_exact(width).zip(mass) {
            let z = self.shares(e, &mut row);
            self.end(&e[open..], z, mass, &mut found[open..]);
            let share = where_positive(*mass, *mass / z);
            for (sum, x) in found.iter_mut().zip(&row) {
                *sum += *x * share;
            }
        }
        self.row = row;
    }

    /// What becomes of a state's open mass, by look: the part of each outcome, then the part that stays
    /// open.
    pub(super) fn parts(&mut self, table: &[Lanes], out: &mut Vec<Lanes>) {
        let open = self.open.len();
        let width = open + self.finals.len();
        let mut row = std::mem::take(&mut self.row);
        out.clear();
        for e in table.chunks_exact(width) {
            let z = self.shares(e, &mut row);
            let first = out.len();
            out.resize(first + width, f64x8::ZERO);
            let mut stay = f64x8::ONE;
            self.end(&e[open..], z, &mut stay, &mut out[first + open..]);
            let share = where_positive(stay, stay / z);
            for (part, x) in out[first..].iter_mut().zip(&row) {
                *part = *x * share;
            }
            out.push(stay);
        }
        self.row = row;
    }

    /// As [`Shares::settle`], the parts being known by state.
    pub(super) fn settle_parts(
        &mut self,
        parts: &[Lanes],
        mass: &mut [Lanes],
        found: &mut Vec<Lanes>,
    ) {
        let finals = self.finals.len();
        let width = self.open.len() + finals;
        let first = found.len();
        found.resize(first + width, f64x8::ZERO);
        if let Some(past) = first.checked_sub(finals) {
            found.copy_within(past..first, first + width - finals);
        }
        let now = &mut found[first..];
        for (parts, mass) in parts.chunks_exact(width + 1).zip(mass) {
            for (sum, part) in now.iter_mut().zip(parts) {
                *sum += *mass * *part;
            }
            *mass *= parts[width];
        }
    }

    /// The same among the cases in which each condition holds, by condition and state: NaN where there
    /// are none. `mass` is what is open by state, then what has ended in each final outcome.
    pub(super) fn settle_given(
        &mut self,
        parts: &[Lanes],
        mass: &mut [Lanes],
        conds: &[Vec<bool>],
        given: &mut Given,
    ) {
        let open = self.open.len();
        let width = open + self.finals.len();
        let states = parts.len() / (width + 1);
        let (still, ended) = mass.split_at_mut(states);
        let mut sums = std::mem::take(&mut given.parts);
        given.next(conds.len(), width);
        for (state, (parts, mass)) in parts.chunks_exact(width + 1).zip(still).enumerate() {
            sums.clear();
            sums.extend(parts[..width].iter().map(|part| *mass * *part));
            let ended = ended.iter_mut().skip(state).step_by(states);
            for (ended, sum) in ended.zip(&mut sums[open..]) {
                *sum += *ended;
                *ended = *sum;
            }
            given.add(conds, state, &sums);
            *mass *= parts[width];
        }
        given.parts = sums;
        given.share(conds.len(), width);
    }

    /// How the outcomes that are not final share a state's open mass, and the sum of that.
    fn shares(&self, e: &[Lanes], row: &mut Vec<Lanes>) -> Lanes {
        let shares = e.iter().zip(&self.open);
        row.clear();
        row.extend(shares.map(|(e, share)| *e * *share));
        row.iter().fold(f64x8::ZERO, |sum, x| sum + *x)
    }

    /// Takes from the mass what ends in each final outcome.
    fn end(&self, e: &[Lanes], z: Lanes, mass: &mut Lanes, sums: &mut [Lanes]) {
        match (e, sums) {
            ([], _) => {}
            ([e], [sum]) => self.end_one(*e, z, mass, sum),
            (e, sums) => self.end_many(e, z, mass, sums),
        }
    }

    fn end_one(&self, e: Lanes, z: Lanes, mass: &mut Lanes, sum: &mut Lanes) {
        let ((s0, s1), (p0, p1)) = (self.left, self.finals[0]);
        // G(h)/G(h−1) = S(h)·N(h−1) / (S(h−1)·N(h)).
        let above = s1 * (s0 * z + p0 * e);
        let below = s0 * (s1 * z + p1 * e);
        let left = *mass * where_positive(below, at_most_one(above / below));
        *sum += *mass - left;
        *mass = left;
    }

    fn end_many(&self, e: &[Lanes], z: Lanes, mass: &mut Lanes, sums: &mut [Lanes]) {
        let (s0, s1) = self.left;
        let (mut n0, mut n1) = (s0 * z, s1 * z);
        for (e, (p0, p1)) in e.iter().zip(&self.finals) {
            n0 += *p0 * *e;
            n1 += *p1 * *e;
        }
        let rise = |a: usize| {
            let (p0, p1) = self.finals[a];
            let rise = p1 * e[a] / n1 - where_positive(n0, p0 * e[a] / n0);
            where_positive(rise, rise)
        };
        let rises = (0..e.len()).fold(f64x8::ZERO, |sum, a| sum + rise(a));
        let below = s0 * n1;
        let stay = where_positive(below, at_most_one(s1 * n0 / below));
        // Where nothing rises, nothing ends.
        let ended = where_positive(rises, *mass * (1.0 - stay));
        *mass = ended.simd_gt(f64x8::ZERO).select(*mass * stay, *mass);
        let each = where_positive(rises, ended / rises);
        for (a, sum) in sums.iter_mut().enumerate() {
            *sum += rise(a) * each;
        }
    }
}

/// `x`, but no more than 1.
pub(super) fn at_most_one(x: Lanes) -> Lanes {
    x.simd_lt(f64x8::ONE).select(x, f64x8::ONE)
}
