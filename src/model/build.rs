//! From the assessment to the model.
//!
//! In: an assessment free of errors. Out: a [`Model`] in canonical order.

use super::condition::Cond;
use super::curve::{CurveSpec, Value};
use super::{Driver, Model, Node, PushSpec, RowSpec, What};
use crate::resolve::assessment::{self as a, Assessment, DriverId, OutcomeId};
use crate::resolve::table::Id;
use std::collections::BTreeSet;

pub(super) fn build(assessment: &Assessment) -> Model {
    let slots = Slots::of(assessment);
    let mut days = vec![0.0];
    days.extend(assessment.horizons.values().map(|h| h.days));

    let mut outcomes: Vec<OutcomeId> = assessment.outcomes.ids().collect();
    outcomes.sort_by_key(|&o| {
        let outcome = &assessment.outcomes[o];
        let question = assessment.questions.name(outcome.question);
        (question, outcome.is_final, assessment.outcomes.name(o))
    });
    // Of the first question, which is the only one that the narrow engines know.
    let first = outcomes.first().map(|o| assessment.outcomes[*o].question);
    let is_open = |o: &&OutcomeId| {
        let outcome = &assessment.outcomes[**o];
        !outcome.is_final && Some(outcome.question) == first
    };
    let open = outcomes.iter().filter(is_open).count();
    let mut outcome_places = vec![0; outcomes.len()];
    for (place, o) in outcomes.iter().enumerate() {
        outcome_places[o.index()] = place;
    }

    let mut ids: Vec<DriverId> = assessment.drivers.ids().collect();
    ids.sort_by_key(|&d| assessment.drivers.name(d));
    let mut places = vec![0; ids.len()];
    for (place, d) in ids.iter().enumerate() {
        places[d.index()] = place;
    }

    let quantities = super::quantities::specs(assessment);
    let mut builder = Builder {
        slots,
        model: Model {
            prior: Vec::new(),
            outcomes,
            open,
            days,
            drivers: Vec::with_capacity(ids.len()),
            places,
            outcome_places,
            nodes: Vec::new(),
            exclusives: Vec::new(),
            overlaps: Vec::new(),
            rows: Vec::new(),
            pushes: Vec::new(),
            counts: Vec::new(),
            scales: Vec::new(),
            pushed_by: Vec::new(),
            pushed_nodes: Vec::new(),
            slots: 0,
            questions: Vec::new(),
            chains: Vec::new(),
            afters: Vec::new(),
            quantity_places: super::quantities::places(&quantities),
            quantities,
            wide: super::wider::is_wide(assessment),
        },
    };
    builder.questions(assessment);
    for &id in &ids {
        builder.driver(assessment, id);
    }
    for &id in &ids {
        builder.counts(id, &assessment.drivers[id]);
    }
    builder.groups(assessment);
    let mut model = builder.model;
    model.slots = builder.slots.keys.len();
    model.nodes = nodes(&model, false);
    model.pushed_by = vec![Vec::new(); model.drivers.len()];
    for (d, driver) in model.drivers.iter().enumerate() {
        for &(event, push) in &driver.event_pushes {
            model.pushed_by[event].push((d, push));
        }
    }
    if model.pushed_by.iter().any(|by| !by.is_empty()) {
        model.pushed_nodes = nodes(&model, true);
    }
    model.scales = vec![Vec::new(); model.drivers.len()];
    for &(change, count) in model.drivers.iter().flat_map(|d| &d.counted) {
        model.scales[change].push(count);
    }
    model
}

/// The clauses that state a range, by their keys.
pub(super) fn ranges(assessment: &Assessment) -> Vec<&str> {
    Slots::of(assessment).keys
}

/// The random numbers by name: one for each clause that states a range.
pub(super) struct Slots<'a> {
    keys: Vec<&'a str>,
    /// Clauses that have another's random number: the key, and that of the other.
    shared: Vec<(&'a str, &'a str)>,
}

