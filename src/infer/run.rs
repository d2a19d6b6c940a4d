//! One run of a pass: time 0, then horizon after horizon.
//!
//! In: a pass with its plan, and one setting of the numbers. Out: what it found, in [`Work`].

use super::flow::{self, Motion};
use super::frontier::{self, LOW};
use super::layout::{Keep, Step};
use super::outcomes::Sink;
use super::pass::{Pass, Plan, Tally, Work};
use crate::model::{Model, Numbers};

/// One run over all horizons.
pub(super) struct Run<'a> {
    pub(super) model: &'a Model,
    pub(super) numbers: &'a Numbers,
    pub(super) pass: &'a Pass,
    pub(super) plan: &'a Plan,
}

impl Run<'_> {
    pub(super) fn all(&self, work: &mut Work) {
        let horizons = self.model.horizons();
        let outcomes = if self.pass.outcomes {
            self.model.outcomes.len()
        } else {
            0
        };
        let powers = 1 + self.plan.costly.count_ones() as usize;
        work.verdict.clear();
        work.errors.clear();
        work.verdict.resize(horizons * outcomes, 0.0);
        let conds = self.plan.conds.len();
        work.tallies.resize_with(horizons * conds, Tally::default);
        for tally in &mut work.tallies {
            tally.reset(powers, outcomes);
        }
        let channels = self.pass.channels(self.model);
        work.channels.resize_with(channels.max(1), Vec::new);
        work.channels.truncate(channels.max(1));
        self.start(work);
        for h in 1..=horizons {
            self.advance(work, h);
            if self.pass.outcomes {
                self.settle(work, h);
            } else {
                self.count(work, h);
            }
            if h < horizons {
                self.keep(work, h);
            }
        }
    }

    /// Time 0: nothing has ended.
    fn start(&self, work: &mut Work) {
        let layout = &self.plan.layout;
        for (i, cells) in work.channels.iter_mut().enumerate() {
            cells.clear();
            cells.reserve_exact(1 << layout.peak);
            cells.push(if i == 0 { 1.0 } else { 0.0 });
        }
        if layout.is_timeless() {
            return;
        }
        for step in &layout.start {
            self.step(work, step, Motion::Start, 0);
        }
        self.remember(work, 0);
    }

    /// From the end of one horizon to the end of the next.
    fn advance(&self, work: &mut Work, h: usize) {
        let layout = &self.plan.layout;
        if layout.is_timeless() {
            for (i, cells) in work.channels.iter_mut().enumerate() {
                // Without anything carried, what has ended is not carried either.
                debug_assert!(i == 0 || self.model.has_finals());
                if i == 0 && !self.model.has_finals() || !self.pass.outcomes {
                    cells.clear();
                    cells.push(1.0);
                }
            }
        }
        if self.pass.within && work.channels.len() > 1 {
            let (last, rest) = work.channels.split_last_mut().expect("there are channels");
            for cells in &mut rest[1..] {
                for (sum, x) in last.iter_mut().zip(cells.iter_mut()) {
                    *sum += std::mem::take(x);
                }
            }
        }
        work.chances.clear();
        for &n in &layout.plain {
            let node = &self.pass.shape.nodes[n];
            work.chances.push(flow::plain(node, self.numbers, h));
        }
        if !work.chances.is_empty() {
            for cells in &mut work.channels {
                frontier::shear_plain(cells, &work.chances);
            }
        }
        for step in &layout.moves {
            let node = &self.pass.shape.nodes[step.node];
            let motion = if step.fresh {
                Motion::Fresh
            } else if step.labels > 0 {
                Motion::Recall(step.labels)
            } else if flow::differs(node, self.numbers, h) {
                Motion::Settle
            } else {
                Motion::Move
            };
            self.step(work, step, motion, h);
        }
        for &position in &layout.spent {
            for cells in &mut work.channels {
                frontier::sum_out(cells, position);
            }
        }
    }

    /// From a horizon's end to what the next one needs of it.
    fn keep(&self, work: &mut Work, h: usize) {
        let layout = &self.plan.layout;
        if layout.is_timeless() && !(self.pass.outcomes && self.model.has_finals()) {
            return;
        }
        self.remember(work, h);
        for &position in &layout.passed {
            for cells in &mut work.channels {
                frontier::sum_out(cells, position);
            }
        }
    }

    fn remember(&self, work: &mut Work, h: usize) {
        let layout = &self.plan.layout;
        let later = usize::from(h > 0);
        for Keep { pick, values } in &layout.keep[later] {
            let flow = &mut work.flow;
            flow.reset(1, values.len());
            for (i, value) in values.iter().enumerate() {
                flow.stay[i] = f64::from(u8::from(!value));
                flow.go[i] = f64::from(u8::from(*value));
            }
            for cells in &mut work.channels {
                let bits = cells.len().trailing_zeros() as usize;
                frontier::branch(cells, bits, 1, pick, flow);
            }
        }
        for step in &layout.unsettle[later] {
            let node = &self.pass.shape.nodes[step.node];
            if flow::differs(node, self.numbers, h + 1) {
                self.step(work, step, Motion::Unsettle, h);
            }
        }
    }

    fn step(&self, work: &mut Work, step: &Step, motion: Motion, h: usize) {
        let node = &self.pass.shape.nodes[step.node];
        flow::fill(self.model, node, self.numbers, motion, h, &mut work.flow);
        for cells in &mut work.channels {
            if step.fresh {
                let bits = cells.len().trailing_zeros() as usize;
                frontier::branch(cells, bits, step.positions.len(), &step.pick, &work.flow);
            } else {
                frontier::shear(cells, &step.positions, &step.pick, &work.flow);
            }
        }
    }

    /// The outcomes at a horizon's end.
    fn settle(&self, work: &mut Work, h: usize) {
        let Some(weights) = &self.plan.weights else {
            return;
        };
        let outcomes = self.model.outcomes.len();
        let open = self.model.open;
        weights.fill(self.model, self.numbers, h, &mut work.table);
        work.shares.read(self.model, self.numbers, h);
        let bits = self.plan.layout.bits - weights.spared.len();
        let block = 1usize << bits.min(LOW);
        work.rows.resize(outcomes * block, 0.0);
        let (mass, ended) = work.channels.split_at_mut(1);
        let conds = self.plan.conds.len();
        let (past, now) = work.verdict.split_at_mut((h - 1) * outcomes);
        let now = &mut now[..outcomes];
        if h > 1 {
            now[open..].copy_from_slice(&past[(h - 2) * outcomes + open..][..outcomes - open]);
        }
        if !weights.spared.is_empty() {
            merge(&mass[0], &weights.spared, &mut work.merged);
            work.before.clone_from(&work.merged);
            for (high, mass) in work.merged.chunks_exact_mut(block).enumerate() {
                weights.rows(&work.table, high, &mut work.rows);
                let mut sink = Sink::Sum(now);
                work.shares.block(&mut work.rows, mass, &mut sink);
            }
            if h < self.model.horizons() && self.model.has_finals() {
                thin(
                    &mut mass[0],
                    &weights.spared,
                    &work.before,
                    &mut work.merged,
                );
            }
            return;
        }
        for (high, mass) in mass[0].chunks_exact_mut(block).enumerate() {
            weights.rows(&work.table, high, &mut work.rows);
            if conds == 0 {
                let mut sink = Sink::Sum(now);
                work.shares.block(&mut work.rows, mass, &mut sink);
                continue;
            }
            work.out.resize(outcomes * block, 0.0);
            let mut sink = Sink::Rows(&mut work.out);
            work.shares.block(&mut work.rows, mass, &mut sink);
            work.ended.clear();
            work.ended.extend_from_slice(mass);
            for (a, cells) in ended.iter_mut().enumerate() {
                let cells = &mut cells[high * block..][..block];
                if a < outcomes - open {
                    let row = &mut work.out[(open + a) * block..][..block];
                    for (x, new) in cells.iter_mut().zip(row) {
                        *x += *new;
                        *new = *x;
                    }
                }
                for (sum, x) in work.ended.iter_mut().zip(&*cells) {
                    *sum += x;
                }
            }
            self.tally(
                &mut work.tallies[(h - 1) * conds..][..conds],
                high,
                &work.ended,
                &work.out,
            );
        }
    }

    /// The mass alone, where no outcome is asked for.
    fn count(&self, work: &mut Work, h: usize) {
        let block = 1usize << self.plan.layout.bits.min(LOW);
        let conds = self.plan.conds.len();
        for (high, mass) in work.channels[0].chunks_exact(block).enumerate() {
            let tallies = &mut work.tallies[(h - 1) * conds..][..conds];
            self.tally(tallies, high, mass, &[]);
        }
    }

    fn tally(&self, tallies: &mut [Tally], high: usize, mass: &[f64], out: &[f64]) {
        let block = mass.len();
        let outcomes = out.len() / block;
        for (tally, (pick, truth)) in tallies.iter_mut().zip(&self.plan.conds) {
            let base = pick.high(high);
            for (i, low) in pick.low().iter().enumerate() {
                if !truth[(base | low) as usize] || mass[i] == 0.0 {
                    continue;
                }
                let costly = (high * block + i) & self.plan.costly;
                let power = costly.count_ones() as usize;
                tally.mass[power] += mass[i];
                for o in 0..outcomes {
                    tally.outcomes[power * outcomes + o] += out[o * block + i];
                }
                if costly != 0 {
                    for (var, position) in &self.plan.costly_var {
                        tally.used[power] |= (costly >> position & 1) << var;
                    }
                }
            }
        }
    }
}

/// The mass by those bits alone that push.
fn merge(mass: &[f64], spared: &[usize], merged: &mut Vec<f64>) {
    merged.clear();
    merged.extend_from_slice(mass);
    for &position in spared {
        frontier::sum_out(merged, position);
    }
}

/// Takes from every state the share that ended among all that push alike: `left` of `before`.
fn thin(mass: &mut [f64], spared: &[usize], before: &[f64], left: &mut Vec<f64>) {
    for (left, before) in left.iter_mut().zip(before) {
        *left = if *before == 0.0 { 1.0 } else { *left / before };
    }
    for &position in spared.iter().rev() {
        frontier::spread(left, position);
    }
    for (x, share) in mass.iter_mut().zip(left) {
        *x *= *share;
    }
}
