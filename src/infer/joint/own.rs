//! What goes its own way: what rests on nothing, and is looked at only at the end of each horizon.
//!
//! In: all nodes that are needed. Out: which of them nobody has to carry from horizon to horizon. Such an event moves by
//! itself, and joins the others in each horizon anew: its chance there does not follow from what else holds.

use super::net::{Kind, Net};
use super::space::Space;
use super::test::{Leaf, Test};

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
            Kind::Chain { .. } => &[],
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

/// Whether nothing of a question has to be carried, given who goes its own way: what has ended of it follows from what lasts, and
/// where the numbers raise what is open, from what lasted and what lasts.
pub(super) fn may_settle(
    net: &Net<'_>,
    node: usize,
    own: &[Option<(usize, Space)>],
    tests: &[Test],
) -> bool {
    let Some(Kind::Question(asked)) = net.node(node).map(|n| &n.kind) else {
        return false;
    };
    let open = net.model.questions[asked.question].open;
    // Who tells more of a node than the question rests on may tell what had ended.
    let rests = |leaf: &Leaf| asked.lasting.iter().any(|l| l.node == leaf.node);
    let mut told = false;
    for test in tests {
        test.leaves(&mut |leaf, _| told |= rests(&leaf) && !asked.lasting.contains(&leaf));
    }
    !told
        && asked.ends
        && asked.fixed.is_none()
        && asked.decided[open..].iter().all(Option::is_none)
        && asked.lasting.iter().all(|leaf| own[leaf.node].is_some())
}
