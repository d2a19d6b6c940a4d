//! Where each variable stands in a cell's index, and which steps each horizon takes.
//!
//! In: a shape and what each node must remember. Out: a [`Layout`]: what is carried from horizon
//! to horizon stands lowest, then the earlier truth of a watched event, then labels of rows once
//! in force, then what is drawn anew.

use super::flow::{Memory, Motion, rows};
use crate::infer::question::pick::Pick;
use crate::infer::question::shape::{NodeShape, Shape, Stay};

/// The steps of a forward pass.
#[derive(Debug, Clone)]
pub(crate) struct Layout {
    /// Time 0: what is carried is drawn.
    pub start: Vec<Step>,
    /// The nodes at bits 0, 1, 2 … that move on their own.
    pub plain: Vec<usize>,
    /// The other nodes, parents first.
    pub moves: Vec<Step>,
    /// Labels to sum out before the outcomes, from the top.
    pub spent: Vec<usize>,
    /// How many bits a cell has when outcomes are computed.
    pub bits: usize,
    /// Every variable's position there; the last is that of the watched event's earlier truth.
    pub positions: Vec<usize>,
    /// What is remembered when time 0 ends, and when a horizon ends.
    pub keep: [Vec<Keep>; 2],
    /// What goes into the basis that needs no row, children first, at time 0 and at a horizon.
    pub unsettle: [Vec<Step>; 2],
    /// Bits to sum out after the outcomes, from the top.
    pub passed: Vec<usize>,
    /// The most bits that a cell ever has.
    pub peak: usize,
}

/// One node's step.
#[derive(Debug, Clone)]
pub(crate) struct Step {
    /// The node.
    pub node: usize,
    /// Whether its bits are added on top, or stand already.
    pub fresh: bool,
    /// Where.
    pub positions: Vec<usize>,
    /// The assignment of what its row depends on, labels above.
    pub pick: Pick,
    /// How many bits its row before is kept in.
    pub labels: usize,
}

/// One bit to be remembered.
#[derive(Debug, Clone)]
pub(crate) struct Keep {
    /// The assignment that it is read from.
    pub pick: Pick,
    /// Its value by assignment.
    pub values: Vec<bool>,
}

impl Layout {
    /// The layout of a shape. `carry` is whether everything lasting crosses from horizon to
    /// horizon: where outcomes can end. Variables that are not among the `pushing` ones stand higher
    /// where they can, since they are summed out.
    pub(crate) fn new(
        shape: &Shape,
        memory: &[Memory],
        carry: bool,
        pushing: Option<&[bool]>,
    ) -> Layout {
        Drafter::new(shape, memory, carry, pushing).layout()
    }

    /// Whether no proposition is carried from horizon to horizon.
    pub(crate) fn is_timeless(&self) -> bool {
        self.start.is_empty()
    }
}

struct Drafter<'a> {
    shape: &'a Shape,
    carried: Vec<bool>,
    /// Which nodes' rows before are known otherwise.
    held: Vec<bool>,
    /// How many label bits each node has, and where the first stands.
    labels: Vec<(usize, usize)>,
    plain: Vec<usize>,
    /// Positions during the moves, and afterwards.
    moving: Vec<usize>,
    resting: Vec<usize>,
    crossing: usize,
    label_bits: usize,
    fresh_bits: usize,
}

impl<'a> Drafter<'a> {
    fn new(shape: &'a Shape, memory: &[Memory], carry: bool, pushing: Option<&[bool]>) -> Self {
        let carried = carried(shape, memory, carry);
        let is_plain = |n: &usize| {
            let node = &shape.nodes[*n];
            carried[*n]
                && node.stay == Stay::Lasting
                && node.members.len() == 1
                && !node.members[0].hypothetical
                && node.combinations.len() == 1
        };
        let all = 0..shape.nodes.len();
        let mut plain: Vec<usize> = all.clone().filter(is_plain).collect();
        if let Some(pushing) = pushing {
            plain.sort_by_key(|n| !pushing[shape.nodes[*n].members[0].var]);
        }
        let others = all.clone().filter(|n| carried[*n] && !is_plain(n));
        let mut moving = vec![0; shape.vars.len() + 1];
        let mut next = 0;
        for n in plain.iter().copied().chain(others) {
            for member in &shape.nodes[n].members {
                moving[member.var] = next;
                next += 1;
            }
        }
        let mut resting = moving.clone();
        if shape.watched.is_some() {
            moving[shape.vars.len()] = next;
            resting[shape.vars.len()] = next;
            next += 1;
        }
        let crossing = next;
        let mut labels = vec![(0, 0); shape.nodes.len()];
        for n in all.clone() {
            let count = shape.nodes[n].combinations.len();
            if carried[n] && memory[n] > Memory::Held && count > 1 {
                let bits = (usize::BITS - (count - 1).leading_zeros()) as usize;
                labels[n] = (bits, next);
                next += bits;
            }
        }
        let label_bits = next - crossing;
        for n in all.filter(|n| !carried[*n]) {
            for member in &shape.nodes[n].members {
                moving[member.var] = next;
                resting[member.var] = next - label_bits;
                next += 1;
            }
        }
        Drafter {
            shape,
            held: memory.iter().map(|m| *m == Memory::Held).collect(),
            carried,
            labels,
            plain,
            moving,
            resting,
            crossing,
            label_bits,
            fresh_bits: next - label_bits - crossing,
        }
    }

