//! Numbers and cumulative curves as they were stated, ready to be drawn.
//!
//! In: the assessment's numbers and clauses. Out: a [`Value`] or a [`CurveSpec`], which give plain
//! numbers at the horizons' ends for one setting of the random numbers. Days come in from `as of`.

use crate::numeric::normal::Z95;
use crate::resolve::assessment::{Curve, Law, Number};

/// Days in a year, for rates.
pub const YEAR: f64 = 365.25;

/// What the interpolation towards a stated 100% uses in its place.
const ALMOST: f64 = 0.999;

/// The random numbers of one draw by slot, or none for the point values.
pub type Normals<'a> = Option<&'a [f64]>;

/// One number and how it is drawn.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Value {
    point: f64,
    law: Drawn,
    slot: usize,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Drawn {
    Fixed,
    Logit { mean: f64, sd: f64 },
    Log { mean: f64, sd: f64 },
    Plain { mean: f64, sd: f64 },
    LogitHalves(Halves),
    LogHalves(Halves),
    PlainHalves(Halves),
}

/// Two half-normals that meet at the median.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Halves {
    median: f64,
    below: f64,
    above: f64,
}

impl Halves {
    /// Between a 5th and a 95th percentile.
    fn new(median: f64, low: f64, high: f64) -> Self {
        Halves {
            median,
            below: (median - low) / Z95,
            above: (high - median) / Z95,
        }
    }

    fn at(self, z: f64) -> f64 {
        let sd = if z < 0.0 { self.below } else { self.above };
        self.median + sd * z
    }
}

fn logit(p: f64) -> f64 {
    libm::log(p / (1.0 - p))
}

fn share(logit: f64) -> f64 {
    1.0 / (1.0 + libm::exp(-logit))
}

impl Value {
    /// The number of a clause whose random number is at `slot`.
    pub fn new(number: &Number, slot: usize) -> Self {
        let spread = |low: f64, high: f64| ((low + high) / 2.0, (high - low) / (2.0 * Z95));
        let law = match number.law {
            Law::Fixed => Drawn::Fixed,
            Law::LogitNormal { low, high } => {
                let (mean, sd) = spread(logit(low), logit(high));
                Drawn::Logit { mean, sd }
            }
            Law::LogNormal { low, high } => {
                let (mean, sd) = spread(libm::log(low), libm::log(high));
                Drawn::Log { mean, sd }
            }
            Law::Normal { low, high } => {
                let (mean, sd) = spread(low, high);
                Drawn::Plain { mean, sd }
            }
            Law::LogitSplit { low, high } => {
                Drawn::LogitHalves(Halves::new(logit(number.point), logit(low), logit(high)))
            }
            Law::LogSplit { low, high } => Drawn::LogHalves(Halves::new(
                libm::log(number.point),
                libm::log(low),
                libm::log(high),
            )),
            Law::Split { low, high } => Drawn::PlainHalves(Halves::new(number.point, low, high)),
        };
        Value {
            point: number.point,
            law,
            slot,
        }
    }

    /// A number without a range.
    pub fn fixed(point: f64) -> Self {
        Value {
            point,
            law: Drawn::Fixed,
            slot: 0,
        }
    }

    /// Whether it has a range.
    pub fn is_random(&self) -> bool {
        self.law != Drawn::Fixed
    }

    /// Its random number's slot and how much it rises with that, if it rises evenly.
    pub(super) fn slope(&self) -> Option<(usize, f64)> {
        match self.law {
            Drawn::Fixed => Some((self.slot, 0.0)),
            Drawn::Plain { sd, .. } => Some((self.slot, sd)),
            _ => None,
        }
    }

    /// The number for several settings of the random numbers, if it rises evenly with its own.
    pub(crate) fn wide<const N: usize>(&self, normals: &[[f64; N]]) -> Option<[f64; N]> {
        match self.law {
            Drawn::Fixed => Some([self.point; N]),
            Drawn::Plain { mean, sd } => Some(normals[self.slot].map(|z| mean + sd * z)),
            _ => None,
        }
    }

    /// The number for one setting of the random numbers.
    pub fn at(&self, normals: Normals<'_>) -> f64 {
        let Some(normals) = normals else {
            return self.point;
        };
        match self.law {
            Drawn::Fixed => self.point,
            Drawn::Logit { mean, sd } => share(mean + sd * normals[self.slot]),
            Drawn::Log { mean, sd } => libm::exp(mean + sd * normals[self.slot]),
            Drawn::Plain { mean, sd } => mean + sd * normals[self.slot],
            Drawn::LogitHalves(halves) => share(halves.at(normals[self.slot])),
            Drawn::LogHalves(halves) => libm::exp(halves.at(normals[self.slot])),
            Drawn::PlainHalves(halves) => halves.at(normals[self.slot]),
        }
    }
}

