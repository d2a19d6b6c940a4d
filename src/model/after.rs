//! How likely an event is by the time since its trigger.
//!
//! In: a `once` row. Out: F for one setting of the random numbers, and what follows from it for a
//! trigger that came on a day of constant hazard.

use super::curve::{Normals, Value, YEAR};
use crate::resolve::assessment as a;

/// What stands for a certain chance between points.
const ALMOST: f64 = 0.999;

/// F as stated.
#[derive(Debug, Clone)]
pub struct AfterSpec {
    kind: Kind,
}

#[derive(Debug, Clone)]
enum Kind {
    Steps(Vec<(f64, Value)>),
    PerYear(Value),
    Times(Value),
}

/// F for one setting of the random numbers: pieces of constant hazard, in days since the trigger.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct After {
    /// Where each piece ends, its hazard, and whether all that is left happens at its end.
    pieces: Vec<(f64, f64, bool)>,
}

impl AfterSpec {
    /// F of a clause whose random number is at `slot`.
    pub fn new(after: &a::After, slot: usize) -> Self {
        let kind = match after {
            a::After::Steps(steps) => {
                let steps = steps.iter();
                Kind::Steps(
                    steps
                        .map(|s| (s.days, Value::new(&s.chance, slot)))
                        .collect(),
                )
            }
            a::After::PerYear(rate) => Kind::PerYear(Value::new(rate, slot)),
            a::After::Times(rate) => Kind::Times(Value::new(rate, slot)),
        };
        AfterSpec { kind }
    }

    /// Whether any of its numbers has a range.
    pub fn is_random(&self) -> bool {
        match &self.kind {
            Kind::Steps(steps) => steps.iter().any(|s| s.1.is_random()),
            Kind::PerYear(rate) | Kind::Times(rate) => rate.is_random(),
        }
    }

    /// F for one setting of the random numbers; drawn points are kept rising.
    pub fn at(&self, normals: Normals<'_>) -> After {
        let pieces = match &self.kind {
            Kind::PerYear(rate) => {
                let rate = rate.at(normals);
                vec![(f64::INFINITY, -libm::log1p(-rate) / YEAR, false)]
            }
            Kind::Times(rate) => vec![(f64::INFINITY, rate.at(normals) / YEAR, false)],
            Kind::Steps(steps) => {
                let (mut from, mut left) = (0.0, 1.0f64);
                let mut pieces = Vec::new();
                for (days, chance) in steps {
                    let stated = 1.0 - chance.at(normals);
                    let all = stated <= 0.0;
                    let to = if all {
                        (1.0 - ALMOST).min(left)
                    } else {
                        stated.min(left)
                    };
                    let hazard = if to > 0.0 {
                        (libm::log(left) - libm::log(to)) / (days - from)
                    } else {
                        0.0
                    };
                    pieces.push((*days, hazard, all));
                    if all {
                        break;
                    }
                    (from, left) = (*days, to);
                }
                pieces
            }
        };
        After { pieces }
    }
}

impl After {
    /// 1 − F(age).
    pub fn left(&self, age: f64) -> f64 {
        let (mut from, mut sum) = (0.0, 0.0);
        for &(to, hazard, all) in &self.pieces {
            if age < to {
                return libm::exp(-(sum + hazard * (age - from).max(0.0)));
            }
            if all {
                return 0.0;
            }
            sum += hazard * (to - from);
            from = to;
        }
        libm::exp(-sum)
    }

    /// A: of the cases in which the trigger came within `length` days, at the hazard `trigger`, the share in
    /// which the event has not happened `age` days after these began, its own hazard before the trigger being
    /// `own`: ∫ over u in 0…`length` of the trigger's density · e^{−own·u} · (1 − F(age − u)).
    pub fn survives(&self, age: f64, length: f64, trigger: f64, own: f64) -> f64 {
        if trigger.is_infinite() {
            return self.left(age);
        }
        if own.is_infinite() {
            return 0.0;
        }
        // Pieces of u, from 0 on: the age then falls from `age` to `age − length`.
        let mut cuts: Vec<f64> = vec![0.0, length];
        let inner = self.pieces.iter().map(|p| age - p.0);
        cuts.extend(inner.filter(|u| *u > 0.0 && *u < length));
        cuts.sort_unstable_by(f64::total_cmp);
        let rate = trigger + own;
        let mut sum = 0.0;
        for pair in cuts.windows(2) {
            let (u0, u1) = (pair[0], pair[1]);
            let width = u1 - u0;
            if width <= 0.0 {
                continue;
            }
            // Within a piece 1 − F is e to a straight line: its value at the middle, and its hazard there.
            let middle = age - (u0 + u1) / 2.0;
            let at = self.left(middle);
            let slope = rate - self.hazard(middle);
            let start = at * libm::exp(-self.hazard(middle) * width / 2.0) * libm::exp(-rate * u0);
            sum += start * grown(slope, width);
        }
        let all = if trigger > 0.0 {
            -libm::expm1(-trigger * length) / trigger
        } else {
            length
        };
        sum / all
    }

    fn hazard(&self, age: f64) -> f64 {
        let found = self.pieces.iter().find(|p| age < p.0);
        found.map_or(0.0, |p| p.1)
    }
}

/// ∫ over 0…`width` of e^{−k u} du.
fn grown(k: f64, width: f64) -> f64 {
    if k == 0.0 {
        return width;
    }
    -libm::expm1(-k * width) / k
}

#[cfg(test)]
mod tests {
    use super::{After, AfterSpec, Kind, Value};

    fn steps(list: &[(f64, f64)]) -> After {
        let steps = list.iter().map(|(d, c)| (*d, Value::fixed(*c)));
        AfterSpec {
            kind: Kind::Steps(steps.collect()),
        }
        .at(None)
    }

    #[test]
    fn what_is_left_is_as_stated_at_points_and_even_between() {
        let after = steps(&[(100.0, 0.5), (200.0, 0.8), (300.0, 1.0)]);
        assert_eq!(after.left(0.0), 1.0);
        assert!((after.left(100.0) - 0.5).abs() < 1e-15);
        assert!((after.left(50.0) - 0.5f64.sqrt()).abs() < 1e-15);
        assert!((after.left(200.0) - 0.2).abs() < 1e-15);
        assert!((after.left(300.0 - 1e-9) - 0.001).abs() < 1e-12);
        assert_eq!(after.left(300.0), 0.0);
        let flat = steps(&[(100.0, 0.5)]);
        assert!((flat.left(1e6) - 0.5).abs() < 1e-15);
    }

    #[test]
    fn the_integral_is_that_of_a_fine_sum() {
        let after = steps(&[(40.0, 0.3), (70.0, 0.3), (160.0, 1.0)]);
        for (age, length, trigger, own) in [
            (90.0, 90.0, 0.01, 0.002),
            (150.0, 90.0, 0.0005, 0.0),
            (200.0, 90.0, 0.02, 0.01),
            (400.0, 90.0, 0.02, 0.01),
        ] {
            let n = 200_000;
            let step = length / n as f64;
            let sum: f64 = (0..n)
                .map(|i| {
                    let u = (i as f64 + 0.5) * step;
                    let density =
                        trigger * libm::exp(-trigger * u) / -libm::expm1(-trigger * length);
                    density * libm::exp(-own * u) * after.left(age - u) * step
                })
                .sum();
            let found = after.survives(age, length, trigger, own);
            assert!((found - sum).abs() < 1e-6, "{age}: {found}, not {sum}");
        }
    }
}
