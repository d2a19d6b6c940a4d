//! Masses that move from place to place.
//!
//! Loops here and beside count places: chains of iterators may stay calls inside what is compiled for one kind of vectors.

use crate::level::now;
use crate::vector::*;
use crate::{Lanes, Room};

/// Moves what stands at one place of an axis to another: each of the `ways`, in the order of where they lead to, by its
/// number. The axis has `sizes.0` places before and `sizes.1` after, with `inner` numbers at each.
pub fn flow(
    before: &[Lanes],
    after: &mut Room,
    (ways, numbers): (&[(usize, usize)], &[Lanes]),
    sizes: (usize, usize),
    inner: usize,
) {
    let after = after.take(before.len() / sizes.0 * sizes.1);
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
    let (size, places) = (sizes.0 * inner, sizes.1);
    for block in 0..before.len() / size {
        let before = &before[block * size..][..size];
        let after = &mut after[block * places * inner..][..places * inner];
        let mut first = 0;
        for to in 0..places {
            let mut end = first;
            while end < ways.len() && ways[end].1 == to {
                end += 1;
            }
            let (from, numbers) = (&ways[first..end], &numbers[first..end]);
            let after = &mut after[to * inner..][..inner];
            if inner == 1 {
                let mut sum = zero(simd);
                for way in 0..from.len() {
                    sum += get(simd, &before[from[way].0]) * get(simd, &numbers[way]);
                }
                put(sum, &mut after[0]);
            } else {
                add_up(simd, before, after, (from, numbers));
            }
            first = end;
        }
    }
}

/// What comes to one place along all ways that lead there.
#[inline(always)]
fn add_up<S: Simd>(
    simd: S,
    before: &[Lanes],
    after: &mut [Lanes],
    (ways, numbers): (&[(usize, usize)], &[Lanes]),
) {
    let inner = after.len();
    let row = |way: usize| &before[ways[way].0 * inner..][..inner];
    if ways.is_empty() {
        after.fill(Lanes::ZERO);
        return;
    }
    // The first two at once: most places have no more.
    let p = get(simd, &numbers[0]);
    let first = row(0);
    if ways.len() == 1 {
        for i in 0..inner {
            put(get(simd, &first[i]) * p, &mut after[i]);
        }
        return;
    }
    let (second, q) = (row(1), get(simd, &numbers[1]));
    for i in 0..inner {
        let both = get(simd, &first[i]) * p + get(simd, &second[i]) * q;
        put(both, &mut after[i]);
    }
    for way in 2..ways.len() {
        let (before, p) = (row(way), get(simd, &numbers[way]));
        for i in 0..inner {
            put(
                get(simd, &after[i]) + get(simd, &before[i]) * p,
                &mut after[i],
            );
        }
    }
}

/// Adds up what is kept of each number in one place.
pub fn gather(numbers: &[Lanes], places: &[usize], out: &mut [Lanes]) {
    out.fill(Lanes::ZERO);
    dispatch!(now(), simd => gather_on(simd, numbers, places, out));
}

#[inline(always)]
fn gather_on<S: Simd>(simd: S, numbers: &[Lanes], places: &[usize], out: &mut [Lanes]) {
    let places = &places[..numbers.len()];
    for i in 0..numbers.len() {
        let to = &mut out[places[i]];
        put(get(simd, to) + get(simd, &numbers[i]), to);
    }
}

/// The least of what stands at the places that lead to each one, by ways that are open: whose number is above 0.
pub fn least(
    before: &[Lanes],
    after: &mut Room,
    (ways, numbers): (&[(usize, usize)], &[Lanes]),
    sizes: (usize, usize),
    inner: usize,
) {
    let sizes = (sizes.0 * inner, sizes.1 * inner);
    let count = before.len() / sizes.0 * sizes.1;
    let after = after.fill(count, Lanes::splat(f64::INFINITY));
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
    pub fn new<'a, P: AsRef<[usize]> + 'a>(sums: impl Iterator<Item = &'a [P]>) -> Sums {
        let mut all = Sums::default();
        for products in sums {
            for factors in products {
                all.factors.extend(factors.as_ref());
                all.products.push(all.factors.len());
            }
            all.sums.push(all.products.len());
        }
        all
    }

    /// Each sum, of these factors.
    pub fn fill(&self, factors: &[Lanes], out: &mut Room) {
        let out = out.take(self.sums.len());
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
