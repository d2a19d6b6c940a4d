//! What can hold together: propositions over the file's names, by truth table.
//!
//! In: propositions, and what chances, priors, `exclusive`, `implies` and `when:` say of each name in
//! each horizon; of a question one outcome is so. Out: whether a proposition can hold in any horizon, and if not, which of those facts stand in its
//! way. Every fact used is certain, so that "never" is proved; "it can" may only mean that the
//! facts seen do not forbid it. At most [`LIMIT`] names at once; beyond that nothing is claimed.

mod asked;
mod facts;
mod table;
#[cfg(test)]
mod tests;

pub(crate) use facts::Atom;
pub(crate) use table::LIMIT;

use super::say;
use crate::resolve::assessment::{Assessment, DriverId, Prop, What};
use facts::{Fact, Facts};
use std::collections::{BTreeMap, BTreeSet};
use table::Table;

/// Why a proposition can never hold.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Reason {
    /// The fewest of its parts that cannot hold together, or it as a whole.
    parts: Vec<Prop>,
    /// What forbids them, in the file's names; nothing where they contradict each other.
    pub(crate) facts: Vec<String>,
}

impl Reason {
    /// The reason as a clause: "`a` and `not a` contradict each other".
    pub(crate) fn text(&self, assessment: &Assessment) -> String {
        if !self.facts.is_empty() {
            return say::list(&self.facts, "and");
        }
        let parts = self.parts.iter();
        let parts: Vec<String> = parts
            .map(|p| format!("`{}`", say::proposition(assessment, p)))
            .collect();
        match parts.len() {
            0 | 1 => "it contradicts itself".to_owned(),
            _ => format!("{} contradict each other", say::list(&parts, "and")),
        }
    }
}

/// What no case fulfils.
static NEVER: Prop = Prop::Any(Vec::new());

/// Reasons over one assessment.
pub(crate) struct Logic<'a> {
    assessment: &'a Assessment,
    facts: Facts<'a>,
}

impl<'a> Logic<'a> {
    pub(crate) fn new(assessment: &'a Assessment) -> Self {
        Logic {
            assessment,
            facts: Facts::new(assessment),
        }
    }

    /// Why `prop` can hold in no horizon; none where it can, or where too many names are in play.
    pub(crate) fn never(&self, prop: &Prop) -> Option<Reason> {
        let (mut atoms, mut changes) = self.facts.leaves(prop);
        if atoms.len() > LIMIT {
            return None;
        }
        let facts = self.facts.about(&mut atoms);
        for prop in facts.iter().flat_map(|fact| &fact.by_horizon) {
            changes.extend(self.facts.leaves(prop).1);
        }
        // Each after those in its own `when`.
        let order = self.assessment.order.iter().copied();
        let view = View {
            logic: self,
            atoms: atoms.into_iter().collect(),
            changes: order.filter(|driver| changes.contains(driver)).collect(),
        };
        let parts = match prop {
            Prop::All(list) => list.clone(),
            other => vec![other.clone()],
        };
        let fails = |parts: &[Prop], facts: &[Fact]| view.fails(parts, facts);
        if !fails(&parts, &facts) {
            return None;
        }
        // Facts first: what contradicts itself needs none.
        let facts = fewest(facts, |facts| fails(&parts, facts));
        let parts = fewest(parts, |parts| fails(parts, &facts));
        Some(Reason {
            parts,
            facts: facts.into_iter().map(|f| f.text).collect(),
        })
    }

    /// The names that a proposition rests on, those included that facts tie to them.
    pub(crate) fn rests(&self, prop: &Prop) -> BTreeSet<Atom> {
        let mut atoms = self.facts.leaves(prop).0;
        if atoms.len() <= LIMIT {
            self.facts.about(&mut atoms);
        }
        let exclusives = self.assessment.exclusives.iter().map(|g| &g.members);
        let chains = self.assessment.chains.iter().map(|g| &g.members);
        let has = |m: &DriverId| atoms.contains(&Atom::Driver(*m));
        let tied = exclusives.chain(chains).filter(|g| g.iter().any(has));
        let tied = tied.flatten().map(|m| Atom::Driver(*m));
        let asked = self.assessment.questions.values();
        let has = |o| atoms.contains(&Atom::Outcome(o));
        let asked = asked.filter(|q| q.ids().any(has)).flat_map(|q| q.ids());
        let tied: Vec<Atom> = tied.chain(asked.map(Atom::Outcome)).collect();
        atoms.extend(tied);
        atoms
    }