/// A cumulative curve and where the horizons' ends fall on it.
#[derive(Debug, Clone)]
pub struct CurveSpec {
    kind: Kind,
    /// Nothing is drawn at time 0.
    late: bool,
}

#[derive(Debug, Clone)]
enum Kind {
    Points {
        values: Vec<Value>,
        /// For times 0 … H.
        places: Vec<Place>,
    },
    PerYear(Value, Vec<f64>),
    Times(Value, Vec<f64>),
}

/// Where a time falls among the stated points.
#[derive(Debug, Clone, Copy)]
enum Place {
    /// Before the first, at time 0.
    Zero,
    /// At a point, or after the last.
    At(usize),
    /// Between two points; none is time 0. The share of the way.
    Between(Option<usize>, usize, f64),
}

impl CurveSpec {
    /// The curve of a clause whose random number is at `slot`, at `days` 0 = t_0 < … < t_H.
    pub fn new(curve: &Curve, slot: usize, days: &[f64]) -> Self {
        let years = || days.iter().map(|d| d / YEAR).collect();
        let kind = match curve {
            Curve::PerYear(rate) => Kind::PerYear(Value::new(rate, slot), years()),
            Curve::Times(rate) => Kind::Times(Value::new(rate, slot), years()),
            Curve::Points(points) => {
                let place = |t: f64| {
                    let after = points.partition_point(|p| p.days <= t);
                    match (after.checked_sub(1), points.get(after)) {
                        (Some(i), _) if points[i].days == t => Place::At(i),
                        (Some(i), None) => Place::At(i),
                        (None, None) => Place::Zero,
                        (None, Some(_)) if t <= 0.0 => Place::Zero,
                        (before, Some(next)) => {
                            let start = before.map_or(0.0, |i| points[i].days);
                            Place::Between(before, after, (t - start) / (next.days - start))
                        }
                    }
                };
                Kind::Points {
                    values: points.iter().map(|p| Value::new(&p.chance, slot)).collect(),
                    places: days.iter().map(|&t| place(t)).collect(),
                }
            }
        };
        CurveSpec { kind, late: false }
    }

    /// The same, but 0 at time 0.
    pub(super) fn late(mut self) -> Self {
        self.late = true;
        self
    }

    /// Whether any of its numbers has a range.
    pub fn is_random(&self) -> bool {
        match &self.kind {
            Kind::Points { values, .. } => values.iter().any(Value::is_random),
            Kind::PerYear(rate, _) | Kind::Times(rate, _) => rate.is_random(),
        }
    }

    /// c(0) … c(H) into `out`; drawn curves are kept rising. `scratch` is overwritten.
    pub fn fill(&self, normals: Normals<'_>, scratch: &mut Vec<f64>, out: &mut [f64]) {
        self.fill_all(normals, scratch, out);
        if self.late {
            out[0] = 0.0;
        }
    }

    fn fill_all(&self, normals: Normals<'_>, scratch: &mut Vec<f64>, out: &mut [f64]) {
        match &self.kind {
            Kind::Points { values, places } => {
                scratch.clear();
                let mut highest = 0.0f64;
                for value in values {
                    highest = highest.max(value.at(normals));
                    scratch.push(highest);
                }
                for (c, place) in out.iter_mut().zip(places) {
                    *c = match *place {
                        Place::Zero => 0.0,
                        Place::At(i) => scratch[i],
                        Place::Between(before, after, share) => {
                            let start = before.map_or(0.0, |i| scratch[i]);
                            interpolate(start, scratch[after], share)
                        }
                    };
                }
            }
            Kind::PerYear(rate, years) => {
                let stay = 1.0 - rate.at(normals);
                for (c, &years) in out.iter_mut().zip(years) {
                    *c = if years > 0.0 {
                        1.0 - libm::pow(stay, years)
                    } else {
                        0.0
                    };
                }
            }
            Kind::Times(rate, years) => {
                let rate = rate.at(normals);
                for (c, &years) in out.iter_mut().zip(years) {
                    *c = -libm::expm1(-rate * years);
                }
            }
        }
    }
}

/// Constant hazard from `start` to `end`: the chance at `share` of the way.
fn interpolate(start: f64, end: f64, share: f64) -> f64 {
    let end = if end >= 1.0 { ALMOST.max(start) } else { end };
    if end <= start {
        return start;
    }
    1.0 - (1.0 - start) * libm::pow((1.0 - end) / (1.0 - start), share)
}
