//! Whether rows cover every case, and what exclusive events sum to, over all truth values that
//! `exclusive` allows.
//!
//! In: resolved drivers in an order in which conditions come first. Out: cases that no row covers
//! (`missing-otherwise`), and groups above 100% (`sum-above-one`). The search is bounded.

use super::assessment::{
    Chain, Curve, Decided, Driver, DriverId, DriverKind, Exclusive, Mark, OutcomeId, Prop,
    QuantityId, Row, What,
};
use super::decided::Whens;
use super::drivers::curves;
use super::figures::percent;
use super::names::{Facts, Reader};
use crate::diag::Diagnostic;
use crate::diag::rules;
use crate::limits;
use std::collections::{BTreeMap, BTreeSet};

/// Sums of doubles that exceed 1 by less do not.
const SLACK: f64 = 1e-9;

/// What the search knows of each driver and outcome: true, false, or not yet.
type Truth = Vec<Option<bool>>;

/// What cannot be so together.
pub(super) struct Groups<'a> {
    pub(super) order: &'a [DriverId],
    pub(super) exclusives: &'a [Exclusive],
    pub(super) chains: &'a [Chain],
    /// For each driver the exclusive group that it stands in.
    group_of: Vec<Option<usize>>,
    /// For each driver the chain that it stands in, and where.
    chain_of: BTreeMap<DriverId, (usize, usize)>,
}

impl<'a> Groups<'a> {
    pub(super) fn new(
        drivers: usize,
        order: &'a [DriverId],
        exclusives: &'a [Exclusive],
        chains: &'a [Chain],
    ) -> Self {
        let mut chain_of = BTreeMap::new();
        for (c, chain) in chains.iter().enumerate() {
            for (place, member) in chain.members.iter().enumerate() {
                chain_of.insert(*member, (c, place));
            }
        }
        Groups {
            order,
            exclusives,
            chains,
            group_of: group_of(drivers, exclusives),
            chain_of,
        }
    }
}

/// What a search decides: an event, factor or assumption, or an outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Atom {
    Driver(DriverId),
    Outcome(OutcomeId),
    /// A quantity is at least so much.
    Reaches(QuantityId, Mark),
}

/// One search over the cases of some conditions.
pub(super) struct Search<'a> {
    drivers: &'a [Driver],
    whens: &'a Whens,
    groups: &'a Groups<'a>,
    /// The outcomes that answer one question with each outcome.
    siblings: Vec<std::ops::Range<usize>>,
    /// Where quantities are cut.
    marks: Vec<(QuantityId, Mark)>,
    /// What the conditions rest on.
    atoms: Vec<Atom>,
    /// Changes that they name, each after those that it names.
    changes: Vec<DriverId>,
    truth: Truth,
    steps: usize,
}

impl<'a> Search<'a> {
    pub(super) fn new(
        drivers: &'a [Driver],
        whens: &'a Whens,
        groups: &'a Groups<'a>,
        facts: &Facts,
        conditions: &[&Prop],
    ) -> Self {
        let mut named = BTreeSet::new();
        let mut outcomes = BTreeSet::new();
        let mut todo: Vec<&Prop> = conditions.to_vec();
        let mut atoms = Vec::new();
        let mut marks = BTreeSet::new();
        while let Some(prop) = todo.pop() {
            prop.each(&mut |id| {
                if named.insert(id) {
                    match &drivers[id.0 as usize].what {
                        What::Change { when, .. } => todo.push(when),
                        _ => atoms.push(Atom::Driver(id)),
                    }
                }
            });
            prop.each_mark(&mut |id, mark| {
                marks.insert((id, mark));
            });
            prop.each_outcome(&mut |id| {
                if outcomes.insert(id) {
                    atoms.push(Atom::Outcome(id));
                    // What decides an outcome holds where the outcome does.
                    if let Some(Some(Decided::When(when))) = whens.get(id.0 as usize) {
                        todo.push(when);
                    }
                }
            });
        }
        atoms.extend(marks.iter().map(|(id, mark)| Atom::Reaches(*id, *mark)));
        atoms.sort_unstable();
        let is_change = |id: &DriverId| drivers[id.0 as usize].kind() == DriverKind::Change;
        let changes = match named.iter().any(is_change) {
            true => groups
                .order
                .iter()
                .copied()
                .filter(|id| named.contains(id) && is_change(id))
                .collect(),
            false => Vec::new(),
        };
        let siblings = match outcomes.is_empty() {
            true => Vec::new(),
            false => facts
                .asked
                .iter()
                .map(|o| facts.outcomes_of(o.question))
                .collect(),
        };
        Search {
            drivers,
            whens,
            groups,
            atoms,
            changes,
            truth: vec![None; drivers.len() + siblings.len() + marks.len()],
            siblings,
            marks: marks.into_iter().collect(),
            steps: 0,
        }
    }

