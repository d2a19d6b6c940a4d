//! Events, factors, changes and assumptions: rows, weights, likelihoods, counts.
//!
//! In: one driver as written. Out: a [`Driver`], as complete as the file allows; what it lacks or
//! says twice is reported.

use super::assessment::{Clause, Count, Curve, Driver, HorizonId, Number, Prop, Row, Weight, What};
use super::names::{Reader, Want};
use crate::admiralty;
use crate::diag::{Diagnostic, Fix, suggest};
use crate::limits;
use crate::rules;
use crate::source::Span;
use crate::syntax::ast::{self, DriverKind, Guard};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// What reading drivers needs besides names.
pub(super) struct Needs<'a> {
    /// Time 0, where it is known.
    pub(super) as_of: Option<Date>,
    /// What the file's propositions name, among them factors whose truth matters without weights.
    pub(super) named: &'a dyn Fn(&str) -> bool,
    /// How many weights and shares may still be made.
    pub(super) budget: &'a mut usize,
}

impl Reader<'_> {
    pub(super) fn driver_item(
        &mut self,
        item: &ast::Driver,
        when: Option<&Prop>,
        needs: &mut Needs<'_>,
    ) -> Driver {
        let name = &item.name.node;
        let what = match item.kind {
            DriverKind::Event => {
                let what = format!("the chance of `{name}`");
                let as_of = needs.as_of;
                let read = |r: &mut Self, row: &ast::ChanceRow| r.curve(&row.values, &what, as_of);
                What::Event(self.rows(item, "chance", read))
            }
            DriverKind::Factor => {
                let what = format!("`holds` of `{name}`");
                let read =
                    |r: &mut Self, row: &ast::ChanceRow| r.shares(&row.values, &what, row.head);
                What::Factor(self.rows(item, "holds", read))
            }
            DriverKind::Change => {
                if item.when.is_none() && !item.broken.iter().any(|b| b == "when") {
                    self.report(
                        Diagnostic::new(
                            &rules::MISSING_PART,
                            item.name.span,
                            format!("the change `{name}` does not say when it comes about"),
                        )
                        .label("no `when:`")
                        .help("add the condition: `when: a and not b`"),
                    );
                }
                let when = when.cloned().unwrap_or(Prop::All(Vec::new()));
                What::Change {
                    when,
                    counts: self.counts(item),
                }
            }
            DriverKind::Assumption => What::Assumption(item.confidence.clone()),
        };
        let weights = self.weights(item, needs);
        let likelihood = item
            .likelihood
            .as_ref()
            .and_then(|l| self.likelihood(item, l));
        self.pushes(item, needs);
        Driver {
            span: item.span,
            name: item.name.clone(),
            title: item.title.as_ref().map_or(name.clone(), |t| t.node.clone()),
            what,
            weights,
            likelihood,
            discount: admiralty::best(
                item.evidence
                    .iter()
                    .filter_map(|e| Some(e.rated.as_ref()?.node)),
            ),
            evidence: self.evidence(&item.evidence),
            prose: self.prose_parts(&item.prose),
        }
    }

    /// The rows of a chance or of `holds`, those with a condition first.
    fn rows<T>(
        &mut self,
        item: &ast::Driver,
        key: &str,
        mut read: impl FnMut(&mut Self, &ast::ChanceRow) -> Option<T>,
    ) -> Vec<Row<T>> {
        let name = &item.name.node;
        let has_given = item.rows.iter().any(|r| matches!(r.guard, Guard::Given(_)));
        let mut seen: BTreeMap<String, Span> = BTreeMap::new();
        let (mut rows, mut last) = (Vec::new(), Vec::new());
        for row in &item.rows {
            let (given, words) = match &row.guard {
                Guard::Given(prop) => match self.prop(prop) {
                    Some(prop) => {
                        let words = format!("{key} given {}", prop.words(self.facts));
                        (Some(prop), words)
                    }
                    None => {
                        read(self, row);
                        continue;
                    }
                },
                Guard::Plain if has_given => {
                    self.plain_beside_given(item, row, key);
                    (None, format!("{key} otherwise"))
                }
                Guard::Plain => (None, key.to_string()),
                Guard::Otherwise => (None, format!("{key} otherwise")),
            };
            let values = read(self, row);
            let slot = if given.is_none() {
                String::new()
            } else {
                words.clone()
            };
            if let Some(first) = seen.insert(slot, row.head) {
                self.report(
                    Diagnostic::new(
                        &rules::DUPLICATE_CLAUSE,
                        row.head,
                        format!("`{name}` says `{}` twice", self.written(row.head)),
                    )
                    .label("never in force: the first such row decides")
                    .other(first, "the first")
                    .help("keep one of the two"),
                );
                continue;
            }
            let Some(values) = values else { continue };
            let clause = Clause {
                span: row.span,
                key: format!("{name} {words}"),
                values,
            };
            let into = if given.is_some() {
                &mut rows
            } else {
                &mut last
            };
            into.push(Row { given, clause });
        }
        rows.extend(last);
        rows
    }

    fn plain_beside_given(&mut self, item: &ast::Driver, row: &ast::ChanceRow, key: &str) {
        let given = item
            .rows
            .iter()
            .find(|r| matches!(r.guard, Guard::Given(_)));
        let mut found = Diagnostic::new(
            &rules::PLAIN_CHANCE_BESIDE_GIVEN,
            row.head,
            format!(
                "`{}` has a bare `{key}:` beside `{key} given`",
                item.name.node
            ),
        )
        .label("reads as the overall chance, but is what holds where no condition does");
        if let Some(given) = given {
            found = found.other(given.head, "the condition");
        }
        self.report(
            found
                .help(format!("write `{key} otherwise:`"))
                .fix(Fix::safe(
                    format!("write `{key} otherwise`"),
                    row.head.at_end(),
                    " otherwise",
                )),
        );
    }

    /// A chance in every horizon.
    pub(super) fn shares(
        &mut self,
        values: &ast::ByTime<ast::Chance>,
        what: &str,
        at: Span,
    ) -> Option<Vec<Number>> {
        let stated = self.by_horizon(values, what);
        let missing: Vec<HorizonId> = (0u32..)
            .zip(&stated)
            .filter(|(_, s)| s.is_none())
            .map(|(i, _)| HorizonId(i))
            .collect();
        // Where nothing at all is left, the values' own mistakes are reported already.
        if !missing.is_empty() && missing.len() < stated.len() {
            self.unstated(at, what, &missing);
        }
        let mut known: Vec<(Span, Option<Number>)> = Vec::new();
        let mut numbers = Vec::with_capacity(stated.len());
        for value in stated {
            let value = value?;
            // One value for several horizons is read, and its mistakes reported, once.
            let number = match known.iter().find(|(span, _)| *span == value.span) {
                Some((_, number)) => number.clone(),
                None => {
                    let number = self.chance(value, what);
                    known.push((value.span, number.clone()));
                    number
                }
            };
            numbers.push(number);
        }
        numbers.into_iter().collect()
    }

    fn weights(&mut self, item: &ast::Driver, needs: &mut Needs<'_>) -> Vec<Weight> {
        let name = &item.name.node;
        let is_assumption = item.kind == DriverKind::Assumption;
        let mut seen: BTreeMap<String, Span> = BTreeMap::new();
        let mut result = Vec::new();
        for weight in &item.weights {
            self.if_wrong(item, weight, is_assumption);
            let stated = self.by_horizon(&weight.values, "a weight");
            let mut known: Vec<(Span, Option<Number>)> = Vec::new();
            let mut numbers: Vec<Option<Number>> = Vec::with_capacity(stated.len());
            for value in stated {
                numbers.push(value.and_then(|value| {
                    match known.iter().find(|(span, _)| *span == value.span) {
                        Some((_, number)) => number.clone(),
                        None => {
                            let number = self.strength(value);
                            known.push((value.span, number.clone()));
                            number
                        }
                    }
                }));
            }
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
                let Some(left) = needs.budget.checked_sub(numbers.len()) else {
                    self.too_many(weight.head);
                    return result;
                };
                *needs.budget = left;
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

    fn if_wrong(&mut self, item: &ast::Driver, weight: &ast::Weight, is_assumption: bool) {
        let name = &item.name.node;
        match weight.if_wrong {
            None if is_assumption => self.report(
                Diagnostic::new(
                    &rules::WRONG_KIND,
                    weight.head,
                    format!("`{name}` is an assumption, and pushes outcomes only if it is wrong"),
                )
                .label("`if wrong` is missing")
                .help("what is taken for granted is in the prior already; write `weight for exit if wrong: strong`")
                .fix(Fix::risky("add `if wrong`", weight.head.at_end(), " if wrong")),
            ),
            Some(span) if !is_assumption => self.report(
                Diagnostic::new(
                    &rules::WRONG_KIND,
                    span,
                    format!("`{name}` is {}, and only an assumption can be wrong", super::figures::a_driver(item.kind)),
                )
                .label("nothing is assumed here")
                .help("leave out `if wrong`, or make it an `assumption`"),
            ),
            _ => {}
        }
    }

    fn likelihood(
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

    fn counts(&mut self, item: &ast::Driver) -> Vec<Count> {
        let mut seen: BTreeMap<String, Span> = BTreeMap::new();
        let mut result = Vec::new();
        for count in &item.counts {
            let shares = self.by_horizon(&count.values, "a count");
            let shares = shares
                .into_iter()
                .map(|s| s.map_or(1.0, |s| s.node))
                .collect();
            let Some(driver) = self.driver(&count.driver, Want::Driver) else {
                continue;
            };
            if let Some(first) = seen.insert(count.driver.node.clone(), count.driver.span) {
                self.report(
                    Diagnostic::new(
                        &rules::DUPLICATE_CLAUSE,
                        count.driver.span,
                        format!("`{}` counts `{}` twice", item.name.node, count.driver.node),
                    )
                    .label("counted again")
                    .other(first, "counted first")
                    .help("keep one of the two"),
                );
                continue;
            }
            result.push(Count {
                span: count.span,
                driver,
                shares,
            });
        }
        result
    }

    /// Reports a factor or change that pushes nothing.
    fn pushes(&mut self, item: &ast::Driver, needs: &Needs<'_>) {
        let name = &item.name.node;
        let broke = |key: &str| item.broken.iter().any(|b| b == key);
        let pushes =
            !item.weights.is_empty() || item.likelihood.is_some() || !item.counts.is_empty();
        if pushes || broke("weight") || broke("likelihood") || broke("count") {
            return;
        }
        let (label, help) = match item.kind {
            DriverKind::Factor if item.rows.is_empty() || !(needs.named)(name) => (
                "no weight",
                "say what it makes likelier, as in `weight for exit: moderate`, or less likely: `weight against exit: strong`",
            ),
            DriverKind::Change => (
                "no weight and no count",
                "say what follows: `weight for exit: strong`, or `count congress: 50%`",
            ),
            _ => return,
        };
        let kind = item.kind.as_str();
        self.report(
            Diagnostic::new(
                &rules::MISSING_PART,
                item.name.span,
                format!("the {kind} `{name}` pushes no outcome"),
            )
            .label(label)
            .help(help),
        );
    }
}

/// The curve of every row of an event, for checks over rows.
pub(super) fn curves(driver: &Driver) -> Option<&[Row<Curve>]> {
    match &driver.what {
        What::Event(rows) => Some(rows),
        _ => None,
    }
}
