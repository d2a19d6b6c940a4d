//! The random numbers of every draw of the ranges: standard normal, one for each of
//! [`Model::slots`], the same on every machine and whichever thread asks.
//!
//! In: a model, a seed, how many draws. Out: a vector for each draw. Along the few directions in
//! which the verdict moves most the draws are spread evenly, by Sobol' points; across them they come
//! from a counter-based generator. A turned standard normal vector is one still, so that nothing is
//! assumed of the verdict: only how fast its percentiles settle depends on the directions.

use super::rough::Rough;
use super::sobol::{self, DIMENSIONS};
use super::{Model, Numbers, PriorSpec, PushSpec, RowSpec, What};
use crate::numeric::normal;

/// The draws of one seed.
#[derive(Debug, Clone)]
pub(crate) struct Draws {
    seed: u64,
    slots: usize,
    /// Unit vectors, at right angles to each other, the most telling first.
    directions: Vec<f64>,
    /// Nothing moves across the directions, so that nothing is drawn there.
    lean: bool,
}

/// A direction along which everything moves less than this share of the first is left to chance.
const NOTHING: f64 = 1e-3;

/// Beyond so many slots times drivers and rows nobody looks for directions.
const MOST: usize = 1 << 22;

impl Draws {
    /// The draws of a model around its point values.
    pub(crate) fn new(model: &Model, point: &Numbers, seed: u64) -> Draws {
        let mut draws = Draws {
            seed,
            slots: model.slots,
            directions: Vec::new(),
            lean: false,
        };
        // The rough verdict knows one question of the first edition.
        let rough = !model.wide;
        if rough && model.slots * (model.drivers.len() + model.rows.len()) <= MOST {
            draws.aim(moves(model, point));
        }
        draws
    }

    /// The same, spread along the directions in which some numbers move: of each of these by how much with
    /// each slot, one deviation up.
    pub(crate) fn along(model: &Model, seed: u64, columns: Vec<f64>) -> Draws {
        let mut draws = Draws {
            seed,
            slots: model.slots,
            directions: Vec::new(),
            lean: false,
        };
        if columns.len() <= MOST {
            draws.aim(columns);
        }
        draws
    }

    /// The same verdicts, from random numbers that are not all there where few directions are all
    /// that matters: where everything random is a plain weight of a factor that holds. Whoever asks
    /// what each number does needs [`Draws::new`].
    pub(crate) fn lean(model: &Model, point: &Numbers, seed: u64) -> Draws {
        /// What rounding leaves of a direction that is spanned.
        const ROUNDING: f64 = 1e-12;
        if let (false, Some(columns)) = (model.wide, linear(model)) {
            let mut draws = Draws {
                seed,
                slots: model.slots,
                directions: Vec::new(),
                lean: true,
            };
            if draws.span(columns, ROUNDING) {
                return draws;
            }
        }
        Draws::new(model, point, seed)
    }

    /// Finds the directions: of what the columns say, one vector of the slots' length for each thing
    /// that moves, then those of the slots by which most moves.
    fn aim(&mut self, columns: Vec<f64>) {
        let slots = self.slots.max(1);
        let mut by_slot: Vec<(f64, usize)> = (0..self.slots)
            .map(|slot| {
                let by = columns.iter().skip(slot).step_by(slots);
                (by.map(|x| x * x).sum(), slot)
            })
            .collect();
        by_slot.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        self.span(columns, NOTHING);
        for (length, slot) in by_slot {
            if length > 0.0 {
                let mut unit = vec![0.0; slots];
                unit[slot] = 1.0;
                self.add(unit);
            }
        }
    }

    /// Adds the orthogonal directions of columns, the longest remainder first (Gram and Schmidt with
    /// pivots), down to a share of the first; whether there was room for all.
    fn span(&mut self, mut columns: Vec<f64>, least: f64) -> bool {
        let slots = self.slots.max(1);
        let mut first = None;
        loop {
            let mut longest = (0.0, 0);
            for (c, column) in columns.chunks_exact(slots).enumerate() {
                let length = dot(column, column);
                // Ties by rounding alone go to the first.
                if length > longest.0 * (1.0 + 1e-9) {
                    longest = (length, c);
                }
            }
            let (length, c) = longest;
            if length <= least * least * *first.get_or_insert(length) {
                return true;
            }
            if !self.add(columns[c * slots..][..slots].to_vec()) {
                return false;
            }
            let unit = &self.directions[self.directions.len() - slots..];
            for column in columns.chunks_exact_mut(slots) {
                let by = -dot(column, unit);
                shift(column, unit, by);
            }
        }
    }

