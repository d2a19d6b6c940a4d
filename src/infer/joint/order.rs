//! The order in which what is drawn is drawn.
//!
//! In: everything that may be drawn, and what is asked. Out: the places of what matters, each after what it rests on.

use super::net::{Kind, Net, Node};
use super::test::Test;

/// The order in which needed nodes are drawn: what rests on others after these, what passes as late as
/// it can, the target last. What passes and one question alone rests on is not drawn at all.
pub(super) fn order(net: &Net<'_>, tests: &[Test], target: Option<usize>) -> Vec<usize> {
    let count = net.nodes.len();
    let mut resting: Vec<Vec<usize>> = vec![Vec::new(); count];
    for (n, node) in net.nodes.iter().enumerate() {
        for &on in node.iter().flat_map(|node| &node.on) {
            resting[on].push(n);
        }
    }
    let mut told = vec![false; count];
    for test in tests {
        test.leaves(&mut |leaf, _| told[leaf.node] = true);
    }
    if let Some(target) = target {
        told[target] = true;
    }
    // A node stands after what rests on it is known: from the top down.
    let mut private: Vec<Option<usize>> = vec![None; count];
    let mut sorted = Vec::new();
    let mut seen = vec![false; count];
    for n in 0..count {
        sort(net, n, &mut seen, &mut sorted);
    }
    for &n in sorted.iter().rev() {
        if told[n] || !net.node(n).is_some_and(Node::is_passing) {
            continue;
        }
        let owner = |r: &usize| match net.node(*r).map(|node| &node.kind) {
            _ if private[*r].is_some() => private[*r],
            Some(Kind::Question(_)) => Some(*r),
            _ => None,
        };
        let mut owners = resting[n].iter().map(owner);
        let first = owners.next().flatten();
        if first.is_some() && owners.all(|o| o == first) {
            private[n] = first;
        }
    }
    let mut out = Vec::new();
    let mut done = vec![false; count];
    let lasting = |n: &usize| {
        let passing = net.node(*n).is_none_or(Node::is_passing);
        !passing && Some(*n) != target
    };
    let roots: Vec<usize> = (0..count).filter(lasting).collect();
    let rest = (0..count).filter(|n| net.node(*n).is_some() && Some(*n) != target);
    for n in roots.into_iter().chain(rest).chain(target) {
        draw(net, n, &private, &mut done, &mut out);
    }
    out
}

fn sort(net: &Net<'_>, n: usize, seen: &mut [bool], out: &mut Vec<usize>) {
    let Some(node) = net.node(n) else { return };
    if std::mem::replace(&mut seen[n], true) {
        return;
    }
    node.on.iter().for_each(|on| sort(net, *on, seen, out));
    out.push(n);
}

fn draw(
    net: &Net<'_>,
    n: usize,
    private: &[Option<usize>],
    done: &mut [bool],
    out: &mut Vec<usize>,
) {
    let Some(node) = net.node(n) else { return };
    if std::mem::replace(&mut done[n], true) {
        return;
    }
    for on in &node.on {
        draw(net, *on, private, done, out);
    }
    if private[n].is_none() {
        out.push(n);
    }
}
