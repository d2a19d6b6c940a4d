//! A rough verdict, in some hundreds of operations: every driver counts by its chance, all of them
//! taken as independent.
//!
//! In: one setting of the numbers. Out: probabilities. Nobody is shown them: they say in which
//! directions the random numbers matter.

use super::condition::Cond;
use super::{Model, Numbers, What};

/// What is computed of a model.
pub(super) struct Rough<'a> {
    model: &'a Model,
    /// Events and factors whose chance rests on others'.
    conditional: Vec<usize>,
    terms: Vec<Term>,
    /// By overlap group and outcome: the group's place, and its terms.
    overlaps: Vec<(usize, Vec<usize>)>,
}

/// What a driver pushes one outcome by.
struct Term {
    driver: usize,
    outcome: usize,
    pushes: Vec<usize>,
}

impl<'a> Rough<'a> {
    pub(super) fn new(model: &'a Model) -> Self {
        let conditional = |d: &usize| model.drivers[*d].rows.len() > 1;
        let mut terms: Vec<Term> = Vec::new();
        for (driver, stated) in model.drivers.iter().enumerate() {
            // An assumption pushes where it is wrong alone.
            for &(outcome, push) in stated
                .pushes
                .iter()
                .filter(|_| stated.what != What::Assumption)
            {
                match terms.last_mut() {
                    Some(t) if (t.driver, t.outcome) == (driver, outcome) => t.pushes.push(push),
                    _ => terms.push(Term {
                        driver,
                        outcome,
                        pushes: vec![push],
                    }),
                }
            }
        }
        let mut overlaps = Vec::new();
        for (g, (_, members)) in model.overlaps.iter().enumerate() {
            for o in 0..model.outcomes.len() {
                let here =
                    |t: &usize| terms[*t].outcome == o && members.contains(&terms[*t].driver);
                let list: Vec<usize> = (0..terms.len()).filter(here).collect();
                if list.len() > 1 {
                    overlaps.push((g, list));
                }
            }
        }
        Rough {
            model,
            conditional: (0..model.drivers.len()).filter(conditional).collect(),
            terms,
            overlaps,
        }
    }

    /// How likely every driver is to hold, by horizon and driver.
    pub(super) fn chances(&self, numbers: &Numbers) -> Vec<f64> {
        let model = self.model;
        let width = model.drivers.len();
        let mut all = vec![0.0; model.horizons() * width];
        for (h, chances) in all.chunks_exact_mut(width.max(1)).enumerate() {
            for node in &model.nodes {
                for &d in &node.members {
                    chances[d] = chance(model, numbers, h + 1, d, chances);
                }
            }
            for (d, driver) in model.drivers.iter().enumerate() {
                if matches!(driver.what, What::Change(_) | What::Always) {
                    chances[d] = soft(model, &Cond::Is(d), chances);
                }
            }
        }
        all
    }

    /// The outcomes by horizon, and the chances of what is conditional; `chances` are all of them.
    pub(super) fn of(&self, numbers: &Numbers, chances: &[f64]) -> Vec<f64> {
        let model = self.model;
        let mut out = Vec::new();
        for h in 1..=model.horizons() {
            let chances = &chances[(h - 1) * model.drivers.len()..][..model.drivers.len()];
            let start = out.len();
            out.resize(start + model.outcomes.len(), 0.0);
            let odds = &mut out[start..];
            self.weigh(numbers, h, chances, odds);
            let highest = odds.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            for (o, x) in odds.iter_mut().enumerate() {
                *x = numbers.prior_at(o, h) * libm::exp(*x - highest);
            }
            let sum: f64 = odds.iter().sum();
            odds.iter_mut().for_each(|p| *p /= sum);
            out.extend(self.conditional.iter().map(|&d| chances[d]));
        }
        out
    }

    /// The mean push for each outcome, added to `odds`.
    fn weigh(&self, numbers: &Numbers, h: usize, chances: &[f64], odds: &mut [f64]) {
        let drivers = &self.model.drivers;
        let pushes = self.terms.iter().map(|term| {
            let push: f64 = term.pushes.iter().map(|&p| numbers.push_at(p, h)).sum();
            let counts = drivers[term.driver].counted.iter();
            counts.fold(push, |push, &(change, count)| {
                push * (1.0 + chances[change] * (numbers.count_at(count, h) - 1.0))
            })
        });
        let pushes: Vec<f64> = pushes.collect();
        let mut factors = vec![1.0f64; pushes.len()];
        for (group, terms) in &self.overlaps {
            for sign in [1.0, -1.0] {
                let mut ranked: Vec<usize> = terms.to_vec();
                ranked.retain(|&t| pushes[t] * sign > 0.0);
                ranked.sort_by(|&a, &b| pushes[b].abs().total_cmp(&pushes[a].abs()));
                let mut factor = 1.0;
                for t in ranked {
                    factors[t] = factors[t].min(factor);
                    factor *= 1.0 - numbers.shares[*group] * chances[self.terms[t].driver];
                }
            }
        }
        for ((term, push), factor) in self.terms.iter().zip(pushes).zip(factors) {
            odds[term.outcome] += chances[term.driver] * push * factor;
        }
    }
}

/// The chance of an event or factor, those of what its rows name being known.
fn chance(model: &Model, numbers: &Numbers, h: usize, d: usize, chances: &[f64]) -> f64 {
    let (mut sum, mut left) = (0.0, 1.0);
    for (given, row) in &model.drivers[d].rows {
        let share = left * given.as_ref().map_or(1.0, |g| soft(model, g, chances));
        sum += share * numbers.row_at(*row, h);
        left -= share;
    }
    sum
}

/// The chance of a proposition if all that it names were independent.
fn soft(model: &Model, cond: &Cond, chances: &[f64]) -> f64 {
    match cond {
        Cond::Before | Cond::Outcome(_) | Cond::Reaches(..) => 0.0,
        Cond::Not(inner) => 1.0 - soft(model, inner, chances),
        Cond::All(list) => list.iter().map(|c| soft(model, c, chances)).product(),
        Cond::Any(list) => {
            let none: f64 = list.iter().map(|c| 1.0 - soft(model, c, chances)).product();
            1.0 - none
        }
        Cond::AtLeast(least, list) => {
            // By how many of those seen so far hold; enough is enough.
            let least = *least as usize;
            let mut counts = vec![0.0; least + 1];
            counts[0] = 1.0;
            for inner in list {
                let p = soft(model, inner, chances);
                for j in (0..least).rev() {
                    counts[j + 1] += counts[j] * p;
                    counts[j] *= 1.0 - p;
                }
            }
            counts[least]
        }
        Cond::Is(d) => match &model.drivers[*d].what {
            What::Always | What::Assumption => 1.0,
            What::Change(when) => soft(model, when, chances),
            What::Event | What::Random | What::Hypothetical => chances[*d],
        },
    }
}
