//! One structure and one setting of the numbers, with drivers that are silent or not.
//!
//! In: a model; what is made so, and for up to [`LANES`] cases the drivers that neither push nor count. Out: the
//! outcomes of each case. What is made so is prepared once, and serves every thread.

use super::compiled::Compiled;
use super::engine::Sets;
use super::lumped::{ChainScratch, LANES, Lanes, LumpedChain, Settings};
use super::question::shape::Ask;
use crate::model::{Model, Numbers};

/// What is made so, prepared.
#[derive(Debug)]
pub(crate) struct Made(LumpedChain);

impl Made {
    /// None where states are too many to go through for several cases at once.
    pub(crate) fn new(model: &Model, sets: &Sets) -> Option<Made> {
        let ask = Ask {
            sets: sets.clone(),
            outcomes: true,
            ..Ask::default()
        };
        let compiled = Compiled::new(model, &ask).ok()?;
        let point = Numbers::point(model);
        LumpedChain::new(model, &compiled.structure, &point, &|_| false).map(Made)
    }
}

/// Room to evaluate cases in.
#[derive(Debug)]
pub(crate) struct Room {
    point: Settings,
    settings: Settings,
    chain_scratch: ChainScratch,
    /// By driver the lanes in which it is silent.
    mutes: Vec<u8>,
}

impl Room {
    pub(crate) fn new(numbers: &Numbers) -> Room {
        let point = Settings::of(numbers);
        Room {
            settings: point.clone(),
            point,
            chain_scratch: ChainScratch::default(),
            mutes: Vec::new(),
        }
    }

    /// The outcomes by horizon and outcome in the model's order, for up to [`LANES`] cases: of each the bits of those
    /// among `drivers` that are silent. None where the numbers are too large for several cases at once.
    pub(crate) fn run(
        &mut self,
        model: &Model,
        made: &Made,
        drivers: &[usize],
        silent: &[u64],
    ) -> Option<&[Lanes]> {
        let mut cases = [silent.last().copied().unwrap_or(0); LANES];
        cases[..silent.len()].copy_from_slice(silent);
        self.mutes.resize(drivers.len(), 0);
        let now = |at: usize| {
            let lanes = cases.iter().enumerate();
            lanes.fold(0, |now, (lane, case)| {
                now | ((((case >> at) & 1) as u8) << lane)
            })
        };
        let changed = (0..drivers.len()).filter(|at| self.mutes[*at] != now(*at));
        let changed: Vec<usize> = changed.collect();
        // A count may be scaled by several drivers: what one of them leaves, the others change.
        let scales = |at: &usize| !model.scales[drivers[*at]].is_empty();
        let changed = match changed.iter().any(scales) {
            true => (0..drivers.len()).collect(),
            false => changed,
        };
        for &at in &changed {
            self.settings.restore(model, drivers[at], &self.point);
            self.mutes[at] = now(at);
        }
        for at in changed {
            let lanes = std::array::from_fn(|lane| f64::from((self.mutes[at] >> lane) & 1));
            let mutes = Lanes::new(lanes).above(Lanes::ZERO);
            self.settings.mute(model, drivers[at], mutes);
        }
        self.chain_scratch.begin();
        let found = made.0.run(model, &self.settings, &mut self.chain_scratch);
        found.then(|| self.chain_scratch.found())
    }
}
