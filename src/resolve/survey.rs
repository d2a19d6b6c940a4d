//! What a file declares, before anything is looked up.
//!
//! In: one file's items. Out: the items by kind, and each name with its declaration; a name twice
//! and a block twice are reported with both places.

use super::names::twice;
use super::reports::Reports;
use crate::diag::Diagnostic;
use crate::diag::rules;
use crate::project::Project;
use crate::syntax::ast::{self, Item, Name};
use crate::text::hashed::Named;
use crate::text::source::{FileId, Span};

/// What a name is declared as.
#[derive(Debug, Clone, Copy)]
pub(super) enum Declared<'a> {
    Horizon,
    Outcome,
    Question,
    Condition,
    Quantity,
    Scenario,
    View,
    Pool,
    Driver(&'a ast::Driver),
    /// Taken from the file, under the same name; nothing where that file could not be read.
    Used(Option<FileId>),
    Broken,
}

/// A question, the one at the top level or an item of its own, with its outcomes and priors.
#[derive(Debug, Clone, Default)]
pub(super) struct Asked<'a> {
    /// The item; none at the top level.
    pub(super) item: Option<&'a ast::Question>,
    pub(super) outcomes: Vec<&'a ast::Outcome>,
    pub(super) priors: Vec<&'a ast::Prior>,
}

impl Asked<'_> {
    /// Whether something of a kind was there and broke.
    pub(super) fn broke(&self, kind: &str, kinds: &[&str]) -> bool {
        match self.item {
            Some(item) => item.broken.iter().any(|b| b == kind),
            None => kinds.contains(&kind),
        }
    }
}

/// One file's items by kind, in the file's order.
#[derive(Debug, Default)]
pub(super) struct Survey<'a> {
    pub(super) file: u32,
    pub(super) assessment: Option<&'a ast::Assessment>,
    pub(super) horizons: Vec<&'a ast::Horizon>,
    /// What stands at the top level.
    pub(super) top: Asked<'a>,
    /// What stands in `question` items.
    pub(super) questions: Vec<Asked<'a>>,
    pub(super) conditions: Vec<&'a ast::Condition>,
    pub(super) quantities: Vec<&'a ast::Quantity>,
    pub(super) impacts: Option<&'a ast::Impacts>,
    pub(super) risks: Vec<&'a ast::Risk>,
    pub(super) chains: Vec<&'a ast::Implies>,
    pub(super) scenarios: Vec<&'a ast::Scenario>,
    pub(super) views: Vec<&'a ast::View>,
    pub(super) pools: Vec<&'a ast::Pool>,
    pub(super) judgements: Vec<&'a ast::Judgement>,
    pub(super) bets: Vec<&'a ast::Bet>,
    pub(super) expects: Vec<&'a ast::Expect>,
    pub(super) sections: Vec<&'a ast::Section>,
    pub(super) uses: Vec<&'a ast::Use>,
    pub(super) exclusives: Vec<&'a ast::Exclusive>,
    pub(super) overlaps: Vec<&'a ast::Overlap>,
    pub(super) scales: Vec<&'a ast::Scale>,
    pub(super) strengths: Vec<&'a ast::Strengths>,
    pub(super) resolved: Vec<&'a ast::Resolved>,
    pub(super) names: Named<&'a str, (Declared<'a>, Span)>,
    pub(super) broken_kinds: &'a [&'static str],
}

