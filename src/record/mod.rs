//! How good forecasts turned out to be: scores, what they are compared with, and calibration.
//!
//! In: chances and what came true. Out: figures. Nothing here reads a file or a clock,
//! and every function is pure: the same numbers give the same figures on every
//! machine. `docs/method.md`, "The track record", gives each formula with its source.

pub mod answer;
pub mod bins;
pub mod case;
pub mod checks;
pub mod course;
pub mod credit;
pub mod gather;
pub mod logit;
pub mod numbers;
pub mod points;
pub mod quantity;
pub mod recalibrate;
pub mod rules;
pub mod sheet;
pub mod skill;
pub mod stream;
mod sums;
pub mod tally;
pub mod truth;
pub mod weights;
pub mod words;

/// Below so many cases no verdict on a habit is given: chance alone explains too much.
pub const FEW: u64 = 20;

/// The chance that the logarithmic score and log-odds take in place of a smaller one, unless
/// another is asked for.
pub const FLOOR: f64 = 1e-6;

/// The 97.5th percentile of the standard normal distribution: 95% intervals.
pub const Z975: f64 = 1.959_963_984_540_054;

/// A number with its interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate {
    /// The number.
    pub value: f64,
    /// Where its interval begins.
    pub low: f64,
    /// Where it ends.
    pub high: f64,
}
