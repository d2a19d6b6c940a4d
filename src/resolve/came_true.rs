//! What came true, as `resolved` says it.
//!
//! In: items as written. Out: [`Resolved`]: an outcome to a share, an event, what a quantity came to. Units
//! are held to those of the quantity, and a quantity to one number a horizon.

use super::assessment::{
    Assessment, HorizonId, OutcomeId, Prop, QuantityId, Resolved, ResolvedWhat, Target,
};
use super::figures::percent;
use super::names::{Meaning, Reader, Want};
use super::queries::Takes;
use crate::diag::rules;
use crate::diag::{Diagnostic, Fix, suggest};
use crate::syntax::ast::{self, Figure, Name, Preposition};

/// What is settled, whether it needs a horizon, and which prepositions it takes.
type Settled = (ResolvedWhat, bool, Takes);

impl Reader<'_> {
    pub(super) fn resolved(&mut self, item: &ast::Resolved) -> Option<Resolved> {
        let horizon = item.at.as_ref().map(|at| self.asked_at(at));
        let (what, needs_horizon, takes) = match &item.what {
            ast::ResolvedWhat::Void(_) => (ResolvedWhat::Void, true, Takes::Both),
            ast::ResolvedWhat::Name {
                name,
                negated,
                amount,
            } => match self.look(&name.node, name.span, Want::Settled)? {
                Meaning::Outcome(outcome) => {
                    self.outcome_came(outcome, *negated, amount.as_ref())?
                }
                Meaning::Driver(event) => {
                    if let Some(amount) = amount {
                        self.share_of_event(name, amount);
                    }
                    let happened = !negated;
                    let what = ResolvedWhat::Event { event, happened };
                    (what, false, Takes::Both)
                }
                Meaning::Quantity(id) => {
                    let at = item.at.as_ref().map(|at| &at.preposition);
                    self.number_came(id, name, (*negated, at), amount.as_ref())?
                }
                _ => return None,
            },
        };
        if let (Some(at), Some(Some(h))) = (&item.at, horizon) {
            let target = match &what {
                ResolvedWhat::Outcome { outcome, .. } => Target::Outcome(*outcome),
                _ => Target::Prop(Prop::All(Vec::new())),
            };
            self.preposition(&at.preposition, takes, &target, h);
        }
        let horizon = match horizon {
            Some(found) => Some(found?),
            None if needs_horizon && self.facts.horizons.len() == 1 => Some(HorizonId(0)),
            None if needs_horizon && self.facts.horizons.len() > 1 => {
                let first = &self.facts.horizons[0].0;
                let help = format!("say for which horizon it is settled, as in `in {first}`");
                self.report(
                    Diagnostic::new(
                        &rules::BY_WHEN,
                        item.span,
                        "what came true does not say at which horizon",
                    )
                    .label("in which horizon?")
                    .help(help),
                );
                return None;
            }
            None => None,
        };
        Some(Resolved {
            span: item.span,
            what,
            horizon,
            on: item.on.clone(),
        })
    }

    fn outcome_came(
        &mut self,
        outcome: OutcomeId,
        negated: bool,
        amount: Option<&Figure>,
    ) -> Option<Settled> {
        let stated = match amount {
            Some(amount) => self.share_of_outcome(amount)?,
            None => 1.0,
        };
        let share = if negated { 1.0 - stated } else { stated };
        let takes = match self.facts.is_final(outcome) {
            true => Takes::Both,
            false => Takes::In,
        };
        Some((ResolvedWhat::Outcome { outcome, share }, true, takes))
    }

    /// `70%` as a share of 1.
    fn share_of_outcome(&mut self, amount: &Figure) -> Option<f64> {
        let number = amount.number;
        let found = match amount.unit.as_deref() {
            Some("%") if (0.0..=100.0).contains(&number) => return Some(number / 100.0),
            Some("%") => Diagnostic::new(
                &rules::IMPOSSIBLE_NUMBER,
                amount.span,
                format!("`{amount}` is impossible"),
            )
            .label("a share lies between 0% and 100%")
            .help("an outcome came true as a whole, not at all, or to a share: `70%`"),
            Some(unit) => Diagnostic::new(
                &rules::WRONG_KIND,
                amount.span,
                format!("`{unit}` is no unit of a share"),
            )
            .label("a percentage is needed here")
            .help("an outcome came true as a whole, or to a share: `70%`"),
            None => {
                let mut readings = vec![percent(number / 100.0)];
                if (0.0..1.0).contains(&number) {
                    readings.insert(0, percent(number));
                }
                let found = Diagnostic::new(
                    &rules::MISSING_UNIT,
                    amount.span,
                    format!("`{amount}` has no unit"),
                )
                .label("a share is written in per cent")
                .help(format!("write {}", suggest::list(&readings, "or")));
                readings.iter().fold(found, |found, reading| {
                    found.fix(Fix::risky(
                        format!("read it as `{reading}`"),
                        amount.span,
                        reading.as_str(),
                    ))
                })
            }
        };
        self.report(found);
        None
    }

    fn share_of_event(&mut self, name: &Name, amount: &Figure) {
        self.report(
            Diagnostic::new(
                &rules::WRONG_KIND,
                amount.span,
                "an event has happened or it has not",
            )
            .label("only an outcome is settled by shares")
            .help(format!("write `{0}` or `not {0}`", name.node)),
        );
    }

    /// What a quantity came to.
    fn number_came(
        &mut self,
        id: QuantityId,
        name: &Name,
        (negated, at): (bool, Option<&ast::Spanned<Preposition>>),
        amount: Option<&Figure>,
    ) -> Option<Settled> {
        let fact = self.facts.quantities[id.0 as usize].clone();
        let named = &name.node;
        let first = self.facts.horizons.first().map(|h| h.0.clone());
        let behind = match first.filter(|_| !self.facts.timeless) {
            Some(first) => format!(" in {first} on DATE"),
            None => " on DATE".to_owned(),
        };
        let example = || format!("write `resolved: {named} NUMBER{behind}`");
        let Some(amount) = amount.filter(|_| !negated) else {
            self.report(
                Diagnostic::new(
                    &rules::WRONG_KIND,
                    name.span,
                    format!("`{named}` is a number, which neither comes true nor fails"),
                )
                .label("what did it come to?")
                .help(example()),
            );
            return None;
        };
        if !self.in_unit(amount, fact.unit.as_deref(), named) {
            return None;
        }
        if fact.log && amount.number <= 0.0 {
            self.report(
                Diagnostic::new(
                    &rules::IMPOSSIBLE_NUMBER,
                    amount.span,
                    format!("`{amount}` is impossible: `{named}` stays above 0"),
                )
                .label("not above 0")
                .help("for what may be 0 or less, write `shape: normal` in the quantity"),
            );
            return None;
        }
        if let Some(by) = at.filter(|at| at.node == Preposition::By) {
            self.report(
                Diagnostic::new(
                    &rules::WRONG_KIND,
                    by.span,
                    format!("`{named}` is settled `in` a horizon, not `by` one"),
                )
                .label("`in` is needed here")
                .help("a quantity has a number of its own in each horizon: write `in`")
                .fix(Fix::safe("write `in`", by.span, "in")),
            );
        }
        let what = ResolvedWhat::Number {
            quantity: id,
            number: amount.number,
        };
        Some((what, true, Takes::Both))
    }
}

/// A quantity that is said to have come to two numbers in one horizon.
pub(super) fn numbers_twice(a: &Assessment) -> Vec<Diagnostic> {
    let past = a.past.iter().map(|p| p.resolved.as_slice());
    let all = past.chain([a.resolved.as_slice()]);
    let mut found = Vec::new();
    for all in all {
        for (i, later) in all.iter().enumerate() {
            let ResolvedWhat::Number { quantity, .. } = later.what else {
                continue;
            };
            let same = |r: &&Resolved| {
                r.horizon == later.horizon
                    && matches!(r.what, ResolvedWhat::Number { quantity: q, .. } if q == quantity)
            };
            if let Some(first) = all[..i].iter().find(same) {
                let name = a.quantities.name(quantity);
                found.push(
                    Diagnostic::new(
                        &rules::DUPLICATE_CLAUSE,
                        later.span,
                        format!("what `{name}` came to is said twice for one horizon"),
                    )
                    .label("said again")
                    .other(first.span, "said first")
                    .help("keep the one that counts; the other may stand behind it in a comment"),
                );
            }
        }
    }
    found
}
