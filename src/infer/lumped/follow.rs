//! A lumped chain followed from horizon to horizon, in every lane.
//!
//! In: a chain, and settings side by side. Out: the outcomes, or how likely conditions are, added horizon by horizon to what was
//! found. Components move on by themselves; what outcomes come to is added up over all states, or over pairs of them.

use super::component::Phase;
use super::courses::Courses;
use super::pairs::PairScratch;
use super::settle::{Given, Shares, at_most_one};
use super::weigh;
use super::{Lanes, LumpedChain, Settings, What, product};
use crate::model::Model;
use assess_lanes::Room;
use assess_lanes::flow::{flow, gather};
use assess_lanes::shares::{Axis, Scratch as Blocks};
use assess_lanes::weights::spread;

/// Buffers and results.
#[derive(Debug, Clone, Default)]
pub(crate) struct ChainScratch {
    /// By component how likely its lumps are, and how likely what lasts of them.
    full: Vec<Room>,
    kept: Vec<Room>,
    /// By state.
    mass: Room,
    whole: Room,
    next: Room,
    factors: Vec<Lanes>,
    numbers: Room,
    weights: weigh::Scratch,
    shares: Shares,
    blocks: Blocks,
    paired: PairScratch,
    courses: Courses,
    /// By state what becomes of its mass.
    parts: Room,
    found: Vec<Lanes>,
    given: Given,
    /// Whether a finer chain was needed.
    pub(super) finer: bool,
}

impl ChainScratch {
    /// Forgets what the runs of before needed, which another chain may not.
    pub(crate) fn begin(&mut self) {
        self.finer = false;
    }

    /// By horizon (from 1) and outcome, or condition; by horizon, condition and outcome where both are
    /// asked for.
    pub(crate) fn found(&self) -> &[Lanes] {
        match self.given.found[..] {
            [] => &self.found,
            ref found => found,
        }
    }

    /// By horizon and condition the mass of the cases in which it holds, where outcomes are asked for.
    pub(crate) fn whole(&self) -> &[Lanes] {
        &self.given.whole
    }
}

impl LumpedChain {
    /// Follows all lanes. Whether the numbers allow it.
    pub(super) fn follow(
        &self,
        model: &Model,
        settings: &Settings,
        scratch: &mut ChainScratch,
    ) -> bool {
        scratch.found.clear();
        scratch.given.clear();
        let count = self.components.len();
        for rooms in [&mut scratch.full, &mut scratch.kept] {
            rooms.resize(count.max(rooms.len()), Room::default());
        }
        for a in 0..count {
            self.step(a, settings, Phase::Start, 0, scratch);
        }
        let kept = product(&self.components, |a| a.kept);
        let pairs = self.pairs.is_some();
        scratch.courses.start((kept, self.finals), pairs);
        for h in 1..=model.horizons() {
            let phase = if h == 1 { Phase::First } else { Phase::Later };
            scratch.courses.begin();
            for a in 0..count {
                self.step(a, settings, phase, h, scratch);
            }
            if let What::Outcomes(weigh) | What::Given(weigh, _) = &self.what {
                let over = (&self.components[..], self.first);
                if !weigh.fill(settings, h, over, &mut scratch.weights) {
                    return false;
                }
                scratch.shares.read(model, settings, h);
            }
            match &self.what {
                What::Outcomes(_) if self.finals == 0 => self.settle(settings, h, scratch),
                What::Outcomes(_) => {
                    if !self.settle_parts(model, settings, h, &[], scratch) {
                        return false;
                    }
                }
                What::Given(_, conds) => {
                    if !self.settle_parts(model, settings, h, conds, scratch) {
                        return false;
                    }
                }
                What::Masses(conds) => {
                    multiply(&scratch.full[..count], &mut scratch.mass, &mut scratch.next);
                    for truth in conds {
                        let holds = scratch.mass.iter().zip(truth).filter(|(_, is)| **is);
                        let sum = holds.fold(Lanes::ZERO, |sum, (x, _)| sum + *x);
                        scratch.found.push(at_most_one(sum));
                    }
                }
            }
        }
        true
    }

