//! What a distribution of a number costs, once the number is known.
//!
//! In: a [`Mixture`] and what the number came to. Out: the continuous ranked probability score, in the
//! number's unit: ∫ (F(t) − 1[t ≥ x])² dt = E|X − x| − ½ E|X − X′| (Gneiting and Raftery 2007). Where no part
//! is cut off and the line is straight both are closed forms (Grimit et al. 2006 for normals, Baran and
//! Lerch 2015 for log-normals); else the integral, to 1e-11 of the spread, by halving Gauss–Kronrod steps.

use crate::infer::mixture::{Mixture, Part};
use crate::numeric::line::{Line, below, density};
use crate::numeric::link;

/// Parts up to which pairs are summed.
const PAIRS: usize = 512;

/// How far from 0 a standard normal is looked at: beyond lies 1e-19 of it.
const FAR: f64 = 9.0;

/// Nodes of Kronrod's rule with 15 points on (−1, 1), its weights, and Gauss's of every second node.
const NODES: [(f64, f64, f64); 8] = [
    (0.991_455_371_120_812_6, 0.022_935_322_010_529_224, 0.0),
    (
        0.949_107_912_342_758_5,
        0.063_092_092_629_978_55,
        0.129_484_966_168_869_7,
    ),
    (0.864_864_423_359_769_1, 0.104_790_010_322_250_18, 0.0),
    (
        0.741_531_185_599_394_4,
        0.140_653_259_715_525_92,
        0.279_705_391_489_276_67,
    ),
    (0.586_087_235_467_691_1, 0.169_004_726_639_267_9, 0.0),
    (
        0.405_845_151_377_397_2,
        0.190_350_578_064_785_4,
        0.381_830_050_505_118_9,
    ),
    (0.207_784_955_007_898_47, 0.204_432_940_075_298_9, 0.0),
    (0.0, 0.209_482_141_084_727_82, 0.417_959_183_673_469_4),
];

impl Mixture {
    /// The continuous ranked probability score of what it came to: 0 is best.
    pub fn crps(&self, x: f64) -> f64 {
        if self.line.is_known() {
            return (x - self.mean()).abs();
        }
        let is_whole = |p: &Part| p.low.is_infinite() && p.high.is_infinite();
        match self.line.straight() {
            Some(line) if self.parts.len() <= PAIRS && self.parts.iter().all(is_whole) => {
                self.by_pairs(line, x)
            }
            _ => self.by_integral(x),
        }
    }

    /// The share that lies below what it came to, or half of what lies at it: where in the distribution
    /// the truth fell.
    pub fn place(&self, x: f64) -> f64 {
        match self.line.is_known() {
            true => 0.5 + 0.5 * (x - self.mean()).total_cmp(&0.0) as i8 as f64,
            false => self.below(x),
        }
    }

    /// By E|X − x| and E|X − X′| of every pair of normals, or log-normals, of one slope.
    fn by_pairs(&self, (height, slope): (f64, f64), x: f64) -> f64 {
        let at: Vec<(f64, f64)> = self
            .parts
            .iter()
            .map(|p| (height + p.moved, p.share))
            .collect();
        let root2 = std::f64::consts::SQRT_2;
        let (to_x, between): (f64, f64) = match self.log {
            false => {
                // E|m + sZ|
                let away =
                    |m: f64, s: f64| m * (2.0 * below(m / s) - 1.0) + 2.0 * s * density(m / s);
                let to_x = at.iter().map(|(m, w)| w * away(x - m, slope)).sum();
                let pairs = at.iter().flat_map(|(a, v)| {
                    at.iter()
                        .map(move |(b, w)| v * w * away(a - b, slope * root2))
                });
                (to_x, pairs.sum())
            }
            true => {
                let mean = |m: f64| libm::exp(m + 0.5 * slope * slope);
                let z = |m: f64| match x > 0.0 {
                    true => (libm::log(x) - m) / slope,
                    false => f64::NEG_INFINITY,
                };
                let to_x = at.iter().map(|&(m, w)| {
                    let own = x * (2.0 * below(z(m)) - 1.0);
                    w * (own + mean(m) * (1.0 - 2.0 * below(z(m) - slope)))
                });
                // |X − X′| = 2 max(X, X′) − X − X′
                let pairs = at.iter().flat_map(|&(a, v)| {
                    at.iter().map(move |&(b, w)| {
                        let over =
                            |m: f64, n: f64| below((m - n + slope * slope) / (slope * root2));
                        let larger = mean(a) * over(a, b) + mean(b) * over(b, a);
                        v * w * (2.0 * larger - mean(a) - mean(b))
                    })
                });
                (to_x.sum(), pairs.sum())
            }
        };
        (to_x - 0.5 * between).max(0.0)
    }

