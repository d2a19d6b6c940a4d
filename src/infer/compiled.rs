//! A question made ready to be answered over all states and horizons.
//!
//! In: a question's shape and one setting of the numbers. Out: the mass by outcome at every
//! horizon, and for what is conditioned on, by power of ε. Buffers are kept from one to the next.

use super::batch::Batch;
use super::ending::{Endings, Rests};
use super::flow::{self, Memory};
use super::forward::{Ended, Forward};
use super::frontier::{Flow, Pick};
use super::layout::Layout;
use super::lumped::{LANES, LumpedChain, may_rise};
use super::outcomes::Shares;
use super::sampled::Noise;
use super::shape::{Ask, Function, Shape, Stay, TooMany};
use super::weights::{self, Table, Weights};
use crate::limits;
use crate::model::{Model, Numbers};
use std::sync::Arc;

/// A question made ready to be answered for any setting of the numbers.
#[derive(Debug, Clone)]
pub(crate) struct Compiled {
    pub shape: Shape,
    /// What was set.
    pub sets: Vec<(usize, bool)>,
    pub(super) outcomes: bool,
    pub(super) within: bool,
    /// A layout for each pattern of what the nodes must remember, as it is met.
    plans: Vec<(Vec<Memory>, Plan)>,
    pub(super) memory: Vec<Memory>,
    /// Whether what has ended was found to follow from more than the state.
    pub(super) in_pairs: bool,
    /// How many numbers may be carried where what has ended is, times the states that it rests on.
    pub(super) carried: usize,
    /// What outcomes rest on, by variable, where some are final; once it was asked for.
    resting: Option<Vec<bool>>,
    /// What evaluates it over fewer states, where those are many; not known until it is run.
    pub(super) batch: Option<Option<Box<Batch>>>,
    /// Whether all states are gone through one by one, for tests that compare.
    pub(super) one_by_one: bool,
}

/// From so many states on it is asked whether fewer would do.
const MANY: u64 = 1 << 12;

/// The same where what has ended is carried.
const PAIRED: u64 = 1 << 3;

#[derive(Debug, Clone)]
pub(super) struct Plan {
    pub(super) layout: Layout,
    pub(super) weights: Option<Weights>,
    /// What the outcomes rest on, where some are final.
    pub(super) rests: Option<Rests>,
    pub(super) conds: Vec<(Pick, Vec<bool>)>,
    /// Bits of a cell whose truth costs a power of ε.
    pub(super) costly: usize,
    pub(super) costly_var: Vec<(usize, usize)>,
}

/// Buffers, which keep their memory from question to question.
#[derive(Debug, Clone, Default)]
pub(crate) struct Scratch {
    pub(super) channels: Vec<Vec<f64>>,
    pub(super) flow: Flow,
    pub(super) table: Table,
    pub(super) shares: Shares,
    pub(super) endings: Endings,
    /// By node the row that was in force before, by assignment, where that is known.
    pub(super) old: Vec<Vec<u16>>,
    pub(super) merged: Vec<f64>,
    pub(super) rows: Vec<f64>,
    pub(super) out: Vec<f64>,
    pub(super) chances: Vec<f64>,
    /// What is being found; [`Compiled::run`] returns it.
    pub(super) answer: Answered,
}

/// What was found.
#[derive(Debug, Clone, Default)]
pub(crate) struct Answered {
    /// By horizon (from 1) and outcome, where nothing is conditioned on.
    pub verdict: Vec<f64>,
    /// The standard errors of [`Answered::verdict`]; empty where it was not sampled.
    pub errors: Vec<f64>,
    /// By horizon (from 1) and condition.
    pub tallies: Vec<Tally>,
}

impl Answered {
    /// Forgets it.
    pub(super) fn clear(&mut self) {
        self.verdict.clear();
        self.errors.clear();
        self.tallies.clear();
    }

    /// The outcomes, by horizon and outcome; or those among the cases in which its
    /// only condition holds, NaN where that cannot.
    pub(crate) fn read(&self, given: bool, out: &mut [f64]) {
        if !given {
            out.copy_from_slice(&self.verdict);
            return;
        }
        let width = out.len() / self.tallies.len();
        for (out, tally) in out.chunks_exact_mut(width).zip(&self.tallies) {
            match tally.power() {
                None => out.fill(f64::NAN),
                Some(power) => {
                    for (p, mass) in out.iter_mut().zip(tally.outcomes(power)) {
                        *p = mass / tally.mass(power);
                    }
                }
            }
        }
    }
}

