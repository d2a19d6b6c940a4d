//! What passes: which of it outcomes rest on, and whether what lasts tells of it.
//!
//! In: a shape, and the variables that outcomes rest on. Out: its passing nodes among these, and those that they are drawn from.

use super::shape::{Shape, Stay};

/// Whether what pushes in passing is told by something lasting that rests on it.
pub(crate) fn entwined(shape: &Shape, pushing: &[bool]) -> bool {
    tells(shape, &drawn(shape, pushing))
}

/// Whether something lasting rests on one of these passing nodes.
pub(crate) fn tells(shape: &Shape, drawn: &[usize]) -> bool {
    let is_drawn = |var: &usize| {
        let mut drawn = drawn.iter();
        drawn.any(|n| shape.nodes[*n].members[0].var == *var)
    };
    let mut lasting = shape.nodes.iter().filter(|n| n.stay != Stay::Passing);
    lasting.any(|n| n.rows.support.iter().any(is_drawn))
}

/// The passing nodes that the resting variables are, or are drawn from, parents first.
pub(crate) fn drawn(shape: &Shape, resting: &[bool]) -> Vec<usize> {
    let mut wanted = resting.to_vec();
    let mut drawn = Vec::new();
    for (n, node) in shape.nodes.iter().enumerate().rev() {
        if node.stay == Stay::Passing && node.members.iter().any(|m| wanted[m.var]) {
            drawn.push(n);
            for var in &node.rows.support {
                wanted[*var] = true;
            }
        }
    }
    drawn.reverse();
    drawn
}
