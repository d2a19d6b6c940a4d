//! Shares by Shapley: over all subsets of up to twelve edits, over orders of more.
//!
//! In: what a subset of the edits makes of the verdict. Out: each edit's share, which sum to the
//! whole, or edits that cannot be made without others.

use super::Method;
use super::mix::Mixer;
use crate::numeric::orders::{set_weights, shuffle};
use crate::parallel::*;
use chacha20::ChaCha8Rng;
use chacha20::rand_core::SeedableRng;

/// Up to so many edits every subset is tried.
const EXACT: usize = 12;

/// The most that all subsets may cost, and that all orders do where there are enough; in states of
/// evaluations.
const SUBSETS: u64 = 1 << 33;
const ORDERS: u64 = 1 << 31;

/// The fewest and most pairs of an order and its reverse.
const PAIRS: (u64, u64) = (4, 200);

/// The seed of the orders.
const SEED: u64 = 1;

/// What came of a game.
pub(super) enum Found {
    /// By player and cell.
    Shares(Vec<Vec<f64>>, Method),
    /// The file has no verdict with these players alone.
    Impossible(Vec<usize>),
}

/// One game: players, the values without and with all of them, and any subset's.
pub(super) struct Game<'a> {
    pub(super) players: usize,
    pub(super) none: &'a [f64],
    pub(super) all: &'a [f64],
    /// States of one evaluation, reading included.
    pub(super) cost: u64,
}

/// The players of a subset.
pub(super) type Playing<'p> = &'p dyn Fn(usize) -> bool;

impl Game<'_> {
    /// The shares; `value` is what a subset makes of the verdict, none where it has none then, and
    /// keeps a mixer between its calls.
    pub(super) fn shares<'m, V>(&self, value: V) -> Found
    where
        V: Fn(&mut Option<Mixer<'m>>, Playing<'_>) -> Option<Vec<f64>> + Sync,
    {
        let cost = self.cost;
        let n = self.players;
        if n <= 1 {
            let change = self.all.iter().zip(self.none).map(|(a, b)| a - b);
            let only = (n == 1).then(|| change.collect());
            return Found::Shares(only.into_iter().collect(), Method::Exact);
        }
        if n <= EXACT && cost.saturating_mul(1 << n) <= SUBSETS {
            return self.exact(value);
        }
        let pairs = ORDERS / cost.saturating_mul(2 * n as u64).max(1);
        self.sampled(pairs.clamp(PAIRS.0, PAIRS.1), value)
    }

    fn exact<'m, V>(&self, value: V) -> Found
    where
        V: Fn(&mut Option<Mixer<'m>>, Playing<'_>) -> Option<Vec<f64>> + Sync,
    {
        let n = self.players;
        let last = (1usize << n) - 1;
        let of = |keep: &mut Option<Mixer<'m>>, subset: usize| match subset {
            0 => Some(self.none.to_vec()),
            s if s == last => Some(self.all.to_vec()),
            s => value(keep, &|p| s >> p & 1 == 1),
        };
        let values: Vec<Option<Vec<f64>>> =
            (0..=last).into_par_iter().map_init(|| None, of).collect();
        let weights = set_weights(n);
        let mut shares = vec![vec![0.0; self.none.len()]; n];
        for (subset, value) in values.iter().enumerate() {
            let Some(value) = value else {
                let players = (0..n).filter(|p| subset >> p & 1 == 1);
                return Found::Impossible(players.collect());
            };
            let size = subset.count_ones() as usize;
            for (p, shares) in shares.iter_mut().enumerate() {
                let weight = match subset >> p & 1 {
                    0 => -weights[size],
                    _ => weights[size - 1],
                };
                for (share, v) in shares.iter_mut().zip(value) {
                    *share += weight * v;
                }
            }
        }
        Found::Shares(shares, Method::Exact)
    }

    fn sampled<'m, V>(&self, pairs: u64, value: V) -> Found
    where
        V: Fn(&mut Option<Mixer<'m>>, Playing<'_>) -> Option<Vec<f64>> + Sync,
    {
        let n = self.players;
        let each: Vec<Result<Vec<Vec<f64>>, Vec<usize>>> = (0..pairs)
            .into_par_iter()
            .map_init(|| None, |keep, pair| self.pair(keep, pair, &value))
            .collect();
        let mut shares = vec![vec![0.0; self.none.len()]; n];
        let mut squares = shares.clone();
        for found in each {
            let found = match found {
                Ok(found) => found,
                Err(players) => return Found::Impossible(players),
            };
            for ((sums, squares), pair) in shares.iter_mut().zip(&mut squares).zip(found) {
                for ((sum, square), x) in sums.iter_mut().zip(squares).zip(pair) {
                    *sum += x / pairs as f64;
                    *square += x * x / pairs as f64;
                }
            }
        }
        let both = shares.iter().flatten().zip(squares.iter().flatten());
        let errors = both
            .map(|(mean, square)| ((square - mean * mean).max(0.0) / (pairs - 1) as f64).sqrt());
        let error = errors.fold(0.0, f64::max);
        Found::Shares(shares, Method::Orders(2 * pairs, error))
    }

    /// The mean over an order and its reverse; a set of players that cannot play alone otherwise.
    fn pair<'m, V>(
        &self,
        keep: &mut Option<Mixer<'m>>,
        pair: u64,
        value: &V,
    ) -> Result<Vec<Vec<f64>>, Vec<usize>>
    where
        V: Fn(&mut Option<Mixer<'m>>, Playing<'_>) -> Option<Vec<f64>> + Sync,
    {
        let n = self.players;
        let mut rng = ChaCha8Rng::seed_from_u64(SEED);
        rng.set_stream(pair);
        let mut order: Vec<usize> = (0..n).collect();
        shuffle(&mut order, &mut rng);
        let mut shares = vec![vec![0.0; self.none.len()]; n];
        for _ in 0..2 {
            let mut playing = vec![false; n];
            let mut before = self.none.to_vec();
            for (i, &p) in order.iter().enumerate() {
                playing[p] = true;
                let after = match i + 1 == n {
                    true => self.all.to_vec(),
                    false => value(keep, &|p| playing[p])
                        .ok_or_else(|| (0..n).filter(|&p| playing[p]).collect::<Vec<usize>>())?,
                };
                for ((share, a), b) in shares[p].iter_mut().zip(&after).zip(&before) {
                    *share += (a - b) / 2.0;
                }
                before = after;
            }
            order.reverse();
        }
        Ok(shares)
    }
}
