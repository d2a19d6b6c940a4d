//! The line under which a standard normal has a quantity for its image.
//!
//! In: points (z, g(x)) as stated. Out: a [`Line`], under which a standard normal z has g(x) for its
//! image, with its shares, quantiles and mean in closed form. With two halves that meet at the median
//! this is the split (two-piece) normal of Fechner 1897 and Wallis 2014; `docs/method.md` has the formulas.

use super::normal::quantile;

/// φ(z).
pub fn density(z: f64) -> f64 {
    libm::exp(-0.5 * z * z) / libm::sqrt(2.0 * std::f64::consts::PI)
}

/// Φ(z).
pub fn below(z: f64) -> f64 {
    0.5 * libm::erfc(-z / std::f64::consts::SQRT_2)
}

/// Φ(b) − Φ(a) for a ≤ b, from the tail in which both are small.
pub fn between(a: f64, b: f64) -> f64 {
    match a > 0.0 {
        true => below(-a) - below(-b),
        false => below(b) - below(a),
    }
}

/// A line that rises, straight between points and beyond them.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// From where each piece runs, the first from −∞; its height at z = 0 and its slope.
    pieces: Vec<(f64, f64, f64)>,
    /// The points.
    points: Vec<(f64, f64)>,
}

impl Line {
    /// Through at least two points, both of whose numbers rise.
    pub fn new(points: &[(f64, f64)]) -> Line {
        let mut pieces: Vec<(f64, f64, f64)> = Vec::new();
        for pair in points.windows(2) {
            let ((z, y), (next, higher)) = (pair[0], pair[1]);
            let slope = (higher - y) / (next - z);
            let from = if pieces.is_empty() {
                f64::NEG_INFINITY
            } else {
                z
            };
            pieces.push((from, y - slope * z, slope));
        }
        if pieces.is_empty() {
            let y = points.first().map_or(0.0, |p| p.1);
            pieces.push((f64::NEG_INFINITY, y, 1.0));
        }
        Line {
            pieces,
            points: points.to_vec(),
        }
    }

    /// Of what is known: g is this, whatever z.
    pub fn known(g: f64) -> Line {
        Line {
            pieces: vec![(f64::NEG_INFINITY, g, 0.0)],
            points: vec![(0.0, g)],
        }
    }

    /// Whether it is known.
    pub fn is_known(&self) -> bool {
        self.pieces.len() == 1 && self.pieces[0].2 == 0.0
    }

    /// Its height at z = 0 and its slope, where it has one slope alone.
    pub fn straight(&self) -> Option<(f64, f64)> {
        match self.pieces.as_slice() {
            [(_, height, slope)] => Some((*height, *slope)),
            _ => None,
        }
    }

    /// The largest of its slopes.
    pub fn steepest(&self) -> f64 {
        self.pieces.iter().map(|p| p.2).fold(0.0, f64::max)
    }

    /// Where pieces meet, on the scale of g.
    pub fn knots(&self) -> impl Iterator<Item = f64> {
        let inner = self.points.len().saturating_sub(1).max(1);
        self.points[1..inner].iter().map(|p| p.1)
    }

    /// g at z.
    pub fn at(&self, z: f64) -> f64 {
        // Points stated come back to the last digit.
        if let Some((_, y)) = self.points.iter().find(|p| p.0 == z) {
            return *y;
        }
        let after = self.pieces.partition_point(|p| p.0 <= z);
        let (_, height, slope) = self.pieces[after.saturating_sub(1)];
        height + slope * z
    }

    /// z at g.
    pub fn z(&self, g: f64) -> f64 {
        if g.is_infinite() {
            return g;
        }
        // All of it reaches what it is.
        if self.is_known() {
            return match g <= self.pieces[0].1 {
                true => f64::NEG_INFINITY,
                false => f64::INFINITY,
            };
        }
        if let Some((z, _)) = self.points.iter().find(|p| p.1 == g) {
            return *z;
        }
        // The inner points are where pieces meet.
        let inner = self.points.get(1..self.points.len().saturating_sub(1));
        let inner = inner.unwrap_or_default();
        let at = inner.iter().filter(|p| p.1 <= g).count();
        let (_, height, slope) = self.pieces[at.min(self.pieces.len() - 1)];
        (g - height) / slope
    }

    /// The share below g.
    pub fn below(&self, g: f64) -> f64 {
        below(self.z(g))
    }

    /// The share between two heights.
    pub fn between(&self, low: f64, high: f64) -> f64 {
        between(self.z(low), self.z(high))
    }

    /// The quantile of a share.
    pub fn quantile(&self, share: f64) -> f64 {
        self.at(quantile(share))
    }

    /// ∫ g φ, or with `log` ∫ e^g φ, over what lies between two heights: not divided by its share.
    /// Of a piece α + βz these are α(Φ(b) − Φ(a)) − β(φ(b) − φ(a)) and
    /// e^(α + β²/2) (Φ(b − β) − Φ(a − β)).
    pub fn moment(&self, log: bool, low: f64, high: f64) -> f64 {
        let (from, to) = (self.z(low), self.z(high));
        let mut sum = 0.0;
        for (i, &(start, height, slope)) in self.pieces.iter().enumerate() {
            let end = self.pieces.get(i + 1).map_or(f64::INFINITY, |p| p.0);
            let (a, b) = (start.max(from), end.min(to));
            if a >= b {
                continue;
            }
            sum += match log {
                true => libm::exp(height + 0.5 * slope * slope) * between(a - slope, b - slope),
                false => height * between(a, b) - slope * (density(b) - density(a)),
            };
        }
        sum
    }

