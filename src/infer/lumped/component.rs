//! The joint states of some propositions that hang together, lumped into as few as matter.
//!
//! In: a shape, variables that depend on no others, and what is asked of them. Out: an [`Component`].
//! Two states are one if they look the same to what is asked and move alike into every other one
//! (Kemeny and Snell 1960), whatever the numbers are: movements are compared with numbers that have
//! nothing to do with each other.

use super::lanes::{Lanes, Settings, larger, where_positive};
use super::leaves::Leaves;
use crate::infer::question::shape::{Function, NodeShape, Shape, Stay};
use assess_lanes::Room;
use assess_lanes::flow::Sums;

/// More states than this are not worth comparing.
const MOST: usize = 64;

/// Lumped states of some variables, and how they move.
#[derive(Debug, Clone)]
pub(super) struct Component {
    /// The variables, rising.
    vars: Vec<usize>,
    /// How many lumps there are at a horizon's end.
    pub full: usize,
    /// How many of these have to be told apart later.
    pub kept: usize,
    /// Of each lump what becomes of it later.
    pub keep: Vec<usize>,
    /// One state of each lump.
    samples: Vec<usize>,
    moves: [Vec<Move>; 3],
    ways: [Ways; 3],
    /// What is drawn anew at each horizon's end, where it is summed over apart.
    leaves: Option<Leaves>,
}

/// Where in time a movement is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Phase {
    /// What holds at time 0; goes into what is kept.
    Start,
    /// From time 0 to the first horizon's end.
    First,
    /// From one horizon's end to the next one's.
    Later,
}

/// What moves from one lump to another: the sum over the ways.
#[derive(Debug, Clone)]
pub(super) struct Cell {
    pub from: usize,
    pub to: usize,
    /// By way the places of its factors among the moves' numbers.
    pub(super) ways: Vec<Vec<usize>>,
}

/// What moves between lumps, in the order of where it goes.
#[derive(Debug, Clone)]
pub(super) struct Ways {
    /// From where, to where.
    pub(super) along: Vec<(usize, usize)>,
    sums: Sums,
}

impl Ways {
    pub(super) fn new(cells: &[Cell]) -> Ways {
        Ways {
            along: cells.iter().map(|c| (c.from, c.to)).collect(),
            sums: Sums::new(cells.iter().map(|c| c.ways.as_slice())),
        }
    }

    /// The same the other way round.
    pub(super) fn back(mut self) -> Ways {
        self.along
            .iter_mut()
            .for_each(|along| *along = (along.1, along.0));
        self
    }

    /// How much moves along each, from the moves' numbers.
    pub(super) fn fill(&self, factors: &[Lanes], out: &mut Room) -> &[(usize, usize)] {
        self.sums.fill(factors, out);
        &self.along
    }
}

/// How a node leaves the state in which nothing of it holds, under two rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Move {
    pub(super) node: usize,
    old: usize,
    new: usize,
    /// Where its numbers stand: what stays, then what becomes true, by member.
    first: usize,
}

impl Component {
    /// With what is summed over apart.
    pub(super) fn with(self, leaves: Leaves) -> Component {
        Component {
            leaves: Some(leaves),
            ..self
        }
    }

    /// One state of each lump, as bits of the variables.
    pub(super) fn samples(&self) -> (&[usize], &[usize]) {
        (&self.vars, &self.samples)
    }

    /// The component of these variables and of the nodes that draw them; none where there are too many
    /// states. `asked` is what must be told apart.
    pub(super) fn new(shape: &Shape, vars: Vec<usize>, asked: &[Function]) -> Option<Component> {
        let draft = Draft::new(shape, vars)?;
        Some(draft.lump(asked))
    }

    /// The component of fewer states that is left where what is drawn anew is summed over apart; none where
    /// nothing is, or lasting things rest on it, or that would not be less.
    pub(super) fn split(&self, shape: &Shape, asked: &[Function]) -> Option<Component> {
        let split = Leaves::split(shape, &self.vars, asked)?;
        (split.full.max(split.looks()) < self.full).then_some(split)
    }

    /// How many states look different.
    pub(super) fn looks(&self) -> usize {
        self.leaves.as_ref().map_or(self.full, |l| l.looks)
    }

    /// What is summed over apart.
    pub(super) fn leaves(&self) -> Option<&Leaves> {
        self.leaves.as_ref()
    }

