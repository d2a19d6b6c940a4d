//! Sampling, where more matters together than can be summed exactly.
//!
//! In: a question and one setting of the numbers. Out: the same results as a forward pass leaves in
//! [`Scratch`], with the standard error of each. Histories of propositions are drawn; given a history,
//! the outcomes are summed exactly (Rao-Blackwell). Each block of histories has a stream of random
//! numbers of its own, and blocks are added in order: neither threads nor machines change a bit.

mod contributions;
mod course;
mod forced;
mod intervals;
mod sums;
mod tilt;
mod walk;

pub(crate) use contributions::SampledContributions;
pub(crate) use forced::Needs;
pub(crate) use intervals::{DRAWS, affordable, few, inner, intervals};

use super::exact::Scratch;
use super::factored;
use super::question::answer::Answered;
use super::question::plan::Plan;
use super::question::shape::Ask;
use crate::infer::compiled::Compiled;
use crate::model::{Model, Numbers};
use crate::parallel::*;
use contributions::OrderSums;
use course::Together;
use forced::Forced;
use sums::Sums;
use tilt::Tilt;

/// Histories for a question of ordinary size: a share of 50% then has a standard error of a fifth of a point.
const MOST: u64 = 1 << 16;

/// Histories however large it is: a share of 50% then has a standard error of a point and a half.
const LEAST: u64 = 1 << 10;

/// Steps of all histories together, more or less.
const BUDGET: u64 = 1 << 26;

/// Histories that are followed side by side.
const WIDTH: usize = 64;

/// Parts that the histories are cut into; each adds up on its own.
const PARTS: u64 = 32;

/// Numbers that the parts may hold at once.
const HELD: usize = 1 << 22;

/// Whether to sum, to sample, or to sample where summing is too much.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Choice {
    /// Exact where that is possible, sampled beyond.
    #[default]
    Either,
    /// Exact or an error.
    Exact,
    /// By a transform of the sum of pushes, or an error.
    Transformed,
    /// Sampled even where exact were possible.
    Sampled,
}

/// How to sample.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Sampling {
    pub choice: Choice,
    pub seed: u64,
    /// How many histories; none takes the number from the question's size.
    pub samples: Option<u32>,
}

/// How many histories a question gets.
pub(crate) fn samples(plan: &Plan<'_>, sampling: &Sampling) -> u64 {
    let asked = sampling.samples.map(u64::from);
    let histories = asked.unwrap_or_else(|| (BUDGET / plan.steps().max(1)).clamp(LEAST, MOST));
    histories.div_ceil(WIDTH as u64).max(2) * WIDTH as u64
}

/// The histories of each of so many questions, of which the `free` first take nothing from the others.
pub(crate) fn share(samples: u64, free: u64, questions: u64) -> u64 {
    let own = samples * free / questions.max(free).max(1);
    own.max(LEAST.min(samples)).div_ceil(WIDTH as u64) * WIDTH as u64
}

/// Samples the answers to a question. `needs` says what each condition waits for, and its exact
/// mass where that is known.
pub(crate) fn run(plan: &Plan<'_>, needs: &Needs, samples: u64, seed: u64) -> Answered {
    let mut total = Sums::new(plan);
    let together = together(plan, samples, seed);
    for round in rounds(plan, needs, &together, samples, seed) {
        follow(plan, &round, &mut total, None);
    }
    let mut answer = Answered::default();
    total.settle(plan, needs, samples as f64, &mut answer);
    answer
}

/// Samples what each driver contributes to the verdict, or to that given the first condition: over
/// so many of the same histories as may be, and how many those are.
pub(crate) fn contributions(
    plan: &Plan<'_>,
    needs: &Needs,
    samples: u64,
    seed: u64,
) -> (SampledContributions, u64) {
    /// Pushes that are summed in all, more or less.
    const STEPS: u64 = 1 << 31;
    let players = contributions::players(plan);
    let n = players.len() as u64;
    let each = 2 * (n + 1) * (n + 8) * plan.model.horizons() as u64;
    let most = (STEPS / each).max(LEAST) / WIDTH as u64 * WIDTH as u64;
    let samples = samples.min(most);
    let mut total = Sums::new(plan);
    let mut orders = OrderSums::new(plan, players, WIDTH);
    let together = together(plan, samples, seed);
    for round in rounds(plan, needs, &together, samples, seed) {
        follow(plan, &round, &mut total, Some(&mut orders));
    }
    (orders.settle(), samples)
}

