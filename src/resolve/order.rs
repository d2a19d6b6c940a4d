//! An order of drivers and questions in which whatever something rests on comes first, and the rings
//! that forbid one.
//!
//! In: what each driver and question rests on, and the exclusive groups, which are drawn as one. Out:
//! the order, by name where the conditions leave it open, or `circular` with the ring drawn.

use super::assessment::{DriverId, Exclusive, Node, OutcomeId, QuestionId};
use super::cover::group_of;
use super::names::Facts;
use super::reports::Reports;
use crate::diag::rules;
use crate::diag::{Diagnostic, suggest};
use crate::text::source::Span;
use std::collections::BTreeSet;

/// One mention: `from` rests on `to`, because of what stands at `span`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Mention {
    pub(super) from: Node,
    pub(super) to: Node,
    /// The outcome that is named, where `to` is a question.
    pub(super) outcome: Option<OutcomeId>,
    pub(super) span: Span,
}

/// Drivers first, then questions, by their place.
fn index(node: Node, drivers: usize) -> usize {
    match node {
        Node::Driver(id) => id.0 as usize,
        Node::Question(id) => drivers + id.0 as usize,
    }
}

fn node(index: usize, drivers: usize) -> Node {
    match index.checked_sub(drivers) {
        None => Node::Driver(DriverId(index as u32)),
        Some(question) => Node::Question(QuestionId(question as u32)),
    }
}

/// The order, or nothing where a ring forbids it.
pub(super) fn order(
    facts: &Facts,
    mentions: &[Mention],
    groups: &[Exclusive],
    reports: &mut Reports,
) -> Option<Vec<Node>> {
    let drivers = facts.drivers.len();
    let count = drivers + facts.questions.len();
    let group_of = group_of(count, groups);
    // A node is a driver or question alone, or a whole group under its first member by name.
    let name = |id: usize| match id.checked_sub(drivers) {
        None => facts.drivers[id].name.as_str(),
        Some(question) => facts.questions[question].name.as_str(),
    };
    let mut node_of: Vec<usize> = (0..count).collect();
    for group in groups {
        let first = group
            .members
            .iter()
            .map(|m| m.0 as usize)
            .min_by_key(|m| name(*m));
        for member in &group.members {
            node_of[member.0 as usize] = first.unwrap_or(member.0 as usize);
        }
    }
    let mut out: Vec<Vec<Mention>> = vec![Vec::new(); count];
    for mention in mentions {
        out[node_of[index(mention.from, drivers)]].push(*mention);
    }
    for edges in &mut out {
        edges.sort_by_key(|m| (name(index(m.to, drivers)), m.span));
    }
    let mut starts: Vec<usize> = (0..count).filter(|i| node_of[*i] == *i).collect();
    starts.sort_by_key(|i| name(*i));
    if rings(&starts, &out, &node_of, &group_of, facts, reports) {
        return None;
    }
    // Of the nodes whose conditions are all placed, the first by name is placed next.
    let mut waiting = vec![0usize; count];
    let mut users: Vec<Vec<usize>> = vec![Vec::new(); count];
    for &start in &starts {
        let needs: BTreeSet<usize> = out[start]
            .iter()
            .map(|m| node_of[index(m.to, drivers)])
            .collect();
        waiting[start] = needs.len();
        for need in needs {
            users[need].push(start);
        }
    }
    let mut ready: BTreeSet<(&str, usize)> = starts
        .iter()
        .filter(|s| waiting[**s] == 0)
        .map(|s| (name(*s), *s))
        .collect();
    let mut result = Vec::with_capacity(count);
    while let Some((_, next)) = ready.pop_first() {
        match group_of[next] {
            Some(g) => {
                let mut members = groups[g].members.clone();
                members.sort_by_key(|m| name(m.0 as usize));
                result.extend(members.into_iter().map(Node::Driver));
            }
            None => result.push(node(next, drivers)),
        }
        for &user in &users[next] {
            waiting[user] -= 1;
            if waiting[user] == 0 {
                ready.insert((name(user), user));
            }
        }
    }
    Some(result)
}

