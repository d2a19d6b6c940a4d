//! Pairs of states: one at a horizon's end, and one at the next one's that it can lead to.

use crate::Lanes;
use crate::level::now;
use crate::vector::*;

/// What lasts before, what lasts now, and the group of those that held and hold the same of what outcomes rest on.
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
    /// Of each pair how likely it is that the one comes before and the other now.
    pub mass: &'a [Lanes],
    /// How many states were kept.
    pub kept: usize,
}

/// The pairs of some axes together: those of a group side by side, and among them those that lead to one state.
#[derive(Debug, Clone, Default)]
pub struct Block {
    /// By pair the state before.
    from: Vec<u32>,
    /// By pair its places among the pairs of all axes but the last, and among those of the last.
    factors: Vec<(u32, u32)>,
    /// By group and state now: that state, and where its pairs end.
    runs: Vec<(u32, usize)>,
    /// Where each group's runs end; empty where every pair is a group of its own.
    groups: Vec<usize>,
    /// How many states were kept.
    kept: usize,
}

impl Block {
    /// The pairs of these axes, each with how many states were kept of it; the last counts fastest.
    #[must_use]
    pub fn new(axes: &[(&[Pair], usize)]) -> Block {
        let mut all = vec![(Pair::default(), (0, 0))];
        let (mut kept, mut apart) = (1, true);
        for &(pairs, own) in axes {
            let groups = pairs.iter().map(|p| p.group + 1).max().unwrap_or(0);
            apart &= are_apart(pairs);
            let prefixes = all.iter().enumerate();
            let longer = prefixes.flat_map(|(prefix, (before, _))| {
                pairs.iter().enumerate().map(move |(last, pair)| {
                    let pair = Pair {
                        from: before.from * own as u32 + pair.from,
                        to: before.to * own as u32 + pair.to,
                        group: before.group * groups + pair.group,
                    };
                    (pair, (prefix as u32, last as u32))
                })
            });
            all = longer.collect();
            kept *= own;
        }
        all.sort_by_key(|(pair, _)| (if apart { 0 } else { pair.group }, pair.to));
        let mut block = Block {
            from: all.iter().map(|(pair, _)| pair.from).collect(),
            factors: all.iter().map(|(_, factors)| *factors).collect(),
            runs: Vec::new(),
            groups: Vec::new(),
            kept,
        };
        let place = |pair: &Pair| (if apart { 0 } else { pair.group }, pair.to);
        for (end, (pair, _)) in (1..).zip(&all) {
            let next = all.get(end).map(|(next, _)| next);
            if next.is_none_or(|next| place(next) != place(pair)) {
                block.runs.push((pair.to, end));
            }
            if !apart && next.is_none_or(|next| next.group != pair.group) {
                block.groups.push(block.runs.len());
            }
        }
        block
    }

    /// How likely each pair is, from how likely those of the axes are; and how likely each group is.
    fn fill(&self, axes: &[Along<'_>], scratch: &mut Scratch) {
        let Scratch {
            mass,
            prefixes,
            whole,
            ..
        } = scratch;
        mass.clear();
        whole.clear();
        let Some((last, others)) = axes.split_last() else {
            mass.push(Lanes::ONE);
            return;
        };
        prefixes.clear();
        prefixes.push(Lanes::ONE);
        for axis in others {
            mass.clear();
            for prefix in prefixes.iter() {
                mass.extend(axis.mass.iter().map(|own| *prefix * *own));
            }
            std::mem::swap(prefixes, mass);
        }
        mass.clear();
        let factor =
            |&(prefix, own): &(u32, u32)| prefixes[prefix as usize] * last.mass[own as usize];
        mass.extend(self.factors.iter().map(factor));
        let (mut first, mut run) = (0, 0);
        for &last in &self.groups {
            let end = self.runs[run..last].last().map_or(first, |run| run.1);
            let own = mass[first..end].iter();
            whole.push(own.fold(Lanes::ZERO, |sum, p| sum + *p));
            (first, run) = (end, last);
        }
    }
}

/// What is made of the pairs of a block.
pub trait Cap {
    /// Takes a block beside a pair of all other axes, which is so likely: how likely its pairs are, and its groups; `from`
    /// and `to` say at which states before and now its own begin.
    fn block<S: Simd>(
        &mut self,
        simd: S,
        block: &Block,
        outside: f64x8<S>,
        masses: (&[Lanes], &[Lanes]),
        places: (usize, usize),
    );
}

/// Goes through all pairs, block by block.
#[derive(Debug, Clone, Copy)]
pub struct Walk<'a> {
    /// The axes that are gone through pair by pair, each pair a group of its own.
    pub outer: &'a [Along<'a>],
    /// The axes of the block.
    pub inner: &'a [Along<'a>],
    /// Their pairs.
    pub block: &'a Block,
    /// How many states were kept.
    pub count: usize,
}

