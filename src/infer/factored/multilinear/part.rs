//! What hangs together, apart from all else: from what each of its tables is at a row of nodes to what each of its drivers adds.
//!
//! In: a game. Out: its parts; and of those that neither are numbers nor hang on one driver alone their product up the tree of
//! buckets, then back down what it changes with each table's places, as derivatives are had in reverse (Darwiche 2003).

use super::game::Game;
use super::round::Round;
use crate::infer::factored::turns::Push;
use assess_lanes::complex::Row;
use std::ops::Range;

/// Buckets and tables that hang together.
pub(super) struct Part {
    /// In the order in which they are emptied, so that the last one is the root; none where a table rests on nothing.
    buckets: Vec<usize>,
    /// The tables with pushes.
    tables: Vec<usize>,
}

/// What a part is made of.
pub(super) enum Kind {
    /// Nothing pushes in it.
    Real(f64),
    /// One driver pushes, in one way.
    Alone {
        /// What all of it comes to where nothing pushes.
        mass: f64,
        /// The share of it in which the driver pushes.
        share: f64,
        /// Its table, and the push there.
        push: (usize, usize),
    },
    /// Anything else.
    Tied,
}

/// All parts.
pub(super) fn all(game: &Game<'_>) -> Vec<Part> {
    let ready = game.ready;
    let buckets = &ready.tree.buckets;
    let mut part_of = vec![0; buckets.len()];
    let mut parts: Vec<Part> = Vec::new();
    // Parents come after their children.
    for (b, bucket) in buckets.iter().enumerate().rev() {
        part_of[b] = bucket.parent.map_or(parts.len(), |parent| part_of[parent]);
        if bucket.parent.is_none() {
            parts.push(Part {
                buckets: Vec::new(),
                tables: Vec::new(),
            });
        }
        parts[part_of[b]].buckets.push(b);
    }
    for part in &mut parts {
        part.buckets.reverse();
    }
    for (t, table) in ready.pushed.iter().enumerate() {
        parts[part_of[table.home]].tables.push(t);
    }
    parts.extend((ready.pushed.len()..game.tables.len()).map(|t| Part {
        buckets: Vec::new(),
        tables: vec![t],
    }));
    parts
}

impl Part {
    /// What it is made of, told the pushes of all tables.
    pub(super) fn alone(&self, game: &Game<'_>, pushes: &[Vec<Push>]) -> Kind {
        let ready = game.ready;
        let is_still = |t: usize, push: usize| pushes[t][push].turns.is_empty();
        let moving = |t: &&usize| {
            let all = game.tables[**t].sets.iter().flatten();
            all.clone().any(|push| !is_still(**t, *push))
        };
        let moving: Vec<usize> = self.tables.iter().filter(moving).copied().collect();
        let [t] = moving[..] else {
            let mass = |root: &usize| game.masses[*root][0];
            return match moving.is_empty() {
                true => Kind::Real(self.buckets.last().map_or(1.0, mass)),
                false => Kind::Tied,
            };
        };
        let table = &game.tables[t];
        let ([_], [] | [_]) = (&table.players[..], &self.buckets[..]) else {
            return Kind::Tied;
        };
        let real = self.buckets.first().map_or(&[1.0][..], |b| &ready.real[*b]);
        let at = ready.pushed.get(t).map_or(&[0][..], |pushed| &pushed.at);
        let (mut still, mut share, mut one) = (0.0, 0.0, None);
        for (p, place) in real.iter().zip(at) {
            let push = table.sets[*place as usize][1];
            if is_still(t, push) {
                still += p;
                continue;
            }
            if one.is_some_and(|one| one != push) {
                return Kind::Tied;
            }
            (share, one) = (share + p, Some(push));
        }
        let mass = still + share;
        Kind::Alone {
            mass,
            share: share / mass,
            push: (t, one.unwrap_or_default()),
        }
    }
}