    /// Adds what is new in a direction; whether there was room.
    fn add(&mut self, mut unit: Vec<f64>) -> bool {
        /// What is left of a direction when rounding alone is.
        const ROUNDING: f64 = 1e-9;
        if self.directions.len() >= DIMENSIONS * self.slots {
            return false;
        }
        let before = dot(&unit, &unit);
        // Twice, against rounding.
        for _ in 0..2 {
            for direction in self.directions.chunks_exact(self.slots) {
                let by = -dot(&unit, direction);
                shift(&mut unit, direction, by);
            }
        }
        let left = dot(&unit, &unit);
        if left > ROUNDING * before {
            let length = libm::sqrt(left);
            self.directions.extend(unit.iter().map(|x| x / length));
        }
        true
    }

    /// The random numbers of the draws from `first` on, by slot.
    pub(crate) fn fill<const N: usize>(&self, first: u64, out: &mut [[f64; N]]) {
        if self.lean {
            out.fill([0.0; N]);
        } else {
            let mut streams: [Stream; N] =
                std::array::from_fn(|i| Stream::new(self.seed, first + i as u64));
            for z in out.iter_mut() {
                for (z, stream) in z.iter_mut().zip(&mut streams) {
                    *z = stream.uniform();
                }
                *z = normal::quantiles(z);
            }
        }
        for (d, direction) in self.directions.chunks_exact(self.slots.max(1)).enumerate() {
            let uniform = |i| sobol::point(self.seed, (first + i as u64) as u32, d);
            let mut by: [f64; N] = normal::quantiles(&std::array::from_fn(uniform));
            for (z, share) in out.iter().zip(direction) {
                for i in 0..N {
                    by[i] -= z[i] * share;
                }
            }
            for (z, share) in out.iter_mut().zip(direction) {
                for i in 0..N {
                    z[i] += by[i] * share;
                }
            }
        }
    }
}

/// How each rough probability moves with each slot, one deviation up: by probability, then slot.
fn moves(model: &Model, point: &Numbers) -> Vec<f64> {
    let rough = Rough::new(model);
    let mut numbers = point.clone();
    let mut normals = vec![0.0; model.slots];
    numbers.set(model, normals.iter().copied());
    let rows = numbers.rows.clone();
    let chances = rough.chances(&numbers);
    let middle = rough.of(&numbers, &chances);
    let mut moves = vec![0.0; middle.len() * model.slots];
    for slot in 0..model.slots {
        normals[slot] = 1.0;
        numbers.set(model, normals.iter().copied());
        normals[slot] = 0.0;
        let moved = match numbers.rows == rows {
            true => rough.of(&numbers, &chances),
            false => rough.of(&numbers, &rough.chances(&numbers)),
        };
        for (c, (moved, middle)) in moved.iter().zip(&middle).enumerate() {
            moves[c * model.slots + slot] = moved - middle;
        }
    }
    moves
}

/// How the sum of pushes for each outcome in each horizon rises with each slot, if it rises evenly and
/// nothing else is random.
fn linear(model: &Model) -> Option<Vec<f64>> {
    let slots = model.slots;
    let curves = model.prior.iter().any(PriorSpec::is_random);
    if slots == 0 || curves || model.rows.iter().any(RowSpec::is_random) {
        return None;
    }
    let mut columns = vec![0.0; model.horizons() * model.outcomes.len() * slots];
    for (d, driver) in model.drivers.iter().enumerate() {
        let overlaps = model
            .overlaps
            .iter()
            .any(|(_, members)| members.contains(&d));
        let plain = driver.what == What::Always && driver.counted.is_empty() && !overlaps;
        for &(o, push) in &driver.pushes {
            let push = &model.pushes[push];
            if !push.is_random() {
                continue;
            }
            let PushSpec::Weight(values, factor) = push else {
                return None;
            };
            for (h, value) in values.iter().enumerate() {
                let Some(value) = value else { continue };
                let (slot, slope) = value.slope().filter(|_| plain)?;
                columns[(h * model.outcomes.len() + o) * slots + slot] += factor * slope;
            }
        }
    }
    Some(columns)
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(x, y)| x * y).sum()
}

