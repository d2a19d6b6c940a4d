//! How a driver pushes outcomes: weights by horizon, or a likelihood under every outcome.
//!
//! In: clauses as written. Out: at most one weight for each outcome, or a chance of seeing the
//! evidence under each, above 0%.

use super::assessment::{Clause, Number, Weight};
use super::names::Reader;
use crate::diag::{Diagnostic, suggest};
use crate::limits;
use crate::rules;
use crate::source::Span;
use crate::syntax::ast;
use std::collections::BTreeMap;

impl Reader<'_> {
    /// The weights of a driver; `budget` is how many numbers may still be made.
    pub(super) fn weights(&mut self, item: &ast::Driver, budget: &mut usize) -> Vec<Weight> {
        let name = &item.name.node;
        let mut seen: BTreeMap<String, Span> = BTreeMap::new();
        let mut result = Vec::new();
        for weight in &item.weights {
            let stated = self.by_horizon(&weight.values, "a weight");
            let numbers = self.each_once(stated, |reader, value| reader.strength(value));
            let mut outcomes: Vec<&str> = weight.outcomes.iter().map(|o| o.node.as_str()).collect();
            outcomes.sort_unstable();
            let side = if weight.against { "against" } else { "for" };
            let key = format!("{name} weight {side} {}", outcomes.join(", "));
            for outcome in &weight.outcomes {
                if let Some(first) = seen.insert(outcome.node.clone(), outcome.span) {
                    self.report(
                        Diagnostic::new(
                            &rules::DUPLICATE_CLAUSE,
                            outcome.span,
                            format!("`{name}` has two weights for `{}`", outcome.node),
                        )
                        .label("weighed again")
                        .other(first, "weighed first")
                        .help(
                            "one thing pushes an outcome once; state how it changes over time \
                             as in `weight for x: strong, moderate in long`",
                        ),
                    );
                    continue;
                }
                let Some(id) = self.outcome(outcome) else {
                    continue;
                };
                let Some(left) = budget.checked_sub(numbers.len()) else {
                    self.too_many(weight.head);
                    return result;
                };
                *budget = left;
                result.push(Weight {
                    outcome: id,
                    against: weight.against,
                    clause: Clause {
                        span: weight.span,
                        key: key.clone(),
                        values: numbers.clone(),
                    },
                });
            }
        }
        result
    }

    fn too_many(&mut self, span: Span) {
        if self.reports.first(span.file, "too many numbers".into()) {
            let limit = limits::NUMBERS;
            self.report(
                Diagnostic::new(
                    &rules::LIMIT,
                    span,
                    format!("more than {limit} weights, counted by outcome and horizon"),
                )
                .label("this one and those after it are not read")
                .help("an assessment of this size cannot be judged by anybody: split it"),
            );
        }
    }

    /// The chance of seeing the evidence under each outcome, by its id.
    pub(super) fn likelihood(
        &mut self,
        item: &ast::Driver,
        clause: &ast::Likelihood,
    ) -> Option<Clause<Vec<Number>>> {
        let name = &item.name.node;
        if let Some(weight) = item.weights.first() {
            self.report(
                Diagnostic::new(
                    &rules::DUPLICATE_CLAUSE,
                    clause.head,
                    format!("`{name}` has both weights and a likelihood"),
                )
                .label("says anew what the weights say")
                .other(weight.head, "a weight")
                .help("a `likelihood` stands instead of weights: keep one of the two"),
            );
        }
        let mut numbers: Vec<Option<Number>> = vec![None; self.facts.outcomes.len()];
        let mut complete = true;
        for (outcome, chance) in &clause.chances {
            let number = self.chance(chance, "a likelihood");
            let (Some(id), Some(number)) = (self.outcome(outcome), number) else {
                complete = false;
                continue;
            };
            if number.point <= 0.0 {
                self.report(
                    Diagnostic::new(
                        &rules::IMPOSSIBLE_NUMBER,
                        chance.span,
                        format!("the evidence is impossible under `{}`", outcome.node),
                    )
                    .label("0% would rule the outcome out for good")
                    .help("write a small chance, such as 1%, or less if you are that sure"),
                );
                complete = false;
            }
            if let Some(first) = numbers[id.0 as usize].replace(number) {
                self.report(
                    Diagnostic::new(
                        &rules::DUPLICATE_CLAUSE,
                        outcome.span,
                        format!("`{}` stands twice in this likelihood", outcome.node),
                    )
                    .label("stated again")
                    .other(first.span, "stated first")
                    .help("keep one of the two"),
                );
            }
        }
        let missing: Vec<&str> = numbers
            .iter()
            .zip(&self.facts.outcomes)
            .filter(|(n, _)| n.is_none())
            .map(|(_, o)| o.0.as_str())
            .take(6)
            .collect();
        if complete && !missing.is_empty() {
            self.report(
                Diagnostic::new(
                    &rules::MISSING_PART,
                    clause.head,
                    format!("the likelihood of `{name}` leaves out {}", suggest::list(&missing, "and")),
                )
                .label("every outcome needs its chance")
                .help("say how likely the evidence would be under each outcome; what counts is the ratio between them"),
            );
        }
        Some(Clause {
            span: clause.span,
            key: format!("{name} likelihood"),
            values: numbers.into_iter().collect::<Option<_>>()?,
        })
    }
}
