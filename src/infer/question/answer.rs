//! What a question's answer is, whichever engine found it.
//!
//! In: masses by outcome, or by condition and power of ε. Out: the outcomes' shares, what given things show, and how sure both are.

use super::replicates::{least, of_mean};

/// A condition that fewer histories than this meet, by weight, has no answer: the standard error
/// itself would be too uncertain.
pub const LEAST_EFFECTIVE: f64 = 100.0;

/// What was found.
#[derive(Debug, Clone, Default)]
pub(crate) struct Answered {
    /// By horizon (from 1) and outcome, where nothing is conditioned on.
    pub verdict: Vec<f64>,
    /// The standard errors of [`Answered::verdict`]; empty where it was not sampled.
    pub errors: Vec<f64>,
    /// By horizon (from 1) and condition.
    pub tallies: Vec<Tally>,
}

impl Answered {
    /// Forgets it.
    pub(in crate::infer) fn clear(&mut self) {
        self.verdict.clear();
        self.errors.clear();
        self.tallies.clear();
    }

    /// The outcomes, by horizon and outcome; or those among the cases in which its
    /// only condition holds, NaN where that cannot.
    pub(crate) fn read(&self, given: bool, out: &mut [f64]) {
        if !given {
            out.copy_from_slice(&self.verdict);
            return;
        }
        let width = out.len() / self.tallies.len();
        for (out, tally) in out.chunks_exact_mut(width).zip(&self.tallies) {
            match tally.power() {
                None => out.fill(f64::NAN),
                Some(power) => {
                    for (p, mass) in out.iter_mut().zip(tally.outcomes(power)) {
                        *p = mass / tally.mass(power);
                    }
                }
            }
        }
    }
}

/// What was found where a condition holds.
#[derive(Debug, Clone, Default)]
pub(crate) struct Tally {
    /// The mass, by power of ε.
    pub(in crate::infer) mass: Vec<f64>,
    /// By power and outcome.
    pub(in crate::infer) outcomes: Vec<f64>,
    /// The variables that cost, as far as any state at that power has them, by power.
    pub(in crate::infer) used: Vec<usize>,
    /// How sure it is, where it was sampled.
    pub noise: Option<Noise>,
}

impl Tally {
    /// The lowest power with mass, if the condition can hold at all.
    pub(crate) fn power(&self) -> Option<usize> {
        self.mass.iter().position(|m| *m > 0.0)
    }

    /// Its chance: 0 for what costs ε.
    pub(crate) fn chance(&self) -> f64 {
        self.mass[0].max(0.0)
    }

    /// The mass at a power.
    pub(crate) fn mass(&self, power: usize) -> f64 {
        self.mass[power]
    }

    /// Each outcome's mass at a power.
    pub(crate) fn outcomes(&self, power: usize) -> &[f64] {
        let n = self.outcomes.len() / self.mass.len();
        &self.outcomes[power * n..][..n]
    }

    pub(in crate::infer) fn reset(&mut self, powers: usize, outcomes: usize) {
        self.mass.clear();
        self.mass.resize(powers, 0.0);
        self.outcomes.clear();
        self.outcomes.resize(powers * outcomes, 0.0);
        self.used.clear();
        self.used.resize(powers, 0);
        self.noise = None;
    }
}

/// How sure a sampled tally is.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Noise {
    /// The standard error of each outcome among the cases in which the condition holds.
    pub outcomes: Vec<f64>,
    /// The standard error of the mass.
    pub mass: f64,
    /// The mass that each replicate shows; none where the mass is exact.
    pub masses: Vec<f64>,
    /// What costs a power of ε and is used, as drivers.
    pub used: Vec<usize>,
    /// The power of ε at which it holds.
    pub power: usize,
    /// The effective number of histories in which it holds.
    pub effective: f64,
}

impl Noise {
    /// The standard error of this mass less `p` times another's, which were seen in the same histories.
    pub(crate) fn error_beside(&self, whole: &Noise, p: f64) -> f64 {
        let both = self.masses.iter().zip(&whole.masses);
        let variance = of_mean(both.map(|(part, whole)| part - p * whole));
        let plain = (p * (1.0 - p)).max(0.0).sqrt();
        variance.sqrt().max(least(plain, whole.effective))
    }

    /// The least error of a chance: what was hardly ever seen, or always, may still be otherwise
    /// once in as many.
    pub(crate) fn floor(&self, p: f64, samples: f64) -> f64 {
        match self.effective >= LEAST_EFFECTIVE && p < 0.5 {
            true => 0.0,
            false => 1.0 / (samples + 2.0),
        }
    }
}
