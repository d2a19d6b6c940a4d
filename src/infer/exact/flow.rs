//! Where a node's mass goes from one horizon to the next, in numbers.
//!
//! In: a node, the horizon and one setting of the numbers. Out: a [`Flow`], and whether the node
//! must remember which row was in force (the clamp of `docs/method.md`).

use super::frontier::Flow;
use crate::infer::question::shape::{Function, NodeShape, Stay};
use crate::model::Numbers;

/// How much of the past a node must carry, given the numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Memory {
    /// The rows in force now say everything.
    None,
    /// The row in force before is known, since the states are taken one by one from which mass comes.
    Held,
    /// So they do, but a change of basis would lose digits.
    Rough,
    /// A clamp can act: what was in force before matters.
    Row,
}

/// Below this, and above 1 less this, a chance keeps its row, since differences lose digits.
const ROUGH: f64 = 1e-4;

/// What is asked of a node.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Motion {
    /// At time 0.
    Start,
    /// All of what is true at the horizon's end, without its past.
    Fresh,
    /// What comes within the horizon: the rows before are those in force, or all alike.
    Move,
    /// The same, the row before being kept in so many bits above the support.
    Recall(usize),
    /// The same, the row before being known for each assignment.
    From,
    /// From the basis that needs no row to truth values.
    Settle,
    /// Back, at the end of the horizon given.
    Unsettle,
}

/// A member's number under a combination of rows: 0 where no row covers it.
fn chance(node: &NodeShape, numbers: &Numbers, combination: usize, member: usize, h: usize) -> f64 {
    node.combinations[combination][member].map_or(0.0, |row| numbers.row_at(row, h))
}

fn total(node: &NodeShape, numbers: &Numbers, combination: usize, h: usize) -> f64 {
    (0..node.members.len())
        .map(|m| chance(node, numbers, combination, m, h))
        .sum()
}

/// Whether the rows before horizon `h` differ in what they had reached.
pub(crate) fn differs(node: &NodeShape, numbers: &Numbers, h: usize) -> bool {
    (1..node.combinations.len()).any(|c| {
        (0..node.members.len())
            .any(|m| chance(node, numbers, c, m, h - 1) != chance(node, numbers, 0, m, h - 1))
    })
}

/// What a node must carry.
pub(crate) fn memory(node: &NodeShape, numbers: &Numbers) -> Memory {
    let n = node.combinations.len();
    if node.stay != Stay::Lasting || (n == 1 && node.members.len() == 1) {
        return Memory::None;
    }
    // Whether a hypothetical member comes is settled at time 0, by the rows in force there.
    let by_now = |c: usize| total(node, numbers, c, 0) > 0.0;
    if node.members.iter().any(|m| m.hypothetical) && n > 1 && (0..n).any(by_now) {
        return Memory::Row;
    }
    let mut memory = Memory::None;
    for h in 1..numbers.times {
        let follows = if h == 1 {
            &node.follows_now
        } else {
            &node.follows
        };
        let differs = differs(node, numbers, h);
        for old in 0..n {
            if node.members.len() > 1 && total(node, numbers, old, h) > 1.0 {
                return Memory::Row;
            }
            if !differs || !follows[old * n..][..n].contains(&true) {
                continue;
            }
            let left = 1.0 - total(node, numbers, old, h - 1);
            for m in 0..node.members.len() {
                let before = chance(node, numbers, old, m, h - 1);
                if left < ROUGH || (before > 0.0 && before < ROUGH) {
                    memory = Memory::Rough;
                }
                for new in 0..n {
                    if follows[old * n + new] && chance(node, numbers, new, m, h) < before {
                        return Memory::Row;
                    }
                }
            }
        }
    }
    memory
}

/// The function that says which rows are in force under a motion.
pub(crate) fn rows(node: &NodeShape, motion: Motion, h: usize) -> &Function {
    if motion == Motion::Start || (motion == Motion::Unsettle && h == 0) {
        &node.rows_now
    } else {
        &node.rows
    }
}

/// What moves in horizon `h` of a lasting node on its own, with one row.
pub(crate) fn plain(node: &NodeShape, numbers: &Numbers, h: usize) -> f64 {
    let left = 1.0 - chance(node, numbers, 0, 0, h - 1);
    let rise = rise(node, numbers, 0, 0, 0, h);
    if left <= 0.0 {
        0.0
    } else {
        rise / left.max(rise)
    }
}

/// Fills in the flow of a node in horizon `h`. `held` is the row before by assignment, where that is known.
pub(crate) fn fill(
    node: &NodeShape,
    numbers: &Numbers,
    motion: Motion,
    h: usize,
    held: &[u16],
    flow: &mut Flow,
) {
    let rows = rows(node, motion, h);
    let labels = match motion {
        Motion::Recall(bits) => bits,
        _ => 0,
    };
    let len = rows.values.len();
    flow.reset(node.members.len(), len << labels);
    if node.stay == Stay::Constant {
        // ε itself is counted by power; being right costs nothing.
        if matches!(motion, Motion::Start | Motion::Fresh) {
            flow.go.fill(1.0);
        }
        return;
    }
    for label in 0..1usize << labels {
        for (assignment, &new) in rows.values.iter().enumerate() {
            let new = usize::from(new);
            let old = match motion {
                Motion::From => usize::from(held[assignment]),
                _ if labels > 0 => label,
                _ => new,
            };
            if old >= node.combinations.len() {
                continue;
            }
            let at = label * len + assignment;
            let mut stay = 1.0;
            // What the moving shares are divided by, and what a hypothetical member takes: it comes at
            // time 0, where no other member holds by then.
            let (divisor, share) = match motion {
                Motion::Start | Motion::Fresh => (1.0, 1.0 - total(node, numbers, new, 0)),
                Motion::Settle => (1.0, 0.0),
                Motion::Unsettle => (total(node, numbers, new, h) - 1.0, 0.0),
                Motion::Move | Motion::From | Motion::Recall(_) => {
                    let left = 1.0 - total(node, numbers, old, h - 1);
                    let rise: f64 = (0..node.members.len())
                        .map(|m| rise(node, numbers, old, new, m, h))
                        .sum();
                    let divisor = match left <= 0.0 {
                        true => f64::INFINITY,
                        false => left.max(rise),
                    };
                    (divisor, 0.0)
                }
            };
            for (m, member) in node.members.iter().enumerate() {
                let part = if member.hypothetical {
                    share.max(0.0) / divisor
                } else {
                    let part = match motion {
                        Motion::Move | Motion::From | Motion::Recall(_) => {
                            rise(node, numbers, old, new, m, h) / divisor
                        }
                        _ => chance(node, numbers, new, m, h) / divisor,
                    };
                    stay -= part;
                    part
                };
                flow.go[m * flow.len + at] = part;
            }
            flow.stay[at] = match motion {
                Motion::Unsettle => -1.0 / divisor,
                _ => stay.max(0.0),
            };
        }
    }
}

fn rise(
    node: &NodeShape,
    numbers: &Numbers,
    old: usize,
    new: usize,
    member: usize,
    h: usize,
) -> f64 {
    (chance(node, numbers, new, member, h) - chance(node, numbers, old, member, h - 1)).max(0.0)
}