    /// Moves one component on.
    fn step(
        &self,
        a: usize,
        settings: &Settings,
        phase: Phase,
        h: usize,
        scratch: &mut ChainScratch,
    ) {
        let component = &self.components[a];
        let (factors, numbers) = (&mut scratch.factors, &mut scratch.numbers);
        let along = component.fill(&self.shape, settings, phase, h, factors, numbers);
        let ways = (along, &numbers[..]);
        let (full, kept) = (&mut scratch.full[a], &mut scratch.kept[a]);
        if phase == Phase::Start {
            flow(&[Lanes::ONE], kept, ways, (1, component.kept), 1);
            return;
        }
        let sizes = (component.kept, component.full);
        let inner = product(&self.components[a + 1..], |a| a.kept);
        scratch.courses.step(ways, sizes, inner);
        if let Some(pairs) = &self.pairs {
            let ways = (&kept[..], along, &numbers[..]);
            pairs.add_up(a, phase, ways, &mut scratch.paired);
        }
        flow(kept, full, ways, sizes, 1);
        gather(full, &component.keep, kept.take(component.kept));
    }

    /// Adds the outcomes of horizon `h` to what was found, where none is final: over looks, block by block.
    fn settle(&self, settings: &Settings, h: usize, scratch: &mut ChainScratch) {
        for (a, component) in self.components.iter().enumerate() {
            let Some(leaves) = component.leaves() else {
                continue;
            };
            let (factors, numbers) = (&mut scratch.factors, &mut scratch.numbers);
            let along = leaves.fill(&self.shape, settings, h, factors, numbers);
            let looks = scratch.next.fill(component.looks(), Lanes::ZERO);
            for ((look, lump), p) in along.iter().zip(&**numbers) {
                looks[*look] += scratch.full[a][*lump] * *p;
            }
            std::mem::swap(&mut scratch.full[a], &mut scratch.next);
        }
        let inner = self.first..self.components.len();
        multiply(&scratch.full[inner], &mut scratch.mass, &mut scratch.next);
        let axis = |a: usize| Axis {
            mass: &scratch.full[a],
            e: scratch.weights.own(a),
        };
        let outer: Vec<Axis<'_>> = (0..self.first).map(axis).collect();
        let inner = Axis {
            mass: &scratch.mass,
            e: scratch.weights.table(),
        };
        let (blocks, found) = (&mut scratch.blocks, &mut scratch.found);
        scratch.shares.settle(&outer, inner, blocks, found);
    }

    /// Adds the outcomes of horizon `h` to what was found, or those among the cases in which each condition holds, from what
    /// becomes of each state. Whether they could be found.
    fn settle_parts(
        &self,
        model: &Model,
        settings: &Settings,
        h: usize,
        conds: &[Vec<bool>],
        scratch: &mut ChainScratch,
    ) -> bool {
        let table = scratch.weights.table();
        scratch.shares.parts(table, &mut scratch.parts);
        self.sum_leaves(settings, h, scratch);
        let count = self.components.len();
        multiply(&scratch.full[..count], &mut scratch.mass, &mut scratch.next);
        if self.finals > 0 {
            multiply(
                &scratch.kept[..count],
                &mut scratch.whole,
                &mut scratch.next,
            );
            let places = (model.outcomes.len(), scratch.shares.stride());
            let states = (&scratch.mass[..], &self.lasting[..], &scratch.whole[..]);
            let (parts, paired) = (&scratch.parts, &mut scratch.paired);
            let pairs = self.pairs.as_ref().map(|pairs| (pairs, paired));
            if !scratch.courses.settle(parts, places, states, pairs) {
                return false;
            }
        }
        let open = scratch.courses.open(&self.lasting);
        let (parts, mass) = (&scratch.parts, &scratch.mass);
        let (found, given) = (&mut scratch.found, &mut scratch.given);
        let shares = &scratch.shares;
        shares.settle_parts(parts, mass, open, found, (conds, given));
        true
    }

    /// Turns parts by look into parts by state, one component after another.
    fn sum_leaves(&self, settings: &Settings, h: usize, scratch: &mut ChainScratch) {
        let mut inner = scratch.parts.len();
        for component in &self.components {
            inner /= component.looks();
            let Some(leaves) = component.leaves() else {
                continue;
            };
            let (factors, numbers) = (&mut scratch.factors, &mut scratch.numbers);
            let along = leaves.fill(&self.shape, settings, h, factors, numbers);
            let sizes = (component.looks(), component.full);
            let ways = (along, &numbers[..]);
            flow(&scratch.parts, &mut scratch.next, ways, sizes, inner);
            std::mem::swap(&mut scratch.parts, &mut scratch.next);
        }
    }
}

/// How likely each state is, from how likely the lumps of its components are; the last component counts fastest.
fn multiply(components: &[Room], mass: &mut Room, next: &mut Room) {
    mass.fill(1, Lanes::ONE);
    for component in components.iter().rev() {
        spread(component, mass, 1, next);
        std::mem::swap(mass, next);
    }
}
