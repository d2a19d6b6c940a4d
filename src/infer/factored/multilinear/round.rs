//! The sum over the transform's nodes of what each driver adds.
//!
//! In: a game, and the classes of outcomes that are possible. Out: the shares, and how far off they may be. Nodes around one outcome
//! serve all, as for the verdict.

use super::game::Game;
use super::part::{self, Part, Work};
use crate::infer::factored::gamma::Complex;
use crate::infer::factored::grid::{Gammas, Grid, OUTCOMES, Precision};
use crate::infer::factored::turns::{Push, Turns};
use crate::parallel::*;
use assess_lanes::LANES;
use assess_lanes::complex::{Row, Turned};
use assess_lanes::mixed::Mixed;

/// Rows of nodes that one thread adds up.
const ROWS: usize = 4;

/// What all drivers add.
pub(super) struct Found {
    /// By driver and class.
    pub(super) shares: Vec<[f64; OUTCOMES]>,
    /// The largest of them, and the largest last coefficient that the rule over q tells.
    largest: [f64; 2],
}

impl Found {
    /// How far off one may be by the rule: coefficients that fall by like shares are as much smaller at twice their place as they
    /// are at it.
    pub(super) fn missed(&self) -> f64 {
        let [size, last] = self.largest;
        if last == 0.0 {
            0.0
        } else {
            last * (last / size).min(1.0)
        }
    }

    /// How many nodes a rule needs that misses by no more than is `wanted`, told how many this one has.
    pub(super) fn needed(&self, nodes: usize, wanted: f64) -> f64 {
        let [size, last] = self.largest;
        let falls = |to: f64| -libm::log((to / size).min(1.0));
        match last == 0.0 {
            true => 0.0,
            false => nodes as f64 / 2.0 * falls(wanted) / falls(last),
        }
    }
}

/// By class what is added, and the last coefficient that the rule tells of it.
pub(super) type Sum = [[f64; OUTCOMES]; 2];

/// The nodes around one class after another, each left out once it has its share; none where pushes are too large.
pub(super) fn rounds<'r>(
    game: &'r Game<'r>,
    alive: &[usize],
    precision: Precision,
) -> Option<Vec<Round<'r>>> {
    let (mut rounds, mut left) = (Vec::new(), alive.to_vec());
    while left.len() > 1 {
        let grid = Grid::choose(game, &left, precision)?;
        let around = grid.around;
        rounds.push(Round::new(game, left.clone(), grid));
        left.remove(around);
    }
    Some(rounds)
}

/// The shares of so many drivers.
pub(super) fn shares(rounds: &[Round<'_>], players: usize) -> Found {
    let mut sums: Vec<Sum> = vec![[[0.0; OUTCOMES]; 2]; players];
    for round in rounds {
        for (sums, own) in sums.iter_mut().zip(round.sums(players)) {
            for (sum, own) in sums.iter_mut().zip(own) {
                for (class, x) in round.classes.iter().zip(own) {
                    sum[*class] += x;
                }
            }
        }
    }
    let largest = |which: usize| {
        let all = sums.iter().flat_map(|sum| sum[which]);
        all.fold(0.0, |most: f64, x| most.max(x.abs()))
    };
    Found {
        largest: [0, 1].map(largest),
        shares: sums.into_iter().map(|sum| sum[0]).collect(),
    }
}

/// The nodes around one outcome, with all that is the same in every row of them.
pub(super) struct Round<'r> {
    pub(super) game: &'r Game<'r>,
    classes: Vec<usize>,
    pub(super) grid: Grid,
    /// All outer nodes with their first inner one and how many there are.
    rows: Vec<(Vec<i64>, i64, usize)>,
    gammas: Gammas,
    pub(super) turns: Turns,
    /// By table the pushes that there are; what pushes everywhere.
    pub(super) pushes: Vec<Vec<Push>>,
    everywhere: Push,
    alone: Vec<Alone>,
    parts: Vec<Part>,
    /// What stands before all products.
    scale: f64,
}

/// Drivers that push alike, each on its own.
struct Alone {
    players: Vec<usize>,
    /// How likely each is to push.
    share: f64,
    /// The table and push of the first.
    push: (usize, usize),
}

/// Buffers.
#[derive(Default)]
struct Buffers {
    product: Row,
    over: Row,
    mixed: Mixed,
    work: Work,
}

