//! What each state's mass means for the outcomes at one horizon's end (proportional odds).
//!
//! In: e^W by outcome for a block of states, the priors, the mass that is still open. Out: the
//! mass by outcome, and the open mass less what has ended.

use crate::model::{Model, Numbers};

/// The priors of one horizon, as the states need them.
#[derive(Debug, Clone, Default)]
pub(crate) struct Shares {
    /// r_o of the outcomes that are not final.
    open: Vec<f64>,
    /// π_a(h−1) and π_a(h) of the final ones.
    before: Vec<f64>,
    after: Vec<f64>,
    /// S(h−1) and S(h).
    left_before: f64,
    left_after: f64,
    z: Vec<f64>,
    share: Vec<f64>,
    ratio: Vec<f64>,
}

/// Where the results of a block of states go.
pub(crate) enum Sink<'a> {
    /// Summed over all states, by outcome: of final outcomes what ends in this horizon.
    Sum(&'a mut [f64]),
    /// By outcome and state: of final outcomes what ends in this horizon.
    Rows(&'a mut [f64]),
}

impl Shares {
    /// Reads the priors of horizon `h`.
    pub(crate) fn read(&mut self, model: &Model, numbers: &Numbers, h: usize) {
        let finals = model.open..model.outcomes.len();
        self.before.clear();
        self.before
            .extend(finals.clone().map(|a| numbers.prior_at(a, h - 1)));
        self.after.clear();
        self.after
            .extend(finals.clone().map(|a| numbers.prior_at(a, h)));
        let open = |h: usize| (0..model.open).map(|o| numbers.prior_at(o, h)).sum::<f64>();
        self.left_before = if h == 1 { 1.0 } else { open(h - 1) };
        self.left_after = if model.has_finals() { open(h) } else { 1.0 };
        if self.left_after > 0.0 {
            self.open.clear();
            let shares = (0..model.open).map(|o| numbers.prior_at(o, h) / open(h));
            self.open.extend(shares);
        } else if h == 1 || self.open.len() != model.open {
            // Everything ends; how the open ones share nothing does not matter at first, and
            // afterwards stays as it was.
            self.open.clear();
            self.open.resize(model.open, 1.0 / model.open as f64);
        }
    }

    /// One block of states where no outcome is final: `rows` is e^W by outcome and state.
    pub(crate) fn block(&mut self, rows: &mut [f64], mass: &[f64], sink: &mut Sink<'_>) {
        let mut mass = mass.to_vec();
        self.block_old(rows, &mut mass, sink);
    }

    pub(crate) fn block_old(&mut self, rows: &mut [f64], mass: &mut [f64], sink: &mut Sink<'_>) {
        let width = mass.len();
        let (open, finals) = rows.split_at_mut(self.open.len() * width);
        self.z.clear();
        self.z.resize(width, 0.0);
        for (row, r) in open.chunks_exact_mut(width).zip(&self.open) {
            for (x, z) in row.iter_mut().zip(&mut self.z) {
                *x *= r;
                *z += *x;
            }
        }
        if !finals.is_empty() {
            self.end(finals, mass);
        }
        self.share.clear();
        self.share.extend(mass.iter().zip(&self.z).map(|(m, z)| {
            let share = m / z;
            if *m == 0.0 { 0.0 } else { share }
        }));
        match sink {
            Sink::Sum(sums) => {
                for (row, sum) in open.chunks_exact(width).zip(sums.iter_mut()) {
                    *sum += dot(row, &self.share);
                }
                let sums = &mut sums[self.open.len()..];
                for (row, sum) in finals.chunks_exact(width).zip(sums) {
                    *sum += total(row);
                }
            }
            Sink::Rows(out) => {
                let (out_open, out_finals) = out.split_at_mut(open.len());
                for (out, row) in out_open
                    .chunks_exact_mut(width)
                    .zip(open.chunks_exact(width))
                {
                    for ((y, x), share) in out.iter_mut().zip(row).zip(&self.share) {
                        *y = x * share;
                    }
                }
                out_finals.copy_from_slice(finals);
            }
        }
    }

    /// Splits off what ends: `finals` becomes the mass that ends in each, by state.
    fn end(&mut self, finals: &mut [f64], mass: &mut [f64]) {
        let width = mass.len();
        let (s0, s1) = (self.left_before, self.left_after);
        if self.after.len() == 1 {
            let (p0, p1) = (self.before[0], self.after[0]);
            for ((e, m), z) in finals.iter_mut().zip(mass).zip(&self.z) {
                // G(h)/G(h−1) = S(h)·N(h−1) / (S(h−1)·N(h)).
                let above = s1 * (s0 * z + p0 * *e);
                let below = s0 * (s1 * z + p1 * *e);
                let ratio = above / below;
                let ratio = if ratio < 1.0 { ratio } else { 1.0 };
                let stay = if below > 0.0 { ratio } else { 0.0 };
                let left = *m * stay;
                *e = *m - left;
                *m = left;
            }
            return;
        }
        self.ratio.clear();
        self.ratio.resize(width, 0.0);
        for i in 0..width {
            let (mut n0, mut n1) = (s0 * self.z[i], s1 * self.z[i]);
            for (a, (p0, p1)) in self.before.iter().zip(&self.after).enumerate() {
                n0 += p0 * finals[a * width + i];
                n1 += p1 * finals[a * width + i];
            }
            let below = s0 * n1;
            let stay = if below > 0.0 {
                (s1 * n0 / below).min(1.0)
            } else {
                0.0
            };
            let mut rises = 0.0;
            for (a, (p0, p1)) in self.before.iter().zip(&self.after).enumerate() {
                let e = &mut finals[a * width + i];
                *e = (p1 * *e / n1 - if n0 > 0.0 { p0 * *e / n0 } else { 0.0 }).max(0.0);
                rises += *e;
            }
            let ended = mass[i] * (1.0 - stay);
            if rises > 0.0 && ended > 0.0 {
                mass[i] *= stay;
                let each = ended / rises;
                for a in 0..self.after.len() {
                    finals[a * width + i] *= each;
                }
            } else {
                for a in 0..self.after.len() {
                    finals[a * width + i] = 0.0;
                }
            }
        }
    }
}

/// Four sums side by side, so that the order of additions is fixed and short.
fn dot(a: &[f64], b: &[f64]) -> f64 {
    let mut sums = [0.0; 4];
    let (a4, b4) = (a.chunks_exact(4), b.chunks_exact(4));
    let rest: f64 = a4
        .remainder()
        .iter()
        .zip(b4.remainder())
        .map(|(x, y)| x * y)
        .sum();
    for (x, y) in a4.zip(b4) {
        for i in 0..4 {
            sums[i] += x[i] * y[i];
        }
    }
    (sums[0] + sums[1]) + (sums[2] + sums[3]) + rest
}

fn total(a: &[f64]) -> f64 {
    let mut sums = [0.0; 4];
    let a4 = a.chunks_exact(4);
    let rest: f64 = a4.remainder().iter().sum();
    for x in a4 {
        for i in 0..4 {
            sums[i] += x[i];
        }
    }
    (sums[0] + sums[1]) + (sums[2] + sums[3]) + rest
}
