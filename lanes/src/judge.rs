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
    dispatch!(now(), simd => judge_on(simd, states, shares, sums, all));
}

#[inline(always)]
fn judge_on<S: Simd>(
    simd: S,
    states: States<'_>,
    shares: &[Eight],
    sums: &mut [Eight],
    all: &mut Sums,
) {
    let sums = &mut sums[..shares.len()];
    let mut lowest = f64x8::from_slice(simd, &all.least[..]);
    let mut whole = f64x8::from_slice(simd, &all.whole[..]);
    let count = states.mass.len();
    let mut i = 0;
    while i + LANES <= count {
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
    // Fewer than eight numbers are of one setting: the first lane is as good as any.
    while i < count {
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
        i += 1;
    }
}
