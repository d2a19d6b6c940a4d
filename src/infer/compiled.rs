//! A question made ready to be answered over all states and horizons.
//!
//! In: a question's shape and one setting of the numbers. Out: the mass by outcome at every
//! horizon, and for what is conditioned on, by power of ε. Buffers are kept from one to the next.

use super::exact::forward::Ended;
use super::exact::{Enumeration, Scratch};
use super::lumped::batch::Batch;
use super::lumped::{LANES, LumpedChain, may_rise};
use super::question::Structure;
use super::question::answer::{Answered, Tally};
use super::question::shape::{Ask, Shape, TooMany};
use crate::limits;
use crate::model::{Model, Numbers};
use std::sync::Arc;

/// A question made ready to be answered for any setting of the numbers, by the exact engine that takes least.
#[derive(Debug, Clone)]
pub(crate) struct Compiled {
    pub structure: Arc<Structure>,
    /// All states, one by one.
    pub(super) enumeration: Enumeration,
    /// What evaluates it over fewer states, where those are many; not known until it is run.
    pub(super) batch: Option<Option<Box<Batch>>>,
    /// Whether all states are gone through one by one, for tests that compare.
    pub(super) one_by_one: bool,
}

/// From so many states on it is asked whether fewer would do.
const MANY: u64 = 1 << 12;

/// The same where what has ended is carried.
const PAIRED: u64 = 1 << 3;

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
            structure: Arc::new(Structure::of(shape, ask)),
            enumeration: Enumeration::default(),
            batch: None,
            one_by_one: false,
        }
    }

    /// How many states the propositions that matter have.
    pub(crate) fn states(&self) -> u64 {
        self.structure.states()
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
        self.enumeration.in_pairs
            || lumped.in_pairs()
            || fewer && (lumped.is_small() || !lumped.in_blocks())
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
        if is_known || !self.structure.outcomes || self.states() < PAIRED {
            return;
        }
        // Carried in pairs, states are soon many.
        let rises = may_rise(model, &self.structure.shape, numbers);
        if !(self.enumeration.in_pairs || rises) && self.states() < MANY {
            return;
        }
        let batch = self.lumping(model, numbers, rises);
        let pays = |batch: &Batch| batch.lumped().in_blocks() || self.is_lumped(batch);
        self.batch = Some(batch.filter(pays).map(Box::new));
    }

    /// What evaluates many settings side by side, if the question can be lumped.
    pub(crate) fn side_by_side(&self, model: &Model, numbers: &Numbers) -> Option<Batch> {
        let structure = &self.structure;
        let rises = structure.outcomes && may_rise(model, &structure.shape, numbers);
        self.lumping(model, numbers, rises)
    }

    fn lumping(&self, model: &Model, numbers: &Numbers, rises: bool) -> Option<Batch> {
        let pairs = (self.enumeration.in_pairs, rises);
        Batch::new(model, numbers, &self.structure, pairs)
    }

    /// The variables used at the lowest power of a tally, as drivers.
    pub(crate) fn used(&self, tally: &Tally, power: usize) -> Vec<usize> {
        if let Some(noise) = &tally.noise {
            return noise.used.clone();
        }
        let vars = self.structure.shape.vars.iter().enumerate();
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
        let enumeration = &mut self.enumeration;
        if enumeration.run(&self.structure, model, numbers, scratch)? == Ended::All {
            return Ok(());
        }
        // What has ended does not follow from the state: it is carried. What saved nothing before may then save something.
        enumeration.in_pairs = true;
        self.batch = self.batch.take().filter(Option::is_some);
        self.ready(model, numbers);
        if !self.lumped(model, numbers, scratch) {
            self.enumeration
                .run(&self.structure, model, numbers, scratch)?;
        }
        Ok(())
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
        self.enumeration
            .price(&self.structure, model, numbers, scratch)
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
        if self.structure.shape.conds.is_empty() {
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
}
