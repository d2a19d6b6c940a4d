//! Whether rows cover every case, and what exclusive events sum to, over all truth values that
//! `exclusive` allows.
//!
//! In: resolved drivers in an order in which conditions come first. Out: cases that no row covers
//! (`missing-otherwise`), and groups above 100% (`sum-above-one`). The search is bounded.

use super::assessment::{Curve, Driver, DriverId, DriverKind, Exclusive, Prop, Row, What};
use super::drivers::curves;
use super::figures::percent;
use super::names::{Facts, Reader};
use crate::diag::Diagnostic;
use crate::limits;
use crate::rules;
use std::collections::BTreeSet;

/// Sums of doubles that exceed 1 by less do not.
const SLACK: f64 = 1e-9;

/// What the search knows of each driver: true, false, or not yet.
type Truth = Vec<Option<bool>>;

/// One search over the cases of some conditions.
struct Search<'a> {
    drivers: &'a [Driver],
    /// For each driver the group that it stands in.
    group_of: &'a [Option<usize>],
    groups: &'a [Exclusive],
    /// Events, factors and assumptions that the conditions rest on.
    atoms: Vec<DriverId>,
    /// Changes that they name, each after those that it names.
    changes: Vec<DriverId>,
    truth: Truth,
    steps: usize,
}

impl<'a> Search<'a> {
    fn new(
        drivers: &'a [Driver],
        order: &[DriverId],
        groups: &'a [Exclusive],
        group_of: &'a [Option<usize>],
        conditions: &[&Prop],
    ) -> Self {
        let mut named = BTreeSet::new();
        let mut todo: Vec<&Prop> = conditions.to_vec();
        let mut atoms = Vec::new();
        while let Some(prop) = todo.pop() {
            prop.each(&mut |id| {
                if named.insert(id) {
                    match &drivers[id.0 as usize].what {
                        What::Change { when, .. } => todo.push(when),
                        _ => atoms.push(id),
                    }
                }
            });
        }
        atoms.sort_unstable();
        let is_change = |id: &DriverId| drivers[id.0 as usize].kind() == DriverKind::Change;
        let changes = match named.iter().any(is_change) {
            true => order
                .iter()
                .copied()
                .filter(|id| named.contains(id) && is_change(id))
                .collect(),
            false => Vec::new(),
        };
        Search {
            drivers,
            group_of,
            groups,
            atoms,
            changes,
            truth: vec![None; drivers.len()],
            steps: 0,
        }
    }

    /// Works out what the changes are, as far as the atoms say.
    fn settle(&mut self) {
        for i in 0..self.changes.len() {
            let id = self.changes[i];
            if let What::Change { when, .. } = &self.drivers[id.0 as usize].what {
                self.truth[id.0 as usize] = self.eval(when);
            }
        }
    }

    fn eval(&mut self, prop: &Prop) -> Option<bool> {
        self.steps += 1;
        match prop {
            Prop::Is(id) => self.truth[id.0 as usize],
            Prop::Outcome(_) => None,
            Prop::Not(inner) => self.eval(inner).map(|b| !b),
            Prop::All(parts) => self.at_least(parts, parts.len()),
            Prop::Any(parts) => self.at_least(parts, 1),
            Prop::AtLeast(n, parts) => self.at_least(parts, *n as usize),
        }
    }

    fn at_least(&mut self, parts: &[Prop], n: usize) -> Option<bool> {
        let (mut yes, mut open) = (0, 0);
        for part in parts {
            match self.eval(part) {
                Some(true) => yes += 1,
                None => open += 1,
                Some(false) => {}
            }
        }
        if yes >= n {
            Some(true)
        } else if yes + open < n {
            Some(false)
        } else {
            None
        }
    }

    /// Whether setting an atom true would make two exclusive events true.
    fn excluded(&self, id: DriverId) -> bool {
        let group = self.group_of[id.0 as usize];
        group.is_some_and(|g| {
            self.groups[g]
                .members
                .iter()
                .any(|m| *m != id && self.truth[m.0 as usize] == Some(true))
        })
    }

