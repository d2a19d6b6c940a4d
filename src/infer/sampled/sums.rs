//! What the histories add up to.
//!
//! In: each history's outcomes and weight. Out: estimates with their standard errors, where a forward pass
//! leaves its results. An estimate's error is seen from how far replicates differ; a chance among cases is a ratio of two sums,
//! and its error that of the linearised ratio (Owen 2013, section 9.2).

use super::controls::{Calibration, Calibrations, Controlled, KEPT};
use super::forced::Needs;
use super::known::{Exact, Means};
use crate::infer::question::answer::{Answered, Noise, Tally};
use crate::infer::question::plan::Plan;
use crate::infer::question::replicates::{REPLICATES, least, of_mean};

/// Of a variance so large a share counts as left however much controls explain.
const LEFT: f64 = 1e-8;

/// Sums over histories.
#[derive(Debug, Clone)]
pub(super) struct Sums {
    outcomes: usize,
    conds: usize,
    places: usize,
    /// By replicate, horizon and outcome: Σ y.
    plain: Vec<f64>,
    /// By horizon and outcome: Σ y².
    squares: Vec<f64>,
    /// By replicate, horizon and condition: Σ w, then by outcome Σ wy.
    given: Vec<f64>,
    /// By horizon and condition: Σ w², then by outcome Σ (wy)², Σ w²y.
    weighed: Vec<f64>,
    /// What goes along with outcomes, where that is known exactly.
    pub(super) controlled: Controlled,
    /// The same by horizon and condition; empty where nothing is known under any.
    under: Vec<Controlled>,
}

impl Sums {
    pub(super) fn new(plan: &Plan<'_>) -> Sums {
        let horizons = plan.model.horizons();
        let conds = plan.conds.len();
        let (plain, given) = (horizons * plan.outcomes, horizons * conds);
        // The verdict and what it is given are never asked for at once.
        let plain = if conds > 0 { 0 } else { plain };
        Sums {
            outcomes: plan.outcomes,
            conds,
            places: given,
            plain: vec![0.0; plain * REPLICATES],
            squares: vec![0.0; plain],
            given: vec![0.0; given * (1 + plan.outcomes) * REPLICATES],
            weighed: vec![0.0; given * (1 + 2 * plan.outcomes)],
            controlled: Controlled::default(),
            under: Vec::new(),
        }
    }

    /// The same with controls: shares by horizon of all outcomes but the last.
    pub(super) fn with_controls(plan: &Plan<'_>, exact: &Exact) -> Sums {
        let shown = plan.model.horizons() * plan.outcomes;
        let controlled = exact
            .all
            .as_ref()
            .map(|all| Controlled::new(all.of.len(), shown));
        let under = exact.given.iter().flatten().count();
        let under = exact
            .given
            .iter()
            .take(if under > 0 { usize::MAX } else { 0 });
        let under = under.map(|means| {
            let means = means.as_ref()?;
            let keeps = KEPT / exact.given.len();
            Some(Controlled::keeping(means.of.len(), plan.outcomes, keeps))
        });
        Sums {
            controlled: controlled.unwrap_or_default(),
            under: under.map(Option::unwrap_or_default).collect(),
            ..Sums::new(plan)
        }
    }

    /// Whether histories need controls.
    pub(super) fn is_controlled(&self) -> bool {
        !self.controlled.is_empty() || !self.under.is_empty()
    }

    /// The same without what was added up.
    pub(super) fn emptied(&self, plan: &Plan<'_>) -> Sums {
        Sums {
            controlled: self.controlled.emptied(),
            under: self.under.iter().map(Controlled::emptied).collect(),
            ..Sums::new(plan)
        }
    }

    pub(super) fn len(&self) -> usize {
        let controlled = self.under.iter().map(Controlled::len).sum::<usize>();
        let controlled = controlled + self.controlled.len();
        self.plain.len() + self.given.len() + self.weighed.len() + controlled
    }

    pub(super) fn add(&mut self, other: &Sums) {
        let own = [
            &mut self.plain,
            &mut self.squares,
            &mut self.given,
            &mut self.weighed,
        ];
        let others = [&other.plain, &other.squares, &other.given, &other.weighed];
        for (own, other) in own.into_iter().zip(others) {
            own.iter_mut().zip(other).for_each(|(sum, x)| *sum += x);
        }
        self.controlled.add(&other.controlled);
        for (own, other) in self.under.iter_mut().zip(&other.under) {
            own.add(other);
        }
    }

