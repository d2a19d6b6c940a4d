//! What is kept of cases that nobody keeps: chances by millionths, and sums of the parts that cases fall into.

use super::points::Point;
use std::collections::BTreeMap;

/// Steps between 0% and 100%.
const STEPS: usize = 1_000_000;

/// How many parts are told apart; what comes later is put together.
const PARTS: usize = 10_000;

/// The name of all parts that came too late to be told apart.
const OTHERS: &str = "(others)";

/// Chances by millionths, each with the mean of what was rounded to it.
#[derive(Debug)]
pub(super) struct Cells(Vec<Point>);

impl Cells {
    /// Without any chance yet.
    pub(super) fn new() -> Self {
        Cells(vec![Point::default(); STEPS + 1])
    }

    /// Takes a chance within 0 and 1, how far it came true, and its weight; how far it was from a millionth, in
    /// millionths.
    pub(super) fn add(&mut self, (p, y, weight): (f64, f64, f64)) -> f64 {
        let at = p * STEPS as f64;
        let place = libm::round(at).clamp(0.0, STEPS as f64);
        let cell = &mut self.0[place as usize];
        cell.p += weight * p;
        cell.count += weight;
        cell.true_count += weight * y;
        (at - place).abs()
    }

    /// Those that there are, in order of the chance.
    pub(super) fn points(&self) -> Vec<Point> {
        let used = self.0.iter().filter(|cell| cell.count > 0.0);
        used.map(|cell| Point {
            p: cell.p / cell.count,
            ..*cell
        })
        .collect()
    }
}

/// The sums of a part, by a dimension and its name there.
pub(super) fn part<K: Ord, S: Default>(
    parts: &mut BTreeMap<(K, String), S>,
    by: K,
    name: String,
) -> &mut S {
    let is_full = parts.len() >= PARTS;
    let key = (by, name);
    let key = match is_full && !parts.contains_key(&key) {
        true => (key.0, OTHERS.to_owned()),
        false => key,
    };
    parts.entry(key).or_default()
}

/// What some answers of yes or no cost where each is given the rate of all: Σ (r − y)² = n r² − 2 r Σ y + Σ y².
pub(super) fn at_rate(rate: f64, (n, came, came_squared): (f64, f64, f64)) -> f64 {
    n * rate * rate - 2.0 * rate * came + came_squared
}
