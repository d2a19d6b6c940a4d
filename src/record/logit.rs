//! Cox's line: log-odds of what came true against log-odds of what was said.
//!
//! In: points. Out: intercept and slope by maximum likelihood with 95% intervals (Cox 1958). A slope
//! below 1 says that chances were too extreme, above 1 that they were too timid; an intercept above 0
//! that too little was expected to happen.

use super::points::Point;
use super::{Estimate, Z975};

/// The line.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Line {
    /// Where what was said is even.
    pub intercept: Estimate,
    /// How log-odds grow with those that were said.
    pub slope: Estimate,
    /// The same with a slope of 1: calibration in the large.
    pub(crate) shift: Estimate,
    /// The slope's variance.
    pub slope_variance: f64,
    /// The intercept's variance, and both together.
    pub(crate) intercept_variance: (f64, f64),
}

/// More steps than any sound set takes.
const STEPS: usize = 60;

/// No shift of what is said within the floor is as large.
const FARTHEST: f64 = 50.0;

/// ln(p / (1 − p)), with p kept between `floor` and 1 − `floor`.
pub fn logit(p: f64, floor: f64) -> f64 {
    let p = p.clamp(floor, 1.0 - floor);
    libm::log(p / (1.0 - p))
}

/// 1 / (1 + e^−x)
pub fn logistic(x: f64) -> f64 {
    1.0 / (1.0 + libm::exp(-x))
}

/// Cox's line. None where there is no finite one: everything came true or nothing, fewer than two
/// different chances, or a chance above which everything came true and below which nothing.
pub fn line(points: &[Point], floor: f64) -> Option<Line> {
    let cases: Vec<(f64, &Point)> = points.iter().map(|p| (logit(p.p, floor), p)).collect();
    let first = cases.first()?.0;
    if cases.iter().all(|(x, _)| *x == first) {
        return None;
    }
    if separated(&cases) {
        return None;
    }
    let shift = shift(&cases)?;
    let (mut a, mut b) = (0.0, 0.0);
    let mut reached = likelihood(&cases, a, b);
    for _ in 0..STEPS {
        let fit = Fit::at(&cases, a, b);
        let det = fit.det();
        if det.is_nan() || det <= 0.0 {
            return None;
        }
        let step_a = (fit.i_bb * fit.s_a - fit.i_ab * fit.s_b) / det;
        let step_b = (fit.i_aa * fit.s_b - fit.i_ab * fit.s_a) / det;
        let (mut scale, mut at) = (1.0, likelihood(&cases, a + step_a, b + step_b));
        // A step that overshoots is halved: the likelihood has one top.
        let least = reached - 1e-12 * (1.0 + reached.abs());
        while at < least && scale > 1e-9 {
            scale *= 0.5;
            at = likelihood(&cases, a + scale * step_a, b + scale * step_b);
        }
        if at < least {
            break;
        }
        (a, b, reached) = (a + scale * step_a, b + scale * step_b, at);
        if step_a.abs().max(step_b.abs()) < 1e-13 * (1.0 + a.abs() + b.abs()) {
            break;
        }
    }
    let fit = Fit::at(&cases, a, b);
    let det = fit.det();
    let (var_a, var_b) = (fit.i_bb / det, fit.i_aa / det);
    let sound = det > 0.0 && var_a.is_finite() && var_b.is_finite();
    sound.then(|| Line {
        intercept: around(a, var_a),
        slope: around(b, var_b),
        shift,
        slope_variance: var_b,
        intercept_variance: (var_a, -fit.i_ab / det),
    })
}

/// Whether some chance parts what came true from what did not: then the steeper, the likelier.
fn separated(cases: &[(f64, &Point)]) -> bool {
    let came = |p: &Point| p.true_count > 0.0;
    let stayed = |p: &Point| p.true_count < p.count;
    let first = |of: &dyn Fn(&Point) -> bool| cases.iter().position(|(_, p)| of(p));
    let last = |of: &dyn Fn(&Point) -> bool| cases.iter().rposition(|(_, p)| of(p));
    let (Some(came), Some(stayed)) = (
        first(&came).zip(last(&came)),
        first(&stayed).zip(last(&stayed)),
    ) else {
        return true;
    };
    // Chances are in order; those that the floor made equal are one.
    let x = |i: usize| cases[i].0;
    x(came.0) >= x(stayed.1) || x(stayed.0) >= x(came.1)
}

