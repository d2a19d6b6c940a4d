//! What becomes of a state's mass at one horizon's end (proportional odds; `src/infer/question/steady.rs` has the formulas).

use crate::level::now;
use crate::vector::*;
use crate::{Lanes, Room};

/// The priors of one horizon and of those before, where an outcome is final or cases are told apart.
#[derive(Debug, Clone, Copy)]
pub struct Priors<'a> {
    /// By outcome that is not final its share of what is open.
    pub open: &'a [Lanes],
    /// By time 0 … h the share of the final outcome, and of all others together; empty where none is final.
    pub ends: &'a [(Lanes, Lanes)],
}

impl Priors<'_> {
    /// What becomes of what is open, by state, from e^W by outcome and state: the part of each outcome; then, where one is
    /// final, the part that stays open in each horizon from the first to this one, as its numbers are in this one.
    pub fn parts(&self, table: &[Lanes], out: &mut Room) {
        let width = self.open.len() + usize::from(!self.ends.is_empty());
        let stride = width + self.ends.len().saturating_sub(1);
        let out = out.take(table.len() / width * stride);
        dispatch!(now(), simd => self.parts_on(simd, (table, width), (out, stride)));
    }

    #[inline(always)]
    fn parts_on<S: Simd>(
        &self,
        simd: S,
        (table, width): (&[Lanes], usize),
        (out, stride): (&mut [Lanes], usize),
    ) {
        let (open, states) = (self.open.len(), table.len() / width);
        for state in 0..states {
            let out = &mut out[state * stride..][..stride];
            let mut z = zero(simd);
            for o in 0..open {
                let own = get(simd, &table[o * states + state]) * get(simd, &self.open[o]);
                put(own, &mut out[o]);
                z += own;
            }
            let mut stay = one(simd);
            let ends = self.ends;
            if let [first, .., last] = ends {
                let final_e = get(simd, &table[open * states + state]);
                // Where everything has ended, nothing is shared.
                z = get(simd, &last.1).simd_gt(zero(simd)).select(z, one(simd));
                let mut s0 = get(simd, &first.1);
                let mut n0 = s0 * z + get(simd, &first.0) * final_e;
                for j in 1..ends.len() {
                    let s1 = get(simd, &ends[j].1);
                    let n1 = s1 * z + get(simd, &ends[j].0) * final_e;
                    // G(h)/G(h−1) = S(h)·N(h−1) / (S(h−1)·N(h)).
                    let below = s0 * n1;
                    let share = s1 * n0 / below;
                    stay = where_positive(simd, below, smaller(share, one(simd)));
                    put(stay, &mut out[width + j - 1]);
                    (s0, n0) = (s1, n1);
                }
                put(one(simd) - stay, &mut out[open]);
            }
            let share = where_positive(simd, stay, stay / z);
            for o in 0..open {
                put(get(simd, &out[o]) * share, &mut out[o]);
            }
        }
    }
}

/// States of one axis, or of several: how likely each is, and by outcome and state e^W.
#[derive(Debug, Clone, Copy)]
pub struct Axis<'a> {
    /// By state.
    pub mass: &'a [Lanes],
    /// By outcome and state.
    pub e: &'a [Lanes],
}

/// Where each axis stands, and by axis how likely what stands outside of it is, with the outcomes' e^W there times
/// their priors.
#[derive(Debug, Clone, Default)]
pub struct Scratch {
    next: Vec<usize>,
    outside: Vec<Lanes>,
}

