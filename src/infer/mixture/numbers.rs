//! What a verdict says of numbers: statistics of mixtures and of outcomes with values, and when what lasts
//! comes.
//!
//! In: a mixture; probabilities; a cumulative curve at the horizons' ends. Out: plain numbers.

use crate::infer::mixture::{Mixture, Valued};
use crate::resolve::assessment::{Assessment, QuestionId, Statistic, Test};

/// A statistic of a mixture.
pub fn of_mixture(mixture: &Mixture, statistic: Statistic) -> f64 {
    of(
        statistic,
        || mixture.mean(),
        |share| mixture.quantile(share),
    )
}

/// A statistic of outcomes with values.
pub fn of_values(valued: &Valued, statistic: Statistic) -> f64 {
    of(statistic, || valued.mean(), |share| valued.quantile(share))
}

fn of(statistic: Statistic, mean: impl Fn() -> f64, quantile: impl Fn(f64) -> f64) -> f64 {
    match statistic {
        Statistic::Mean => mean(),
        Statistic::Median => quantile(0.5),
        Statistic::Percentile(n) => quantile(f64::from(n) / 100.0),
    }
}

/// The values of a question's outcomes with their probabilities, in the file's order of its own; none
/// where they have no values, or what is given cannot hold.
pub fn valued(
    assessment: &Assessment,
    question: QuestionId,
    probabilities: &[f64],
) -> Option<Valued> {
    let ids = assessment.questions[question].ids();
    let each = ids.zip(probabilities);
    let parts = each.map(|(o, p)| Some((assessment.outcomes[o].value?, *p)));
    let parts: Vec<(f64, f64)> = parts.collect::<Option<_>>()?;
    (!parts.is_empty() && parts.iter().all(|p| !p.1.is_nan())).then(|| Valued::new(parts))
}

/// Whether a number lies where an expectation wants it.
pub fn lies(test: &Test, x: f64) -> bool {
    match test {
        Test::Number { low, high, strict } => {
            // As far as doubles may miss what they stand for.
            let slack = 1e-12 * low.abs().min(high.abs()).max(1e-9);
            match strict {
                true => *low < x && x < *high,
                false => *low - slack <= x && x <= *high + slack,
            }
        }
        _ => false,
    }
}

/// In how many days a cumulative curve reaches a share, with constant hazard between the stated ends;
/// none where it does not. `curve` are days and chances, both rising.
pub fn reaches(curve: &[(f64, f64)], share: f64) -> Option<f64> {
    /// What stands for 100%, which no finite hazard reaches.
    const ALMOST: f64 = 0.999;
    let (first, from) = *curve.first()?;
    if from >= share {
        return Some(first);
    }
    curve.windows(2).find_map(|pair| {
        let ((start, before), (end, after)) = (pair[0], pair[1]);
        if after < share || after <= before {
            return None;
        }
        let after = after.min(ALMOST.max(share));
        let part =
            libm::log((1.0 - share) / (1.0 - before)) / libm::log((1.0 - after) / (1.0 - before));
        let part = if part.is_nan() {
            1.0
        } else {
            part.clamp(0.0, 1.0)
        };
        Some(start + part * (end - start))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_constant_hazard_reaches_its_shares() {
        let curve: Vec<(f64, f64)> = (0..5)
            .map(|i| (100.0 * f64::from(i), 1.0 - libm::exp(-0.5 * f64::from(i))))
            .collect();
        for share in [0.05, 0.3, 0.5, 0.8] {
            let days = reaches(&curve, share).expect("it comes");
            assert!((days / 100.0 + 2.0 * libm::log(1.0 - share)).abs() < 1e-12);
        }
        assert_eq!(reaches(&curve, 0.95), None);
        assert_eq!(reaches(&[(0.0, 0.6), (10.0, 0.7)], 0.5), Some(0.0));
        assert_eq!(reaches(&[(0.0, 0.0), (10.0, 1.0)], 0.999), Some(10.0));
    }
}
