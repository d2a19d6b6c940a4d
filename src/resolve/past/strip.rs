//! Leaves out what is stated for horizons that are over.
//!
//! In: the items of one file. Out: the same without values, weights, expectations and bets of these
//! horizons; placeholders in prose become what can be said of them.

use super::Frame;
use crate::diag::Diagnostic;
use crate::diag::rules;
use crate::syntax::ast::{
    At, ByTime, Chance, Driver, DriverKind, Item, Name, Outcome, Piece, Preposition, Prior,
    PriorRow, PriorValue, Prose, ProseClauses, Query, Spanned, Test, Text, Timed, When,
};
use jiff::civil::Date;
use std::collections::BTreeSet;

pub(super) struct Strip<'a> {
    frame: &'a Frame,
    /// Whether the file is the first, whose horizons these are.
    is_first: bool,
    /// Outcomes that are final.
    finals: BTreeSet<String>,
    pub(super) assumed: Vec<String>,
    pub(super) problems: Vec<Diagnostic>,
}

/// Whether a driver states anything that it moves.
fn pushes(driver: &Driver) -> bool {
    !(driver.weights.is_empty() && driver.counts.is_empty() && driver.moves.is_empty())
}

impl<'a> Strip<'a> {
    pub(super) fn new(frame: &'a Frame, is_first: bool) -> Self {
        Strip {
            frame,
            is_first,
            finals: BTreeSet::new(),
            assumed: Vec::new(),
            problems: Vec::new(),
        }
    }

    fn is_over(&self, at: Option<&At>) -> bool {
        match at.map(|at| &at.when) {
            Some(When::Horizon(name)) => self.frame.over.contains_key(&name.node),
            // A date by which a chance was stated.
            Some(When::Date(date)) => self.is_first && date.node <= self.frame.as_of,
            _ => false,
        }
    }

    fn asks_over(&self, query: &Query) -> bool {
        self.asked(query).is_some()
    }

    /// The last day of a horizon that is over, where a query asks of one.
    fn asked(&self, query: &Query) -> Option<Date> {
        let over = |name: &Name| self.frame.over.get(&name.node).copied();
        if let Some(At {
            when: When::Horizon(name),
            ..
        }) = &query.at
        {
            return over(name);
        }
        let all = query.over.as_ref()?.horizons.as_ref()?;
        all.iter().filter_map(over).max()
    }

    /// Leaves out what is over of one item; whether the item stays.
    pub(super) fn keeps(&mut self, item: &mut Item) -> bool {
        if self.frame.over.is_empty() {
            return true;
        }
        match item {
            Item::Horizon(h) => {
                return !self.is_first || !self.frame.over.contains_key(&h.name.node);
            }
            Item::Expect(expect) => {
                let beside = match &expect.test.node {
                    Test::Above(query) | Test::Below(query) => self.asks_over(query),
                    _ => false,
                };
                return !beside && !self.asks_over(&expect.query);
            }
            Item::Bet(bet) => {
                self.clauses(&mut bet.prose);
                return !bet.on.as_ref().is_some_and(|on| self.asks_over(on));
            }
            Item::Judgement(judgement) => {
                self.clauses(&mut judgement.prose);
                return !judgement.on.as_ref().is_some_and(|on| self.asks_over(on));
            }
            Item::Assessment(block) => self.clauses(&mut block.prose),
            Item::Outcome(outcome) => self.outcome(outcome),
            Item::Prior(prior) => self.prior(prior),
            Item::Question(question) => {
                self.clauses(&mut question.prose);
                question.outcomes.iter_mut().for_each(|o| self.outcome(o));
                question.priors.iter_mut().for_each(|p| self.prior(p));
            }
            Item::Driver(driver) => {
                self.clauses(&mut driver.prose);
                let (kind, name) = (driver.kind, driver.name.node.clone());
                for row in &mut driver.rows {
                    let what = match kind {
                        DriverKind::Event => format!("the chance of `{name}`"),
                        _ => format!("`holds` of `{name}`"),
                    };
                    self.values(&mut row.values, kind == DriverKind::Event, &what);
                }
                let pushed = pushes(driver);
                driver.weights.retain_mut(|w| self.some_left(&mut w.values));
                driver.counts.retain_mut(|c| self.some_left(&mut c.values));
                driver.moves.retain_mut(|m| self.some_left(&mut m.values));
                if pushed && !pushes(driver) {
                    // What pushed only then is no driver that was written without a weight.
                    driver.broken.push("weight".to_owned());
                }
                for evidence in &mut driver.evidence {
                    evidence.note.iter_mut().for_each(|n| self.prose(n));
                }
            }
            Item::Quantity(quantity) => {
                self.clauses(&mut quantity.prose);
                quantity.stated.retain(|s| {
                    let over = |h: &Name| self.frame.over.contains_key(&h.node);
                    !s.horizon.as_ref().is_some_and(over)
                });
            }
            Item::Scenario(scenario) => self.clauses(&mut scenario.prose),
            Item::Section(section) => self.prose(&mut section.prose),
            Item::View(view) => self.clauses(&mut view.prose),
            Item::Pool(pool) => self.clauses(&mut pool.prose),
            Item::Scale(_)
            | Item::Strengths(_)
            | Item::Use(_)
            | Item::Exclusive(_)
            | Item::Implies(_)
            | Item::Condition(_)
            | Item::Impacts(_)
            | Item::Risk(_)
            | Item::Overlap(_)
            | Item::Resolved(_) => {}
        }
        true
    }

