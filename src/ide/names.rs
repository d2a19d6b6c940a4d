//! The names of a file: what each is, where it is declared, where it is meant.
//!
//! In: an analysis. Out: [`Declared`] by name. A broken file's names are those of its items that can be
//! read; names that come from used files are declared there.

use super::{Analysis, Range, range};
use crate::rename::mentions::{Mention, mentions};
use crate::syntax::ast::{self, DriverKind, Item};
use crate::text::source::{FileId, Span};
use std::collections::BTreeMap;

/// What a name stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// A horizon.
    Horizon,
    /// An outcome.
    Outcome,
    /// An outcome that stays once it has come.
    FinalOutcome,
    /// An event.
    Event,
    /// A factor.
    Factor,
    /// A change.
    Change,
    /// An assumption.
    Assumption,
    /// A scenario.
    Scenario,
    /// A view.
    View,
    /// A pool of views.
    Pool,
    /// A number that is not known.
    Quantity,
    /// A question beside the first.
    Question,
    /// A proposition with a name.
    Condition,
}

impl Sort {
    /// Its word.
    pub fn as_str(self) -> &'static str {
        match self {
            Sort::Horizon => "horizon",
            Sort::Outcome => "outcome",
            Sort::FinalOutcome => "final outcome",
            Sort::Event => "event",
            Sort::Factor => "factor",
            Sort::Change => "change",
            Sort::Assumption => "assumption",
            Sort::Scenario => "scenario",
            Sort::View => "view",
            Sort::Pool => "pool",
            Sort::Quantity => "quantity",
            Sort::Question => "question",
            Sort::Condition => "condition",
        }
    }

    /// Whether it is an outcome.
    pub(crate) fn is_outcome(self) -> bool {
        matches!(self, Sort::Outcome | Sort::FinalOutcome)
    }

    /// Whether it is an event, factor, change or assumption.
    pub(crate) fn is_driver(self) -> bool {
        matches!(
            self,
            Sort::Event | Sort::Factor | Sort::Change | Sort::Assumption
        )
    }

    /// Whether it is so or is not, and is no outcome: what stands in any condition.
    pub(crate) fn is_so_or_not(self) -> bool {
        self.is_driver() || self == Sort::Condition
    }
}

impl From<DriverKind> for Sort {
    fn from(kind: DriverKind) -> Sort {
        match kind {
            DriverKind::Event => Sort::Event,
            DriverKind::Factor => Sort::Factor,
            DriverKind::Change => Sort::Change,
            DriverKind::Assumption => Sort::Assumption,
        }
    }
}

/// A name where it is declared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Declared {
    /// The name.
    pub name: String,
    /// What it stands for.
    pub sort: Sort,
    /// Its title, where it has one.
    pub title: Option<String>,
    /// Which of the project's files it stands in.
    pub(crate) file: FileId,
    /// The whole item.
    pub item: Range,
    /// The name in it.
    pub at: Range,
}

/// An outcome, at the top level or in a question.
pub(crate) fn of_outcome(outcome: &ast::Outcome) -> Declared {
    let sort = match outcome.is_final {
        Some(_) => Sort::FinalOutcome,
        None => Sort::Outcome,
    };
    made(&outcome.name, sort, &outcome.title, outcome.span)
}

/// What an item declares, itself and within.
pub(crate) fn of_item(item: &Item) -> Vec<Declared> {
    let within = match item {
        Item::Question(q) => q.outcomes.iter().map(of_outcome).collect(),
        _ => Vec::new(),
    };
    own(item).into_iter().chain(within).collect()
}

/// What an item is the declaration of.
pub(crate) fn own(item: &Item) -> Option<Declared> {
    let (name, sort, title, span): (&ast::Name, Sort, &Option<ast::Text>, Span) = match item {
        Item::Horizon(h) => (&h.name, Sort::Horizon, &h.title, h.span),
        Item::Outcome(o) => return Some(of_outcome(o)),
        Item::Question(q) => (&q.name, Sort::Question, &q.title, q.span),
        Item::Condition(c) => (&c.name, Sort::Condition, &c.title, c.span),
        Item::Driver(d) => (&d.name, d.kind.into(), &d.title, d.span),
        Item::Scenario(s) => (&s.name, Sort::Scenario, &s.title, s.span),
        Item::View(v) => (&v.name, Sort::View, &v.title, v.span),
        Item::Pool(p) => (&p.name, Sort::Pool, &p.title, p.span),
        Item::Quantity(q) => (&q.name, Sort::Quantity, &q.title, q.span),
        _ => return None,
    };
    Some(made(name, sort, title, span))
}

fn made(name: &ast::Name, sort: Sort, title: &Option<ast::Text>, span: Span) -> Declared {
    Declared {
        name: name.node.clone(),
        sort,
        title: title.as_ref().map(|t| t.node.clone()),
        file: span.file,
        item: range(span),
        at: range(name.span),
    }
}

/// Every name that the first file knows: its own, and those that it takes from others.
pub(crate) fn declared(analysis: &Analysis) -> BTreeMap<String, Declared> {
    let mut known = BTreeMap::new();
    let project = &analysis.project;
    for item in &analysis.parsed().ast.items {
        if let Item::Use(used) = item {
            let key = (FileId(0), used.path.node.clone());
            let Some(file) = project.uses.get(&key) else {
                continue;
            };
            let theirs = project.files[file.0 as usize].ast.items.iter();
            for theirs in theirs.flat_map(of_item) {
                if used.names.iter().any(|n| n.node == theirs.name) {
                    known.insert(theirs.name.clone(), theirs);
                }
            }
        }
    }
    // Of two with one name the first counts.
    let all: Vec<Declared> = analysis
        .parsed()
        .ast
        .items
        .iter()
        .flat_map(of_item)
        .collect();
    for own in all.into_iter().rev() {
        known.insert(own.name.clone(), own);
    }
    // What only a view has is declared there.
    for item in &analysis.parsed().ast.items {
        let Item::View(view) = item else { continue };
        for said in &view.says {
            if let ast::Restated::Driver(driver) = said
                && let Some(theirs) = own(&Item::Driver((**driver).clone()))
            {
                known.entry(theirs.name.clone()).or_insert(theirs);
            }
        }
    }
    known
}

/// Every mention of any name in one of the project's files, in order.
pub(crate) fn all(analysis: &Analysis, file: FileId) -> Vec<Mention<'_>> {
    let text = &analysis.project.sources.source(file).text;
    let ast = &analysis.project.files[file.0 as usize].ast;
    let mut all = mentions(ast, text);
    all.sort_by_key(|m| m.span);
    all
}

/// The name at a byte of the first file, and where it stands.
pub(crate) fn at(analysis: &Analysis, offset: usize) -> Option<(String, Range)> {
    let mentions = all(analysis, FileId(0));
    let holds = |m: &&Mention<'_>| {
        let range = range(m.span);
        range.start <= offset && offset <= range.end
    };
    let found = mentions.iter().find(holds)?;
    Some((found.name.to_owned(), range(found.span)))
}
