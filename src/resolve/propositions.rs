//! Propositions: names to drivers and outcomes, conditions to what they stand for, and what may be
//! said of a proposition as a whole.
//!
//! In: a proposition as written. Out: a [`Prop`] over ids, its words for keys and messages, and
//! whether it lasts once true.

use super::assessment::{DriverId, DriverKind, Mark, OutcomeId, Prop, QuantityId};
use super::names::{Facts, Meaning, Reader, Want};
use crate::diag::Diagnostic;
use crate::diag::rules;
use crate::limits;
use crate::syntax::ast::{self, PropKind};
use crate::text::source::Span;

impl Reader<'_> {
    /// A proposition; nothing where a name in it is not known.
    pub(super) fn prop(&mut self, prop: &ast::Prop) -> Option<Prop> {
        match &prop.kind {
            PropKind::Name(name) => match self.look(name, prop.span, Want::Proposition)? {
                Meaning::Driver(id) => Some(Prop::Is(id)),
                Meaning::Outcome(id) => Some(Prop::Outcome(id)),
                Meaning::Condition(id) => self.condition(id.0 as usize, prop.span),
                Meaning::Elsewhere => {
                    self.elsewhere(name, prop.span);
                    None
                }
                _ => None,
            },
            PropKind::Compared(name, with) => self.compared(name, with),
            PropKind::Not(inner) => self.prop(inner).map(|p| Prop::Not(Box::new(p))),
            PropKind::And(parts) => self.props(parts).map(Prop::All),
            PropKind::Or(parts) => self.props(parts).map(Prop::Any),
            PropKind::AtLeast(count, parts) => self
                .props(parts)
                .map(|parts| Prop::AtLeast(count.node, parts)),
        }
    }

    /// All parts, so that every unknown name in them is reported.
    fn props(&mut self, parts: &[ast::Prop]) -> Option<Vec<Prop>> {
        let found: Vec<Option<Prop>> = parts.iter().map(|p| self.prop(p)).collect();
        found.into_iter().collect()
    }
}

impl Reader<'_> {
    /// What a condition stands for; nothing where that could not be read, or is too much.
    fn condition(&mut self, index: usize, span: Span) -> Option<Prop> {
        let facts = self.facts;
        self.reports.name_condition(index);
        let found = facts.conditions.get(index)?.as_ref()?;
        if self.reports.expand(found.size()) {
            return Some(found.clone());
        }
        if self
            .reports
            .first(span.file, "conditions are too much".into())
        {
            self.report(
                Diagnostic::new(
                    &rules::LIMIT,
                    span,
                    format!(
                        "conditions stand for more than {} names, all uses counted",
                        limits::grouped(limits::EXPANDED)
                    ),
                )
                .label("this one is not read")
                .help("conditions that name others grow fast: declare events for what they share"),
            );
        }
        None
    }

    /// Reports an outcome of a used file that its user has not.
    fn elsewhere(&mut self, name: &str, span: Span) {
        if !self.reports.first(span.file, format!("name {name}")) {
            return;
        }
        let mut found = Diagnostic::new(
            &rules::UNKNOWN_NAME,
            span,
            format!("`{name}` is an outcome of this file, and none of the file that uses it"),
        )
        .label("what is used rests on it")
        .help(format!(
            "declare an outcome `{name}` in the using file, or leave out what rests on it"
        ));
        if let Some(used_at) = self.scope.used_at {
            found = found.other(used_at, "used from here");
        }
        self.report(found);
    }
}

impl Prop {
    /// How many names it holds.
    pub(crate) fn size(&self) -> usize {
        match self {
            Prop::Is(_) | Prop::Outcome(_) | Prop::Reaches(..) => 1,
            Prop::Not(inner) => inner.size(),
            Prop::All(parts) | Prop::Any(parts) | Prop::AtLeast(_, parts) => {
                parts.iter().map(Prop::size).sum()
            }
        }
    }

    /// How deep it is nested.
    pub(crate) fn depth(&self) -> usize {
        match self {
            Prop::Is(_) | Prop::Outcome(_) | Prop::Reaches(..) => 1,
            Prop::Not(inner) => 1 + inner.depth(),
            Prop::All(parts) | Prop::Any(parts) | Prop::AtLeast(_, parts) => {
                1 + parts.iter().map(Prop::depth).max().unwrap_or(0)
            }
        }
    }