/// So many pairs are gone through at once.
const BLOCK: usize = 1 << 6;

/// All pairs of some axes.
#[derive(Debug, Clone)]
pub struct Pairs {
    /// By axis its pairs, and how many states were kept of it.
    axes: Vec<(Vec<Pair>, usize)>,
    /// How many axes are gone through pair by pair, each pair a group of its own.
    outer: usize,
    /// The pairs of all others.
    block: Block,
    count: usize,
}

impl Pairs {
    /// The pairs of these axes, each with how many states were kept of it; none where there are more than `most`. Axes of
    /// which pairs share a group come last.
    #[must_use]
    pub fn new(axes: Vec<(Vec<Pair>, usize)>, most: usize) -> Option<Pairs> {
        let all = axes.iter().map(|(pairs, _)| pairs.len());
        let count = all.fold(1, usize::saturating_mul);
        if count > most {
            return None;
        }
        let apart = axes.iter().take_while(|(pairs, _)| are_apart(pairs));
        let apart = apart.count();
        let (mut outer, mut size) = (axes.len(), 1);
        for (a, (pairs, _)) in axes.iter().enumerate().rev() {
            size *= pairs.len();
            if a < apart && size > BLOCK {
                break;
            }
            outer = a;
        }
        let inner = axes[outer..].iter();
        let inner: Vec<(&[Pair], usize)> = inner.map(|(pairs, kept)| (&pairs[..], *kept)).collect();
        Some(Pairs {
            block: Block::new(&inner),
            axes,
            outer,
            count,
        })
    }

    /// How many there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.count
    }

    /// By axis its pairs, and how many states were kept of it.
    #[must_use]
    pub fn axes(&self) -> &[(Vec<Pair>, usize)] {
        &self.axes
    }

    /// Takes together the cases that held and hold the same, and hands them to `cap`, told by axis how likely its pairs are.
    pub fn cap(&self, masses: &[Vec<Lanes>], scratch: &mut Scratch, cap: &mut impl Cap) {
        let along = self.axes.iter().zip(masses);
        let along = along.map(|((pairs, kept), mass)| Along {
            pairs,
            mass,
            kept: *kept,
        });
        let along: Vec<Along<'_>> = along.collect();
        let (outer, inner) = along.split_at(self.outer);
        let walk = Walk {
            outer,
            inner,
            block: &self.block,
            count: self.axes.iter().map(|(_, kept)| kept).product(),
        };
        walk.all(scratch, cap);
    }
}

/// Whether every pair is a group of its own.
#[must_use]
pub fn are_apart(pairs: &[Pair]) -> bool {
    let groups = pairs.iter().map(|p| p.group + 1).max().unwrap_or(0);
    groups as usize == pairs.len()
}

/// What is open of each pair: of the cases in a group no more than may be.
#[derive(Debug)]
pub struct Open<'a> {
    /// By state before what was open of it.
    pub still: &'a [Lanes],
    /// By state now the most that may be open.
    pub most: &'a [Lanes],
    /// By state now what is, to which is added.
    pub open: &'a mut [Lanes],
    /// Room for what is open by run.
    pub sums: &'a mut Vec<Lanes>,
}

/// Buffers.
#[derive(Debug, Clone, Default)]
pub struct Scratch {
    levels: Vec<Level>,
    /// By pair of the block how likely it is, and by group.
    mass: Vec<Lanes>,
    whole: Vec<Lanes>,
    prefixes: Vec<Lanes>,
}

/// Where an axis stands.
#[derive(Debug, Clone, Copy, Default)]
struct Level {
    /// Its next pair.
    next: usize,
    /// How many states there are inside of one of its own.
    size: usize,
    /// The first states before and now, and how likely what stands outside of it is.
    from: usize,
    to: usize,
    mass: Lanes,
}

