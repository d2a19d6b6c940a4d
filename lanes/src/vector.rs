//! Eight numbers in the vectors of one kind of machine, for what goes over many of them.

use crate::Lanes;
pub(crate) use fearless_simd::{Select, Simd, dispatch, f64x8, prelude::*};

#[inline(always)]
pub(crate) fn get<S: Simd>(simd: S, lanes: &Lanes) -> f64x8<S> {
    f64x8::from_slice(simd, lanes.as_array())
}

#[inline(always)]
pub(crate) fn put<S: Simd>(x: f64x8<S>, lanes: &mut Lanes) {
    x.store_slice(lanes.as_mut_array());
}

#[inline(always)]
pub(crate) fn zero<S: Simd>(simd: S) -> f64x8<S> {
    f64x8::splat(simd, 0.0)
}

#[inline(always)]
pub(crate) fn one<S: Simd>(simd: S) -> f64x8<S> {
    f64x8::splat(simd, 1.0)
}

/// `x` where `test` is positive, 0 elsewhere and where `test` is not a number.
#[inline(always)]
pub(crate) fn where_positive<S: Simd>(simd: S, test: f64x8<S>, x: f64x8<S>) -> f64x8<S> {
    test.simd_gt(zero(simd)).select(x, zero(simd))
}

/// The smaller number; either where they are not comparable.
#[inline(always)]
pub(crate) fn smaller<S: Simd>(x: f64x8<S>, y: f64x8<S>) -> f64x8<S> {
    x.min(y)
}

/// The larger number; `y` where they are not comparable.
#[inline(always)]
pub(crate) fn larger<S: Simd>(x: f64x8<S>, y: f64x8<S>) -> f64x8<S> {
    x.simd_gt(y).select(x, y)
}
