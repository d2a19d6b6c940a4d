//! Several final outcomes: what becomes of a state's mass at one horizon's end, and of what has ended pair by pair
//! (`src/infer/question/steady.rs` has the formulas).
//!
//! What is open stands before what has ended, by final outcome: a *split* of so many numbers.

use crate::level::now;
use crate::pairs::{Block, Cap};
use crate::parts::Settle;
use crate::vector::*;
use crate::{Lanes, Room};
use std::ops::Range;

/// The priors of one horizon and of those before.
#[derive(Debug, Clone, Copy)]
pub struct Priors<'a> {
    /// By outcome that is not final its share of what is open.
    pub open: &'a [Lanes],
    /// By time 0 … h the share of all that are not final.
    pub left: &'a [Lanes],
    /// By time 0 … h and final outcome its share.
    pub finals: &'a [Lanes],
}

impl Priors<'_> {
    fn count(&self) -> usize {
        self.finals.len() / self.left.len()
    }

    /// How many numbers say what becomes of a state: by outcome its part of what is open when the horizon begins; then a split
    /// of what is open, for each horizon from the first to this one, as its numbers are in this one.
    #[must_use]
    pub fn stride(&self) -> usize {
        let finals = self.count();
        self.open.len() + finals + (self.left.len() - 1) * (1 + finals)
    }

    /// These numbers, by state, from e^W by outcome and state.
    pub fn parts(&self, table: &[Lanes], out: &mut Room) {
        let width = self.open.len() + self.count();
        let out = out.take(table.len() / width * self.stride());
        dispatch!(now(), simd => self.parts_on(simd, table, out));
    }

    #[inline(always)]
    fn parts_on<S: Simd>(&self, simd: S, table: &[Lanes], out: &mut [Lanes]) {
        let (open, finals, horizons) = (self.open.len(), self.count(), self.left.len() - 1);
        let (width, stride) = (open + finals, self.stride());
        let states = table.len() / width;
        let (e, ends) = table.split_at(open * states);
        let some = get(simd, &self.left[horizons]).simd_gt(zero(simd));
        for state in 0..states {
            let (parts, splits) = out[state * stride..][..stride].split_at_mut(width);
            let mut z = zero(simd);
            for o in 0..open {
                let own = get(simd, &e[o * states + state]) * get(simd, &self.open[o]);
                put(own, &mut parts[o]);
                z += own;
            }
            // Where everything has ended, nothing is shared.
            let z = some.select(z, one(simd));
            for j in 1..=horizons {
                let split = &mut splits[(j - 1) * (1 + finals)..][..1 + finals];
                self.split(simd, j, z, (ends, state), split);
            }
            let last = &splits[(horizons - 1) * (1 + finals)..];
            let stay = get(simd, &last[0]);
            let share = where_positive(simd, stay, stay / z);
            for o in 0..open {
                put(get(simd, &parts[o]) * share, &mut parts[o]);
            }
            parts[open..].copy_from_slice(&last[1..]);
        }
    }

    /// What becomes in horizon `j` of what is open: what stays, then what ends in each final outcome.
    #[inline(always)]
    fn split<S: Simd>(
        &self,
        simd: S,
        j: usize,
        z: f64x8<S>,
        (ends, state): (&[Lanes], usize),
        split: &mut [Lanes],
    ) {
        let finals = self.count();
        let states = ends.len() / finals;
        let (p0, p1) = (
            &self.finals[(j - 1) * finals..][..finals],
            &self.finals[j * finals..][..finals],
        );
        let (s0, s1) = (get(simd, &self.left[j - 1]), get(simd, &self.left[j]));
        let (mut n0, mut n1) = (s0 * z, s1 * z);
        for a in 0..finals {
            let e = get(simd, &ends[a * states + state]);
            n0 += get(simd, &p0[a]) * e;
            n1 += get(simd, &p1[a]) * e;
        }
        let below = s0 * n1;
        let ratio = where_positive(simd, below, smaller(s1 * n0 / below, one(simd)));
        let (stay, to) = split.split_at_mut(1);
        let mut rises = zero(simd);
        for a in 0..finals {
            let e = get(simd, &ends[a * states + state]);
            let before = where_positive(simd, n0, get(simd, &p0[a]) * e / n0);
            let now = where_positive(simd, n1, get(simd, &p1[a]) * e / n1);
            let rise = larger(now - before, zero(simd));
            rises += rise;
            put(rise, &mut to[a]);
        }
        // Where nothing rises, nothing ends.
        let falls = one(simd) - ratio;
        let part = where_positive(simd, rises, where_positive(simd, falls, falls / rises));
        let goes = part.simd_gt(zero(simd));
        put(goes.select(ratio, one(simd)), &mut stay[0]);
        for a in 0..finals {
            put(get(simd, &to[a]) * part, &mut to[a]);
        }
    }
}

