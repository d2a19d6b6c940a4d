//! e^W while one player after another joins.
//!
//! In: the players, and which of them hold. Out: e^W by outcome, up to one factor. What a player pushes by itself is a factor of
//! its own; what counts, is counted or overlaps depends on who plays beside it, and is summed anew.

use crate::infer::question::plan::Plan;
use crate::infer::question::pushes::odds;

/// ln of the largest factor in all that is multiplied without being scaled down.
const MOST: f64 = 300.0;

/// Who has joined by now.
pub(super) struct Joined {
    outcomes: usize,
    /// By player: whether what it adds to W is the same whoever plays beside it.
    alone: Vec<bool>,
    /// By player and outcome: its push in the horizon, and e^ of it.
    pushes: Vec<[f64; 2]>,
    /// Whether the factors may be too large, so that logarithms are added up.
    is_large: bool,
    /// By outcome of those that push by themselves: the factors' product, or the sum of the pushes.
    product: Vec<f64>,
    /// By outcome of the others: e^W up to one factor, or W.
    others: Vec<f64>,
    log: Vec<f64>,
}

impl Joined {
    pub(super) fn new(plan: &Plan<'_>, players: &[usize]) -> Joined {
        let outcomes = plan.outcomes;
        Joined {
            outcomes,
            alone: players.iter().map(|d| is_alone(plan, *d)).collect(),
            pushes: vec![[0.0, 1.0]; players.len() * outcomes],
            is_large: false,
            product: vec![1.0; outcomes],
            others: vec![1.0; outcomes],
            log: vec![0.0; outcomes],
        }
    }

    /// About how many steps a player's joining takes.
    pub(super) fn steps(&self) -> usize {
        let others = self.alone.iter().filter(|alone| !**alone).count();
        // The more of the others there are, the more often all of them are summed.
        self.outcomes + 4 + others * others / self.alone.len().max(1)
    }

    pub(super) fn is_alone(&self, player: usize) -> bool {
        self.alone[player]
    }

    /// Reads the pushes of a horizon.
    pub(super) fn turn(&mut self, plan: &Plan<'_>, h: usize, players: &[usize]) {
        let (outcomes, mut most) = (self.outcomes, vec![0.0; self.outcomes]);
        for ((driver, own), alone) in players
            .iter()
            .zip(self.pushes.chunks_exact_mut(outcomes))
            .zip(&self.alone)
        {
            own.fill([0.0, 1.0]);
            for &(o, push) in plan.model.drivers[*driver].pushes.iter().filter(|_| *alone) {
                own[o][0] += plan.numbers.push_at(push, h);
            }
            for (pair, most) in own.iter_mut().zip(&mut most) {
                pair[1] = libm::exp(pair[0]);
                *most += pair[0].abs();
            }
        }
        self.is_large = most.iter().any(|most| *most > MOST);
    }

    /// Nobody has joined.
    pub(super) fn reset(&mut self) {
        let none = if self.is_large { 0.0 } else { 1.0 };
        self.product.fill(none);
        self.others.fill(none);
    }

    /// One more player, which holds; false where that cannot be said of it alone.
    pub(super) fn join(&mut self, player: usize) -> bool {
        if !self.alone[player] {
            return false;
        }
        let own = &self.pushes[player * self.outcomes..][..self.outcomes];
        for (product, [push, factor]) in self.product.iter_mut().zip(own) {
            match self.is_large {
                true => *product += push,
                false => *product *= factor,
            }
        }
        true
    }

    /// W of those that do not push by themselves.
    pub(super) fn beside(&mut self, log: &[f64]) {
        match self.is_large {
            true => self.others.copy_from_slice(log),
            false => odds(log, &mut self.others, 1, 0),
        }
    }

    /// Leaves e^W in one column of so many of `rows`.
    pub(super) fn put(&mut self, rows: &mut [f64], columns: usize, column: usize) {
        let both = self.product.iter().zip(&self.others);
        if self.is_large {
            for (sum, (alone, others)) in self.log.iter_mut().zip(both) {
                *sum = alone + others;
            }
            odds(&self.log, rows, columns, column);
            return;
        }
        for (row, (alone, others)) in rows.chunks_exact_mut(columns).zip(both) {
            row[column] = alone * others;
        }
    }
}

/// Whether what a driver adds to W is the same whoever plays beside it.
fn is_alone(plan: &Plan<'_>, driver: usize) -> bool {
    let model = plan.model;
    let counts = |d: &usize| model.drivers[*d].counted.iter().any(|c| c.0 == driver);
    let overlaps = model.overlaps.iter().any(|(_, m)| m.contains(&driver));
    model.drivers[driver].counted.is_empty() && !overlaps && !plan.pushers.iter().any(counts)
}