    fn outcome(&mut self, outcome: &mut Outcome) {
        if outcome.is_final.is_some() {
            self.finals.insert(outcome.name.node.clone());
        }
        self.clauses(&mut outcome.prose);
    }

    fn prior(&mut self, prior: &mut Prior) {
        self.clauses(&mut prior.prose);
        for row in &mut prior.rows {
            self.prior_row(row);
        }
    }

    fn prior_row(&mut self, row: &mut PriorRow) {
        let name = row.outcome.node.clone();
        if let PriorValue::Chances(values) = &mut row.value {
            // Outcomes may stand behind the prior: what `by` stands at lasts.
            let by = |e: &Timed<Chance>| {
                let at = e.at.as_ref();
                at.is_some_and(|at| at.preposition.node == Preposition::By)
            };
            let lasts = self.finals.contains(&name) || values.entries.iter().all(by);
            self.values(values, lasts, &format!("the prior of `{name}`"));
        }
    }

    /// Leaves out the values of what is over; whether any is left.
    fn some_left<T>(&self, values: &mut ByTime<T>) -> bool {
        values.entries.retain(|e| !self.is_over(e.at.as_ref()));
        !values.entries.is_empty()
    }

    /// The same of what must be stated. What lasts and was expected in time that is over only is not
    /// expected any more.
    fn values(&mut self, values: &mut ByTime<Chance>, lasts: bool, what: &str) {
        let Some(any) = values.entries.first().cloned() else {
            return;
        };
        if self.some_left(values) {
            return;
        }
        let last = self.frame.last.node.clone();
        if lasts {
            self.assumed.push(format!(
                "{what} is stated for time that is over only: nothing is expected from now on"
            ));
        } else {
            let found = Diagnostic::new(
                &rules::MISSING_PART,
                values.span,
                format!("{what} is stated for horizons that are over only"),
            );
            self.problems
                .push(found.label("all of this is over").help(format!(
                    "add a value for what is still to come, as in `… in {last}`"
                )));
        }
        let span = any.value.span;
        values.entries.push(Timed {
            value: Spanned {
                node: Chance::Share(0.0),
                span,
            },
            at: lasts.then(|| by(&last, span)),
        });
    }

    fn clauses(&self, prose: &mut ProseClauses) {
        let each = [&mut prose.resolves, &mut prose.context, &mut prose.note];
        each.into_iter().flatten().for_each(|p| self.prose(p));
    }

    /// Placeholders that ask of what is over become its date.
    fn prose(&self, prose: &mut Prose) {
        for piece in &mut prose.pieces {
            let over = |name: &str| self.frame.over.get(name);
            let text = match piece {
                Piece::Placeholder { span, query, .. } => self
                    .asked(query)
                    .map(|to| (*span, format!("over since {to}"))),
                Piece::Day {
                    span,
                    of: Some(name),
                } => over(&name.node).map(|to| (*span, to.to_string())),
                _ => None,
            };
            if let Some((span, node)) = text {
                *piece = Piece::Text(Text { node, span });
            }
        }
    }
}

/// `by NAME`, where something else stands.
pub(super) fn by(name: &str, span: crate::text::source::Span) -> At {
    At {
        span,
        preposition: Spanned {
            node: Preposition::By,
            span,
        },
        when: When::Horizon(Spanned {
            node: name.to_owned(),
            span,
        }),
    }
}
