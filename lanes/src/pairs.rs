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
    /// Of each pair how likely it is.
    pub ways: &'a [Lanes],
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
            apart &= groups as usize == pairs.len();
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

    /// How likely each pair is, from how likely those of the axes are.
    fn fill(&self, axes: &[Along<'_>], scratch: &mut Vec<Lanes>, out: &mut Vec<Lanes>) {
        let Some((last, others)) = axes.split_last() else {
            out.clear();
            out.push(Lanes::ONE);
            return;
        };
        scratch.clear();
        scratch.push(Lanes::ONE);
        for axis in others {
            out.clear();
            for prefix in scratch.iter() {
                out.extend(axis.ways.iter().map(|way| *prefix * *way));
            }
            std::mem::swap(scratch, out);
        }
        out.clear();
        let factor =
            |&(prefix, way): &(u32, u32)| scratch[prefix as usize] * last.ways[way as usize];
        out.extend(self.factors.iter().map(factor));
    }
}

/// What is made of the pairs of a block.
pub trait Cap {
    /// Takes the masses before of a block's states and how likely its pairs are; `from` and `to` say at which states before and
    /// now the block's own begin.
    fn block<S: Simd>(
        &mut self,
        simd: S,
        block: &Block,
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
    /// By state before its mass.
    pub mass: &'a [Lanes],
}

/// What is open of each pair.
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
    /// By axis the mass along the pair at which it stands.
    moved: Vec<Lanes>,
    ways: Vec<Lanes>,
    factors: Vec<Lanes>,
}

/// Where an axis stands.
#[derive(Debug, Clone, Copy, Default)]
struct Level {
    /// Its next pair.
    next: usize,
    /// How many states there are inside of one of its own, and where their masses begin.
    size: usize,
    first: usize,
    /// The first states before and now.
    from: usize,
    to: usize,
}

impl Walk<'_> {
    /// Hands each block to `cap`.
    pub fn all(&self, scratch: &mut Scratch, cap: &mut impl Cap) {
        let Scratch {
            levels,
            moved,
            ways,
            factors,
        } = scratch;
        self.block.fill(self.inner, factors, ways);
        levels.clear();
        let (mut size, mut first) = (self.mass.len(), 0);
        for axis in self.outer {
            size /= axis.kept;
            levels.push(Level {
                size,
                first,
                ..Level::default()
            });
            first += size;
        }
        // What is there is overwritten.
        moved.resize(first.max(moved.len()), Lanes::ZERO);
        dispatch!(now(), simd => self.all_on(simd, levels, (moved, ways), cap));
    }

    #[inline(always)]
    fn all_on<S: Simd>(
        &self,
        simd: S,
        levels: &mut [Level],
        (moved, ways): (&mut [Lanes], &[Lanes]),
        cap: &mut impl Cap,
    ) {
        let block = self.block.kept;
        if levels.is_empty() {
            cap.block(simd, self.block, (&self.mass[..block], ways), (0, 0));
            return;
        }
        let mut axis = 0;
        loop {
            let level = levels[axis];
            let along = &self.outer[axis];
            if level.next == along.pairs.len() {
                if axis == 0 {
                    return;
                }
                axis -= 1;
                continue;
            }
            levels[axis].next += 1;
            let (pair, way) = (along.pairs[level.next], get(simd, &along.ways[level.next]));
            let (before, after) = moved.split_at_mut(level.first);
            let before = match axis {
                0 => self.mass,
                _ => &before[levels[axis - 1].first..],
            };
            let size = level.size;
            let before = &before[pair.from as usize * size..][..size];
            let after = &mut after[..size];
            for i in 0..size {
                put(get(simd, &before[i]) * way, &mut after[i]);
            }
            let from = level.from + pair.from as usize * size;
            let to = level.to + pair.to as usize * size;
            if axis + 1 < levels.len() {
                axis += 1;
                levels[axis] = Level {
                    next: 0,
                    from,
                    to,
                    ..levels[axis]
                };
                continue;
            }
            cap.block(simd, self.block, (&after[..block], ways), (from, to));
        }
    }
}

impl Cap for Open<'_> {
    #[inline(always)]
    fn block<S: Simd>(
        &mut self,
        simd: S,
        block: &Block,
        (mass, ways): (&[Lanes], &[Lanes]),
        (from, to): (usize, usize),
    ) {
        let count = mass.len();
        let states = (
            mass,
            &self.still[from..][..count],
            &self.most[to..][..count],
        );
        let open = &mut self.open[to..][..count];
        match block.groups.is_empty() {
            true => block.cap_each(simd, states, ways, open),
            false => {
                if self.sums.len() < block.runs.len() {
                    self.sums.resize(block.runs.len(), Lanes::ZERO);
                }
                block.cap_groups(simd, states, (ways, self.sums), open);
            }
        }
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
        (mass, still, most): (&[Lanes], &[Lanes], &[Lanes]),
        ways: &[Lanes],
        open: &mut [Lanes],
    ) {
        let states = mass.len();
        let still = &still[..states];
        let mut first = 0;
        for &(to, end) in &self.runs {
            let (from, ways) = (&self.from[first..end], &ways[first..end]);
            let (most, open) = (get(simd, &most[to as usize]), &mut open[to as usize]);
            let mut sum = get(simd, open);
            for i in 0..from.len() {
                let from = from[i] as usize;
                let moved = get(simd, &mass[from]) * get(simd, &ways[i]);
                sum += moved * smaller(get(simd, &still[from]), most);
            }
            put(sum, open);
            first = end;
        }
    }

    /// Where groups are taken together.
    #[inline(always)]
    fn cap_groups<S: Simd>(
        &self,
        simd: S,
        (mass, still, most): (&[Lanes], &[Lanes], &[Lanes]),
        (ways, sums): (&[Lanes], &mut [Lanes]),
        open: &mut [Lanes],
    ) {
        let states = mass.len();
        let still = &still[..states];
        let (mut first, mut run) = (0, 0);
        for &last in &self.groups {
            let runs = &self.runs[run..last];
            let sums = &mut sums[..runs.len()];
            let (mut was, mut whole) = (zero(simd), zero(simd));
            for i in 0..runs.len() {
                let end = runs[i].1;
                let (from, ways) = (&self.from[first..end], &ways[first..end]);
                let mut sum = zero(simd);
                for j in 0..from.len() {
                    let from = from[j] as usize;
                    let moved = get(simd, &mass[from]) * get(simd, &ways[j]);
                    whole += moved;
                    sum += moved * get(simd, &still[from]);
                }
                was += sum;
                put(sum, &mut sums[i]);
                first = end;
            }
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
                put(get(simd, &open[to]) + share, &mut open[to]);
            }
            run = last;
        }
    }
}
