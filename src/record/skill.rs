//! Skill: how much better than a reference.
//!
//! In: for groups of cases that stand or fall together (all of one question) the sums of the score
//! and of the reference's. Out: 1 − score/reference with a paired bootstrap interval. Draws come from
//! a counter-based generator with a stated seed.

use super::Estimate;
use chacha20::ChaCha8Rng;
use chacha20::rand_core::{Rng, SeedableRng};

/// How many samples the bootstrap draws.
pub const DRAWS: usize = 1_000;

/// The seed of every bootstrap, which outputs print.
pub const SEED: u64 = 1;

/// What one group's cases cost.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Cost {
    /// Their scores, summed.
    pub score: f64,
    /// The reference's scores of the same cases, summed.
    pub reference: f64,
}

/// 1 − Σ score / Σ reference: 1 is perfect, 0 as good as the reference, below 0 worse. None where
/// the reference costs nothing, so that nothing can be better.
pub fn skill(costs: &[Cost]) -> Option<f64> {
    ratio(costs.iter())
}

fn ratio<'a>(costs: impl Iterator<Item = &'a Cost>) -> Option<f64> {
    let (mut score, mut reference) = (0.0, 0.0);
    for cost in costs {
        score += cost.score;
        reference += cost.reference;
    }
    (reference > 0.0).then(|| 1.0 - score / reference)
}

/// Skill with its 95% interval: the 2.5th and 97.5th percentile over [`DRAWS`] samples of as many
/// groups, drawn with replacement, score and reference together (Efron 1979; paired, as in Hamill
/// 1999). With a single group there is nothing to draw from, and the interval is the value.
pub fn with_interval(costs: &[Cost], seed: u64) -> Option<Estimate> {
    let value = skill(costs)?;
    let n = costs.len() as u64;
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let mut drawn: Vec<f64> = Vec::with_capacity(DRAWS);
    for _ in 0..DRAWS {
        let sample = (0..n).map(|_| &costs[below(&mut random, n) as usize]);
        drawn.extend(ratio(sample));
    }
    drawn.sort_by(f64::total_cmp);
    Some(Estimate {
        value,
        low: percentile(&drawn, 0.025),
        high: percentile(&drawn, 0.975),
    })
}

/// A number below `n`, by the upper half of a product (Lemire 2019, without rejection: the bias is
/// below n/2⁶⁴).
fn below(random: &mut ChaCha8Rng, n: u64) -> u64 {
    ((u128::from(random.next_u64()) * u128::from(n)) >> 64) as u64
}

/// A percentile of sorted numbers, straight between neighbours (type 7 of Hyndman and Fan 1996).
pub fn percentile(sorted: &[f64], share: f64) -> f64 {
    let Some(last) = sorted.len().checked_sub(1) else {
        return f64::NAN;
    };
    let at = share * last as f64;
    let low = libm::floor(at) as usize;
    let high = (low + 1).min(last);
    sorted[low] + (at - low as f64) * (sorted[high] - sorted[low])
}
