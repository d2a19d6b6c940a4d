//! Complex numbers in rows: their real parts, and beside them their imaginary parts.
//!
//! Rows are as long as each other; what is left over at the end of one is left alone.

use crate::level::now;
use fearless_simd::{Simd, dispatch};

/// A row of complex numbers.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Row {
    /// The real parts.
    pub re: Vec<f64>,
    /// The imaginary parts.
    pub im: Vec<f64>,
}

impl Row {
    /// So many times one number.
    pub fn fill(&mut self, length: usize, (re, im): (f64, f64)) {
        self.re.clear();
        self.re.resize(length, re);
        self.im.clear();
        self.im.resize(length, im);
    }

    /// Adds one number everywhere.
    pub fn add(&mut self, (re, im): (f64, f64)) {
        self.re.iter_mut().for_each(|x| *x += re);
        self.im.iter_mut().for_each(|x| *x += im);
    }

    /// Adds one number times a part of a row, from a place on.
    pub fn add_times(&mut self, number: (f64, f64), row: &Row, from: usize) {
        let parts = (&row.re[from..], &row.im[from..]);
        dispatch!(now(), simd => add_times(simd, self.parts(), number, parts));
    }

    /// Adds a real number times the product of two rows, of the second a part from a place on, which is multiplied by a
    /// number first.
    pub fn add_product(&mut self, row: &Row, number: (f64, f64), by: &Row, from: usize) {
        let (row, by) = ((&row.re[..], &row.im[..]), (&by.re[from..], &by.im[from..]));
        dispatch!(now(), simd => add_product(simd, self.parts(), row, number, by));
    }

    /// Multiplies by a row.
    pub fn multiply(&mut self, row: &Row) {
        let by = (&row.re[..], &row.im[..]);
        dispatch!(now(), simd => multiply(simd, self.parts(), by));
    }

    fn parts(&mut self) -> (&mut [f64], &mut [f64]) {
        (&mut self.re, &mut self.im)
    }

    /// The sum of the real parts of the products with a row.
    #[must_use]
    pub fn real_of_product(&self, row: &Row) -> f64 {
        let (own, other) = ((&self.re[..], &self.im[..]), (&row.re[..], &row.im[..]));
        dispatch!(now(), simd => real_of_product(simd, own, other))
    }
}

type Parts<'a> = (&'a [f64], &'a [f64]);
type PartsMut<'a> = (&'a mut [f64], &'a mut [f64]);

#[inline(always)]
fn add_times<S: Simd>(_: S, own: PartsMut<'_>, (c, s): (f64, f64), row: Parts<'_>) {
    let len = own.0.len().min(row.0.len());
    let (re, im, x, y) = (
        &mut own.0[..len],
        &mut own.1[..len],
        &row.0[..len],
        &row.1[..len],
    );
    for i in 0..len {
        re[i] += c * x[i] - s * y[i];
        im[i] += c * y[i] + s * x[i];
    }
}

#[inline(always)]
fn add_product<S: Simd>(
    _: S,
    own: PartsMut<'_>,
    row: Parts<'_>,
    (c, s): (f64, f64),
    by: Parts<'_>,
) {
    let len = own.0.len().min(row.0.len()).min(by.0.len());
    let (re, im) = (&mut own.0[..len], &mut own.1[..len]);
    let (a, b, x, y) = (&row.0[..len], &row.1[..len], &by.0[..len], &by.1[..len]);
    for i in 0..len {
        let (x, y) = (c * x[i] - s * y[i], c * y[i] + s * x[i]);
        re[i] += a[i] * x - b[i] * y;
        im[i] += a[i] * y + b[i] * x;
    }
}

#[inline(always)]
fn multiply<S: Simd>(_: S, own: PartsMut<'_>, by: Parts<'_>) {
    let len = own.0.len().min(by.0.len());
    let (re, im, x, y) = (
        &mut own.0[..len],
        &mut own.1[..len],
        &by.0[..len],
        &by.1[..len],
    );
    for i in 0..len {
        (re[i], im[i]) = (re[i] * x[i] - im[i] * y[i], re[i] * y[i] + im[i] * x[i]);
    }
}

#[inline(always)]
fn real_of_product<S: Simd>(_: S, own: Parts<'_>, other: Parts<'_>) -> f64 {
    let len = own.0.len().min(other.0.len());
    let (a, b, x, y) = (
        &own.0[..len],
        &own.1[..len],
        &other.0[..len],
        &other.1[..len],
    );
    // In a fixed order, four sums beside each other.
    let mut sums = [0.0; 4];
    for i in 0..len / 4 {
        for j in 0..4 {
            let k = 4 * i + j;
            sums[j] += a[k] * x[k] - b[k] * y[k];
        }
    }
    for k in len / 4 * 4..len {
        sums[k % 4] += a[k] * x[k] - b[k] * y[k];
    }
    (sums[0] + sums[1]) + (sums[2] + sums[3])
}
