//! The verdict with some of the drivers alone, for sets of drivers.
//!
//! In: a question, and the drivers that can push. Out: each driver's share of what all of them do
//! together (Shapley 1953), over every set of them or over some orders. A set is asked about on the
//! propositions that its own drivers rest on: what matters to no driver of the set is never summed
//! over, and one question serves all sets that differ by drivers that always push.

use super::orders::Orders;
use super::subsets::Subsets;
use crate::infer::compiled::Compiled;
use crate::infer::exact::Scratch;
use crate::infer::meter::Meter;
use crate::infer::question::closure::Variables;
use crate::infer::question::shape::{Ask, TooMany};
use crate::model::{Model, Numbers};
use crate::numeric::orders::{set_weights, shuffle};
use crate::parallel::*;
use chacha20::ChaCha8Rng;
use chacha20::rand_core::SeedableRng;

/// Up to so many drivers every set may be tried.
pub(in crate::infer) const EXACT: usize = 16;

/// Up to so many every set is tried as long as that takes seconds, not minutes.
pub(in crate::infer) const SMALL: usize = 12;

/// From so many drivers on, threads save more than they cost.
const THREADS: usize = 7;

/// States times horizons of all sets together, more or less: a second.
pub(in crate::infer) const BUDGET: u64 = 1 << 27;

/// The same for few drivers.
pub(in crate::infer) const GENEROUS: u64 = 1 << 31;

/// What making a question ready costs, as so many states.
const READY: u64 = 4_000;

/// The fewest and most orders that are tried beyond that; each is tried backwards, too.
pub(in crate::infer) const ORDERS: (u64, u64) = (4, 500);

/// Orders that are followed at once.
const AT_ONCE: u64 = 8;

/// Drivers and the question that they play for.
pub(in crate::infer) struct Game<'a> {
    model: &'a Model,
    point: &'a Numbers,
    pub(in crate::infer) ask: Ask,
    compiled: &'a Compiled,
    /// Those that always push, then the others.
    pub(in crate::infer) players: Vec<usize>,
    /// How many of them always push.
    steady: usize,
    meter: &'a Meter,
}

/// What each player adds in some orders, by player, horizon and outcome in the model's order.
pub(in crate::infer) struct Shares {
    pub(in crate::infer) values: Vec<f64>,
    /// The standard errors.
    pub(in crate::infer) errors: Vec<f64>,
    /// How many orders were tried.
    pub(in crate::infer) orders: u64,
}

/// One thread's buffers.
#[derive(Clone)]
struct Buffers {
    model: Model,
    compiled: Compiled,
    numbers: Numbers,
    scratch: Scratch,
}

impl<'a> Game<'a> {
    /// `compiled` answers `ask`, with all players.
    pub(in crate::infer) fn new(
        model: &'a Model,
        point: &'a Numbers,
        ask: Ask,
        compiled: &'a Compiled,
        players: Vec<usize>,
        meter: &'a Meter,
    ) -> Self {
        let is_steady = |d: &usize| {
            compiled
                .structure
                .shape
                .pushing(model, *d)
                .support
                .is_empty()
        };
        let (mut all, others): (Vec<usize>, Vec<usize>) = players.into_iter().partition(is_steady);
        let steady = all.len();
        all.extend(others);
        Game {
            model,
            point,
            ask,
            compiled,
            players: all,
            steady,
            meter,
        }
    }

    /// Each player's share over all sets of them; none where that takes long.
    pub(in crate::infer) fn over_all(&self) -> Result<Option<Vec<f64>>, TooMany> {
        let n = self.players.len();
        let is_quick = n <= 1 || n <= EXACT && self.is_affordable(self.each());
        is_quick.then(|| self.exact()).transpose()
    }

    /// Each player's share over some orders of them.
    pub(in crate::infer) fn over_some(&self, seed: u64) -> Result<Shares, TooMany> {
        let (n, each) = (self.players.len(), self.each());
        let orders = (BUDGET / 2 / (each * n as u64).max(1)).clamp(ORDERS.0, ORDERS.1);
        let (values, errors) = self.orders(orders, seed)?;
        Ok(Shares {
            values,
            errors,
            orders: 2 * orders,
        })
    }

    /// Horizons times outcomes.
    fn size(&self) -> usize {
        self.model.horizons() * self.model.outcomes.len()
    }

    /// States times horizons of the question with all players.
    fn each(&self) -> u64 {
        let states = self.compiled.steps();
        states.saturating_mul(self.model.horizons() as u64)
    }

    /// Whether every set can be tried.
    fn is_affordable(&self, each: u64) -> bool {
        let n = self.players.len();
        if (each + 64).saturating_mul(1 << n) <= BUDGET {
            return true;
        }
        let most = if n <= SMALL { GENEROUS } else { BUDGET };
        let mut buffers = self.buffers();
        let mut cost: u64 = 0;
        for pattern in 0..1usize << (n - self.steady) {
            self.silence(&mut buffers, pattern);
            let vars = Variables::of(&buffers.model, &self.ask).drivers.len();
            let states = 1u64.checked_shl(vars as u32).unwrap_or(u64::MAX);
            let sets = states.saturating_mul((self.model.horizons() << self.steady) as u64);
            cost = cost.saturating_add(sets).saturating_add(READY);
            if cost > most {
                return false;
            }
        }
        true
    }

