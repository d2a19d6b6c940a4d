//! Contributions where the verdict is sampled.
//!
//! In: a plan. Out: each driver's share of verdict minus prior, with its standard error, and how hard
//! it pushes. In each history the drivers come in an order of their own and in its reverse; what one
//! adds to those before it is its share there, so that the shares sum to what the history shows, and
//! over all histories to the sampled verdict minus the prior (Castro, Gómez and Tejada 2009).

use super::course::{Rests, moment};
use super::joined::Joined;
use crate::infer::question::outcomes::{Shares, Sink};
use crate::infer::question::plan::{Moment, Plan};
use crate::infer::question::pushes::Pushes;
use crate::infer::question::steady::{Chunk, Priors, cap, go_on};
use crate::numeric::orders::shuffle;
use chacha20::ChaCha8Rng;
use chacha20::rand_core::SeedableRng;

/// Streams from here on are the orders'.
const STREAMS: u64 = 1 << 49;

/// What the drivers' shares and pushes come to.
#[derive(Debug, Clone)]
pub(crate) struct SampledContributions {
    /// The drivers, as players.
    pub(crate) players: Vec<usize>,
    /// Each player's share, by player, horizon and outcome in the model's order.
    pub(crate) values: Vec<f64>,
    /// Their standard errors.
    pub(crate) errors: Vec<f64>,
    /// The push after counts and overlap where it pushes, by driver, horizon and outcome.
    pub(crate) pushes: Vec<f64>,
    /// The same before overlap.
    pub(crate) counted: Vec<f64>,
    /// Over how many histories.
    pub(crate) samples: u64,
    /// Whether what they lean on comes out exactly.
    pub(crate) is_exact: bool,
}

/// Sums over histories, and buffers.
pub(super) struct OrderSums {
    players: Vec<usize>,
    horizons: usize,
    outcomes: usize,
    /// By history the order of the players.
    orders: Vec<Vec<usize>>,
    shares: Shares,
    priors: Priors,
    chunk: Chunk,
    pushes: Pushes,
    rests: Rests,
    /// By history, then by number of players: what is open, then what has ended in each final outcome; then the
    /// same on average over what passed.
    open: Vec<Vec<[Vec<f64>; 2]>>,
    ones: Vec<f64>,
    rows: Vec<f64>,
    scratch: Vec<f64>,
    joined: Joined,
    out: Vec<f64>,
    log: Vec<f64>,
    added: Vec<f64>,
    playing: Vec<bool>,
    /// By horizon: Σ w, Σ w².
    weights: Vec<[f64; 2]>,
    /// By player, horizon and outcome: Σ wy, Σ (wy)², Σ w²y.
    sums: Vec<[f64; 3]>,
    /// By driver and horizon: Σ w where it pushes.
    held: Vec<f64>,
    /// By driver, horizon and outcome: Σ w·push, after all and before overlap.
    pushed: Vec<[f64; 2]>,
}

impl OrderSums {
    pub(super) fn new(plan: &Plan<'_>, players: Vec<usize>, width: usize) -> OrderSums {
        let (horizons, outcomes) = (plan.model.horizons(), plan.outcomes);
        let (n, drivers) = (players.len(), plan.model.drivers.len());
        let columns = 2 * (n + 1);
        let finals = outcomes - plan.model.open;
        OrderSums {
            horizons,
            outcomes,
            orders: vec![(0..n).collect(); width],
            shares: Shares::default(),
            pushes: Pushes::new(plan),
            priors: Priors::default(),
            chunk: Chunk::default(),
            rests: Rests::new(plan),
            open: vec![vec![[vec![0.0; 1 + finals], vec![0.0; 1 + finals]]; columns]; width],
            ones: vec![1.0; columns],
            rows: vec![0.0; outcomes * columns],
            scratch: Vec::new(),
            joined: Joined::new(plan, &players),
            out: vec![0.0; outcomes * columns],
            log: vec![0.0; outcomes],
            added: vec![0.0; n * outcomes],
            playing: vec![false; drivers],
            weights: vec![[0.0; 2]; horizons],
            sums: vec![[0.0; 3]; n * horizons * outcomes],
            held: vec![0.0; drivers * horizons],
            pushed: vec![[0.0; 2]; drivers * horizons * outcomes],
            players,
        }
    }

    pub(super) fn players(&self) -> &[usize] {
        &self.players
    }

