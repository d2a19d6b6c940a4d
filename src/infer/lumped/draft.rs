//! All states of some variables, before they are lumped, and how they lead to each other.
//!
//! In: a shape and its variables. Out: a [`Component`] of as few states as matter.

use super::component::{
    Cell, Component, Move, Phase, Ways, number, place, places, value, value_at,
};
use super::twins::nodes;
use crate::infer::question::shape::{Function, Shape, Stay};

/// Movements are compared with so many settings: what is the same by chance in one of them is not in the other.
const SETTINGS: usize = 2;

/// More states than this are not worth comparing.
const MOST: usize = 64;

/// States before they are lumped.
pub(super) struct Draft<'a> {
    shape: &'a Shape,
    vars: Vec<usize>,
    nodes: Vec<usize>,
    /// Every state that is possible, as bits, rising.
    states: Vec<usize>,
    moves: [Vec<Move>; 3],
    /// By phase and state.
    ways: [Vec<Vec<Way>>; 3],
}

/// A way out of a state: the place of the state that it leads to, and its factors.
type Way = (usize, Factors);

/// The places of a way's factors among the moves' numbers: no more than one a variable.
#[derive(Debug, Clone, Copy, Default)]
struct Factors {
    places: [usize; MOST.ilog2() as usize],
    count: usize,
}

impl Factors {
    fn with(mut self, place: usize) -> Factors {
        self.places[self.count] = place;
        self.count += 1;
        self
    }
}

impl AsRef<[usize]> for Factors {
    fn as_ref(&self) -> &[usize] {
        &self.places[..self.count]
    }
}

impl<'a> Draft<'a> {
    pub(super) fn new(shape: &'a Shape, vars: Vec<usize>) -> Option<Self> {
        if vars.len() > MOST.ilog2() as usize {
            return None;
        }
        let mut draft = Draft {
            shape,
            nodes: nodes(shape, &vars),
            states: Vec::new(),
            moves: Default::default(),
            ways: Default::default(),
            vars,
        };
        let one = |state: &usize| {
            draft
                .nodes
                .iter()
                .all(|&n| draft.held(n, *state).count() < 2)
        };
        draft.states = (0..1usize << draft.vars.len()).filter(one).collect();
        for phase in [Phase::Start, Phase::First, Phase::Later] {
            for place in 0..draft.states.len() {
                let ways = draft.leave(phase, draft.states[place]);
                draft.ways[phase as usize].push(ways);
            }
        }
        Some(draft)
    }

    fn bit(&self, var: usize) -> usize {
        1 << self.vars.binary_search(&var).unwrap_or(0)
    }

    /// The bits of a node that are set.
    fn held(&self, node: usize, state: usize) -> impl Iterator<Item = usize> {
        let members = self.shape.nodes[node].members.iter();
        members
            .map(|m| self.bit(m.var))
            .filter(move |bit| state & bit != 0)
    }

    /// All ways out of a state, node by node, parents first.
    fn leave(&mut self, phase: Phase, state: usize) -> Vec<Way> {
        // Before time 0 nothing holds.
        if phase == Phase::Start && state != 0 {
            return Vec::new();
        }
        let shape = self.shape;
        let mut ways: Vec<Way> = vec![(0, Factors::default())];
        let mut next: Vec<Way> = Vec::new();
        for i in 0..self.nodes.len() {
            let n = self.nodes[i];
            let node = &shape.nodes[n];
            let passing = node.stay == Stay::Passing;
            let held = self.held(n, state).next().filter(|_| !passing);
            next.clear();
            for &(bits, factors) in &ways {
                // At time 0 nothing passing holds.
                if let (true, _) | (_, Some(_)) = (passing && phase == Phase::Start, held) {
                    next.push((bits | held.unwrap_or(0), factors));
                    continue;
                }
                let (before, now) = match phase {
                    Phase::Start => (None, &node.rows_now),
                    Phase::First => (Some(&node.rows_now), &node.rows),
                    Phase::Later => (Some(&node.rows), &node.rows),
                };
                let new = usize::from(value(&self.vars, now, bits));
                let old = before.filter(|_| !passing);
                let old = old.map_or(new, |rows| usize::from(value(&self.vars, rows, state)));
                let moves = &mut self.moves[phase as usize];
                let first = place(moves, shape, n, (old, new));
                for (m, member) in node.members.iter().enumerate() {
                    next.push((bits | self.bit(member.var), factors.with(first + 1 + m)));
                }
                next.push((bits, factors.with(first)));
            }
            std::mem::swap(&mut ways, &mut next);
        }
        let place = |bits: usize| self.states.binary_search(&bits).unwrap_or(0);
        ways.into_iter()
            .map(|(bits, factors)| (place(bits), factors))
            .collect()
    }

