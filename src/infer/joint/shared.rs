//! What each driver contributes to the mean of a quantity: Shapley values (1953) over sets of drivers.
//!
//! In: a quantity made ready, and its cases. Out: contributions in the quantity's unit. The mean is that
//! before the reasons and the sum over blocks of their mean moves, or its product with their mean ratios.
//! So sets need be tried within blocks only, and the exact values follow for any number of drivers; where
//! a block has very many, orders are drawn.

use super::movers::{Case, Ready};
use crate::infer::contributions::game::{over_orders, over_sets};
use crate::model::Numbers;
use crate::numeric::orders::set_weights;
use std::convert::Infallible;

/// Drivers of one block up to which all their sets are tried.
const PLAYERS: usize = 12;

/// Moves of a case that are added up at most while sets or orders are tried, more or less.
const WORK: usize = 1 << 22;

/// So many orders at most, each also backwards, and so many at least, where not all sets are tried.
const ORDERS: u64 = 256;
const LEAST: u64 = 8;

/// Contributions by driver of the model.
#[derive(Debug, Clone, Default)]
pub(crate) struct Shares {
    /// In the quantity's unit.
    pub of: Vec<(usize, f64)>,
    /// Their standard errors; empty where they are exact.
    pub errors: Vec<f64>,
    /// How many orders were drawn.
    pub orders: Option<u64>,
}

/// The contributions at a horizon, told the mean before the reasons.
pub(super) fn shares(
    ready: &Ready,
    (numbers, h): (&Numbers, usize),
    cases: &[Vec<Case>],
    before: f64,
    seed: u64,
) -> Shares {
    let blocks = ready.blocks_of_drivers();
    let log = ready.spec.log;
    let mean = |b: usize, has: &dyn Fn(usize) -> bool| ready.mean((b, numbers, h), &cases[b], has);
    let scale = if log { before } else { 1.0 };
    let names = || blocks.iter().flat_map(|b| b.iter().copied());
    // Moves that add up need no sets.
    let added: Vec<Option<Vec<f64>>> = (0..blocks.len())
        .map(|b| ready.added((b, numbers, h), &cases[b]).filter(|_| !log))
        .collect();
    let work = |b: usize| match (&added[b], blocks[b].len()) {
        (Some(_), _) => 0,
        (None, n) if n > PLAYERS => usize::MAX,
        (None, n) => cases[b].len() << n,
    };
    if (0..blocks.len()).any(|b| work(b) > WORK) {
        let firsts: Vec<usize> = blocks
            .iter()
            .scan(0, |first, b| {
                let at = *first;
                *first += b.len();
                Some(at)
            })
            .collect();
        let players = names().count();
        let value = |set: &[bool]| {
            let each = (0..blocks.len()).map(|b| mean(b, &|i| set[firsts[b] + i]));
            scale
                * if log {
                    each.product::<f64>()
                } else {
                    each.sum()
                }
        };
        let pair = |_: &mut (), order: &[usize]| -> Result<Vec<f64>, Infallible> {
            let mut out = vec![0.0; players];
            let mut way = |order: &mut dyn Iterator<Item = usize>| {
                let mut set = vec![false; players];
                let mut last = value(&set);
                for player in order {
                    set[player] = true;
                    let next = value(&set);
                    out[player] += 0.5 * (next - last);
                    last = next;
                }
            };
            way(&mut order.iter().copied());
            way(&mut order.iter().rev().copied());
            Ok(out)
        };
        let each: usize = cases.iter().map(Vec::len).sum::<usize>() * 2 * (players + 1);
        let orders = ((WORK / each.max(1)) as u64).clamp(LEAST, ORDERS);
        let Ok((found, errors)) = over_orders((players, 1), orders, seed, &(), pair);
        return Shares {
            of: names().zip(found).collect(),
            errors,
            orders: Some(2 * orders),
        };
    }
    let values = |b: usize| -> Vec<f64> {
        let sets = 0..1usize << blocks[b].len();
        sets.map(|set| mean(b, &|i| set >> i & 1 == 1)).collect()
    };
    let found: Vec<f64> = match log {
        true => of_product(&(0..blocks.len()).map(values).collect::<Vec<_>>()),
        false => {
            let each = added.into_iter().enumerate();
            each.flat_map(|(b, added)| added.unwrap_or_else(|| of_sum(&values(b))))
                .collect()
        }
    };
    Shares {
        of: names().zip(found.into_iter().map(|x| scale * x)).collect(),
        ..Shares::default()
    }
}