    /// The value of a function over the component' variables for each look.
    pub(super) fn read(&self, function: &Function) -> Vec<bool> {
        let (vars, samples) = match &self.leaves {
            Some(leaves) => (&leaves.vars, &leaves.samples),
            None => (&self.vars, &self.samples),
        };
        let at = |&state: &usize| value(vars, function, state) == 1;
        samples.iter().map(at).collect()
    }

    /// Whether the component holds a variable.
    pub(super) fn holds(&self, var: usize) -> bool {
        let vars = self.leaves.as_ref().map_or(&self.vars, |l| &l.vars);
        vars.binary_search(&var).is_ok()
    }

    /// From where to where something moves in a phase.
    pub(super) fn along(&self, phase: Phase) -> &[(usize, usize)] {
        &self.ways[phase as usize].along
    }

    /// The same, and how much moves along each in horizon `h` into `out`.
    pub(super) fn fill(
        &self,
        shape: &Shape,
        settings: &Settings,
        phase: Phase,
        h: usize,
        scratch: &mut Vec<Lanes>,
        out: &mut Room,
    ) -> &[(usize, usize)] {
        scratch.clear();
        for step in &self.moves[phase as usize] {
            let node = &shape.nodes[step.node];
            step.fill(node, settings, phase, h, scratch);
        }
        self.ways[phase as usize].fill(scratch, out)
    }
}

impl Move {
    /// What stays, and what becomes true by member, as `flow` has it for one setting.
    pub(super) fn fill(
        &self,
        node: &NodeShape,
        settings: &Settings,
        phase: Phase,
        h: usize,
        out: &mut Vec<Lanes>,
    ) {
        let chance = |combination: usize, member: usize, h: usize| {
            let row = node.combinations[combination][member];
            row.map_or(Lanes::ZERO, |row| settings.row_at(row, h))
        };
        let first = out.len();
        out.push(Lanes::ONE);
        let members = 0..node.members.len();
        if phase == Phase::Start || node.stay == Stay::Passing {
            out.extend(members.clone().map(|m| chance(self.new, m, h)));
        } else {
            let (mut left, mut rise) = (Lanes::ONE, Lanes::ZERO);
            for m in members.clone() {
                let old = chance(self.old, m, h - 1);
                let own = chance(self.new, m, h) - old;
                let own = where_positive(own, own);
                left -= old;
                rise += own;
                out.push(own);
            }
            let divisor = larger(left, rise);
            for own in &mut out[first + 1..] {
                // 0 of 0 is 0.
                let share = where_positive(divisor, *own / divisor);
                *own = where_positive(left, share);
            }
        }
        let stay = out[first + 1..]
            .iter()
            .fold(Lanes::ONE, |left, x| left - *x);
        out[first] = where_positive(stay, stay);
    }
}

/// Where the numbers of a node's movement stand, from the first combination of rows to the second.
pub(super) fn place(
    moves: &mut Vec<Move>,
    shape: &Shape,
    node: usize,
    (old, new): (usize, usize),
) -> usize {
    let same = |m: &&Move| (m.node, m.old, m.new) == (node, old, new);
    if let Some(step) = moves.iter().find(same) {
        return step.first;
    }
    let end = |m: &Move| m.first + 1 + shape.nodes[m.node].members.len();
    let first = moves.last().map_or(0, end);
    moves.push(Move {
        node,
        old,
        new,
        first,
    });
    first
}

/// The value of a function where the variables stand as `state` says.
pub(super) fn value(vars: &[usize], function: &Function, state: usize) -> u16 {
    let bits = function.support.iter().enumerate();
    let at = bits.fold(0, |at, (j, var)| {
        let place = vars.binary_search(var).unwrap_or(0);
        at | (state >> place & 1) << j
    });
    function.values[at]
}

/// States before they are lumped.
struct Draft<'a> {
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
type Way = (usize, Vec<usize>);

