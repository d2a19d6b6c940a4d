//! A compiled question made ready for many settings of the numbers, side by side.
//!
//! In: settings. Out: what the question would find for each.

use super::{ChainScratch, LANES, LumpedChain, Settings};
use crate::infer::question::Structure;
use crate::model::{Model, Numbers};
use std::sync::Arc;

/// A lumped chain, and room for as many settings as go side by side.
#[derive(Debug)]
pub(in crate::infer) struct Batch {
    lumped: Arc<LumpedChain>,
    settings: Settings,
    chain_scratch: ChainScratch,
}

impl Clone for Batch {
    /// Without what was found: a copy is made to be run, and buffers would be copied in vain.
    fn clone(&self) -> Self {
        Batch {
            lumped: self.lumped.clone(),
            settings: self.settings.clone(),
            chain_scratch: ChainScratch::default(),
        }
    }
}

impl Batch {
    /// Of what was found to be carried in pairs or not, told whether [`may_rise`](super::may_rise) says so of these numbers. None
    /// where the question cannot be lumped: see [`LumpedChain::alone`].
    pub(in crate::infer) fn new(
        model: &Model,
        numbers: &Numbers,
        structure: &Structure,
        (in_pairs, rises): (bool, bool),
    ) -> Option<Batch> {
        Some(Batch {
            lumped: Arc::new(LumpedChain::alone(model, structure, (in_pairs, rises))?),
            settings: Settings::of(numbers),
            chain_scratch: ChainScratch::default(),
        })
    }

    /// Evaluates up to [`LANES`] settings; whether their numbers are small enough for that.
    pub(in crate::infer) fn run<'n>(
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
    pub(in crate::infer) fn found(&self, lane: usize) -> Vec<f64> {
        let found = self.chain_scratch.found().iter();
        found.map(|x| x.to_array()[lane]).collect()
    }

    /// By horizon and condition how likely that is.
    pub(in crate::infer) fn whole(&self, lane: usize) -> Vec<f64> {
        let whole = self.chain_scratch.whole().iter();
        whole.map(|x| x.to_array()[lane]).collect()
    }

    /// The lumped chain, to be used with settings of one's own.
    pub(in crate::infer) fn lumped(&self) -> &Arc<LumpedChain> {
        &self.lumped
    }

    /// Whether its states are few enough to stand side by side.
    pub(in crate::infer) fn is_small(&self) -> bool {
        self.lumped.is_small() || !self.lumped.in_blocks()
    }

    /// How many states, or pairs of them, the last run went through.
    pub(in crate::infer) fn steps(&self) -> u64 {
        self.lumped.steps(&self.chain_scratch)
    }

    /// How many states it goes through.
    pub(in crate::infer) fn states(&self) -> u64 {
        self.lumped.states()
    }
}
