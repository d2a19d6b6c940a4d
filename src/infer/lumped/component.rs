//! The joint states of some propositions that hang together, lumped into as few as matter.
//!
//! In: a shape, variables that depend on no others, and what is asked of them. Out: a [`Component`].
//! Two states are one if they look the same to what is asked and move alike into every other one
//! (Kemeny and Snell 1960), whatever the numbers are: movements are compared with numbers that have
//! nothing to do with each other.

use super::draft::Draft;
use super::lanes::{Lanes, Settings, larger, where_positive};
use super::leaves::Leaves;
use crate::infer::question::shape::{Function, NodeShape, Shape, Stay};
use assess_lanes::Room;
use assess_lanes::flow::Sums;

/// Lumped states of some variables, and how they move.
#[derive(Debug, Clone)]
pub(super) struct Component {
    /// The variables, rising.
    pub(super) vars: Vec<usize>,
    /// How many lumps there are at a horizon's end.
    pub full: usize,
    /// How many of these have to be told apart later.
    pub kept: usize,
    /// Of each lump what becomes of it later.
    pub keep: Vec<usize>,
    /// One state of each lump.
    pub(super) samples: Vec<usize>,
    pub(super) moves: [Vec<Move>; 3],
    pub(super) ways: [Ways; 3],
    /// What is drawn anew at each horizon's end, where it is summed over apart.
    pub(super) leaves: Option<Leaves>,
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
pub(super) struct Cell<F> {
    pub from: usize,
    pub to: usize,
    /// By way the places of its factors among the moves' numbers.
    pub(super) ways: Vec<F>,
}

/// What moves between lumps, in the order of where it goes.
#[derive(Debug, Clone)]
pub(super) struct Ways {
    /// From where, to where.
    pub(super) along: Vec<(usize, usize)>,
    sums: Sums,
}

impl Ways {
    pub(super) fn new<F: AsRef<[usize]>>(cells: &[Cell<F>]) -> Ways {
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
        let (vars, samples) = self.shown();
        let places = places(vars, function);
        let at = |&state: &usize| value_at(&places, function, state) == 1;
        samples.iter().map(at).collect()
    }

    /// The same for one look.
    pub(super) fn read_one(&self, function: &Function, look: usize) -> bool {
        let (vars, samples) = self.shown();
        value(vars, function, samples[look]) == 1
    }

    /// The variables by which states look different, and a state of each look.
    fn shown(&self) -> (&[usize], &[usize]) {
        match &self.leaves {
            Some(leaves) => (&leaves.vars, &leaves.samples),
            None => (&self.vars, &self.samples),
        }
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

/// Where among the variables each stands that a function rests on.
pub(super) fn places(vars: &[usize], function: &Function) -> Vec<usize> {
    let support = function.support.iter();
    let place = support.map(|var| vars.binary_search(var).unwrap_or(0));
    place.collect()
}

/// The value of a function whose variables stand at these places, where they are as `state` says.
pub(super) fn value_at(places: &[usize], function: &Function, state: usize) -> u16 {
    let bits = places.iter().enumerate();
    let at = bits.fold(0, |at, (j, place)| at | (state >> place & 1) << j);
    function.values[at]
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
