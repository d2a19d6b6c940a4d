//! What the chances of a file settle: which names can hold in which horizon, and with which.
//!
//! In: an assessment. Out: [`Fact`]s, each certain in its horizon and worded in the file's names.

use super::asked;
use super::table::LIMIT;
use crate::diag::suggest;
use crate::lint::say;
use crate::lint::walk::{names, outcomes};
use crate::resolve::assessment::{
    Assessment, Curve, DriverId, HorizonId, Mark, Number, OutcomeId, Prop, QuantityId, Row, What,
};
use crate::resolve::table::Id;
use std::collections::BTreeSet;

/// What a proposition names that is no change: those are what their `when` says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Atom {
    /// An event, factor or assumption.
    Driver(DriverId),
    /// An outcome.
    Outcome(OutcomeId),
    /// A quantity is at least so much.
    Reaches(QuantityId, Mark),
}

/// What is certain of some names.
#[derive(Debug, Clone)]
pub(super) struct Fact {
    /// "`a` and `b` are exclusive".
    pub(super) text: String,
    /// What holds at the end of each horizon.
    pub(super) by_horizon: Vec<Prop>,
}

/// Finds facts.
pub(super) struct Facts<'a> {
    assessment: &'a Assessment,
    /// By driver: whether it stays true once it is.
    lasting: Vec<bool>,
}

impl<'a> Facts<'a> {
    pub(super) fn new(assessment: &'a Assessment) -> Self {
        let mut lasting = vec![false; assessment.drivers.len()];
        for &id in &assessment.order {
            lasting[id.index()] = match &assessment.drivers[id].what {
                What::Event(_) | What::Assumption(_) => true,
                What::Factor(_) => false,
                What::Change { when, .. } => lasts(assessment, &lasting, when),
            };
        }
        Facts {
            assessment,
            lasting,
        }
    }

    /// The facts about these names; names that facts bring in are added while there is room.
    pub(super) fn about(&self, atoms: &mut BTreeSet<Atom>) -> Vec<Fact> {
        let mut facts = Vec::new();
        let mut open: Vec<Atom> = atoms.iter().rev().copied().collect();
        while let Some(atom) = open.pop() {
            let found = match atom {
                Atom::Outcome(outcome) => asked::facts(self.assessment, outcome),
                Atom::Reaches(..) => Vec::new(),
                Atom::Driver(driver) => match &self.assessment.drivers[driver].what {
                    What::Event(rows) => self.event(driver, rows),
                    What::Factor(rows) => self.factor(driver, rows),
                    What::Change { .. } | What::Assumption(_) => Vec::new(),
                },
            };
            for fact in found {
                let mut new = BTreeSet::new();
                for prop in &fact.by_horizon {
                    new.extend(self.leaves(prop).0);
                }
                let more: Vec<Atom> = new.difference(atoms).copied().collect();
                if atoms.len() + more.len() <= LIMIT {
                    atoms.extend(&more);
                    open.extend(more);
                    facts.push(fact);
                }
            }
        }
        let has = |driver: &DriverId| atoms.contains(&Atom::Driver(*driver));
        for group in &self.assessment.exclusives {
            for (index, a) in group.members.iter().enumerate() {
                for b in &group.members[index + 1..] {
                    if a != b && has(a) && has(b) {
                        facts.push(self.exclusive(*a, *b));
                    }
                }
            }
        }
        for chain in &self.assessment.chains {
            let members: Vec<DriverId> = chain.members.iter().copied().filter(has).collect();
            for pair in members.windows(2) {
                facts.push(self.implied(pair[0], pair[1]));
            }
        }
        let marks = atoms.iter().filter_map(|atom| match atom {
            Atom::Reaches(id, mark) => Some((*id, *mark)),
            _ => None,
        });
        let marks: Vec<(QuantityId, Mark)> = marks.collect();
        for pair in marks.windows(2) {
            if pair[0].0 == pair[1].0 {
                facts.push(self.more(pair[0].0, pair[0].1, pair[1].1));
            }
        }
        facts.extend(asked::together(self.assessment, atoms));
        facts
    }

    /// The names that a proposition rests on: those that are no change, and the changes on the way.
    pub(super) fn leaves(&self, prop: &Prop) -> (BTreeSet<Atom>, BTreeSet<DriverId>) {
        let (mut atoms, mut changes) = (BTreeSet::new(), BTreeSet::new());
        let mut open = vec![prop];
        while let Some(prop) = open.pop() {
            prop.each_mark(&mut |id, mark| {
                atoms.insert(Atom::Reaches(id, mark));
            });
            outcomes(prop, &mut |outcome| {
                atoms.insert(Atom::Outcome(outcome));
            });
            names(prop, &mut |driver| {
                if let What::Change { when, .. } = &self.assessment.drivers[driver].what {
                    if changes.insert(driver) {
                        open.push(when);
                    }
                } else {
                    atoms.insert(Atom::Driver(driver));
                }
            });
        }
        (atoms, changes)
    }