/// ln of the likelihood.
fn likelihood(cases: &[(f64, &Point)], a: f64, b: f64) -> f64 {
    // ln of a logistic, without the loss where it is near 0.
    let log = |x: f64| x.min(0.0) - libm::log1p(libm::exp(-x.abs()));
    let each = cases.iter().map(|&(x, p)| {
        let at = a + b * x;
        p.true_count * log(at) + (p.count - p.true_count) * log(-at)
    });
    each.sum()
}

fn around(value: f64, variance: f64) -> Estimate {
    let half = Z975 * libm::sqrt(variance);
    Estimate {
        value,
        low: value - half,
        high: value + half,
    }
}

/// The intercept with a slope of 1.
fn shift(cases: &[(f64, &Point)]) -> Option<Estimate> {
    let mut a = 0.0;
    for _ in 0..STEPS {
        let fit = Fit::at(cases, a, 1.0);
        let step: f64 = fit.s_a / fit.i_aa;
        if !step.is_finite() {
            return None;
        }
        a += step.clamp(-5.0, 5.0);
        if a.abs() > FARTHEST {
            return None;
        }
        if step.abs() < 1e-13 * (1.0 + a.abs()) {
            break;
        }
    }
    let fit = Fit::at(cases, a, 1.0);
    Some(around(a, 1.0 / fit.i_aa))
}

/// Score and information of the likelihood at one line.
struct Fit {
    s_a: f64,
    s_b: f64,
    i_aa: f64,
    i_ab: f64,
    i_bb: f64,
}

impl Fit {
    fn at(cases: &[(f64, &Point)], a: f64, b: f64) -> Fit {
        let mut fit = Fit {
            s_a: 0.0,
            s_b: 0.0,
            i_aa: 0.0,
            i_ab: 0.0,
            i_bb: 0.0,
        };
        for &(x, point) in cases {
            let p = logistic(a + b * x);
            let miss = point.true_count - point.count * p;
            let weight = point.count * p * (1.0 - p);
            fit.s_a += miss;
            fit.s_b += miss * x;
            fit.i_aa += weight;
            fit.i_ab += weight * x;
            fit.i_bb += weight * x * x;
        }
        fit
    }

    fn det(&self) -> f64 {
        self.i_aa * self.i_bb - self.i_ab * self.i_ab
    }
}

/// The line pulled towards "as said", slope 1 and intercept 0, by how little the sample tells.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Shrunk {
    /// The intercept in use.
    pub(crate) intercept: f64,
    /// The slope in use.
    pub slope: f64,
    /// How far the sample was believed: 0 not at all, 1 wholly.
    pub belief: f64,
}

/// How far slopes of authors lie from 1, as a standard deviation, where too few authors are there to
/// tell: what is believed before the record.
pub const SPREAD: f64 = 0.25;

/// From so many authors on their own spread is taken in place of [`SPREAD`].
pub const AUTHORS: usize = 5;

/// Shrinks a line (empirical Bayes, Efron and Morris 1975): slope and intercept keep the share
/// τ²/(τ² + v) of their distance from 1 and 0, v the slope's variance, τ the `spread` of slopes.
pub fn shrunk(line: &Line, spread: f64) -> Shrunk {
    let tau = spread * spread;
    let belief = match tau > 0.0 {
        true => tau / (tau + line.slope_variance),
        false => 0.0,
    };
    Shrunk {
        intercept: belief * line.intercept.value,
        slope: 1.0 + belief * (line.slope.value - 1.0),
        belief,
    }
}

/// How far the slopes of several authors lie from 1 beyond what chance explains, as a standard
/// deviation: √max(0, Σ ((b − 1)² / v − 1) / Σ 1/v), the moment estimate about a known mean (Paule
/// and Mandel 1982); [`SPREAD`] for fewer than [`AUTHORS`].
pub fn spread(lines: &[Line]) -> f64 {
    if lines.len() < AUTHORS {
        return SPREAD;
    }
    let (mut excess, mut weight) = (0.0, 0.0);
    for line in lines {
        let away = line.slope.value - 1.0;
        excess += away * away / line.slope_variance - 1.0;
        weight += 1.0 / line.slope_variance;
    }
    libm::sqrt((excess / weight).max(0.0))
}

impl Shrunk {
    /// The line of which nothing is believed.
    pub const AS_SAID: Shrunk = Shrunk {
        intercept: 0.0,
        slope: 1.0,
        belief: 0.0,
    };

    /// A chance through the line; 0% and 100% stay.
    pub fn apply(&self, p: f64) -> f64 {
        match p > 0.0 && p < 1.0 {
            true => logistic(self.intercept + self.slope * libm::log(p / (1.0 - p))),
            false => p,
        }
    }
}