    pub(super) fn len(&self) -> usize {
        3 * self.sums.len() + 2 * self.pushed.len()
    }

    pub(super) fn add(&mut self, other: &OrderSums) {
        fn each<const N: usize>(sums: &mut [[f64; N]], others: &[[f64; N]]) {
            for (sum, x) in sums.iter_mut().flatten().zip(others.iter().flatten()) {
                *sum += x;
            }
        }
        each(&mut self.weights, &other.weights);
        each(&mut self.sums, &other.sums);
        each(&mut self.pushed, &other.pushed);
        for (sum, x) in self.held.iter_mut().zip(&other.held) {
            *sum += x;
        }
    }

    /// Draws the orders of a block of histories.
    pub(super) fn shuffle(&mut self, seed: u64, stream: u64) {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        rng.set_stream(STREAMS + stream);
        for order in &mut self.orders {
            shuffle(order, &mut rng);
        }
        for open in self.open.iter_mut().flatten().flatten() {
            open.fill(0.0);
            open[0] = 1.0;
        }
        self.shares = Shares::default();
    }

    /// How many histories can be followed in a second or two.
    pub(super) fn affordable(&self, plan: &Plan<'_>) -> u64 {
        /// Pushes that are added in all, more or less.
        const STEPS: u64 = 1 << 29;
        let states = match plan.finals() > 0 && self.horizons > 1 {
            true => 1 + self.rests.combinations(),
            false => 1,
        };
        let each = self.joined.steps() * states * self.ones.len() * self.horizons;
        STEPS / (each as u64).max(1)
    }

    /// Reads the numbers of a horizon.
    pub(super) fn turn(&mut self, plan: &Plan<'_>, h: usize) {
        self.joined.turn(plan, h, &self.players);
        match plan.finals() {
            0 => self.shares.read(plan.model, plan.numbers, h),
            _ => self.priors.read(plan.model, plan.numbers, h),
        }
    }

