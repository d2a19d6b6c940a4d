//! What all states come to, from what becomes of each.

use crate::level::now;
use crate::vector::*;
use crate::{Lanes, Room};
use std::ops::Range;

/// What becomes of each state: so many numbers for each, those of the outcomes first, of which one may be final.
#[derive(Debug, Clone, Copy, Default)]
pub struct Parts<'a> {
    /// By state.
    pub parts: &'a [Lanes],
    /// How many numbers a state has.
    pub stride: usize,
    /// How many outcomes there are.
    pub width: usize,
    /// The place of the final outcome, if there is one.
    pub ended: Option<usize>,
    /// What each state's mass is.
    pub mass: &'a [Lanes],
    /// Of each state what lasts of it; empty where all is open.
    pub lasting: &'a [usize],
    /// By what lasts, what is open.
    pub open: &'a [Lanes],
}

/// What states come to, outcome by outcome.
pub trait Settle {
    /// What is the same for all outcomes of a state.
    type State<S: Simd>: Copy;

    /// How many states there are, and how many outcomes.
    fn counts(&self) -> (usize, usize);

    /// A state.
    fn state<S: Simd>(&self, simd: S, state: usize) -> Self::State<S>;

    /// An outcome's mass in a state.
    fn share<S: Simd>(
        &self,
        simd: S,
        state: usize,
        own: Self::State<S>,
        outcome: usize,
    ) -> f64x8<S>;

    /// Adds to `found`, by outcome, what all states come to.
    fn settle(&self, found: &mut [Lanes]) {
        dispatch!(now(), simd => match self.counts().1 {
            2 => settle_all::<_, 2>(simd, self, found),
            3 => settle_all::<_, 3>(simd, self, found),
            4 => settle_all::<_, 4>(simd, self, found),
            _ => settle_any(simd, self, found),
        });
    }

    /// The same among the cases in which each condition holds, by state: adds to `found`, by condition and outcome, and
    /// the mass of these cases to `whole`.
    fn settle_given(&self, conds: &[Vec<bool>], found: &mut [Lanes], whole: &mut [Lanes]) {
        dispatch!(now(), simd => settle_given(simd, self, conds, found, whole));
    }
}

/// With so many outcomes.
#[inline(always)]
fn settle_all<S: Simd, const N: usize>(
    simd: S,
    parts: &(impl Settle + ?Sized),
    found: &mut [Lanes],
) {
    let found = &mut found[..N];
    let mut sums = [zero(simd); N];
    for o in 0..N {
        sums[o] = get(simd, &found[o]);
    }
    for state in 0..parts.counts().0 {
        let own = parts.state(simd, state);
        for o in 0..N {
            sums[o] += parts.share(simd, state, own, o);
        }
    }
    for o in 0..N {
        put(sums[o], &mut found[o]);
    }
}

/// With any number of outcomes.
#[inline(always)]
fn settle_any<S: Simd>(simd: S, parts: &(impl Settle + ?Sized), found: &mut [Lanes]) {
    let (states, width) = parts.counts();
    let found = &mut found[..width];
    for state in 0..states {
        let own = parts.state(simd, state);
        for o in 0..width {
            let share = parts.share(simd, state, own, o);
            put(get(simd, &found[o]) + share, &mut found[o]);
        }
    }
}

#[inline(always)]
fn settle_given<S: Simd>(
    simd: S,
    parts: &(impl Settle + ?Sized),
    conds: &[Vec<bool>],
    found: &mut [Lanes],
    whole: &mut [Lanes],
) {
    let (states, width) = parts.counts();
    for state in 0..states {
        let own = parts.state(simd, state);
        for cond in 0..conds.len() {
            if !conds[cond][state] {
                continue;
            }
            let mut all = get(simd, &whole[cond]);
            let found = &mut found[cond * width..][..width];
            for o in 0..width {
                let share = parts.share(simd, state, own, o);
                put(get(simd, &found[o]) + share, &mut found[o]);
                all += share;
            }
            put(all, &mut whole[cond]);
        }
    }
}

impl Settle for Parts<'_> {
    /// Its mass, and what of it is open.
    type State<S: Simd> = (f64x8<S>, f64x8<S>);

    fn counts(&self) -> (usize, usize) {
        (self.mass.len(), self.width)
    }

    #[inline(always)]
    fn state<S: Simd>(&self, simd: S, state: usize) -> Self::State<S> {
        (get(simd, &self.mass[state]), self.left(simd, state))
    }

    #[inline(always)]
    fn share<S: Simd>(
        &self,
        simd: S,
        state: usize,
        (mass, left): Self::State<S>,
        outcome: usize,
    ) -> f64x8<S> {
        let share = mass * left * get(simd, &self.parts[state * self.stride + outcome]);
        match self.ended == Some(outcome) {
            true => share + mass * (one(simd) - left),
            false => share,
        }
    }
}

impl Parts<'_> {
    #[inline(always)]
    fn left<S: Simd>(&self, simd: S, state: usize) -> f64x8<S> {
        match self.lasting.is_empty() {
            true => one(simd),
            false => get(simd, &self.open[self.lasting[state]]),
        }
    }

    /// What stays open by what lasts, over what passes, in each of several horizons: `places` says which of a state's
    /// numbers these are; `whole` is the mass by what lasts.
    pub fn stays(&self, places: Range<usize>, whole: &[Lanes], out: &mut Room) {
        let out = out.fill(whole.len() * places.len(), Lanes::ZERO);
        dispatch!(now(), simd => match places.len() {
            1 => self.stays_on::<_, 1>(simd, places, whole, out),
            2 => self.stays_on::<_, 2>(simd, places, whole, out),
            3 => self.stays_on::<_, 3>(simd, places, whole, out),
            _ => self.stays_on::<_, 0>(simd, places, whole, out),
        });
    }

    /// `N` horizons, as many as there are where it is 0.
    #[inline(always)]
    fn stays_on<S: Simd, const N: usize>(
        &self,
        simd: S,
        places: Range<usize>,
        whole: &[Lanes],
        out: &mut [Lanes],
    ) {
        let count = match N {
            0 => places.len(),
            n => n,
        };
        let lasting = &self.lasting[..self.mass.len()];
        for state in 0..self.mass.len() {
            let parts = &self.parts[state * self.stride + places.start..][..count];
            let out = &mut out[lasting[state] * count..][..count];
            let mass = get(simd, &self.mass[state]);
            for j in 0..count {
                put(
                    get(simd, &out[j]) + mass * get(simd, &parts[j]),
                    &mut out[j],
                );
            }
        }
        for i in 0..whole.len() {
            let mass = get(simd, &whole[i]);
            let out = &mut out[i * count..][..count];
            for j in 0..count {
                let share = get(simd, &out[j]) / mass;
                put(where_positive(simd, mass, share), &mut out[j]);
            }
        }
    }
}
