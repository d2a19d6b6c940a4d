//! What each driver does to each outcome: its Shapley value.
//!
//! In: the pass of the verdict. Out: for every driver, outcome and horizon a share of verdict minus
//! prior, so that all of them sum to it whatever the order (Shapley 1953); and the driver's push.

use super::conditional::among;
use super::engine::Engine;
use super::pass::{Pass, Work};
use super::shape::{Ask, TooMany, Truth};
use super::subsets::Subsets;
use super::verdict::{Contribution, Options};
use super::weights::Weights;
use crate::diag::Diagnostic;
use crate::model::condition::Cond;
use crate::model::{Model, Numbers};
use crate::resolve::assessment::HorizonId;
use crate::resolve::table::Id;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use rayon::prelude::*;

/// Up to so many drivers every subset may be tried.
const EXACT: usize = 16;

/// From so many drivers on, threads save more than they cost.
const THREADS: usize = 7;

/// States times horizons of all subsets together, more or less.
const BUDGET: u64 = 1 << 27;

/// The fewest and most orders that are tried beyond that; each is tried backwards, too.
const ORDERS: (u64, u64) = (4, 500);

/// 10/ln 10: decibans in one natural logarithm.
const DECIBANS: f64 = 10.0 / std::f64::consts::LN_10;

/// Every contribution, by driver, horizon and outcome in the file's order.
pub(crate) fn contributions(
    engine: &mut Engine<'_>,
    pass: &Pass,
    given: Option<&Cond>,
    options: &Options,
    assumed: &mut Vec<String>,
) -> Result<Vec<Contribution>, Box<Diagnostic>> {
    let players = players(&engine.model, pass);
    let decibans = decibans(engine, pass, given)?;
    let mut game = Game {
        model: &engine.model,
        point: &engine.point,
        numbers: engine.point.clone(),
        pass: pass.clone(),
        given: given.is_some(),
        players: &players,
        work: &mut engine.work,
    };
    let size = engine.model.horizons() * engine.model.outcomes.len();
    let each = pass.states().saturating_mul(engine.model.horizons() as u64);
    let n = players.len();
    let exact = n <= EXACT && (each + 64) << n <= BUDGET || n <= 1;
    let (values, errors) = if exact {
        game.exact(size).map(|values| (values, None))
    } else {
        let orders = (BUDGET / 2 / (each * n as u64).max(1)).clamp(ORDERS.0, ORDERS.1);
        assumed.push(format!(
            "contributions are the mean over {} orders of the {n} drivers, not over all",
            2 * orders
        ));
        let sampled = game.sampled(size, orders, options.seed);
        sampled.map(|(values, errors)| (values, Some(errors)))
    }
    .map_err(|many| engine.too_many(&many))?;

    let mut out = Vec::new();
    let model = &engine.model;
    let outcomes = model.outcomes.len();
    for (driver, stated) in engine.assessment.drivers.iter() {
        let place = model.places[driver.index()];
        let player = players.iter().position(|p| *p == place);
        if stated.weights.is_empty() && stated.likelihood.is_none() && player.is_none() {
            continue;
        }
        for h in 0..model.horizons() {
            for outcome in engine.assessment.outcomes.ids() {
                let o = engine.outcome(outcome);
                out.push(Contribution {
                    driver,
                    horizon: HorizonId::new(h),
                    outcome,
                    decibans: decibans[(place * model.horizons() + h) * outcomes + o],
                    points: player.map_or(0.0, |p| 100.0 * values[p * size + h * outcomes + o]),
                    error: errors.as_ref().map(|errors| {
                        player.map_or(0.0, |p| 100.0 * errors[p * size + h * outcomes + o])
                    }),
                });
            }
        }
    }
    Ok(out)
}

/// The drivers that can push in the verdict, or scale what pushes.
fn players(model: &Model, pass: &Pass) -> Vec<usize> {
    let pushes = |d: usize| {
        !model.drivers[d].pushes.is_empty()
            && pass.shape.truth[d] != Truth::Unused
            && pass.shape.pushing(model, d).values != [0]
    };
    let counts = |d: usize| {
        let counted = model.drivers.iter().enumerate();
        counted
            .filter(|(other, _)| pushes(*other))
            .any(|(_, other)| other.counted.iter().any(|c| c.0 == d))
            && pass.shape.truth[d] != Truth::Unused
            && pass.shape.function(&Cond::Is(d)).values != [0]
    };
    (0..model.drivers.len())
        .filter(|&d| pushes(d) || counts(d))
        .collect()
}

