//! What goes its own way: what rests on nothing, and is looked at only at the end of each horizon.
//!
//! In: all nodes that are needed. Out: which of them nobody has to carry from horizon to horizon. Such an event moves by
//! itself, and joins the others in each horizon anew: its chance there does not follow from what else holds.

use super::net::{Kind, Net};
use super::space::Space;
use super::test::Test;
use crate::limits;

/// By node its place among those that go their own way, with no values yet; `but` is a question that nobody carries.
pub(super) fn own(
    net: &Net<'_>,
    tests: &[Test],
    sets_clock: &[bool],
    but: Option<usize>,
) -> Vec<Option<(usize, Space)>> {
    let count = net.nodes.len();
    // What somebody has to be told of together with what was before: all on which something lasting rests.
    let mut held = sets_clock.to_vec();
    for test in tests {
        test.leaves(&mut |leaf, was| held[leaf.node] |= was);
    }
    let mut open = Vec::new();
    for (n, node) in net.nodes.iter().enumerate() {
        let node = node.as_ref().filter(|node| !node.is_passing());
        let node = node.filter(|_| but != Some(n));
        open.extend(node.iter().flat_map(|node| &node.on));
    }
    let mut seen = vec![false; count];
    while let Some(n) = open.pop() {
        if !std::mem::replace(&mut seen[n], true) {
            held[n] = true;
            open.extend(net.node(n).iter().flat_map(|node| &node.on));
        }
    }
    let mut found = 0;
    let all = net.nodes.iter().zip(held).map(|(node, held)| {
        let node = node.as_ref().filter(|n| n.on.is_empty() && !held)?;
        let list = match &node.kind {
            Kind::Event(happens) => std::slice::from_ref(happens),
            Kind::Group(list) => list,
            _ => return None,
        };
        // What is hypothetical costs something, and comes at time 0.
        let is_plain = list.iter().all(|h| !h.rows.is_empty() && h.once.is_none());
        is_plain.then(|| {
            found += 1;
            (found - 1, Space::default())
        })
    });
    all.collect()
}

/// Whether a question's outcomes may follow from what lasts alone, given who goes its own way: then nothing of it has to be
/// carried, unless the numbers raise what is open.
pub(super) fn may_settle(net: &Net<'_>, node: usize, own: &[Option<(usize, Space)>]) -> bool {
    let Some(Kind::Question(asked)) = net.node(node).map(|n| &n.kind) else {
        return false;
    };
    let open = net.model.questions[asked.question].open;
    // What is carried where the numbers do raise it: what was and what is, and the outcome.
    let pairs = own.iter().enumerate().filter(|(_, own)| own.is_some());
    let pairs = pairs.map(|(n, _)| match net.node(n).map(|n| &n.kind) {
        Some(Kind::Group(list)) => 1 + 2 * list.len(),
        _ => 3,
    });
    let pairs = pairs.fold(1 + asked.decided.len(), usize::saturating_mul);
    asked.ends
        && asked.fixed.is_none()
        && asked.decided[open..].iter().all(Option::is_none)
        && asked.lasting.iter().all(|leaf| own[leaf.node].is_some())
        && pairs <= limits::JOINT_CELLS
}
