//! Scoring rules for chances: what a forecast costs, once it is known what came true.
//!
//! `p` are the chances of all outcomes of a question, `truth` how far each came true: 0 or 1, or
//! shares of 1. Of two lists of unequal length the common part counts; an empty list costs 0.

/// A value with whether a chance met the floor.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Logged {
    /// The score.
    pub score: f64,
    /// Whether a smaller chance than the floor was replaced.
    pub(crate) floored: bool,
}

/// The Brier score of a yes or no, (p − y)²: 0 is best, 1 worst, 0.25 what 50% costs.
/// Brier 1950, halved as is usual for two outcomes.
pub fn brier_of_one(p: f64, truth: f64) -> f64 {
    (p - truth) * (p - truth)
}

/// The Brier score over all outcomes, Σ (p_o − y_o)²: 0 is best, 2 worst. Brier 1950.
pub fn brier(p: &[f64], truth: &[f64]) -> f64 {
    let pairs = p.iter().zip(truth);
    pairs.map(|(&p, &y)| brier_of_one(p, y)).sum()
}

/// The logarithmic score, −Σ y_o ln p_o in nats, with p_o at least `floor`: 0 is best, −ln `floor`
/// worst. Good 1952. An outcome that did not come true at all costs nothing, whatever its chance.
pub fn log(p: &[f64], truth: &[f64], floor: f64) -> Logged {
    let mut logged = Logged {
        score: 0.0,
        floored: false,
    };
    for (&p, &y) in p.iter().zip(truth) {
        if y > 0.0 {
            logged.floored |= p < floor;
            logged.score -= y * libm::log(p.max(floor));
        }
    }
    // A chance that rounding left above 1.
    logged.score = logged.score.max(0.0);
    logged
}

/// The logarithmic score of a yes or no.
pub fn log_of_one(p: f64, truth: f64, floor: f64) -> Logged {
    log(&[p, 1.0 - p], &[truth, 1.0 - truth], floor)
}

/// The ranked probability score of ordered outcomes, Σ_{k<K} (P_k − Y_k)² over cumulative sums:
/// 0 is best, K − 1 worst. Epstein 1969, Murphy 1971.
pub fn ranked(p: &[f64], truth: &[f64]) -> f64 {
    let steps = p.len().min(truth.len()).saturating_sub(1);
    let (mut below, mut sum) = (0.0, 0.0);
    for (&p, &y) in p.iter().zip(truth).take(steps) {
        below += p - y;
        sum += below * below;
    }
    sum
}

/// The same divided by K − 1, so that 1 is worst; 0 for fewer than two outcomes.
pub fn ranked_per_step(p: &[f64], truth: &[f64]) -> f64 {
    let steps = p.len().min(truth.len()).saturating_sub(1);
    match steps {
        0 => 0.0,
        n => ranked(p, truth) / n as f64,
    }
}

/// The spherical score, Σ y_o p_o / √Σ p_o²: 1 is best, 0 worst; larger is better, unlike the
/// others. Roby 1965. 0 where every chance is 0.
pub fn spherical(p: &[f64], truth: &[f64]) -> f64 {
    let hit: f64 = p.iter().zip(truth).map(|(p, y)| p * y).sum();
    let norm: f64 = p.iter().map(|p| p * p).sum();
    match norm > 0.0 {
        true => hit / libm::sqrt(norm),
        false => 0.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const P: [f64; 3] = [0.2, 0.5, 0.3];

    fn near(a: f64, b: f64) {
        assert!((a - b).abs() < 1e-12, "{a} is not {b}");
    }

    #[test]
    fn by_hand() {
        let y = [0.0, 1.0, 0.0];
        near(brier(&P, &y), 0.04 + 0.25 + 0.09);
        near(log(&P, &y, 1e-6).score, f64::ln(2.0));
        near(ranked(&P, &y), 0.04 + 0.09);
        near(ranked_per_step(&P, &y), 0.065);
        near(spherical(&P, &y), 0.5 / f64::sqrt(0.38));
        near(brier_of_one(0.7, 1.0), 0.09);
        near(log_of_one(0.7, 0.0, 1e-6).score, -f64::ln(0.3));
    }

    #[test]
    fn shares_of_the_truth_weigh_each_outcome() {
        let y = [0.7, 0.3, 0.0];
        near(
            log(&P, &y, 1e-6).score,
            -0.7 * f64::ln(0.2) - 0.3 * f64::ln(0.5),
        );
        near(brier(&P, &y), 0.25 + 0.04 + 0.09);
    }

    #[test]
    fn what_came_true_against_all_odds_costs_the_floor() {
        let logged = log(&[0.0, 1.0], &[1.0, 0.0], 0.001);
        near(logged.score, -f64::ln(0.001));
        assert!(logged.floored);
        assert!(
            !log(&[0.0, 1.0], &[0.0, 1.0], 0.001).floored,
            "it did not come"
        );
        assert_eq!(ranked_per_step(&[1.0], &[1.0]), 0.0);
        assert_eq!(spherical(&[0.0, 0.0], &[1.0, 0.0]), 0.0);
        assert_eq!(brier(&[], &[]), 0.0);
    }
}
