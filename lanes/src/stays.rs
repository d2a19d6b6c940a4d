//! What becomes of what is open where one outcome is final, in many states at once.
//!
//! Numbers stand one behind another, one for each state.

use crate::LANES;
use crate::level::now;
use fearless_simd::dispatch;

/// Fewer states than these are not worth choosing vectors for.
const FEW: usize = 16;

/// Runs a body for the machine's vectors, or as it is where there are few numbers: the same bytes.
macro_rules! wide {
    ($many:expr, $body:expr) => {
        match $many >= FEW {
            true => dispatch!(now(), _simd => $body),
            false => $body,
        }
    };
}

/// The priors of one final outcome and of all that is open: at the end of the horizon before, and at its end.
#[derive(Debug, Clone, Copy)]
pub struct Step {
    /// What is open.
    pub left: (f64, f64),
    /// What has ended.
    pub ended: (f64, f64),
}

/// What stays open in one horizon and what ends: G(j)/G(j−1) = S(j)·N(j−1) / (S(j−1)·N(j)). `e` is e^W of the final outcome.
pub fn pass(step: Step, (z, e): (&[f64], &[f64]), stay: &mut [f64], to: &mut [f64]) {
    wide!(z.len(), pass_body(step, (z, e), stay, to));
}

#[inline(always)]
fn pass_body(step: Step, (z, e): (&[f64], &[f64]), stay: &mut [f64], to: &mut [f64]) {
    let ((s0, s1), (p0, p1)) = (step.left, step.ended);
    let n = z.len();
    let (e, stay, to) = (&e[..n], &mut stay[..n], &mut to[..n]);
    for i in 0..n {
        let above = s1 * (s0 * z[i] + p0 * e[i]);
        let below = s0 * (s1 * z[i] + p1 * e[i]);
        let ratio = above / below;
        let ratio = if ratio < 1.0 { ratio } else { 1.0 };
        stay[i] = if below > 0.0 { ratio } else { 0.0 };
        to[i] = 1.0 - stay[i];
    }
}

/// Adds to each of some sums what has its place, of products: the first to the first sum, the next to the next, and from the
/// first on again.
pub fn add_products(x: &[f64], y: &[f64], sums: &mut [f64]) {
    wide!(x.len(), add_products_body(x, y, sums));
}

#[inline(always)]
fn add_products_body(x: &[f64], y: &[f64], sums: &mut [f64]) {
    let (n, w) = (x.len(), sums.len());
    let y = &y[..n];
    if n < LANES || !LANES.is_multiple_of(w) {
        for first in (0..n / w * w).step_by(w) {
            let (x, y) = (&x[first..][..w], &y[first..][..w]);
            for i in 0..w {
                sums[i] += x[i] * y[i];
            }
        }
        return;
    }
    // Beside each other, in an order that hangs on nothing.
    let mut beside = [0.0; LANES];
    let whole = n / LANES * LANES;
    for first in (0..whole).step_by(LANES) {
        let (x, y) = (&x[first..][..LANES], &y[first..][..LANES]);
        for i in 0..LANES {
            beside[i] += x[i] * y[i];
        }
    }
    for i in whole..n {
        beside[i % LANES] += x[i] * y[i];
    }
    for i in 0..LANES {
        sums[i % w] += beside[i];
    }
}

/// The mass of what is open at a horizon's end divided by Z, 0 where that is: `before` is what was open, for as many states as it has, which
/// come again and again.
pub fn divide(mass: &[f64], (before, stay): (&[f64], &[f64]), z: &[f64], out: &mut [f64]) {
    wide!(mass.len(), divide_body(mass, (before, stay), z, out));
}

#[inline(always)]
fn divide_body(mass: &[f64], (before, stay): (&[f64], &[f64]), z: &[f64], out: &mut [f64]) {
    let (n, w) = (mass.len(), before.len());
    let (stay, z, out) = (&stay[..n], &z[..n], &mut out[..n]);
    if w == 1 {
        let open = before[0];
        for i in 0..n {
            let share = mass[i] * (open * stay[i]) / z[i];
            out[i] = if z[i] > 0.0 { share } else { 0.0 };
        }
        return;
    }
    for first in (0..n / w * w).step_by(w) {
        let (mass, stay, z) = (&mass[first..][..w], &stay[first..][..w], &z[first..][..w]);
        let out = &mut out[first..][..w];
        for i in 0..w {
            let share = mass[i] * (before[i] * stay[i]) / z[i];
            out[i] = if z[i] > 0.0 { share } else { 0.0 };
        }
    }
}
