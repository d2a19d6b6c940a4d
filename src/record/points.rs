//! Forecasts that say the same, taken together.
//!
//! In: chances of yes, each with how far it came true. Out: points in order of the chance, each with
//! its count, over which all figures of calibration are sums.

/// Cases with one chance, or with chances so near that they are taken as one.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Point {
    /// The chance; of several, their mean.
    pub p: f64,
    /// How many cases.
    pub count: f64,
    /// How many of them came true.
    pub true_count: f64,
}

impl Point {
    /// How often it came true.
    pub fn rate(&self) -> f64 {
        self.true_count / self.count
    }
}

/// Chances nearer than this are one chance: what a verdict says of `rest` and what a line says with
/// the same digits differ by the noise of sums, and must tie.
const NOISE: f64 = 1e-12;

/// Points from cases, in order of the chance; the cases' order changes nothing.
pub fn points(cases: impl IntoIterator<Item = (f64, f64)>) -> Vec<Point> {
    weighted(cases.into_iter().map(|(p, truth)| (p, truth, 1.0)))
}

/// The same where a case counts by a weight of its own, its third number.
pub fn weighted(cases: impl IntoIterator<Item = (f64, f64, f64)>) -> Vec<Point> {
    let mut cases: Vec<(f64, f64, f64)> = cases.into_iter().collect();
    cases.sort_by(|a, b| {
        let by_chance = a.0.total_cmp(&b.0);
        by_chance
            .then(a.1.total_cmp(&b.1))
            .then(a.2.total_cmp(&b.2))
    });
    let mut points: Vec<Point> = Vec::new();
    for (p, truth, weight) in cases {
        match points.last_mut() {
            Some(last) if p - last.p <= NOISE => {
                last.count += weight;
                last.true_count += weight * truth;
            }
            _ => points.push(Point {
                p,
                count: weight,
                true_count: weight * truth,
            }),
        }
    }
    points
}

/// All of them together: the mean chance, how many, how many came true.
pub fn whole(points: &[Point]) -> Point {
    let mut whole = Point::default();
    for point in points {
        whole.p += point.p * point.count;
        whole.count += point.count;
        whole.true_count += point.true_count;
    }
    if whole.count > 0.0 {
        whole.p /= whole.count;
    }
    whole
}
