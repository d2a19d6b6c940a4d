//! What each state's mass means for the outcomes at one horizon's end, in every lane: the same
//! formulas as in `outcomes`, for one setting (proportional odds).
//!
//! In: e^W by state and outcome, the priors, the mass that is still open. Out: the outcomes, added to
//! what was found, and the open mass less what has ended.

use super::lanes::{LANES, Lanes, Settings, add};
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
            let mut share = [0.0; LANES];
            for i in 0..LANES {
                let each = mass[i] / z[i];
                share[i] = if mass[i] == 0.0 { 0.0 } else { each };
            }
            for (sum, x) in found.iter_mut().zip(&row) {
                for i in 0..LANES {
                    sum[i] += x[i] * share[i];
                }
            }
        }
        self.row = row;
    }

    fn end(&self, e: &Lanes, z: &Lanes, mass: &mut Lanes, sum: &mut Lanes) {
        let ((s0, s1), (p0, p1)) = (&self.left, &self.finals[0]);
        for i in 0..LANES {
            // G(h)/G(h−1) = S(h)·N(h−1) / (S(h−1)·N(h)).
            let above = s1[i] * (s0[i] * z[i] + p0[i] * e[i]);
            let below = s0[i] * (s1[i] * z[i] + p1[i] * e[i]);
            let ratio = above / below;
            let ratio = if ratio < 1.0 { ratio } else { 1.0 };
            let stay = if below > 0.0 { ratio } else { 0.0 };
            let left = mass[i] * stay;
            sum[i] += mass[i] - left;
            mass[i] = left;
        }
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
        let rise = |a: usize, i: usize| {
            let (p0, p1) = &self.finals[a];
            let before = if n0[i] > 0.0 {
                p0[i] * e[a][i] / n0[i]
            } else {
                0.0
            };
            let rise = p1[i] * e[a][i] / n1[i] - before;
            if rise > 0.0 { rise } else { 0.0 }
        };
        let mut rises = [0.0; LANES];
        for a in 0..e.len() {
            let mut own = [0.0; LANES];
            for i in 0..LANES {
                own[i] = rise(a, i);
            }
            add(&mut rises, &own);
        }
        let mut each = [0.0; LANES];
        for i in 0..LANES {
            let below = s0[i] * n1[i];
            let ratio = s1[i] * n0[i] / below;
            let ratio = if ratio < 1.0 { ratio } else { 1.0 };
            let stay = if below > 0.0 { ratio } else { 0.0 };
            let ended = mass[i] * (1.0 - stay);
            if rises[i] > 0.0 && ended > 0.0 {
                mass[i] *= stay;
                each[i] = ended / rises[i];
            }
        }
        for (a, sum) in sums.iter_mut().enumerate() {
            for i in 0..LANES {
                sum[i] += rise(a, i) * each[i];
            }
        }
    }
}
