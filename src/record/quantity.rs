//! Scoring rules for numbers that are stated with a range.
//!
//! In: a distribution or a 90% interval, and what the number came to. Out: what it costs, in the
//! number's own unit; 0 is best.

/// The standard normal distribution: its density and its cumulative share.
fn normal(z: f64) -> (f64, f64) {
    let density = libm::exp(-0.5 * z * z) / libm::sqrt(2.0 * std::f64::consts::PI);
    (density, 0.5 * libm::erfc(-z / std::f64::consts::SQRT_2))
}

/// The continuous ranked probability score of a normal distribution,
/// σ (z (2Φ(z) − 1) + 2φ(z) − 1/√π) with z = (x − μ)/σ. Gneiting and Raftery 2007. With a `sd` of 0
/// it is the distance; not a number for a negative one.
pub fn crps_normal(x: f64, mean: f64, sd: f64) -> f64 {
    if sd == 0.0 {
        return (x - mean).abs();
    }
    let z = (x - mean) / sd;
    let (density, below) = normal(z);
    let root = libm::sqrt(std::f64::consts::PI);
    match sd > 0.0 {
        true => sd * (z * (2.0 * below - 1.0) + 2.0 * density - 1.0 / root),
        false => f64::NAN,
    }
}

/// The same of a log-normal distribution, `mean` and `sd` those of the logarithm. Baran and Lerch
/// 2015. Not a number where `x` or `sd` is not above 0.
pub fn crps_lognormal(x: f64, mean: f64, sd: f64) -> f64 {
    if x.is_nan() || x <= 0.0 || sd.is_nan() || sd <= 0.0 {
        return f64::NAN;
    }
    let z = (libm::log(x) - mean) / sd;
    let (_, below) = normal(z);
    let (_, shifted) = normal(z - sd);
    let (_, own) = normal(sd / std::f64::consts::SQRT_2);
    let middle = libm::exp(mean + 0.5 * sd * sd);
    x * (2.0 * below - 1.0) - 2.0 * middle * (shifted + own - 1.0)
}

/// The pinball loss of one stated quantile at `level`: `(1[x < q] − level)(q − x)`. Koenker and
/// Bassett 1978.
pub fn pinball(x: f64, quantile: f64, level: f64) -> f64 {
    match x < quantile {
        true => (1.0 - level) * (quantile - x),
        false => level * (x - quantile),
    }
}

/// The continuous ranked probability score as far as some quantiles tell it: twice the mean pinball
/// loss; 0 without any. Laio and Tamea 2007.
pub fn crps_quantiles(x: f64, quantiles: &[(f64, f64)]) -> f64 {
    if quantiles.is_empty() {
        return 0.0;
    }
    let loss = quantiles.iter().map(|&(level, q)| pinball(x, q, level));
    2.0 * loss.sum::<f64>() / quantiles.len() as f64
}

/// The interval score of a central interval with the share `outside` beyond it:
/// its width, and 2/`outside` times the distance to what lies beyond. Winkler 1972.
pub fn interval(x: f64, low: f64, high: f64, outside: f64) -> f64 {
    let beyond = (low - x).max(0.0) + (x - high).max(0.0);
    high - low + 2.0 / outside * beyond
}

#[cfg(test)]
mod tests {
    use super::*;

    /// ∫ (F(t) − 1[t ≥ x])² dt by a plain sum.
    fn by_sum(x: f64, from: f64, to: f64, below: impl Fn(f64) -> f64) -> f64 {
        let steps = 400_000;
        let width = (to - from) / f64::from(steps);
        let mut sum = 0.0;
        for i in 0..steps {
            let t = from + (f64::from(i) + 0.5) * width;
            let step = if t >= x { 1.0 } else { 0.0 };
            sum += (below(t) - step) * (below(t) - step) * width;
        }
        sum
    }

    #[test]
    fn closed_forms_are_the_integral() {
        let sum = by_sum(1.3, -8.0, 12.0, |t| normal((t - 2.0) / 0.8).1);
        assert!((crps_normal(1.3, 2.0, 0.8) - sum).abs() < 1e-4);
        let sum = by_sum(1.3, 1e-9, 60.0, |t| normal((t.ln() - 0.5) / 0.4).1);
        assert!((crps_lognormal(1.3, 0.5, 0.4) - sum).abs() < 1e-3);
        assert_eq!(crps_normal(3.0, 1.0, 0.0), 2.0);
        assert!(crps_normal(0.0, 0.0, -1.0).is_nan());
        assert!(crps_lognormal(0.0, 0.0, 1.0).is_nan());
    }

    #[test]
    fn intervals_and_quantiles_by_hand() {
        assert_eq!(interval(5.0, 4.0, 6.0, 0.1), 2.0);
        assert!((interval(7.0, 4.0, 6.0, 0.1) - 22.0).abs() < 1e-12);
        assert_eq!(pinball(5.0, 4.0, 0.25), 0.25);
        assert_eq!(crps_quantiles(5.0, &[(0.25, 4.0), (0.75, 6.0)]), 0.5);
        assert_eq!(crps_quantiles(5.0, &[]), 0.0);
    }
}