/// What becomes of each state: so many numbers for each, as [`Priors::stride`] says.
#[derive(Debug, Clone, Copy)]
pub struct Parts<'a> {
    /// By state.
    pub parts: &'a [Lanes],
    /// How many numbers a state has.
    pub stride: usize,
    /// How many outcomes there are, and how many of them are final.
    pub outcomes: (usize, usize),
    /// What each state's mass is.
    pub mass: &'a [Lanes],
    /// Of each state what lasts of it.
    pub lasting: &'a [usize],
    /// By what lasts, a split.
    pub shares: &'a [Lanes],
}

impl Settle for Parts<'_> {
    /// Its mass.
    type State<S: Simd> = f64x8<S>;

    fn counts(&self) -> (usize, usize) {
        (self.mass.len(), self.outcomes.0)
    }

    #[inline(always)]
    fn state<S: Simd>(&self, simd: S, state: usize) -> Self::State<S> {
        get(simd, &self.mass[state])
    }

    #[inline(always)]
    fn share<S: Simd>(&self, simd: S, state: usize, mass: f64x8<S>, outcome: usize) -> f64x8<S> {
        let (outcomes, finals) = self.outcomes;
        let split = &self.shares[self.lasting[state] * (1 + finals)..][..1 + finals];
        let part = get(simd, &self.parts[state * self.stride + outcome]);
        let share = mass * get(simd, &split[0]) * part;
        match (outcome + finals).checked_sub(outcomes) {
            Some(a) => share + mass * get(simd, &split[1 + a]),
            None => share,
        }
    }
}

/// Splits each split on by some others, one after another: what is open loses what ends. `others` are so many for each, of which the
/// `range` is taken.
pub fn go_on(
    splits: &mut [Lanes],
    others: &[Lanes],
    finals: usize,
    (count, range): (usize, Range<usize>),
) {
    dispatch!(now(), simd => go_on_by(simd, splits, others, finals, (count, range)));
}

#[inline(always)]
fn go_on_by<S: Simd>(
    simd: S,
    splits: &mut [Lanes],
    others: &[Lanes],
    finals: usize,
    (count, range): (usize, Range<usize>),
) {
    let width = 1 + finals;
    for i in 0..splits.len() / width {
        let split = &mut splits[i * width..][..width];
        for j in range.clone() {
            let other = &others[(i * count + j) * width..][..width];
            let open = get(simd, &split[0]);
            for a in 1..width {
                let ended = get(simd, &split[a]) + open * get(simd, &other[a]);
                put(ended, &mut split[a]);
            }
            put(open * get(simd, &other[0]), &mut split[0]);
        }
    }
}

/// Each split's numbers divided by its mass: nothing where there is none.
pub fn divide(splits: &[Lanes], mass: &[Lanes], out: &mut [Lanes]) {
    dispatch!(now(), simd => divide_on(simd, splits, mass, out));
}

#[inline(always)]
fn divide_on<S: Simd>(simd: S, splits: &[Lanes], mass: &[Lanes], out: &mut [Lanes]) {
    let width = out.len() / mass.len().max(1);
    let splits = &splits[..out.len()];
    for i in 0..mass.len() {
        let all = get(simd, &mass[i]);
        for a in i * width..(i + 1) * width {
            let share = get(simd, &splits[a]) / all;
            put(where_positive(simd, all, share), &mut out[a]);
        }
    }
}

/// Splits of pairs, capped: of the cases that held and hold the same no more is open than there would be had what holds held all
/// along; the rest ends in proportion to what has not ended there yet.
#[derive(Debug)]
pub struct Capped<'a> {
    /// How many outcomes are final.
    pub finals: usize,
    /// By state before, the split of its mass.
    pub still: &'a [Lanes],
    /// By state now, the split that it would be had it held all along.
    pub most: &'a [Lanes],
    /// By state now what is, to which is added.
    pub out: &'a mut [Lanes],
    /// Room for a group's split.
    pub group: &'a mut Vec<Lanes>,
    /// Room for a split of each run.
    pub runs: &'a mut Vec<Lanes>,
}

