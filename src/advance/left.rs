//! What is left of a cumulative chance once some time has passed without it.

use super::percent;
use crate::resolve::assessment::{Assessment, Curve, DriverId, Law, Number, Prop, Row, What};
use crate::resolve::curves::{cumulative, per_year, times};
use std::collections::BTreeMap;

/// Which end of a range is followed; one random number moves a whole curve.
#[derive(Debug, Clone, Copy, PartialEq)]
enum End {
    Point,
    Low,
    High,
}

/// What has passed: by the row in force now, and of all that would have ended it.
pub(super) struct Left {
    /// The row in force at the later day.
    pub(super) row: usize,
    /// c(now) of that row, by its point, its lower and its upper end.
    passed: [f64; 3],
    /// What is left of the whole: 1 − c(now), of a group 1 − Σ c(now).
    whole: [f64; 3],
    ranged: bool,
}

fn at(number: &Number, end: End) -> f64 {
    match (number.law, end) {
        (Law::LogitNormal { low, .. } | Law::LogNormal { low, .. }, End::Low) => low,
        (Law::LogitNormal { high, .. } | Law::LogNormal { high, .. }, End::High) => high,
        _ => number.point,
    }
}

fn value(curve: &Curve, days: f64, end: End) -> f64 {
    match curve {
        Curve::Points(points) => {
            let points: Vec<(f64, f64)> = points
                .iter()
                .map(|p| (p.days, at(&p.chance, end)))
                .collect();
            cumulative(&points, days)
        }
        Curve::PerYear(rate) => per_year(at(rate, end), days),
        Curve::Times(rate) => times(at(rate, end), days),
    }
}

fn is_ranged(curve: &Curve) -> bool {
    match curve {
        Curve::Points(points) => points.iter().any(|p| p.chance.law != Law::Fixed),
        Curve::PerYear(rate) | Curve::Times(rate) => rate.law != Law::Fixed,
    }
}

/// Curves that meet differ by rounding.
const SLACK: f64 = 1e-12;

const ENDS: [End; 3] = [End::Point, End::Low, End::High];

impl Left {
    /// Of an event that has not happened, nothing else having happened but what is told.
    pub(super) fn of_event(
        a: &Assessment,
        event: DriverId,
        now: f64,
        happened: &BTreeMap<DriverId, bool>,
    ) -> Option<Left> {
        let (row, curve) = in_force(a, event, happened)?;
        let passed = ENDS.map(|end| value(curve, now, end));
        let mut whole = passed.map(|c| 1.0 - c);
        let groups = a.exclusives.iter().filter(|g| g.members.contains(&event));
        for other in groups.flat_map(|g| &g.members).filter(|m| **m != event) {
            if let Some((_, curve)) = in_force(a, *other, happened) {
                // Each has a random number of its own: the middle stands for the others.
                let c = value(curve, now, End::Point);
                whole = whole.map(|w| w - c);
            }
        }
        Some(Left {
            row,
            passed,
            whole,
            ranged: is_ranged(curve),
        })
    }

    /// Of a final outcome, of all of which so much has come.
    pub(super) fn shared(now: f64, come: f64, curve: &Curve) -> Left {
        Left {
            row: 0,
            passed: ENDS.map(|end| value(curve, now, end)),
            whole: [1.0 - come; 3],
            ranged: is_ranged(curve),
        }
    }

    /// Whether a curve lies below what has passed at some time, so that nothing is left of it.
    pub(super) fn is_below(&self, curve: &Curve, days: f64) -> bool {
        let each = ENDS.iter().zip(self.passed);
        each.map(|(end, passed)| value(curve, days, *end) - passed)
            .any(|left| left < -SLACK)
    }

    /// What has passed by the row in force, by its point.
    pub(super) fn passed(&self) -> f64 {
        self.passed[0]
    }

    /// (c(t) − c(now)) / whole, as it is written.
    pub(super) fn chance(&self, curve: &Curve, days: f64, digits: usize) -> String {
        let [point, low, high] = [0, 1, 2].map(|i| {
            let left = value(curve, days, ENDS[i]) - self.passed[i];
            match self.whole[i] > 0.0 {
                true => (left / self.whole[i]).clamp(0.0, 1.0),
                false => 0.0,
            }
        });
        let ranged = self.ranged || is_ranged(curve);
        let (low, high) = (low.min(high), low.max(high));
        let (from, to) = (percent(low, digits), percent(high, digits));
        match ranged && from != to {
            true => format!("{from} to {to}"),
            false => percent(point, digits),
        }
    }
}

/// A share of what is left, as it is written.
pub(super) fn scaled(number: &Number, whole: f64, digits: usize) -> String {
    let [point, low, high] = ENDS.map(|end| at(number, end) / whole);
    let (from, to) = (percent(low, digits), percent(high, digits));
    match number.law != Law::Fixed && from != to {
        true => format!("{from} to {to}"),
        false => percent(point, digits),
    }
}

/// The row of an event that is in force now: what may pass does not hold.
fn in_force<'a>(
    a: &'a Assessment,
    event: DriverId,
    happened: &BTreeMap<DriverId, bool>,
) -> Option<(usize, &'a Curve)> {
    let What::Event(rows) = &a.drivers[event].what else {
        return None;
    };
    let holds = |row: &Row<Curve>| {
        let given = row.given.as_ref();
        given.is_none_or(|given| holds(a, given, happened))
    };
    let found = rows.iter().position(holds)?;
    Some((found, &rows[found].clause.values))
}

fn holds(a: &Assessment, prop: &Prop, happened: &BTreeMap<DriverId, bool>) -> bool {
    match prop {
        Prop::Is(driver) => match &a.drivers[*driver].what {
            What::Event(_) => happened.get(driver) == Some(&true),
            What::Change { when, .. } => holds(a, when, happened),
            What::Factor(rows) => rows.is_empty(),
            What::Assumption(_) => true,
        },
        // No outcome is so before the first horizon ends.
        Prop::Outcome(_) | Prop::Reaches(..) => false,
        Prop::Not(inner) => !holds(a, inner, happened),
        Prop::All(list) => list.iter().all(|p| holds(a, p, happened)),
        Prop::Any(list) => list.iter().any(|p| holds(a, p, happened)),
        Prop::AtLeast(n, list) => {
            list.iter().filter(|p| holds(a, p, happened)).count() >= *n as usize
        }
    }
}
