//! Which changes, events, rows and scenarios of a file its expectations exercise.
//!
//! In: an assessment. Out: each of them with the expectations that exercise it. What counts:
//!
//! - An expectation *names* what its query, its `given` and the other side of `above` or `below`
//!   name, the scenario that it is `under` and what that sets, and, of a change that it names, what
//!   the change's `when` names.
//! - It exercises the events, changes and scenarios that it names, and the changes that must hold
//!   under its `given` and `under`.
//! - It exercises a row, where a driver has several, if under its `given` and `under` that row must
//!   be in force, and what it asks about rests on that driver.

use super::grounds::conditions;
use crate::infer::{Answers, Variants};
use crate::limits;
use crate::lint::walk::names;
use crate::resolve::assessment::{
    Assessment, DriverId, DriverKind, Expect, Prop, Query, Row, ScenarioId, Target, Test, What,
};
use crate::text::source::{SourceMap, Span};
use std::collections::{BTreeMap, BTreeSet};

/// Probabilities nearer to 1 than this are certain.
const CERTAIN: f64 = 1e-9;

/// What kind of thing it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A change clause.
    Change,
    /// An event.
    Event,
    /// A row of an event or factor that has several.
    Row,
    /// A scenario.
    Scenario,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Kind; 4] = [Kind::Change, Kind::Event, Kind::Row, Kind::Scenario];

    /// The word that every output uses.
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Change => "change",
            Kind::Event => "event",
            Kind::Row => "row",
            Kind::Scenario => "scenario",
        }
    }
}

/// One thing that an expectation may exercise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// What it is.
    pub(crate) kind: Kind,
    /// Its name; of a row, `latitude given ceasefire` or `latitude otherwise`.
    pub(crate) name: String,
    /// The file that it stands in.
    pub(crate) file: String,
    /// Its line, from 1.
    pub(crate) line: usize,
    /// The lines of the expectations that exercise it, in order.
    pub(crate) by: Vec<usize>,
}

/// Everything that expectations may exercise, by place.
pub fn coverage(assessment: &Assessment, sources: &SourceMap) -> Vec<Part> {
    let mut survey = Survey {
        assessment,
        answers: Answers::new(assessment),
        certain: Vec::new(),
        left: questions(assessment),
    };
    let mut by: BTreeMap<Thing, BTreeSet<usize>> = BTreeMap::new();
    let line = |span: Span| sources.source(span.file).position(span.start as usize).line;
    for expect in &assessment.expects {
        for thing in survey.exercised(expect) {
            by.entry(thing).or_default().insert(line(expect.span));
        }
    }
    let each = things(assessment).into_iter().map(|(thing, name, span)| {
        let kind = thing.kind(assessment);
        let by = by.get(&thing).into_iter().flatten().copied().collect();
        let file = sources.source(span.file).name.clone();
        (
            span,
            Part {
                kind,
                name,
                file,
                line: line(span),
                by,
            },
        )
    });
    let mut each: Vec<(Span, Part)> = each.collect();
    each.sort_by_key(|(span, part)| (span.file, span.start, part.kind));
    each.into_iter().map(|(_, part)| part).collect()
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Thing {
    Driver(DriverId),
    Row(DriverId, usize),
    Scenario(ScenarioId),
}

impl Thing {
    fn kind(self, assessment: &Assessment) -> Kind {
        match self {
            Thing::Driver(d) if assessment.drivers[d].kind() == DriverKind::Change => Kind::Change,
            Thing::Driver(_) => Kind::Event,
            Thing::Row(..) => Kind::Row,
            Thing::Scenario(_) => Kind::Scenario,
        }
    }
}

fn things(assessment: &Assessment) -> Vec<(Thing, String, Span)> {
    let mut found = Vec::new();
    for (id, driver) in assessment.drivers.iter() {
        let name = assessment.drivers.name(id);
        if matches!(driver.what, What::Event(_) | What::Change { .. }) {
            found.push((Thing::Driver(id), name.to_owned(), driver.span));
        }
        for (i, (given, span)) in rows(assessment, id).into_iter().enumerate() {
            let name = match given {
                Some(prop) => {
                    let given = crate::lint::say::proposition(assessment, prop);
                    format!("{name} given {given}")
                }
                None => format!("{name} otherwise"),
            };
            found.push((Thing::Row(id, i), name, span));
        }
    }
    for (id, scenario) in assessment.scenarios.iter() {
        let name = assessment.scenarios.name(id).to_owned();
        found.push((Thing::Scenario(id), name, scenario.span));
    }
    found
}

/// The conditions of a driver's rows and where they stand; nothing where it has one row alone.
fn rows(assessment: &Assessment, driver: DriverId) -> Vec<(Option<&Prop>, Span)> {
    fn of<T>(rows: &[Row<T>]) -> Vec<(Option<&Prop>, Span)> {
        let each = rows.iter().map(|r| (r.given.as_ref(), r.clause.span));
        if rows.len() > 1 {
            each.collect()
        } else {
            Vec::new()
        }
    }
    match &assessment.drivers[driver].what {
        What::Event(rows) => of(rows),
        What::Factor(rows) => of(rows),
        What::Change { .. } | What::Assumption(_) => Vec::new(),
    }
}

struct Survey<'a> {
    assessment: &'a Assessment,
    answers: Answers<'a>,
    /// Conditions that were looked at, with what must be the case under them.
    certain: Vec<(Query, BTreeSet<Thing>)>,
    /// How many more questions can be afforded.
    left: u64,
}