/// What is open among histories that held and hold the same, from some that are followed first.
fn together(plan: &Plan<'_>, samples: u64, seed: u64) -> Together {
    /// So many, but where few are followed after them no more than these.
    const FIRST: u64 = 1 << 14;
    /// Those of a draw of the ranges are fewer.
    const MANY: u64 = 1 << 10;
    let none = Together::new();
    let horizons = plan.model.horizons();
    // Up to the second horizon all that held the same have the same open, but for what they tell of.
    if plan.finals() == 0 || horizons == 1 || horizons == 2 && !course::is_entwined(plan) {
        return none;
    }
    let round = Round {
        needs: &Needs::new(plan),
        forced: Forced::none(),
        tilt: Tilt::default(),
        together: &none,
        samples,
        scale: 1.0,
        seed,
        stream: 0,
    };
    let width = if samples > MANY { FIRST } else { samples } as usize;
    walk::Walk::new(plan, width).together(&round)
}

fn rounds<'a>(
    plan: &Plan<'_>,
    needs: &'a Needs,
    together: &'a Together,
    samples: u64,
    seed: u64,
) -> Vec<Round<'a>> {
    let forced = needs.forced();
    let rounds = forced.len().max(1) as u64;
    let all = std::iter::once(Forced::none()).chain(forced.iter().cloned());
    let round = |(i, forced): (usize, Forced)| {
        // Several sets share the histories, since each is one way among many.
        let own = match i {
            0 => samples,
            _ => (samples / WIDTH as u64 / rounds).max(2) * WIDTH as u64,
        };
        Round {
            needs,
            tilt: Tilt::new(plan, needs, &forced),
            forced,
            together,
            samples: own,
            scale: samples as f64 / own as f64,
            seed,
            stream: (i as u64) << 32,
        }
    };
    all.enumerate().map(round).collect()
}

/// Histories in which the same things are forced.
struct Round<'a> {
    needs: &'a Needs,
    forced: Forced,
    tilt: Tilt,
    together: &'a Together,
    samples: u64,
    /// What one of them counts for.
    scale: f64,
    seed: u64,
    /// The first block's stream.
    stream: u64,
}

fn follow(plan: &Plan<'_>, round: &Round<'_>, total: &mut Sums, orders: Option<&mut OrderSums>) {
    let players = orders.as_ref().map(|orders| orders.players().to_vec());
    let blocks = round.samples / WIDTH as u64;
    let part = |p: u64| {
        let mut sums = Sums::new(plan);
        let mut own = players
            .clone()
            .map(|players| OrderSums::new(plan, players, WIDTH));
        let mut walk = walk::Walk::new(plan, WIDTH);
        for block in (blocks * p / PARTS)..(blocks * (p + 1) / PARTS) {
            walk.block(round, block, &mut sums, own.as_mut());
        }
        (sums, own)
    };
    let held = total.len() + orders.as_ref().map_or(0, |orders| orders.len());
    let at_once = (HELD / held.max(1)).clamp(1, PARTS as usize) as u64;
    let mut orders = orders;
    let mut first = 0;
    while first < PARTS {
        let last = (first + at_once).min(PARTS);
        let parts: Vec<_> = (first..last).into_par_iter().map(part).collect();
        for (sums, own) in &parts {
            total.add(sums);
            if let (Some(orders), Some(own)) = (&mut orders, own) {
                orders.add(own);
            }
        }
        first = last;
    }
}

/// What a question's conditions need, from exact answers where they fit.
pub(crate) fn needs(
    model: &Model,
    numbers: &Numbers,
    plan: &Plan<'_>,
    ask: &Ask,
    trust: bool,
) -> Option<Needs> {
    /// States of one condition's propositions that are summed to know its mass.
    const SUMMED: u64 = 1 << 20;
    /// The same of all conditions together.
    const ALL: u64 = 1 << 22;
    let mut needs = Needs::new(plan);
    if let Some(masses) = factored::masses(plan, false) {
        for (h, at) in masses.iter().enumerate() {
            for (c, mass) in at.iter().enumerate() {
                needs.tell((h, c), *mass, trust);
            }
        }
        return Some(needs);
    }
    let mut scratch = Scratch::default();
    let mut left = ALL;
    for (c, cond) in ask.conds.iter().enumerate() {
        let alone = Ask {
            conds: vec![cond.clone()],
            outcomes: false,
            within: false,
            ..ask.clone()
        };
        let compiled = Compiled::new(model, &alone).ok();
        let summed = compiled
            .filter(|p| p.states() <= SUMMED.min(left))
            .and_then(|mut compiled| {
                left -= compiled.states();
                let answer = compiled.run(model, numbers, &mut scratch).ok()?;
                let tallies = answer.tallies.clone();
                Some((compiled, tallies))
            });
        match summed {
            Some((compiled, tallies)) => {
                needs.know(plan, c, &compiled, &tallies, trust);
            }
            None if !needs.guess(plan, c, ask.costly) => return None,
            None => {}
        }
    }
    Some(needs)
}
