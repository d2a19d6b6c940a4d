//! A forward pass: time 0, then horizon after horizon.
//!
//! In: a compiled question with its plan, and one setting of the numbers. Out: what it found, in [`Scratch`].

use super::flow::{self, Motion};
use super::frontier;
use super::layout::{Keep, Step};
use super::{Enumeration, Plan, Scratch};
use crate::infer::question::Structure;
use crate::infer::question::answer::Tally;
use crate::infer::question::outcomes::Sink;
use crate::infer::question::pick::LOW;
use crate::model::{Model, Numbers};

/// One run over all horizons.
pub(in crate::infer) struct Forward<'a> {
    pub(in crate::infer) model: &'a Model,
    pub(in crate::infer) numbers: &'a Numbers,
    pub(super) structure: &'a Structure,
    pub(super) enumeration: &'a Enumeration,
    pub(in crate::infer) plan: &'a Plan,
}

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::infer) enum Ended {
    /// With all horizons.
    All,
    /// What has ended does not follow from the state, and was not carried.
    Unsteady,
    /// It would be too much to be carried.
    TooMuch,
}

impl Forward<'_> {
    pub(in crate::infer) fn all(&self, scratch: &mut Scratch) -> Ended {
        let horizons = self.model.horizons();
        let outcomes = if self.structure.outcomes {
            self.model.outcomes.len()
        } else {
            0
        };
        let powers = 1 + self.plan.costly.count_ones() as usize;
        scratch.answer.verdict.clear();
        scratch.answer.errors.clear();
        scratch.answer.verdict.resize(horizons * outcomes, 0.0);
        let conds = self.plan.conds.len();
        scratch
            .answer
            .tallies
            .resize_with(horizons * conds, Tally::default);
        for tally in &mut scratch.answer.tallies {
            tally.reset(powers, outcomes);
        }
        let channels = self.enumeration.channels(self.structure, self.model);
        scratch.channels.resize_with(channels, Vec::new);
        scratch.channels.truncate(channels);
        match &self.plan.rests {
            Some(rests) if self.enumeration.in_pairs => return self.in_pairs(scratch, rests),
            Some(rests) => return self.steady(scratch, rests),
            None => {}
        }
        self.start(scratch);
        for h in 1..=horizons {
            self.advance(scratch, h);
            if self.structure.outcomes {
                self.settle(scratch, h);
            } else {
                self.count(scratch, h);
            }
            if h < horizons {
                self.keep(scratch, h);
            }
        }
        Ended::All
    }

    /// Time 0: nothing has ended.
    pub(in crate::infer) fn start(&self, scratch: &mut Scratch) {
        let layout = &self.plan.layout;
        for (i, cells) in scratch.channels.iter_mut().enumerate() {
            cells.clear();
            cells.reserve_exact(1 << layout.peak);
            cells.push(if i == 0 { 1.0 } else { 0.0 });
        }
        if layout.is_timeless() {
            return;
        }
        for step in &layout.start {
            self.step(scratch, step, Motion::Start, 0);
        }
        self.remember(scratch, 0);
    }

    /// From the end of one horizon to the end of the next.
    pub(in crate::infer) fn advance(&self, scratch: &mut Scratch, h: usize) {
        let layout = &self.plan.layout;
        if layout.is_timeless() {
            for (i, cells) in scratch.channels.iter_mut().enumerate() {
                if i == 0 && !self.model.has_finals() || !self.structure.outcomes {
                    cells.clear();
                    cells.push(1.0);
                }
            }
        }
        scratch.chances.clear();
        for &n in &layout.plain {
            let node = &self.structure.shape.nodes[n];
            scratch.chances.push(flow::plain(node, self.numbers, h));
        }
        if !scratch.chances.is_empty() {
            for cells in &mut scratch.channels {
                frontier::shear_plain(cells, &scratch.chances);
            }
        }
        for step in &layout.moves {
            let node = &self.structure.shape.nodes[step.node];
            let motion = if step.fresh {
                Motion::Fresh
            } else if scratch
                .old
                .get(step.node)
                .is_some_and(|old| !old.is_empty())
            {
                Motion::From
            } else if step.labels > 0 {
                Motion::Recall(step.labels)
            } else if flow::differs(node, self.numbers, h) {
                Motion::Settle
            } else {
                Motion::Move
            };
            self.step(scratch, step, motion, h);
        }
        for &position in &layout.spent {
            for cells in &mut scratch.channels {
                frontier::sum_out(cells, position);
            }
        }
    }

    /// From a horizon's end to what the next one needs of it.
    pub(in crate::infer) fn keep(&self, scratch: &mut Scratch, h: usize) {
        let layout = &self.plan.layout;
        if layout.is_timeless() && !(self.structure.outcomes && self.model.has_finals()) {
            return;
        }
        self.remember(scratch, h);
        for &position in &layout.passed {
            for cells in &mut scratch.channels {
                frontier::sum_out(cells, position);
            }
        }
    }

    fn remember(&self, scratch: &mut Scratch, h: usize) {
        let layout = &self.plan.layout;
        let later = usize::from(h > 0);
        for Keep { pick, values } in &layout.keep[later] {
            let flow = &mut scratch.flow;
            flow.reset(1, values.len());
            for (i, value) in values.iter().enumerate() {
                flow.stay[i] = f64::from(u8::from(!value));
                flow.go[i] = f64::from(u8::from(*value));
            }
            for cells in &mut scratch.channels {
                let bits = cells.len().trailing_zeros() as usize;
                frontier::branch(cells, bits, 1, pick, flow);
            }
        }
        for step in &layout.unsettle[later] {
            let node = &self.structure.shape.nodes[step.node];
            if flow::differs(node, self.numbers, h + 1) {
                self.step(scratch, step, Motion::Unsettle, h);
            }
        }
    }

    fn step(&self, scratch: &mut Scratch, step: &Step, motion: Motion, h: usize) {
        let node = &self.structure.shape.nodes[step.node];
        let held = scratch.old.get(step.node).map_or(&[][..], Vec::as_slice);
        flow::fill(node, self.numbers, motion, h, held, &mut scratch.flow);
        for cells in &mut scratch.channels {
            if step.fresh {
                let bits = cells.len().trailing_zeros() as usize;
                frontier::branch(cells, bits, step.positions.len(), &step.pick, &scratch.flow);
            } else {
                frontier::shear(cells, &step.positions, &step.pick, &scratch.flow);
            }
        }
    }

    /// The outcomes at a horizon's end, where none is final.
    fn settle(&self, scratch: &mut Scratch, h: usize) {
        let Some(weights) = &self.plan.weights else {
            return;
        };
        let outcomes = self.model.outcomes.len();
        weights.fill(self.model, self.numbers, h, &mut scratch.table);
        scratch.shares.read(self.model, self.numbers, h);
        let bits = self.plan.layout.bits - weights.spared.len();
        let block = 1usize << bits.min(LOW);
        scratch.rows.resize(outcomes * block, 0.0);
        let conds = self.plan.conds.len();
        let now = &mut scratch.answer.verdict[(h - 1) * outcomes..][..outcomes];
        if conds == 0 {
            let mass = match weights.spared[..] {
                [] => &scratch.channels[0],
                _ => {
                    merge(&scratch.channels[0], &weights.spared, &mut scratch.merged);
                    &scratch.merged
                }
            };
            for (high, mass) in mass.chunks_exact(block).enumerate() {
                weights.rows(&scratch.table, high, &mut scratch.rows);
                let mut sink = Sink::Sum(now);
                scratch.shares.block(&mut scratch.rows, mass, &mut sink);
            }
            return;
        }
        for (high, mass) in scratch.channels[0].chunks_exact(block).enumerate() {
            weights.rows(&scratch.table, high, &mut scratch.rows);
            scratch.out.resize(outcomes * block, 0.0);
            let mut sink = Sink::Rows(&mut scratch.out);
            scratch.shares.block(&mut scratch.rows, mass, &mut sink);
            let tallies = &mut scratch.answer.tallies[(h - 1) * conds..][..conds];
            self.tally(tallies, high, mass, &scratch.out);
        }
    }

    /// The mass alone, where no outcome is asked for.
    fn count(&self, scratch: &mut Scratch, h: usize) {
        let block = 1usize << self.plan.layout.bits.min(LOW);
        let conds = self.plan.conds.len();
        for (high, mass) in scratch.channels[0].chunks_exact(block).enumerate() {
            let tallies = &mut scratch.answer.tallies[(h - 1) * conds..][..conds];
            self.tally(tallies, high, mass, &[]);
        }
    }

    pub(in crate::infer) fn tally(
        &self,
        tallies: &mut [Tally],
        high: usize,
        mass: &[f64],
        out: &[f64],
    ) {
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
pub(in crate::infer) fn merge(mass: &[f64], spared: &[usize], merged: &mut Vec<f64>) {
    merged.clear();
    merged.extend_from_slice(mass);
    for &position in spared {
        frontier::sum_out(merged, position);
    }
}