    /// Calls `f` with every outcome that the proposition names, in order.
    pub(crate) fn each_outcome(&self, f: &mut impl FnMut(OutcomeId)) {
        match self {
            Prop::Is(_) | Prop::Reaches(..) => {}
            Prop::Outcome(id) => f(*id),
            Prop::Not(inner) => inner.each_outcome(f),
            Prop::All(parts) | Prop::Any(parts) | Prop::AtLeast(_, parts) => {
                parts.iter().for_each(|p| p.each_outcome(f));
            }
        }
    }

    /// Calls `f` with every driver that the proposition names, in order.
    pub(crate) fn each(&self, f: &mut impl FnMut(DriverId)) {
        match self {
            Prop::Is(id) => f(*id),
            Prop::Outcome(_) | Prop::Reaches(..) => {}
            Prop::Not(inner) => inner.each(f),
            Prop::All(parts) | Prop::Any(parts) | Prop::AtLeast(_, parts) => {
                parts.iter().for_each(|p| p.each(f));
            }
        }
    }

    /// Calls `f` with every quantity that the proposition names, and where it is cut.
    pub(crate) fn each_mark(&self, f: &mut impl FnMut(QuantityId, Mark)) {
        match self {
            Prop::Is(_) | Prop::Outcome(_) => {}
            Prop::Reaches(id, mark) => f(*id, *mark),
            Prop::Not(inner) => inner.each_mark(f),
            Prop::All(parts) | Prop::Any(parts) | Prop::AtLeast(_, parts) => {
                parts.iter().for_each(|p| p.each_mark(f));
            }
        }
    }

    /// Whether it names an outcome or a quantity, which the general engine alone reads.
    pub(crate) fn names_outcomes(&self) -> bool {
        match self {
            Prop::Is(_) => false,
            Prop::Outcome(_) | Prop::Reaches(..) => true,
            Prop::Not(inner) => inner.names_outcomes(),
            Prop::All(parts) | Prop::Any(parts) | Prop::AtLeast(_, parts) => {
                parts.iter().any(Prop::names_outcomes)
            }
        }
    }

    /// The proposition in words, its parts in alphabetical order: the same however it is written.
    pub(crate) fn words(&self, facts: &Facts) -> String {
        let list = |parts: &[Prop], join: &str| {
            let mut words: Vec<String> = parts.iter().map(|p| p.words(facts)).collect();
            words.sort();
            words.join(join)
        };
        match self {
            Prop::Is(id) => facts.driver(*id).name.clone(),
            Prop::Outcome(id) => facts.outcome(*id).0.clone(),
            Prop::Reaches(id, mark) => {
                format!(
                    "{} at least {}",
                    facts.quantities[id.0 as usize].name, mark.0
                )
            }
            Prop::Not(inner) => format!("not {}", inner.words(facts)),
            Prop::All(parts) => format!("({})", list(parts, " and ")),
            Prop::Any(parts) => format!("({})", list(parts, " or ")),
            Prop::AtLeast(n, parts) => format!("at least {n} of ({})", list(parts, ", ")),
        }
    }
}

/// One thing that a proposition speaks of.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Single {
    Driver(DriverId),
    Outcome(OutcomeId),
}

impl Facts {
    /// Whether a proposition is made of lasting things only: events, final outcomes, assumptions, and
    /// changes that are made of such.
    pub(super) fn lasts(&self, prop: &Prop) -> bool {
        let mut todo = vec![prop];
        let mut seen = std::collections::BTreeSet::new();
        while let Some(prop) = todo.pop() {
            let mut passing = false;
            prop.each_mark(&mut |_, _| passing = true);
            prop.each_outcome(&mut |id| passing |= !self.is_final(id));
            prop.each(&mut |id| match self.driver(id).kind {
                DriverKind::Factor => passing = true,
                DriverKind::Change if seen.insert(id) => todo.extend(self.whens.get(&id)),
                _ => {}
            });
            if passing {
                return false;
            }
        }
        true
    }

    /// The single thing that a proposition is, or denies: an event, an outcome, also under the name of
    /// a change whose `when` is that thing alone.
    pub(super) fn single(&self, prop: &Prop) -> Option<Single> {
        let mut prop = prop;
        // A ring of changes is an error of its own; here it must only come to an end.
        for _ in 0..=self.drivers.len() {
            prop = match prop {
                Prop::Not(inner) => inner,
                Prop::Is(id) if self.driver(*id).kind == DriverKind::Change => {
                    self.whens.get(id)?
                }
                Prop::Is(id) => return Some(Single::Driver(*id)),
                Prop::Outcome(id) => return Some(Single::Outcome(*id)),
                _ => return None,
            };
        }
        None
    }
}
