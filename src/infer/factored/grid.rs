//! The nodes of the transform: where its integrand is looked at, and the Gammas there.
//!
//! In: what was asked of the pushes at real places. Out: how far apart nodes stand, how far from the axis, and around
//! which outcome; and what that misses at most.

use super::gamma::{Complex, gamma, times};
use super::ready::Moments;
use assess_lanes::complex::Row;
use std::f64::consts::{FRAC_PI_2, PI};

/// Outcomes that are told apart, at most: more need too many nodes.
pub(super) const OUTCOMES: usize = 4;

/// How far off shares may be.
#[derive(Debug, Clone, Copy)]
pub(super) struct Precision {
    /// ln of the largest part of what the trapezoid rule misses.
    miss: f64,
    /// ln of how little of the Gammas' size is still looked at.
    reach: f64,
    /// What is left out at the nodes' ends comes to no more than this.
    pub(super) left_out: f64,
    /// Shares that may be further off than this are not taken.
    pub(super) wanted: f64,
}

/// Of what is shown; e^−36 is rounding.
pub(super) const EXACT: Precision = Precision {
    miss: 28.0,
    reach: 36.0,
    left_out: 1e-13,
    wanted: 1e-10,
};

/// Of what drivers contribute: half of the nodes where two dimensions are left. It is the difference of two shares.
pub(super) const NEAR: Precision = Precision {
    miss: 23.0,
    reach: 32.0,
    left_out: 1e-13,
    wanted: 4e-9,
};

/// Of what histories lean on, where [`EXACT`] takes too many nodes: less than they miss by far.
pub(super) const CLOSE: Precision = Precision {
    miss: 16.0,
    reach: 22.0,
    left_out: 1e-8,
    wanted: 1e-5,
};

/// 2π over the step may be so many times what moderate pushes need.
const WIDEST: f64 = 3.0;

/// ln of the largest size of what is added up: more leaves too few digits.
const SIZE: f64 = 9.0;

/// Powers by which it is bounded how far what stands at other shifts reaches.
const POWERS: [f64; 3] = [1.0, 0.75, 0.5];

/// The nodes of the trapezoid rule for some outcomes, around one of them.
pub(super) struct Grid {
    /// The place of that one.
    pub(super) around: usize,
    /// Outcomes but one.
    pub(super) dims: usize,
    pub(super) step: f64,
    /// α of each of the others.
    pub(super) alpha: f64,
    /// The last node to either side.
    pub(super) most: i64,
    /// How far off a share may be.
    pub(super) error: f64,
    pub(super) precision: Precision,
}

impl Grid {
    /// With 2π over the step at `width`, of which a wider one reaches less far out.
    fn new((around, outcomes): (usize, usize), width: f64, precision: Precision) -> Grid {
        let step = 2.0 * PI / width;
        Grid {
            around,
            dims: outcomes - 1,
            alpha: precision.miss / width,
            step,
            most: (precision.reach / PI / step) as i64,
            error: 0.0,
            precision,
        }
    }

    /// 2π over the step where pushes are moderate.
    fn width(outcomes: usize, precision: Precision) -> f64 {
        outcomes as f64 * precision.miss
    }

    /// For so many outcomes where pushes are moderate.
    pub(super) fn usual(outcomes: usize, precision: Precision) -> Grid {
        Grid::new((0, outcomes), Grid::width(outcomes, precision), precision)
    }

    /// For these classes; none where pushes are too large.
    ///
    /// At the shift 2πn/step of the others' pushes stands e^{α·2πn/step} times the share around which nodes stand. That is at
    /// most 1, and at most e^{θ(S − S_k)} for each other k and 0 < θ ≤ 1, so that E[e^{θ(S − S_k)}] bounds what all shifts come to.
    pub(super) fn choose(
        ready: &impl Moments,
        classes: &[usize],
        precision: Precision,
    ) -> Option<Grid> {
        let count = classes.len();
        let moderate = Grid::width(count, precision);
        let usual = 1.0 / count as f64;
        let sizes = (0..count).map(|place| ready.size(classes, place, usual));
        let sizes: Vec<f64> = sizes.collect();
        let around = (0..count).min_by(|a, b| sizes[*a].total_cmp(&sizes[*b]))?;
        // By power the largest moment against another outcome.
        let moments = POWERS.map(|power| {
            let others = classes.iter().filter(|c| **c != classes[around]);
            let each = others.map(|c| ready.log_moment(&[(classes[around], power), (*c, -power)]));
            each.fold(f64::NEG_INFINITY, f64::max)
        });
        let wide = |(power, moment): (f64, f64)| (moderate + moment.max(0.0)) / power;
        let least = POWERS.into_iter().zip(moments).map(wide);
        let mut width = least.fold(f64::INFINITY, f64::min);
        while width <= WIDEST * moderate {
            let grid = Grid::new((around, count), width, precision);
            let size = ready.size(classes, around, grid.alpha);
            if size > SIZE {
                // Nearer to the axis what is added up is smaller.
                width *= 1.25;
                continue;
            }
            let dims = grid.dims as f64;
            let far = |(power, moment): (f64, f64)| {
                let left = power - dims * grid.alpha;
                libm::exp(moment - width * left) / if left > 0.0 { 1.0 } else { 0.0 }
            };
            let far = POWERS.into_iter().zip(moments).map(far);
            let far = far.fold(f64::INFINITY, f64::min);
            // What stands further out is a small part of it.
            let miss = 1.1 * dims * (libm::exp(-precision.miss) + far);
            let peak = gamma((grid.alpha, 0.0)).0.powi(grid.dims as i32);
            // The area under the Gammas is about 2 to either side; some rounding is added up, or what is not looked at.
            let least = f64::EPSILON.max(libm::exp(-precision.reach));
            let rounding = 10.0 * least * peak * libm::exp(size.max(0.0));
            return Some(Grid {
                error: miss + rounding,
                ..grid
            });
        }
        None
    }

