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

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ended {
    /// With all horizons.
    All,
    /// What has ended does not follow from the state, and was not carried.
    Unsteady,
    /// It would be too much to be carried.
    TooMuch,
}

impl Run<'_> {
    pub(super) fn all(&self, work: &mut Work) -> Ended {
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
        work.channels.resize_with(channels, Vec::new);
        work.channels.truncate(channels);
        match &self.plan.rests {
            Some(rests) if self.pass.in_pairs => return self.in_pairs(work, rests),
            Some(rests) => return self.steady(work, rests),
            None => {}
        }
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
        Ended::All
    }

    /// Time 0: nothing has ended.
    pub(super) fn start(&self, work: &mut Work) {
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
    pub(super) fn advance(&self, work: &mut Work, h: usize) {
        let layout = &self.plan.layout;
        if layout.is_timeless() {
            for (i, cells) in work.channels.iter_mut().enumerate() {
                if i == 0 && !self.model.has_finals() || !self.pass.outcomes {
                    cells.clear();
                    cells.push(1.0);
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
            } else if work.old.get(step.node).is_some_and(|old| !old.is_empty()) {
                Motion::From
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
    pub(super) fn keep(&self, work: &mut Work, h: usize) {
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
        let held = work.old.get(step.node).map_or(&[][..], Vec::as_slice);
        flow::fill(node, self.numbers, motion, h, held, &mut work.flow);
        for cells in &mut work.channels {
            if step.fresh {
                let bits = cells.len().trailing_zeros() as usize;
                frontier::branch(cells, bits, step.positions.len(), &step.pick, &work.flow);
            } else {
                frontier::shear(cells, &step.positions, &step.pick, &work.flow);
            }
        }
    }

    /// The outcomes at a horizon's end, where none is final.
    fn settle(&self, work: &mut Work, h: usize) {
        let Some(weights) = &self.plan.weights else {
            return;
        };
        let outcomes = self.model.outcomes.len();
        weights.fill(self.model, self.numbers, h, &mut work.table);
        work.shares.read(self.model, self.numbers, h);
        let bits = self.plan.layout.bits - weights.spared.len();
        let block = 1usize << bits.min(LOW);
        work.rows.resize(outcomes * block, 0.0);
        let conds = self.plan.conds.len();
        let now = &mut work.verdict[(h - 1) * outcomes..][..outcomes];
        if conds == 0 {
            let mass = match weights.spared[..] {
                [] => &work.channels[0],
                _ => {
                    merge(&work.channels[0], &weights.spared, &mut work.merged);
                    &work.merged
                }
            };
            for (high, mass) in mass.chunks_exact(block).enumerate() {
                weights.rows(&work.table, high, &mut work.rows);
                let mut sink = Sink::Sum(now);
                work.shares.block(&mut work.rows, mass, &mut sink);
            }
            return;
        }
        for (high, mass) in work.channels[0].chunks_exact(block).enumerate() {
            weights.rows(&work.table, high, &mut work.rows);
            work.out.resize(outcomes * block, 0.0);
            let mut sink = Sink::Rows(&mut work.out);
            work.shares.block(&mut work.rows, mass, &mut sink);
            let tallies = &mut work.tallies[(h - 1) * conds..][..conds];
            self.tally(tallies, high, mass, &work.out);
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

    pub(super) fn tally(&self, tallies: &mut [Tally], high: usize, mass: &[f64], out: &[f64]) {
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
pub(super) fn merge(mass: &[f64], spared: &[usize], merged: &mut Vec<f64>) {
    merged.clear();
    merged.extend_from_slice(mass);
    for &position in spared {
        frontier::sum_out(merged, position);
    }
}
