//! Propositions: names to drivers, and what may be said of a proposition as a whole.
//!
//! In: a proposition as written. Out: a [`Prop`] over ids, its words for keys and messages, and
//! whether it lasts once true.

use super::assessment::{DriverId, DriverKind, Prop};
use super::names::{Facts, Reader, Want};
use crate::syntax::ast::{self, PropKind};

impl Reader<'_> {
    /// A proposition over drivers; nothing where a name in it is not known.
    pub(super) fn prop(&mut self, prop: &ast::Prop) -> Option<Prop> {
        match &prop.kind {
            PropKind::Name(name) => {
                let name = ast::Name {
                    node: name.clone(),
                    span: prop.span,
                };
                self.driver(&name, Want::Proposition).map(Prop::Is)
            }
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

impl Prop {
    /// Calls `f` with every driver that the proposition names, in order.
    pub(crate) fn each(&self, f: &mut impl FnMut(DriverId)) {
        match self {
            Prop::Is(id) => f(*id),
            Prop::Outcome(_) => {}
            Prop::Not(inner) => inner.each(f),
            Prop::All(parts) | Prop::Any(parts) | Prop::AtLeast(_, parts) => {
                parts.iter().for_each(|p| p.each(f));
            }
        }
    }

    /// Whether it names an outcome.
    pub(crate) fn names_outcomes(&self) -> bool {
        match self {
            Prop::Is(_) => false,
            Prop::Outcome(_) => true,
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
            Prop::Not(inner) => format!("not {}", inner.words(facts)),
            Prop::All(parts) => format!("({})", list(parts, " and ")),
            Prop::Any(parts) => format!("({})", list(parts, " or ")),
            Prop::AtLeast(n, parts) => format!("at least {n} of ({})", list(parts, ", ")),
        }
    }
}

impl Facts {
    /// Whether a proposition is made of lasting things only: events, assumptions, and changes that
    /// are made of such.
    pub(super) fn lasts(&self, prop: &Prop) -> bool {
        let mut todo = vec![prop];
        let mut seen = std::collections::BTreeSet::new();
        while let Some(prop) = todo.pop() {
            let mut passing = false;
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

    /// The single lasting thing that a proposition is, or denies: an event, also under the name of
    /// a change whose `when` is that event alone.
    pub(super) fn single(&self, prop: &Prop) -> Option<DriverId> {
        let mut prop = prop;
        // A ring of changes is an error of its own; here it must only come to an end.
        for _ in 0..=self.drivers.len() {
            prop = match prop {
                Prop::Not(inner) => inner,
                Prop::Is(id) if self.driver(*id).kind == DriverKind::Change => {
                    self.whens.get(id)?
                }
                Prop::Is(id) => return Some(*id),
                _ => return None,
            };
        }
        None
    }
}
