//! Clauses of one item with those of a view in place of them.
//!
//! In: an item of the file and the same item as a view has it. Out: the item with, of each clause that
//! the view states, what the view states: all rows of a chance, the weight for an outcome, the count of a
//! driver, a piece of evidence of the same text.

use crate::diag::Diagnostic;
use crate::diag::rules;
use crate::syntax::ast::{
    ByTime, Chance, ChanceRow, Count, Driver, DriverKind, Evidence, Guard, Move, Spanned, Timed,
};
use crate::text::source::Span;
use std::collections::BTreeMap;

/// Puts the clauses of `given` in place of those of `own`.
pub(super) fn driver(own: &mut Driver, given: Driver) {
    if !given.rows.is_empty() || !given.once.is_empty() {
        own.rows = given.rows;
        own.once = given.once;
    }
    let weighs = !given.weights.is_empty();
    for weight in &given.weights {
        weight.displace(&mut own.weights);
    }
    own.weights.extend(given.weights);
    let same_count = |a: &Count, b: &Count| a.driver.node == b.driver.node;
    put_in_place(&mut own.counts, given.counts, same_count);
    let same_move = |a: &Move, b: &Move| {
        a.quantity.node == b.quantity.node && a.if_wrong.is_some() == b.if_wrong.is_some()
    };
    put_in_place(&mut own.moves, given.moves, same_move);
    if given.impact.is_some() {
        own.impact = given.impact;
    }
    if given.likelihood.is_some() {
        own.likelihood = given.likelihood;
        if !weighs {
            own.weights.clear();
        }
    } else if weighs {
        // A driver has the one or the other.
        own.likelihood = None;
    }
    let same_text = |a: &Evidence, b: &Evidence| a.text.node == b.text.node;
    put_in_place(&mut own.evidence, given.evidence, same_text);
    if given.when.is_some() {
        own.when = given.when;
    }
    if given.title.is_some() {
        own.title = given.title;
    }
    if given.confidence.is_some() {
        own.confidence = given.confidence;
    }
    let prose = given.prose;
    let each = [
        (&mut own.prose.resolves, prose.resolves),
        (&mut own.prose.context, prose.context),
        (&mut own.prose.note, prose.note),
    ];
    for (old, new) in each {
        if new.is_some() {
            *old = new;
        }
    }
    if prose.source.is_some() {
        own.prose.source = prose.source;
    }
    own.broken.extend(given.broken);
}

/// Puts clauses in the places of the file's own that say the same, and the others behind them. What is given twice stays
/// twice, as in any block, so that it is told.
fn put_in_place<T>(own: &mut Vec<T>, given: Vec<T>, same: impl Fn(&T, &T) -> bool) {
    let mut is_free = vec![true; own.len()];
    for new in given {
        let place = (0..is_free.len()).find(|&i| is_free[i] && same(&own[i], &new));
        match place {
            Some(i) => {
                is_free[i] = false;
                own[i] = new;
            }
            None => own.push(new),
        }
    }
}

/// What one view has said, and where.
#[derive(Debug, Default)]
pub(super) struct Slots(BTreeMap<String, Span>);

impl Slots {
    /// Reports what the view says twice of one thing, and takes the second away.
    pub(super) fn take(&mut self, given: &mut Driver, view: &str) -> Vec<Diagnostic> {
        let name = given.name.node.clone();
        let mut wrong = Vec::new();
        let mut first = |what: String, span: Span, seen: Option<Span>| match seen {
            None => true,
            Some(first) => {
                wrong.push(
                    Diagnostic::new(
                        &rules::DUPLICATE_CLAUSE,
                        span,
                        format!("{what} is stated twice in the view `{view}`"),
                    )
                    .label("here again")
                    .other(first, "here first")
                    .help("keep one of the two"),
                );
                false
            }
        };
        let rows = given.rows.first().map(|r| r.head);
        let head = rows.or(given.once.first().map(|o| o.head));
        if let Some(head) = head {
            let what = format!("the chance of `{name}`");
            let seen = self.insert(&what, head);
            if !first(what, head, seen) {
                given.rows.clear();
                given.once.clear();
            }
        }
        // Two weights of one item are looked at as those of any file; of two items they are told here.
        let at = given.name.span;
        given.weights.retain(|weight| {
            weight.outcomes.iter().all(|o| {
                let wrong = if weight.if_wrong.is_some() {
                    " if wrong"
                } else {
                    ""
                };
                let what = format!("the weight of `{name}` for `{}`{wrong}", o.node);
                let seen = self.insert_of(&what, weight.span, at);
                first(what, weight.head, seen)
            })
        });
        given.counts.retain(|count| {
            let what = format!("how `{name}` counts `{}`", count.driver.node);
            let seen = self.insert_of(&what, count.span, at);
            first(what, count.span, seen)
        });
        given.moves.retain(|moved| {
            let what = format!("how `{name}` moves `{}`", moved.quantity.node);
            let seen = self.insert_of(&what, moved.span, at);
            first(what, moved.span, seen)
        });
        if let Some(likelihood) = &given.likelihood {
            let what = format!("the likelihood of `{name}`");
            let seen = self.insert(&what, likelihood.head);
            if !first(what, likelihood.head, seen) {
                given.likelihood = None;
            }
        }
        if let Some(when) = &given.when {
            let what = format!("the condition of `{name}`");
            let seen = self.insert(&what, when.span);
            if !first(what, when.span, seen) {
                given.when = None;
            }
        }
        wrong
    }

    /// Where it was said before.
    fn insert(&mut self, what: &str, span: Span) -> Option<Span> {
        match self.0.get(what) {
            Some(first) => Some(*first),
            None => {
                self.0.insert(what.to_owned(), span);
                None
            }
        }
    }

    /// The same, but for what was said in the same item, which ordinary reading finds.
    fn insert_of(&mut self, what: &str, span: Span, item: Span) -> Option<Span> {
        let seen = self.insert(what, span)?;
        (seen.start < item.start).then_some(seen)
    }
}

/// Leaves a driver out: it never holds and pushes nothing. Its name stays, for what rests on it.
pub(crate) fn leave_out(driver: &mut Driver) {
    driver.weights.clear();
    driver.counts.clear();
    driver.likelihood = None;
    driver.evidence.clear();
    driver.once.clear();
    // That nothing is left of it is meant.
    driver.broken.push("weight".to_owned());
    let never = match driver.kind {
        DriverKind::Event => Chance::PerYear(0.0),
        DriverKind::Factor if !driver.rows.is_empty() => Chance::Share(0.0),
        DriverKind::Factor | DriverKind::Change | DriverKind::Assumption => return,
    };
    let span = driver.name.span;
    driver.rows = vec![ChanceRow {
        span,
        head: span,
        guard: Guard::Plain,
        values: ByTime {
            span,
            entries: vec![Timed {
                value: Spanned { node: never, span },
                at: None,
            }],
        },
    }];
}