impl<'a> Slots<'a> {
    fn of(assessment: &'a Assessment) -> Self {
        let mut keys = BTreeSet::new();
        let ranged = |n: &a::Number| n.law != a::Law::Fixed;
        let curve_ranged = |curve: &a::Curve| match curve {
            a::Curve::Points(points) => points.iter().any(|p| ranged(&p.chance)),
            a::Curve::PerYear(rate) | a::Curve::Times(rate) => ranged(rate),
        };
        for of in assessment.priors().flat_map(|p| &p.outcomes) {
            match of {
                a::PriorOf::Curve(c) if curve_ranged(&c.values) => keys.insert(c.key.as_str()),
                a::PriorOf::Shares(c) if c.values.iter().any(ranged) => keys.insert(c.key.as_str()),
                _ => false,
            };
        }
        for driver in assessment.drivers.values() {
            match &driver.what {
                a::What::Event(rows) => keys.extend(
                    rows.iter()
                        .filter(|r| curve_ranged(&r.clause.values))
                        .map(|r| r.clause.key.as_str()),
                ),
                a::What::Factor(rows) => keys.extend(
                    rows.iter()
                        .filter(|r| r.clause.values.iter().any(ranged))
                        .map(|r| r.clause.key.as_str()),
                ),
                a::What::Change { .. } | a::What::Assumption(_) => {}
            }
            keys.extend(
                driver
                    .moves
                    .iter()
                    .filter(|m| m.clause.values.iter().flatten().any(ranged))
                    .map(|m| m.clause.key.as_str()),
            );
            keys.extend(
                driver
                    .event_weights
                    .iter()
                    .filter(|w| w.clause.values.iter().flatten().any(ranged))
                    .map(|w| w.clause.key.as_str()),
            );
            keys.extend(
                driver
                    .once
                    .iter()
                    .filter(|once| match &once.clause.values {
                        a::After::Steps(steps) => steps.iter().any(|s| ranged(&s.chance)),
                        a::After::PerYear(rate) | a::After::Times(rate) => ranged(rate),
                    })
                    .map(|once| once.clause.key.as_str()),
            );
            keys.extend(
                driver
                    .weights
                    .iter()
                    .filter(|w| w.clause.values.iter().flatten().any(ranged))
                    .map(|w| w.clause.key.as_str()),
            );
            keys.extend(
                driver
                    .likelihoods
                    .iter()
                    .map(|l| &l.clause)
                    .filter(|c| c.values.iter().any(ranged))
                    .map(|c| c.key.as_str()),
            );
        }
        let shared = super::wider::shared(assessment);
        for (key, other) in &shared {
            if keys.remove(key) {
                keys.insert(other);
            }
        }
        Slots {
            keys: keys.into_iter().collect(),
            shared,
        }
    }

    /// The slot of a clause; what has no range has none, and never looks.
    fn of_key(&self, key: &str) -> usize {
        let shared = self.shared.iter().find(|s| s.0 == key);
        let key = shared.map_or(key, |s| s.1);
        self.keys.binary_search(&key).unwrap_or(0)
    }
}

pub(super) struct Builder<'a> {
    pub(super) slots: Slots<'a>,
    pub(super) model: Model,
}

/// Where the assessment's things stand in the model.
#[derive(Clone, Copy)]
pub(super) struct Names<'a> {
    pub(super) drivers: &'a [usize],
    pub(super) outcomes: &'a [usize],
    pub(super) quantities: &'a [usize],
}