impl Cap for Capped<'_> {
    #[inline(always)]
    fn block<S: Simd>(
        &mut self,
        simd: S,
        block: &Block,
        outside: f64x8<S>,
        (mass, whole): (&[Lanes], &[Lanes]),
        (from, to): (usize, usize),
    ) {
        let width = 1 + self.finals;
        let still = &self.still[from * width..];
        if block.groups().is_empty() {
            return self.each(simd, block, outside, mass, (still, to));
        }
        let (mut first, mut run) = (0, 0);
        for (group, &last) in block.groups().iter().enumerate() {
            let runs = &block.runs()[run..last];
            self.group.clear();
            self.group.resize(width, Lanes::ZERO);
            self.runs.clear();
            self.runs.resize(runs.len() * width, Lanes::ZERO);
            for i in 0..runs.len() {
                let end = runs[i].1;
                let sums = &mut self.runs[i * width..][..width];
                for j in first..end {
                    let still = &still[block.from()[j] as usize * width..][..width];
                    let own = get(simd, &mass[j]);
                    for a in 0..width {
                        put(
                            get(simd, &sums[a]) + own * get(simd, &still[a]),
                            &mut sums[a],
                        );
                    }
                }
                for a in 0..width {
                    let all = get(simd, &self.group[a]) + get(simd, &sums[a]);
                    put(all, &mut self.group[a]);
                }
                first = end;
            }
            let whole = get(simd, &whole[group]);
            for i in 0..runs.len() {
                let place = (to + runs[i].0 as usize) * width;
                let most = &self.most[place..][..width];
                let out = &mut self.out[place..][..width];
                let part = (&self.runs[i * width..][..width], outside);
                cap(simd, (self.group, whole), most, part, out);
            }
            run = last;
        }
    }
}

impl Capped<'_> {
    /// Where each pair is a group of its own.
    #[inline(always)]
    fn each<S: Simd>(
        &mut self,
        simd: S,
        block: &Block,
        outside: f64x8<S>,
        mass: &[Lanes],
        (still, to): (&[Lanes], usize),
    ) {
        let width = 1 + self.finals;
        let mut first = 0;
        for &(now, end) in block.runs() {
            let place = (to + now as usize) * width;
            let most = &self.most[place..][..width];
            let out = &mut self.out[place..][..width];
            let (from, mass) = (&block.from()[first..end], &mass[first..end]);
            for i in 0..from.len() {
                let still = &still[from[i] as usize * width..][..width];
                let own = outside * get(simd, &mass[i]);
                cap(simd, (still, one(simd)), most, (still, own), out);
            }
            first = end;
        }
    }
}

/// Adds to `out` a part of a group's split, times a number, as much of what is open in it ended as must be.
#[inline(always)]
fn cap<S: Simd>(
    simd: S,
    (group, whole): (&[Lanes], f64x8<S>),
    most: &[Lanes],
    (part, times): (&[Lanes], f64x8<S>),
    out: &mut [Lanes],
) {
    let width = out.len();
    let (group, most, part) = (&group[..width], &most[..width], &part[..width]);
    let (was, limit) = (get(simd, &group[0]), get(simd, &most[0]) * whole);
    let mut gaps = zero(simd);
    for a in 1..width {
        gaps += larger(
            get(simd, &most[a]) * whole - get(simd, &group[a]),
            zero(simd),
        );
    }
    let capped = was.simd_gt(limit) & gaps.simd_gt(zero(simd));
    let stay = capped.select(limit / was, one(simd));
    let open = get(simd, &part[0]) * times;
    put(get(simd, &out[0]) + open * stay, &mut out[0]);
    let ends = open * (one(simd) - stay);
    for a in 1..width {
        let gap = larger(
            get(simd, &most[a]) * whole - get(simd, &group[a]),
            zero(simd),
        );
        let share = capped.select(ends * gap / gaps, zero(simd));
        let ended = get(simd, &out[a]) + get(simd, &part[a]) * times + share;
        put(ended, &mut out[a]);
    }
}