/// How many questions of a file can be afforded: none beyond exact inference.
fn questions(assessment: &Assessment) -> u64 {
    /// What preparing a question costs for each driver, in steps.
    const DRIVER: u64 = 64;
    let drivers = assessment.drivers.len() as u64;
    let states = Variants::new(assessment).ok().map(|v| v.states());
    states.map_or(0, |states| {
        limits::LINT_STEPS / states.saturating_add(DRIVER * drivers).max(1)
    })
}

impl Survey<'_> {
    fn exercised(&mut self, expect: &Expect) -> BTreeSet<Thing> {
        let mut queries = vec![&expect.query];
        if let Test::Above(other) | Test::Below(other) = &expect.test {
            queries.push(other);
        }
        let mut found = BTreeSet::new();
        for query in queries {
            found.extend(self.named(query).into_iter().filter(|thing| match thing {
                Thing::Driver(d) => matches!(
                    self.assessment.drivers[*d].kind(),
                    DriverKind::Event | DriverKind::Change
                ),
                _ => true,
            }));
            if query.given.is_none() && query.under.is_none() {
                continue;
            }
            let rests = self.rests(query);
            let fits = |thing: &Thing| match thing {
                Thing::Row(driver, _) => rests.contains(driver),
                _ => true,
            };
            found.extend(self.certain(query).into_iter().filter(fits));
        }
        found
    }

    fn named(&self, query: &Query) -> BTreeSet<Thing> {
        let mut drivers = BTreeSet::new();
        let mut add = |driver| {
            drivers.insert(driver);
        };
        if let Target::Prop(prop) = &query.target {
            names(prop, &mut add);
        }
        if let Some(given) = &query.given {
            names(given, &mut add);
        }
        if let Some(under) = query.under {
            let sets = &self.assessment.scenarios[under].sets;
            sets.iter().for_each(|set| add(set.driver));
        }
        let drivers = self.closure(drivers, |driver| match driver {
            DriverKind::Change => true,
            DriverKind::Event | DriverKind::Factor | DriverKind::Assumption => false,
        });
        let things = drivers.into_iter().map(Thing::Driver);
        things.chain(query.under.map(Thing::Scenario)).collect()
    }

    /// The drivers that what is asked about rests on.
    fn rests(&self, query: &Query) -> BTreeSet<DriverId> {
        let mut first = BTreeSet::new();
        match &query.target {
            Target::Prop(prop) => names(prop, &mut |driver| {
                first.insert(driver);
            }),
            Target::Outcome(_) | Target::Figure(..) => {
                let pushing = self.assessment.drivers.iter().filter(|(_, d)| {
                    let counts =
                        matches!(&d.what, What::Change { counts, .. } if !counts.is_empty());
                    counts || d.pushes() || !d.moves.is_empty()
                });
                first.extend(pushing.map(|(id, _)| id));
            }
        }
        self.closure(first, |_| true)
    }

    /// These drivers and those that the conditions of some kinds of them name.
    fn closure(
        &self,
        mut found: BTreeSet<DriverId>,
        through: impl Fn(DriverKind) -> bool,
    ) -> BTreeSet<DriverId> {
        let mut open: Vec<DriverId> = found.iter().copied().collect();
        while let Some(driver) = open.pop() {
            if !through(self.assessment.drivers[driver].kind()) {
                continue;
            }
            for prop in conditions(self.assessment, driver) {
                names(prop, &mut |next| {
                    if found.insert(next) {
                        open.push(next);
                    }
                });
            }
        }
        found
    }

    /// The changes that must hold, and the rows that must be in force, under a query's `given` and
    /// `under`. Where that is too much to compute nothing is certain.
    fn certain(&mut self, query: &Query) -> BTreeSet<Thing> {
        let alike = |other: &Query| {
            (&other.given, other.under, other.horizon) == (&query.given, query.under, query.horizon)
        };
        if let Some((_, found)) = self.certain.iter().find(|(other, _)| alike(other)) {
            return found.clone();
        }
        let set: BTreeSet<DriverId> = query
            .under
            .iter()
            .flat_map(|&s| &self.assessment.scenarios[s].sets)
            .map(|set| set.driver)
            .collect();
        let mut found = BTreeSet::new();
        for driver in self.assessment.drivers.ids() {
            let is_change = self.assessment.drivers[driver].kind() == DriverKind::Change;
            if is_change && self.must(query, Prop::Is(driver)) {
                found.insert(Thing::Driver(driver));
            }
            // What a scenario sets follows none of its rows.
            if set.contains(&driver) {
                continue;
            }
            let mut before = Vec::new();
            for (i, (given, _)) in rows(self.assessment, driver).into_iter().enumerate() {
                let mut all = before.clone();
                if let Some(given) = given {
                    all.push(given.clone());
                    before.push(Prop::Not(Box::new(given.clone())));
                }
                if self.must(query, Prop::All(all)) {
                    found.insert(Thing::Row(driver, i));
                }
            }
        }
        self.certain.push((query.clone(), found.clone()));
        found
    }

    fn must(&mut self, query: &Query, prop: Prop) -> bool {
        if self.left == 0 {
            return false;
        }
        self.left -= 1;
        let asked = Query {
            target: Target::Prop(prop),
            negated: false,
            within: false,
            ..query.clone()
        };
        let answer = self.answers.answer(&asked).ok().flatten();
        answer.is_some_and(|p| p >= 1.0 - CERTAIN)
    }
}
