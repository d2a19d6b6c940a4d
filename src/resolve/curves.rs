//! The cumulative chance of a lasting thing over time.
//!
//! In: stated points and rates. Out: the chance at any time. `docs/language.md`, "Curves".

use super::assessment::Curve;

/// Days of a rate's year.
pub const YEAR: f64 = 365.25;

/// What the interpolation towards a stated 100% uses in its place.
const NEARLY_ONE: f64 = 0.999;

/// The cumulative chance at `t` days from points (days, chance) in order of time.
///
/// Between points the hazard is constant; before the first, from 0 at time 0 unless that is
/// stated; after the last, flat.
pub fn cumulative(points: &[(f64, f64)], t: f64) -> f64 {
    between(points, t, |p| *p)
}

/// The same of points that are kept in some other way.
fn between<T>(points: &[T], t: f64, of: impl Fn(&T) -> (f64, f64)) -> f64 {
    let after = points.partition_point(|p| of(p).0 < t);
    let Some((t_j, c_j)) = points.get(after).map(&of) else {
        return points.last().map_or(0.0, |p| of(p).1);
    };
    if t_j == t {
        return c_j;
    }
    let (t_i, c_i) = match after {
        0 => (0.0, 0.0),
        n => of(&points[n - 1]),
    };
    if t <= t_i || c_i >= 1.0 {
        return c_i;
    }
    let c_j = if c_j >= 1.0 { NEARLY_ONE.max(c_i) } else { c_j };
    let share = (t - t_i) / (t_j - t_i);
    1.0 - (1.0 - c_i) * libm::pow((1.0 - c_j) / (1.0 - c_i), share)
}

/// The chance that something with rate `rate` a year, as a chance, has come after `t` days.
pub fn per_year(rate: f64, t: f64) -> f64 {
    1.0 - libm::pow(1.0 - rate, t / YEAR)
}

/// The chance that something that comes `rate` times a year has come after `t` days.
pub fn times(rate: f64, t: f64) -> f64 {
    -libm::expm1(-rate * t / YEAR)
}

impl Curve {
    /// The cumulative chance at `t` days, by the points' medians.
    pub fn at(&self, t: f64) -> f64 {
        match self {
            Curve::Points(points) => between(points, t, |p| (p.days, p.chance.point)),
            Curve::PerYear(rate) => per_year(rate.point, t),
            Curve::Times(rate) => times(rate.point, t),
        }
    }

    /// Whether its value at `t` days is stated: it follows from nothing else.
    pub(crate) fn states(&self, t: f64) -> bool {
        match self {
            Curve::Points(points) => points.iter().any(|p| p.days == t),
            Curve::PerYear(_) | Curve::Times(_) => true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(a: f64, b: f64) {
        assert!((a - b).abs() < 1e-12, "{a} is not {b}");
    }

    #[test]
    fn stated_points_come_back_and_the_hazard_between_is_constant() {
        let points = [(100.0, 0.19), (200.0, 0.271)];
        near(cumulative(&points, 100.0), 0.19);
        near(cumulative(&points, 200.0), 0.271);
        near(cumulative(&points, 50.0), 0.1);
        near(cumulative(&points, 150.0), 1.0 - 0.81 * f64::sqrt(0.9));
        near(cumulative(&points, 300.0), 0.271);
        near(cumulative(&points, 0.0), 0.0);
    }

    #[test]
    fn what_holds_now_is_a_point() {
        let points = [(0.0, 0.2), (100.0, 0.36)];
        near(cumulative(&points, 0.0), 0.2);
        near(cumulative(&points, 50.0), 1.0 - 0.8 * f64::sqrt(0.8));
        near(cumulative(&[(0.0, 0.2)], 50.0), 0.2);
        near(cumulative(&[(0.0, 1.0), (10.0, 1.0)], 5.0), 1.0);
    }

    #[test]
    fn towards_certainty_the_hazard_stays_finite() {
        let points = [(100.0, 1.0)];
        near(cumulative(&points, 100.0), 1.0);
        near(cumulative(&points, 50.0), 1.0 - f64::sqrt(0.001));
        near(cumulative(&[(10.0, 0.9995), (20.0, 1.0)], 15.0), 0.9995);
    }

    #[test]
    fn rates_count_years_of_days() {
        near(per_year(0.01, YEAR), 0.01);
        near(per_year(0.01, 2.0 * YEAR), 1.0 - 0.99 * 0.99);
        near(times(0.5, YEAR), 1.0 - f64::exp(-0.5));
    }
}
