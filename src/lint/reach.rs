//! Which rows of an event can follow each other from one horizon to the next.
//!
//! In: an assessment and an event. Out: triples of rows and horizon. Only what the event's rows
//! refer to is looked at, and what that refers to, up to [`MOST`] things; what those rest on beyond
//! is taken to come and go freely. Nothing is weighed: a change counts if it has any chance.

use crate::resolve::assessment::{Assessment, DriverId, Prop, Row, What};
use std::collections::BTreeSet;

/// How many things are followed at once: a pass over time takes up to four to that power steps.
const MOST: usize = 8;

/// A chance below this is none.
const NOTHING: f64 = 1e-12;

/// The things that decide which row of an event is in force.
pub struct Reach<'a> {
    assessment: &'a Assessment,
    event: DriverId,
    /// In an order in which whatever a row refers to stands before it.
    nodes: Vec<DriverId>,
    days: Vec<f64>,
}

impl<'a> Reach<'a> {
    /// What the event's rows refer to; none where that is too much to follow.
    pub fn new(assessment: &'a Assessment, event: DriverId) -> Option<Self> {
        let mut nodes: Vec<DriverId> = Vec::new();
        add_guards(assessment, event, &mut nodes);
        if nodes.len() > MOST {
            return None;
        }
        let mut next = 0;
        while next < nodes.len() {
            let mut more = nodes.clone();
            add_guards(assessment, nodes[next], &mut more);
            for group in assessment.exclusives.iter().filter(|g| g.members.contains(&nodes[next])) {
                for &member in &group.members {
                    add(assessment, member, &mut more);
                }
            }
            if more.len() <= MOST {
                nodes = more;
            }
            next += 1;
        }
        let place = |d: &DriverId| assessment.order.iter().position(|o| o == d);
        nodes.sort_by_key(place);
        let days = std::iter::once(0.0)
            .chain(assessment.horizons.values().map(|h| h.days))
            .collect();
        Some(Reach { assessment, event, nodes, days })
    }

    /// (row before, row after, h): in force at the ends of horizons h − 1 and h one after the
    /// other, 0 being now, in some course of things.
    pub fn row_changes(&self) -> BTreeSet<(usize, usize, usize)> {
        let mut found = BTreeSet::new();
        let mut states: BTreeSet<u32> = BTreeSet::new();
        self.follow(0, None, 0, 0, &mut |state| {
            states.insert(state);
        });
        for h in 1..self.days.len() {
            let mut next = BTreeSet::new();
            for &state in &states {
                let before = self.row_of(self.event, state);
                self.follow(h, Some(state), 0, 0, &mut |after| {
                    next.insert(after);
                    if let (Some(a), Some(b)) = (before, self.row_of(self.event, after)) {
                        found.insert((a, b, h));
                    }
                });
            }
            states = next;
        }
        found
    }

    /// Every state at the end of h after `before`, node by node.
    fn follow(&self, h: usize, before: Option<u32>, node: usize, state: u32, visit: &mut dyn FnMut(u32)) {
        let Some(&driver) = self.nodes.get(node) else {
            visit(state);
            return;
        };
        let (may, may_not) = self.choices(h, before, driver, node, state);
        if may {
            self.follow(h, before, node + 1, state | 1 << node, visit);
        }
        if may_not {
            self.follow(h, before, node + 1, state, visit);
        }
    }

    /// Whether a node may be true at the end of h, and whether it may be false.
    fn choices(&self, h: usize, before: Option<u32>, driver: DriverId, node: usize, state: u32) -> (bool, bool) {
        match &self.assessment.drivers[driver].what {
            What::Event(rows) => {
                if before.is_some_and(|b| b >> node & 1 == 1) {
                    return (true, false);
                }
                if driver == self.event || self.excluded(driver, before, state) {
                    return (false, true);
                }
                if !self.knows(rows) {
                    return (rows.iter().any(|r| r.clause.values.at(self.days[h]) > NOTHING), true);
                }
                let Some(row) = self.row_of(driver, state) else {
                    return (false, true);
                };
                let now = rows[row].clause.values.at(self.days[h]);
                let had = match before.and_then(|b| self.row_of(driver, b)) {
                    Some(row) => rows[row].clause.values.at(self.days[h - 1]),
                    None => 0.0,
                };
                (now - had > NOTHING, now < 1.0 - NOTHING || now <= had)
            }
            What::Factor(_) if h == 0 => (false, true),
            What::Factor(rows) => {
                let chance = |row: &Row<Vec<_>>| -> f64 {
                    let number: &crate::resolve::assessment::Number = &row.clause.values[h - 1];
                    number.point
                };
                if !self.knows(rows) {
                    return (true, true);
                }
                match self.row_of(driver, state) {
                    Some(row) => {
                        let p = chance(&rows[row]);
                        (p > NOTHING, p < 1.0 - NOTHING)
                    }
                    None => (true, true),
                }
            }
            What::Change { .. } | What::Assumption(_) => (false, true),
        }
    }

