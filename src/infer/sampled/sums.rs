//! What the histories add up to.
//!
//! In: each history's outcomes and weight. Out: estimates with their standard errors, where a forward pass
//! leaves its results. A chance among cases is a ratio of two sums; its error is that of the
//! linearised ratio (Owen 2013, section 9.2).

use super::forced::Needs;
use crate::infer::question::answer::Noise;
use crate::infer::question::answer::{Answered, Tally};
use crate::infer::question::plan::Plan;

/// Sums over histories.
#[derive(Debug, Clone)]
pub(super) struct Sums {
    outcomes: usize,
    conds: usize,
    /// By horizon and outcome: Σ y, Σ y².
    plain: Vec<f64>,
    /// By horizon and condition: Σ w, Σ w², then by outcome Σ wy, Σ (wy)², Σ w²y.
    given: Vec<f64>,
}

impl Sums {
    pub(super) fn new(plan: &Plan<'_>) -> Sums {
        let horizons = plan.model.horizons();
        let conds = plan.conds.len();
        Sums {
            outcomes: plan.outcomes,
            conds,
            plain: vec![0.0; horizons * plan.outcomes * 2],
            given: vec![0.0; horizons * conds * (2 + 3 * plan.outcomes)],
        }
    }

    pub(super) fn len(&self) -> usize {
        self.plain.len() + self.given.len()
    }

    pub(super) fn add(&mut self, other: &Sums) {
        for (sum, x) in self.plain.iter_mut().zip(&other.plain) {
            *sum += x;
        }
        for (sum, x) in self.given.iter_mut().zip(&other.given) {
            *sum += x;
        }
    }

    pub(super) fn plain(&mut self, h: usize, outcomes: usize, y: impl Fn(usize) -> f64) {
        let at = &mut self.plain[(h - 1) * outcomes * 2..][..outcomes * 2];
        for (o, sums) in at.chunks_exact_mut(2).enumerate() {
            let y = y(o);
            sums[0] += y;
            sums[1] += y * y;
        }
    }

    pub(super) fn given(
        &mut self,
        h: usize,
        cond: usize,
        w: f64,
        outcomes: usize,
        y: impl Fn(usize) -> f64,
    ) {
        let size = 2 + 3 * outcomes;
        let at = &mut self.given[((h - 1) * self.conds + cond) * size..][..size];
        at[0] += w;
        at[1] += w * w;
        for (o, sums) in at[2..].chunks_exact_mut(3).enumerate() {
            let wy = w * y(o);
            sums[0] += wy;
            sums[1] += wy * wy;
            sums[2] += w * wy;
        }
    }

    /// Estimates and errors, from sums over so many histories.
    pub(super) fn settle(
        &self,
        plan: &Plan<'_>,
        needs: &Needs,
        samples: f64,
        answer: &mut Answered,
    ) {
        let horizons = plan.model.horizons();
        answer.verdict.clear();
        answer.errors.clear();
        for sums in self.plain.chunks_exact(2) {
            let mean = sums[0] / samples;
            let variance = (sums[1] / samples - mean * mean).max(0.0) / (samples - 1.0);
            answer.verdict.push(mean);
            answer.errors.push(variance.sqrt());
        }
        let powers = 1 + plan.costly.iter().filter(|c| **c).count();
        answer
            .tallies
            .resize_with(horizons * self.conds, Tally::default);
        let size = 2 + 3 * self.outcomes;
        for (place, tally) in answer.tallies.iter_mut().enumerate() {
            let (h, cond) = (1 + place / self.conds, place % self.conds);
            tally.reset(powers, self.outcomes);
            let Some(power) = needs.power(h, cond) else {
                continue;
            };
            let sums = &self.given[place * size..][..size];
            let (w, ww) = (sums[0], sums[1]);
            let mean = w / samples;
            let known = needs.mass(h, cond);
            if self.outcomes == 0
                && let Some(mass) = known
            {
                tally.mass[power] = mass;
                continue;
            }
            let mass = known.unwrap_or(mean);
            tally.mass[power] = mass;
            let mut noise = Noise {
                outcomes: Vec::with_capacity(self.outcomes),
                mass: 0.0,
                power,
                used: needs.used(h, cond).to_vec(),
                squares: ww / (samples * samples),
                effective: if ww > 0.0 { w * w / ww } else { 0.0 },
            };
            if known.is_none() {
                let variance = (ww / samples - mean * mean).max(0.0) / (samples - 1.0);
                noise.mass = variance.sqrt().max(noise.floor(mean, samples));
            }
            for (o, sums) in sums[2..].chunks_exact(3).enumerate() {
                let p = if w > 0.0 { sums[0] / w } else { 0.0 };
                tally.outcomes[power * self.outcomes + o] = p * mass;
                let squares = sums[1] - 2.0 * p * sums[2] + p * p * ww;
                let error = squares.max(0.0).sqrt() / w;
                // One history says nothing of its own error.
                let small = (noise.effective / (noise.effective - 1.0)).max(1.0).sqrt();
                noise.outcomes.push(error * small);
            }
            tally.noise = Some(noise);
        }
    }
}