/// What was found where a condition holds.
#[derive(Debug, Clone, Default)]
pub(crate) struct Tally {
    /// The mass, by power of ε.
    pub(super) mass: Vec<f64>,
    /// By power and outcome.
    pub(super) outcomes: Vec<f64>,
    /// The variables that cost, as far as any state at that power has them, by power.
    pub(super) used: Vec<usize>,
    /// How sure it is, where it was sampled.
    pub noise: Option<Noise>,
}

impl Tally {
    /// The lowest power with mass, if the condition can hold at all.
    pub(crate) fn power(&self) -> Option<usize> {
        self.mass.iter().position(|m| *m > 0.0)
    }

    /// Its chance: 0 for what costs ε.
    pub(crate) fn chance(&self) -> f64 {
        self.mass[0].max(0.0)
    }

    /// The mass at a power.
    pub(crate) fn mass(&self, power: usize) -> f64 {
        self.mass[power]
    }

    /// Each outcome's mass at a power.
    pub(crate) fn outcomes(&self, power: usize) -> &[f64] {
        let n = self.outcomes.len() / self.mass.len();
        &self.outcomes[power * n..][..n]
    }

    pub(super) fn reset(&mut self, powers: usize, outcomes: usize) {
        self.mass.clear();
        self.mass.resize(powers, 0.0);
        self.outcomes.clear();
        self.outcomes.resize(powers * outcomes, 0.0);
        self.used.clear();
        self.used.resize(powers, 0);
        self.noise = None;
    }
}

impl Compiled {
    /// Makes a question ready.
    ///
    /// # Errors
    ///
    /// Too many propositions matter together.
    pub(crate) fn new(model: &Model, ask: &Ask) -> Result<Compiled, TooMany> {
        let shape = Shape::new(model, ask, limits::CELL_BITS)?;
        Ok(Compiled::of(shape, ask))
    }

    /// Of a shape; one without nodes is sampled instead of run.
    pub(crate) fn of(shape: Shape, ask: &Ask) -> Compiled {
        Compiled {
            shape,
            sets: ask.sets.clone(),
            outcomes: ask.outcomes,
            within: ask.within,
            plans: Vec::new(),
            memory: Vec::new(),
            in_pairs: false,
            carried: limits::PAIRED_CELLS,
            resting: None,
            batch: None,
            one_by_one: false,
        }
    }

    /// How many states the propositions that matter have.
    pub(crate) fn states(&self) -> u64 {
        1u64.checked_shl(self.shape.vars.len() as u32)
            .unwrap_or(u64::MAX)
    }

    /// Whether states are summed. A shape that was made to be sampled or transformed has variables, but nothing by
    /// which they move.
    pub(crate) fn is_summed(&self) -> bool {
        self.shape.vars.is_empty() || !self.shape.nodes.is_empty()
    }

    /// How many states are gone through, which may be fewer, once it was run or made [`Compiled::ready`].
    pub(crate) fn steps(&self) -> u64 {
        match &self.batch {
            Some(Some(batch)) if self.is_lumped(batch) => batch.states() * LANES as u64,
            _ => self.states(),
        }
    }

    /// Whether a batch goes through fewer states, and not only through many at once.
    fn is_lumped(&self, batch: &Batch) -> bool {
        let lumped = batch.lumped();
        let fewer = batch.states().saturating_mul(2 * LANES as u64) < self.states();
        self.in_pairs || lumped.in_pairs() || fewer && (lumped.is_small() || !lumped.in_blocks())
    }

    /// Whether many settings are evaluated side by side.
    pub(crate) fn is_batched(&self) -> bool {
        matches!(self.batch, Some(Some(_)))
    }

    /// What evaluates many settings side by side, once that is known to be best.
    pub(super) fn lumped_chain(&self) -> Option<&Arc<LumpedChain>> {
        let lumped = self.batch.as_ref()?.as_ref()?.lumped();
        (lumped.is_small() || lumped.in_blocks()).then_some(lumped)
    }

    /// Finds out how it is best evaluated.
    pub(crate) fn ready(&mut self, model: &Model, numbers: &Numbers) {
        let is_known = self.batch.is_some() || self.one_by_one;
        if is_known || !self.outcomes || self.states() < PAIRED {
            return;
        }
        // Carried in pairs, states are soon many.
        let rises = may_rise(model, &self.shape, numbers);
        if !(self.in_pairs || rises) && self.states() < MANY {
            return;
        }
        let batch = Batch::told(model, numbers, self, rises);
        let pays = |batch: &Batch| batch.lumped().in_blocks() || self.is_lumped(batch);
        self.batch = Some(batch.filter(pays).map(Box::new));
    }

