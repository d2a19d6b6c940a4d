//! From the assessment to the model.
//!
//! In: an assessment free of errors. Out: a [`Model`] in canonical order.

use super::condition::Cond;
use super::curve::{CurveSpec, Value};
use super::{Driver, Model, Node, PriorSpec, PushSpec, RowSpec, What};
use crate::resolve::assessment::{self as a, Assessment, DriverId, OutcomeId};
use crate::resolve::table::Id;
use std::collections::BTreeSet;

pub(super) fn build(assessment: &Assessment) -> Model {
    let slots = Slots::of(assessment);
    let mut days = vec![0.0];
    days.extend(assessment.horizons.values().map(|h| h.days));

    let mut outcomes: Vec<OutcomeId> = assessment.outcomes.ids().collect();
    outcomes.sort_by_key(|&o| {
        let is_final = assessment.outcomes[o].is_final;
        (is_final, assessment.outcomes.name(o))
    });
    let open = outcomes
        .iter()
        .filter(|&&o| !assessment.outcomes[o].is_final)
        .count();
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

    let mut builder = Builder {
        slots,
        outcome_places,
        places,
        model: Model {
            prior: vec![PriorSpec::Rest; outcomes.len()],
            outcomes,
            open,
            days,
            drivers: Vec::with_capacity(ids.len()),
            places: Vec::new(),
            nodes: Vec::new(),
            exclusives: Vec::new(),
            overlaps: Vec::new(),
            rows: Vec::new(),
            pushes: Vec::new(),
            counts: Vec::new(),
            slots: 0,
        },
    };
    builder.prior(assessment);
    for &id in &ids {
        builder.driver(id, &assessment.drivers[id]);
    }
    for &id in &ids {
        builder.counts(id, &assessment.drivers[id]);
    }
    builder.groups(assessment);
    let mut model = builder.model;
    model.slots = builder.slots.keys.len();
    model.places = builder.places;
    model.nodes = nodes(&model);
    model
}

/// The clauses that state a range, by their keys.
pub(super) fn ranges(assessment: &Assessment) -> Vec<&str> {
    Slots::of(assessment).keys
}

/// The random numbers by name: one for each clause that states a range.
struct Slots<'a> {
    keys: Vec<&'a str>,
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
        Slots {
            keys: keys.into_iter().collect(),
        }
    }

    /// The slot of a clause; what has no range has none, and never looks.
    fn of_key(&self, key: &str) -> usize {
        self.keys.binary_search(&key).unwrap_or(0)
    }
}

struct Builder<'a> {
    slots: Slots<'a>,
    outcome_places: Vec<usize>,
    places: Vec<usize>,
    model: Model,
}

impl Builder<'_> {
    fn values(&self, clause: &a::Clause<Vec<a::Number>>) -> Vec<Value> {
        let slot = self.slots.of_key(&clause.key);
        clause.values.iter().map(|n| Value::new(n, slot)).collect()
    }

    fn curve(&self, clause: &a::Clause<a::Curve>) -> CurveSpec {
        let slot = self.slots.of_key(&clause.key);
        CurveSpec::new(&clause.values, slot, &self.model.days)
    }

    fn prior(&mut self, assessment: &Assessment) {
        let even = 1.0 / self.model.outcomes.len() as f64;
        for (index, &place) in self.outcome_places.iter().enumerate() {
            let stated = assessment
                .prior()
                .and_then(|prior| prior.outcomes.get(index));
            self.model.prior[place] = match stated {
                None => PriorSpec::Shares(vec![Value::fixed(even); self.model.horizons()]),
                Some(a::PriorOf::Rest(_) | a::PriorOf::Decided) => PriorSpec::Rest,
                Some(a::PriorOf::Curve(clause)) => PriorSpec::Curve(self.curve(clause)),
                Some(a::PriorOf::Shares(clause)) => PriorSpec::Shares(self.values(clause)),
            };
        }
    }

    fn driver(&mut self, id: DriverId, driver: &a::Driver) {
        let mut rows = Vec::new();
        let what = match &driver.what {
            a::What::Event(list) => {
                for row in list {
                    let spec = RowSpec::Curve(self.curve(&row.clause));
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
            a::What::Change { when, .. } => What::Change(cond(when, &self.places)),
            a::What::Assumption(_) => What::Assumption,
        };
        let mut pushes = Vec::new();
        for weight in &driver.weights {
            let slot = self.slots.of_key(&weight.clause.key);
            let values = weight.clause.values.iter();
            let sign = if weight.against { -1.0 } else { 1.0 };
            pushes.push((
                self.outcome_places[weight.outcome.index()],
                self.model.pushes.len(),
            ));
            self.model.pushes.push(PushSpec::Weight(
                values
                    .map(|v| v.as_ref().map(|n| Value::new(n, slot)))
                    .collect(),
                sign * driver.discount,
            ));
        }
        if let Some(clause) = driver.likelihoods.first().map(|l| &l.clause) {
            let stated = self.values(clause);
            let chances: Vec<Value> = self
                .model
                .outcomes
                .iter()
                .map(|o| stated[o.index()])
                .collect();
            for outcome in 0..chances.len() {
                pushes.push((outcome, self.model.pushes.len()));
                self.model.pushes.push(PushSpec::Likelihood {
                    chances: chances.clone(),
                    outcome,
                    discount: driver.discount,
                });
            }
        }
        pushes.sort_unstable();
        self.model.drivers.push(Driver {
            id,
            what,
            rows,
            pushes,
            counted: Vec::new(),
        });
    }

    fn given(&self, given: &Option<a::Prop>) -> Option<Cond> {
        given.as_ref().map(|prop| cond(prop, &self.places))
    }

    fn row(&mut self, spec: RowSpec) -> usize {
        self.model.rows.push(spec);
        self.model.rows.len() - 1
    }

    fn counts(&mut self, id: DriverId, driver: &a::Driver) {
        let a::What::Change { counts, .. } = &driver.what else {
            return;
        };
        let change = self.places[id.index()];
        for count in counts {
            let counted = self.places[count.driver.index()];
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
        let places = &self.places;
        let mut exclusives: Vec<Vec<usize>> = assessment
            .exclusives
            .iter()
            .map(|group| members(&group.members, places))
            .collect();
        exclusives.sort();
        self.model.exclusives = exclusives;
        let mut overlaps: Vec<(f64, Vec<usize>)> = assessment
            .overlaps
            .iter()
            .map(|group| (group.share, members(&group.members, places)))
            .collect();
        overlaps.sort_by(|x, y| x.1.cmp(&y.1).then(x.0.total_cmp(&y.0)));
        self.model.overlaps = overlaps;
    }
}

/// A resolved proposition over the model's drivers.
pub(super) fn cond(prop: &a::Prop, places: &[usize]) -> Cond {
    let all = |list: &[a::Prop]| list.iter().map(|p| cond(p, places)).collect();
    match prop {
        a::Prop::Is(driver) => Cond::Is(places[driver.index()]),
        // Files with such propositions are not evaluated yet, see `resolve::unread`.
        a::Prop::Outcome(_) => Cond::Any(Vec::new()),
        a::Prop::Not(inner) => cond(inner, places).negated(),
        a::Prop::All(list) => Cond::All(all(list)),
        a::Prop::Any(list) => Cond::Any(all(list)),
        a::Prop::AtLeast(least, list) => Cond::AtLeast(*least, all(list)),
    }
}

/// Single drivers and groups by depth, then by name: roots first.
fn nodes(model: &Model) -> Vec<Node> {
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
