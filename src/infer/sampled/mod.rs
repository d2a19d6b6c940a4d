//! Sampling, where more matters together than can be summed exactly.
//!
//! In: a question and one setting of the numbers. Out: the same results as a forward pass leaves in
//! [`Scratch`], with the standard error of each. Histories of propositions are drawn by the points of shifted lattices
//! (randomised quasi-Monte Carlo: L'Ecuyer and Lemieux 2002); given a history, the outcomes are summed exactly
//! (Rao-Blackwell). Blocks of histories are added in order: neither threads nor machines change a bit.

mod contributions;
mod controls;
mod course;
mod forced;
mod history;
mod intervals;
mod joined;
mod known;
mod points;
mod smooth;
mod sums;
mod tilt;
mod walk;

pub(crate) use contributions::SampledContributions;
pub(crate) use forced::Needs;
pub(crate) use intervals::{DRAWS, affordable, few, inner, intervals};

use super::exact::Scratch;
use super::factored;
use super::meter::Meter;
use super::question::answer::Answered;
use super::question::plan::Plan;
use super::question::replicates::REPLICATES;
use super::question::shape::Ask;
use crate::infer::compiled::Compiled;
use crate::model::{Model, Numbers};
use crate::parallel::*;
use contributions::OrderSums;
use controls::Calibrations;
use course::Together;
use forced::Forced;
use known::{Exact, Lean, Means};
use points::Points;
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
    let histories = asked.unwrap_or_else(|| power(BUDGET / plan.steps().max(1)).clamp(LEAST, MOST));
    histories.div_ceil(WIDTH as u64).max(2) * WIDTH as u64
}

/// The largest power of 2 up to a number: so many points of a lattice are the most even.
fn power(number: u64) -> u64 {
    1 << number.max(1).ilog2()
}

/// The histories of each of so many questions, of which the `free` first take nothing from the others.
pub(crate) fn share(samples: u64, free: u64, questions: u64) -> u64 {
    let own = samples * free / questions.max(free).max(1);
    power(own.max(LEAST.min(samples))).div_ceil(WIDTH as u64) * WIDTH as u64
}

/// Samples the answers to a question. `needs` says what each condition waits for, and its exact
/// mass where that is known.
pub(crate) fn run(plan: &Plan<'_>, needs: &Needs, samples: u64, seed: u64) -> Answered {
    let mut answer = Answered::default();
    let together = together(plan, needs, samples, seed);
    let _ = settled((plan, needs, &together), (samples, seed), None, &mut answer);
    answer
}