    /// Why `prop` holds in every horizon, whatever happens.
    pub(crate) fn always(&self, prop: &Prop) -> Option<Reason> {
        self.never(&negation(prop))
    }

    /// Why `a` cannot hold without `b`.
    pub(crate) fn implies(&self, a: &Prop, b: &Prop) -> Option<Reason> {
        self.never(&Prop::All(vec![a.clone(), negation(b)]))
    }

    /// Why `a` and `b` hold in the same cases.
    pub(crate) fn same(&self, a: &Prop, b: &Prop) -> Option<Reason> {
        self.never(&Prop::Any(vec![
            Prop::All(vec![a.clone(), negation(b)]),
            Prop::All(vec![b.clone(), negation(a)]),
        ]))
    }

    fn when(&self, change: DriverId) -> &'a Prop {
        match &self.assessment.drivers[change].what {
            What::Change { when, .. } => when,
            // Only changes are asked for.
            _ => &NEVER,
        }
    }
}

/// Propositions over a few names.
struct View<'a, 'l> {
    logic: &'l Logic<'a>,
    atoms: Vec<Atom>,
    changes: Vec<DriverId>,
}

impl View<'_, '_> {
    /// Whether no horizon lets all parts hold, by these facts.
    fn fails(&self, parts: &[Prop], facts: &[Fact]) -> bool {
        let mut known = BTreeMap::new();
        for (bit, &atom) in self.atoms.iter().enumerate() {
            known.insert(atom, Table::of(bit, self.atoms.len()));
        }
        for &change in &self.changes {
            let table = self.table(self.logic.when(change), &known);
            known.insert(Atom::Driver(change), table);
        }
        let mut all = Table::full(true, self.atoms.len());
        for part in parts {
            all.and(&self.table(part, &known));
        }
        (0..self.logic.assessment.horizons.len()).all(|horizon| {
            let mut left = all.clone();
            for fact in facts {
                left.and(&self.table(&fact.by_horizon[horizon], &known));
            }
            left.is_empty()
        })
    }

    fn table(&self, prop: &Prop, known: &BTreeMap<Atom, Table>) -> Table {
        let full = |truth| Table::full(truth, self.atoms.len());
        let of = |atom| known.get(&atom).cloned().unwrap_or_else(|| full(false));
        match prop {
            Prop::Is(driver) => of(Atom::Driver(*driver)),
            Prop::Outcome(outcome) => of(Atom::Outcome(*outcome)),
            Prop::Reaches(id, mark) => of(Atom::Reaches(*id, *mark)),
            Prop::Not(inner) => {
                let mut table = self.table(inner, known);
                table.not();
                table
            }
            Prop::All(list) => {
                let mut table = full(true);
                for inner in list {
                    table.and(&self.table(inner, known));
                }
                table
            }
            Prop::Any(list) => {
                let mut table = full(false);
                for inner in list {
                    table.or(&self.table(inner, known));
                }
                table
            }
            Prop::AtLeast(least, list) => {
                let least = *least as usize;
                if least > list.len() {
                    return full(false);
                }
                // Where at least so many of those seen hold.
                let mut counts = vec![full(false); least + 1];
                counts[0] = full(true);
                for inner in list {
                    let inner = self.table(inner, known);
                    for count in (1..=least).rev() {
                        let mut one_more = counts[count - 1].clone();
                        one_more.and(&inner);
                        counts[count].or(&one_more);
                    }
                }
                counts.swap_remove(least)
            }
        }
    }
}

/// The negation, without a double one.
fn negation(prop: &Prop) -> Prop {
    match prop {
        Prop::Not(inner) => (**inner).clone(),
        other => Prop::Not(Box::new(other.clone())),
    }
}

/// A smallest part of a list of which `enough` still holds: nothing more can be left out.
fn fewest<T: Clone>(mut list: Vec<T>, enough: impl Fn(&[T]) -> bool) -> Vec<T> {
    for index in (0..list.len()).rev() {
        let mut shorter = list.clone();
        shorter.remove(index);
        if enough(&shorter) {
            list = shorter;
        }
    }
    list
}
