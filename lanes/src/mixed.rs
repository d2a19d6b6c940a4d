//! Products of many complex factors, each of which is there a share of the time, for several shares at once.
//!
//! A factor is 1 + q·D where it is there for a share q of the time. What the product loses or gains by one of them is the
//! product without it, times D.

use crate::LANES;
use crate::complex::{Row, Turned};
use crate::level::now;
use crate::vector::*;

/// So little is added to what is divided by that nothing is divided by 0.
const LEAST: f64 = 1e-300;

/// A row of products for each of some shares of the time: eight places of the first, the same eight of the next.
#[derive(Debug, Clone, Default)]
pub struct Mixed {
    shares: Vec<f64>,
    numbers: Vec<f64>,
    length: usize,
}

/// What one factor adds to the sum over a row, by weight: the real part; and both parts of it over another row.
pub type Added = [[f64; 3]; 2];

impl Mixed {
    /// The same row for each share of the time; what is beyond its end is 0.
    pub fn fill(&mut self, shares: &[f64], row: &Row) {
        self.shares.clear();
        self.shares.extend(shares);
        self.length = row.re.len();
        let blocks = self.length.div_ceil(LANES);
        self.numbers.clear();
        self.numbers.resize(blocks * shares.len() * 2 * LANES, 0.0);
        for point in 0..shares.len() {
            for i in 0..self.length {
                let (re, im) = self.place(point, i);
                (self.numbers[re], self.numbers[im]) = (row.re[i], row.im[i]);
            }
        }
    }

    fn place(&self, point: usize, i: usize) -> (usize, usize) {
        let at = (i / LANES * self.shares.len() + point) * 2 * LANES + i % LANES;
        (at, at + LANES)
    }

    /// One share's row.
    pub fn row(&self, point: usize, out: &mut Row) {
        out.stretch(self.length);
        for i in 0..self.length {
            let (re, im) = self.place(point, i);
            (out.re[i], out.im[i]) = (self.numbers[re], self.numbers[im]);
        }
    }

    /// Multiplies one share's row by another.
    pub fn multiply_row(&mut self, point: usize, by: &Row) {
        for i in 0..self.length {
            let (re, im) = self.place(point, i);
            let (x, y) = (self.numbers[re], self.numbers[im]);
            let (u, v) = (by.re[i], by.im[i]);
            (self.numbers[re], self.numbers[im]) = (x * u - y * v, x * v + y * u);
        }
    }