/// Buffers of one row of nodes.
#[derive(Default)]
pub(super) struct Work {
    length: usize,
    /// By table and push what it makes of the row, without and with the turns of the inner outcome.
    turned: Vec<Vec<Row>>,
    /// By table and place its factor.
    factors: Vec<Vec<Row>>,
    /// By bucket what it hands up, and what comes back.
    up: Vec<Vec<Row>>,
    down: Vec<Vec<Row>>,
    /// By part what it comes to.
    pub(super) wholes: Vec<Row>,
}

impl Work {
    fn all(&self) -> Range<usize> {
        0..self.length
    }

    fn zero(&self) -> Row {
        let mut row = Row::default();
        row.fill(self.length, (0.0, 0.0));
        row
    }

    fn zeros(&self, count: usize) -> Vec<Row> {
        vec![self.zero(); count]
    }

    /// Reads what pushes make of a row of nodes.
    pub(super) fn read(
        &mut self,
        round: &Round<'_>,
        parts: &[Part],
        outer: &[i64],
        (from, length): (usize, usize),
    ) {
        self.length = length;
        let game = round.game;
        self.turned.resize_with(game.tables.len(), Vec::new);
        self.factors.resize_with(game.tables.len(), Vec::new);
        self.up.resize_with(game.ready.tree.buckets.len(), Vec::new);
        self.down
            .resize_with(game.ready.tree.buckets.len(), Vec::new);
        for &t in parts.iter().flat_map(|part| &part.tables) {
            let each = round.pushes[t].iter().map(|push| {
                let base = round.turns.base(push, outer);
                let mut row = Row::default();
                match round.turns.inner(push) {
                    None => row.fill(length, base),
                    Some(turns) => {
                        row.fill(length, (0.0, 0.0));
                        row.add_times(base, turns, from, &(0..length));
                    }
                }
                row
            });
            self.turned[t] = each.collect();
        }
    }

    /// Everything up to the roots, at one node of the rule over q.
    pub(super) fn go_up(&mut self, round: &Round<'_>, parts: &[Part], node: usize) {
        let game = round.game;
        let ready = game.ready;
        self.wholes.clear();
        for part in parts {
            for &t in &part.tables {
                let place = |present: &Vec<f64>| self.mixed(t, present);
                self.factors[t] = game.tables[t].present[node].iter().map(place).collect();
            }
            for &b in &part.buckets {
                let bucket = &ready.tree.buckets[b];
                let mut out = self.zeros(bucket.outs);
                for (assignment, share) in ready.real[b].iter().enumerate() {
                    if *share != 0.0 {
                        let whole = self.product(game, (b, assignment, *share), None, None);
                        let to = &mut out[bucket.out[assignment] as usize];
                        to.add_times((1.0, 0.0), &whole, 0, &self.all());
                    }
                }
                self.up[b] = out;
            }
            let whole = match part.buckets.last() {
                Some(root) => &self.up[*root][0],
                None => &self.factors[part.tables[0]][0],
            };
            self.wholes.push(whole.clone());
        }
    }

