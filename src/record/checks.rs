//! Figures of calibration and discrimination that need no bins.
//!
//! In: points in order of the chance. Out: Spiegelhalter's z, and the area under the curve.

use super::points::{Point, whole};

/// Spiegelhalter's z (1986): Σ (y − p)(1 − 2p) over its standard deviation, were every chance right.
/// Beyond ±1.96 the chances are not calibrated, at 5%. Above 0 the Brier score is worse than it
/// would be. None where every chance is 0%, 50% or 100%, since it says nothing of those.
pub fn spiegelhalter(points: &[Point]) -> Option<f64> {
    let (mut sum, mut variance) = (0.0, 0.0);
    for point in points {
        let tilt = 1.0 - 2.0 * point.p;
        sum += (point.true_count - point.count * point.p) * tilt;
        variance += point.count * tilt * tilt * point.p * (1.0 - point.p);
    }
    (variance > 0.0).then(|| sum / libm::sqrt(variance))
}

/// The chance that something that came true had been given more than something that did not, ties
/// counted half: the area under the receiver operating characteristic. 0.5 is what guessing gives.
/// Hanley and McNeil 1982. None where everything came true, or nothing.
pub fn area(points: &[Point]) -> Option<f64> {
    let all = whole(points);
    let (yes, no) = (all.true_count, all.count - all.true_count);
    let (mut below, mut sum) = (0.0, 0.0);
    for point in points {
        let own = point.count - point.true_count;
        sum += point.true_count * (below + 0.5 * own);
        below += own;
    }
    (yes > 0.0 && no > 0.0).then(|| sum / (yes * no))
}