    pub(super) fn lump(self, asked: &[Function]) -> Component {
        // State by state what is asked of it.
        let places: Vec<Vec<usize>> = asked.iter().map(|f| places(&self.vars, f)).collect();
        let look = |state: usize| {
            asked
                .iter()
                .zip(&places)
                .map(move |(f, p)| value_at(p, f, state))
        };
        let looks: Vec<u16> = self.states.iter().flat_map(|s| look(*s)).collect();
        let look = |state: usize| &looks[state * asked.len()..][..asked.len()];
        let chances = self.chances();
        let mut lumps = number(self.states.len(), |a, b| look(a) == look(b));
        let (full, kept) = loop {
            let (into, width) = into(&chances, &lumps);
            let alike = |a: usize, b: usize| {
                let of = |state: usize| &into[state * width..][..width];
                let mut pairs = of(a).iter().zip(of(b));
                pairs.all(|(x, y)| (x - y).abs() < 1e-9)
            };
            let finer = number(lumps.len(), |a, b| lumps[a] == lumps[b] && alike(a, b));
            if finer == lumps {
                break (finer, number(lumps.len(), alike));
            }
            lumps = finer;
        };
        let count = |lumps: &[usize]| lumps.iter().max().map_or(0, |last| last + 1);
        let sample = |lumps: &[usize], lump: usize| lumps.iter().position(|l| *l == lump);
        let samples = (0..count(&full)).filter_map(|f| sample(&full, f));
        let samples: Vec<usize> = samples.collect();
        let ways = [Phase::Start, Phase::First, Phase::Later].map(|phase| {
            let mut cells: Vec<Cell<Factors>> = Vec::new();
            for from in 0..count(&kept) {
                let state = sample(&kept, from).unwrap_or(0);
                for (place, factors) in &self.ways[phase as usize][state] {
                    let to = match phase {
                        Phase::Start => kept[*place],
                        _ => full[*place],
                    };
                    match cells.iter_mut().find(|c| (c.from, c.to) == (from, to)) {
                        Some(cell) => cell.ways.push(*factors),
                        None => cells.push(Cell {
                            from,
                            to,
                            ways: vec![*factors],
                        }),
                    }
                }
            }
            cells.sort_by_key(|cell| cell.to);
            Ways::new(&cells)
        });
        Component {
            full: samples.len(),
            kept: count(&kept),
            keep: samples.iter().map(|s| kept[*s]).collect(),
            samples: samples.iter().map(|s| self.states[*s]).collect(),
            vars: self.vars,
            moves: self.moves,
            ways,
            leaves: None,
        }
    }

    /// How likely each state follows each, with numbers that have nothing to do with each other: by
    /// state, then phase and setting, then the state that follows.
    fn chances(&self) -> Vec<f64> {
        let states = self.states.len();
        let mut chances = vec![0.0; states * 2 * SETTINGS * states];
        let (mut dice, mut factors) = (Dice(1), Vec::new());
        for (p, phase) in [Phase::First, Phase::Later].into_iter().enumerate() {
            for setting in 0..SETTINGS {
                factors.clear();
                for step in &self.moves[phase as usize] {
                    let members = self.shape.nodes[step.node].members.len();
                    let first = factors.len();
                    factors.push(0.0);
                    factors.extend((0..members).map(|_| dice.roll() / members as f64));
                    factors[first] = 1.0 - factors[first + 1..].iter().sum::<f64>();
                }
                for (state, ways) in self.ways[phase as usize].iter().enumerate() {
                    let place = (state * 2 + p) * SETTINGS + setting;
                    let to = &mut chances[place * states..][..states];
                    for (place, way) in ways {
                        to[*place] += way.as_ref().iter().map(|&f| factors[f]).product::<f64>();
                    }
                }
            }
        }
        chances
    }
}

/// What moves from every state into every lump, phases and settings one after the other; and how many numbers a state has.
fn into(chances: &[f64], lumps: &[usize]) -> (Vec<f64>, usize) {
    let (states, count) = (lumps.len(), lumps.iter().max().map_or(0, |last| last + 1));
    let mut into = vec![0.0; states * 2 * SETTINGS * count];
    let rows = chances.chunks_exact(states.max(1));
    for (chances, sums) in rows.zip(into.chunks_exact_mut(count.max(1))) {
        for (chance, lump) in chances.iter().zip(lumps) {
            sums[*lump] += chance;
        }
    }
    (into, 2 * SETTINGS * count)
}

/// Numbers without any pattern, 0.1 to 0.9, the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> f64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        0.1 + 0.8 * (self.0 >> 11) as f64 / 9_007_199_254_740_992.0
    }
}
