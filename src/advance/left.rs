//! What is left of a cumulative chance once some time has passed without it.

use super::{NOISE, percent};
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
        (
            Law::LogitNormal { low, .. }
            | Law::LogNormal { low, .. }
            | Law::LogitSplit { low, .. }
            | Law::LogSplit { low, .. },
            End::Low,
        ) => low,
        (
            Law::LogitNormal { high, .. }
            | Law::LogNormal { high, .. }
            | Law::LogitSplit { high, .. }
            | Law::LogSplit { high, .. },
            End::High,
        ) => high,
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
        let passed = ENDS.map(|end| value(curve, now, end));
        // What the others have had is their middle.
        let others = come - passed[0];
        Left {
            row: 0,
            passed,
            whole: passed.map(|c| 1.0 - others - c),
            ranged: is_ranged(curve),
        }
    }

    /// Whether nothing of it has passed, so that every chance stays.
    pub(super) fn is_untouched(&self) -> bool {
        self.passed.iter().all(|c| *c < NOISE) && self.whole.iter().all(|w| *w > 1.0 - NOISE)
    }

    /// Whether it has come for certain, or what shares it has, so that nothing can be left.
    pub(super) fn is_used_up(&self) -> bool {
        self.whole[0] < SLACK
    }

    /// Whether it has come for certain by itself.
    pub(super) fn has_come(&self) -> bool {
        self.passed[0] > 1.0 - SLACK
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

    /// (c(t) − c(now)) / whole: the middle, and the ends of its range.
    pub(super) fn chance(&self, curve: &Curve, days: f64) -> [f64; 3] {
        let [point, low, high] = [0, 1, 2].map(|i| {
            let left = value(curve, days, ENDS[i]) - self.passed[i];
            match self.whole[i] > SLACK {
                true => (left / self.whole[i]).clamp(0.0, 1.0),
                false => 0.0,
            }
        });
        match self.ranged || is_ranged(curve) {
            true => [point, low.min(high).min(point), low.max(high).max(point)],
            false => [point; 3],
        }
    }
}

/// A share of what is left: its middle, and the ends of its range.
pub(super) fn scaled(number: &Number, whole: f64) -> [f64; 3] {
    ENDS.map(|end| at(number, end) / whole)
}

/// How a chance with its range is written.
pub(super) struct Written {
    pub(super) text: String,
    /// Whether its range, which would end at 0% or 100%, could not be written.
    pub(super) lost: bool,
}

/// A middle and the ends of a range, as they are written: the middle wherever it does not follow from the ends.
pub(super) fn written([point, low, high]: [f64; 3], digits: usize) -> Written {
    let [centre, from, to] = [point, low, high].map(|p| percent(p, digits));
    let alone = |lost| Written {
        text: centre.clone(),
        lost,
    };
    if from == to {
        return alone(false);
    }
    if low < NOISE || high > 1.0 - NOISE || from == "0%" || to == "100%" {
        return alone(true);
    }
    let logit = |p: f64| libm::log(p / (1.0 - p));
    let middle = 1.0 / (1.0 + libm::exp(-(logit(low) + logit(high)) / 2.0));
    let slack = libm::pow(10.0, 1.0 - digits as f64) * point.min(1.0 - point);
    let follows = (middle - point).abs() <= slack || centre == from || centre == to;
    Written {
        text: match follows {
            true => format!("{from} to {to}"),
            false => format!("{centre} ({from} to {to})"),
        },
        lost: false,
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