    fn buffers(&self) -> Buffers {
        Buffers {
            model: self.model.clone(),
            compiled: self.compiled.clone(),
            numbers: self.point.clone(),
            scratch: Scratch::default(),
        }
    }

    /// Whether a question of its own is made of each set, or the numbers of one question changed.
    fn is_reduced(&self) -> bool {
        self.each() << self.steady.min(20) > 2 * READY
    }

    /// Takes those of the players that do not always push from the model but for a pattern of them.
    fn silence(&self, buffers: &mut Buffers, pattern: usize) {
        let mut silent = vec![false; self.model.drivers.len()];
        for (i, &d) in self.players[self.steady..].iter().enumerate() {
            silent[d] = pattern >> i & 1 == 0;
        }
        for (d, driver) in buffers.model.drivers.iter_mut().enumerate() {
            let own = &self.model.drivers[d];
            driver.pushes.clear();
            driver.counted.clear();
            if !silent[d] {
                driver.pushes.extend(&own.pushes);
                let counted = own.counted.iter().filter(|c| !silent[c.0]);
                driver.counted.extend(counted);
            }
        }
    }

    /// Makes buffers ready for the sets in which these of the drivers that do not always push play.
    fn prepare(&self, buffers: &mut Buffers, pattern: usize) -> Result<(), TooMany> {
        self.silence(buffers, pattern);
        buffers.compiled = Compiled::new(&buffers.model, &self.ask)?;
        Ok(())
    }

    /// The verdict with some of the players alone.
    fn value(
        &self,
        buffers: &mut Buffers,
        playing: impl Fn(usize) -> bool,
        out: &mut [f64],
    ) -> Result<(), TooMany> {
        self.quieten(buffers, playing);
        self.evaluate(buffers, out)
    }

    /// Lets some of the players alone push and count.
    fn quieten(&self, buffers: &mut Buffers, playing: impl Fn(usize) -> bool) {
        let numbers = &mut buffers.numbers;
        numbers.pushes.copy_from_slice(&self.point.pushes);
        numbers.counts.copy_from_slice(&self.point.counts);
        for (p, &driver) in self.players.iter().enumerate() {
            if !playing(p) {
                numbers.silence(self.model, driver);
            }
        }
    }

    /// The verdict with the players that push and count.
    fn evaluate(&self, buffers: &mut Buffers, out: &mut [f64]) -> Result<(), TooMany> {
        let answer =
            buffers
                .compiled
                .run(&buffers.model, &buffers.numbers, &mut buffers.scratch)?;
        answer.read(!self.ask.conds.is_empty(), out);
        Ok(())
    }

    /// Over all sets.
    fn exact(&self) -> Result<Vec<f64>, TooMany> {
        let (n, size) = (self.players.len(), self.size());
        let by_lumps = if self.ask.conds.is_empty() {
            Subsets::new(self.model, self.point, self.compiled, &self.players).values(size)
        } else {
            None
        };
        let values = match by_lumps {
            Some(values) => values,
            None => self.one_by_one()?,
        };
        Ok(over_sets(&values, n, size))
    }

    /// The outcomes of every set, each evaluated by itself.
    fn one_by_one(&self) -> Result<Vec<f64>, TooMany> {
        let (n, size) = (self.players.len(), self.size());
        let mut values = vec![0.0; size << n];
        let reduced = self.is_reduced();
        let patterns = 1usize << (n - self.steady);
        self.meter.expect(patterns as u64);
        let sets = |buffers: &mut Buffers, pattern: usize, out: &mut [f64]| {
            if reduced {
                self.prepare(buffers, pattern)?;
            }
            for (steady, out) in out.chunks_exact_mut(size).enumerate() {
                let set = pattern << self.steady | steady;
                self.value(buffers, |p| set >> p & 1 == 1, out)?;
            }
            self.meter.go_on()
        };
        if n < THREADS {
            let mut buffers = self.buffers();
            for (pattern, out) in values.chunks_exact_mut(size << self.steady).enumerate() {
                sets(&mut buffers, pattern, out)?;
            }
        } else {
            values
                .par_chunks_mut(size << self.steady)
                .enumerate()
                .try_for_each_init(|| self.buffers(), |buffers, (i, out)| sets(buffers, i, out))?;
        }
        Ok(values)
    }