impl Builder<'_> {
    pub(super) fn slot(&self, key: &str) -> usize {
        self.slots.of_key(key)
    }

    pub(super) fn values(&self, clause: &a::Clause<Vec<a::Number>>) -> Vec<Value> {
        let slot = self.slots.of_key(&clause.key);
        clause.values.iter().map(|n| Value::new(n, slot)).collect()
    }

    pub(super) fn curve(&self, clause: &a::Clause<a::Curve>) -> CurveSpec {
        let slot = self.slots.of_key(&clause.key);
        CurveSpec::new(&clause.values, slot, &self.model.days)
    }

    fn driver(&mut self, assessment: &Assessment, id: DriverId) {
        let driver = &assessment.drivers[id];
        let mut rows = Vec::new();
        let what = match &driver.what {
            a::What::Event(_) if super::wider::settled(assessment, id).is_some() => {
                let spec = RowSpec::Curve(self.certain(driver.span));
                rows.push((None, self.row(spec)));
                What::Event
            }
            a::What::Event(list) => {
                let late = super::wider::is_late(assessment, list);
                for row in list {
                    let curve = self.curve(&row.clause);
                    let spec = RowSpec::Curve(if late { curve.late() } else { curve });
                    rows.push((self.given(&row.given), self.row(spec)));
                }
                if list.is_empty() {
                    What::Hypothetical
                } else {
                    What::Event
                }
            }
            a::What::Factor(list) => {
                for row in list {
                    let spec = RowSpec::Holds(self.values(&row.clause));
                    rows.push((self.given(&row.given), self.row(spec)));
                }
                if list.is_empty() {
                    What::Always
                } else {
                    What::Random
                }
            }
            a::What::Change { when, .. } => What::Change(self.cond(when)),
            a::What::Assumption(_) => What::Assumption,
        };
        let mut pushes = Vec::new();
        for weight in &driver.weights {
            let slot = self.slots.of_key(&weight.clause.key);
            let values = weight.clause.values.iter();
            let sign = if weight.against { -1.0 } else { 1.0 };
            pushes.push((
                self.model.outcome_places[weight.outcome.index()],
                self.model.pushes.len(),
            ));
            self.model.pushes.push(PushSpec::Weight(
                values
                    .map(|v| v.as_ref().map(|n| Value::new(n, slot)))
                    .collect(),
                sign * driver.discount,
            ));
        }
        for likelihood in &driver.likelihoods {
            let stated = self.values(&likelihood.clause);
            let places = &self.model.outcome_places;
            let mut chances: Vec<(usize, Value)> = likelihood
                .outcomes
                .iter()
                .zip(stated)
                .map(|(o, value)| (places[o.index()], value))
                .collect();
            chances.sort_by_key(|c| c.0);
            let (places, chances): (Vec<usize>, Vec<Value>) = chances.into_iter().unzip();
            for (outcome, place) in places.into_iter().enumerate() {
                pushes.push((place, self.model.pushes.len()));
                self.model.pushes.push(PushSpec::Likelihood {
                    chances: chances.clone(),
                    outcome,
                    discount: driver.discount,
                });
            }
        }
        pushes.sort_unstable();
        let event_pushes = self.event_pushes(driver);
        let moves = self.moves(driver);
        let settled = super::wider::settled(assessment, id);
        let once = match settled {
            None => self.once(assessment, driver),
            Some(_) => None,
        };
        self.model.drivers.push(Driver {
            id,
            what,
            rows,
            pushes,
            counted: Vec::new(),
            event_pushes,
            moves,
            once,
        });
    }

    fn given(&self, given: &Option<a::Prop>) -> Option<Cond> {
        given.as_ref().map(|prop| self.cond(prop))
    }

    pub(super) fn cond(&self, prop: &a::Prop) -> Cond {
        cond(prop, &self.model.names())
    }

    fn row(&mut self, spec: RowSpec) -> usize {
        self.model.rows.push(spec);
        self.model.rows.len() - 1
    }

    fn counts(&mut self, id: DriverId, driver: &a::Driver) {
        let a::What::Change { counts, .. } = &driver.what else {
            return;
        };
        let change = self.model.places[id.index()];
        for count in counts {
            let counted = self.model.places[count.driver.index()];
            let place = self.model.counts.len();
            self.model.counts.push(count.shares.clone());
            self.model.drivers[counted].counted.push((change, place));
        }
    }

    fn groups(&mut self, assessment: &Assessment) {
        let members = |list: &[DriverId], places: &[usize]| {
            let mut members: Vec<usize> = list.iter().map(|d| places[d.index()]).collect();
            members.sort_unstable();
            members.dedup();
            members
        };
        let places = &self.model.places;
        let mut exclusives: Vec<Vec<usize>> = assessment
            .exclusives
            .iter()
            .map(|group| members(&group.members, places))
            .collect();
        exclusives.sort();
        let chain = |chain: &a::Chain| {
            let members = chain.members.iter().rev();
            members.map(|d| places[d.index()]).collect()
        };
        let mut chains: Vec<Vec<usize>> = assessment.chains.iter().map(chain).collect();
        chains.sort();
        let mut overlaps: Vec<(f64, Vec<usize>)> = assessment
            .overlaps
            .iter()
            .map(|group| (group.share, members(&group.members, places)))
            .collect();
        overlaps.sort_by(|x, y| x.1.cmp(&y.1).then(x.0.total_cmp(&y.0)));
        self.model.exclusives = exclusives;
        self.model.chains = chains;
        self.model.overlaps = overlaps;
    }
}