    /// ∫ F² up to x and ∫ (1 − F)² from it, over g, where F changes within few widths.
    fn by_integral(&self, x: f64) -> f64 {
        let log = self.log;
        // What lies beyond the upper end weighs e^g more.
        let upper = match log {
            true => FAR + self.line.steepest(),
            false => FAR,
        };
        let ends = self.parts.iter().map(|p| {
            let low = (self.line.at(-FAR) + p.moved).max(p.low);
            let high = (self.line.at(upper) + p.moved).min(p.high);
            (low.min(high), high.max(low))
        });
        let (low, high) = ends.fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), (low, high)| {
            (a.min(low), b.max(high))
        });
        let at = link::g(log, x);
        let number = |g: f64| link::number(log, g);
        // What is not covered is as far off as it is.
        let mut sum = match (at < low, at > high) {
            (true, _) => number(low) - x,
            (_, true) => x - number(high),
            _ => 0.0,
        };
        let mut cuts = vec![low, at.clamp(low, high), high];
        for part in &self.parts {
            let inner = self.line.knots().map(|g| g + part.moved);
            cuts.extend(
                inner
                    .chain([part.low, part.high])
                    .filter(|g| *g > low && *g < high),
            );
            if cuts.len() > PAIRS {
                break;
            }
        }
        cuts.sort_by(f64::total_cmp);
        cuts.dedup();
        let scale = number(high) - number(low);
        for pair in cuts.windows(2) {
            let is_below = pair[1] <= at;
            let cost = |g: f64| {
                let share = match is_below {
                    true => self.share(g, |low, at, _| (low, at)),
                    false => self.share(g, |_, at, high| (at, high)),
                };
                let share = share.clamp(0.0, 1.0);
                share * share * if log { number(g) } else { 1.0 }
            };
            sum += integral(&cost, pair[0], pair[1], 1e-12 * scale, 40);
        }
        sum
    }
}

/// ∫ f from `a` to `b`, to so much.
fn integral(f: &dyn Fn(f64) -> f64, a: f64, b: f64, off: f64, depth: u32) -> f64 {
    let (middle, half) = (0.5 * (a + b), 0.5 * (b - a));
    let (mut fine, mut coarse) = (0.0, 0.0);
    for &(node, kronrod, gauss) in &NODES {
        let both = match node == 0.0 {
            true => f(middle),
            false => f(middle - half * node) + f(middle + half * node),
        };
        fine += kronrod * both;
        coarse += gauss * both;
    }
    let (fine, coarse) = (half * fine, half * coarse);
    if depth == 0 || (fine - coarse).abs() <= off.max(1e-15 * fine.abs()) {
        return fine;
    }
    let off = 0.5 * off;
    integral(f, a, middle, off, depth - 1) + integral(f, middle, b, off, depth - 1)
}

/// A line alone, before anything moves it.
pub fn unmoved(line: Line, log: bool) -> Mixture {
    let part = Part {
        moved: 0.0,
        low: f64::NEG_INFINITY,
        high: f64::INFINITY,
        share: 1.0,
    };
    Mixture::new(line, log, vec![part])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::quantity::{crps_lognormal, crps_normal};
    use proptest::prelude::*;

    fn parts() -> impl Strategy<Value = Vec<(f64, f64)>> {
        prop::collection::vec((-2.0f64..2.0, 0.01f64..1.0), 1..5)
    }

    fn mixture(line: &Line, log: bool, parts: &[(f64, f64)]) -> Mixture {
        let parts = parts.iter().map(|&(moved, share)| Part {
            moved,
            low: f64::NEG_INFINITY,
            high: f64::INFINITY,
            share,
        });
        Mixture::new(line.clone(), log, parts.collect())
    }

    /// By a plain sum over shares: 2 ∫ (1[x < q] − α)(q − x) dα (Laio and Tamea 2007).
    fn by_sum(mixture: &Mixture, x: f64) -> f64 {
        let steps = 1_000;
        let each = (0..steps).map(|i| {
            let share = (f64::from(i) + 0.5) / f64::from(steps);
            let q = mixture.quantile(share);
            let loss = if x < q { 1.0 - share } else { -share };
            2.0 * loss * (q - x) / f64::from(steps)
        });
        each.sum()
    }

    #[test]
    fn one_normal_has_its_closed_form() {
        for x in [-3.0, 0.4, 1.0, 9.0] {
            let normal = unmoved(Line::new(&[(-1.0, 0.5), (1.0, 1.5)]), false);
            assert!((normal.crps(x) - crps_normal(x, 1.0, 0.5)).abs() < 1e-12);
            assert!((normal.by_integral(x) - crps_normal(x, 1.0, 0.5)).abs() < 1e-10);
        }
        for x in [0.2, 1.0, 4.0] {
            let normal = unmoved(Line::new(&[(-1.0, 0.0), (1.0, 1.0)]), true);
            assert!((normal.crps(x) - crps_lognormal(x, 0.5, 0.5)).abs() < 1e-12);
        }
    }

    #[test]
    fn what_is_known_costs_its_distance() {
        let known = unmoved(Line::known(2.0), false);
        assert_eq!((known.crps(2.0), known.crps(5.0)), (0.0, 3.0));
        assert_eq!(
            (known.place(2.0), known.place(1.0), known.place(3.0)),
            (0.5, 0.0, 1.0)
        );
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]

        #[test]
        fn pairs_are_the_integral(parts in parts(), log: bool, x in 0.01f64..6.0, wide in 0.05f64..1.0) {
            let line = Line::new(&[(-1.0, 1.0 - wide), (1.0, 1.0 + wide)]);
            let mixture = mixture(&line, log, &parts);
            let exact = mixture.crps(x);
            prop_assert!((mixture.by_integral(x) - exact).abs() <= 1e-9 * exact.max(1.0));
        }

        #[test]
        fn bent_lines_agree_with_a_plain_sum(parts in parts(), log: bool, x in 0.01f64..6.0) {
            let line = Line::new(&[(-1.6, 0.6), (0.0, 1.0), (1.6, 1.9)]);
            let mixture = mixture(&line, log, &parts);
            let (exact, sum) = (mixture.crps(x), by_sum(&mixture, x));
            prop_assert!((exact - sum).abs() <= 1e-2 * exact.max(0.1), "{exact} {sum}");
        }
    }
}