/// The same, leaning on what is known exactly; none where the meter was stopped.
pub(crate) fn calibrated(
    (plan, ask): (&Plan<'_>, &Ask),
    needs: &Needs,
    samples: u64,
    seed: u64,
    meter: &Meter,
) -> Option<Answered> {
    let mut answer = Answered::default();
    let exact = known::exact((plan, ask), needs, samples);
    let how = Some((exact.as_ref(), meter));
    let together = together(plan, needs, samples, seed);
    settled((plan, needs, &together), (samples, seed), how, &mut answer)?;
    Some(answer)
}

/// Leaves what histories show, and returns what each of them counts for; none where the meter was stopped.
fn settled(
    (plan, needs, together): (&Plan<'_>, &Needs, &[Together]),
    (samples, seed): (u64, u64),
    how: Option<(Option<&Exact>, &Meter)>,
    answer: &mut Answered,
) -> Option<Calibrations> {
    let exact = how.and_then(|(exact, _)| exact).filter(|_| samples > 0);
    let meter = how.map(|(_, meter)| meter);
    let mut total = match exact {
        Some(exact) => Sums::with_controls(plan, exact),
        None => Sums::new(plan),
    };
    for round in rounds(plan, needs, together, samples, seed) {
        let sums = |walk: &mut walk::Walk<'_>, block: u64, sums: &mut Sums| {
            walk.block(&round, block, exact.map(|exact| exact.lean), sums);
        };
        let empty = total.emptied(plan);
        let len = total.len();
        let add = |part: &Sums| total.add(part);
        follow((plan, &round), meter, len, || empty.clone(), sums, add)?;
    }
    Some(total.settle(plan, needs, samples as f64, exact, answer))
}

/// Samples what each driver contributes to the verdict, or to that given the first condition: over
/// so many of the same histories as may be. They sum to what is shown, or to an exact verdict that is told by horizon and
/// outcome. None where the meter was stopped.
pub(crate) fn contributions(
    (plan, ask): (&Plan<'_>, &Ask),
    needs: &Needs,
    (samples, seed): (u64, u64),
    verdict: Option<&[Vec<f64>]>,
    meter: &Meter,
) -> Option<SampledContributions> {
    let players = plan.players();
    let mut orders = OrderSums::new(plan, players, WIDTH);
    let most = power(orders.affordable(plan).max(LEAST));
    let samples = samples.min(most);
    let exact = match verdict {
        Some(verdict) => Some(Exact {
            lean: Lean::Shown,
            all: Some(Means::new(verdict, 0.0)),
            given: Vec::new(),
        }),
        None => known::exact((plan, ask), needs, samples),
    };
    let together = together(plan, needs, samples, seed);
    let calibration = match &exact {
        Some(exact) => {
            let answer = &mut Answered::default();
            let how = Some((Some(exact), meter));
            let found = settled((plan, needs, &together), (samples, seed), how, answer)?;
            (!found.is_plain()).then_some((exact.lean, found))
        }
        None => None,
    };
    let players = orders.players().to_vec();
    for round in rounds(plan, needs, &together, samples, seed) {
        let len = orders.len();
        let empty = || OrderSums::new(plan, players.clone(), WIDTH);
        let block = |walk: &mut walk::Walk<'_>, block: u64, sums: &mut OrderSums| {
            walk.orders(&round, block, calibration.as_ref(), sums);
        };
        let add = |part: &OrderSums| orders.add(part);
        follow((plan, &round), Some(meter), len, empty, block, add)?;
    }
    Some(SampledContributions {
        samples,
        is_exact: calibration.is_some_and(|found| found.1.all.is_complete()),
        ..orders.settle()
    })
}

/// What is open among histories that held and hold the same, by round, from some that are followed first: what is forced in a round
/// held in these, too.
fn together(plan: &Plan<'_>, needs: &Needs, samples: u64, seed: u64) -> Vec<Together> {
    let all = forced(needs).enumerate();
    all.map(|(i, forced)| {
        together_in(
            plan,
            (i as u64, forced),
            samples_of(i, needs, samples),
            seed,
        )
    })
    .collect()
}

/// The same of one round.
fn together_in(plan: &Plan<'_>, (i, forced): (u64, Forced), samples: u64, seed: u64) -> Together {
    /// So many, but where few are followed after them no more than these.
    const FIRST: u64 = 1 << 14;
    /// Those of a draw of the ranges are fewer.
    const MANY: u64 = 1 << 10;
    /// Their stream, beside those of all rounds.
    const TOGETHER: u64 = 1 << 47;
    let none = Together::default();
    let horizons = plan.model.horizons();
    // Up to the second horizon all that held the same have the same open, but for what they tell of.
    if plan.finals() == 0 || horizons == 1 || horizons == 2 && !course::is_entwined(plan) {
        return none;
    }
    // Several sets share what is followed first, too.
    let first = if i == 0 { FIRST } else { FIRST.min(samples) };
    let width = if samples > MANY { first } else { samples } as usize;
    let round = Round {
        needs: &Needs::new(plan),
        forced,
        tilt: Tilt::default(),
        together: &none,
        points: Points::new(seed, TOGETHER | i << 32, 1, walk::numbers(plan)),
        samples,
        scale: 1.0,
        seed,
        stream: 0,
    };
    walk::Walk::new(plan, width).together(&round)
}

/// What is forced in each round: first nothing.
fn forced(needs: &Needs) -> impl Iterator<Item = Forced> {
    std::iter::once(Forced::none()).chain(needs.forced().iter().cloned())
}

/// The histories of a round. Several sets share them, since each is one way among many.
fn samples_of(round: usize, needs: &Needs, samples: u64) -> u64 {
    let sets = needs.forced().len().max(1) as u64;
    match round {
        0 => samples,
        _ => (samples / WIDTH as u64 / sets).max(2) * WIDTH as u64,
    }
}

fn rounds<'a>(
    plan: &Plan<'_>,
    needs: &'a Needs,
    together: &'a [Together],
    samples: u64,
    seed: u64,
) -> Vec<Round<'a>> {
    let round = |((i, forced), together): ((usize, Forced), &'a Together)| {
        let own = samples_of(i, needs, samples);
        Round {
            needs,
            tilt: Tilt::new(plan, needs, &forced),
            forced,
            together,
            points: Points::new(seed, (i as u64) << 32, REPLICATES, walk::numbers(plan)),
            samples: own,
            scale: samples as f64 / own as f64,
            seed,
            stream: (i as u64) << 32,
        }
    };
    forced(needs).enumerate().zip(together).map(round).collect()
}

/// Histories in which the same things are forced.
struct Round<'a> {
    needs: &'a Needs,
    forced: Forced,
    tilt: Tilt,
    together: &'a Together,
    points: Points,
    samples: u64,
    /// What one of them counts for.
    scale: f64,
    seed: u64,
    /// The first block's stream.
    stream: u64,
}

/// Follows a round's histories block by block, and adds what the parts come to, each of so many numbers; none where the meter
/// was stopped.
fn follow<S: Send>(
    (plan, round): (&Plan<'_>, &Round<'_>),
    meter: Option<&Meter>,
    held: usize,
    empty: impl Fn() -> S + Sync + Send,
    block: impl Fn(&mut walk::Walk<'_>, u64, &mut S) + Sync + Send,
    mut add: impl FnMut(&S),
) -> Option<()> {
    let blocks = round.samples / WIDTH as u64;
    let is_stopped = || meter.is_some_and(Meter::is_stopped);
    let part = |walk: &mut walk::Walk<'_>, p: u64| {
        let mut sums = empty();
        for b in (blocks * p / PARTS)..(blocks * (p + 1) / PARTS) {
            if is_stopped() {
                break;
            }
            block(walk, b, &mut sums);
        }
        sums
    };
    let at_once = (HELD / held.max(1)).clamp(1, PARTS as usize) as u64;
    let mut first = 0;
    while first < PARTS {
        let last = (first + at_once).min(PARTS);
        // What a walk has found of states serves the parts that follow.
        let parts = (first..last).into_par_iter();
        let parts = parts.map_init(|| walk::Walk::new(plan, WIDTH), part);
        let parts: Vec<S> = parts.collect();
        parts.iter().for_each(&mut add);
        first = last;
    }
    (!is_stopped()).then_some(())
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
