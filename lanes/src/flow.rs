//! Masses that move from place to place.
//!
//! Loops here and beside count places: chains of iterators may stay calls inside what is compiled for one kind of vectors.

use crate::Lanes;
use crate::level::now;
use crate::vector::*;

/// Moves what stands at one place of an axis to another: each of the `ways` by its number. The axis has `sizes.0` places
/// before and `sizes.1` after, with `inner` numbers at each.
pub fn flow(
    before: &[Lanes],
    after: &mut Vec<Lanes>,
    (ways, numbers): (&[(usize, usize)], &[Lanes]),
    sizes: (usize, usize),
    inner: usize,
) {
    let sizes = (sizes.0 * inner, sizes.1 * inner);
    after.clear();
    after.resize(before.len() / sizes.0 * sizes.1, Lanes::ZERO);
    dispatch!(now(), simd => flow_on(simd, before, after, (ways, numbers), sizes, inner));
}

#[inline(always)]
fn flow_on<S: Simd>(
    simd: S,
    before: &[Lanes],
    after: &mut [Lanes],
    (ways, numbers): (&[(usize, usize)], &[Lanes]),
    sizes: (usize, usize),
    inner: usize,
) {
    let numbers = &numbers[..ways.len()];
    for block in 0..before.len() / sizes.0 {
        let before = &before[block * sizes.0..][..sizes.0];
        let after = &mut after[block * sizes.1..][..sizes.1];
        for way in 0..ways.len() {
            let ((from, to), p) = (ways[way], get(simd, &numbers[way]));
            if inner == 1 {
                put(
                    get(simd, &after[to]) + get(simd, &before[from]) * p,
                    &mut after[to],
                );
                continue;
            }
            let before = &before[from * inner..][..inner];
            let after = &mut after[to * inner..][..inner];
            for i in 0..inner {
                put(
                    get(simd, &after[i]) + get(simd, &before[i]) * p,
                    &mut after[i],
                );
            }
        }
    }
}

/// The least of what stands at the places that lead to each one, by ways that are open: whose number is above 0.
pub fn least(
    before: &[Lanes],
    after: &mut Vec<Lanes>,
    (ways, numbers): (&[(usize, usize)], &[Lanes]),
    sizes: (usize, usize),
    inner: usize,
) {
    let sizes = (sizes.0 * inner, sizes.1 * inner);
    after.clear();
    after.resize(
        before.len() / sizes.0 * sizes.1,
        Lanes::splat(f64::INFINITY),
    );
    dispatch!(now(), simd => least_on(simd, before, after, (ways, numbers), sizes, inner));
}

#[inline(always)]
fn least_on<S: Simd>(
    simd: S,
    before: &[Lanes],
    after: &mut [Lanes],
    (ways, numbers): (&[(usize, usize)], &[Lanes]),
    sizes: (usize, usize),
    inner: usize,
) {
    let numbers = &numbers[..ways.len()];
    for block in 0..before.len() / sizes.0 {
        let before = &before[block * sizes.0..][..sizes.0];
        let after = &mut after[block * sizes.1..][..sizes.1];
        for way in 0..ways.len() {
            let (from, to) = ways[way];
            let open = get(simd, &numbers[way]).simd_gt(zero(simd));
            let before = &before[from * inner..][..inner];
            let after = &mut after[to * inner..][..inner];
            for i in 0..inner {
                let (from, now) = (get(simd, &before[i]), get(simd, &after[i]));
                put((open & from.simd_lt(now)).select(from, now), &mut after[i]);
            }
        }
    }
}

/// Sums of products, one for each of several places.
#[derive(Debug, Clone, Default)]
pub struct Sums {
    /// By sum where its products end.
    sums: Vec<usize>,
    /// By product where its factors end.
    products: Vec<usize>,
    factors: Vec<usize>,
}

impl Sums {
    /// By sum its products, by product the places of its factors.
    #[must_use]
    pub fn new<'a>(sums: impl Iterator<Item = &'a [Vec<usize>]>) -> Sums {
        let mut all = Sums::default();
        for products in sums {
            for factors in products {
                all.factors.extend(factors);
                all.products.push(all.factors.len());
            }
            all.sums.push(all.products.len());
        }
        all
    }

    /// Each sum, of these factors.
    pub fn fill(&self, factors: &[Lanes], out: &mut Vec<Lanes>) {
        // What is there is overwritten.
        out.resize(self.sums.len(), Lanes::ZERO);
        dispatch!(now(), simd => self.fill_on(simd, factors, out));
    }

    #[inline(always)]
    fn fill_on<S: Simd>(&self, simd: S, factors: &[Lanes], out: &mut [Lanes]) {
        let (mut product, mut factor) = (0, 0);
        let out = &mut out[..self.sums.len()];
        for i in 0..self.sums.len() {
            let mut sum = zero(simd);
            while product < self.sums[i] {
                let mut all = one(simd);
                while factor < self.products[product] {
                    all *= get(simd, &factors[self.factors[factor]]);
                    factor += 1;
                }
                sum += all;
                product += 1;
            }
            put(sum, &mut out[i]);
        }
    }
}
