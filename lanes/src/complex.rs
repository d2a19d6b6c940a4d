//! Complex numbers in rows: their real parts, and beside them their imaginary parts.
//!
//! What goes over a row goes over some of its places. What is longer than it is read from a place on.

use crate::LANES;
use crate::level::now;
use crate::vector::*;
use std::ops::Range;

/// A row of complex numbers.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Row {
    /// The real parts.
    pub re: Vec<f64>,
    /// The imaginary parts.
    pub im: Vec<f64>,
}

/// Something that is not turned and something that is: `still` + `number` × a row.
#[derive(Debug, Clone, Copy)]
pub struct Turned<'r> {
    /// What is not turned.
    pub still: f64,
    /// What the row is multiplied by.
    pub number: (f64, f64),
    /// The row.
    pub row: &'r Row,
    /// From which of its places on.
    pub from: usize,
}

impl Row {
    /// So many times one number.
    pub fn fill(&mut self, length: usize, (re, im): (f64, f64)) {
        self.re.clear();
        self.re.resize(length, re);
        self.im.clear();
        self.im.resize(length, im);
    }

    /// As long as said; what is there stays as it is.
    pub fn stretch(&mut self, length: usize) {
        self.re.resize(length, 0.0);
        self.im.resize(length, 0.0);
    }

    /// One number everywhere in these places.
    pub fn set(&mut self, (re, im): (f64, f64), at: &Range<usize>) {
        self.re[at.clone()].fill(re);
        self.im[at.clone()].fill(im);
    }

    /// Adds one number everywhere.
    pub fn add(&mut self, (re, im): (f64, f64), at: &Range<usize>) {
        self.re[at.clone()].iter_mut().for_each(|x| *x += re);
        self.im[at.clone()].iter_mut().for_each(|x| *x += im);
    }

    /// Adds one number times a part of a row, from a place on.
    pub fn add_times(&mut self, number: (f64, f64), row: &Row, from: usize, at: &Range<usize>) {
        let parts = row.part(from, at);
        dispatch!(now(), simd => add_times(simd, self.places(at), number, parts));
    }

    /// Adds the product of two rows, of the second a part from a place on, which is multiplied by a number first.
    pub fn add_product(
        &mut self,
        row: &Row,
        number: (f64, f64),
        by: (&Row, usize),
        at: &Range<usize>,
    ) {
        let (row, by) = (row.part(0, at), by.0.part(by.1, at));
        dispatch!(now(), simd => add_product(simd, self.places(at), row, number, by));
    }

    /// Multiplies by a row.
    pub fn multiply(&mut self, row: &Row, at: &Range<usize>) {
        let by = row.part(0, at);
        dispatch!(now(), simd => multiply(simd, self.places(at), by));
    }

    /// Multiplies by all of these, one after another.
    pub fn multiply_turned(&mut self, all: &[Turned<'_>], at: &Range<usize>) {
        dispatch!(now(), simd => multiply_turned(simd, self.places(at), all, at.start));
    }

    fn places(&mut self, at: &Range<usize>) -> (&mut [f64], &mut [f64]) {
        (&mut self.re[at.clone()], &mut self.im[at.clone()])
    }

    fn part(&self, from: usize, at: &Range<usize>) -> (&[f64], &[f64]) {
        let part = from + at.start..from + at.end;
        (&self.re[part.clone()], &self.im[part])
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
fn multiply_turned<S: Simd>(simd: S, own: PartsMut<'_>, all: &[Turned<'_>], start: usize) {
    let (re, im) = own;
    let len = re.len();
    let mut i = 0;
    // Eight numbers stay where they are while all rows are gone through.
    while i + LANES <= len {
        let mut x = f64x8::from_slice(simd, &re[i..][..LANES]);
        let mut y = f64x8::from_slice(simd, &im[i..][..LANES]);
        for k in 0..all.len() {
            let Turned {
                still,
                number: (c, s),
                row,
                from,
            } = all[k];
            let from = from + start + i;
            let u = f64x8::from_slice(simd, &row.re[from..][..LANES]);
            let v = f64x8::from_slice(simd, &row.im[from..][..LANES]);
            let (c, s) = (f64x8::splat(simd, c), f64x8::splat(simd, s));
            let a = (c * u - s * v) + f64x8::splat(simd, still);
            let b = c * v + s * u;
            (x, y) = (x * a - y * b, x * b + y * a);
        }
        x.store_slice(&mut re[i..][..LANES]);
        y.store_slice(&mut im[i..][..LANES]);
        i += LANES;
    }
    while i < len {
        let (mut x, mut y) = (re[i], im[i]);
        for k in 0..all.len() {
            let Turned {
                still,
                number: (c, s),
                row,
                from,
            } = all[k];
            let (u, v) = (row.re[from + start + i], row.im[from + start + i]);
            let (a, b) = ((c * u - s * v) + still, c * v + s * u);
            (x, y) = (x * a - y * b, x * b + y * a);
        }
        (re[i], im[i]) = (x, y);
        i += 1;
    }
}