/// Reports rings, each node in one of them at most; whether there is any.
fn rings(
    starts: &[usize],
    out: &[Vec<Mention>],
    node_of: &[usize],
    group_of: &[Option<usize>],
    facts: &Facts,
    reports: &mut Reports,
) -> bool {
    #[derive(Clone, Copy, PartialEq)]
    enum Mark {
        New,
        Open,
        Done,
    }
    let mut marks = vec![Mark::New; out.len()];
    let mut ringed = vec![false; out.len()];
    let mut any = false;
    for &start in starts {
        if marks[start] != Mark::New {
            continue;
        }
        // The way from the start: each node, and which of its mentions is followed.
        let mut way: Vec<(usize, usize)> = vec![(start, 0)];
        marks[start] = Mark::Open;
        while let Some((node, next)) = way.last_mut() {
            let Some(mention) = out[*node].get(*next) else {
                marks[*node] = Mark::Done;
                way.pop();
                continue;
            };
            *next += 1;
            let to = node_of[index(mention.to, facts.drivers.len())];
            match marks[to] {
                Mark::New => {
                    marks[to] = Mark::Open;
                    way.push((to, 0));
                }
                Mark::Open => {
                    any = true;
                    let at = way.iter().position(|(n, _)| *n == to).unwrap_or(0);
                    let ring: Vec<Mention> = way[at..]
                        .iter()
                        .map(|(n, next)| out[*n][next - 1])
                        .collect();
                    if way[at..].iter().all(|(n, _)| !ringed[*n]) {
                        way[at..].iter().for_each(|(n, _)| ringed[*n] = true);
                        reports.push(report(&ring, group_of, facts));
                    }
                }
                Mark::Done => {}
            }
        }
    }
    any
}

fn report(ring: &[Mention], group_of: &[Option<usize>], facts: &Facts) -> Diagnostic {
    // A question is called by the outcome through which it is reached.
    let arrival = |to: Node, outcome: Option<OutcomeId>| match (to, outcome) {
        (Node::Driver(id), _) => facts.driver(id).name.as_str(),
        (Node::Question(_), Some(outcome)) => facts.outcome(outcome).0.as_str(),
        (Node::Question(id), None) => facts.questions[id.0 as usize].name.as_str(),
    };
    let name_to = |i: usize| arrival(ring[i].to, ring[i].outcome);
    let name_from = |i: usize| {
        let before = &ring[(i + ring.len() - 1) % ring.len()];
        match ring[i].from {
            Node::Question(_) => arrival(before.to, before.outcome),
            from => arrival(from, None),
        }
    };
    let in_group = |node: Node| match node {
        Node::Driver(id) => group_of[id.0 as usize].is_some(),
        Node::Question(_) => false,
    };
    // Arriving at one member of a group and leaving from another: they are drawn together.
    let mut drawn = String::new();
    let mut names: Vec<&str> = Vec::new();
    let mut grouped = false;
    for (i, mention) in ring.iter().enumerate() {
        let before = ring[(i + ring.len() - 1) % ring.len()].to;
        if before != mention.from && in_group(before) {
            grouped = true;
            if i > 0 {
                drawn += &format!(" = {}", name_from(i));
            }
        }
        if i == 0 {
            drawn += name_from(i);
        }
        names.push(name_from(i));
        drawn += &format!(" → {}", name_to(i));
    }
    let last = ring[ring.len() - 1];
    if last.to != ring[0].from {
        drawn += &format!(" = {}", name_from(0));
    }
    let message = match names[..] {
        [one] if !grouped => format!("`{one}` depends on itself"),
        _ => {
            names.truncate(6);
            format!("{} depend on each other", suggest::list(&names, "and"))
        }
    };
    let message = match (names.len(), grouped) {
        (1, true) => format!("`{}` depends on an event that it excludes", names[0]),
        _ => message,
    };
    let mut found = Diagnostic::new(&rules::CIRCULAR, last.span, message).label(format!(
        "`{}` rests on `{}` here",
        name_from(ring.len() - 1),
        name_to(ring.len() - 1)
    ));
    for (i, mention) in ring[..ring.len() - 1].iter().enumerate().take(5) {
        found = found.other(
            mention.span,
            format!("`{}` rests on `{}` here", name_from(i), name_to(i)),
        );
    }
    let why = if grouped {
        "; events that exclude each other (=) are drawn together. Take one of the conditions out"
    } else {
        "; take one of the conditions out, so that something comes first"
    };
    found.help(format!("{drawn}{why}"))
}
