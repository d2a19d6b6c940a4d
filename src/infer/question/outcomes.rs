//! What each state's mass means for the outcomes at one horizon's end, where none is final.
//!
//! In: e^W by outcome for a block of states, the priors, the mass. Out: the mass by outcome.

use crate::model::{Model, Numbers};

/// How the outcomes share, where none is final.
#[derive(Debug, Clone, Default)]
pub(crate) struct Shares {
    /// Their priors, over the sum of these.
    prior: Vec<f64>,
    z: Vec<f64>,
    share: Vec<f64>,
}

/// Where the results of a block of states go.
pub(crate) enum Sink<'a> {
    /// Summed over all states, by outcome.
    Sum(&'a mut [f64]),
    /// By outcome and state.
    Rows(&'a mut [f64]),
}

impl Shares {
    /// Reads the priors of horizon `h`.
    pub(crate) fn read(&mut self, model: &Model, numbers: &Numbers, h: usize) {
        let prior = (0..model.open).map(|o| numbers.prior_at(o, h));
        let all: f64 = prior.clone().sum();
        self.prior.clear();
        self.prior.extend(prior.map(|p| p / all));
    }

    /// One block of states: `rows` is e^W by outcome and state, which is weighed; `mass` is the states'.
    pub(crate) fn block(&mut self, rows: &mut [f64], mass: &[f64], sink: &mut Sink<'_>) {
        let width = mass.len();
        self.z.clear();
        self.z.resize(width, 0.0);
        for (row, r) in rows.chunks_exact_mut(width).zip(&self.prior) {
            for (x, z) in row.iter_mut().zip(&mut self.z) {
                *x *= r;
                *z += *x;
            }
        }
        self.share.clear();
        self.share.extend(mass.iter().zip(&self.z).map(|(m, z)| {
            let share = m / z;
            if *m == 0.0 { 0.0 } else { share }
        }));
        match sink {
            Sink::Sum(sums) => {
                for (row, sum) in rows.chunks_exact(width).zip(sums.iter_mut()) {
                    *sum += dot(row, &self.share);
                }
            }
            Sink::Rows(out) => {
                let rows = rows.chunks_exact(width);
                for (out, row) in out.chunks_exact_mut(width).zip(rows) {
                    for ((y, x), share) in out.iter_mut().zip(row).zip(&self.share) {
                        *y = x * share;
                    }
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