    /// The first case, atoms false before true, in which no condition holds; an error where the
    /// search would take too long. The atoms it left open may be either.
    fn uncovered(&mut self, conditions: &[&Prop], limit: usize) -> Result<Option<Truth>, ()> {
        // The value that each atom so far was given, in order.
        let mut path: Vec<bool> = Vec::new();
        loop {
            self.settle();
            let mut values = conditions
                .iter()
                .map(|c| self.eval(c))
                .collect::<Vec<_>>()
                .into_iter();
            let any = values.clone().any(|v| v == Some(true));
            if !any && values.all(|v| v == Some(false)) {
                return Ok(Some(self.truth.clone()));
            }
            if self.steps > limit {
                return Err(());
            }
            if !any && path.len() < self.atoms.len() {
                self.truth[self.atoms[path.len()].0 as usize] = Some(false);
                path.push(false);
                continue;
            }
            // Back to the last atom that can still be made true.
            loop {
                let Some(value) = path.pop() else {
                    return Ok(None);
                };
                let id = self.atoms[path.len()];
                self.truth[id.0 as usize] = None;
                if !value && !self.excluded(id) {
                    self.truth[id.0 as usize] = Some(true);
                    path.push(true);
                    break;
                }
            }
        }
    }

    /// The case in the file's own names, as a proposition; what was left open is not said.
    fn words(&self, truth: &Truth, facts: &Facts) -> String {
        let mut words: Vec<String> = self
            .atoms
            .iter()
            .filter_map(|id| {
                let name = &facts.driver(*id).name;
                truth[id.0 as usize].map(|t| {
                    if t {
                        name.clone()
                    } else {
                        format!("not {name}")
                    }
                })
            })
            .collect();
        let more = words.len().saturating_sub(6);
        words.truncate(6);
        let listed = words.join(" and ");
        if more > 0 {
            format!("{listed} and so on")
        } else {
            listed
        }
    }
}

/// The group that each driver stands in.
pub(super) fn group_of(drivers: usize, groups: &[Exclusive]) -> Vec<Option<usize>> {
    let mut result = vec![None; drivers];
    for (g, group) in groups.iter().enumerate() {
        for member in &group.members {
            result[member.0 as usize] = Some(g);
        }
    }
    result
}

/// The conditions of rows that end without `otherwise`.
fn open_rows<T>(rows: &[Row<T>]) -> Option<Vec<&Prop>> {
    let conditions: Vec<&Prop> = rows.iter().filter_map(|r| r.given.as_ref()).collect();
    (!rows.is_empty() && conditions.len() == rows.len()).then_some(conditions)
}