    /// Takes one history on to the end of a horizon, and adds what it shows if it counts.
    /// `whole` is what the history itself shows: all players play in it.
    pub(super) fn add_shares(
        &mut self,
        plan: &Plan<'_>,
        i: usize,
        (h, at): (usize, &Moment<'_>),
        whole: impl Fn(usize) -> f64,
        w: f64,
    ) {
        let mut rows = std::mem::take(&mut self.rows);
        self.fill(plan, i, h, at, &mut rows);
        self.rows = rows;
        let columns = self.ones.len();
        if plan.finals() > 0 {
            self.weigh(plan, i, h, at);
        } else {
            let mut sink = Sink::Rows(&mut self.out);
            self.shares.block(&mut self.rows, &self.ones, &mut sink);
        }
        if w == 0.0 {
            return;
        }
        for (o, row) in self.out.chunks_exact_mut(columns).enumerate() {
            row[columns / 2 - 1] = whole(o);
            row[columns - 1] = whole(o);
        }
        let (n, outcomes) = (self.players.len(), self.outcomes);
        self.added.fill(0.0);
        for (start, reverse) in [(0, false), (n + 1, true)] {
            for j in 0..n {
                let p = self.orders[i][if reverse { n - 1 - j } else { j }];
                for o in 0..outcomes {
                    let at = o * columns + start + j;
                    self.added[p * outcomes + o] += (self.out[at + 1] - self.out[at]) / 2.0;
                }
            }
        }
        self.weights[h - 1][0] += w;
        self.weights[h - 1][1] += w * w;
        for p in 0..n {
            for o in 0..outcomes {
                let y = self.added[p * outcomes + o];
                let sums = &mut self.sums[(p * self.horizons + h - 1) * outcomes + o];
                sums[0] += w * y;
                sums[1] += w * y * w * y;
                sums[2] += w * w * y;
            }
        }
        let (held, pushed, horizons) = (&mut self.held, &mut self.pushed, self.horizons);
        self.pushes
            .each(plan, h, at, &mut |driver, o, counted, push| {
                let place = driver * horizons + h - 1;
                let Some(o) = o else {
                    held[place] += w;
                    return;
                };
                let sums = &mut pushed[place * outcomes + o];
                sums[0] += w * push;
                sums[1] += w * counted;
            });
    }

    /// The outcomes where some are final: every number of players stands for itself.
    fn weigh(&mut self, plan: &Plan<'_>, i: usize, h: usize, at: &Moment<'_>) {
        let (columns, outcomes) = (self.ones.len(), self.outcomes);
        let open = plan.model.open;
        let mut chunk = std::mem::take(&mut self.chunk);
        let steady = |chunk: &mut Chunk, priors: &Priors| {
            chunk.fill(priors, outcomes);
            let step = chunk.before.len();
            (chunk.before.clone(), chunk.ways[..step].to_vec())
        };
        let states = match plan.model.horizons() {
            1 => Vec::new(),
            _ => self.rests.states(plan, h, at.bits),
        };
        let mut average = None;
        if states.len() > 1 {
            chunk.reset(columns, states.len(), outcomes);
            for (p, (bits, share)) in states.iter().enumerate() {
                let mut rows = std::mem::take(&mut self.scratch);
                rows.resize(outcomes * columns, 0.0);
                self.fill(plan, i, h, &moment(bits), &mut rows);
                chunk.place(p, &rows);
                chunk.passing[p * columns..][..columns].fill(*share);
                self.scratch = rows;
            }
            let (before, _) = steady(&mut chunk, &self.priors);
            average = Some((before, chunk.mean().to_vec()));
        }
        chunk.reset(columns, 1, outcomes);
        chunk.rows.copy_from_slice(&self.rows);
        chunk.passing.fill(1.0);
        let (before, ways) = steady(&mut chunk, &self.priors);
        let (before, mean) = average.unwrap_or_else(|| (before, ways.clone()));
        let mut at_once = vec![0.0; 1 + plan.finals()];
        for (c, [own, all]) in self.open[i].iter_mut().enumerate() {
            let at = |list: &[f64]| -> Vec<f64> {
                (0..own.len()).map(|a| list[a * columns + c]).collect()
            };
            let (before, ways, mean) = (at(&before), at(&ways), at(&mean));
            if cap(&before, all, 1.0, &mut at_once) {
                go_on(own, &at_once, 1);
                go_on(all, &at_once, 1);
            }
            go_on(own, &ways, 1);
            go_on(all, &mean, 1);
            for o in 0..open {
                let share = chunk.share(&self.priors, 0, o, c);
                self.out[o * columns + c] = own[0] * share;
            }
            for (a, ended) in own[1..].iter().enumerate() {
                self.out[(open + a) * columns + c] = *ended;
            }
        }
        self.chunk = chunk;
    }

    /// e^W for every number of players, up to one factor each, in both orders.
    fn fill(&mut self, plan: &Plan<'_>, i: usize, h: usize, at: &Moment<'_>, rows: &mut [f64]) {
        let (n, columns) = (self.players.len(), self.ones.len());
        for (start, reverse) in [(0, false), (n + 1, true)] {
            self.playing.fill(false);
            self.joined.reset();
            self.joined.put(rows, columns, start);
            for j in 1..=n {
                let p = self.orders[i][if reverse { n - j } else { j - 1 }];
                let driver = self.players[p];
                self.playing[driver] = true;
                // What does not hold changes nothing.
                if plan.acts(driver, at) && !self.joined.join(p) {
                    let (playing, players) = (&self.playing, &self.players);
                    let apart = |d: usize| {
                        let place = players.binary_search(&d);
                        playing[d] && place.is_ok_and(|p| !self.joined.is_alone(p))
                    };
                    self.pushes.sum(plan, h, at, apart, &mut self.log);
                    self.joined.beside(&self.log);
                }
                self.joined.put(rows, columns, start + j);
            }
        }
    }

    /// Means and their errors.
    pub(super) fn settle(self) -> SampledContributions {
        let each = self.sums.iter().enumerate();
        let (values, errors) = each
            .map(|(place, sums)| {
                let [w, ww] = self.weights[place / self.outcomes % self.horizons];
                let mean = sums[0] / w;
                let squares = sums[1] - 2.0 * mean * sums[2] + mean * mean * ww;
                let effective = w * w / ww;
                let small = (effective / (effective - 1.0)).max(1.0);
                (mean, (squares.max(0.0) * small).sqrt() / w)
            })
            .unzip();
        let push = |which: usize| {
            let each = self.pushed.iter().enumerate();
            each.map(|(place, sums)| match self.held[place / self.outcomes] {
                held if held > 0.0 => sums[which] / held,
                _ => f64::NAN,
            })
            .collect()
        };
        SampledContributions {
            values,
            errors,
            pushes: push(0),
            counted: push(1),
            samples: 0,
            is_exact: false,
            players: self.players,
        }
    }
}