    /// Over some orders and their reverses: the means, and their standard errors. An order and
    /// its reverse depend on each other, so that the pair is what is drawn.
    fn orders(&self, orders: u64, seed: u64) -> Result<(Vec<f64>, Vec<f64>), TooMany> {
        let (n, size) = (self.players.len(), self.size());
        if let Some(found) = self.side_by_side(orders, seed) {
            return Ok(found);
        }
        let mut none = vec![0.0; size];
        let mut buffers = self.buffers();
        self.value(&mut buffers, |_| false, &mut none)?;
        self.meter.expect(orders);
        over_orders((n, size), orders, seed, &buffers, |buffers, order| {
            let pair = self.pair(buffers, order, &none);
            self.meter.go_on()?;
            pair
        })
    }

    /// The same over lumped states, the sets of one order side by side; none where they cannot be lumped.
    fn side_by_side(&self, orders: u64, seed: u64) -> Option<(Vec<f64>, Vec<f64>)> {
        let by = Orders::new(self.model, self.point, self.compiled, &self.players)?;
        self.meter.expect(orders);
        let buffers = by.buffers();
        let size = (self.players.len(), self.size());
        over_orders(size, orders, seed, &buffers, |buffers, order| {
            let pair = by.pair(buffers, order, size.1);
            self.meter.step();
            pair.ok_or(())
        })
        .ok()
    }

    /// What each player adds in one order and its reverse, on average.
    fn pair(
        &self,
        buffers: &mut Buffers,
        order: &[usize],
        none: &[f64],
    ) -> Result<Vec<f64>, TooMany> {
        let (n, size) = (self.players.len(), self.size());
        let reduced = self.is_reduced() && n - self.steady < usize::BITS as usize;
        let mut pair = vec![0.0; size * n];
        let (mut before, mut after) = (none.to_vec(), none.to_vec());
        let reverse: Vec<usize> = order.iter().rev().copied().collect();
        for order in [order, &reverse] {
            before.copy_from_slice(none);
            let mut pattern = 0;
            let mut ready = None;
            self.quieten(buffers, |_| false);
            for &p in order {
                buffers
                    .numbers
                    .join(self.model, self.point, self.players[p]);
                if p >= self.steady && reduced {
                    pattern |= 1 << (p - self.steady);
                }
                if reduced && ready != Some(pattern) {
                    self.prepare(buffers, pattern)?;
                    ready = Some(pattern);
                }
                self.evaluate(buffers, &mut after)?;
                let pair = &mut pair[p * size..][..size];
                for ((share, a), b) in pair.iter_mut().zip(&after).zip(&before) {
                    *share += (a - b) / 2.0;
                }
                std::mem::swap(&mut before, &mut after);
            }
        }
        Ok(pair)
    }
}

/// Each player's share, told the values of all sets of them, `size` numbers each.
pub(in crate::infer) fn over_sets(values: &[f64], n: usize, size: usize) -> Vec<f64> {
    let weights = set_weights(n);
    let mut shares = vec![0.0; size * n];
    let all = shares.par_chunks_mut(size).enumerate();
    all.for_each(|(p, shares)| {
        for set in (0..1usize << n).filter(|s| s >> p & 1 == 0) {
            let weight = weights[set.count_ones() as usize];
            let without = &values[set * size..][..size];
            let with = &values[(set | 1 << p) * size..][..size];
            for ((share, a), b) in shares.iter_mut().zip(with).zip(without) {
                *share += weight * (a - b);
            }
        }
    });
    shares
}

/// The means over some orders of `n` players and their reverses, and their standard errors, told what each player
/// adds in an order and its reverse, on average.
pub(in crate::infer) fn over_orders<S: Clone + Send + Sync, E: Send>(
    (n, size): (usize, usize),
    orders: u64,
    seed: u64,
    buffers: &S,
    pair: impl Fn(&mut S, &[usize]) -> Result<Vec<f64>, E> + Sync + Send,
) -> Result<(Vec<f64>, Vec<f64>), E> {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    rng.set_stream(u64::MAX);
    let mut order: Vec<usize> = (0..n).collect();
    let drawn: Vec<Vec<usize>> = (0..orders)
        .map(|_| {
            shuffle(&mut order, &mut rng);
            order.clone()
        })
        .collect();
    let mut shares = vec![0.0; size * n];
    let mut squares = vec![0.0; size * n];
    for some in drawn.chunks(AT_ONCE as usize) {
        let pairs = some
            .par_iter()
            .map_init(|| buffers.clone(), |buffers, order| pair(buffers, order));
        let pairs: Vec<_> = pairs.collect::<Result<_, _>>()?;
        for pair in pairs {
            for ((sum, square), x) in shares.iter_mut().zip(&mut squares).zip(&pair) {
                *sum += *x / orders as f64;
                *square += *x * *x / orders as f64;
            }
        }
    }
    for (square, mean) in squares.iter_mut().zip(&shares) {
        // Of so many a mean misses as Student's t does, whose variance is (n − 1)/(n − 3).
        let left = orders.saturating_sub(3).max(1) as f64;
        *square = ((*square - mean * mean).max(0.0) / left).sqrt();
    }
    Ok((shares, squares))
}