    /// Whether another of its exclusive group has happened.
    fn excluded(&self, driver: DriverId, before: Option<u32>, state: u32) -> bool {
        let happened = state | before.unwrap_or(0);
        let groups = self.assessment.exclusives.iter().filter(|g| g.members.contains(&driver));
        groups.flat_map(|g| &g.members).any(|other| {
            let place = self.nodes.iter().position(|n| n == other);
            *other != driver && place.is_some_and(|i| happened >> i & 1 == 1)
        })
    }

    /// Whether all that these rows refer to is followed.
    fn knows<T>(&self, rows: &[Row<T>]) -> bool {
        let mut names = Vec::new();
        for given in rows.iter().filter_map(|r| r.given.as_ref()) {
            add_prop(self.assessment, given, &mut names);
        }
        names.iter().all(|n| self.nodes.contains(n))
    }

    /// The row of an event or factor that is in force in a state.
    fn row_of(&self, driver: DriverId, state: u32) -> Option<usize> {
        let fits = |given: &Option<Prop>| given.as_ref().is_none_or(|g| self.holds(g, state));
        match &self.assessment.drivers[driver].what {
            What::Event(rows) => rows.iter().position(|r| fits(&r.given)),
            What::Factor(rows) => rows.iter().position(|r| fits(&r.given)),
            What::Change { .. } | What::Assumption(_) => None,
        }
    }

    fn holds(&self, prop: &Prop, state: u32) -> bool {
        match prop {
            Prop::Is(driver) => match &self.assessment.drivers[*driver].what {
                What::Change { when, .. } => self.holds(when, state),
                What::Assumption(_) => true,
                What::Factor(rows) if rows.is_empty() => true,
                What::Factor(_) | What::Event(_) => {
                    let place = self.nodes.iter().position(|n| n == driver);
                    place.is_some_and(|i| state >> i & 1 == 1)
                }
            },
            Prop::Not(inner) => !self.holds(inner, state),
            Prop::All(list) => list.iter().all(|p| self.holds(p, state)),
            Prop::Any(list) => list.iter().any(|p| self.holds(p, state)),
            Prop::AtLeast(least, list) => {
                list.iter().filter(|p| self.holds(p, state)).count() >= *least as usize
            }
        }
    }
}

fn add_guards(assessment: &Assessment, driver: DriverId, nodes: &mut Vec<DriverId>) {
    let guards: Vec<&Prop> = match &assessment.drivers[driver].what {
        What::Event(rows) => rows.iter().filter_map(|r| r.given.as_ref()).collect(),
        What::Factor(rows) => rows.iter().filter_map(|r| r.given.as_ref()).collect(),
        What::Change { .. } | What::Assumption(_) => Vec::new(),
    };
    for guard in guards {
        add_prop(assessment, guard, nodes);
    }
}

fn add_prop(assessment: &Assessment, prop: &Prop, nodes: &mut Vec<DriverId>) {
    match prop {
        Prop::Is(driver) => add(assessment, *driver, nodes),
        Prop::Not(inner) => add_prop(assessment, inner, nodes),
        Prop::All(list) | Prop::Any(list) | Prop::AtLeast(_, list) => {
            for inner in list {
                add_prop(assessment, inner, nodes);
            }
        }
    }
}

/// Adds what can be now true, now false; what never happens or always holds is no node.
fn add(assessment: &Assessment, driver: DriverId, nodes: &mut Vec<DriverId>) {
    match &assessment.drivers[driver].what {
        What::Change { when, .. } => add_prop(assessment, when, nodes),
        What::Event(rows) if rows.is_empty() => {}
        What::Factor(rows) if rows.is_empty() => {}
        What::Event(_) | What::Factor(_) if nodes.contains(&driver) => {}
        What::Event(_) | What::Factor(_) => nodes.push(driver),
        What::Assumption(_) => {}
    }
}