    pub(super) fn plain(&mut self, replicate: usize, h: usize, y: impl Fn(usize) -> f64) {
        let (outcomes, all) = (self.outcomes, self.squares.len());
        let first = (h - 1) * outcomes;
        for o in 0..outcomes {
            let y = y(o);
            self.plain[replicate * all + first + o] += y;
            self.squares[first + o] += y * y;
        }
    }

    pub(super) fn given(
        &mut self,
        replicate: usize,
        (h, cond): (usize, usize),
        w: f64,
        y: impl Fn(usize) -> f64,
        controls: &[f64],
    ) {
        let (outcomes, place) = (self.outcomes, (h - 1) * self.conds + cond);
        if let Some(under) = self.under.get_mut(place).filter(|under| !under.is_empty()) {
            let controls = &controls[controls.len() - under.controls()..];
            under.history((replicate, w), controls, (0..outcomes).map(&y));
        }
        let first = (replicate * self.places + place) * (1 + outcomes);
        let own = &mut self.given[first..][..1 + outcomes];
        let weighed = &mut self.weighed[place * (1 + 2 * outcomes)..][..1 + 2 * outcomes];
        own[0] += w;
        weighed[0] += w * w;
        for (o, pair) in weighed[1..].chunks_exact_mut(2).enumerate() {
            let wy = w * y(o);
            own[1 + o] += wy;
            pair[0] += wy * wy;
            pair[1] += w * wy;
        }
    }

    /// Estimates and errors, from sums over so many histories; and their weights, if their controls' exact means are known.
    pub(super) fn settle(
        &self,
        plan: &Plan<'_>,
        needs: &Needs,
        samples: f64,
        exact: Option<&Exact>,
        answer: &mut Answered,
    ) -> Calibrations {
        let all = exact.and_then(|exact| exact.all.as_ref());
        let mut calibrations = Calibrations {
            all: self.verdict(samples, all, answer),
            given: Vec::new(),
        };
        let horizons = plan.model.horizons();
        let powers = 1 + plan.costly.iter().filter(|c| **c).count();
        answer
            .tallies
            .resize_with(horizons * self.conds, Tally::default);
        for (place, tally) in answer.tallies.iter_mut().enumerate() {
            let at = (1 + place / self.conds, place % self.conds);
            tally.reset(powers, self.outcomes);
            let means = exact.and_then(|exact| exact.given.get(place)?.as_ref());
            let found = needs.power(at.0, at.1).map(|power| {
                let power = (power, samples);
                self.tally(needs, (place, at), power, means, tally)
            });
            if at.1 == 0 {
                calibrations.given.push(found.unwrap_or_default());
            }
        }
        calibrations
    }

    /// The outcomes in all cases.
    fn verdict(&self, samples: f64, exact: Option<&Means>, answer: &mut Answered) -> Calibration {
        let all = self.squares.len();
        let each = samples / REPLICATES as f64;
        let mean = |q: usize| {
            let own = self.plain[q..].iter().step_by(all.max(1));
            own.sum::<f64>() / samples
        };
        let means: Vec<f64> = (0..all).map(mean).collect();
        let settled = exact
            .filter(|_| !self.controlled.is_empty())
            .and_then(|exact| {
                let controlled = &self.controlled;
                controlled.settle(exact, (samples, samples), &means)
            });
        answer.verdict.clear();
        answer.errors.clear();
        for (q, mean) in means.iter().enumerate() {
            let moved = settled.as_ref().map_or(0.0, |settled| settled.moved[q]);
            let left = |r: usize| {
                let explained = settled.as_ref().map_or(0.0, |s| s.explained(q, r));
                self.plain[r * all + q] / each - explained
            };
            let used = settled.as_ref().map_or(0, |settled| settled.used);
            let fitted = samples / (samples - 1.0 - used as f64);
            let variance = of_mean((0..REPLICATES).map(left)) * fitted;
            let plain = (self.squares[q] / samples - mean * mean).max(0.0);
            let told = settled.as_ref().map_or(0.0, |settled| settled.told[q]);
            let plain = (plain - told).max(LEFT * plain);
            let inexact = settled.as_ref().zip(exact);
            let inexact = inexact.map_or(0.0, |(settled, exact)| settled.inexact(q, exact.error));
            let error = variance.sqrt().max(least(plain.sqrt(), samples));
            answer.verdict.push((mean + moved).clamp(0.0, 1.0));
            answer.errors.push(error + inexact);
        }
        settled.map(|s| s.calibration).unwrap_or_default()
    }