struct Game<'a> {
    model: &'a Model,
    point: &'a Numbers,
    numbers: Numbers,
    pass: Pass,
    given: bool,
    players: &'a [usize],
    work: &'a mut Work,
}

impl Game<'_> {
    /// The verdict with some of the players alone.
    fn value(&mut self, playing: impl Fn(usize) -> bool, out: &mut [f64]) -> Result<(), TooMany> {
        let times = self.point.times;
        self.numbers.pushes.copy_from_slice(&self.point.pushes);
        self.numbers.counts.copy_from_slice(&self.point.counts);
        for (p, &driver) in self.players.iter().enumerate() {
            if playing(p) {
                continue;
            }
            for &(_, push) in &self.model.drivers[driver].pushes {
                self.numbers.pushes[push * times..][..times].fill(0.0);
            }
            for &(change, count) in self.model.drivers.iter().flat_map(|d| &d.counted) {
                if change == driver {
                    self.numbers.counts[count * times..][..times].fill(1.0);
                }
            }
        }
        self.pass.run(self.model, &self.numbers, self.work)?;
        if !self.given {
            out.copy_from_slice(&self.work.verdict);
            return Ok(());
        }
        let outcomes = self.model.outcomes.len();
        for (out, tally) in out.chunks_exact_mut(outcomes).zip(&self.work.tallies) {
            match tally.power() {
                None => out.fill(f64::NAN),
                Some(power) => {
                    for (p, mass) in out.iter_mut().zip(tally.outcomes(power)) {
                        *p = mass / tally.mass(power);
                    }
                }
            }
        }
        Ok(())
    }

    /// Over all subsets.
    fn exact(&mut self, size: usize) -> Result<Vec<f64>, TooMany> {
        let n = self.players.len();
        let subsets = Subsets::new(self.model, self.point, &self.pass, self.players);
        let swept = if self.given {
            None
        } else {
            subsets.values(size)
        };
        let values = match swept {
            Some(values) => values,
            None => self.one_by_one(size)?,
        };
        // |S|!·(n − |S| − 1)!/n! by |S|.
        let mut weights = vec![1.0 / n.max(1) as f64; n];
        for s in 1..n {
            weights[s] = weights[s - 1] * s as f64 / (n - s) as f64;
        }
        let mut shares = vec![0.0; size * n];
        for (p, shares) in shares.chunks_exact_mut(size).enumerate() {
            for subset in (0..1usize << n).filter(|s| s >> p & 1 == 0) {
                let weight = weights[subset.count_ones() as usize];
                let without = &values[subset * size..][..size];
                let with = &values[(subset | 1 << p) * size..][..size];
                for ((share, a), b) in shares.iter_mut().zip(with).zip(without) {
                    *share += weight * (a - b);
                }
            }
        }
        Ok(shares)
    }

    /// The outcomes of every subset, each evaluated by itself.
    fn one_by_one(&mut self, size: usize) -> Result<Vec<f64>, TooMany> {
        let n = self.players.len();
        let mut values = vec![0.0; size << n];
        let block = |game: &mut Game<'_>, first: usize, out: &mut [f64]| {
            for (i, out) in out.chunks_exact_mut(size).enumerate() {
                game.value(|p| (first + i) >> p & 1 == 1, out)?;
            }
            Ok(())
        };
        if n < THREADS {
            block(self, 0, &mut values)?;
        } else {
            let length = 1 << (n - 3);
            let blocks = values.par_chunks_mut(size * length).enumerate();
            blocks.try_for_each(|(i, out)| {
                let mut work = Work::default();
                let mut game = Game {
                    numbers: self.point.clone(),
                    pass: self.pass.clone(),
                    work: &mut work,
                    ..*self
                };
                block(&mut game, i * length, out)
            })?;
        }
        Ok(values)
    }

    /// Over some orders and their reverses: the means, and their standard errors. An order and
    /// its reverse depend on each other, so that the pair is what is drawn.
    fn sampled(
        &mut self,
        size: usize,
        orders: u64,
        seed: u64,
    ) -> Result<(Vec<f64>, Vec<f64>), TooMany> {
        let n = self.players.len();
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        rng.set_stream(u64::MAX);
        let mut shares = vec![0.0; size * n];
        let mut squares = vec![0.0; size * n];
        let mut pair = vec![0.0; size * n];
        let mut none = vec![0.0; size];
        self.value(|_| false, &mut none)?;
        let mut order: Vec<usize> = (0..n).collect();
        let (mut before, mut after) = (none.clone(), none.clone());
        for round in 0..2 * orders {
            if round % 2 == 1 {
                order.reverse();
            } else {
                for i in (1..n).rev() {
                    order.swap(i, (rng.next_u64() % (i as u64 + 1)) as usize);
                }
            }
            before.copy_from_slice(&none);
            let mut playing = vec![false; n];
            for &p in &order {
                playing[p] = true;
                self.value(|p| playing[p], &mut after)?;
                let pair = &mut pair[p * size..][..size];
                for ((share, a), b) in pair.iter_mut().zip(&after).zip(&before) {
                    *share += (a - b) / 2.0;
                }
                std::mem::swap(&mut before, &mut after);
            }
            if round % 2 == 1 {
                for ((sum, square), x) in shares.iter_mut().zip(&mut squares).zip(&mut pair) {
                    *sum += *x / orders as f64;
                    *square += *x * *x / orders as f64;
                    *x = 0.0;
                }
            }
        }
        for (square, mean) in squares.iter_mut().zip(&shares) {
            *square = ((*square - mean * mean).max(0.0) / (orders - 1).max(1) as f64).sqrt();
        }
        Ok((shares, squares))
    }
}