impl Reader<'_> {
    /// Reports every driver with a case that none of its rows covers.
    ///
    /// `is_whole` says whether all rows of a driver could be read.
    pub(super) fn cover(
        &mut self,
        drivers: &[Driver],
        order: &[DriverId],
        groups: &[Exclusive],
        is_whole: impl Fn(usize) -> bool,
    ) {
        let group_of = group_of(drivers.len(), groups);
        let mut left = limits::COVER_STEPS * 20;
        for (index, driver) in drivers.iter().enumerate() {
            let (conditions, key) = match &driver.what {
                What::Event(rows) => (open_rows(rows), "chance"),
                What::Factor(rows) => (open_rows(rows), "holds"),
                _ => continue,
            };
            let Some(conditions) = conditions else {
                continue;
            };
            if opposites(&conditions) || !is_whole(index) {
                continue;
            }
            let mut search = Search::new(drivers, order, groups, &group_of, &conditions);
            let found = search.uncovered(&conditions, left.min(limits::COVER_STEPS));
            left = left.saturating_sub(search.steps);
            let name = &driver.name.node;
            let (label, message) = match found {
                Ok(None) => continue,
                Ok(Some(case)) => (
                    format!("nothing is said for `{}`", search.words(&case, self.facts)),
                    format!("the rows of `{name}` leave out a case"),
                ),
                Err(()) => (
                    "too many cases to try them all".to_string(),
                    format!("whether the rows of `{name}` cover every case cannot be told"),
                ),
            };
            self.report(
                Diagnostic::new(&rules::MISSING_OTHERWISE, driver.name.span, message)
                    .label(label)
                    .help(format!(
                        "add a last row for all other cases: `{key} otherwise: …`"
                    )),
            );
        }
    }

    /// Reports every exclusive group whose chances can sum to more than 100%.
    pub(super) fn exclusive_sums(
        &mut self,
        drivers: &[Driver],
        order: &[DriverId],
        groups: &[Exclusive],
    ) {
        let group_of = group_of(drivers.len(), groups);
        let mut times: Vec<(String, f64)> = self.facts.horizons.clone();
        times.insert(0, ("now".into(), 0.0));
        let mut left = limits::COVER_STEPS;
        for group in groups {
            let members: Vec<(&Driver, &[Row<Curve>])> = group
                .members
                .iter()
                .map(|m| &drivers[m.0 as usize])
                .filter_map(|d| Some((d, curves(d)?)))
                .filter(|(_, rows)| !rows.is_empty())
                .collect();
            let rows: Vec<&[Row<Curve>]> = members.iter().map(|(_, rows)| *rows).collect();
            let conditions: Vec<&Prop> = rows
                .iter()
                .flat_map(|r| r.iter())
                .filter_map(|r| r.given.as_ref())
                .collect();
            let mut search = Search::new(drivers, order, groups, &group_of, &conditions);
            for (name, days) in &times {
                let at: Vec<Vec<f64>> = rows
                    .iter()
                    .map(|r| r.iter().map(|row| row.clause.values.at(*days)).collect())
                    .collect();
                let highest: f64 = at
                    .iter()
                    .map(|a| a.iter().copied().fold(0.0, f64::max))
                    .sum();
                if highest <= 1.0 + SLACK {
                    continue;
                }
                let Some(worst) = search.highest(&rows, &at, left) else {
                    continue;
                };
                let (sum, case) = (worst.sum, search.words(&worst.truth, self.facts));
                left = left.saturating_sub(search.steps);
                if sum <= 1.0 + SLACK {
                    continue;
                }
                let when = if *days == 0.0 {
                    "now".to_string()
                } else {
                    format!("by `{name}`")
                };
                let given = if case.is_empty() {
                    String::new()
                } else {
                    format!(" given `{case}`")
                };
                let mut found = Diagnostic::new(
                    &rules::SUM_ABOVE_ONE,
                    group.span,
                    format!("these events exclude each other, but sum to {} {when}{given}", percent(sum)),
                )
                .label("at most one of them happens")
                .help("lower their chances, so that together they stay at or below 100%, or let them happen together");
                for (i, (driver, rows)) in members.iter().enumerate().take(4) {
                    if let Some(row) = worst.rows[i].map(|r| &rows[r]) {
                        let label = format!(
                            "{} {when} for `{}`",
                            percent(at[i][worst.rows[i].unwrap_or(0)]),
                            driver.name.node
                        );
                        found = found.other(row.clause.span, label);
                    }
                }
                self.report(found);
                break;
            }
        }
    }
}

/// The case in which an exclusive group sums highest.
struct Worst {
    sum: f64,
    truth: Truth,
    /// By member: the row in force.
    rows: Vec<Option<usize>>,
}

impl Search<'_> {
    /// The highest sum of the rows in force over all cases; nothing where there are too many.
    fn highest(&mut self, rows: &[&[Row<Curve>]], at: &[Vec<f64>], limit: usize) -> Option<Worst> {
        let bits = self.atoms.len();
        if bits > 16 || (1usize << bits) * rows.len() > limit {
            return None;
        }
        let atoms = self.atoms.clone();
        let mut worst: Option<Worst> = None;
        for case in 0..1usize << bits {
            for (bit, id) in atoms.iter().enumerate() {
                self.truth[id.0 as usize] = Some(case >> bit & 1 == 1);
            }
            let clash =
                |id: &DriverId| self.truth[id.0 as usize] == Some(true) && self.excluded(*id);
            if atoms.iter().any(clash) {
                continue;
            }
            self.settle();
            let mut in_force = Vec::with_capacity(rows.len());
            let mut sum = 0.0;
            for (rows, at) in rows.iter().zip(at) {
                let row = rows
                    .iter()
                    .position(|r| r.given.as_ref().is_none_or(|g| self.eval(g) == Some(true)));
                sum += row.map_or(0.0, |r| at[r]);
                in_force.push(row);
            }
            if worst.as_ref().is_none_or(|w| sum > w.sum) {
                worst = Some(Worst {
                    sum,
                    truth: self.truth.clone(),
                    rows: in_force,
                });
            }
        }
        worst
    }
}

/// Whether one condition is the denial of another: together they cover everything.
fn opposites(conditions: &[&Prop]) -> bool {
    conditions.iter().any(|a| match a {
        Prop::Not(inner) => conditions.iter().any(|b| *b == inner.as_ref()),
        _ => false,
    })
}