    /// A stronger event of a chain never comes without a weaker one.
    fn implied(&self, strong: DriverId, weak: DriverId) -> Fact {
        let without = Prop::All(vec![Prop::Is(strong), Prop::Not(Box::new(Prop::Is(weak)))]);
        Fact {
            text: format!("{} implies {}", self.name(strong), self.name(weak)),
            by_horizon: vec![Prop::Not(Box::new(without)); self.assessment.horizons.len()],
        }
    }

    /// What is at least so much is at least less.
    fn more(&self, id: QuantityId, less: Mark, more: Mark) -> Fact {
        let without = Prop::All(vec![
            Prop::Reaches(id, more),
            Prop::Not(Box::new(Prop::Reaches(id, less))),
        ]);
        let name = self.assessment.quantities.name(id);
        Fact {
            text: format!("`{name}` of at least {} is at least {}", more.0, less.0),
            by_horizon: vec![Prop::Not(Box::new(without)); self.assessment.horizons.len()],
        }
    }

    fn exclusive(&self, a: DriverId, b: DriverId) -> Fact {
        let together = Prop::All(vec![Prop::Is(a), Prop::Is(b)]);
        Fact {
            text: format!("{} and {} are exclusive", self.name(a), self.name(b)),
            by_horizon: vec![Prop::Not(Box::new(together)); self.assessment.horizons.len()],
        }
    }

    fn event(&self, event: DriverId, rows: &[Row<Curve>]) -> Vec<Fact> {
        if rows.is_empty() {
            return Vec::new();
        }
        // By horizon the chance of each row.
        let horizons = self.assessment.horizons.values();
        let chances = horizons.map(|h| rows.iter().map(|row| row.clause.values.at(h.days)));
        let chances: Vec<Vec<f64>> = chances.map(Iterator::collect).collect();
        let happened = Prop::Is(event);
        if let Some(once) = &self.assessment.drivers[event].once {
            // After its trigger it may come whatever the rows say.
            let last = chances.last().into_iter().flatten();
            let none = { last }.all(|chance| *chance <= 0.0);
            return none
                .then(|| self.triggered(event, once.trigger))
                .into_iter()
                .collect();
        }
        let grouped = self.assessment.exclusives.iter();
        let grouped = grouped.flat_map(|g| &g.members).any(|m| *m == event);
        let mut facts = Vec::new();
        // A chance stated for all cases that is 100% has come; with rows it may come too late.
        if let [row] = rows
            && row.given.is_none()
            && !grouped
        {
            let certain = chances.iter().map(|at| at[0] >= 1.0);
            let text = || format!("{} has a chance of 100%", self.name(event));
            facts.extend(self.where_(certain.collect(), &happened, text, "from"));
        }
        let none = |at: &Vec<f64>| at.iter().all(|chance| *chance <= 0.0);
        let never: Vec<bool> = chances.iter().map(none).collect();
        let text = || format!("{} has a chance of 0%", self.name(event));
        let not = Prop::Not(Box::new(happened));
        facts.extend(self.where_(never, &not, text, "up to"));
        // Where a row without a condition is open at last, nothing is needed.
        let at_last = |at: &Vec<f64>| {
            let mut each = rows.iter().zip(at);
            each.any(|(row, chance)| row.given.is_none() && *chance > 0.0)
        };
        if !chances.last().is_some_and(at_last) {
            facts.extend(self.needs(
                event,
                chances.iter().map(|at| {
                    let open = rows.iter().zip(at).filter(|(_, chance)| **chance > 0.0);
                    open.map(|(row, _)| row.given.clone())
                        .collect::<Option<Vec<Prop>>>()
                }),
            ));
        }
        facts
    }

    /// An event that comes after its trigger alone.
    fn triggered(&self, event: DriverId, trigger: DriverId) -> Fact {
        let without = Prop::All(vec![
            Prop::Is(event),
            Prop::Not(Box::new(Prop::Is(trigger))),
        ]);
        Fact {
            text: format!(
                "{} comes only once {} has",
                self.name(event),
                self.name(trigger)
            ),
            by_horizon: vec![Prop::Not(Box::new(without)); self.assessment.horizons.len()],
        }
    }

    /// An event whose rows give it a chance only where something lasting has come first.
    fn needs(
        &self,
        event: DriverId,
        open: impl Iterator<Item = Option<Vec<Prop>>>,
    ) -> Option<Fact> {
        let open: Vec<Option<Vec<Prop>>> = open.collect();
        let last = open.last()?.as_ref()?;
        let lasting = |prop| lasts(self.assessment, &self.lasting, prop);
        if last.is_empty() || !last.iter().all(lasting) {
            return None;
        }
        let given: Vec<String> = last
            .iter()
            .map(|prop| say::proposition(self.assessment, prop))
            .collect();
        let not = Prop::Not(Box::new(Prop::Is(event)));
        let by_horizon = open.iter().map(|given| {
            let mut cases = vec![not.clone()];
            // Where no row is open, another fact says that it has no chance.
            cases.extend(given.iter().flatten().cloned());
            Prop::Any(cases)
        });
        Some(Fact {
            text: format!(
                "{} has no chance but given {}",
                self.name(event),
                suggest::list(&given, "or")
            ),
            by_horizon: by_horizon.collect(),
        })
    }

