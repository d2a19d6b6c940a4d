//! What each state's mass means for the outcomes at one horizon's end, in every lane: the same
//! formulas as in `outcomes`, for one setting (proportional odds).
//!
//! In: e^W by state and outcome, the priors, the mass that is still open. Out: the outcomes, added to
//! what was found, and the open mass less what has ended.

use super::lanes::{LANES, Lanes, Settings, add, add_product, product, quotient, where_positive};
use crate::model::Model;

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
            self.left.0 = [1.0; LANES];
            self.open.clear();
            self.open
                .resize(model.open, [1.0 / model.open as f64; LANES]);
        }
        if !model.has_finals() {
            self.left.1 = [1.0; LANES];
        }
        for (o, share) in self.open.iter_mut().enumerate() {
            let prior = settings.prior_at(o, h);
            for i in 0..LANES {
                // Where everything ends, how the open ones share nothing stays as it was.
                if self.left.1[i] > 0.0 {
                    share[i] = prior[i] / open[i];
                }
            }
        }
        let finals = model.open..model.outcomes.len();
        let of = |a| (*settings.prior_at(a, h - 1), *settings.prior_at(a, h));
        self.finals.clear();
        self.finals.extend(finals.map(of));
    }

    /// All states: `table` is e^W by state and outcome, `mass` loses what ends. One horizon more is
    /// added to `found`, whose final outcomes grow from the one before.
    pub(super) fn settle(&mut self, table: &[Lanes], mass: &mut [Lanes], found: &mut Vec<Lanes>) {
        let open = self.open.len();
        let width = open + self.finals.len();
        let before = found.len().checked_sub(self.finals.len());
        found.resize(found.len() + open, [0.0; LANES]);
        for a in 0..self.finals.len() {
            let past = before.map_or([0.0; LANES], |before| found[before + a]);
            found.push(past);
        }
        let now = found.len() - width;
        let found = &mut found[now..];
        let mut row = std::mem::take(&mut self.row);
        for (e, mass) in table.chunks_exact(width).zip(mass) {
            let mut z = [0.0; LANES];
            row.clear();
            for (e, share) in e.iter().zip(&self.open) {
                let mut x = *e;
                for i in 0..LANES {
                    x[i] *= share[i];
                    z[i] += x[i];
                }
                row.push(x);
            }
            match self.finals.len() {
                0 => {}
                1 => self.end(&e[open], &z, mass, &mut found[open]),
                _ => self.end_many(&e[open..], &z, mass, &mut found[open..]),
            }
            let share = where_positive(mass, &quotient(mass, &z));
            for (sum, x) in found.iter_mut().zip(&row) {
                add_product(sum, x, &share);
            }
        }
        self.row = row;
    }

    fn end(&self, e: &Lanes, z: &Lanes, mass: &mut Lanes, sum: &mut Lanes) {
        let ((s0, s1), (p0, p1)) = (&self.left, &self.finals[0]);
        // G(h)/G(h−1) = S(h)·N(h−1) / (S(h−1)·N(h)).
        let (mut above, mut below) = ([0.0; LANES], [0.0; LANES]);
        for i in 0..LANES {
            above[i] = s1[i] * (s0[i] * z[i] + p0[i] * e[i]);
            below[i] = s0[i] * (s1[i] * z[i] + p1[i] * e[i]);
        }
        let stay = where_positive(&below, &at_most_one(&quotient(&above, &below)));
        let left = product(mass, &stay);
        for i in 0..LANES {
            sum[i] += mass[i] - left[i];
        }
        *mass = left;
    }

    fn end_many(&self, e: &[Lanes], z: &Lanes, mass: &mut Lanes, sums: &mut [Lanes]) {
        let (s0, s1) = &self.left;
        let (mut n0, mut n1) = ([0.0; LANES], [0.0; LANES]);
        for i in 0..LANES {
            n0[i] = s0[i] * z[i];
            n1[i] = s1[i] * z[i];
        }
        for (e, (p0, p1)) in e.iter().zip(&self.finals) {
            for i in 0..LANES {
                n0[i] += p0[i] * e[i];
                n1[i] += p1[i] * e[i];
            }
        }
        let mut rises = [0.0; LANES];
        let rise = |a: usize| {
            let (p0, p1) = &self.finals[a];
            let before = where_positive(&n0, &quotient(&product(p0, &e[a]), &n0));
            let mut rise = quotient(&product(p1, &e[a]), &n1);
            for i in 0..LANES {
                rise[i] -= before[i];
            }
            where_positive(&rise, &rise)
        };
        for a in 0..e.len() {
            add(&mut rises, &rise(a));
        }
        let below = product(s0, &n1);
        let ratio = at_most_one(&quotient(&product(s1, &n0), &below));
        let stay = where_positive(&below, &ratio);
        let mut ended = [0.0; LANES];
        for i in 0..LANES {
            ended[i] = mass[i] * (1.0 - stay[i]);
            // Where nothing rises, nothing ends.
            ended[i] = if rises[i] > 0.0 { ended[i] } else { 0.0 };
            mass[i] = if ended[i] > 0.0 {
                mass[i] * stay[i]
            } else {
                mass[i]
            };
        }
        let each = where_positive(&rises, &quotient(&ended, &rises));
        for (a, sum) in sums.iter_mut().enumerate() {
            add_product(sum, &rise(a), &each);
        }
    }
}

fn at_most_one(x: &Lanes) -> Lanes {
    let mut out = [0.0; LANES];
    for i in 0..LANES {
        out[i] = if x[i] < 1.0 { x[i] } else { 1.0 };
    }
    out
}