impl<'r> Round<'r> {
    fn new(game: &'r Game<'r>, classes: Vec<usize>, grid: Grid) -> Round<'r> {
        let ready = game.ready;
        let mut turns = Turns::new(&grid);
        let mut of = |w: &Vec<f64>| turns.push(&grid, &classes, w);
        let everywhere = of(&ready.constant);
        let tables = game.tables.iter();
        let pushes: Vec<Vec<Push>> = tables
            .map(|t| t.pushes.iter().map(&mut of).collect())
            .collect();
        let (mut alone, mut parts): (Vec<Alone>, Vec<Part>) = (Vec::new(), Vec::new());
        let mut scale = grid.scale() / ready.mass;
        for part in part::all(game) {
            match part.alone(game, &pushes) {
                part::Kind::Real(mass) => scale *= mass,
                part::Kind::Alone { mass, share, push } => {
                    scale *= mass;
                    let table = &game.tables[push.0];
                    let alike = |own: &&mut Alone| {
                        let other = &game.tables[own.push.0];
                        own.share == share && other.pushes[own.push.1] == table.pushes[push.1]
                    };
                    match alone.iter_mut().find(alike) {
                        Some(own) => own.players.extend(&table.players),
                        None => alone.push(Alone {
                            players: table.players.clone(),
                            share,
                            push,
                        }),
                    }
                }
                part::Kind::Tied => parts.push(part),
            }
        }
        Round {
            gammas: Gammas::new(&grid),
            rows: grid.rows(),
            game,
            classes,
            grid,
            turns,
            pushes,
            everywhere,
            alone,
            parts,
            scale,
        }
    }

    /// How many nodes there are.
    pub(super) fn nodes(&self) -> u64 {
        self.rows.iter().map(|row| row.2 as u64).sum()
    }

    /// How far off a share may be: with a driver and without it.
    pub(super) fn error(&self) -> f64 {
        2.0 * self.grid.error
    }

    /// What is added, by each of so many drivers.
    fn sums(&self, players: usize) -> Vec<Sum> {
        let none: Vec<Sum> = vec![[[0.0; OUTCOMES]; 2]; players];
        let add = |buffers: &mut Buffers, rows: &[(Vec<i64>, i64, usize)]| {
            let mut sums = none.clone();
            for (outer, first, length) in rows {
                self.row(outer, (*first, *length), buffers, &mut sums);
            }
            sums
        };
        let parts = self.rows.par_chunks(ROWS);
        let parts: Vec<Vec<Sum>> = parts.map_init(Buffers::default, add).collect();
        let mut all = none;
        for part in parts {
            let each = all.iter_mut().flatten().flatten();
            for (sum, x) in each.zip(part.iter().flatten().flatten()) {
                *sum += x;
            }
        }
        all
    }

    fn row(
        &self,
        outer: &[i64],
        (first, length): (i64, usize),
        buffers: &mut Buffers,
        sums: &mut [Sum],
    ) {
        let Buffers {
            product,
            over,
            mixed,
            work,
        } = buffers;
        let gauss = self.game.gauss;
        let losses = |[whole, re, im]: [f64; 3]| self.grid.losses(outer, (whole, (re, im)), None);
        let from = (first + self.grid.most) as usize;
        product.fill(length, (0.0, 0.0));
        self.gammas.kernel(&self.grid, outer, first, product);
        let base = self.turns.base(&self.everywhere, outer);
        let always = self
            .turns
            .turned((0.0, self.scale), &self.everywhere, base, from);
        product.multiply_turned(&[always], &(0..length));
        self.over(outer, first, length, over);
        mixed.fill(&gauss.nodes, product);
        let turned = |alone: &Alone| {
            let (table, push) = alone.push;
            let push = &self.pushes[table][push];
            let base = self.turns.base(push, outer);
            self.turns
                .turned((-alone.share, alone.share), push, base, from)
        };
        let turned: Vec<(Turned<'_>, usize)> = self
            .alone
            .iter()
            .map(|a| (turned(a), a.players.len()))
            .collect();
        mixed.multiply(&turned);
        if !self.parts.is_empty() {
            work.read(self, &self.parts, outer, (from, length));
            for (node, weights) in gauss.weights.iter().enumerate() {
                work.go_up(self, &self.parts, node);
                for part in &work.wholes {
                    mixed.multiply_row(node, part);
                }
                mixed.row(node, product);
                work.go_down(self, &self.parts, node, product, &mut |player, added| {
                    let sum = losses(total(added, over));
                    for (own, weight) in sums[player].iter_mut().zip(weights) {
                        own.iter_mut()
                            .zip(sum)
                            .for_each(|(own, x)| *own += weight * x);
                    }
                });
            }
        }
        for (alone, (turned, _)) in self.alone.iter().zip(&turned) {
            let added = mixed.added(&gauss.weights, turned, over);
            for (w, added) in added.into_iter().enumerate() {
                let sum = losses(added);
                for player in &alone.players {
                    let own = sums[*player][w].iter_mut();
                    own.zip(sum).for_each(|(own, x)| *own += x);
                }
            }
        }
    }

    /// 1/β of the outcome around which nodes stand, as far as eight places at once reach.
    fn over(&self, outer: &[i64], first: i64, length: usize, over: &mut Row) {
        over.fill(length.next_multiple_of(LANES), (0.0, 0.0));
        let outside: i64 = outer.iter().sum();
        let Grid {
            dims, step, alpha, ..
        } = self.grid;
        for i in 0..length {
            let m = first + i as i64;
            let (re, im): Complex = (-(dims as f64) * alpha, -((outside + m) as f64) * step);
            let square = re * re + im * im;
            (over.re[i], over.im[i]) = (re / square, -im / square);
        }
    }
}

/// Σ of the real parts, and of both parts over another row.
fn total(added: &Row, over: &Row) -> [f64; 3] {
    let mut sum = [0.0; 3];
    for i in 0..added.re.len() {
        let (x, y) = (added.re[i], added.im[i]);
        let (u, v) = (over.re[i], over.im[i]);
        sum[0] += x;
        sum[1] += x * u - y * v;
        sum[2] += x * v + y * u;
    }
    sum
}