    /// Multiplies by 1 + q·D of each of these, so many times. Their rows reach seven places further than this one.
    pub fn multiply(&mut self, all: &[(Turned<'_>, usize)]) {
        dispatch!(now(), simd => multiply(simd, &mut self.numbers, &self.shares, all));
    }

    /// What one of the factors adds: Σ of `weights` times D times the product without it, by share of the time. The row that
    /// the second and third number are over is `over`, whose numbers are multiplied by.
    pub fn added(&self, weights: &[[f64; 2]], one: &Turned<'_>, over: &Row) -> Added {
        dispatch!(now(), simd => added(simd, (&self.numbers, &self.shares), weights, one, over))
    }
}

/// D at eight places.
#[inline(always)]
fn joining<S: Simd>(simd: S, one: &Turned<'_>, first: usize) -> (f64x8<S>, f64x8<S>) {
    let from = one.from + first;
    let u = f64x8::from_slice(simd, &one.row.re[from..][..LANES]);
    let v = f64x8::from_slice(simd, &one.row.im[from..][..LANES]);
    let (c, s) = (
        f64x8::splat(simd, one.number.0),
        f64x8::splat(simd, one.number.1),
    );
    (
        (c * u - s * v) + f64x8::splat(simd, one.still),
        c * v + s * u,
    )
}

#[inline(always)]
fn multiply<S: Simd>(simd: S, numbers: &mut [f64], shares: &[f64], all: &[(Turned<'_>, usize)]) {
    let each = shares.len() * 2 * LANES;
    for (block, numbers) in numbers.chunks_exact_mut(each.max(1)).enumerate() {
        for k in 0..all.len() {
            let (one, times) = &all[k];
            let (a, b) = joining(simd, one, block * LANES);
            for point in 0..shares.len() {
                let q = f64x8::splat(simd, shares[point]);
                let (mut c, mut s) = (a * q + f64x8::splat(simd, 1.0), b * q);
                let own = &mut numbers[point * 2 * LANES..][..2 * LANES];
                let mut x = f64x8::from_slice(simd, &own[..LANES]);
                let mut y = f64x8::from_slice(simd, &own[LANES..]);
                let mut times = *times;
                while times > 0 {
                    if times & 1 == 1 {
                        (x, y) = (x * c - y * s, x * s + y * c);
                    }
                    times >>= 1;
                    if times > 0 {
                        (c, s) = (c * c - s * s, c * s + c * s);
                    }
                }
                x.store_slice(&mut own[..LANES]);
                y.store_slice(&mut own[LANES..]);
            }
        }
    }
}

#[inline(always)]
fn added<S: Simd>(
    simd: S,
    (numbers, shares): (&[f64], &[f64]),
    weights: &[[f64; 2]],
    one: &Turned<'_>,
    over: &Row,
) -> Added {
    let mut sums = [[zero(simd); 3]; 2];
    let each = shares.len() * 2 * LANES;
    for (block, numbers) in numbers.chunks_exact(each.max(1)).enumerate() {
        let (a, b) = joining(simd, one, block * LANES);
        let mut left = [[zero(simd); 2]; 2];
        for point in 0..shares.len() {
            let q = f64x8::splat(simd, shares[point]);
            let (c, s) = (a * q + f64x8::splat(simd, 1.0), b * q);
            let own = &numbers[point * 2 * LANES..][..2 * LANES];
            let x = f64x8::from_slice(simd, &own[..LANES]);
            let y = f64x8::from_slice(simd, &own[LANES..]);
            let square = (c * c + s * s) + f64x8::splat(simd, LEAST);
            let inverse = f64x8::splat(simd, 1.0) / square;
            let (u, v) = ((x * c + y * s) * inverse, (y * c - x * s) * inverse);
            for w in 0..2 {
                let weight = f64x8::splat(simd, weights[point][w]);
                left[w][0] += u * weight;
                left[w][1] += v * weight;
            }
        }
        let first = block * LANES;
        let e = f64x8::from_slice(simd, &over.re[first..][..LANES]);
        let f = f64x8::from_slice(simd, &over.im[first..][..LANES]);
        for w in 0..2 {
            let [u, v] = left[w];
            let (re, im) = (a * u - b * v, a * v + b * u);
            sums[w][0] += re;
            sums[w][1] += re * e - im * f;
            sums[w][2] += re * f + im * e;
        }
    }
    let mut out = [[0.0; 3]; 2];
    for w in 0..2 {
        for k in 0..3 {
            let mut lanes = [0.0; LANES];
            sums[w][k].store_slice(&mut lanes);
            out[w][k] = lanes.iter().sum();
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::Mixed;
    use crate::complex::{Row, Turned};

    type Number = (f64, f64);

    fn times(a: Number, b: Number) -> Number {
        (a.0 * b.0 - a.1 * b.1, a.0 * b.1 + a.1 * b.0)
    }

    /// Two factors, one of them twice, in a row of eleven: what one of them adds is the sum without it, times what it is.
    #[test]
    fn one_of_three() {
        let row = |count: usize, seed: f64| {
            let number = |i: usize, c: f64| 0.9 * scattered(i as f64 * c + seed);
            Row {
                re: (0..count).map(|i| number(i, 0.7)).collect(),
                im: (0..count).map(|i| number(i, 1.3)).collect(),
            }
        };
        let (start, over) = (row(11, 0.1), row(16, 0.5));
        let turns = [row(24, 0.2), row(24, 0.9)];
        let of = |row, from| Turned {
            still: -0.3,
            number: (0.2, 0.1),
            row,
            from,
        };
        let all = [(of(&turns[0], 2), 1), (of(&turns[1], 0), 2)];
        let (shares, weights) = ([0.2, 0.7], [[0.5, 1.0], [0.25, -1.0]]);
        let mut mixed = Mixed::default();
        mixed.fill(&shares, &start);
        mixed.multiply(&all);
        let found = mixed.added(&weights, &all[1].0, &over);

        let joining = |k: usize, i: usize| {
            let Turned { from, row, .. } = all[k].0;
            let (x, y) = times((0.2, 0.1), (row.re[from + i], row.im[from + i]));
            (x - 0.3, y)
        };
        let mut wanted = [[0.0; 3]; 2];
        for i in 0..11 {
            for (q, weights) in shares.iter().zip(weights) {
                let with = |k| {
                    let (x, y) = joining(k, i);
                    (1.0 + q * x, q * y)
                };
                let mut all = times((start.re[i], start.im[i]), with(0));
                all = times(times(all, with(1)), joining(1, i));
                let beside = times(all, (over.re[i], over.im[i]));
                for (wanted, w) in wanted.iter_mut().zip(weights) {
                    let numbers = [all.0, beside.0, beside.1];
                    wanted
                        .iter_mut()
                        .zip(numbers)
                        .for_each(|(s, x)| *s += w * x);
                }
            }
        }
        for (found, wanted) in found.iter().flatten().zip(wanted.iter().flatten()) {
            assert!((found - wanted).abs() < 1e-14, "{found} {wanted}");
        }
        let mut out = Row::default();
        mixed.row(1, &mut out);
        let last = times(
            times((start.re[10], start.im[10]), mix(joining(0, 10), 0.7)),
            times(mix(joining(1, 10), 0.7), mix(joining(1, 10), 0.7)),
        );
        assert!((out.re[10] - last.0).abs() < 1e-14 && (out.im[10] - last.1).abs() < 1e-14);
    }

    fn mix((x, y): Number, q: f64) -> Number {
        (1.0 + q * x, q * y)
    }

    /// Numbers between −1 and 1 without a pattern.
    fn scattered(x: f64) -> f64 {
        let y = x * 12.9898;
        2.0 * (y * 43.758_545_3 - (y * 43.758_545_3).floor()) - 1.0
    }
}