impl Walk<'_> {
    /// Hands each block to `cap`.
    pub fn all(&self, scratch: &mut Scratch, cap: &mut impl Cap) {
        self.block.fill(self.inner, scratch);
        let Scratch {
            levels,
            mass,
            whole,
            ..
        } = scratch;
        levels.clear();
        let mut size = self.count;
        for axis in self.outer {
            size /= axis.kept;
            levels.push(Level {
                size,
                mass: Lanes::ONE,
                ..Level::default()
            });
        }
        dispatch!(now(), simd => self.all_on(simd, levels, (mass, whole), cap));
    }

    #[inline(always)]
    fn all_on<S: Simd>(
        &self,
        simd: S,
        levels: &mut [Level],
        inner: (&[Lanes], &[Lanes]),
        cap: &mut impl Cap,
    ) {
        if levels.is_empty() {
            cap.block(simd, self.block, one(simd), inner, (0, 0));
            return;
        }
        let mut axis = 0;
        loop {
            let level = &mut levels[axis];
            let along = &self.outer[axis];
            if level.next == along.pairs.len() {
                if axis == 0 {
                    return;
                }
                axis -= 1;
                continue;
            }
            let pair = along.pairs[level.next];
            let mass = get(simd, &level.mass) * get(simd, &along.mass[level.next]);
            level.next += 1;
            let from = level.from + pair.from as usize * level.size;
            let to = level.to + pair.to as usize * level.size;
            if axis + 1 < levels.len() {
                axis += 1;
                let level = &mut levels[axis];
                (level.next, level.from, level.to) = (0, from, to);
                put(mass, &mut level.mass);
                continue;
            }
            cap.block(simd, self.block, mass, inner, (from, to));
        }
    }
}

impl Cap for Open<'_> {
    #[inline(always)]
    fn block<S: Simd>(
        &mut self,
        simd: S,
        block: &Block,
        outside: f64x8<S>,
        (mass, whole): (&[Lanes], &[Lanes]),
        (from, to): (usize, usize),
    ) {
        let count = block.kept;
        let states = (&self.still[from..][..count], &self.most[to..][..count]);
        let open = &mut self.open[to..][..count];
        if block.groups.is_empty() {
            block.cap_each(simd, outside, states, mass, open);
            return;
        }
        // What is there is overwritten.
        self.sums.resize(block.runs.len(), Lanes::ZERO);
        block.cap_groups(simd, outside, states, (mass, whole), self.sums, open);
    }
}

impl Block {
    /// By pair the state before.
    pub(crate) fn from(&self) -> &[u32] {
        &self.from
    }

    /// By group and state now: that state, and where its pairs end.
    pub(crate) fn runs(&self) -> &[(u32, usize)] {
        &self.runs
    }

    /// Where each group's runs end; empty where every pair is a group of its own.
    pub(crate) fn groups(&self) -> &[usize] {
        &self.groups
    }

    /// Where each pair is a group of its own.
    #[inline(always)]
    fn cap_each<S: Simd>(
        &self,
        simd: S,
        outside: f64x8<S>,
        (still, most): (&[Lanes], &[Lanes]),
        mass: &[Lanes],
        open: &mut [Lanes],
    ) {
        let mut first = 0;
        for &(to, end) in &self.runs {
            let (from, mass) = (&self.from[first..end], &mass[first..end]);
            let (most, open) = (get(simd, &most[to as usize]), &mut open[to as usize]);
            let mut sum = zero(simd);
            for i in 0..from.len() {
                let still = get(simd, &still[from[i] as usize]);
                sum += get(simd, &mass[i]) * smaller(still, most);
            }
            put(get(simd, open) + outside * sum, open);
            first = end;
        }
    }

    /// Where groups are taken together.
    #[inline(always)]
    fn cap_groups<S: Simd>(
        &self,
        simd: S,
        outside: f64x8<S>,
        (still, most): (&[Lanes], &[Lanes]),
        (mass, whole): (&[Lanes], &[Lanes]),
        sums: &mut [Lanes],
        open: &mut [Lanes],
    ) {
        let (mut first, mut run) = (0, 0);
        for group in 0..self.groups.len() {
            let last = self.groups[group];
            let runs = &self.runs[run..last];
            let sums = &mut sums[..runs.len()];
            let mut was = zero(simd);
            for i in 0..runs.len() {
                let end = runs[i].1;
                let (from, mass) = (&self.from[first..end], &mass[first..end]);
                let mut sum = zero(simd);
                for j in 0..from.len() {
                    sum += get(simd, &mass[j]) * get(simd, &still[from[j] as usize]);
                }
                was += sum;
                put(sum, &mut sums[i]);
                first = end;
            }
            let whole = get(simd, &whole[group]);
            for i in 0..runs.len() {
                let to = runs[i].0 as usize;
                let limit = get(simd, &most[to]) * whole;
                let share = match runs.len() {
                    1 => smaller(was, limit),
                    _ => {
                        let factor = was.simd_gt(limit).select(limit / was, one(simd));
                        get(simd, &sums[i]) * factor
                    }
                };
                put(get(simd, &open[to]) + outside * share, &mut open[to]);
            }
            run = last;
        }
    }
}
