//! Clauses of one driver, replaced or taken away.
//!
//! In: an item of a file and what stands in place of its clauses. Out: the item, changed. A clause is
//! the same where its key and its target are: the weight for an outcome, the count of a driver, the
//! row of a condition.

use crate::syntax::ast::{
    ChanceRow, Driver, DriverKind, Guard, Item, Move, Name, Prop, PropKind, Quantity,
};
use crate::text::source::Span;

/// What the clauses of an item stand in place of, in words, each with its place.
pub(super) fn slots(name: &str, item: &Item) -> Vec<(String, Span)> {
    let mut all = Vec::new();
    match item {
        Item::Prior(prior) => {
            for row in &prior.rows {
                all.push((format!("the prior of `{}`", row.outcome.node), row.span));
            }
        }
        Item::Driver(driver) => {
            for row in &driver.rows {
                let of = match &row.guard {
                    Guard::Given(prop) => format!(" given `{}`", spelt(prop)),
                    Guard::Plain | Guard::Otherwise => String::new(),
                };
                let what = match driver.kind {
                    DriverKind::Factor => "how often",
                    _ => "the chance of",
                };
                let holds = match driver.kind {
                    DriverKind::Factor => " holds",
                    _ => "",
                };
                all.push((format!("{what} `{name}`{holds}{of}"), row.span));
            }
            for weight in &driver.weights {
                for outcome in &weight.outcomes {
                    let slot = format!("the weight of `{name}` on `{}`", outcome.node);
                    all.push((slot, weight.span));
                }
            }
            for count in &driver.counts {
                let slot = format!("how `{name}` counts `{}`", count.driver.node);
                all.push((slot, count.span));
            }
            for once in &driver.once {
                all.push((
                    format!("the chance of `{name}` after its trigger"),
                    once.span,
                ));
            }
            for moved in &driver.moves {
                let slot = format!("how `{name}` moves `{}`", moved.quantity.node);
                all.push((slot, moved.span));
            }
            if let Some(likelihood) = &driver.likelihood {
                all.push((format!("the likelihood of `{name}`"), likelihood.span));
            }
            if let Some(when) = &driver.when {
                all.push((format!("the condition of `{name}`"), when.span));
            }
        }
        Item::Quantity(quantity) => {
            for stated in &quantity.stated {
                let at = match &stated.horizon {
                    Some(horizon) => format!(" in `{}`", horizon.node),
                    None => String::new(),
                };
                all.push((format!("what is expected of `{name}`{at}"), stated.span));
            }
        }
        _ => {}
    }
    all
}

/// Puts what is given of a quantity in place of what is stated of it: of every horizon, or of one of
/// them, `horizons` being all.
pub(super) fn requantify(own: &mut Quantity, given: Quantity, horizons: &[&Name]) {
    if given.stated.iter().any(|s| s.horizon.is_none()) {
        own.stated = given.stated;
        return;
    }
    let is_given = |name: &str| {
        let mut named = given.stated.iter().filter_map(|s| s.horizon.as_ref());
        named.any(|h| h.node == name)
    };
    for stated in std::mem::take(&mut own.stated) {
        match &stated.horizon {
            Some(horizon) if is_given(&horizon.node) => {}
            Some(_) => own.stated.push(stated),
            // What was said of all is said of each that is left.
            None => {
                for horizon in horizons.iter().filter(|h| !is_given(&h.node)) {
                    own.stated.push(crate::syntax::ast::Stated {
                        horizon: Some(Name {
                            span: stated.head,
                            node: horizon.node.clone(),
                        }),
                        ..stated.clone()
                    });
                }
            }
        }
    }
    own.stated.extend(given.stated);
}

/// Puts the clauses of `given` in place of those of `own`.
pub(super) fn replace(own: &mut Driver, given: Driver) {
    if given.rows.iter().any(|r| matches!(r.guard, Guard::Plain)) {
        own.once.clear();
    }
    if !given.once.is_empty() {
        own.once = given.once;
    }
    rows(&mut own.rows, given.rows);
    for moved in given.moves {
        let same = |m: &&mut Move| m.quantity.node == moved.quantity.node;
        match own.moves.iter_mut().find(same) {
            Some(old) => *old = moved,
            None => own.moves.push(moved),
        }
    }
    for weight in given.weights {
        weight.displace(&mut own.weights);
        own.weights.push(weight);
    }
    for count in given.counts {
        let same = |c: &&mut crate::syntax::ast::Count| c.driver.node == count.driver.node;
        match own.counts.iter_mut().find(same) {
            Some(old) => *old = count,
            None => own.counts.push(count),
        }
    }
    if given.likelihood.is_some() {
        own.likelihood = given.likelihood;
        own.weights.clear();
    } else if !own.weights.is_empty() {
        // A driver has the one or the other.
        own.likelihood = None;
    }
    if given.when.is_some() {
        own.when = given.when;
    }
}

/// A bare row stands in place of all rows, another in place of the one with its condition.
fn rows(own: &mut Vec<ChanceRow>, given: Vec<ChanceRow>) {
    if given.iter().any(|row| matches!(row.guard, Guard::Plain)) {
        *own = given;
        return;
    }
    let mut given = given;
    for row in &mut *own {
        if let Guard::Plain = row.guard {
            row.guard = Guard::Otherwise;
        }
        let same = given.iter().position(|g| is_same(&g.guard, &row.guard));
        if let Some(place) = same {
            *row = given.remove(place);
        }
    }
    // The first row that holds is in force: what is new comes first, `otherwise` last.
    let (last, first): (Vec<_>, Vec<_>) = given
        .into_iter()
        .partition(|row| matches!(row.guard, Guard::Otherwise));
    own.splice(0..0, first);
    own.extend(last);
}

fn is_same(a: &Guard, b: &Guard) -> bool {
    match (a, b) {
        (Guard::Given(a), Guard::Given(b)) => spelt(a) == spelt(b),
        (Guard::Otherwise, Guard::Otherwise) => true,
        _ => false,
    }
}

/// A proposition as it would be written, to be compared.
fn spelt(prop: &Prop) -> String {
    let list = |parts: &[Prop], word: &str| {
        let parts: Vec<String> = parts.iter().map(spelt).collect();
        format!("({})", parts.join(word))
    };
    match &prop.kind {
        PropKind::Name(name) => name.clone(),
        PropKind::Compared(name, with) => format!("{} {with}", name.node),
        PropKind::Not(inner) => format!("not {}", spelt(inner)),
        PropKind::And(parts) => list(parts, " and "),
        PropKind::Or(parts) => list(parts, " or "),
        PropKind::AtLeast(n, parts) => format!("at least {} of {}", n.node, list(parts, ", ")),
    }
}