    /// The variables used at the lowest power of a tally, as drivers.
    pub(crate) fn used(&self, tally: &Tally, power: usize) -> Vec<usize> {
        if let Some(noise) = &tally.noise {
            return noise.used.clone();
        }
        let vars = self.shape.vars.iter().enumerate();
        vars.filter(|(var, _)| tally.used[power] >> var & 1 == 1)
            .map(|(_, driver)| *driver)
            .collect()
    }

    /// Answers the question by a forward pass, over lumped states if that saves something.
    ///
    /// # Errors
    ///
    /// With these numbers, more must be remembered than fits.
    pub(crate) fn run<'s>(
        &mut self,
        model: &Model,
        numbers: &Numbers,
        scratch: &'s mut Scratch,
    ) -> Result<&'s Answered, TooMany> {
        self.answer(model, numbers, scratch)?;
        Ok(&scratch.answer)
    }

    fn answer(
        &mut self,
        model: &Model,
        numbers: &Numbers,
        scratch: &mut Scratch,
    ) -> Result<(), TooMany> {
        self.ready(model, numbers);
        if self.lumped(model, numbers, scratch) {
            return Ok(());
        }
        // Where what has ended does not follow from the state, it is carried.
        loop {
            let plan = self.planned(model, numbers)?;
            match self.on(model, numbers, plan).all(scratch) {
                Ended::All => return Ok(()),
                Ended::Unsteady => {
                    self.in_pairs = true;
                    // What saved nothing before may now, where states are carried in pairs.
                    self.batch = self.batch.take().filter(Option::is_some);
                    self.ready(model, numbers);
                    if self.lumped(model, numbers, scratch) {
                        return Ok(());
                    }
                }
                Ended::TooMuch => {
                    let drivers = self.shape.vars.clone();
                    return Err(TooMany { drivers });
                }
            }
        }
    }

    /// How many states one setting has to go through, one by one: where what has ended has to be carried, each with those that it
    /// can come from. That is found out, and not done.
    ///
    /// # Errors
    ///
    /// With these numbers, more must be remembered than fits.
    pub(super) fn price(
        &mut self,
        model: &Model,
        numbers: &Numbers,
        scratch: &mut Scratch,
    ) -> Result<u64, TooMany> {
        if !self.outcomes || !model.has_finals() {
            return Ok(self.states());
        }
        let mut carried = self.in_pairs;
        if !carried {
            let plan = self.planned(model, numbers)?;
            let ended = self.on(model, numbers, plan).all(scratch);
            carried = matches!(ended, Ended::Unsteady);
        }
        let nodes = self.shape.nodes.iter();
        let lasting = nodes.filter(|n| n.stay == Stay::Lasting);
        let lasting: usize = lasting.map(|n| n.members.len()).sum();
        Ok(match carried {
            true => self.states().saturating_mul(1 << lasting.min(40)),
            false => self.states(),
        })
    }

    /// A run over all states, by one of its plans.
    fn on<'a>(&'a self, model: &'a Model, numbers: &'a Numbers, plan: usize) -> Forward<'a> {
        Forward {
            model,
            numbers,
            compiled: self,
            plan: &self.plans[plan].1,
        }
    }

    /// The plan for these numbers, made where there is none.
    fn planned(&mut self, model: &Model, numbers: &Numbers) -> Result<usize, TooMany> {
        if self.outcomes && model.has_finals() && self.resting.is_none() {
            let pushing = weights::pushing(model, &self.shape);
            self.resting = Some(weights::resting(model, &self.shape, &pushing));
        }
        let resting = self.resting.as_ref().filter(|_| self.in_pairs);
        self.memory.clear();
        let nodes = self.shape.nodes.iter();
        self.memory.extend(nodes.map(|n| {
            let memory = flow::memory(n, numbers);
            // Only with its row kept can be seen what had come before.
            match resting {
                Some(resting) if n.stay == Stay::Lasting && n.combinations.len() > 1 => {
                    match n
                        .rows
                        .support
                        .iter()
                        .all(|v| resting[*v] && self.shape.lasts(*v))
                    {
                        true => Memory::Held,
                        false => memory.max(Memory::Rough),
                    }
                }
                _ => memory,
            }
        }));
        if let Some(plan) = self.plans.iter().position(|p| p.0 == self.memory) {
            return Ok(plan);
        }
        let plan = self.plan(model)?;
        self.plans.push((self.memory.clone(), plan));
        Ok(self.plans.len() - 1)
    }

    /// Follows the lumped chain, if its states are so few that it saves something.
    fn lumped(&mut self, model: &Model, numbers: &Numbers, scratch: &mut Scratch) -> bool {
        let Some(Some(batch)) = &mut self.batch else {
            return false;
        };
        if !batch.run(model, [numbers]) {
            return false;
        }
        scratch.answer.clear();
        let found = batch.found(0);
        if self.shape.conds.is_empty() {
            scratch.answer.verdict.extend(found);
            return true;
        }
        let width = model.outcomes.len();
        for (whole, found) in batch.whole(0).iter().zip(found.chunks_exact(width)) {
            let mut tally = Tally::default();
            tally.reset(1, width);
            tally.mass[0] = *whole;
            for (mass, p) in tally.outcomes.iter_mut().zip(found) {
                *mass = if *whole > 0.0 { p * whole } else { 0.0 };
            }
            scratch.answer.tallies.push(tally);
        }
        true
    }

    /// The verdicts of several settings, of a question without conditions: as many as can be side by side.
    ///
    /// # Errors
    ///
    /// With these numbers, more must be remembered than fits.
    pub(crate) fn run_each(
        &mut self,
        model: &Model,
        all: &[Numbers],
        scratch: &mut Scratch,
    ) -> Result<Vec<Vec<f64>>, TooMany> {
        let mut found = Vec::with_capacity(all.len());
        for part in all.chunks(LANES) {
            self.ready(model, &part[0]);
            if let Some(Some(batch)) = &mut self.batch
                && batch.run(model, part)
            {
                found.extend((0..part.len()).map(|lane| batch.found(lane)));
                continue;
            }
            for numbers in part {
                let answer = self.run(model, numbers, scratch)?;
                found.push(answer.verdict.clone());
            }
        }
        Ok(found)
    }

    /// How many masses are carried beside each other: what is open, or all; where it is carried,
    /// what has ended in each final outcome; then what had ended before, where that is left out.
    pub(super) fn channels(&self, model: &Model) -> usize {
        let finals = match self.outcomes {
            true => model.outcomes.len() - model.open,
            false => 0,
        };
        1 + finals * (usize::from(self.in_pairs) + usize::from(self.within))
    }

    fn plan(&self, model: &Model) -> Result<Plan, TooMany> {
        let shape = &self.shape;
        // What is conditioned on may depend on variables by which nothing pushes.
        let sums = self.outcomes && shape.conds.is_empty();
        let carry = self.outcomes && model.has_finals();
        let pushing = match &self.resting {
            Some(resting) => Some(resting.clone()),
            None => sums.then(|| weights::pushing(model, shape)),
        };
        let layout = Layout::new(shape, &self.memory, carry, pushing.as_deref());
        // So many numbers are kept of a state for each outcome that is final, and for what is open.
        const ENDING: usize = 8;
        let ending = match carry {
            true => ENDING * (1 + model.outcomes.len() - model.open),
            false => 0,
        };
        if self.channels(model).max(ending) << layout.peak > limits::CELLS {
            return Err(TooMany {
                drivers: shape.vars.clone(),
            });
        }
        let at = |f: &Function| {
            let positions: Vec<usize> = f.support.iter().map(|v| layout.positions[*v]).collect();
            let truth = f.values.iter().map(|v| *v == 1).collect();
            (Pick::new(&positions, layout.bits), truth)
        };
        let costly_var: Vec<(usize, usize)> = (0..shape.vars.len())
            .filter(|v| shape.costly[*v])
            .map(|v| (v, layout.positions[v]))
            .collect();
        let weights = self.outcomes.then(|| match &pushing {
            Some(pushing) => Weights::spare(model, shape, pushing, &layout.positions, layout.bits),
            None => Weights::new(model, shape, &layout.positions, layout.bits),
        });
        let (weights, rests) = match (weights, carry) {
            (Some(weights), true) => {
                let resting = pushing.as_deref().unwrap_or_default();
                let (positions, bits) = (&layout.positions, layout.bits);
                let rests = Rests::new(shape, weights, resting, positions, bits);
                (None, Some(rests))
            }
            (weights, _) => (weights, None),
        };
        Ok(Plan {
            weights,
            rests,
            conds: shape.conds.iter().map(at).collect(),
            costly: costly_var.iter().map(|c| 1 << c.1).sum(),
            costly_var,
            layout,
        })
    }
}
