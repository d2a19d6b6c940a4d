//! Each driver's share of what all of them do to a verdict that a transform tells, exact for many drivers.
//!
//! In: a plan. Out: the shares (Shapley 1953) by driver, horizon and outcome. A driver's share is the mean over q
//! from 0 to 1 of what it adds where every other one is there with chance q, each on its own (Owen 1972). Under the transform
//! what is there with chance q is a factor like any other: 1 + q·(E[e^{−β·w}] − 1) if it is independent. Over q a rule of Gauss's
//! sums, exactly where there are no more than twice as many drivers as nodes.

mod game;
mod part;
mod round;
#[cfg(test)]
mod tests;

use super::Plan;
use super::grid::{CLOSE, Grid, NEAR, OUTCOMES, Precision};
use super::net::{Net, moment};
use super::ready::{self, Ready, alive, prior, rests};
use super::settled::{self, Who};
use super::transform::classes;
use crate::infer::question::cluster;
use crate::infer::question::pushes::Pushes;
use crate::numeric::legendre::Gauss;
use game::Game;
use round::Round;

/// Nodes of the rules over q that are tried; even, since at ½ a factor may be 0.
const NODES: [usize; 6] = [10, 16, 24, 32, 48, 64];

/// Nodes of the one that tells how many are needed.
const FIRST: usize = 16;

/// Drivers at so many nodes of both rules: a second of the processor.
const MOST: u64 = 1 << 30;

/// Drivers that push together, at most: every set of them counts.
const TOGETHER: usize = 6;

/// Variables that drivers which push together rest on, at most.
const VARIABLES: usize = 8;

/// The drivers of a question made ready.
pub(crate) struct Multilinear<'p> {
    plan: &'p Plan<'p>,
    net: Net,
    classes: Vec<Vec<usize>>,
    players: Vec<usize>,
    groups: Vec<Group>,
    /// How many drivers there are at one node of both rules, with what hangs together for as many as it takes.
    each: u64,
}

/// What pushes together.
#[derive(Debug, Clone)]
struct Group {
    /// The drivers that push.
    drivers: Vec<usize>,
    /// The places of those that may be there or not, rising: they push, or count what does.
    players: Vec<usize>,
    /// The variables of the plan that it rests on.
    vars: Vec<usize>,
}

/// The shares of all drivers.
#[derive(Debug, Clone)]
pub(crate) struct Shared {
    /// The drivers.
    pub(crate) players: Vec<usize>,
    /// By driver, horizon and outcome in the model's order.
    pub(crate) values: Vec<f64>,
}

impl<'p> Multilinear<'p> {
    /// None where the verdict of some of the drivers cannot be transformed, too much pushes together, or it takes long.
    pub(crate) fn new(plan: &'p Plan<'p>) -> Option<Self> {
        if plan.outcomes < 2 || plan.within || plan.conds.len() > 1 {
            return None;
        }
        let classes = classes(plan);
        let is_settled = || settled::settles(plan, &classes, Who::Any);
        if classes.len() > OUTCOMES || plan.model.has_finals() && !is_settled() {
            return None;
        }
        let net = Net::new(plan)?;
        let players = plan.players();
        let groups = groups(plan, &players);
        let is_small =
            |group: &Group| group.players.len() <= TOGETHER && group.vars.len() <= VARIABLES;
        if !groups.iter().all(is_small) {
            return None;
        }
        let mut found = Multilinear {
            plan,
            net,
            classes,
            players,
            groups,
            each: 0,
        };
        found.each = found.each()?;
        found.is_affordable().then_some(found)
    }

    /// How many drivers there are at one node, more or less; none where too much hangs together.
    fn each(&self) -> Option<u64> {
        /// So much more than an independent driver an assignment of what hangs together takes.
        const TIED: u64 = 5;
        let each = self.groups.iter().map(|group| match group.players.len() {
            1 => 1,
            more => TIED << more,
        });
        let pushing = self.groups.iter().map(|group| &group.vars[..]);
        let tree = ready::tree(self.plan, &self.net, pushing)?;
        let mut is_tied: Vec<bool> = tree.buckets.iter().map(|b| b.parent.is_some()).collect();
        for parent in tree.buckets.iter().filter_map(|b| b.parent) {
            is_tied[parent] = true;
        }
        let tied = tree.buckets.iter().zip(is_tied).filter(|b| b.1);
        Some(each.sum::<u64>() + tied.map(|b| TIED * b.0.size as u64).sum::<u64>())
    }

    /// Whether the fewest nodes can be gone through.
    fn is_affordable(&self) -> bool {
        let nodes = Grid::usual(self.classes.len(), NEAR).nodes();
        let rule = self.whole().unwrap_or(NODES[0]) as u64;
        let horizons = self.plan.model.horizons() as u64;
        self.each
            .saturating_mul(nodes)
            .saturating_mul(rule * horizons)
            <= MOST
    }

