//! What is drawn anew at each horizon's end, summed over apart from what lasts.
//!
//! In: the variables of a component. Out: the component of those that last, and how likely each look is in
//! each of its states. A factor that rests on an event doubles the states of both; nothing remembers
//! it, so that its sum can be taken before the states are multiplied, variable by variable (Yates
//! 1937, as in a fast Walsh transform).

use super::component::{Cell, Component, Move, Phase, Ways, number, place, value};
use super::lanes::{Lanes, Settings};
use super::single;
use crate::infer::question::shape::{Function, Shape, Stay};
use assess_lanes::Room;

/// Looks of some variables by the states of those that last.
#[derive(Debug, Clone)]
pub(super) struct Leaves {
    /// All variables of the component, rising.
    pub vars: Vec<usize>,
    /// How many states look different.
    pub looks: usize,
    /// One state of each look.
    pub samples: Vec<usize>,
    moves: Vec<Move>,
    /// From a look to a lump of the lasting ones.
    ways: Ways,
}

/// A state of all variables, and the factors of how likely it is.
type Way = (usize, Vec<usize>);

impl Leaves {
    /// The component of what lasts among `vars`, with the rest as its leaves; none where there is no
    /// rest, or something that lasts rests on it. `asked` is what must be told apart.
    pub(super) fn split(shape: &Shape, vars: &[usize], asked: &[Function]) -> Option<Component> {
        let inside = |n: &&usize| vars.contains(&shape.nodes[**n].members[0].var);
        let all: Vec<usize> = (0..shape.nodes.len()).collect();
        let passes = |n: &usize| shape.nodes[*n].stay == Stay::Passing;
        let (passing, lasting): (Vec<usize>, Vec<usize>) =
            all.iter().filter(inside).partition(|n| passes(n));
        let members = |n: &usize| shape.nodes[*n].members.iter().map(|m| m.var);
        let mut core: Vec<usize> = lasting.iter().flat_map(members).collect();
        core.sort_unstable();
        let lasts = |var: &usize| core.contains(var);
        let rests = |n: &usize| shape.nodes[*n].rows.support.iter().all(lasts);
        if passing.is_empty() || !lasting.iter().all(rests) {
            return None;
        }
        // What the leaves and the looks rest on has to be told apart.
        let mut seen: Vec<Function> = Vec::new();
        let rows = passing.iter().map(|n| &shape.nodes[*n].rows);
        for function in rows.chain(asked) {
            if function.support.iter().all(lasts) {
                seen.push(function.clone());
            } else {
                let own = function.support.iter().filter(|var| lasts(var));
                seen.extend(own.map(|var| single(*var)));
            }
        }
        seen.retain(|f| !f.support.is_empty());
        let component = Component::new(shape, core, &seen)?;
        let mut leaves = Leaves {
            vars: vars.to_vec(),
            looks: 0,
            samples: Vec::new(),
            moves: Vec::new(),
            ways: Ways::new::<Vec<usize>>(&[]),
        };
        let mut cells: Vec<Cell<Vec<usize>>> = Vec::new();
        let (core, samples) = component.samples();
        let mut ways: Vec<(usize, Way)> = Vec::new();
        for (lump, sample) in samples.iter().enumerate() {
            let held = core
                .iter()
                .enumerate()
                .filter(|(j, _)| sample >> j & 1 == 1);
            let bits = held.fold(0, |bits, (_, var)| bits | leaves.bit(*var));
            let found = leaves.draw(shape, &passing, bits);
            ways.extend(found.into_iter().map(|way| (lump, way)));
        }
        let look = |way: &(usize, Way)| -> Vec<u16> {
            asked.iter().map(|f| value(vars, f, way.1.0)).collect()
        };
        let looks: Vec<Vec<u16>> = ways.iter().map(look).collect();
        let numbers = number(looks.len(), |a, b| looks[a] == looks[b]);
        for ((lump, (bits, factors)), to) in ways.into_iter().zip(numbers) {
            if to == leaves.looks {
                leaves.looks += 1;
                leaves.samples.push(bits);
            }
            let same = |c: &&mut Cell<Vec<usize>>| (c.from, c.to) == (lump, to);
            match cells.iter_mut().find(same) {
                Some(cell) => cell.ways.push(factors),
                None => cells.push(Cell {
                    from: lump,
                    to,
                    ways: vec![factors],
                }),
            }
        }
        // Lump by lump, so that those that come to one are side by side once they are turned round.
        leaves.ways = Ways::new(&cells).back();
        Some(component.with(leaves))
    }

    fn bit(&self, var: usize) -> usize {
        1 << self.vars.binary_search(&var).unwrap_or(0)
    }

    /// What may come beside what lasts, node by node, parents first.
    fn draw(&mut self, shape: &Shape, passing: &[usize], bits: usize) -> Vec<Way> {
        let mut ways: Vec<Way> = vec![(bits, Vec::new())];
        for &n in passing {
            let node = &shape.nodes[n];
            let mut next = Vec::new();
            for (bits, factors) in ways {
                let row = usize::from(value(&self.vars, &node.rows, bits));
                let first = place(&mut self.moves, shape, n, (row, row));
                let with = |factor: usize| {
                    let mut factors = factors.clone();
                    factors.push(factor);
                    factors
                };
                next.push((bits, with(first)));
                for (m, member) in node.members.iter().enumerate() {
                    next.push((bits | self.bit(member.var), with(first + 1 + m)));
                }
            }
            ways = next;
        }
        ways
    }

    /// From which look to which lump, and how likely each look is in horizon `h` into `out`.
    pub(super) fn fill(
        &self,
        shape: &Shape,
        settings: &Settings,
        h: usize,
        scratch: &mut Vec<Lanes>,
        out: &mut Room,
    ) -> &[(usize, usize)] {
        scratch.clear();
        for step in &self.moves {
            step.fill(&shape.nodes[step.node], settings, Phase::Later, h, scratch);
        }
        self.ways.fill(scratch, out)
    }
}