    /// How many nodes there are, more or less.
    pub(super) fn nodes(&self) -> u64 {
        let side = 2 * self.most as u64 + 1;
        // A hexagon has three quarters of a square; and half of all is enough.
        (0..self.dims).fold(1u64, |all, _| all.saturating_mul(side)) / 2
    }

    /// What each outcome gets of a row: the one around which nodes stand the `whole`, each other what it loses to that, which is β of
    /// its own over the first one's. `over` is the whole over that; what the `inner` outcome loses is what is left, or told.
    pub(super) fn losses(
        &self,
        outer: &[i64],
        (whole, over): (f64, Complex),
        inner: Option<f64>,
    ) -> [f64; OUTCOMES] {
        let mut out = [0.0; OUTCOMES];
        let mut others = (0..=self.dims).filter(|place| *place != self.around);
        let mut left = -whole;
        for (m, place) in outer.iter().zip(&mut others) {
            out[place] = self.alpha * over.0 - *m as f64 * self.step * over.1;
            left -= out[place];
        }
        // All that is lost is what the one gets.
        if let Some(place) = others.next() {
            out[place] = inner.unwrap_or(left);
        }
        out[self.around] = whole;
        out
    }

    /// What the sum over all nodes is multiplied by.
    pub(super) fn scale(&self) -> f64 {
        (self.step / (2.0 * PI)).powi(self.dims as i32)
    }

    /// All outer nodes with their first inner one and how many there are; half of all nodes, since the others are their
    /// conjugates. They end where the sizes of all turns and of their sum reach so far.
    pub(super) fn rows(&self) -> Vec<(Vec<i64>, i64, usize)> {
        let reach = (self.precision.reach / FRAC_PI_2 / self.step) as i64;
        // What the outer ones leave of it, and their sum.
        let rest = |at: &[i64]| {
            let sizes: i64 = at.iter().map(|m| m.abs()).sum();
            (reach - sizes, at.iter().sum::<i64>())
        };
        let within = |at: &Vec<i64>| {
            let (left, sum) = rest(at);
            sum.abs() <= left
        };
        let mut outer: Vec<Vec<i64>> = vec![Vec::new()];
        for _ in 1..self.dims {
            let each = outer.iter().flat_map(|at| {
                (-self.most..=self.most)
                    .map(move |m| at.iter().copied().chain([m]).collect::<Vec<_>>())
            });
            outer = each.filter(within).collect();
        }
        let mut rows = Vec::new();
        for at in outer {
            let sign = at.iter().copied().find(|m| *m != 0).unwrap_or(0);
            if sign < 0 {
                continue;
            }
            let (left, sum) = rest(&at);
            let first = if sign == 0 { 0 } else { -(left + sum) / 2 };
            rows.push((at, first, ((left - sum) / 2 - first + 1) as usize));
        }
        rows
    }
}

/// Γ along the lines of the nodes.
pub(super) struct Gammas {
    /// Γ(α + imΔ), m from −most.
    others: Vec<Complex>,
    /// Γ(1 + β_o) at Σt = mΔ, m from −dims·most.
    own: Vec<Complex>,
}

impl Gammas {
    pub(super) fn new(grid: &Grid) -> Gammas {
        let dims = grid.dims as i64;
        let at = |x: f64, m: i64| gamma((x, m as f64 * grid.step));
        let whole = 1.0 - grid.dims as f64 * grid.alpha;
        // Nodes end where the sum reaches as far as one of them.
        let span = grid.most.min(dims * grid.most);
        Gammas {
            others: (-grid.most..=grid.most)
                .map(|m| at(grid.alpha, m))
                .collect(),
            own: (-span..=span).map(|m| at(whole, -m)).collect(),
        }
    }

    /// The product at each node of a row, twice where its conjugate is left out.
    pub(super) fn kernel(&self, grid: &Grid, outer: &[i64], first: i64, row: &mut Row) {
        let other = |m: i64| self.others[(m + grid.most) as usize];
        let base = outer
            .iter()
            .fold((1.0, 0.0), |all, m| times(all, other(*m)));
        let sum: i64 = outer.iter().sum();
        let span = (self.own.len() / 2) as i64;
        let is_edge = outer.iter().all(|m| *m == 0);
        for i in 0..row.re.len() {
            let m = first + i as i64;
            let own = self.own[(sum + m + span) as usize];
            let value = times(times(base, other(m)), own);
            let weight = if is_edge && m == 0 { 1.0 } else { 2.0 };
            (row.re[i], row.im[i]) = (weight * value.0, weight * value.1);
        }
    }
}
