//! Events, factors, changes and assumptions: rows, weights, likelihoods, counts.
//!
//! In: one driver as written. Out: a [`Driver`], as complete as the file allows; what it lacks or
//! says twice is reported.

use super::assessment::{Count, Curve, Driver, Prop, Row, What};
use super::names::{Reader, Want};
use crate::admiralty;
use crate::diag::Diagnostic;
use crate::diag::rules;
use crate::syntax::ast::{self, DriverKind};
use crate::text::source::Span;
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
                let what = format_args!("the chance of `{name}`");
                let as_of = needs.as_of;
                let read = |r: &mut Self, row: &ast::ChanceRow| r.curve(&row.values, &what, as_of);
                let mut rows = self.rows(item, "chance", read);
                self.not_by_now(item, &rows);
                self.before_trigger(item, &mut rows);
                What::Event(rows)
            }
            DriverKind::Factor => {
                let what = format_args!("`holds` of `{name}`");
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
                    stated: item.when.as_ref().map(|when| when.span),
                    counts: self.counts(item),
                }
            }
            DriverKind::Assumption => What::Assumption(item.confidence.clone()),
        };
        let (weights, event_weights) = self.weights(item, when, needs.budget);
        let likelihoods = item
            .likelihood
            .as_ref()
            .map(|l| self.likelihoods(item, l))
            .unwrap_or_default();
        let moves = self.moves(item, needs.budget);
        let impact = item.impact.as_ref().and_then(|word| self.impact(word));
        let once = self.once(item, needs.as_of);
        self.pushes(item, needs);
        Driver {
            span: item.span,
            name: item.name.clone(),
            title: item.title.as_ref().map_or(name.clone(), |t| t.node.clone()),
            what,
            weights,
            event_weights,
            moves,
            impact,
            likelihoods,
            once,
            discount: admiralty::best(
                item.evidence
                    .iter()
                    .filter_map(|e| Some(e.rated.as_ref()?.node)),
            ),
            evidence: self.evidence(&item.evidence),
            confidence: match item.kind {
                DriverKind::Assumption => None,
                _ => item.confidence.clone(),
            },
            prose: self.prose_parts(&item.prose),
        }
    }

    fn counts(&mut self, item: &ast::Driver) -> Vec<Count> {
        let mut seen: BTreeMap<String, Span> = BTreeMap::new();
        let mut result = Vec::new();
        for count in &item.counts {
            let shares = self.by_horizon(&count.values, &"a count");
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
        if pushes
            || !item.moves.is_empty()
            || broke("move")
            || broke("weight")
            || broke("likelihood")
            || broke("count")
        {
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
