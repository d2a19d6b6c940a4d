//! What is open, shared out among the outcomes of a question: over many states at once.
//!
//! Numbers stand one behind another: those of one setting, or eight settings side by side for each state. What holds for
//! all states comes as eight numbers, so that both are the same loop.

use crate::LANES;
use crate::level::now;
use crate::vector::*;

/// Eight numbers.
pub type Eight = [f64; LANES];

/// States in a row, of which each outcome has e^W.
#[derive(Debug, Clone, Copy)]
pub struct States<'a> {
    /// By outcome and state; `stride` numbers an outcome.
    pub e: &'a [f64],
    /// How far apart two outcomes are.
    pub stride: usize,
    /// How much of them there is.
    pub mass: &'a [f64],
    /// What that is multiplied by, if by anything.
    pub by: &'a [f64],
}

/// What is added up over states.
#[derive(Debug, Clone)]
pub struct Sums {
    /// All mass, added up in the same order, so that what is certain is exactly this.
    pub whole: Eight,
    /// The least Z.
    pub least: Eight,
}

/// Adds what each outcome has to `sums`: mass × (share × e^W ÷ Z), with Z = Σ share × e^W.
pub fn judge(states: States<'_>, shares: &[Eight], sums: &mut [Eight], all: &mut Sums) {
    dispatch!(now(), simd => match shares.len() {
        2 => judge_few::<_, 2>(simd, states, shares, sums, all),
        3 => judge_few::<_, 3>(simd, states, shares, sums, all),
        4 => judge_few::<_, 4>(simd, states, shares, sums, all),
        _ => judge_many(simd, states, shares, sums, all),
    });
    // Fewer than eight numbers are of one setting: the first lane is as good as any.
    let count = states.mass.len();
    for i in count / LANES * LANES..count {
        judge_one(states, i, shares, sums, all);
    }
}

/// So few outcomes that their sums stay where they are.
#[inline(always)]
fn judge_few<S: Simd, const K: usize>(
    simd: S,
    states: States<'_>,
    shares: &[Eight],
    sums: &mut [Eight],
    all: &mut Sums,
) {
    let (shares, sums) = (&shares[..K], &mut sums[..K]);
    let mut lowest = f64x8::from_slice(simd, &all.least[..]);
    let mut whole = f64x8::from_slice(simd, &all.whole[..]);
    let mut found = [zero(simd); K];
    for o in 0..K {
        found[o] = f64x8::from_slice(simd, &sums[o][..]);
    }
    let mut i = 0;
    while i + LANES <= states.mass.len() {
        let mut own = [zero(simd); K];
        let mut z = zero(simd);
        for o in 0..K {
            let e = f64x8::from_slice(simd, &states.e[o * states.stride + i..][..LANES]);
            own[o] = e * f64x8::from_slice(simd, &shares[o][..]);
            z += own[o];
        }
        lowest = smaller(z, lowest);
        let mut part = f64x8::from_slice(simd, &states.mass[i..][..LANES]);
        if !states.by.is_empty() {
            part *= f64x8::from_slice(simd, &states.by[i..][..LANES]);
        }
        for o in 0..K {
            found[o] += part * (own[o] / z);
        }
        whole += part;
        i += LANES;
    }
    lowest.store_slice(&mut all.least[..]);
    whole.store_slice(&mut all.whole[..]);
    for o in 0..K {
        found[o].store_slice(&mut sums[o][..]);
    }
}

#[inline(always)]
fn judge_many<S: Simd>(
    simd: S,
    states: States<'_>,
    shares: &[Eight],
    sums: &mut [Eight],
    all: &mut Sums,
) {
    let sums = &mut sums[..shares.len()];
    let mut lowest = f64x8::from_slice(simd, &all.least[..]);
    let mut whole = f64x8::from_slice(simd, &all.whole[..]);
    let mut i = 0;
    while i + LANES <= states.mass.len() {
        let mut z = zero(simd);
        for o in 0..shares.len() {
            let e = f64x8::from_slice(simd, &states.e[o * states.stride + i..][..LANES]);
            z += e * f64x8::from_slice(simd, &shares[o][..]);
        }
        lowest = smaller(z, lowest);
        let mut part = f64x8::from_slice(simd, &states.mass[i..][..LANES]);
        if !states.by.is_empty() {
            part *= f64x8::from_slice(simd, &states.by[i..][..LANES]);
        }
        for o in 0..shares.len() {
            let e = f64x8::from_slice(simd, &states.e[o * states.stride + i..][..LANES]);
            let share = e * f64x8::from_slice(simd, &shares[o][..]) / z;
            let sum = f64x8::from_slice(simd, &sums[o][..]) + part * share;
            sum.store_slice(&mut sums[o][..]);
        }
        whole += part;
        i += LANES;
    }
    lowest.store_slice(&mut all.least[..]);
    whole.store_slice(&mut all.whole[..]);
}

/// One state of one setting.
fn judge_one(states: States<'_>, i: usize, shares: &[Eight], sums: &mut [Eight], all: &mut Sums) {
    let mut z = 0.0;
    for o in 0..shares.len() {
        z += states.e[o * states.stride + i] * shares[o][0];
    }
    all.least[0] = if z < all.least[0] { z } else { all.least[0] };
    let mut part = states.mass[i];
    if !states.by.is_empty() {
        part *= states.by[i];
    }
    for o in 0..shares.len() {
        sums[o][0] += part * (states.e[o * states.stride + i] * shares[o][0] / z);
    }
    all.whole[0] += part;
}
