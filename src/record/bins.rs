//! Calibration by bins: what was said, and how often it came true.
//!
//! In: points in order of the chance. Out: bins with Wilson intervals, Murphy's partition of the
//! Brier score with what it leaves, and the expected calibration error. Figures by bins depend on
//! the bins: each says by which.

use super::points::{Point, whole};
use super::{Estimate, Z975};

/// How chances are put into bins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bins {
    /// So many of equal width from 0 to 1, each with its lower end, the last with both.
    Width(usize),
    /// About so many with equally many cases; equal chances are never parted, so there may be fewer.
    Mass(usize),
}

/// One bin; empty ones are left out.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bin {
    /// Its lower end; of bins of equal mass, the smallest chance.
    pub from: f64,
    /// Its upper end; of bins of equal mass, the largest chance.
    pub to: f64,
    /// Its cases: mean chance, how many, how many came true.
    pub cases: Point,
    /// How often they came true, with the 95% Wilson interval.
    pub rate: Estimate,
}

/// Puts points into bins.
pub fn bins(points: &[Point], how: Bins) -> Vec<Bin> {
    let groups = match how {
        Bins::Width(n) => by_width(points, n.max(1)),
        Bins::Mass(n) => by_mass(points, n.max(1)),
    };
    let bins = groups.into_iter().map(|(from, to, range)| {
        let cases = whole(&points[range]);
        Bin {
            from,
            to,
            cases,
            rate: wilson(cases.true_count, cases.count),
        }
    });
    bins.collect()
}

type Group = (f64, f64, std::ops::Range<usize>);

fn by_width(points: &[Point], n: usize) -> Vec<Group> {
    let edge = |i: usize| i as f64 / n as f64;
    // Edges are compared, not multiplied: 0.3 · 10 is more than 3.
    let place = |p: f64| (1..n).take_while(|&i| edge(i) <= p).count();
    let mut groups: Vec<(usize, std::ops::Range<usize>)> = Vec::new();
    for (i, point) in points.iter().enumerate() {
        let at = place(point.p);
        match groups.last_mut() {
            Some((last, range)) if *last == at => range.end = i + 1,
            _ => groups.push((at, i..i + 1)),
        }
    }
    let ends = groups.into_iter();
    ends.map(|(at, range)| (edge(at), edge(at + 1), range))
        .collect()
}

fn by_mass(points: &[Point], n: usize) -> Vec<Group> {
    let total: f64 = points.iter().map(|p| p.count).sum();
    let mut groups = Vec::new();
    let (mut from, mut seen, mut filled) = (0, 0.0, 0.0);
    for (i, point) in points.iter().enumerate() {
        seen += point.count;
        // A single chance may fill several bins; it takes the places of all of them.
        let now = libm::floor(seen * n as f64 / total);
        if now > filled || i + 1 == points.len() {
            groups.push((points[from].p, point.p, from..i + 1));
            from = i + 1;
            filled = now;
        }
    }
    groups
}

/// A share with its Wilson interval (Wilson 1927) at 95%; from 0 to 1 where there is no case.
pub fn wilson(true_count: f64, count: f64) -> Estimate {
    if count <= 0.0 {
        return Estimate {
            value: f64::NAN,
            low: 0.0,
            high: 1.0,
        };
    }
    let (rate, z2) = (true_count / count, Z975 * Z975);
    let middle = (rate + z2 / (2.0 * count)) / (1.0 + z2 / count);
    let spread = rate * (1.0 - rate) / count + z2 / (4.0 * count * count);
    let half = Z975 / (1.0 + z2 / count) * libm::sqrt(spread.max(0.0));
    Estimate {
        value: rate,
        // Rounding must not leave the rate outside.
        low: (middle - half).clamp(0.0, rate),
        high: (middle + half).clamp(rate, 1.0),
    }
}

/// The Brier score of yes or no in parts (Murphy 1973):
/// score = reliability − resolution + uncertainty + remainder.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Murphy {
    /// How far the bins' rates lie from what was said; 0 is best.
    pub reliability: f64,
    /// How far the bins' rates lie from the rate of all; more is better.
    pub resolution: f64,
    /// What the rate of all would cost as everybody's forecast.
    pub uncertainty: f64,
    /// What is left because chances differ within a bin; 0 where they do not (Stephenson, Coelho
    /// and Jolliffe 2008).
    pub remainder: f64,
}

/// Murphy's partition of a mean Brier score by bins. None without a case.
pub fn murphy(bins: &[Bin], brier: f64) -> Option<Murphy> {
    let cases: Vec<Point> = bins.iter().map(|b| b.cases).collect();
    let all = whole(&cases);
    if all.count <= 0.0 {
        return None;
    }
    let rate = all.rate();
    let mean = |of: &dyn Fn(&Point) -> f64| -> f64 {
        cases.iter().map(|c| c.count * of(c)).sum::<f64>() / all.count
    };
    let square = |x: f64| x * x;
    let reliability = mean(&|c| square(c.p - c.rate()));
    let resolution = mean(&|c| square(c.rate() - rate));
    let uncertainty = rate * (1.0 - rate);
    Some(Murphy {
        reliability,
        resolution,
        uncertainty,
        remainder: brier - (reliability - resolution + uncertainty),
    })
}

/// The expected calibration error by bins: the mean distance between what was said and how often it
/// came true (Naeini, Cooper and Hauskrecht 2015). 0 without a case.
pub fn expected_error(bins: &[Bin]) -> f64 {
    let total: f64 = bins.iter().map(|b| b.cases.count).sum();
    let distance = |b: &Bin| (b.cases.p - b.rate.value).abs() * b.cases.count;
    match total > 0.0 {
        true => bins.iter().map(distance).sum::<f64>() / total,
        false => 0.0,
    }
}