    /// The largest logarithm of a mean that a piece of it would have by itself: α + β²/2, where e^g is meant.
    pub fn largest_mean(&self) -> f64 {
        let each = self.pieces.iter().map(|p| p.1 + 0.5 * p.2 * p.2);
        each.fold(f64::NEG_INFINITY, f64::max)
    }

    /// The mean of g, or with `log` of e^g.
    pub fn mean(&self, log: bool) -> f64 {
        self.moment(log, f64::NEG_INFINITY, f64::INFINITY)
    }

    /// The variance of g.
    pub fn variance(&self) -> f64 {
        // About the median, so that little is lost where the mean is large.
        let middle = self.at(0.0);
        let (mut first, mut second) = (0.0, 0.0);
        for (i, &(a, height, slope)) in self.pieces.iter().enumerate() {
            let b = self.pieces.get(i + 1).map_or(f64::INFINITY, |p| p.0);
            let c = height - middle;
            let (share, edge) = (between(a, b), density(b) - density(a));
            let at = |z: f64| if z.is_infinite() { 0.0 } else { z * density(z) };
            first += c * share - slope * edge;
            second +=
                c * c * share - 2.0 * c * slope * edge + slope * slope * (share - (at(b) - at(a)));
        }
        second - first * first
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::numeric::normal::Z95;
    use proptest::prelude::*;

    fn line() -> impl Strategy<Value = Line> {
        let steps = prop::collection::vec((0.05f64..1.5, 0.01f64..2.0), 2..6);
        (-2.0f64..0.5, -3.0f64..3.0, steps).prop_map(|(z, y, steps)| {
            let mut at = (z, y);
            let points = steps.into_iter().map(|(dz, dy)| {
                at = (at.0 + dz, at.1 + dy);
                at
            });
            Line::new(&points.collect::<Vec<_>>())
        })
    }

    #[test]
    fn split_normals_have_their_closed_forms() {
        // Wallis 2014: mean m + √(2/π)(σ₂ − σ₁), variance (1 − 2/π)(σ₂ − σ₁)² + σ₁σ₂, where the
        // mode has the share σ₁/(σ₁ + σ₂) below it. Ours meets at the median: two halves of one half
        // each, with mean m + (σ₂ − σ₁)/√(2π) and variance (σ₁² + σ₂²)/2 − (σ₂ − σ₁)²/(2π).
        for (m, low, high) in [(2.9, 1.8, 3.9), (0.0, -5.0, 1.0), (1e3, 999.0, 1_010.0)] {
            let line = Line::new(&[(-Z95, low), (0.0, m), (Z95, high)]);
            let (a, b) = ((m - low) / Z95, (high - m) / Z95);
            let two_pi = 2.0 * std::f64::consts::PI;
            let mean = m + (b - a) / libm::sqrt(two_pi);
            let variance = (a * a + b * b) / 2.0 - (b - a) * (b - a) / two_pi;
            let close = |x: f64, y: f64| (x - y).abs() <= 1e-12 * y.abs().max(1.0);
            assert!(close(line.mean(false), mean), "{} {mean}", line.mean(false));
            assert!(
                close(line.variance(), variance),
                "{} {variance}",
                line.variance()
            );
        }
    }

    #[test]
    fn a_lognormal_has_its_closed_form() {
        let line = Line::new(&[(-1.0, 1.0), (1.0, 2.0)]);
        assert!((line.mean(true) - libm::exp(1.5 + 0.125)).abs() < 1e-12);
        assert_eq!(line.at(-1.0), 1.0);
        assert!((line.variance() - 0.25).abs() < 1e-15);
    }

    proptest! {
        #[test]
        fn shares_and_quantiles_undo_each_other(line in line(), p in 0.001f64..0.999) {
            let g = line.quantile(p);
            prop_assert!((line.below(g) - p).abs() < 1e-12);
        }

        #[test]
        fn what_is_stated_comes_back(line in line()) {
            for (z, y) in line.points.clone() {
                prop_assert_eq!(line.at(z), y);
                prop_assert_eq!(line.z(y), z);
            }
        }

        #[test]
        fn the_line_rises(line in line(), a in -5.0f64..5.0, b in -5.0f64..5.0) {
            prop_assume!((a - b).abs() > 1e-9);
            prop_assert_eq!(a < b, line.at(a) < line.at(b));
        }

        #[test]
        fn parts_sum_to_the_mean(line in line(), cut in -4.0f64..4.0) {
            for log in [false, true] {
                let whole = line.mean(log);
                let parts = line.moment(log, f64::NEG_INFINITY, cut)
                    + line.moment(log, cut, f64::INFINITY);
                // A steep line has a mean beyond all numbers.
                prop_assert!(whole == parts || (whole - parts).abs() <= 1e-12 * whole.abs().max(1.0));
            }
        }

        #[test]
        fn the_mean_is_the_integral_of_quantiles(line in line()) {
            let steps = 20_000;
            let sum: f64 = (0..steps)
                .map(|i| line.quantile((f64::from(i) + 0.5) / f64::from(steps)))
                .sum();
            prop_assert!((line.mean(false) - sum / f64::from(steps)).abs() < 1e-3);
        }
    }
}
