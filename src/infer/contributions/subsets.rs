//! The verdict with each subset of the players alone.
//!
//! In: the compiled question of the verdict and the drivers that play. Out: the outcomes for every subset. Without
//! some pushes fewer states have to be told apart, so there is a lumped chain for each subset of the players
//! that make states differ, and it evaluates several subsets of the others at once.

use crate::infer::compiled::Compiled;
use crate::infer::lumped::{ChainScratch, LANES, LumpedChain, Settings};
use crate::model::condition::Cond;
use crate::model::{Model, Numbers};
use crate::parallel::*;

/// From so many players on, threads save more than they cost.
const THREADS: usize = 10;

/// All subsets of some players.
pub(in crate::infer) struct Subsets<'a> {
    model: &'a Model,
    point: &'a Numbers,
    compiled: &'a Compiled,
    players: &'a [usize],
    /// The players by whose absence the lumped chains differ, by place.
    told: Vec<usize>,
    /// The others, by place.
    rest: Vec<usize>,
}

impl<'a> Subsets<'a> {
    pub(in crate::infer) fn new(
        model: &'a Model,
        point: &'a Numbers,
        compiled: &'a Compiled,
        players: &'a [usize],
    ) -> Self {
        let shape = &compiled.structure.shape;
        let varies = |d: usize| {
            let is = shape.function(&Cond::Is(d));
            !is.support.is_empty() || !shape.pushing(model, d).support.is_empty()
        };
        let places = 0..players.len();
        let (mut told, mut rest): (Vec<usize>, Vec<usize>) =
            places.partition(|&p| varies(players[p]));
        // No lane stays empty.
        while rest.len() < LANES.ilog2() as usize
            && let Some(p) = told.pop()
        {
            rest.push(p);
        }
        Subsets {
            model,
            point,
            compiled,
            players,
            told,
            rest,
        }
    }

    /// The outcomes of every subset, `size` numbers each, by the subset as bits; none where one cannot
    /// be lumped.
    pub(in crate::infer) fn values(&self, size: usize) -> Option<Vec<f64>> {
        let mut values = vec![0.0; size << self.players.len()];
        let told = 0..1usize << self.told.len();
        // Room that was asked for once serves all of a thread's lumped chains.
        let found: Option<Vec<Vec<f64>>> = if self.players.len() < THREADS {
            let mut room = ChainScratch::default();
            told.map(|t| self.of(t, size, &mut room)).collect()
        } else {
            let all = told.into_par_iter();
            all.map_init(ChainScratch::default, |room, t| self.of(t, size, room))
                .collect()
        };
        for (t, found) in found?.iter().enumerate() {
            for (r, found) in found.chunks_exact(size).enumerate() {
                let subset = pick(&self.told, t) | pick(&self.rest, r);
                values[subset * size..][..size].copy_from_slice(found);
            }
        }
        Some(values)
    }

    /// All subsets of the rest beside one of the players told apart.
    fn of(&self, t: usize, size: usize, chain_scratch: &mut ChainScratch) -> Option<Vec<f64>> {
        let silent = |d: usize| {
            let mut told = self.told.iter().enumerate();
            told.any(|(j, &p)| self.players[p] == d && t >> j & 1 == 0)
        };
        let lumped = LumpedChain::new(self.model, &self.compiled.structure, self.point, &silent)?;
        chain_scratch.begin();
        let mut settings = Settings::of(self.point);
        let count = 1usize << self.rest.len();
        let mut out = vec![0.0; count * size];
        for (first, out) in (0..count).step_by(LANES).zip(out.chunks_mut(size * LANES)) {
            // What plays alike in all lanes changes as a counter's bits do.
            let changed = if first == 0 {
                usize::MAX
            } else {
                first ^ (first - LANES)
            };
            for (j, &p) in self.rest.iter().enumerate() {
                for lane in (0..LANES).filter(|_| changed >> j & 1 == 1) {
                    let plays = (first + lane) >> j & 1 == 1;
                    settings.play(self.model, self.point, self.players[p], lane, plays);
                }
            }
            if !lumped.run(self.model, &settings, chain_scratch) {
                return None;
            }
            for (lane, out) in out.chunks_exact_mut(size).enumerate() {
                for (x, found) in out.iter_mut().zip(chain_scratch.found()) {
                    *x = found.to_array()[lane];
                }
            }
        }
        Some(out)
    }
}

/// Bit j of `bits` at place `places[j]`.
fn pick(places: &[usize], bits: usize) -> usize {
    let places = places.iter().enumerate();
    places.fold(0, |all, (j, p)| all | (bits >> j & 1) << p)
}
