//! Conditions: propositions with a name, each after those that it names.
//!
//! In: conditions as written, by file. Out: what each stands for; `circular` where one leads back to
//! itself, with the ring drawn.

use super::assessment::Prop;
use super::names::{Meaning, Scope};
use super::uses::Sources;
use crate::diag::rules;
use crate::diag::{Diagnostic, suggest};
use crate::limits;
use crate::syntax::ast::{self, PropKind};
use crate::text::source::Span;

/// Calls `f` with every name of a proposition and its place.
pub(super) fn each_name<'p>(prop: &'p ast::Prop, f: &mut impl FnMut(&'p str, Span)) {
    match &prop.kind {
        PropKind::Name(name) => f(name, prop.span),
        PropKind::Compared(name, _) => f(&name.node, name.span),
        PropKind::Not(inner) => each_name(inner, f),
        PropKind::And(parts) | PropKind::Or(parts) | PropKind::AtLeast(_, parts) => {
            parts.iter().for_each(|p| each_name(p, f));
        }
    }
}

/// The conditions so that each stands behind those that it names, and the rings among them.
pub(super) fn order(
    sources: &Sources<'_>,
    scopes: &[Option<Scope>],
) -> (Vec<usize>, Vec<Diagnostic>) {
    let count = sources.conditions.len();
    let mut out: Vec<Vec<(usize, Span)>> = vec![Vec::new(); count];
    for (i, (file, item)) in sources.conditions.iter().enumerate() {
        let Some(scope) = &scopes[file.0 as usize] else {
            continue;
        };
        each_name(&item.prop, &mut |name, span| {
            if let Some(Meaning::Condition(id)) = scope.names.get(name).map(|e| e.meaning) {
                out[i].push((id.0 as usize, span));
            }
        });
    }
    let mut placed = Vec::with_capacity(count);
    let mut found = Vec::new();
    // 0: new, 1: on the way, 2: done.
    let mut marks = vec![0u8; count];
    for start in 0..count {
        if marks[start] != 0 {
            continue;
        }
        let mut way: Vec<(usize, usize)> = vec![(start, 0)];
        marks[start] = 1;
        while let Some((node, next)) = way.last_mut() {
            let Some(&(to, span)) = out[*node].get(*next) else {
                marks[*node] = 2;
                placed.push(*node);
                way.pop();
                continue;
            };
            *next += 1;
            match marks[to] {
                0 => {
                    marks[to] = 1;
                    way.push((to, 0));
                }
                1 => {
                    let at = way.iter().position(|(n, _)| *n == to).unwrap_or(0);
                    let ring: Vec<usize> = way[at..].iter().map(|(n, _)| *n).collect();
                    found.push(ring_of(&ring, span, sources));
                }
                _ => {}
            }
        }
    }
    (placed, found)
}

fn ring_of(ring: &[usize], span: Span, sources: &Sources<'_>) -> Diagnostic {
    let name = |i: &usize| sources.conditions[*i].1.name.node.as_str();
    let names: Vec<&str> = ring.iter().map(name).collect();
    let drawn = [&names[..], &names[..1]].concat().join(" → ");
    let message = match names[..] {
        [one] => format!("the condition `{one}` stands for itself"),
        _ => format!(
            "the conditions {} stand for each other",
            suggest::list(&names[..names.len().min(6)], "and")
        ),
    };
    Diagnostic::new(&rules::CIRCULAR, span, message)
        .label("this leads back")
        .help(format!(
            "{drawn}; write what it stands for in events and outcomes"
        ))
}

/// What is wrong with the size of what a condition stands for.
pub(super) fn too_much(prop: &Prop, item: &ast::Condition) -> Option<Diagnostic> {
    let too_deep = prop.depth() > limits::DEPTH * 2;
    (too_deep || prop.size() > limits::NESTED).then(|| {
        Diagnostic::new(
            &rules::LIMIT,
            item.name.span,
            match too_deep {
                true => format!(
                    "the condition `{}` stands for more than {} levels of others",
                    item.name.node,
                    limits::DEPTH * 2
                ),
                false => format!(
                    "the condition `{}` stands for more than {} names",
                    item.name.node,
                    limits::grouped(limits::NESTED)
                ),
            },
        )
        .label("too much to be read")
        .help("conditions that name others grow fast: declare events for what they share")
    })
}