    /// How many nodes a rule over q has that is exact; none where that is very many.
    fn whole(&self) -> Option<usize> {
        let nodes = self.players.len().div_ceil(2).next_multiple_of(2).max(2);
        (nodes <= FIRST).then_some(nodes)
    }

    /// The shares; none where one may be too far off, or that takes long to find out.
    pub(crate) fn run(&self) -> Option<Shared> {
        let plan = self.plan;
        let (horizons, outcomes) = (plan.model.horizons(), plan.outcomes);
        let mut values = vec![0.0; self.players.len() * horizons * outcomes];
        let mut left = MOST;
        let mut last: Option<(Ready, Vec<[f64; OUTCOMES]>)> = None;
        for h in 1..=horizons {
            let ready = self.ready(h)?;
            if ready.mass <= 0.0 {
                return None;
            }
            let known = last.take().filter(|(before, _)| ready.is_like(before));
            let shares = match known {
                Some((_, shares)) => shares,
                None => self.at(&ready, h, &mut left)?,
            };
            for (p, shares) in shares.iter().enumerate() {
                for (class, share) in self.classes.iter().zip(shares) {
                    let whole = prior(plan, class, h);
                    for &o in class.iter().filter(|_| whole > 0.0) {
                        values[(p * horizons + h - 1) * outcomes + o] =
                            share * plan.numbers.prior_at(o, h) / whole;
                    }
                }
            }
            last = Some((ready, shares));
        }
        let players = self.players.clone();
        Some(Shared { players, values })
    }

    /// By driver and class at one horizon; `left` are the drivers at nodes that may still be gone through.
    fn at(&self, ready: &Ready, h: usize, left: &mut u64) -> Option<Vec<[f64; OUTCOMES]>> {
        let alive = alive(self.plan, &self.classes, h);
        let mut shares = |nodes: usize, precision: Precision| {
            let gauss = Gauss::new(nodes);
            let game = Game::new(ready, &self.groups, self.classes.len(), &gauss);
            let rounds = round::rounds(&game, &alive, precision)?;
            let count: u64 = rounds.iter().map(Round::nodes).sum();
            *left = left.checked_sub(count.saturating_mul(self.each * nodes as u64))?;
            let error: f64 = rounds.iter().map(Round::error).sum();
            (error <= precision.wanted).then(|| round::shares(&rounds, self.players.len()))
        };
        if let Some(nodes) = self.whole() {
            return Some(shares(nodes, NEAR)?.shares);
        }
        let needed = shares(FIRST, CLOSE)?.needed(FIRST, NEAR.wanted);
        for nodes in NODES.into_iter().filter(|nodes| *nodes as f64 >= needed) {
            let found = shares(nodes, NEAR)?;
            if found.missed() <= NEAR.wanted {
                return Some(found.shares);
            }
        }
        None
    }

    /// With W by class of each set of a group's players, one after another.
    fn ready(&self, h: usize) -> Option<Ready> {
        let plan = self.plan;
        let mut pushes = Pushes::new(plan);
        let mut log = vec![0.0; plan.outcomes];
        let pushing: Vec<&[usize]> = self.groups.iter().map(|g| &g.vars[..]).collect();
        let row = |group: usize, bits: &[bool]| {
            let Group {
                drivers, players, ..
            } = &self.groups[group];
            let at = moment(bits, false);
            let mut row = Vec::with_capacity(self.classes.len() << players.len());
            for set in 0..1usize << players.len() {
                let plays = |d: usize| {
                    let place = players.iter().position(|p| self.players[*p] == d);
                    place.is_some_and(|place| set >> place & 1 == 1)
                };
                let pushing = |d: usize| drivers.contains(&d) && plays(d);
                pushes.of(plan, h, &at, (&pushing, &plays), &mut log);
                row.extend(self.classes.iter().map(|class| log[class[0]]));
            }
            row
        };
        let own = (plan, &self.net);
        Ready::new(
            own,
            (h, plan.conds.first().map(|cond| (h, cond))),
            &self.classes,
            &pushing,
            row,
        )
    }
}

/// What pushes together: what overlaps, with the changes that count it; and what shares one of these.
fn groups(plan: &Plan<'_>, players: &[usize]) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for drivers in cluster::clusters(plan.model, &plan.pushers) {
        let mut group = Group {
            players: Vec::new(),
            vars: Vec::new(),
            drivers,
        };
        for &d in &group.drivers {
            let counts = plan.model.drivers[d].counted.iter().map(|c| c.0);
            let members = counts.chain([d]);
            group
                .players
                .extend(members.flat_map(|m| players.binary_search(&m)));
        }
        let shares = |a: &Group, b: &Group| a.players.iter().any(|p| b.players.contains(p));
        while let Some(place) = groups.iter().position(|other| shares(other, &group)) {
            let other = groups.remove(place);
            group.drivers.extend(other.drivers);
            group.players.extend(other.players);
        }
        for list in [&mut group.drivers, &mut group.players] {
            list.sort_unstable();
            list.dedup();
        }
        group.vars = rests(plan, &group.drivers);
        groups.push(group);
    }
    groups
}
