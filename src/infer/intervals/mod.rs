//! Intervals: the verdict over draws of every number that has a range.
//!
//! In: a compiled question for the outcomes and one for each event. Out: 5th and 95th percentiles. Each draw has
//! a stream of random numbers of its own, so threads change nothing.

pub(super) mod drawer;

use super::events::Chance;
use super::lumped::LANES;
use super::meter::Meter;
use super::question::shape::TooMany;
use crate::infer::compiled::Compiled;
use crate::infer::exact::Scratch;
use crate::model::{Draws, Model, Numbers};
use crate::numeric::normal::Z95;
use crate::numeric::percentile::{Interval, interval};
use crate::parallel::*;
use drawer::{Drawer, LumpedChains};

/// Draws for an assessment of ordinary size: a power of two, so that they fill each direction
/// evenly.
const MOST: u64 = 128;

/// Draws however large it is: of fewer, the percentiles at the ends would be one or two draws.
const LEAST: u64 = 64;

/// States times horizons of all draws together, more or less: a second.
const BUDGET: u64 = 1 << 27;

/// Draws that one thread takes at once, at least: a multiple of the lanes.
const BLOCK: usize = 32;

/// More blocks than this are not needed.
const BLOCKS: usize = 64;

/// Beyond so many states the draws go one after another, since each needs its own memory.
const ALONE: u64 = 1 << 21;

/// Fewer draws times states than this are not worth a second thread: to start one takes longer.
const FEW: u64 = 1 << 16;

/// How many states' work one random number is.
const SLOT: u64 = 4;

/// How many draws an assessment gets.
pub(crate) fn draws(horizons: usize, states: u64) -> u32 {
    let each = states.saturating_mul(horizons as u64).max(1);
    (BUDGET / each).clamp(LEAST, MOST) as u32
}

/// What the draws show.
#[derive(Debug, Clone, Default)]
pub(crate) struct Spread {
    /// By horizon and outcome, in the model's order.
    pub outcomes: Vec<Interval>,
    /// By event and horizon.
    pub events: Vec<Interval>,
    /// How many values one draw has: those of the outcomes, then those of the events.
    pub columns: usize,
    /// Every draw's values, one draw after the other.
    pub values: Vec<f64>,
}

/// What is drawn.
#[derive(Debug, Clone)]
pub(crate) struct Drawn {
    /// For the outcomes; none where they are left out.
    pub compiled: Option<Compiled>,
    /// Whether the outcomes are those given the question's only condition.
    pub given: bool,
    pub events: Vec<Chance>,
}

impl Drawn {
    /// Intervals of the outcomes by horizon and outcome, then of the events by event and horizon;
    /// and the draws that they rest on.
    pub(crate) fn intervals(
        &self,
        model: &Model,
        point: &Numbers,
        draws: u32,
        (stream, meter): (&Draws, &Meter),
    ) -> Result<Spread, TooMany> {
        let horizons = model.horizons();
        let outcomes = horizons * model.outcomes.len();
        let events: Vec<&Chance> = self.events.iter().filter(|e| e.is_drawn(model)).collect();
        let columns = outcomes + horizons * events.len();
        let mut values = vec![0.0; columns * draws as usize];
        let lumped_chains = LumpedChains::new(model, point, self, &events);
        // Many draws go in longer blocks, each of which needs its own memory.
        let length = (draws as usize / BLOCKS / LANES * LANES).max(BLOCK);
        let drawer = || Drawer::new(model, point, stream, self, &events, &lumped_chains);
        let draw = |drawer: &mut Drawer<'_>, (block, out): (usize, &mut [f64])| {
            let mut batches = out.chunks_mut(columns * LANES).enumerate();
            batches.try_for_each(|(i, rows)| {
                meter.unless_stopped()?;
                drawer.batch((block * length + i * LANES) as u64, rows, columns)
            })
        };
        let states = lumped_chains
            .states
            .unwrap_or_else(|| self.compiled.as_ref().map_or(1, Compiled::states));
        let work = u64::from(draws).saturating_mul(states + SLOT * model.slots as u64);
        if states > ALONE || work < FEW {
            let mut drawer = drawer();
            let mut blocks = values.chunks_mut(columns * length).enumerate();
            blocks.try_for_each(|block| draw(&mut drawer, block))?;
        } else {
            let blocks = values.par_chunks_mut(columns * length).enumerate();
            blocks.try_for_each(|block| draw(&mut drawer(), block))?;
        }
        let of_column = |c: usize| {
            let column = values.iter().skip(c).step_by(columns);
            interval(&mut column.copied().filter(|p| !p.is_nan()).collect::<Vec<_>>())
        };
        let intervals: Vec<Interval> = match work < FEW {
            true => (0..columns).map(of_column).collect(),
            false => (0..columns).into_par_iter().map(of_column).collect(),
        };
        let mut intervals = intervals.into_iter();
        let outcomes = intervals.by_ref().take(outcomes).collect();
        let mut events = self.known(model, point)?;
        for (i, _) in self
            .events
            .iter()
            .enumerate()
            .filter(|e| e.1.is_drawn(model))
        {
            events.splice(
                i * horizons..(i + 1) * horizons,
                intervals.by_ref().take(horizons),
            );
        }
        Ok(Spread {
            outcomes,
            events,
            columns,
            values,
        })
    }

    /// Intervals of the events that need no draws, by event and horizon. A single row has one random
    /// number and rises with it: its percentiles are its numbers at that number's own.
    fn known(&self, model: &Model, point: &Numbers) -> Result<Vec<Interval>, TooMany> {
        let horizons = model.horizons();
        let ends = [-Z95, Z95].map(|z| {
            let mut numbers = point.clone();
            numbers.set(model, std::iter::repeat_n(z, model.slots));
            numbers
        });
        let mut scratch = Scratch::default();
        let mut intervals = vec![None; horizons * self.events.len()];
        let [mut low, mut high] = [vec![0.0; horizons], vec![0.0; horizons]];
        for (chance, out) in self.events.iter().zip(intervals.chunks_exact_mut(horizons)) {
            if chance.is_drawn(model) {
                continue;
            }
            let mut chance = chance.clone();
            chance.at(model, &ends[0], &mut scratch, &mut low)?;
            high.clone_from(&low);
            if matches!(chance, Chance::Row(_)) {
                chance.at(model, &ends[1], &mut scratch, &mut high)?;
            }
            for (interval, ends) in out.iter_mut().zip(low.iter().zip(&high)) {
                *interval = Some((*ends.0, *ends.1));
            }
        }
        Ok(intervals)
    }
}

#[cfg(test)]
mod tests {
    use super::draws;

    #[test]
    fn fewer_draws_of_larger_files() {
        assert_eq!(draws(3, 256), 128);
        assert_eq!(draws(1, 1 << 20), 128);
        assert_eq!(draws(3, 1 << 20), 64);
        assert_eq!(draws(3, u64::MAX), 64);
    }
}