/// How many players there are, told the values of all their sets.
fn players(values: &[f64]) -> usize {
    values.len().trailing_zeros() as usize
}

/// The Shapley values of a block whose worth is added to that of the others.
fn of_sum(values: &[f64]) -> Vec<f64> {
    over_sets(values, players(values), 1)
}

/// The Shapley values of all blocks where their worths are multiplied. What the others are worth together
/// by how many of them there are is a product of polynomials.
fn of_product(blocks: &[Vec<f64>]) -> Vec<f64> {
    let by_size: Vec<Vec<f64>> = blocks
        .iter()
        .map(|values| {
            let mut sums = vec![0.0; players(values) + 1];
            for (set, value) in values.iter().enumerate() {
                sums[set.count_ones() as usize] += value;
            }
            sums
        })
        .collect();
    let all: usize = blocks.iter().map(|b| players(b)).sum();
    let weights = set_weights(all);
    let mut out = Vec::new();
    for (b, values) in blocks.iter().enumerate() {
        let others = by_size.iter().enumerate().filter(|(other, _)| *other != b);
        let others = others.fold(vec![1.0], |product, (_, sums)| times(&product, sums));
        // What joining a set of so many of the block counts for, over all sets of the others.
        let counts: Vec<f64> = (0..players(values))
            .map(|size| {
                let each = others.iter().enumerate();
                each.map(|(more, worth)| weights[size + more] * worth).sum()
            })
            .collect();
        for i in 0..players(values) {
            let sets = (0..values.len()).filter(|set| set >> i & 1 == 0);
            let each = sets.map(|set| {
                counts[set.count_ones() as usize] * (values[set | 1 << i] - values[set])
            });
            out.push(each.sum());
        }
    }
    out
}

/// The product of two polynomials.
fn times(a: &[f64], b: &[f64]) -> Vec<f64> {
    let mut out = vec![0.0; a.len() + b.len() - 1];
    for (i, x) in a.iter().enumerate() {
        for (j, y) in b.iter().enumerate() {
            out[i + j] += x * y;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn blocks() -> impl Strategy<Value = Vec<Vec<f64>>> {
        let block = (1u32..4)
            .prop_flat_map(|n| prop::collection::vec(0.3f64..2.0, 1usize << n..=1usize << n));
        prop::collection::vec(block, 1..4)
    }

    /// The value of every set of all players, block after block.
    fn whole(blocks: &[Vec<f64>], together: fn(f64, f64) -> f64, none: f64) -> Vec<f64> {
        let n: usize = blocks.iter().map(|b| players(b)).sum();
        let value = |set: usize| {
            let mut rest = set;
            blocks.iter().fold(none, |sum, values| {
                let own = rest & (values.len() - 1);
                rest >>= players(values);
                together(sum, values[own])
            })
        };
        (0..1usize << n).map(value).collect()
    }

    proptest! {
        #[test]
        fn blocks_give_what_all_sets_give(blocks in blocks()) {
            let n: usize = blocks.iter().map(|b| players(b)).sum();
            let product = over_sets(&whole(&blocks, |a, b| a * b, 1.0), n, 1);
            for (a, b) in of_product(&blocks).iter().zip(&product) {
                prop_assert!((a - b).abs() < 1e-12, "{a} {b}");
            }
            let sum = over_sets(&whole(&blocks, |a, b| a + b, 0.0), n, 1);
            let by_block: Vec<f64> = blocks.iter().flat_map(|b| of_sum(b)).collect();
            for (a, b) in by_block.iter().zip(&sum) {
                prop_assert!((a - b).abs() < 1e-12, "{a} {b}");
            }
        }
    }
}
