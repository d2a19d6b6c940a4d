//! The names that items mean or declare.
//!
//! In: items without prose. Out: each of their names in turn, to be read or changed. Words of a scale
//! are no such names.

use crate::syntax::ast::{
    At, ByTime, ChanceRow, Decides, Guard, Item, Name, Outcome, Prior, PriorValue, Prop, PropKind,
    When,
};

/// Calls `f` with every name of an item.
pub(super) fn each(item: &mut Item, f: &mut impl FnMut(&mut String)) {
    match item {
        Item::Horizon(h) => f(&mut h.name.node),
        Item::Outcome(o) => outcome(o, f),
        Item::Prior(p) => prior(p, f),
        Item::Question(q) => {
            f(&mut q.name.node);
            q.outcomes.iter_mut().for_each(|o| outcome(o, f));
            q.priors.iter_mut().for_each(|p| prior(p, f));
        }
        Item::Condition(c) => {
            f(&mut c.name.node);
            prop(&mut c.prop, f);
        }
        Item::Implies(i) => all(&mut i.members, f),
        Item::Quantity(q) => {
            f(&mut q.name.node);
            let stated = q.stated.iter_mut().filter_map(|s| s.horizon.as_mut());
            stated.for_each(|name| f(&mut name.node));
        }
        Item::Driver(d) => {
            f(&mut d.name.node);
            d.once.iter_mut().for_each(|o| prop(&mut o.trigger, f));
            d.rows.iter_mut().for_each(|r| row(r, f));
            d.when.iter_mut().for_each(|p| prop(p, f));
            for weight in &mut d.weights {
                all(&mut weight.outcomes, f);
                times(&mut weight.values, f);
            }
            for (outcome, _) in d.likelihood.iter_mut().flat_map(|l| &mut l.chances) {
                f(&mut outcome.node);
            }
            for count in &mut d.counts {
                f(&mut count.driver.node);
                times(&mut count.values, f);
            }
            for moved in &mut d.moves {
                f(&mut moved.quantity.node);
                times(&mut moved.values, f);
            }
        }
        Item::Use(u) => all(&mut u.names, f),
        Item::Exclusive(e) => all(&mut e.members, f),
        Item::Overlap(o) => all(&mut o.members, f),
        _ => {}
    }
}

pub(super) fn outcome(outcome: &mut Outcome, f: &mut impl FnMut(&mut String)) {
    f(&mut outcome.name.node);
    if let Some(Decides::When(when)) = &mut outcome.when {
        prop(when, f);
    }
}

fn prior(prior: &mut Prior, f: &mut impl FnMut(&mut String)) {
    if let Guard::Given(given) = &mut prior.guard {
        prop(given, f);
    }
    for row in &mut prior.rows {
        f(&mut row.outcome.node);
        if let PriorValue::Chances(values) = &mut row.value {
            times(values, f);
        }
    }
    for counted in prior.counts_in.iter_mut().flat_map(|c| &mut c.members) {
        f(&mut counted.node);
    }
}

fn all(names: &mut [Name], f: &mut impl FnMut(&mut String)) {
    names.iter_mut().for_each(|name| f(&mut name.node));
}

pub(super) fn row(row: &mut ChanceRow, f: &mut impl FnMut(&mut String)) {
    if let Guard::Given(given) = &mut row.guard {
        prop(given, f);
    }
    times(&mut row.values, f);
}

pub(super) fn times<T>(values: &mut ByTime<T>, f: &mut impl FnMut(&mut String)) {
    for at in values.entries.iter_mut().filter_map(|e| e.at.as_mut()) {
        time(at, f);
    }
}

fn time(at: &mut At, f: &mut impl FnMut(&mut String)) {
    if let When::Horizon(name) = &mut at.when {
        f(&mut name.node);
    }
}

/// Of a proposition; parentheses are limited in depth, and so is this.
pub(super) fn prop(prop: &mut Prop, f: &mut impl FnMut(&mut String)) {
    match &mut prop.kind {
        PropKind::Name(name) => f(name),
        PropKind::Compared(name, _) => f(&mut name.node),
        PropKind::Not(inner) => self::prop(inner, f),
        PropKind::And(all) | PropKind::Or(all) | PropKind::AtLeast(_, all) => {
            all.iter_mut().for_each(|p| self::prop(p, f));
        }
    }
}
