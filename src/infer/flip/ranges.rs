//! The ranges that clauses state: within which of its values a number was expected.
//!
//! In: stated numbers. Out: by horizon the ends of a range, in the number's own unit. A horizon that a
//! curve is interpolated to has the range of the point that comes next, turned as far.

use super::parameter::{logit, turned};
use crate::resolve::assessment::{Curve, CurvePoint, Law, Number};
use crate::resolve::table::Id;

/// The ends of a stated range; none where one number is stated.
pub(super) fn of(number: &Number) -> Option<(f64, f64)> {
    match number.law {
        Law::Fixed => None,
        Law::LogitNormal { low, high }
        | Law::LogNormal { low, high }
        | Law::Normal { low, high }
        | Law::LogitSplit { low, high }
        | Law::LogSplit { low, high }
        | Law::Split { low, high } => Some((low, high)),
    }
}

/// Those of an event's or a final outcome's chances, `today`.
pub(super) fn of_curve(curve: &Curve, today: &[f64]) -> Vec<Option<(f64, f64)>> {
    let points = match curve {
        Curve::Points(points) => points,
        Curve::PerYear(rate) | Curve::Times(rate) => return vec![of(rate); today.len()],
    };
    let stated_at = |h: usize| {
        points
            .iter()
            .position(|p| p.horizon.is_some_and(|id| id.index() == h))
    };
    // A point between two horizons belongs to the second.
    let next = |h: usize| (h..today.len()).find_map(stated_at);
    let at = |h: usize| {
        if let Some(stated) = stated_at(h) {
            return of(&points[stated].chance);
        }
        let near: &CurvePoint = points.get(next(h)?)?;
        let (low, high) = of(&near.chance)?;
        let from = logit(near.chance.point);
        let turn = |end: f64| turned(today[h], logit(end) - from);
        Some((turn(low), turn(high)))
    };
    (0..today.len()).map(at).collect()
}