/// Adds to `found`, by outcome, what all states come to, where no outcome is final: the product of some axes, one by
/// one, and of one more, whose states stand side by side. `open` are the priors.
pub fn settle(
    open: &[Lanes],
    outer: &[Axis<'_>],
    inner: Axis<'_>,
    scratch: &mut Scratch,
    found: &mut [Lanes],
) {
    let Scratch { next, outside } = scratch;
    next.clear();
    next.resize(outer.len(), 0);
    outside.clear();
    outside.push(Lanes::ONE);
    outside.extend(open);
    outside.resize((outer.len() + 1) * (open.len() + 1), Lanes::ZERO);
    let axes = (outer, inner);
    dispatch!(now(), simd => match open.len() {
        2 => settle_on::<_, 2>(simd, axes, next, outside, found),
        3 => settle_on::<_, 3>(simd, axes, next, outside, found),
        4 => settle_on::<_, 4>(simd, axes, next, outside, found),
        _ => settle_on::<_, 0>(simd, axes, next, outside, found),
    });
}

/// `N` outcomes, as many as there are where it is 0.
#[inline(always)]
fn settle_on<S: Simd, const N: usize>(
    simd: S,
    (outer, inner): (&[Axis<'_>], Axis<'_>),
    next: &mut [usize],
    outside: &mut [Lanes],
    found: &mut [Lanes],
) {
    let width = found.len();
    let mut axis = 0;
    loop {
        let (before, after) = outside.split_at_mut((axis + 1) * (width + 1));
        let before = &before[axis * (width + 1)..];
        if axis == outer.len() {
            match N {
                0 => settle_some(simd, before, inner, found),
                _ => settle_each::<S, N>(simd, before, inner, found),
            }
            if axis == 0 {
                return;
            }
            axis -= 1;
            continue;
        }
        let own = &outer[axis];
        let (state, states) = (next[axis], own.mass.len());
        if state == states {
            next[axis] = 0;
            if axis == 0 {
                return;
            }
            axis -= 1;
            continue;
        }
        next[axis] += 1;
        put(
            get(simd, &before[0]) * get(simd, &own.mass[state]),
            &mut after[0],
        );
        for o in 0..width {
            let e = get(simd, &own.e[o * states + state]);
            put(get(simd, &before[1 + o]) * e, &mut after[1 + o]);
        }
        axis += 1;
    }
}

/// The states of the inner axis beside one of all others, with so many outcomes.
#[inline(always)]
fn settle_each<S: Simd, const N: usize>(
    simd: S,
    outside: &[Lanes],
    inner: Axis<'_>,
    found: &mut [Lanes],
) {
    let states = inner.mass.len();
    let (prior, found) = (&outside[1..][..N], &mut found[..N]);
    let mut e: [&[Lanes]; N] = [&[]; N];
    let (mut own, mut sums) = ([zero(simd); N], [zero(simd); N]);
    for o in 0..N {
        e[o] = &inner.e[o * states..][..states];
    }
    for i in 0..states {
        let mut all = zero(simd);
        for o in 0..N {
            own[o] = get(simd, &prior[o]) * get(simd, &e[o][i]);
            all += own[o];
        }
        let mass = get(simd, &inner.mass[i]);
        let share = where_positive(simd, mass, mass / all);
        for o in 0..N {
            sums[o] += own[o] * share;
        }
    }
    let outside = get(simd, &outside[0]);
    for o in 0..N {
        put(get(simd, &found[o]) + outside * sums[o], &mut found[o]);
    }
}

/// The same with any number of outcomes.
#[inline(always)]
fn settle_some<S: Simd>(simd: S, outside: &[Lanes], inner: Axis<'_>, found: &mut [Lanes]) {
    let (states, width) = (inner.mass.len(), found.len());
    let prior = &outside[1..][..width];
    for i in 0..states {
        let mut all = zero(simd);
        for o in 0..width {
            all += get(simd, &prior[o]) * get(simd, &inner.e[o * states + i]);
        }
        let mass = get(simd, &inner.mass[i]);
        let share = where_positive(simd, mass, mass / all) * get(simd, &outside[0]);
        for o in 0..width {
            let own = get(simd, &prior[o]) * get(simd, &inner.e[o * states + i]);
            put(get(simd, &found[o]) + own * share, &mut found[o]);
        }
    }
}

/// The product of each row's numbers but the last.
pub fn products(rows: &[Lanes], width: usize, out: &mut [Lanes]) {
    dispatch!(now(), simd => products_on(simd, rows, width, out));
}

#[inline(always)]
fn products_on<S: Simd>(simd: S, rows: &[Lanes], width: usize, out: &mut [Lanes]) {
    for i in 0..out.len() {
        let row = &rows[i * width..][..width - 1];
        let mut product = one(simd);
        for j in 0..row.len() {
            product *= get(simd, &row[j]);
        }
        put(product, &mut out[i]);
    }
}

/// Each number times the last of its row.
pub fn times_last(numbers: &[Lanes], rows: &[Lanes], width: usize, out: &mut [Lanes]) {
    dispatch!(now(), simd => times_last_on(simd, numbers, rows, width, out));
}

#[inline(always)]
fn times_last_on<S: Simd>(
    simd: S,
    numbers: &[Lanes],
    rows: &[Lanes],
    width: usize,
    out: &mut [Lanes],
) {
    let out = &mut out[..numbers.len()];
    for i in 0..numbers.len() {
        let last = get(simd, &rows[i * width + width - 1]);
        put(get(simd, &numbers[i]) * last, &mut out[i]);
    }
}

/// What is open of each mass, as a share of it: 0 where there is none.
pub fn divide(open: &[Lanes], mass: &[Lanes], out: &mut [Lanes]) {
    dispatch!(now(), simd => divide_on(simd, open, mass, out));
}

#[inline(always)]
fn divide_on<S: Simd>(simd: S, open: &[Lanes], mass: &[Lanes], out: &mut [Lanes]) {
    let (open, mass) = (&open[..out.len()], &mass[..out.len()]);
    for i in 0..out.len() {
        let mass = get(simd, &mass[i]);
        put(
            where_positive(simd, mass, get(simd, &open[i]) / mass),
            &mut out[i],
        );
    }
}
