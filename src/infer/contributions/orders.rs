//! The verdict as players join one after another.
//!
//! In: the compiled question of the verdict, the drivers that play, and an order of them. Out: what each adds as it joins, in the order
//! and in its reverse. As many sets go side by side as there are lanes.

use crate::infer::compiled::Compiled;
use crate::infer::lumped::{ChainScratch, LANES, LumpedChain, Settings};
use crate::model::{Model, Numbers};

/// Players and what evaluates sets of them.
pub(in crate::infer) struct Orders<'a> {
    model: &'a Model,
    point: &'a Numbers,
    players: &'a [usize],
    lumped: LumpedChain,
}

/// One thread's buffers.
#[derive(Clone)]
pub(in crate::infer) struct Buffers {
    settings: Settings,
    chain_scratch: ChainScratch,
}

impl<'a> Orders<'a> {
    /// None where the question cannot be lumped, or has conditions.
    pub(in crate::infer) fn new(
        model: &'a Model,
        point: &'a Numbers,
        compiled: &Compiled,
        players: &'a [usize],
    ) -> Option<Self> {
        if !compiled.structure.shape.conds.is_empty() {
            return None;
        }
        Some(Orders {
            model,
            point,
            players,
            lumped: LumpedChain::new(model, &compiled.structure, point, &|_| false)?,
        })
    }

    pub(in crate::infer) fn buffers(&self) -> Buffers {
        let mut settings = Settings::of(self.point);
        settings.silence(self.model, self.players);
        self.lumped.add_up(&mut settings);
        Buffers {
            settings,
            chain_scratch: ChainScratch::default(),
        }
    }

    /// What each player adds in one order and its reverse, on average, `size` numbers each; none where the numbers are
    /// too large.
    pub(in crate::infer) fn pair(
        &self,
        buffers: &mut Buffers,
        order: &[usize],
        size: usize,
    ) -> Option<Vec<f64>> {
        let mut pair = vec![0.0; size * order.len()];
        let reverse: Vec<usize> = order.iter().rev().copied().collect();
        for order in [order, &reverse] {
            self.follow(buffers, order, size, &mut pair)?;
        }
        Some(pair)
    }

    fn follow(
        &self,
        buffers: &mut Buffers,
        order: &[usize],
        size: usize,
        pair: &mut [f64],
    ) -> Option<()> {
        let Buffers {
            settings,
            chain_scratch,
        } = buffers;
        let mut before = vec![0.0; size];
        // Lane l has the first `first + l` players; nobody plays in the first.
        for first in (0..=order.len()).step_by(LANES) {
            for (j, &p) in order.iter().enumerate().skip(first).take(LANES - 1) {
                let lanes = j + 1 - first..LANES;
                settings.join(self.model, self.point, self.players[p], lanes);
            }
            if !self.lumped.run(self.model, settings, chain_scratch) {
                return None;
            }
            for lane in 0..LANES.min(order.len() + 1 - first) {
                let joined = (first + lane).checked_sub(1).map(|j| order[j]);
                for (c, found) in chain_scratch.found().iter().enumerate() {
                    let after = found.to_array()[lane];
                    if let Some(p) = joined {
                        pair[p * size + c] += (after - before[c]) / 2.0;
                    }
                    before[c] = after;
                }
            }
            // In the next eight sets all of these play.
            for (lane, &p) in order.iter().skip(first).take(LANES).enumerate() {
                settings.join(self.model, self.point, self.players[p], 0..lane + 1);
            }
        }
        settings.silence(self.model, self.players);
        Some(())
    }
}
