//! A compiled question made ready for many settings of the numbers, side by side.
//!
//! In: settings. Out: what the question would find for each.

use super::compiled::Compiled;
use super::lumped::{ChainScratch, LANES, LumpedChain, Settings, may_rise};
use crate::model::{Model, Numbers};
use std::sync::Arc;

/// A lumped chain, and room for as many settings as go side by side.
#[derive(Debug, Clone)]
pub(super) struct Batch {
    lumped: Arc<LumpedChain>,
    settings: Settings,
    chain_scratch: ChainScratch,
}

impl Batch {
    /// None where the question cannot be lumped: see [`LumpedChain::alone`].
    pub(super) fn new(model: &Model, numbers: &Numbers, compiled: &Compiled) -> Option<Batch> {
        let rises = compiled.outcomes && may_rise(model, &compiled.shape, numbers);
        Batch::told(model, numbers, compiled, rises)
    }

    /// The same, told whether [`may_rise`] says so.
    pub(super) fn told(
        model: &Model,
        numbers: &Numbers,
        compiled: &Compiled,
        rises: bool,
    ) -> Option<Batch> {
        Some(Batch {
            lumped: Arc::new(LumpedChain::alone(model, compiled, rises)?),
            settings: Settings::of(numbers),
            chain_scratch: ChainScratch::default(),
        })
    }

    /// Evaluates up to [`LANES`] settings; whether their numbers are small enough for that.
    pub(super) fn run<'n>(
        &mut self,
        model: &Model,
        all: impl IntoIterator<Item = &'n Numbers>,
    ) -> bool {
        for (lane, numbers) in all.into_iter().take(LANES).enumerate() {
            self.settings.load(lane, numbers);
        }
        self.lumped
            .run(model, &self.settings, &mut self.chain_scratch)
    }

    /// What was found with one of the settings, by horizon and outcome in the model's order; where the
    /// question has conditions, by horizon, condition and outcome, NaN where the condition cannot hold.
    pub(super) fn found(&self, lane: usize) -> Vec<f64> {
        let found = self.chain_scratch.found().iter();
        found.map(|x| x.to_array()[lane]).collect()
    }

    /// By horizon and condition how likely that is.
    pub(super) fn whole(&self, lane: usize) -> Vec<f64> {
        let whole = self.chain_scratch.whole().iter();
        whole.map(|x| x.to_array()[lane]).collect()
    }

    /// The lumped chain, to be used with settings of one's own.
    pub(super) fn lumped(&self) -> &Arc<LumpedChain> {
        &self.lumped
    }

    /// Whether its states are few enough to stand side by side.
    pub(super) fn is_small(&self) -> bool {
        self.lumped.is_small() || !self.lumped.in_blocks()
    }

    /// How many states, or pairs of them, the last run went through.
    pub(super) fn steps(&self) -> u64 {
        self.lumped.steps(&self.chain_scratch)
    }

    /// How many states it goes through.
    pub(super) fn states(&self) -> u64 {
        self.lumped.states()
    }
}
