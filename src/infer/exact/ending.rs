//! A forward pass where outcomes are final: what has ended stays ended, and of the cases that hold
//! the same as much has ended as if it had held all along (`steady`), or more.
//!
//! In: a compiled question with its plan, and one setting of the numbers. Out: what it found, in [`Scratch`]. Where no
//! step can raise what is open, it follows from the state alone, and only the mass is carried. Elsewhere
//! what is open and what has ended are carried beside each other, and capped by what held before and
//! what holds now.

use super::Scratch;
use super::flow::{self, Memory, Motion};
use super::forward::{self, Ended, Forward};
use super::frontier::{self, Flow};
use crate::infer::question::passing::{drawn, tells};
use crate::infer::question::pick::{LOW, Pick};
use crate::infer::question::shape::{NodeShape, Shape, Stay};
use crate::infer::question::steady::{self, Chunk, Priors};
use crate::infer::question::weights::Weights;

/// What the outcomes rest on, among the bits of a cell.
#[derive(Debug, Clone)]
pub(in crate::infer) struct Rests {
    pub(in crate::infer) weights: Weights,
    /// Where these bits stand: what lasts, then what passes.
    positions: Vec<usize>,
    /// How many of them last.
    lasting: usize,
    /// The state of these bits, of a cell.
    pick: Pick,
    /// Which of the lasting ones never change.
    constant: usize,
    /// What passes and is drawn from what lasts, parents first: the node, its bits, what its row depends on.
    draws: Vec<(usize, usize, Pick)>,
    /// The bits of these that nothing rests on, from the top.
    hidden: Vec<usize>,
    /// Whether something lasting rests on what passes here: it then tells of it.
    entwined: bool,
}

/// Buffers.
#[derive(Debug, Clone, Default)]
pub(in crate::infer) struct Endings {
    priors: Priors,
    chunk: Chunk,
    rows: Vec<f64>,
    merged: Vec<f64>,
    /// How likely each passing state is, by passing and lasting state.
    passing: Vec<f64>,
    flow: Flow,
    /// The mass by lasting state.
    reach: Vec<f64>,
    /// By final outcome and lasting state the most that has ended in any state before it.
    most: Vec<f64>,
    /// By outcome and state what a case in it shows.
    shares: Vec<f64>,
    /// As [`Chunk::before`], by lasting state.
    before: Vec<f64>,
    /// As [`Chunk::ways`], by state.
    ways: Vec<f64>,
    out: Vec<f64>,
    whole: Vec<f64>,
    parts: Vec<f64>,
}

/// Rounding may make a share fall by this much.
const SLACK: f64 = 1e-12;

impl Rests {
    /// What outcomes rest on: the `resting` variables of a shape.
    pub(in crate::infer) fn new(
        shape: &Shape,
        weights: Weights,
        resting: &[bool],
        positions: &[usize],
        bits: usize,
    ) -> Rests {
        let is_constant = |n: &NodeShape, var: usize| n.stay == Stay::Constant || shape.costly[var];
        let mut lasting: Vec<(usize, usize, bool)> = Vec::new();
        for node in shape.nodes.iter().filter(|n| n.stay != Stay::Passing) {
            let members = node.members.iter().filter(|m| resting[m.var]);
            lasting.extend(members.map(|m| (positions[m.var], m.var, is_constant(node, m.var))));
        }
        lasting.sort_unstable();
        let drawn = drawn(shape, resting);
        // Where each variable stands among those that last here and all that are drawn from them.
        let mut at = vec![0; shape.vars.len()];
        for (j, (_, var, _)) in lasting.iter().enumerate() {
            at[*var] = j;
        }
        let mut height = lasting.len();
        let mut draws = Vec::new();
        let (mut hidden, mut kept) = (Vec::new(), Vec::new());
        for &n in &drawn {
            let node = &shape.nodes[n];
            let support: Vec<usize> = node.rows.support.iter().map(|v| at[*v]).collect();
            draws.push((n, height, Pick::new(&support, height)));
            for member in &node.members {
                at[member.var] = height;
                match resting[member.var] {
                    true => kept.push(positions[member.var]),
                    false => hidden.push(height),
                }
                height += 1;
            }
        }
        hidden.reverse();
        let constant = lasting.iter().enumerate().filter(|(_, l)| l.2);
        let constant = constant.map(|(j, _)| 1usize << j).sum();
        let count = lasting.len();
        let positions: Vec<usize> = lasting.iter().map(|l| l.0).chain(kept).collect();
        Rests {
            weights,
            pick: Pick::new(&positions, bits),
            positions,
            lasting: count,
            constant,
            draws,
            hidden,
            entwined: tells(shape, &drawn),
        }
    }

