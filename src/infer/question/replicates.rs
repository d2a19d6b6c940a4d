//! How sure a mean is, by how far replicates of it differ.
//!
//! In: the mean that each replicate shows. Out: the variance of their mean, and the least error that is stated.

/// Lattices that are followed beside each other: of fewer the standard error would itself be too uncertain.
pub(crate) const REPLICATES: usize = 32;

/// The variance of the mean of some replicates, by how far they differ: that of Student's t, since it is itself an estimate.
pub(crate) fn of_mean(replicates: impl Iterator<Item = f64>) -> f64 {
    let all: Vec<f64> = replicates.collect();
    let count = all.len() as f64;
    let mean = all.iter().sum::<f64>() / count;
    let squares = all.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>();
    squares / (count * (count - 3.0))
}

/// The least error of a mean that is not the same in all histories, of so large a deviation: that of replicates each of which is
/// off by a step of a grid in one dimension. Replicates that agree by chance tell of none.
pub(crate) fn least(deviation: f64, samples: f64) -> f64 {
    match samples > 0.0 {
        true => deviation * (REPLICATES as f64).sqrt() / samples,
        false => 0.0,
    }
}
