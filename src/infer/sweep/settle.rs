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

    /// The same among the cases in which something `holds`, by state: NaN where there are none. `mass`
    /// is what is open by state, then what has ended in each final outcome.
    pub(super) fn settle_given(
        &mut self,
        table: &[Lanes],
        mass: &mut [Lanes],
        holds: &[bool],
        found: &mut Vec<Lanes>,
    ) {
        let open = self.open.len();
        let width = open + self.finals.len();
        let now = found.len();
        found.resize(now + width, f64x8::ZERO);
        let found = &mut found[now..];
        let mut whole = f64x8::ZERO;
        let (mut row, mut sums) = (std::mem::take(&mut self.row), Vec::new());
        let states = holds.len();
        let (still, ended) = mass.split_at_mut(states);
        let rows = table.chunks_exact(width).zip(still).zip(holds);
        for (state, ((e, mass), holds)) in rows.enumerate() {
            let z = self.shares(e, &mut row);
            sums.clear();
            sums.extend(ended.iter().skip(state).step_by(states));
            self.end(&e[open..], z, mass, &mut sums);
            let ended = ended.iter_mut().skip(state).step_by(states);
            ended.zip(&sums).for_each(|(to, sum)| *to = *sum);
            if !holds {
                continue;
            }
            let share = where_positive(*mass, *mass / z);
            for (sum, x) in found.iter_mut().zip(&row) {
                *sum += *x * share;
            }
            whole += *mass;
            for (sum, ended) in found[open..].iter_mut().zip(&sums) {
                *sum += *ended;
                whole += *ended;
            }
        }
        self.row = row;
        found.iter_mut().for_each(|x| *x /= whole);
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