/// By driver, horizon and outcome: the push after discount, counts and overlap, the mean over the
/// states in which the driver holds, among those in which what is given does; before counts and
/// overlap where it never does.
pub(super) fn decibans(
    engine: &mut Engine<'_>,
    pass: &Pass,
    given: Option<&Cond>,
) -> Result<Vec<f64>, Box<Diagnostic>> {
    /// Clusters over more variables than this show pushes before counts and overlap.
    const MOST: usize = 8;
    let horizons = engine.model.horizons();
    let outcomes = engine.model.outcomes.len();
    let mut out = vec![0.0; engine.model.drivers.len() * horizons * outcomes];
    for (d, driver) in engine.model.drivers.iter().enumerate() {
        for &(o, push) in &driver.pushes {
            for h in 0..horizons {
                out[(d * horizons + h) * outcomes + o] +=
                    DECIBANS * engine.point.push_at(push, h + 1);
            }
        }
    }
    let vars = pass.shape.vars.len();
    let positions: Vec<usize> = (0..=vars).collect();
    let weights = Weights::new(&engine.model, &pass.shape, &positions, vars);
    for cluster in weights.clusters() {
        if cluster.support.len() > MOST {
            continue;
        }
        let assignments = 1usize << cluster.support.len();
        let literal = |assignment: usize, j: usize, var: usize| {
            let driver = pass.shape.vars[var];
            let is = Cond::Is(driver);
            let wrong = matches!(pass.shape.truth[driver], Truth::NotVar(_));
            if (assignment >> j & 1 == 1) != wrong {
                is
            } else {
                is.negated()
            }
        };
        let ask = Ask {
            sets: pass.sets.clone(),
            conds: (0..assignments)
                .map(|a| {
                    let vars = cluster.support.iter().enumerate();
                    let all = vars.map(|(j, &var)| literal(a, j, var)).collect();
                    among(given, Cond::All(all))
                })
                .collect(),
            costly: given.is_some(),
            ..Ask::default()
        };
        engine.run(&ask)?;
        for (d, o, pushes) in cluster.pushes(&engine.model, &engine.point) {
            for h in 0..horizons {
                let tallies = &engine.work.tallies[h * assignments..][..assignments];
                let power = tallies.iter().filter_map(|t| t.power()).min();
                let Some(power) = power else { continue };
                let (mut sum, mut mass) = (0.0, 0.0);
                for (tally, push) in tallies.iter().zip(&pushes[h * assignments..]) {
                    if let Some(push) = push {
                        sum += tally.mass(power).max(0.0) * push;
                        mass += tally.mass(power).max(0.0);
                    }
                }
                if mass > 0.0 {
                    out[(d * horizons + h) * outcomes + o] = DECIBANS * sum / mass;
                }
            }
        }
    }
    Ok(out)
}
