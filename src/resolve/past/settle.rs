//! What `resolved` says has come true, or has not, by the date of `as of`.
//!
//! In: a project. Out: the same with these events as happened by now, and a final outcome that has
//! come as all that is left of the prior. Why it came is not asked: causes stay as stated.

use super::Frame;
use super::strip::by;
use crate::project::Project;
use crate::syntax::ast::{
    At, ByTime, Chance, ChanceRow, Driver, DriverKind, Guard, Item, Outcome, Preposition, Prior,
    PriorRow, PriorValue, Resolved, ResolvedWhat, Spanned, Timed, When,
};
use crate::text::source::Span;
use jiff::civil::Date;
use std::collections::BTreeSet;

/// Whether a resolution tells something of what is to come: known by `as of`, and of a name.
pub(super) fn acts(resolved: &Resolved, as_of: Date) -> bool {
    let known = resolved
        .on
        .as_ref()
        .is_some_and(|on| on.node.last() <= as_of);
    known && matches!(resolved.what, ResolvedWhat::Name { .. })
}

/// Makes what is resolved by now so.
pub(super) fn settle(project: &mut Project, frame: &Frame) {
    let resolved: Vec<Resolved> = project.files[0]
        .ast
        .items
        .iter()
        .filter_map(|item| match item {
            Item::Resolved(r) if acts(r, frame.as_of) => Some(r.clone()),
            _ => None,
        })
        .collect();
    for resolved in &resolved {
        let ResolvedWhat::Name {
            name,
            negated,
            amount,
        } = &resolved.what
        else {
            continue;
        };
        // A share tells nothing for sure; what a number came to is put in later.
        if amount.as_ref().is_some_and(|a| a.number < 100.0) || is_quantity(project, &name.node) {
            continue;
        }
        let span = resolved.span;
        match (finality(project, &name.node), negated) {
            (Some(true), false) => outcome(project, &name.node, frame, span),
            // An outcome that passes tells nothing of later horizons.
            (Some(_), _) => {}
            (None, false) => happened(project, &name.node, frame, span),
            (None, true) => not_by(project, &name.node, resolved, frame),
        }
    }
}

/// Whether a name is an outcome's, and then whether that is final.
fn finality(project: &Project, name: &str) -> Option<bool> {
    let items = project.files[0].ast.items.iter();
    let mut outcomes = items.filter_map(|item| match item {
        Item::Outcome(o) if o.name.node == name => Some(o.is_final.is_some()),
        _ => None,
    });
    outcomes.next()
}

fn is_quantity(project: &Project, name: &str) -> bool {
    let mut items = project.files[0].ast.items.iter();
    items.any(|item| matches!(item, Item::Quantity(q) if q.name.node == name))
}

fn events<'a>(project: &'a mut Project, name: &'a str) -> impl Iterator<Item = &'a mut Driver> {
    let items = project.files.iter_mut().flat_map(|f| &mut f.ast.items);
    items.filter_map(move |item| match item {
        Item::Driver(d) if d.kind == DriverKind::Event && d.name.node == name => Some(d),
        _ => None,
    })
}

fn entry(share: f64, at: Option<At>, span: Span) -> Timed<Chance> {
    Timed {
        value: Spanned {
            node: Chance::Share(share),
            span,
        },
        at,
    }
}

/// A single chance.
fn row(entries: Vec<Timed<Chance>>, span: Span) -> ChanceRow {
    ChanceRow {
        span,
        head: span,
        guard: Guard::Plain,
        values: ByTime { span, entries },
    }
}

/// An event that has happened; what it excludes does not happen any more.
fn happened(project: &mut Project, name: &str, frame: &Frame, span: Span) {
    let now = At {
        span,
        preposition: Spanned {
            node: Preposition::By,
            span,
        },
        when: When::Now(span),
    };
    for event in events(project, name) {
        event.rows = vec![row(vec![entry(1.0, Some(now.clone()), span)], span)];
    }
    let items = project.files.iter().flat_map(|f| &f.ast.items);
    let excluded: BTreeSet<String> = items
        .filter_map(|item| match item {
            Item::Exclusive(group) => Some(&group.members),
            _ => None,
        })
        .filter(|members| members.iter().any(|m| m.node == name))
        .flatten()
        .map(|m| m.node.clone())
        .filter(|m| m != name)
        .collect();
    for other in &excluded {
        for event in events(project, other) {
            let at = by(&frame.last.node, span);
            event.rows = vec![row(vec![entry(0.0, Some(at), span)], span)];
        }
    }
    // What it implies has happened with it.
    let (_, weaker) = chained(project, name);
    for other in &weaker {
        for event in events(project, other) {
            event.rows = vec![row(vec![entry(1.0, Some(now.clone()), span)], span)];
        }
    }
}