    fn layout(self) -> Layout {
        let shape = self.shape;
        let watched = usize::from(shape.watched.is_some());
        let bits = self.crossing + self.fresh_bits;
        let mut start: Vec<Step> = Vec::new();
        let mut order: Vec<usize> = self.plain.clone();
        let others = (0..shape.nodes.len()).filter(|n| self.carried[*n]);
        order.extend(others.filter(|n| !self.plain.contains(n)));
        let mut height = 0;
        for n in order {
            start.push(self.step(n, Motion::Start, 0, true, height, &self.resting));
            height += shape.nodes[n].members.len();
        }
        let mut moves = Vec::new();
        let mut height = self.crossing + self.label_bits;
        for n in 0..shape.nodes.len() {
            let constant = self.carried[n] && shape.nodes[n].stay == Stay::Constant;
            if constant || self.plain.contains(&n) {
                continue;
            }
            // What crosses moves in place, what does not is added above all that there is.
            let fresh = !self.carried[n];
            moves.push(self.step(n, Motion::Move, 1, fresh, height, &self.moving));
            if fresh {
                height += shape.nodes[n].members.len();
            }
        }
        let keep = |now: bool, bits: usize| -> Vec<Keep> {
            let mut keep = Vec::new();
            let mut height = bits;
            if let Some(var) = shape.watched {
                keep.push(Keep {
                    pick: Pick::new(&[self.resting[var]], height),
                    values: vec![false, true],
                });
                height += 1;
            }
            for (n, &(bits, _)) in self.labels.iter().enumerate() {
                let node = &shape.nodes[n];
                let rows = if now { &node.rows_now } else { &node.rows };
                for bit in 0..bits {
                    let positions: Vec<usize> =
                        rows.support.iter().map(|v| self.resting[*v]).collect();
                    keep.push(Keep {
                        pick: Pick::new(&positions, height),
                        values: rows.values.iter().map(|v| v >> bit & 1 == 1).collect(),
                    });
                    height += 1;
                }
            }
            keep
        };
        let unsettle = |h: usize, bits: usize| -> Vec<Step> {
            (0..shape.nodes.len())
                .rev()
                .filter(|n| self.carried[*n] && !self.plain.contains(n) && self.labels[*n].0 == 0)
                .filter(|n| shape.nodes[*n].combinations.len() > 1 && !self.held[*n])
                .map(|n| self.step(n, Motion::Unsettle, h, false, bits, &self.resting))
                .collect()
        };
        let kept = watched + self.label_bits;
        let carried_bits = self.crossing - watched;
        Layout {
            start,
            moves,
            spent: (self.crossing..self.crossing + self.label_bits)
                .rev()
                .collect(),
            bits,
            keep: [keep(true, carried_bits), keep(false, bits)],
            unsettle: [unsettle(0, carried_bits + kept), unsettle(1, bits + kept)],
            passed: (carried_bits..bits).rev().collect(),
            peak: bits + kept.max(self.label_bits),
            positions: self.resting,
            plain: self.plain,
        }
    }

    fn step(
        &self,
        n: usize,
        motion: Motion,
        h: usize,
        fresh: bool,
        bits: usize,
        positions: &[usize],
    ) -> Step {
        let node = &self.shape.nodes[n];
        let rows = rows(node, motion, h);
        let (labels, first) = match motion {
            Motion::Move => self.labels[n],
            _ => (0, 0),
        };
        let mut picked: Vec<usize> = rows.support.iter().map(|v| positions[*v]).collect();
        picked.extend(first..first + labels);
        Step {
            node: n,
            fresh,
            positions: node.members.iter().map(|m| positions[m.var]).collect(),
            pick: Pick::new(&picked, bits),
            labels,
        }
    }
}

/// Which nodes cross from horizon to horizon.
fn carried(shape: &Shape, memory: &[Memory], carry: bool) -> Vec<bool> {
    let lasting = |node: &NodeShape| node.stay != Stay::Passing;
    if carry {
        return shape.nodes.iter().map(lasting).collect();
    }
    let mut node_of = vec![0; shape.vars.len()];
    for (n, node) in shape.nodes.iter().enumerate() {
        for member in &node.members {
            node_of[member.var] = n;
        }
    }
    // What remembers its row crosses, and so does all that it ever looked at.
    let mut reached = vec![false; shape.nodes.len()];
    let mut open: Vec<usize> = (0..shape.nodes.len())
        .filter(|&n| memory[n] == Memory::Row)
        .chain(shape.watched.map(|var| node_of[var]))
        .collect();
    while let Some(n) = open.pop() {
        if !std::mem::replace(&mut reached[n], true) {
            open.extend(shape.nodes[n].rows.support.iter().map(|v| node_of[*v]));
        }
    }
    shape
        .nodes
        .iter()
        .zip(reached)
        .map(|(node, reached)| reached && lasting(node))
        .collect()
}