fn shift(to: &mut [f64], direction: &[f64], by: f64) {
    for (x, d) in to.iter_mut().zip(direction) {
        *x += by * d;
    }
}

/// SplitMix64 (Steele, Lea and Flood 2014), started anew for each draw: a hash of seed, draw and
/// place.
struct Stream(u64);

/// 2^64 over the golden ratio, odd: the step by which SplitMix64 goes through all numbers.
const GAMMA: u64 = 0x9e37_79b9_7f4a_7c15;

impl Stream {
    fn new(seed: u64, index: u64) -> Stream {
        Stream(mix(mix(seed.wrapping_add(GAMMA)).wrapping_add(index)))
    }

    /// The middle of one of 2^52 equal steps from 0 to 1: never either.
    fn uniform(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(GAMMA);
        ((mix(self.0) >> 12) as f64 + 0.5) / 4_503_599_627_370_496.0
    }
}

/// Mixes all bits of a number (Stafford's variant 13).
pub(super) fn mix(mut x: u64) -> u64 {
    x = (x ^ x >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x = (x ^ x >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ x >> 31
}

#[cfg(test)]
mod tests {
    use super::Draws;

    fn draws(directions: usize) -> Draws {
        let slots = 12;
        let mut draws = Draws {
            seed: 7,
            slots,
            directions: Vec::new(),
            lean: false,
        };
        let columns = (0..directions * slots).map(|i| ((i * i) as f64 * 0.37).sin());
        draws.aim(columns.collect());
        draws
    }

    /// Moments of every coordinate and of every pair are those of independent normals.
    #[test]
    fn draws_are_independent_standard_normals() {
        for directions in [0, 1, 5, 12] {
            let draws = draws(directions);
            let n = 1 << 14;
            let mut sums = vec![0.0; 12 * 13];
            let mut z = vec![[0.0]; 12];
            for i in 0..n {
                draws.fill(i, &mut z);
                let z: Vec<f64> = z.iter().map(|z| z[0]).collect();
                for a in 0..12 {
                    sums[a * 13 + 12] += z[a] / n as f64;
                    for b in 0..12 {
                        sums[a * 13 + b] += z[a] * z[b] / n as f64;
                    }
                }
            }
            for a in 0..12 {
                assert!(sums[a * 13 + 12].abs() < 0.04, "{directions}, mean {a}");
                for b in 0..12 {
                    let expected = f64::from(u8::from(a == b));
                    let found = sums[a * 13 + b];
                    assert!(
                        (found - expected).abs() < 0.06,
                        "{directions}: {a}, {b}: {found}"
                    );
                }
            }
        }
    }

    #[test]
    fn several_draws_at_once_are_the_same() {
        let draws = draws(5);
        let mut eight = vec![[0.0; 8]; 12];
        draws.fill(40, &mut eight);
        for lane in 0..8 {
            let mut one = vec![[0.0]; 12];
            draws.fill(40 + lane as u64, &mut one);
            let alike = one.iter().zip(&eight).all(|(a, b)| a[0] == b[lane]);
            assert!(alike, "{lane}");
        }
    }

    /// Along the first direction 128 draws fall into 128 classes of equal chance, one each.
    #[test]
    fn the_first_direction_is_covered_evenly() {
        let draws = draws(3);
        let mut z = vec![[0.0]; 12];
        let mut projections: Vec<f64> = (0..128)
            .map(|i| {
                draws.fill(i, &mut z);
                let z: Vec<f64> = z.iter().map(|z| z[0]).collect();
                super::dot(&z, &draws.directions[..12])
            })
            .collect();
        projections.sort_by(f64::total_cmp);
        for (i, z) in projections.iter().enumerate() {
            let (low, high) = (i as f64 / 128.0, (i + 1) as f64 / 128.0);
            let above = i == 0 || super::normal::quantile(low) < *z + 1e-9;
            let below = i == 127 || *z - 1e-9 < super::normal::quantile(high);
            assert!(above && below, "{i}: {z}");
        }
    }
}