    /// How likely each passing state is in horizon `h`, by passing and lasting state.
    fn draw(&self, run: &Forward<'_>, h: usize, flow: &mut Flow, out: &mut Vec<f64>) {
        out.clear();
        out.resize(1 << self.lasting, 1.0);
        for (n, height, pick) in &self.draws {
            let node = &run.structure.shape.nodes[*n];
            flow::fill(node, run.numbers, Motion::Fresh, h, &[], flow);
            frontier::branch(out, *height, node.members.len(), pick, flow);
        }
        for &position in &self.hidden {
            frontier::sum_out(out, position);
        }
    }

    fn passing(&self) -> usize {
        1 << (self.positions.len() - self.lasting)
    }

    fn states(&self) -> usize {
        1 << self.positions.len()
    }

    /// The mass of cells by what the outcomes rest on, and of that by what lasts.
    fn merge(&self, cells: &[f64], merged: &mut Vec<f64>, lasting: &mut Vec<f64>) {
        forward::merge(cells, &self.weights.spared, merged);
        lasting.clear();
        lasting.resize(1 << self.lasting, 0.0);
        for part in merged.chunks_exact(lasting.len()) {
            add(lasting, part);
        }
    }

    /// The bits of a cell that last and may come: what never changes is the same before and after.
    fn mask(&self) -> usize {
        let lasting = self.positions[..self.lasting].iter().enumerate();
        let may_come = lasting.filter(|(j, _)| self.constant >> j & 1 == 0);
        may_come.map(|(_, p)| 1usize << p).sum()
    }

    /// e^W of the lasting states whose high bits are `high`, and of all passing ones, into the chunk.
    fn rows(&self, scratch: &Scratch, high: usize, outcomes: usize, end: &mut Endings) {
        let width = 1usize << self.lasting.min(LOW);
        let all = self.positions.len();
        let block = 1usize << all.min(LOW);
        end.chunk.reset(width, self.passing(), outcomes);
        end.rows.resize(outcomes * block, 0.0);
        let per = block / width;
        for at in 0..self.passing() / per {
            // Passing bits stand above the lasting ones.
            let place = at << (self.lasting.max(LOW) - LOW) | high;
            self.weights.rows(&scratch.table, place, &mut end.rows);
            let n = self.passing() * width;
            for (o, row) in end.rows.chunks_exact(block).enumerate() {
                end.chunk.rows[o * n + at * block..][..block].copy_from_slice(row);
            }
        }
    }
}