    /// The cases in which a condition holds.
    fn tally(
        &self,
        needs: &Needs,
        (place, (h, cond)): (usize, (usize, usize)),
        (power, samples): (usize, f64),
        exact: Option<&Means>,
        tally: &mut Tally,
    ) -> Calibration {
        let outcomes = self.outcomes;
        let each = samples / REPLICATES as f64;
        let sum = |r: usize, i: usize| {
            let first = (r * self.places + place) * (1 + outcomes);
            self.given[first + i]
        };
        let all = |i: usize| (0..REPLICATES).map(|r| sum(r, i)).sum::<f64>();
        let weighed = &self.weighed[place * (1 + 2 * outcomes)..][..1 + 2 * outcomes];
        let (w, ww) = (all(0), weighed[0]);
        let mean = w / samples;
        let known = needs.mass(h, cond);
        if outcomes == 0
            && let Some(mass) = known
        {
            tally.mass[power] = mass;
            return Calibration::default();
        }
        let mass = known.unwrap_or(mean);
        tally.mass[power] = mass;
        let mut noise = Noise {
            outcomes: Vec::with_capacity(outcomes),
            mass: 0.0,
            power,
            used: needs.used(h, cond).to_vec(),
            masses: Vec::new(),
            effective: if ww > 0.0 { w * w / ww } else { 0.0 },
        };
        if known.is_none() {
            noise.masses = (0..REPLICATES).map(|r| sum(r, 0) / each).collect();
            let variance = of_mean(noise.masses.iter().copied());
            let plain = (ww / samples - mean * mean).max(0.0);
            noise.mass = variance
                .sqrt()
                .max(noise.floor(mean, samples))
                .max(least(plain.sqrt(), samples));
        }
        let share = |o: usize| if w > 0.0 { all(1 + o) / w } else { 0.0 };
        let shares: Vec<f64> = (0..outcomes).map(share).collect();
        let under = self.under.get(place).filter(|under| !under.is_empty());
        let settled = under.zip(exact).filter(|_| w > 0.0);
        let settled = settled.and_then(|(under, exact)| {
            let settled = under.settle(exact, (w, noise.effective), &shares)?;
            Some((settled, exact.error))
        });
        // Few histories say little of their own error.
        let used = settled.as_ref().map_or(0, |(settled, _)| settled.used);
        let small = noise.effective / (noise.effective - 1.0 - used as f64);
        let small = if small >= 1.0 { small } else { 1.0 };
        for (o, pair) in weighed[1..].chunks_exact(2).enumerate() {
            let p = shares[o];
            let plain = (pair[0] - 2.0 * p * pair[1] + p * p * ww).max(0.0) / ww;
            let own = |r: usize| (sum(r, 1 + o) - p * sum(r, 0)) / each;
            let (moved, variance, plain, inexact) = match &settled {
                None => (0.0, of_mean((0..REPLICATES).map(own)), plain, 0.0),
                Some((settled, error)) => {
                    let replicate = w / REPLICATES as f64;
                    let middle = settled.explained_of_all(o);
                    let left = |r: usize| {
                        let explained = settled.explained(o, r) * replicate - middle * sum(r, 0);
                        own(r) - explained / each
                    };
                    let left = of_mean((0..REPLICATES).map(left));
                    let plain = (plain - settled.told[o]).max(LEFT * plain);
                    (settled.moved[o], left, plain, settled.inexact(o, *error))
                }
            };
            let p = (p + moved).clamp(0.0, 1.0);
            tally.outcomes[power * outcomes + o] = p * mass;
            let error = (variance / (mean * mean) * small).sqrt();
            let floor = least(plain.sqrt(), noise.effective);
            noise.outcomes.push(error.max(floor) + inexact);
        }
        tally.noise = Some(noise);
        settled.map(|s| s.0.calibration).unwrap_or_default()
    }
}
