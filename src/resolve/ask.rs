//! Questions from outside a file: `--given`, `--under`, `--set`, `--horizon`, `--outcome`.
//!
//! In: an assessment and a parsed question. Out: the question over its ids, or the same
//! diagnostics that the file itself would get.

use super::assessment::{
    Assessment, DriverId, DriverKind, Expect, Fix, HorizonId, OutcomeId, Prop, QuantityId, Query,
    Set, ViewId, What,
};
use super::names::{
    DriverFact, Entry, Facts, Link, Meaning, OutcomeFact, QuestionFact, Reader, Scope, Want,
};
use super::quantities::QuantityFact;
use super::reports::Reports;
use super::voices::{Seen, Under};
use crate::diag::rules;
use crate::diag::{Diagnostic, Diagnostics, suggest};
use crate::scales::normal;
use crate::syntax::ast::{self, Name};
use crate::text::hashed::Named;
use crate::text::source::SourceMap;
use std::sync::Arc;

/// What has numbers of its own that a question may replace.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Held {
    /// An outcome: its row of the prior.
    Outcome(OutcomeId),
    /// An event, factor, change or assumption.
    Driver(DriverId),
    /// A quantity: what is expected of it.
    Quantity(QuantityId),
}

/// Reads questions about one assessment.
#[derive(Debug)]
pub struct Asker<'a> {
    sources: &'a SourceMap,
    scope: Scope,
    facts: Facts,
    /// Titles with the names of what has them.
    titles: Titles,
}

/// The titles of an assessment, by kind.
#[derive(Debug)]
struct Titles {
    horizons: Vec<(String, String)>,
    outcomes: Vec<(String, String)>,
    scenarios: Vec<(String, String)>,
    views: Vec<(String, String)>,
    drivers: Vec<(String, String)>,
}

impl<'a> Asker<'a> {
    /// A reader of questions; `sources` holds the text of both the assessment's files and the
    /// questions.
    pub fn new(a: &Assessment, sources: &'a SourceMap) -> Self {
        let (scope, facts) = names(a);
        let pair = |title: &String, name: &Name| (title.clone(), name.node.clone());
        let titles = Titles {
            horizons: a
                .horizons
                .values()
                .map(|h| pair(&h.title, &h.name))
                .collect(),
            outcomes: a
                .outcomes
                .values()
                .map(|o| pair(&o.title, &o.name))
                .collect(),
            scenarios: a
                .scenarios
                .values()
                .map(|s| pair(&s.title, &s.name))
                .collect(),
            views: a.views.values().map(|v| pair(&v.title, &v.name)).collect(),
            drivers: a
                .drivers
                .values()
                .map(|d| pair(&d.title, &d.name))
                .collect(),
        };
        Asker {
            sources,
            scope,
            facts,
            titles,
        }
    }

    /// Whether a text is a title, or a name, of something that may be asked for.
    pub fn knows(&self, text: &str) -> bool {
        let t = &self.titles;
        let all = [&t.horizons, &t.outcomes, &t.scenarios, &t.drivers];
        let same = |(title, _): &(String, String)| normal(title) == normal(text);
        self.scope.names.contains_key(text) || all.into_iter().flatten().any(same)
    }

    /// A name as written, or that of what has the title which is written in its place.
    ///
    /// # Errors
    ///
    /// A title that two things have; what is nearer to a title than to any name.
    fn named(
        &self,
        name: &Name,
        titles: &[(String, String)],
        what: &str,
    ) -> Result<Name, Diagnostics> {
        if self.scope.names.contains_key(&name.node) {
            return Ok(name.clone());
        }
        let same = titles
            .iter()
            .filter(|(title, _)| normal(title) == normal(&name.node));
        let same: Vec<&str> = same.map(|(_, name)| name.as_str()).collect();
        let wrong = |message: String, label: &str, help: String| {
            let mut wrong = Diagnostics::new();
            let diagnostic = Diagnostic::new(&rules::UNKNOWN_NAME, name.span, message);
            wrong.push(diagnostic.label(label).help(help));
            wrong
        };
        match same.as_slice() {
            [one] => Ok(ast::Spanned {
                node: (*one).to_owned(),
                span: name.span,
            }),
            [] => {
                let names = self.scope.names.keys().map(String::as_str);
                let near = suggest::nearest(&name.node, titles.iter().map(|t| t.0.as_str()));
                match suggest::did_you_mean(&near) {
                    Some(help) if suggest::nearest(&name.node, names).is_empty() => Err(wrong(
                        format!("there is no {what} `{}`", name.node),
                        "nothing in this file has this title",
                        help,
                    )),
                    _ => Ok(name.clone()),
                }
            }
            several => Err(wrong(
                format!(
                    "{} have the title `{}`",
                    suggest::list(several, "and"),
                    name.node
                ),
                "which of them?",
                format!("write its name: {}", suggest::list(several, "or")),
            )),
        }
    }

