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

/// What is open of each pair.
#[derive(Debug, Clone, Copy)]
pub struct Open<'a> {
    /// The axes that are gone through pair by pair, each pair a group of its own.
    pub outer: &'a [Along<'a>],
    /// The axes of the block.
    pub inner: &'a [Along<'a>],
    /// Their pairs.
    pub block: &'a Block,
    /// By state before its mass, and what was open of it.
    pub mass: &'a [Lanes],
    /// By state before what was open of it.
    pub still: &'a [Lanes],
    /// By state now the most that may be open.
    pub most: &'a [Lanes],
}

/// Buffers.
#[derive(Debug, Clone, Default)]
pub struct Scratch {
    levels: Vec<Level>,
    /// By axis the mass along the pair at which it stands.
    moved: Vec<Lanes>,
    ways: Vec<Lanes>,
    factors: Vec<Lanes>,
    /// By run of a group what is open.
    sums: Vec<Lanes>,
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

impl Open<'_> {
    /// Adds to `open`, by state now, what is: of the cases in a group no more than may be.
    pub fn cap(&self, scratch: &mut Scratch, open: &mut [Lanes]) {
        let Scratch {
            levels,
            moved,
            ways,
            factors,
            sums,
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
        sums.resize(self.block.runs.len().max(sums.len()), Lanes::ZERO);
        dispatch!(now(), simd => self.cap_on(simd, levels, moved, (ways, sums), open));
    }

    #[inline(always)]
    fn cap_on<S: Simd>(
        &self,
        simd: S,
        levels: &mut [Level],
        moved: &mut [Lanes],
        (ways, sums): (&[Lanes], &mut [Lanes]),
        open: &mut [Lanes],
    ) {
        let block = self.block.kept;
        if levels.is_empty() {
            let states = (
                &self.mass[..block],
                &self.still[..block],
                &self.most[..block],
            );
            self.block
                .cap(simd, states, (ways, sums), &mut open[..block]);
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
            let still = &self.still[from..][..block];
            let states = (&after[..block], still, &self.most[to..][..block]);
            self.block
                .cap(simd, states, (ways, sums), &mut open[to..][..block]);
        }
    }
}

impl Block {
    #[inline(always)]
    fn cap<S: Simd>(
        &self,
        simd: S,
        states: (&[Lanes], &[Lanes], &[Lanes]),
        (ways, sums): (&[Lanes], &mut [Lanes]),
        open: &mut [Lanes],
    ) {
        match self.groups.is_empty() {
            true => self.cap_each(simd, states, ways, open),
            false => self.cap_groups(simd, states, (ways, sums), open),
        }
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