    fn factor(&self, factor: DriverId, rows: &[Row<Vec<Number>>]) -> Vec<Fact> {
        if rows.is_empty() {
            return Vec::new();
        }
        let horizons: Vec<HorizonId> = self.assessment.horizons.ids().collect();
        let holds = Prop::Is(factor);
        let not = Prop::Not(Box::new(holds.clone()));
        let all = |test: fn(f64) -> bool, h: &HorizonId| {
            let mut chances = rows
                .iter()
                .filter_map(|row| row.clause.values.get(h.index()));
            chances.all(|number| test(number.point))
        };
        let always: Vec<bool> = horizons.iter().map(|h| all(|p| p >= 1.0, h)).collect();
        let never: Vec<bool> = horizons.iter().map(|h| all(|p| p <= 0.0, h)).collect();
        let mut facts = Vec::new();
        let text = |chance| format!("{} holds with a chance of {chance}", self.name(factor));
        facts.extend(self.where_(always, &holds, || text("100%"), "in"));
        facts.extend(self.where_(never, &not, || text("0%"), "in"));
        if rows.len() > 1 {
            // What the row in force must leave open, whichever it is.
            let by_horizon = horizons.iter().map(|h| {
                let mut cases = Vec::new();
                let mut earlier: Vec<Prop> = Vec::new();
                for row in rows {
                    let mut in_force = earlier.clone();
                    in_force.extend(row.given.clone());
                    let chance = row.clause.values.get(h.index()).map_or(0.5, |n| n.point);
                    if chance <= 0.0 {
                        in_force.push(not.clone());
                    } else if chance >= 1.0 {
                        in_force.push(holds.clone());
                    }
                    cases.push(Prop::All(in_force));
                    earlier.extend(row.given.clone().map(|g| Prop::Not(Box::new(g))));
                }
                Prop::Any(cases)
            });
            let settled = |row: &Row<Vec<Number>>| {
                let mut chances = row.clause.values.iter().map(|n| n.point);
                chances.any(|p| p <= 0.0 || p >= 1.0)
            };
            if rows.iter().any(settled) {
                facts.push(Fact {
                    text: format!("the rows of {} leave no other case", self.name(factor)),
                    by_horizon: by_horizon.collect(),
                });
            }
        }
        facts
    }

    /// The fact that `prop` holds in the horizons that are marked; none where none is.
    fn where_(
        &self,
        at: Vec<bool>,
        prop: &Prop,
        text: impl Fn() -> String,
        word: &str,
    ) -> Option<Fact> {
        if !at.contains(&true) {
            return None;
        }
        let text = text();
        let marked = |yes: &bool| *yes;
        let ids = self.assessment.horizons.ids();
        let names: Vec<&str> = ids
            .filter(|h| at[h.index()])
            .map(|h| self.assessment.horizons.name(h))
            .collect();
        let text = if at.iter().all(marked) {
            text
        } else {
            // A lasting thing's horizons have no gap: the last or the first of them says all.
            let which = match word {
                "up to" => &names[names.len() - 1..],
                "from" => &names[..1],
                _ => &names[..],
            };
            format!("{text} {word} {}", suggest::list(which, "and"))
        };
        let otherwise = Prop::All(Vec::new());
        let by_horizon = at.iter().map(|yes| {
            if *yes {
                prop.clone()
            } else {
                otherwise.clone()
            }
        });
        Some(Fact {
            text,
            by_horizon: by_horizon.collect(),
        })
    }

    fn name(&self, driver: DriverId) -> String {
        format!("`{}`", self.assessment.drivers.name(driver))
    }
}

/// Whether a proposition stays true once it is: what it names lasts, and nothing of that is
/// negated but what never changes.
fn lasts(assessment: &Assessment, lasting: &[bool], prop: &Prop) -> bool {
    match prop {
        Prop::Is(driver) => lasting[driver.index()],
        Prop::Outcome(outcome) => assessment.outcomes[*outcome].is_final,
        Prop::Reaches(..) => false,
        Prop::Not(inner) => match **inner {
            Prop::Is(driver) => {
                matches!(assessment.drivers[driver].what, What::Assumption(_))
            }
            _ => false,
        },
        Prop::All(list) | Prop::Any(list) | Prop::AtLeast(_, list) => {
            list.iter().all(|inner| lasts(assessment, lasting, inner))
        }
    }
}