    /// What each driver adds, told the product of all parts.
    pub(super) fn go_down(
        &mut self,
        round: &Round<'_>,
        parts: &[Part],
        node: usize,
        product: &Row,
        added: &mut dyn FnMut(usize, &Row),
    ) {
        let game = round.game;
        let ready = game.ready;
        for (p, part) in parts.iter().enumerate() {
            let rest = divided(product, &self.wholes[p]);
            // By table and place what all of it changes by.
            let mut by_place: Vec<Vec<Row>> = part
                .tables
                .iter()
                .map(|t| self.zeros(self.factors[*t].len()))
                .collect();
            if part.buckets.is_empty() {
                by_place[0][0] = rest.clone();
            }
            for &b in &part.buckets {
                self.down[b] = self.zeros(ready.tree.buckets[b].outs);
            }
            if let Some(root) = part.buckets.last() {
                self.down[*root][0] = rest;
            }
            for &b in part.buckets.iter().rev() {
                let bucket = &ready.tree.buckets[b];
                let back = std::mem::take(&mut self.down[b]);
                for (assignment, share) in ready.real[b].iter().enumerate() {
                    if *share == 0.0 {
                        continue;
                    }
                    let at = (b, assignment, *share);
                    let back = Some(&back[bucket.out[assignment] as usize]);
                    for (k, t) in ready.own[b].iter().enumerate() {
                        let Some(own) = part.tables.iter().position(|own| own == t) else {
                            continue;
                        };
                        let change = self.product(game, at, back, Some(k));
                        let place = ready.pushed[*t].at[assignment] as usize;
                        by_place[own][place].add_times((1.0, 0.0), &change, 0, &self.all());
                    }
                    for (k, (child, places)) in ready.children[b].iter().enumerate() {
                        let k = ready.own[b].len() + k;
                        let change = self.product(game, at, back, Some(k));
                        let (place, all) = (places[assignment] as usize, self.all());
                        self.down[*child][place].add_times((1.0, 0.0), &change, 0, &all);
                    }
                }
            }
            for (t, changes) in part.tables.iter().zip(&by_place) {
                let table = &game.tables[*t];
                for (j, player) in table.players.iter().enumerate() {
                    let mut sum = self.zero();
                    for (push, turned) in self.turned[*t].iter().enumerate() {
                        let mut parts = self.zero();
                        let mut is_there = false;
                        for (joins, change) in table.joins[node][j].iter().zip(changes) {
                            if joins[push] != 0.0 {
                                is_there = true;
                                parts.add_times((joins[push], 0.0), change, 0, &self.all());
                            }
                        }
                        if is_there {
                            sum.add_product(&parts, (1.0, 0.0), (turned, 0), &self.all());
                        }
                    }
                    added(*player, &sum);
                }
            }
        }
    }

    /// So much of each push of a table.
    fn mixed(&self, t: usize, parts: &[f64]) -> Row {
        let mut row = self.zero();
        for (part, turned) in parts.iter().zip(&self.turned[t]) {
            if *part != 0.0 {
                row.add_times((*part, 0.0), turned, 0, &self.all());
            }
        }
        row
    }

    /// What stands at one assignment of a bucket, times what comes back, but for one of its factors: a table or what a child hands up.
    fn product(
        &self,
        game: &Game<'_>,
        (b, assignment, share): (usize, usize, f64),
        back: Option<&Row>,
        but: Option<usize>,
    ) -> Row {
        let ready = game.ready;
        let tables = ready.own[b].iter().map(|t| {
            let place = ready.pushed[*t].at[assignment] as usize;
            self.factors[*t].get(place)
        });
        let children = ready.children[b].iter().map(|(child, at)| {
            let place = at[assignment] as usize;
            self.up[*child].get(place)
        });
        let factors = tables.chain(children).enumerate();
        let factors = factors.filter(|(k, _)| Some(*k) != but);
        let mut all = factors.filter_map(|(_, row)| row).chain(back);
        let mut out = self.zero();
        let Some(first) = all.next() else {
            out.add((share, 0.0), &self.all());
            return out;
        };
        out.add_times((share, 0.0), first, 0, &self.all());
        all.for_each(|row| out.multiply(row, &self.all()));
        out
    }
}

/// The quotient of two rows; what is divided by is never quite 0.
fn divided(row: &Row, by: &Row) -> Row {
    const LEAST: f64 = 1e-300;
    let mut out = row.clone();
    for i in 0..row.re.len() {
        let (x, y, u, v) = (row.re[i], row.im[i], by.re[i], by.im[i]);
        let square = u * u + v * v + LEAST;
        (out.re[i], out.im[i]) = ((x * u + y * v) / square, (y * u - x * v) / square);
    }
    out
}
