//! A pass made ready for many settings of the numbers, side by side.
//!
//! In: settings. Out: what the pass would find for each.

use super::pass::Pass;
use super::sweep::{LANES, Settings, Sweep, Sweeping};
use crate::model::{Model, Numbers};
use std::sync::Arc;

/// A sweep, and room for as many settings as go side by side.
#[derive(Debug, Clone)]
pub(super) struct Batch {
    sweep: Arc<Sweep>,
    settings: Settings,
    sweeping: Sweeping,
}

impl Batch {
    /// None where the pass cannot be swept: see [`Sweep::alone`].
    pub(super) fn new(model: &Model, numbers: &Numbers, pass: &Pass) -> Option<Batch> {
        Some(Batch {
            sweep: Arc::new(Sweep::alone(model, pass, numbers)?),
            settings: Settings::of(numbers),
            sweeping: Sweeping::default(),
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
        self.sweep.run(model, &self.settings, &mut self.sweeping)
    }

    /// What was found with one of the settings, by horizon and outcome in the model's order; where the
    /// pass has conditions, by horizon, condition and outcome, NaN where the condition cannot hold.
    pub(super) fn found(&self, lane: usize) -> Vec<f64> {
        let found = self.sweeping.found().iter();
        found.map(|x| x.to_array()[lane]).collect()
    }

    /// By horizon and condition how likely that is.
    pub(super) fn whole(&self, lane: usize) -> Vec<f64> {
        let whole = self.sweeping.whole().iter();
        whole.map(|x| x.to_array()[lane]).collect()
    }

    /// The sweep, to be used with settings of one's own.
    pub(super) fn sweep(&self) -> &Arc<Sweep> {
        &self.sweep
    }

    /// How many states, or pairs of them, the last run went through.
    pub(super) fn steps(&self) -> u64 {
        self.sweep.steps(&self.sweeping)
    }

    /// How many states it goes through.
    pub(super) fn states(&self) -> u64 {
        self.sweep.states()
    }
}