    /// How many steps it has taken.
    pub(super) fn steps(&self) -> usize {
        self.steps
    }

    fn place(&self, atom: Atom) -> usize {
        match atom {
            Atom::Driver(id) => id.0 as usize,
            Atom::Outcome(id) => self.drivers.len() + id.0 as usize,
            Atom::Reaches(id, mark) => {
                let at = self.marks.binary_search(&(id, mark)).unwrap_or_default();
                self.drivers.len() + self.siblings.len() + at
            }
        }
    }

    fn known(&self, atom: Atom) -> Option<bool> {
        self.truth.get(self.place(atom)).copied().flatten()
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
            Prop::Outcome(id) => self.known(Atom::Outcome(*id)),
            Prop::Reaches(id, mark) => self.known(Atom::Reaches(*id, *mark)),
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

    /// Whether what is known so far rules a value of an atom out.
    fn excluded(&self, atom: Atom, value: bool) -> bool {
        match atom {
            Atom::Driver(id) => {
                let group = self.groups.group_of[id.0 as usize].filter(|_| value);
                let other = |m: &DriverId| *m != id && self.known(Atom::Driver(*m)) == Some(true);
                let exclusive =
                    group.is_some_and(|g| self.groups.exclusives[g].members.iter().any(other));
                exclusive || self.breaks_chain(id, value)
            }
            // What reaches more reaches less.
            Atom::Reaches(id, mark) => self.marks.iter().any(|&(other, at)| {
                let known = self.known(Atom::Reaches(other, at));
                other == id
                    && match value {
                        true => at < mark && known == Some(false),
                        false => at > mark && known == Some(true),
                    }
            }),
            // Of the outcomes of a question one is so.
            Atom::Outcome(id) => {
                let all = self.siblings[id.0 as usize].clone();
                let mut others = all
                    .filter(|at| *at != id.0 as usize)
                    .map(|at| self.known(Atom::Outcome(OutcomeId(at as u32))));
                match value {
                    true => others.any(|known| known == Some(true)),
                    false => others.all(|known| known == Some(false)),
                }
            }
        }
    }

    fn breaks_chain(&self, id: DriverId, value: bool) -> bool {
        let Some(&(chain, place)) = self.groups.chain_of.get(&id) else {
            return false;
        };
        let members = &self.groups.chains[chain].members;
        // The strongest stands first: a stronger one makes it true, a weaker one allows it.
        let (against, wrong) = match value {
            true => (&members[place + 1..], Some(false)),
            false => (&members[..place], Some(true)),
        };
        against
            .iter()
            .any(|m| self.known(Atom::Driver(*m)) == wrong)
    }

    /// Whether a decided outcome is taken to be so where what decides it is not.
    fn undecided(&mut self) -> bool {
        for i in 0..self.atoms.len() {
            let Atom::Outcome(id) = self.atoms[i] else {
                continue;
            };
            if let Some(Some(Decided::When(when))) = self.whens.get(id.0 as usize)
                && self.known(Atom::Outcome(id)) == Some(true)
                && self.eval(when) == Some(false)
            {
                return true;
            }
        }
        false
    }

    /// The first case, atoms false before true, in which no condition holds; an error where the
    /// search would take too long. The atoms it left open may be either.
    pub(super) fn uncovered(
        &mut self,
        conditions: &[&Prop],
        limit: usize,
    ) -> Result<Option<Truth>, ()> {
        // The value that each atom so far was given, in order.
        let mut path: Vec<bool> = Vec::new();
        loop {
            self.settle();
            let mut values = conditions
                .iter()
                .map(|c| self.eval(c))
                .collect::<Vec<_>>()
                .into_iter();
            let any = values.clone().any(|v| v == Some(true)) || self.undecided();
            if !any && values.all(|v| v == Some(false)) {
                return Ok(Some(self.truth.clone()));
            }
            if self.steps > limit {
                return Err(());
            }
            if !any && path.len() < self.atoms.len() {
                let atom = self.atoms[path.len()];
                let place = self.place(atom);
                let first = self.excluded(atom, false);
                if !(first && self.excluded(atom, true)) {
                    self.truth[place] = Some(first);
                    path.push(first);
                    continue;
                }
            }
            // Back to the last atom that can still be made true.
            loop {
                let Some(value) = path.pop() else {
                    return Ok(None);
                };
                let atom = self.atoms[path.len()];
                let place = self.place(atom);
                self.truth[place] = None;
                if !value && !self.excluded(atom, true) {
                    self.truth[place] = Some(true);
                    path.push(true);
                    break;
                }
            }
        }
    }

    /// The case in the file's own names, as a proposition; what was left open is not said.
    pub(super) fn words(&self, truth: &Truth, facts: &Facts) -> String {
        let mut words: Vec<String> = self
            .atoms
            .iter()
            .filter_map(|atom| {
                let name = match atom {
                    Atom::Driver(id) => &facts.driver(*id).name,
                    Atom::Outcome(id) => &facts.outcome(*id).0,
                    Atom::Reaches(id, mark) => {
                        let name = &facts.quantities[id.0 as usize].name;
                        return truth[self.place(*atom)].map(|t| match t {
                            true => format!("{name} at least {}", mark.0),
                            false => format!("{name} below {}", mark.0),
                        });
                    }
                };
                truth[self.place(*atom)].map(|t| {
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
        whens: &Whens,
        groups: &Groups<'_>,
        is_whole: impl Fn(usize) -> bool,
    ) {
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
            let mut search = Search::new(drivers, whens, groups, self.facts, &conditions);
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

    /// Reports every question with a case that none of its priors covers.
    pub(super) fn cover_priors(
        &mut self,
        questions: &[(crate::text::source::Span, Vec<Prop>)],
        drivers: &[Driver],
        whens: &Whens,
        groups: &Groups<'_>,
    ) {
        let mut left = limits::COVER_STEPS * 4;
        for (span, conditions) in questions {
            let conditions: Vec<&Prop> = conditions.iter().collect();
            if opposites(&conditions) {
                continue;
            }
            let mut search = Search::new(drivers, whens, groups, self.facts, &conditions);
            let found = search.uncovered(&conditions, left.min(limits::COVER_STEPS));
            left = left.saturating_sub(search.steps);
            let (label, message) = match found {
                Ok(None) => continue,
                Ok(Some(case)) => (
                    format!("nothing is said for `{}`", search.words(&case, self.facts)),
                    "the priors leave out a case",
                ),
                Err(()) => (
                    "too many cases to try them all".to_string(),
                    "whether the priors cover every case cannot be told",
                ),
            };
            self.report(
                Diagnostic::new(&rules::MISSING_OTHERWISE, *span, message)
                    .label(label)
                    .help("add a last one for all other cases: `prior otherwise { … }`"),
            );
        }
    }

    /// Reports every exclusive group whose chances can sum to more than 100%.
    pub(super) fn exclusive_sums(
        &mut self,
        drivers: &[Driver],
        whens: &Whens,
        groups: &Groups<'_>,
    ) {
        let mut left = limits::COVER_STEPS;
        for group in groups.exclusives {
            let mut times: Vec<(String, f64)> = self.facts.horizons.clone();
            times.insert(0, ("now".into(), 0.0));
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
            let mut search = Search::new(drivers, whens, groups, self.facts, &conditions);
            // Numbers that the author wrote are told before those between them.
            times.sort_by_key(|(_, days)| {
                let mut all = rows.iter().flat_map(|r| r.iter());
                !all.all(|row| row.clause.values.states(*days))
            });
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
            for (bit, atom) in atoms.iter().enumerate() {
                let place = self.place(*atom);
                self.truth[place] = Some(case >> bit & 1 == 1);
            }
            let clash = |atom: &Atom| {
                let value = self.known(*atom) == Some(true);
                self.excluded(*atom, value)
            };
            if atoms.iter().any(clash) {
                continue;
            }
            self.settle();
            if self.undecided() {
                continue;
            }
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