impl Forward<'_> {
    /// All horizons, with what has ended following from the state alone.
    pub(in crate::infer) fn steady(&self, scratch: &mut Scratch, rests: &Rests) -> Ended {
        // Within one horizon nothing has ended before.
        if rests.entwined && self.model.horizons() > 1 {
            return Ended::Unsteady;
        }
        let mut end = std::mem::take(&mut scratch.endings);
        self.start(scratch);
        let mut done = true;
        for h in 1..=self.model.horizons() {
            self.advance(scratch, h);
            self.read(scratch, rests, h, &mut end);
            self.merge(scratch, rests, &mut end);
            done = self.settle_states(scratch, rests, h, &mut end);
            if !done {
                break;
            }
            if h < self.model.horizons() {
                self.rise(rests, &mut end);
                self.keep(scratch, h);
            }
        }
        scratch.endings = end;
        match done {
            true => Ended::All,
            false => Ended::Unsteady,
        }
    }

    /// All horizons, with what has ended carried beside what is open.
    pub(in crate::infer) fn in_pairs(&self, scratch: &mut Scratch, rests: &Rests) -> Ended {
        let channels = scratch.channels.len() << self.plan.layout.peak;
        if channels > self.enumeration.carried >> rests.mask().count_ones() {
            return Ended::TooMuch;
        }
        let mut end = std::mem::take(&mut scratch.endings);
        self.start(scratch);
        for h in 1..=self.model.horizons() {
            self.snapshot(scratch);
            self.read(scratch, rests, h, &mut end);
            self.materialise(scratch, rests, &mut end);
            self.move_all(scratch, rests, h, &end);
            self.settle_cells(scratch, rests, h, &mut end);
            if h < self.model.horizons() {
                self.keep(scratch, h);
            }
        }
        scratch.endings = end;
        Ended::All
    }

    fn finals(&self) -> usize {
        self.model.outcomes.len() - self.model.open
    }

    /// Where endings count within their horizon alone, what ended before goes along.
    fn snapshot(&self, scratch: &mut Scratch) {
        let finals = self.finals();
        if self.structure.within {
            for a in 0..finals {
                let (ended, past) = scratch.channels.split_at_mut(1 + finals);
                past[a].clone_from(&ended[1 + a]);
            }
        }
    }

    /// Makes the weights and priors of a horizon ready.
    fn read(&self, scratch: &mut Scratch, rests: &Rests, h: usize, end: &mut Endings) {
        rests
            .weights
            .fill(self.model, self.numbers, h, &mut scratch.table);
        end.priors.read(self.model, self.numbers, h);
        rests.draw(self, h, &mut end.flow, &mut end.passing);
    }

    /// The mass by what the outcomes rest on.
    fn merge(&self, scratch: &Scratch, rests: &Rests, end: &mut Endings) {
        rests.merge(&scratch.channels[0], &mut end.merged, &mut end.reach);
    }

    /// The steady shares of the lasting states whose high bits are `high`.
    fn chunk(&self, scratch: &Scratch, rests: &Rests, high: usize, end: &mut Endings) {
        let outcomes = self.model.outcomes.len();
        rests.rows(scratch, high, outcomes, end);
        let w = end.chunk.width;
        let lasting = 1usize << rests.lasting;
        for (p, shares) in end.chunk.passing.chunks_exact_mut(w).enumerate() {
            shares.copy_from_slice(&end.passing[p * lasting + high * w..][..w]);
        }
        let Endings { chunk, priors, .. } = end;
        chunk.fill(priors, outcomes);
    }

    /// A horizon's end where the state says what has ended; false where the course does.
    fn settle_states(
        &self,
        scratch: &mut Scratch,
        rests: &Rests,
        h: usize,
        end: &mut Endings,
    ) -> bool {
        let (outcomes, finals, open) = (self.model.outcomes.len(), self.finals(), self.model.open);
        let lasting = 1usize << rests.lasting;
        let sums = self.plan.conds.is_empty();
        let mut now = vec![0.0; outcomes];
        if !sums {
            end.shares.resize(outcomes * rests.states(), 0.0);
        }
        if h == 1 {
            end.most.clear();
            end.most.resize(finals * lasting, 0.0);
        }
        let w = 1usize << rests.lasting.min(LOW);
        for high in 0..lasting / w {
            self.chunk(scratch, rests, high, end);
            let reach = &end.reach[high * w..][..w];
            for a in 0..finals {
                let ended = &end.chunk.before[(1 + a) * w..][..w];
                let most = &mut end.most[a * lasting + high * w..][..w];
                let falls = |((ended, most), reach): ((&f64, &f64), &f64)| {
                    *ended < most - SLACK && *reach > 0.0
                };
                if ended.iter().zip(&*most).zip(reach).any(falls) {
                    return false;
                }
                // From here on it is what the next horizon starts from.
                most.copy_from_slice(&end.chunk.after[(1 + a) * w..][..w]);
            }
            if sums {
                let Endings {
                    chunk,
                    priors,
                    merged,
                    reach,
                    out,
                    parts,
                    ..
                } = &mut *end;
                out.clear();
                for p in 0..rests.passing() {
                    out.extend_from_slice(&merged[p * lasting + high * w..][..w]);
                }
                let reach = &reach[high * w..][..w];
                chunk.add_up(priors, (out, reach), parts, &mut now);
                continue;
            }
            for p in 0..rests.passing() {
                let chunk = &end.chunk;
                let place = p * lasting + high * w;
                for i in 0..w {
                    let (stay, still) = chunk.stay(p, i);
                    for o in 0..outcomes {
                        let share = match o.checked_sub(open) {
                            None => still * chunk.share(&end.priors, p, o, i),
                            Some(a) => chunk.before[(1 + a) * w + i] + stay * chunk.end(p, a, i),
                        };
                        end.shares[o * rests.states() + place + i] = share;
                    }
                }
            }
        }
        if sums {
            scratch.answer.verdict[(h - 1) * outcomes..][..outcomes].copy_from_slice(&now);
        } else {
            self.tally_states(scratch, rests, h, end);
        }
        true
    }

    /// Where conditions hold: each cell shows what its state does.
    fn tally_states(&self, scratch: &mut Scratch, rests: &Rests, h: usize, end: &mut Endings) {
        let (outcomes, open) = (self.model.outcomes.len(), self.model.open);
        let block = 1usize << self.plan.layout.bits.min(LOW);
        let conds = self.plan.conds.len();
        end.out.resize(outcomes * block, 0.0);
        let (mass, past) = scratch.channels.split_at_mut(1);
        for (high, mass) in mass[0].chunks_exact(block).enumerate() {
            let base = rests.pick.high(high);
            for (o, out) in end.out.chunks_exact_mut(block).enumerate() {
                let shares = &end.shares[o * rests.states()..][..rests.states()];
                for ((out, mass), low) in out.iter_mut().zip(mass).zip(rests.pick.low()) {
                    *out = mass * shares[(base | low) as usize];
                }
                if let (Some(a), true) = (o.checked_sub(open), self.structure.within) {
                    for (out, past) in out.iter_mut().zip(&mut past[a][high * block..]) {
                        let ended = *out;
                        *out -= *past;
                        *past = ended;
                    }
                }
            }
            let tallies = &mut scratch.answer.tallies[(h - 1) * conds..][..conds];
            self.tally(tallies, high, mass, &end.out);
        }
    }

    /// From what has ended by state to the most that has ended in any state from which it is reached.
    fn rise(&self, rests: &Rests, end: &mut Endings) {
        let lasting = 1usize << rests.lasting;
        for most in end.most.chunks_exact_mut(lasting) {
            for (most, reach) in most.iter_mut().zip(&end.reach) {
                if *reach <= 0.0 {
                    *most = 0.0;
                }
            }
            for bit in (0..rests.lasting).filter(|b| rests.constant >> b & 1 == 0) {
                for pair in most.chunks_exact_mut(2 << bit) {
                    let (no, yes) = pair.split_at_mut(1 << bit);
                    for (no, yes) in no.iter().zip(yes) {
                        *yes = if *no > *yes { *no } else { *yes };
                    }
                }
            }
        }
    }

    /// What every state does, by state: steady shares before the horizon, ways in it, shares of what
    /// is open at its end.
    fn materialise(&self, scratch: &Scratch, rests: &Rests, end: &mut Endings) {
        let (finals, open) = (self.finals(), self.model.open);
        let (lasting, states) = (1usize << rests.lasting, rests.states());
        end.before.resize((1 + finals) * lasting, 0.0);
        end.ways.resize((1 + finals) * states, 0.0);
        end.shares.resize(open * states, 0.0);
        let w = 1usize << rests.lasting.min(LOW);
        for high in 0..lasting / w {
            self.chunk(scratch, rests, high, end);
            for (a, before) in end.chunk.before.chunks_exact(w).enumerate() {
                end.before[a * lasting + high * w..][..w].copy_from_slice(before);
            }
            for p in 0..rests.passing() {
                let place = p * lasting + high * w;
                let ways = end.chunk.ways.chunks_exact(end.chunk.passing.len());
                for (a, ways) in ways.enumerate() {
                    end.ways[a * states + place..][..w].copy_from_slice(&ways[p * w..][..w]);
                }
                for o in 0..open {
                    for i in 0..w {
                        let share = end.chunk.share(&end.priors, p, o, i);
                        end.shares[o * states + place + i] = share;
                    }
                }
            }
        }
    }

    /// Moves the cases that held the same on, one such state after another: where more of them is open
    /// than there would be had what holds now held all along, the rest ends at once.
    fn move_all(&self, scratch: &mut Scratch, rests: &Rests, h: usize, end: &Endings) {
        let before = std::mem::take(&mut scratch.channels);
        let mask = rests.mask();
        let mut sums: Vec<Vec<f64>> = vec![Vec::new(); before.len()];
        let mut old = 0usize;
        loop {
            let there = |i: &usize| i & mask == old;
            let some = |cells: &Vec<f64>| (0..cells.len()).filter(there).any(|i| cells[i] != 0.0);
            if before.iter().any(some) {
                scratch.channels.resize_with(before.len(), Vec::new);
                for (own, cells) in scratch.channels.iter_mut().zip(&before) {
                    own.clear();
                    own.resize(cells.len(), 0.0);
                    for i in (0..cells.len()).filter(there) {
                        own[i] = cells[i];
                    }
                }
                self.look_back(scratch, old, h);
                self.advance(scratch, h);
                if h > 1 {
                    self.cap(scratch, rests, end);
                }
                for (sum, cells) in sums.iter_mut().zip(&scratch.channels) {
                    match sum.is_empty() {
                        true => sum.clone_from(cells),
                        false => add(sum, cells),
                    }
                }
            }
            // The next state of the bits in the mask.
            old = (old | !mask).wrapping_add(1) & mask;
            if old == 0 {
                break;
            }
        }
        scratch.channels = sums;
        scratch.old.clear();
    }

    /// The rows that were in force before, where a state says so: what never changes is as it is now.
    fn look_back(&self, scratch: &mut Scratch, old: usize, h: usize) {
        let shape = &self.structure.shape;
        let nodes = shape.nodes.iter().zip(&self.enumeration.memory);
        scratch.old.clear();
        scratch.old.extend(nodes.map(|(node, memory)| {
            if *memory != Memory::Held {
                return Vec::new();
            }
            let before = match h {
                1 => &node.rows_now,
                _ => &node.rows,
            };
            let row = |assignment: usize| {
                let bits = before.support.iter().enumerate();
                let at = bits.fold(0, |at, (j, var)| {
                    let place = node.rows.support.iter().position(|v| v == var);
                    let bit = match (place, shape.costly[*var]) {
                        (Some(place), true) => assignment >> place & 1,
                        _ => old >> self.plan.layout.positions[*var] & 1,
                    };
                    at | bit << j
                });
                before.values[at]
            };
            (0..node.rows.values.len()).map(row).collect()
        }));
    }

    fn cap(&self, scratch: &mut Scratch, rests: &Rests, end: &Endings) {
        let finals = self.finals();
        let lasting = 1usize << rests.lasting;
        let mut merged = Vec::new();
        let groups = scratch.channels[..=finals].iter().map(|cells| {
            let mut sums = Vec::new();
            rests.merge(cells, &mut merged, &mut sums);
            sums
        });
        let groups: Vec<Vec<f64>> = groups.collect();
        // By lasting state what of the open part stays, then what ends in each final outcome.
        let mut ways = vec![0.0; (1 + finals) * lasting];
        let mut capped = false;
        for (s, ways) in ways.chunks_exact_mut(1 + finals).enumerate() {
            let group: Vec<f64> = groups.iter().map(|g| g[s]).collect();
            let before: Vec<f64> = (0..=finals).map(|a| end.before[a * lasting + s]).collect();
            capped |= steady::cap(&before, &group, group.iter().sum(), ways);
        }
        if !capped {
            return;
        }
        let block = 1usize << self.plan.layout.bits.min(LOW);
        let (open, ended) = scratch.channels.split_at_mut(1);
        for (high, open) in open[0].chunks_exact_mut(block).enumerate() {
            let base = rests.pick.high(high);
            for (i, low) in rests.pick.low().iter().enumerate() {
                let s = (base | low) as usize & (lasting - 1);
                let ways = &ways[s * (1 + finals)..][..1 + finals];
                for (ended, way) in ended[..finals].iter_mut().zip(&ways[1..]) {
                    ended[high * block + i] += open[i] * way;
                }
                open[i] *= ways[0];
            }
        }
    }

    /// A horizon's end for what is open and what has ended in each cell.
    fn settle_cells(&self, scratch: &mut Scratch, rests: &Rests, h: usize, end: &mut Endings) {
        let (outcomes, finals, open) = (self.model.outcomes.len(), self.finals(), self.model.open);
        let states = rests.states();
        let block = 1usize << self.plan.layout.bits.min(LOW);
        let conds = self.plan.conds.len();
        let mut now = vec![0.0; outcomes];
        end.out.resize(outcomes * block, 0.0);
        let (still, ended) = scratch.channels.split_at_mut(1);
        let (ended, past) = ended.split_at_mut(finals);
        for (high, still) in still[0].chunks_exact_mut(block).enumerate() {
            let base = rests.pick.high(high);
            end.whole.clear();
            end.whole.extend_from_slice(still);
            for ended in &*ended {
                add(&mut end.whole, &ended[high * block..][..block]);
            }
            for (i, low) in rests.pick.low().iter().enumerate() {
                let k = (base | low) as usize;
                for (a, ended) in ended.iter_mut().enumerate() {
                    let ended = &mut ended[high * block + i];
                    *ended += still[i] * end.ways[(1 + a) * states + k];
                    let past = match self.structure.within {
                        true => past[a][high * block + i],
                        false => 0.0,
                    };
                    end.out[(open + a) * block + i] = *ended - past;
                }
                still[i] *= end.ways[k];
                for o in 0..open {
                    end.out[o * block + i] = still[i] * end.shares[o * states + k];
                }
            }
            if conds == 0 {
                for (now, out) in now.iter_mut().zip(end.out.chunks_exact(block)) {
                    *now += out.iter().sum::<f64>();
                }
            } else {
                let tallies = &mut scratch.answer.tallies[(h - 1) * conds..][..conds];
                self.tally(tallies, high, &end.whole, &end.out);
            }
        }
        end.whole.clear();
        if conds == 0 {
            scratch.answer.verdict[(h - 1) * outcomes..][..outcomes].copy_from_slice(&now);
        }
    }
}

fn add(sums: &mut [f64], list: &[f64]) {
    for (sum, x) in sums.iter_mut().zip(list) {
        *sum += x;
    }
}