impl<'a> Draft<'a> {
    fn new(shape: &'a Shape, vars: Vec<usize>) -> Option<Self> {
        if vars.len() > MOST.ilog2() as usize {
            return None;
        }
        let own = |n: &usize| vars.contains(&shape.nodes[*n].members[0].var);
        let mut draft = Draft {
            shape,
            nodes: (0..shape.nodes.len()).filter(own).collect(),
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
        let mut ways: Vec<Way> = vec![(0, Vec::new())];
        for n in self.nodes.clone() {
            let node = &shape.nodes[n];
            let passing = node.stay == Stay::Passing;
            let held = self.held(n, state).next().filter(|_| !passing);
            let mut next = Vec::new();
            for (bits, factors) in ways {
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
                    let mut factors = factors.clone();
                    factors.push(first + 1 + m);
                    next.push((bits | self.bit(member.var), factors));
                }
                let mut factors = factors;
                factors.push(first);
                next.push((bits, factors));
            }
            ways = next;
        }
        let place = |bits: usize| self.states.binary_search(&bits).unwrap_or(0);
        ways.into_iter()
            .map(|(bits, factors)| (place(bits), factors))
            .collect()
    }

    fn lump(self, asked: &[Function]) -> Component {
        let looks = |state: &usize| -> Vec<u16> {
            asked.iter().map(|f| value(&self.vars, f, *state)).collect()
        };
        let looks: Vec<Vec<u16>> = self.states.iter().map(looks).collect();
        let chances = self.chances();
        let mut lumps = number(looks.len(), |a, b| looks[a] == looks[b]);
        let (full, kept) = loop {
            let into = into(&chances, &lumps);
            let alike = |a: usize, b: usize| {
                let pairs = into[a].iter().zip(&into[b]);
                pairs.fold(true, |alike, (x, y)| alike && (x - y).abs() < 1e-9)
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
            let mut cells: Vec<Cell> = Vec::new();
            for from in 0..count(&kept) {
                let state = sample(&kept, from).unwrap_or(0);
                for (place, factors) in &self.ways[phase as usize][state] {
                    let to = match phase {
                        Phase::Start => kept[*place],
                        _ => full[*place],
                    };
                    match cells.iter_mut().find(|c| (c.from, c.to) == (from, to)) {
                        Some(cell) => cell.ways.push(factors.clone()),
                        None => cells.push(Cell {
                            from,
                            to,
                            ways: vec![factors.clone()],
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
    /// state, then setting and phase, then the state that follows.
    fn chances(&self) -> Vec<Vec<Vec<f64>>> {
        // What is the same by chance in one of them is not in the other.
        const SETTINGS: usize = 2;
        let states = self.states.len();
        let mut chances = vec![vec![vec![0.0; states]; 2 * SETTINGS]; states];
        let mut dice = Dice(1);
        for (p, phase) in [Phase::First, Phase::Later].into_iter().enumerate() {
            for setting in 0..SETTINGS {
                let mut factors = Vec::new();
                for step in &self.moves[phase as usize] {
                    let members = self.shape.nodes[step.node].members.len();
                    let go = (0..members).map(|_| dice.roll() / members as f64);
                    let go: Vec<f64> = go.collect();
                    factors.push(1.0 - go.iter().sum::<f64>());
                    factors.extend(go);
                }
                for (state, ways) in self.ways[phase as usize].iter().enumerate() {
                    let to = &mut chances[state][p * SETTINGS + setting];
                    for (place, way) in ways {
                        to[*place] += way.iter().map(|&f| factors[f]).product::<f64>();
                    }
                }
            }
        }
        chances
    }
}

/// What moves from every state into every lump, settings and phases one after the other.
fn into(chances: &[Vec<Vec<f64>>], lumps: &[usize]) -> Vec<Vec<f64>> {
    let count = lumps.iter().max().map_or(0, |last| last + 1);
    let of_state = |settings: &Vec<Vec<f64>>| {
        let mut sums = vec![0.0; settings.len() * count];
        for (chances, sums) in settings.iter().zip(sums.chunks_exact_mut(count)) {
            for (chance, lump) in chances.iter().zip(lumps) {
                sums[*lump] += chance;
            }
        }
        sums
    };
    chances.iter().map(of_state).collect()
}

/// Numbers things so that those alike share a number, in the order in which they come.
pub(super) fn number(len: usize, alike: impl Fn(usize, usize) -> bool) -> Vec<usize> {
    let mut numbers = Vec::with_capacity(len);
    let mut firsts: Vec<usize> = Vec::new();
    for i in 0..len {
        let same = firsts.iter().position(|&first| alike(first, i));
        numbers.push(same.unwrap_or_else(|| {
            firsts.push(i);
            firsts.len() - 1
        }));
    }
    numbers
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
