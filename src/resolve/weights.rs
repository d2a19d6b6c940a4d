//! How a driver pushes outcomes and events: weights by horizon, or a likelihood under every outcome.
//!
//! In: clauses as written. Out: at most one weight for each outcome and event, or a chance of seeing
//! the evidence under each outcome of a question, above 0%.

use super::assessment::{
    Clause, DriverId, DriverKind, EventWeight, Likelihood, Number, OutcomeId, Prop, QuestionId,
    Weight,
};
use super::names::{Link, Meaning, Reader, Want};
use crate::diag::rules;
use crate::diag::{Diagnostic, suggest};
use crate::limits;
use crate::syntax::ast;
use crate::text::source::Span;
use std::collections::BTreeMap;

impl Reader<'_> {
    /// The weights of a driver, on outcomes and on events; `budget` is how many numbers may still be
    /// made.
    pub(super) fn weights(
        &mut self,
        item: &ast::Driver,
        when: Option<&Prop>,
        budget: &mut usize,
    ) -> (Vec<Weight>, Vec<EventWeight>) {
        let name = &item.name.node;
        let mut seen: BTreeMap<String, Span> = BTreeMap::new();
        let mut result = Vec::new();
        let mut on_events = Vec::new();
        for weight in &item.weights {
            let stated = self.by_horizon(&weight.values, &"a weight");
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
                let Some(found) = self.look(&outcome.node, outcome.span, Want::Pushed) else {
                    continue;
                };
                let Some(left) = budget.checked_sub(numbers.len()) else {
                    self.too_many(weight.head);
                    return (result, on_events);
                };
                *budget = left;
                let against = weight.against;
                let clause = Clause {
                    span: weight.span,
                    key: key.clone(),
                    values: numbers.clone(),
                };
                match found {
                    Meaning::Outcome(id) if self.is_judged(id, outcome) => result.push(Weight {
                        outcome: id,
                        against,
                        clause,
                    }),
                    Meaning::Driver(id) if self.is_pushable(id, item, when, outcome) => {
                        on_events.push(EventWeight {
                            event: id,
                            against,
                            clause,
                        });
                    }
                    _ => {}
                }
            }
        }
        (result, on_events)
    }

    /// Whether an outcome is judged, so that it takes a weight; if not, says so.
    fn is_judged(&mut self, id: OutcomeId, name: &ast::Name) -> bool {
        let Some(when) = self.facts.asked[id.0 as usize].decided else {
            return true;
        };
        self.report(
            Diagnostic::new(
                &rules::WRONG_KIND,
                name.span,
                format!(
                    "`{}` is decided by its `when:` and takes no weight",
                    name.node
                ),
            )
            .label("nothing is left to push")
            .other(when, "decided here")
            .help(
                "put the weight on an event under that `when:`, as in `weight for landing: strong`",
            ),
        );
        false
    }

    /// Whether an event takes a weight of a driver; if not, says why.
    fn is_pushable(
        &mut self,
        id: DriverId,
        item: &ast::Driver,
        when: Option<&Prop>,
        name: &ast::Name,
    ) -> bool {
        let event = &name.node;
        let fact = self.facts.driver(id);
        let (message, other, help) = if fact.once.is_some() {
            (
                format!("`{event}` follows a trigger and takes no weight"),
                fact.once,
                "state what the trigger does in its `chance once …`, or push the trigger",
            )
        } else if !fact.has_rows {
            (
                format!("`{event}` has no chance that a weight could multiply"),
                None,
                "give the event a `chance:`, or push the outcome: `weight for exit: strong`",
            )
        } else if let Some((_, span)) = self.facts.groups.get(&id) {
            (
                format!("`{event}` excludes other events and takes no weight"),
                Some(*span),
                "state what moves it as rows, as in `chance given drift: 20% by short`, or make the group a question",
            )
        } else if let Some(Link { span, .. }) = self.facts.chained.get(&id) {
            (
                format!("`{event}` is in a chain and takes no weight"),
                Some(*span),
                "the chances of a chain are stated outright: change them, or take the event out of `implies`",
            )
        } else if item.kind == DriverKind::Factor && !item.rows.is_empty() {
            (
                format!("a factor with `holds` cannot push the event `{event}`"),
                item.rows.first().map(|r| r.head),
                "it may hold in one horizon and not in the next, and an event lasts: write an event with a                  `chance:` in its place, or leave `holds:` out",
            )
        } else if let Some(when) = when.filter(|w| !self.facts.lasts(w)) {
            let _ = when;
            (
                format!("this change may pass and cannot push the event `{event}`"),
                item.when.as_ref().map(|w| w.span),
                "an event lasts, so what pushes it must last too: name events, final outcomes and assumptions                  in the `when:`",
            )
        } else {
            return true;
        };
        let mut found = Diagnostic::new(&rules::WRONG_KIND, name.span, message)
            .label("a weight cannot stand on this event")
            .help(help);
        if let Some(other) = other {
            found = found.other(other, "because of this");
        }
        self.report(found);
        false
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

    /// The chance of seeing the evidence under each outcome, for each question whose outcomes are named.
    pub(super) fn likelihoods(
        &mut self,
        item: &ast::Driver,
        clause: &ast::Likelihood,
    ) -> Vec<Likelihood> {
        let name = &item.name.node;
        let mut numbers: Vec<Option<Number>> = vec![None; self.facts.outcomes.len()];
        let mut asked: Vec<QuestionId> = Vec::new();
        let mut complete = true;
        for (outcome, chance) in &clause.chances {
            let number = self.chance(chance, &"a likelihood");
            let id = self.outcome(outcome);
            if let Some(id) = id {
                let question = self.facts.question_of(id);
                if !asked.contains(&question) {
                    asked.push(question);
                }
                if !self.is_judged(id, outcome) {
                    complete = false;
                    continue;
                }
            }
            let (Some(id), Some(number)) = (id, number) else {
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
                        format!("`{}` appears twice in this likelihood", outcome.node),
                    )
                    .label("stated again")
                    .other(first.span, "stated first")
                    .help("keep one of the two"),
                );
            }
        }
        self.beside_weights(item, clause, &asked);
        asked.sort_unstable();
        let mut result = Vec::new();
        for question in asked {
            let all = self.facts.outcomes_of(question);
            let judged = all.filter(|at| self.facts.asked[*at].decided.is_none());
            let judged: Vec<usize> = judged.collect();
            let missing: Vec<&str> = judged
                .iter()
                .filter(|at| numbers[**at].is_none())
                .map(|at| self.facts.outcomes[*at].0.as_str())
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
            let values: Option<Vec<Number>> = judged.iter().map(|at| numbers[*at].take()).collect();
            let Some(values) = values else { continue };
            let key = match self.facts.questions[question.0 as usize].name.as_str() {
                "" => format!("{name} likelihood"),
                of => format!("{name} likelihood of {of}"),
            };
            result.push(Likelihood {
                question,
                outcomes: judged.iter().map(|at| OutcomeId(*at as u32)).collect(),
                clause: Clause {
                    span: clause.span,
                    key,
                    values,
                },
            });
        }
        result
    }

    /// Reports weights on the outcomes that a likelihood is about.
    fn beside_weights(
        &mut self,
        item: &ast::Driver,
        clause: &ast::Likelihood,
        asked: &[QuestionId],
    ) {
        let names = &self.scope.names;
        let same = |name: &ast::Name| match names.get(&name.node).map(|e| e.meaning) {
            Some(Meaning::Outcome(id)) => asked.contains(&self.facts.question_of(id)),
            Some(Meaning::Driver(_)) => false,
            _ => true,
        };
        let weight = item.weights.iter().find(|w| w.outcomes.iter().any(same));
        if let Some(weight) = weight {
            self.report(
                Diagnostic::new(
                    &rules::DUPLICATE_CLAUSE,
                    clause.head,
                    format!("`{}` has both weights and a likelihood", item.name.node),
                )
                .label("repeats what the weights say")
                .other(weight.head, "a weight")
                .help("a `likelihood` replaces weights: keep one of the two"),
            );
        }
    }
}