/// A resolved proposition over the model's drivers.
pub(super) fn cond(prop: &a::Prop, names: &Names<'_>) -> Cond {
    let all = |list: &[a::Prop]| list.iter().map(|p| cond(p, names)).collect();
    match prop {
        a::Prop::Is(driver) => Cond::Is(names.drivers[driver.index()]),
        a::Prop::Outcome(outcome) => Cond::Outcome(names.outcomes[outcome.index()]),
        a::Prop::Reaches(quantity, mark) => {
            Cond::Reaches(names.quantities[quantity.index()], *mark)
        }
        a::Prop::Not(inner) => cond(inner, names).negated(),
        a::Prop::All(list) => Cond::All(all(list)),
        a::Prop::Any(list) => Cond::Any(all(list)),
        a::Prop::AtLeast(least, list) => Cond::AtLeast(*least, all(list)),
    }
}

/// Single drivers and groups by depth, then by name: roots first.
fn nodes(model: &Model, pushed: bool) -> Vec<Node> {
    let mut group_of = vec![None; model.drivers.len()];
    for (g, members) in model.exclusives.iter().enumerate() {
        for &m in members {
            group_of[m] = Some(g);
        }
    }
    let mut depth = vec![0usize; model.drivers.len()];
    // An acyclic assessment settles in as many rounds as it is deep; the bound is for safety.
    for _ in 0..=model.drivers.len() {
        let mut changed = false;
        let mut raise = |depth: &mut Vec<usize>, d: usize, to: usize| {
            if depth[d] < to {
                depth[d] = to;
                changed = true;
            }
        };
        for (d, driver) in model.drivers.iter().enumerate() {
            let mut deepest = 0;
            let mut visit = |other: usize| deepest = deepest.max(depth[other] + 1);
            for (given, _) in &driver.rows {
                if let Some(given) = given {
                    given.names(&mut visit);
                }
            }
            if let What::Change(when) = &driver.what {
                when.names(&mut visit);
            }
            for (by, _) in model
                .pushed_by
                .get(d)
                .into_iter()
                .flatten()
                .filter(|_| pushed)
            {
                visit(*by);
                model.drivers[*by].counted.iter().for_each(|c| visit(c.0));
            }
            raise(&mut depth, d, deepest);
        }
        for members in &model.exclusives {
            let deepest = members.iter().map(|&m| depth[m]).max().unwrap_or(0);
            for &m in members {
                raise(&mut depth, m, deepest);
            }
        }
        if !changed {
            break;
        }
    }
    let mut nodes: Vec<Node> = model
        .exclusives
        .iter()
        .map(|members| Node {
            members: members.clone(),
        })
        .collect();
    for (d, driver) in model.drivers.iter().enumerate() {
        let drawn = !matches!(driver.what, What::Change(_) | What::Always);
        if drawn && group_of[d].is_none() {
            nodes.push(Node { members: vec![d] });
        }
    }
    nodes.sort_by_key(|n| {
        (
            n.members.first().map_or(0, |&m| depth[m]),
            n.members.clone(),
        )
    });
    nodes
}
