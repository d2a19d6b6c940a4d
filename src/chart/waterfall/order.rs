//! An order of contributions in which no running sum leaves 0–100%.
//!
//! In: where they begin, and the contributions, the largest first. Out: the same in another order; none
//! where this finds none, as with two that each are larger than the whole scale allows.

use super::Step;

/// By as much a sum may miss an end, in percentage points: contributions are sums themselves.
const ROUNDING: f64 = 1e-6;

/// The largest first as long as its sum stays within; what would leave waits for others.
pub(super) fn within(prior: f64, steps: &[Step]) -> Option<Vec<Step>> {
    let mut left: Vec<&Step> = steps.iter().collect();
    let mut found = Vec::with_capacity(steps.len());
    let mut at = prior;
    while !left.is_empty() {
        let stays = |step: &&Step| {
            let to = at + step.points;
            (-ROUNDING..=100.0 + ROUNDING).contains(&to)
        };
        let next = left.remove(left.iter().position(stays)?);
        at += next.points;
        found.push(next.clone());
    }
    Some(found)
}

#[cfg(test)]
mod tests {
    use super::{Step, within};

    fn order(prior: f64, points: &[f64]) -> Option<Vec<f64>> {
        let steps = points.iter().map(|&points| Step {
            title: String::new(),
            points,
        });
        let steps: Vec<Step> = steps.collect();
        Some(within(prior, &steps)?.iter().map(|s| s.points).collect())
    }

    #[test]
    fn what_would_leave_waits() {
        assert_eq!(order(20.0, &[50.0, -10.0]), Some(vec![50.0, -10.0]));
        assert_eq!(order(80.0, &[70.0, -60.0]), Some(vec![-60.0, 70.0]));
        assert_eq!(
            order(50.0, &[60.0, -40.0, -30.0]),
            Some(vec![-40.0, 60.0, -30.0])
        );
        assert_eq!(order(50.0, &[50.000_000_1]), Some(vec![50.000_000_1]));
        assert_eq!(order(50.0, &[80.0, -80.0]), None);
    }
}
