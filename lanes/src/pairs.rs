//! Pairs of states: one at a horizon's end, and one at the next one's that it can lead to.

use crate::Lanes;
use crate::level::now;
use crate::vector::*;

/// What lasted before, what lasts now, and the group of those that held and hold the same of what outcomes rest on.
#[derive(Debug, Clone, Copy, Default)]
pub struct Pair {
    /// The state before.
    pub from: u32,
    /// The state now.
    pub to: u32,
    /// The group.
    pub group: u32,
}

/// One axis: its pairs, how likely each is, and how many states were kept.
#[derive(Debug, Clone, Copy)]
pub struct Along<'a> {
    /// The pairs.
    pub pairs: &'a [Pair],
    /// Of each pair how likely it is.
    pub ways: &'a [Lanes],
    /// How many states were kept.
    pub kept: usize,
}

impl Along<'_> {
    /// Adds to `out` what moves along the pairs, of masses with `inner` neighbours.
    pub fn expand(&self, before: &[Lanes], inner: usize, out: &mut Vec<Lanes>) {
        // What is there is overwritten.
        out.resize(before.len() / self.kept * self.pairs.len(), Lanes::ZERO);
        dispatch!(now(), simd => self.expand_on(simd, before, inner, out));
    }

    #[inline(always)]
    fn expand_on<S: Simd>(&self, simd: S, before: &[Lanes], inner: usize, out: &mut [Lanes]) {
        let (pairs, ways) = (self.pairs, &self.ways[..self.pairs.len()]);
        let (kept, size) = (self.kept * inner, pairs.len() * inner);
        for block in 0..before.len() / kept {
            let before = &before[block * kept..][..kept];
            let out = &mut out[block * size..][..size];
            for i in 0..pairs.len() {
                let p = get(simd, &ways[i]);
                let before = &before[pairs[i].from as usize * inner..][..inner];
                let out = &mut out[i * inner..][..inner];
                for j in 0..inner {
                    put(get(simd, &before[j]) * p, &mut out[j]);
                }
            }
        }
    }
}

/// What is open of each pair.
#[derive(Debug, Clone, Copy)]
pub struct Open<'a> {
    /// All pairs, by those of the last axis.
    pub all: &'a [Pair],
    /// The last axis, whose neighbours stand side by side.
    pub last: Along<'a>,
    /// The masses of the pairs of all other axes.
    pub mass: &'a [Lanes],
    /// By state before what was open of it.
    pub still: &'a [Lanes],
    /// By state now the most that may be open.
    pub most: &'a [Lanes],
}

impl Open<'_> {
    /// Where each pair is a group of its own: adds to `open`, by state now, what is, no more than may be.
    pub fn cap(&self, open: &mut [Lanes]) {
        dispatch!(now(), simd => self.cap_on(simd, open));
    }

    #[inline(always)]
    fn cap_on<S: Simd>(&self, simd: S, open: &mut [Lanes]) {
        let Along { pairs, kept, .. } = self.last;
        let ways = &self.last.ways[..pairs.len()];
        for block in 0..self.mass.len() / kept {
            let before = &self.mass[block * kept..][..kept];
            let all = &self.all[block * pairs.len()..][..pairs.len()];
            for i in 0..pairs.len() {
                let moved = get(simd, &before[pairs[i].from as usize]) * get(simd, &ways[i]);
                let (from, to) = (all[i].from as usize, all[i].to as usize);
                let least = smaller(get(simd, &self.still[from]), get(simd, &self.most[to]));
                put(get(simd, &open[to]) + moved * least, &mut open[to]);
            }
        }
    }

    /// Where groups are taken together, each of so many: adds to `open`, by state now, what is.
    pub fn cap_groups(&self, sums: &mut Vec<[Lanes; 2]>, groups: usize, open: &mut [Lanes]) {
        sums.clear();
        sums.resize(groups, [Lanes::ZERO; 2]);
        dispatch!(now(), simd => self.cap_groups_on(simd, sums, open));
    }

    #[inline(always)]
    fn cap_groups_on<S: Simd>(&self, simd: S, sums: &mut [[Lanes; 2]], open: &mut [Lanes]) {
        let Along { pairs, kept, .. } = self.last;
        let ways = &self.last.ways[..pairs.len()];
        for block in 0..self.mass.len() / kept {
            let before = &self.mass[block * kept..][..kept];
            let all = &self.all[block * pairs.len()..][..pairs.len()];
            for i in 0..pairs.len() {
                let moved = get(simd, &before[pairs[i].from as usize]) * get(simd, &ways[i]);
                let [open, whole] = &mut sums[all[i].group as usize];
                put(
                    get(simd, open) + moved * get(simd, &self.still[all[i].from as usize]),
                    open,
                );
                put(get(simd, whole) + moved, whole);
            }
        }
        for block in 0..self.mass.len() / kept {
            let before = &self.mass[block * kept..][..kept];
            let all = &self.all[block * pairs.len()..][..pairs.len()];
            for i in 0..pairs.len() {
                let moved = get(simd, &before[pairs[i].from as usize]) * get(simd, &ways[i]);
                let (from, to) = (all[i].from as usize, all[i].to as usize);
                let [was, whole] = &sums[all[i].group as usize];
                let was = get(simd, was);
                let most = get(simd, &self.most[to]) * get(simd, whole);
                let factor = was.simd_gt(most).select(most / was, one(simd));
                let share = moved * get(simd, &self.still[from]) * factor;
                put(get(simd, &open[to]) + share, &mut open[to]);
            }
        }
    }
}
