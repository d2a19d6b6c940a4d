//! Intervals: the verdict over draws of every number that has a range.
//!
//! In: a pass for the outcomes and one for each event. Out: 5th and 95th percentiles. Each draw has
//! a stream of random numbers of its own, so threads change nothing.

use super::events::Chance;
use super::pass::{Pass, Work};
use super::shape::TooMany;
use crate::model::{Model, Numbers};
use rayon::prelude::*;

/// Draws for an assessment of ordinary size. With one more than a multiple of 20, both percentiles
/// fall on a draw.
const MOST: u64 = 401;

/// Draws however large it is.
const LEAST: u64 = 101;

/// States times horizons of all draws together, more or less.
const BUDGET: u64 = 1 << 27;

/// Draws that one thread takes at once.
const BLOCK: usize = 51;

/// Beyond so many states the draws go one after another, since each needs its own memory.
const ALONE: u64 = 1 << 21;

/// A number's 5th and 95th percentile.
pub(crate) type Interval = Option<(f64, f64)>;

/// How many draws an assessment gets.
pub(crate) fn draws(model: &Model, states: u64) -> u32 {
    let each = states.saturating_mul(model.horizons() as u64).max(1);
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
    pub pass: Option<Pass>,
    /// Whether the outcomes are those given the pass's only condition.
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
        seed: u64,
    ) -> Result<Spread, TooMany> {
        let horizons = model.horizons();
        let outcomes = horizons * model.outcomes.len();
        let random: Vec<bool> = self.events.iter().map(|e| e.is_random(model)).collect();
        // What no range touches is the same in every draw.
        let mut still = vec![0.0; horizons * self.events.len()];
        let mut work = Work::default();
        for ((chance, out), _) in self
            .events
            .iter()
            .zip(still.chunks_exact_mut(horizons))
            .zip(&random)
            .filter(|(_, random)| !**random)
        {
            chance.clone().at(model, point, &mut work, out)?;
        }
        let drawn = Drawn {
            pass: self.pass.clone(),
            given: self.given,
            events: self
                .events
                .iter()
                .zip(&random)
                .filter(|(_, random)| **random)
                .map(|(event, _)| event.clone())
                .collect(),
        };
        let columns = outcomes + horizons * drawn.events.len();
        let mut values = vec![0.0; columns * draws as usize];
        let block = |(first, out): (usize, &mut [f64])| {
            let mut drawn = drawn.clone();
            let mut numbers = point.clone();
            let mut work = Work::default();
            for (i, row) in out.chunks_exact_mut(columns).enumerate() {
                numbers.draw(model, seed, (first * BLOCK + i) as u64);
                drawn.one(model, &numbers, &mut work, row)?;
            }
            Ok(())
        };
        let blocks = values.par_chunks_mut(columns * BLOCK).enumerate();
        if self.pass.as_ref().is_some_and(|p| p.states() > ALONE) {
            values
                .chunks_mut(columns * BLOCK)
                .enumerate()
                .try_for_each(block)?;
        } else {
            blocks.try_for_each(block)?;
        }
        let mut column = Vec::with_capacity(draws as usize);
        let mut intervals = (0..columns).map(|c| {
            column.clear();
            column.extend(
                values
                    .iter()
                    .skip(c)
                    .step_by(columns)
                    .filter(|p| !p.is_nan()),
            );
            interval(&mut column)
        });
        let outcomes = intervals.by_ref().take(outcomes).collect();
        let mut events = Vec::with_capacity(still.len());
        for (random, still) in random.iter().zip(still.chunks_exact(horizons)) {
            if *random {
                events.extend(intervals.by_ref().take(horizons));
            } else {
                events.extend(still.iter().map(|p| Some((*p, *p))));
            }
        }
        Ok(Spread {
            outcomes,
            events,
            columns,
            values,
        })
    }

    fn one(
        &mut self,
        model: &Model,
        numbers: &Numbers,
        work: &mut Work,
        row: &mut [f64],
    ) -> Result<(), TooMany> {
        let horizons = model.horizons();
        let (outcomes, events) = row.split_at_mut(horizons * model.outcomes.len());
        if let Some(pass) = &mut self.pass {
            pass.run(model, numbers, work)?;
        }
        if self.pass.is_none() {
            outcomes.fill(f64::NAN);
        } else if self.given {
            for (out, tally) in outcomes
                .chunks_exact_mut(model.outcomes.len())
                .zip(&work.tallies)
            {
                match tally.power() {
                    None => out.fill(f64::NAN),
                    Some(power) => {
                        for (p, mass) in out.iter_mut().zip(tally.outcomes(power)) {
                            *p = mass / tally.mass(power);
                        }
                    }
                }
            }
        } else {
            outcomes.copy_from_slice(&work.verdict);
        }
        for (chance, out) in self
            .events
            .iter_mut()
            .zip(events.chunks_exact_mut(horizons))
        {
            chance.at(model, numbers, work, out)?;
        }
        Ok(())
    }
}

/// The 5th and 95th percentile, linear between the nearest two (type 7 of Hyndman & Fan 1996).
pub(super) fn interval(column: &mut [f64]) -> Interval {
    if column.is_empty() {
        return None;
    }
    let mut percentile = |share: f64| {
        let place = share * (column.len() - 1) as f64;
        let below = place as usize;
        let (_, low, above) = column.select_nth_unstable_by(below, f64::total_cmp);
        let low = *low;
        let rest = place - below as f64;
        if rest < 1e-9 {
            return low;
        }
        let next = above.iter().copied().fold(f64::INFINITY, f64::min);
        low + rest * (next - low)
    };
    Some((percentile(0.05), percentile(0.95)))
}

#[cfg(test)]
mod tests {
    use super::interval;

    #[test]
    fn percentiles() {
        let mut column: Vec<f64> = (0..=100).rev().map(f64::from).collect();
        assert_eq!(interval(&mut column), Some((5.0, 95.0)));
        let mut column = vec![1.0, 3.0, 2.0];
        let (low, high) = interval(&mut column).unwrap();
        assert!((low - 1.1).abs() < 1e-12 && (high - 2.9).abs() < 1e-12);
        assert_eq!(interval(&mut []), None);
    }
}
