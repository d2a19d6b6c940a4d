//! What goes its own way: what rests on nothing, and is looked at only at the end of each horizon.
//!
//! In: all nodes that are needed. Out: which of them nobody has to carry from horizon to horizon. Such an event moves by
//! itself, and joins the others in each horizon anew: its chance there does not follow from what else holds.

use super::net::{Asked, Kind, Net};
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
    asked.ends
        && asked.fixed.is_none()
        && asked.decided[open..].iter().all(Option::is_none)
        && asked.lasting.iter().all(|leaf| own[leaf.node].is_some())
        && tests
            .iter()
            .all(|test| tells_no_past(net, asked, own, test))
}

/// Whether a test tells nothing of what had ended of a question but by what lasts and the question rests on: it looks at what goes
/// its own way, and at no more of that than the question does where both do, or at factors that rest on such alone.
fn tells_no_past(
    net: &Net<'_>,
    asked: &Asked,
    own: &[Option<(usize, Space)>],
    test: &Test,
) -> bool {
    let mut open = Vec::new();
    test.leaves(&mut |leaf, _| open.push(leaf));
    let mut seen: Vec<Leaf> = Vec::new();
    while let Some(leaf) = open.pop() {
        if seen.contains(&leaf) {
            continue;
        }
        seen.push(leaf);
        let rests = asked.lasting.iter().any(|l| l.node == leaf.node);
        match net.node(leaf.node).map(|n| &n.kind) {
            Some(Kind::Factor(rows)) => {
                let rows = rows.iter();
                rows.for_each(|row| row.0.leaves(&mut |leaf, _| open.push(leaf)));
            }
            _ if own[leaf.node].is_none() => return false,
            _ if rests && !asked.lasting.contains(&leaf) => return false,
            _ => {}
        }
    }
    true
}
