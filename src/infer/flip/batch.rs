//! Many settings of the numbers, asked about side by side.
//!
//! In: settings. Out: the outcomes of each, by horizon, in the model's order.

use crate::infer::pass::Pass;
use crate::infer::sweep::{LANES, Settings, Sweep, Sweeping};
use crate::model::{Model, Numbers};

/// A pass made ready for many settings.
#[derive(Clone)]
pub(super) struct Batch {
    sweep: Sweep,
    settings: Settings,
    sweeping: Sweeping,
}

impl Batch {
    /// None where the pass cannot be swept: see [`Sweep::new`].
    pub(super) fn new(model: &Model, point: &Numbers, pass: &Pass) -> Option<Batch> {
        Some(Batch {
            sweep: Sweep::new(model, pass, &|_| false)?,
            settings: Settings::of(point),
            sweeping: Sweeping::default(),
        })
    }

    /// Evaluates up to [`LANES`] settings; none where their numbers are too large for that.
    pub(super) fn run(&mut self, model: &Model, all: &[Numbers]) -> Option<Vec<Vec<f64>>> {
        for (lane, numbers) in all.iter().take(LANES).enumerate() {
            self.settings.load(lane, numbers);
        }
        if !self.sweep.run(model, &self.settings, &mut self.sweeping) {
            return None;
        }
        let found = &self.sweeping.found;
        let of = |lane: usize| found.iter().map(|x| x.to_array()[lane]).collect();
        Some((0..all.len()).map(of).collect())
    }
}
