//! Intervals of a sampled verdict: over draws of the ranges, each sampled for itself.
//!
//! In: the verdict and how many draws. Out: the 5th and 95th percentile. Every draw follows the same
//! random numbers, few of them; what it moves against the point values, on those same numbers, is
//! added to the verdict, so that most of the sampling error falls out.

use super::{Needs, Plan, WIDTH, run};
use crate::infer::meter::Meter;
use crate::infer::question::shape::{Ask, TooMany};
use crate::model::{Draws, Model, Numbers};
use crate::numeric::percentile::{Interval, interval};
use crate::parallel::*;

/// Draws where each is sampled.
pub(crate) const DRAWS: u32 = 64;

/// Histories of one draw.
const INNER: u64 = 1 << 10;

/// The same however large a file is.
const FEWEST: u64 = 1 << 7;

/// Steps of the histories of one draw, more or less.
const STEPS: u64 = 1 << 22;

/// How many histories each draw of a question follows.
pub(crate) fn inner(plan: &Plan<'_>) -> u64 {
    let few = (STEPS / plan.steps().max(1)).clamp(FEWEST, INNER);
    few / WIDTH as u64 * WIDTH as u64
}

/// How many of so many draws there are where each takes long.
pub(crate) fn affordable(plan: &Plan<'_>, draws: u32) -> u32 {
    /// Steps of all draws together.
    const ALL: u64 = 1 << 28;
    let each = inner(plan).saturating_mul(plan.steps()).max(1);
    draws.min((ALL / each).clamp(u64::from(DRAWS), u64::from(u32::MAX)) as u32)
}

/// The outcomes over few histories, the same ones for all numbers: to be compared with each other.
pub(crate) fn few(model: &Model, numbers: &Numbers, ask: &Ask, seed: u64) -> Vec<f64> {
    let plan = Plan::new(model, numbers, ask);
    run(&plan, &Needs::new(&plan), inner(&plan), seed).verdict
}

/// Intervals by horizon and outcome, in the model's order, around the verdict `at`; none where the meter was stopped.
pub(crate) fn intervals(
    model: &Model,
    point: &Numbers,
    ask: &Ask,
    at: &[Vec<f64>],
    (draws, seed, meter): (u32, u64, &Meter),
) -> Result<Vec<Interval>, TooMany> {
    let few = |numbers: &Numbers| few(model, numbers, ask, seed);
    let middle = few(point);
    let stream = Draws::new(model, point, seed);
    let rows: Vec<Vec<f64>> = (0..u64::from(draws))
        .into_par_iter()
        .map(|draw| {
            meter.unless_stopped()?;
            let mut numbers = point.clone();
            numbers.draw(model, &stream, draw);
            Ok(few(&numbers))
        })
        .collect::<Result<_, TooMany>>()?;
    let verdict = at.iter().flatten();
    let columns = verdict.zip(&middle).enumerate().map(|(c, (p, middle))| {
        let moved = rows.iter().map(|row| (p + row[c] - middle).clamp(0.0, 1.0));
        interval(&mut moved.collect::<Vec<_>>())
    });
    Ok(columns.collect())
}