impl<'a> Survey<'a> {
    /// Sorts a file's items and collects its names.
    pub(super) fn of(project: &'a Project, file: FileId, reports: &mut Reports) -> Survey<'a> {
        let ast = &project.files[file.0 as usize].ast;
        let mut survey = Survey {
            file: file.0,
            broken_kinds: &ast.broken_kinds,
            ..Survey::default()
        };
        let once = |kind: &str, first: Option<Span>, span: Span, reports: &mut Reports| {
            if let Some(first) = first {
                reports.push(
                    Diagnostic::new(
                        &rules::DUPLICATE_CLAUSE,
                        span,
                        format!("a second `{kind}` in one file"),
                    )
                    .label("stated again")
                    .other(first, "stated first")
                    .help(format!("a file has one `{kind}`: merge the two")),
                );
            }
        };
        for item in &ast.items {
            match item {
                Item::Assessment(a) => {
                    once(
                        "assessment",
                        survey.assessment.map(|a| a.keyword),
                        a.keyword,
                        reports,
                    );
                    survey.assessment.get_or_insert(a);
                }
                Item::Prior(p) => survey.top.priors.push(p),
                Item::Horizon(h) => {
                    if survey.declare(&h.name, Declared::Horizon, reports) {
                        survey.horizons.push(h);
                    }
                }
                Item::Outcome(o) => {
                    if survey.declare(&o.name, Declared::Outcome, reports) {
                        survey.top.outcomes.push(o);
                    }
                }
                Item::Question(q) => {
                    survey.declare(&q.name, Declared::Question, reports);
                    let mut asked = Asked {
                        item: Some(q),
                        priors: q.priors.iter().collect(),
                        outcomes: Vec::new(),
                    };
                    for outcome in &q.outcomes {
                        if survey.declare(&outcome.name, Declared::Outcome, reports) {
                            asked.outcomes.push(outcome);
                        }
                    }
                    survey.questions.push(asked);
                }
                Item::Condition(c) => {
                    if survey.declare(&c.name, Declared::Condition, reports) {
                        survey.conditions.push(c);
                    }
                }
                Item::Quantity(q) => {
                    if survey.declare(&q.name, Declared::Quantity, reports) {
                        survey.quantities.push(q);
                    }
                }
                Item::Impacts(i) => {
                    once("impacts", survey.impacts.map(|i| i.span), i.span, reports);
                    survey.impacts.get_or_insert(i);
                }
                Item::Risk(r) => survey.risks.push(r),
                Item::Implies(c) => survey.chains.push(c),
                Item::Scenario(s) => {
                    if survey.declare(&s.name, Declared::Scenario, reports) {
                        survey.scenarios.push(s);
                    }
                }
                Item::View(v) => {
                    survey.declare(&v.name, Declared::View, reports);
                    survey.views.push(v);
                }
                Item::Pool(p) => {
                    if survey.declare(&p.name, Declared::Pool, reports) {
                        survey.pools.push(p);
                    }
                }
                Item::Judgement(j) => survey.judgements.push(j),
                Item::Driver(d) => {
                    survey.declare(&d.name, Declared::Driver(d), reports);
                }
                Item::Use(u) => {
                    let target = project.uses.get(&(file, u.path.node.clone())).copied();
                    for name in &u.names {
                        survey.declare(name, Declared::Used(target), reports);
                    }
                    survey.uses.push(u);
                }
                Item::Bet(b) => survey.bets.push(b),
                Item::Expect(e) => survey.expects.push(e),
                Item::Section(s) => survey.sections.push(s),
                Item::Exclusive(e) => survey.exclusives.push(e),
                Item::Overlap(o) => survey.overlaps.push(o),
                Item::Scale(s) => survey.scales.push(s),
                Item::Strengths(s) => survey.strengths.push(s),
                Item::Resolved(r) => survey.resolved.push(r),
            }
        }
        for name in &ast.broken {
            survey
                .names
                .entry(&name.node)
                .or_insert((Declared::Broken, name.span));
        }
        survey
    }

    /// Enters a name; whether it is new.
    fn declare(&mut self, name: &'a Name, declared: Declared<'a>, reports: &mut Reports) -> bool {
        use indexmap::map::Entry;
        match self.names.entry(&name.node) {
            Entry::Vacant(slot) => {
                slot.insert((declared, name.span));
                true
            }
            Entry::Occupied(slot) => {
                let (first, span) = *slot.get();
                reports.silence(name.span.file, twice(&name.node));
                reports.push(
                    Diagnostic::new(
                        &rules::DUPLICATE_NAME,
                        name.span,
                        format!("the name `{}` is taken", name.node),
                    )
                    .label(format!("{} of the same name", with_article(declared)))
                    .other(span, format!("{} already", with_article(first)))
                    .help(
                        "events, factors, changes, assumptions, outcomes, questions, quantities, conditions, horizons, \
                         scenarios, views and pools share their names: rename one of the two, wherever it is meant",
                    ),
                );
                false
            }
        }
    }

    /// All questions: the top level, where outcomes or a prior stand there, then the others.
    pub(super) fn asked(&self) -> impl Iterator<Item = &Asked<'a>> {
        let has_top = !self.top.outcomes.is_empty() || !self.top.priors.is_empty();
        let top = has_top.then_some(&self.top);
        top.into_iter().chain(&self.questions)
    }

    /// The outcomes of all questions, in their order.
    pub(super) fn outcomes(&self) -> impl Iterator<Item = &'a ast::Outcome> {
        self.asked()
            .flat_map(|asked| asked.outcomes.iter().copied())
    }

    /// Whether this is a file for others to use: it asks nothing, and declares what may be used.
    pub(super) fn is_shared(&self) -> bool {
        let asks = self.assessment.is_some()
            || !self.top.priors.is_empty()
            || !self.top.outcomes.is_empty()
            || !self.questions.is_empty()
            || !self.judgements.is_empty()
            || !self.quantities.is_empty()
            || !self.bets.is_empty()
            || !self.expects.is_empty()
            || !self.sections.is_empty()
            || [
                "assessment",
                "outcome",
                "question",
                "prior",
                "judgement",
                "bet",
                "expect",
                "section",
            ]
            .iter()
            .any(|kind| self.broken_kinds.contains(kind));
        let drives = self.names.values().any(|(d, _)| match d {
            Declared::Driver(driver) => driver.kind != ast::DriverKind::Change,
            _ => false,
        });
        drives && !asks
    }
}

fn with_article(declared: Declared<'_>) -> &'static str {
    match declared {
        Declared::Horizon => "a horizon",
        Declared::Outcome => "an outcome",
        Declared::Question => "a question",
        Declared::Condition => "a condition",
        Declared::Quantity => "a quantity",
        Declared::Scenario => "a scenario",
        Declared::View => "a view",
        Declared::Pool => "a pool",
        Declared::Driver(driver) => super::figures::a_driver(driver.kind),
        Declared::Used(_) => "a name taken from another file",
        Declared::Broken => "a broken item",
    }
}