    fn read<T>(&self, f: impl FnOnce(&mut Reader<'_>) -> Option<T>) -> Result<T, Diagnostics> {
        let mut reports = Reports::default();
        let found = f(&mut Reader {
            scope: &self.scope,
            facts: &self.facts,
            sources: self.sources,
            reports: &mut reports,
        });
        match found {
            Some(found) if reports.is_empty() => Ok(found),
            _ => Err(reports.into_diagnostics()),
        }
    }

    /// A proposition, as after `given`.
    ///
    /// # Errors
    ///
    /// Names that are unknown, or of another kind.
    pub fn prop(&self, prop: &ast::Prop) -> Result<Prop, Diagnostics> {
        self.read(|r| r.prop(prop))
    }

    /// A query.
    ///
    /// # Errors
    ///
    /// As in a file: names, kinds, a horizon that is missing.
    pub fn query(&self, query: &ast::Query) -> Result<Query, Diagnostics> {
        self.read(|r| r.query(query))
    }

    /// An expectation.
    ///
    /// # Errors
    ///
    /// As in a file.
    pub fn expect(&self, expect: &ast::Expect) -> Result<Expect, Diagnostics> {
        self.read(|r| r.expect(expect))
    }

    /// Things made true or false, and outcomes made so, together.
    ///
    /// # Errors
    ///
    /// Names, kinds, one thing set twice, two exclusive events or two outcomes of a question made true, a
    /// decided outcome.
    pub fn settings(&self, sets: &[ast::Set]) -> Result<(Vec<Set>, Vec<Fix>), Diagnostics> {
        self.read(|r| Some(r.settings(sets, "this")))
    }

    /// What has the number that is replaced.
    ///
    /// # Errors
    ///
    /// A name that is unknown, or of another kind.
    pub fn held(&self, name: &Name) -> Result<Held, Diagnostics> {
        self.read(|r| match r.look(&name.node, name.span, Want::Held)? {
            Meaning::Outcome(id) => Some(Held::Outcome(id)),
            Meaning::Driver(id) => Some(Held::Driver(id)),
            Meaning::Quantity(id) => Some(Held::Quantity(id)),
            _ => None,
        })
    }

    /// What is to be left out, by its name or title.
    ///
    /// # Errors
    ///
    /// A name that is unknown, or of another kind.
    pub fn left_out(&self, name: &Name) -> Result<DriverId, Diagnostics> {
        let what = "event, factor, change or assumption";
        let name = &self.named(name, &self.titles.drivers, what)?;
        self.read(|r| r.driver(name, Want::Driver))
    }

    /// What kind of driver it is.
    pub fn kind(&self, id: DriverId) -> DriverKind {
        self.facts.driver(id).kind
    }

    /// A horizon by its name or title.
    ///
    /// # Errors
    ///
    /// A name that is unknown, or of another kind.
    pub fn horizon(&self, name: &Name) -> Result<HorizonId, Diagnostics> {
        let name = &self.named(name, &self.titles.horizons, "horizon")?;
        self.read(|r| match r.look(&name.node, name.span, Want::Horizon)? {
            Meaning::Horizon(id) => Some(id),
            _ => None,
        })
    }

    /// An outcome by its name or title.
    ///
    /// # Errors
    ///
    /// A name that is unknown, or of another kind.
    pub fn outcome(&self, name: &Name) -> Result<OutcomeId, Diagnostics> {
        let name = &self.named(name, &self.titles.outcomes, "outcome")?;
        self.read(|r| r.outcome(name))
    }

    /// A scenario or a view by its name or title.
    ///
    /// # Errors
    ///
    /// A name that is unknown, or of another kind.
    pub fn under(&self, name: &Name) -> Result<Under, Diagnostics> {
        let titles = [&self.titles.scenarios[..], &self.titles.views[..]].concat();
        let what = match self.titles.views.is_empty() {
            true => "scenario",
            false => "scenario or view",
        };
        let name = &self.named(name, &titles, what)?;
        self.read(|r| r.under(name))
    }

    /// A view by its name or title.
    ///
    /// # Errors
    ///
    /// A name that is unknown, or of another kind.
    pub fn view(&self, name: &Name) -> Result<ViewId, Diagnostics> {
        let name = &self.named(name, &self.titles.views, "view")?;
        self.read(|r| match r.look(&name.node, name.span, Want::View)? {
            Meaning::View(id) => Some(id),
            _ => None,
        })
    }
}

/// What each name of an assessment stands for, and what is known of it.
pub(super) fn names(a: &Assessment) -> (Scope, Facts) {
    let mut facts = Facts {
        sound: true,
        ..Facts::default()
    };
    facts.timeless = a.timeless;
    let mut names = Named::default();
    let mut add = |name: &Name, meaning: Meaning| {
        let entry = Entry {
            meaning,
            span: name.span,
        };
        names.insert(name.node.clone(), entry);
    };
    for (id, question) in a.questions.iter() {
        let name = question.name.as_ref();
        facts.questions.push(QuestionFact {
            name: name.map_or_else(String::new, |n| n.node.clone()),
            outcomes: question.outcomes.start as usize..question.outcomes.end as usize,
        });
        if let Some(name) = name {
            add(name, Meaning::Question(id));
        }
    }
    for (id, condition) in a.conditions.iter() {
        facts.conditions.push(Some(condition.prop.clone()));
        add(&condition.name, Meaning::Condition(id));
    }
    for (id, horizon) in a.horizons.iter() {
        facts
            .horizons
            .push((horizon.name.node.clone(), horizon.days));
        add(&horizon.name, Meaning::Horizon(id));
    }
    for (id, outcome) in a.outcomes.iter() {
        facts
            .outcomes
            .push((outcome.name.node.clone(), outcome.is_final));
        facts.asked.push(OutcomeFact {
            question: outcome.question,
            decided: outcome.decided.as_ref().map(|_| outcome.span),
            value: outcome.value.map(|number| ast::Figure {
                span: outcome.span,
                number,
                unit: a.question_of(id).unit.clone(),
            }),
        });
        add(&outcome.name, Meaning::Outcome(id));
    }
    for (id, driver) in a.drivers.iter() {
        let has_rows = match &driver.what {
            What::Event(rows) => !rows.is_empty(),
            What::Factor(rows) => !rows.is_empty(),
            What::Change { when, .. } => {
                facts.whens.insert(id, when.clone());
                false
            }
            What::Assumption(_) => false,
        };
        facts.drivers.push(DriverFact {
            name: driver.name.node.clone(),
            kind: driver.kind(),
            has_rows,
            once: driver.once.as_ref().map(|o| o.clause.span),
        });
        add(&driver.name, Meaning::Driver(id));
    }
    for (id, quantity) in a.quantities.iter() {
        facts.quantities.push(QuantityFact {
            name: quantity.name.node.clone(),
            unit: quantity.unit.clone(),
            log: quantity.log,
        });
        add(&quantity.name, Meaning::Quantity(id));
    }
    for (id, scenario) in a.scenarios.iter() {
        add(&scenario.name, Meaning::Scenario(id));
    }
    for (id, view) in a.views.iter() {
        facts
            .views
            .push(Some(Arc::new(Seen::of(view.assessment.clone()))));
        add(&view.name, Meaning::View(id));
    }
    for (id, pool) in a.pools.iter() {
        add(&pool.name, Meaning::Pool(id));
    }
    let scope = Scope {
        names,
        scale: a.scale.clone(),
        strengths: a.strengths.clone(),
        open_outcomes: false,
        open_horizons: false,
        used_at: None,
    };
    for (index, group) in a.exclusives.iter().enumerate() {
        for member in &group.members {
            facts.groups.insert(*member, (index, group.span));
        }
    }
    for (index, chain) in a.chains.iter().enumerate() {
        for (place, member) in chain.members.iter().enumerate() {
            let link = Link {
                chain: index,
                place,
                span: chain.span,
            };
            facts.chained.insert(*member, link);
        }
    }
    (scope, facts)
}