/// The events of its chain that imply an event, and those that it implies.
fn chained(project: &Project, name: &str) -> (Vec<String>, Vec<String>) {
    let items = project.files.iter().flat_map(|f| &f.ast.items);
    let mut chains = items.filter_map(|item| match item {
        Item::Implies(chain) => Some(&chain.members),
        _ => None,
    });
    let place =
        |members: &Vec<crate::syntax::ast::Name>| members.iter().position(|m| m.node == name);
    let found = chains.find_map(|members| Some((members, place(members)?)));
    let Some((members, at)) = found else {
        return (Vec::new(), Vec::new());
    };
    let names = |part: &[crate::syntax::ast::Name]| part.iter().map(|m| m.node.clone()).collect();
    (names(&members[..at]), names(&members[at + 1..]))
}

/// An event of which it is known already that it will not have happened by a horizon's end.
fn not_by(project: &mut Project, name: &str, resolved: &Resolved, frame: &Frame) {
    let Some(At {
        when: When::Horizon(horizon),
        ..
    }) = &resolved.at
    else {
        return;
    };
    let items = project.files[0].ast.items.iter();
    let horizons: Vec<String> = items
        .filter_map(|item| match item {
            Item::Horizon(h) => Some(h.name.node.clone()),
            _ => None,
        })
        .collect();
    // Those that are over have been left out: nothing has happened in them.
    if resolved.on.is_none() || frame.over.contains_key(&horizon.node) {
        return;
    }
    let Some(last) = horizons.iter().position(|h| *h == horizon.node) else {
        return;
    };
    let until: BTreeSet<&String> = horizons[..=last].iter().collect();
    // What implies it has not happened either.
    let (mut all, _) = chained(project, name);
    all.push(name.to_owned());
    for name in &all {
        none_until(
            project,
            name,
            &horizon.node,
            &until,
            last + 1 == horizons.len(),
        );
    }
}

/// An event that will not have happened by the end of a horizon; `until` has the names of those up to it.
fn none_until(
    project: &mut Project,
    name: &str,
    horizon: &str,
    until: &BTreeSet<&String>,
    is_last: bool,
) {
    for event in events(project, name) {
        for row in &mut event.rows {
            let early = |e: &Timed<Chance>| match e.at.as_ref().map(|at| &at.when) {
                Some(When::Horizon(h)) => until.contains(&h.node),
                Some(When::Now(_)) => true,
                None => is_last,
                Some(When::Date(_)) => false,
            };
            row.values.entries.retain(|e| !early(e));
            let span = row.values.span;
            let at = by(horizon, span);
            row.values.entries.insert(0, entry(0.0, Some(at), span));
        }
    }
}

/// A final outcome that has come: nothing else of its question is left.
fn outcome(project: &mut Project, name: &str, frame: &Frame, span: Span) {
    let items = &mut project.files[0].ast.items;
    let of_question = items.iter_mut().find_map(|item| match item {
        Item::Question(q) if q.outcomes.iter().any(|o| o.name.node == name) => Some(q),
        _ => None,
    });
    if let Some(question) = of_question {
        let rows = rows(question.outcomes.iter(), name, frame, span);
        replace(&mut question.priors.iter_mut().collect::<Vec<_>>(), &rows);
        if let (true, Some(rows)) = (question.priors.is_empty(), rows) {
            question.priors.push(prior(rows, span));
        }
        return;
    }
    let outcomes = items.iter().filter_map(|item| match item {
        Item::Outcome(outcome) => Some(outcome),
        _ => None,
    });
    let rows = rows(outcomes, name, frame, span);
    let priors = items.iter_mut().filter_map(|item| match item {
        Item::Prior(prior) => Some(prior),
        _ => None,
    });
    let mut priors: Vec<&mut Prior> = priors.collect();
    replace(&mut priors, &rows);
    if let (true, Some(rows)) = (priors.is_empty(), rows) {
        items.push(Item::Prior(prior(rows, span)));
    }
}

fn replace(priors: &mut [&mut Prior], rows: &Option<Vec<PriorRow>>) {
    if let Some(rows) = rows {
        priors
            .iter_mut()
            .for_each(|prior| prior.rows.clone_from(rows));
    }
}

/// The row of each outcome that has one; none where what has come is decided by others.
fn rows<'a>(
    outcomes: impl Iterator<Item = &'a Outcome>,
    name: &str,
    frame: &Frame,
    span: Span,
) -> Option<Vec<PriorRow>> {
    let judged: Vec<&Outcome> = outcomes.filter(|o| o.when.is_none()).collect();
    let has_come = |o: &&Outcome| o.name.node == name;
    judged.iter().find(|o| has_come(o))?;
    let rows = judged.iter().map(|outcome| {
        let share = if has_come(outcome) { 1.0 } else { 0.0 };
        let at = outcome.is_final.map(|_| by(&frame.first.node, span));
        PriorRow {
            span,
            outcome: Spanned {
                node: outcome.name.node.clone(),
                span,
            },
            value: PriorValue::Chances(ByTime {
                span,
                entries: vec![entry(share, at, span)],
            }),
        }
    });
    Some(rows.collect())
}

fn prior(rows: Vec<PriorRow>, span: Span) -> Prior {
    Prior {
        span,
        keyword: span,
        guard: Guard::Plain,
        head: span,
        title: None,
        rows,
        counts_in: None,
        confidence: None,
        evidence: Vec::new(),
        prose: Default::default(),
        broken: Vec::new(),
    }
}
