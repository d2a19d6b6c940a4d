//! Every stated number as a dial: what it is today, how far it can be turned, and how.
//!
//! In: an assessment and its model. Out: [`Dial`]s. A dial turns all that its clause states, in
//! every horizon, by equally many decibans, as the clause's range would: a weight's ratio, a
//! chance's odds. A count's or an overlap's turn is what it takes from, or adds to, the strongest push
//! that it scales.

use super::ranges;
use crate::infer::engine::Engine;
use crate::model::curve::YEAR;
use crate::model::{Model, Numbers};
use crate::resolve::assessment::{self as a, Assessment, DriverId, OutcomeId};
use crate::resolve::table::Id;
use crate::strengths::DECIBAN;
use std::collections::BTreeMap;

/// Weights are tried up to this, for and against, in decibans.
pub const MOST_WEIGHT: f64 = 40.0;
/// Chances and priors are tried from this to its complement.
pub const LEAST_CHANCE: f64 = 0.001;
/// Counts are tried from 0 to this.
pub const MOST_COUNT: f64 = 2.0;
/// Rates of so many times a year are tried this many decibans up and down.
pub const MOST_RATE: f64 = 30.0;

/// What kind of number it is, and so what its values mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// ln of a likelihood ratio: above 0 as the clause has it, below 0 turned round.
    Weight,
    /// The chance of seeing the evidence under an outcome.
    Likelihood,
    /// An event's chance by a horizon.
    Chance,
    /// A factor's chance in a horizon.
    Holds,
    /// A chance per year.
    PerYear,
    /// So many times a year.
    Times,
    /// An outcome's prior.
    Prior,
    /// How much a driver counts for.
    Count,
    /// How much an overlap shares.
    Overlap,
}

/// One clause's numbers.
#[derive(Debug, Clone)]
pub struct Dial {
    /// What it is.
    pub kind: Kind,
    /// Its clause, such as `congress weight against exit`.
    pub label: String,
    /// Whose number it is; none for a prior and an overlap.
    pub driver: Option<DriverId>,
    /// Whether a weight is `against`.
    pub against: bool,
    /// By horizon what it is today; none where the clause says nothing.
    pub today: Vec<Option<f64>>,
    /// By horizon the furthest turns, down and up, in decibans.
    pub reach: Vec<(f64, f64)>,
    /// By horizon the ends of the range that the clause states, in its own unit; none where it states
    /// one number.
    pub range: Vec<Option<(f64, f64)>>,
    edit: Edit,
}

#[derive(Debug, Clone)]
enum Edit {
    Pushes {
        pushes: Vec<usize>,
        factor: f64,
    },
    Likelihood {
        pushes: Vec<(usize, usize)>,
        outcome: usize,
        discount: f64,
        chances: Vec<f64>,
    },
    Row(usize),
    Rate(usize, Vec<f64>),
    /// The outcome, and those that make room for it.
    Prior(usize, Vec<usize>),
    Count {
        count: usize,
        strongest: f64,
    },
    Overlap {
        group: usize,
        strongest: f64,
    },
}

/// Log-odds in decibans. 0% and 100%, which have none, are turned from the ends of what is tried.
pub(super) fn logit(p: f64) -> f64 {
    let p = match p {
        p if p <= 0.0 => LEAST_CHANCE,
        p if p >= 1.0 => 1.0 - LEAST_CHANCE,
        p => p,
    };
    libm::log(p / (1.0 - p)) / DECIBAN
}

/// A chance that is turned, within what is tried; what lies beyond today may stay there.
pub(super) fn turned(p: f64, by: f64) -> f64 {
    let turned = 1.0 / (1.0 + libm::exp(-(logit(p) + by) * DECIBAN));
    let (mut least, mut most) = (LEAST_CHANCE, 1.0 - LEAST_CHANCE);
    if 0.0 < p && p < 1.0 {
        (least, most) = (least.min(p), most.max(p));
    }
    turned.clamp(least, most)
}

/// How far the log-odds of `p` can go, up to `most`.
fn odds_reach(p: f64, most: f64) -> (f64, f64) {
    let most = most.min(1.0 - LEAST_CHANCE);
    let up = if most <= 0.0 {
        0.0
    } else {
        (logit(most) - logit(p)).max(0.0)
    };
    ((logit(LEAST_CHANCE) - logit(p)).min(0.0), up)
}

impl Dial {
    /// Whether a value lies within the range that the clause states for a horizon; none where it states
    /// one number.
    pub fn is_within(&self, horizon: usize, value: f64) -> Option<bool> {
        /// Sums of doubles miss by less.
        const ROUNDING: f64 = 1e-9;
        let (low, high) = self.range[horizon]?;
        Some(low - ROUNDING <= value && value <= high + ROUNDING)
    }

    /// What it is at a horizon after a turn of `by` decibans.
    pub fn value(&self, horizon: usize, by: f64) -> Option<f64> {
        let today = self.today[horizon]?;
        Some(match (self.kind, &self.edit) {
            (Kind::Weight, _) => today + by * DECIBAN,
            (Kind::Times, _) => today * libm::exp(by * DECIBAN),
            (Kind::Count, Edit::Count { strongest, .. }) => (today + by / strongest).max(0.0),
            (Kind::Overlap, Edit::Overlap { strongest, .. }) => {
                (today + by / strongest).clamp(0.0, 1.0)
            }
            _ => turned(today, by),
        })
    }

    /// Writes the turned number over today's.
    pub(super) fn turn(&self, point: &Numbers, by: f64, numbers: &mut Numbers) {
        numbers.clone_from(point);
        let times = point.times;
        match &self.edit {
            Edit::Pushes { pushes, factor } => {
                for push in pushes {
                    for (h, today) in self.today.iter().enumerate() {
                        if today.is_some() {
                            numbers.pushes[push * times + h + 1] += factor * by * DECIBAN;
                        }
                    }
                }
            }
            Edit::Likelihood {
                pushes,
                outcome,
                discount,
                chances,
            } => {
                let mut chances = chances.clone();
                chances[*outcome] = turned(chances[*outcome], by);
                let logs: Vec<f64> = chances.iter().map(|c| libm::log(*c)).collect();
                let mean = logs.iter().sum::<f64>() / logs.len() as f64;
                for (o, push) in pushes {
                    numbers.pushes[push * times + 1..][..times - 1]
                        .fill(discount * (logs[*o] - mean));
                }
            }
            Edit::Row(row) => {
                for (h, c) in numbers.rows[row * times..][..times].iter_mut().enumerate() {
                    if h > 0 || *c > 0.0 {
                        *c = turned(*c, by);
                    }
                }
            }
            Edit::Rate(row, years) => {
                let rate = self.value(0, by).unwrap_or(0.0);
                for (c, years) in numbers.rows[row * times..][..times].iter_mut().zip(years) {
                    *c = match self.kind {
                        Kind::PerYear => 1.0 - libm::pow(1.0 - rate, *years),
                        _ => -libm::expm1(-rate * years),
                    };
                }
            }
            Edit::Prior(outcome, others) => {
                for h in 1..times {
                    let new = turned(point.prior_at(*outcome, h), by);
                    let shared: f64 = others.iter().map(|&o| point.prior_at(o, h)).sum();
                    let left = shared + point.prior_at(*outcome, h) - new;
                    for &o in others {
                        let share = point.prior_at(o, h) / shared;
                        numbers.prior[o * times + h] = (left * share).max(0.0);
                    }
                    numbers.prior[outcome * times + h] = new;
                }
            }
            Edit::Count { count, .. } => {
                for h in 0..self.today.len() {
                    if let Some(value) = self.value(h, by) {
                        numbers.counts[count * times + h + 1] = value;
                    }
                }
            }
            Edit::Overlap { group, .. } => {
                if let Some(value) = self.value(0, by) {
                    numbers.shares[*group] = value;
                }
            }
        }
    }
}

/// Every dial, by kind and in the order of names. What scales nothing is left out.
pub(super) fn dials(engine: &Engine<'_>) -> Vec<Dial> {
    let (a, model, point) = (engine.assessment, &engine.model, &engine.point);
    let mut dials = Vec::new();
    for d in &model.drivers {
        weights(a, model, d.id, &mut dials);
    }
    for d in &model.drivers {
        chances(a, model, point, d.id, &mut dials);
    }
    for place in 0..model.outcomes.len() {
        dials.extend(prior(a, model, point, place));
    }
    for d in &model.drivers {
        counts(a, model, point, d.id, &mut dials);
    }
    dials.extend((0..model.overlaps.len()).filter_map(|group| overlap(a, model, point, group)));
    dials
}

/// How much a group shares, where there are pushes to share.
fn overlap(a: &Assessment, model: &Model, point: &Numbers, group: usize) -> Option<Dial> {
    let (share, members) = &model.overlaps[group];
    let pushes = members.iter().flat_map(|&d| &model.drivers[d].pushes);
    let pushes = pushes.flat_map(|&(_, push)| (1..=model.horizons()).map(move |h| (push, h)));
    let sizes = pushes.map(|(push, h)| point.push_at(push, h).abs());
    let strongest = sizes.fold(0.0, f64::max) / DECIBAN;
    if strongest <= 0.0 {
        return None;
    }
    let names = members.iter().map(|&d| a.drivers.name(model.drivers[d].id));
    Some(Dial {
        kind: Kind::Overlap,
        label: format!("overlap {}", names.collect::<Vec<_>>().join(", ")),
        driver: None,
        against: false,
        today: vec![Some(*share); model.horizons()],
        reach: vec![(-share * strongest, (1.0 - share) * strongest); model.horizons()],
        range: vec![None; model.horizons()],
        edit: Edit::Overlap { group, strongest },
    })
}

fn weights(a: &Assessment, model: &Model, id: DriverId, dials: &mut Vec<Dial>) {
    let driver = &a.drivers[id];
    let pushes = &model.drivers[model.places[id.index()]].pushes;
    let push_of = |o: OutcomeId| {
        pushes
            .iter()
            .find(|p| model.outcomes[p.0] == o)
            .map(|p| p.1)
    };
    let mut by_key: BTreeMap<&str, Vec<&a::Weight>> = BTreeMap::new();
    for weight in &driver.weights {
        by_key.entry(&weight.clause.key).or_default().push(weight);
    }
    for (key, weights) in by_key {
        let first = weights[0];
        let today: Vec<Option<f64>> = first
            .clause
            .values
            .iter()
            .map(|v| v.as_ref().map(|n| n.point))
            .collect();
        let reach = today.iter().map(|v| {
            let today = v.unwrap_or(0.0) / DECIBAN;
            (-MOST_WEIGHT - today, (MOST_WEIGHT - today).max(0.0))
        });
        dials.push(Dial {
            kind: Kind::Weight,
            label: key.to_owned(),
            driver: Some(id),
            against: first.against,
            reach: reach.collect(),
            range: first
                .clause
                .values
                .iter()
                .map(|v| ranges::of(v.as_ref()?))
                .collect(),
            today,
            edit: Edit::Pushes {
                pushes: weights.iter().filter_map(|w| push_of(w.outcome)).collect(),
                factor: if first.against {
                    -driver.discount
                } else {
                    driver.discount
                },
            },
        });
    }
    let Some(clause) = driver.likelihoods.first().map(|l| &l.clause) else {
        return;
    };
    let chances: Vec<f64> = model
        .outcomes
        .iter()
        .map(|o| clause.values[o.index()].point)
        .collect();
    for (place, &outcome) in model.outcomes.iter().enumerate() {
        dials.push(Dial {
            kind: Kind::Likelihood,
            label: format!("{}, {}", clause.key, a.outcomes.name(outcome)),
            driver: Some(id),
            against: false,
            today: vec![Some(chances[place]); model.horizons()],
            reach: vec![odds_reach(chances[place], 1.0); model.horizons()],
            range: vec![ranges::of(&clause.values[outcome.index()]); model.horizons()],
            edit: Edit::Likelihood {
                pushes: pushes.clone(),
                outcome: place,
                discount: driver.discount,
                chances: chances.clone(),
            },
        });
    }
}

fn chances(a: &Assessment, model: &Model, point: &Numbers, id: DriverId, dials: &mut Vec<Dial>) {
    let place = model.places[id.index()];
    let rows = &model.drivers[place].rows;
    let horizons = model.horizons();
    let dial = |kind, key: &str, today: Vec<f64>, reach, range, edit| Dial {
        kind,
        label: key.to_owned(),
        driver: Some(id),
        against: false,
        today: today.into_iter().map(Some).collect(),
        reach,
        range,
        edit,
    };
    match &a.drivers[id].what {
        a::What::Event(list) => {
            for (stated, &(_, row)) in list.iter().zip(rows) {
                let key = &stated.clause.key;
                let years = || model.days.iter().map(|d| d / YEAR).collect();
                dials.push(match &stated.clause.values {
                    a::Curve::Points(_) => {
                        let today: Vec<f64> =
                            (1..=horizons).map(|h| point.row_at(row, h)).collect();
                        let up = (0..horizons).map(|h| {
                            let most = 1.0 - taken(model, point, place, h + 1);
                            odds_reach(today[h], most).1
                        });
                        let up = up.fold(f64::INFINITY, f64::min).max(0.0);
                        let alone = alone(model, place);
                        let reach = today.iter().map(|&c| {
                            let reach = odds_reach(c, 1.0);
                            if alone {
                                reach
                            } else {
                                (reach.0, reach.1.min(up))
                            }
                        });
                        let reach = reach.collect();
                        let range = ranges::of_curve(&stated.clause.values, &today);
                        dial(Kind::Chance, key, today, reach, range, Edit::Row(row))
                    }
                    a::Curve::PerYear(rate) => dial(
                        Kind::PerYear,
                        key,
                        vec![rate.point; horizons],
                        vec![odds_reach(rate.point, 1.0); horizons],
                        vec![ranges::of(rate); horizons],
                        Edit::Rate(row, years()),
                    ),
                    a::Curve::Times(rate) => dial(
                        Kind::Times,
                        key,
                        vec![rate.point; horizons],
                        vec![(-MOST_RATE, MOST_RATE); horizons],
                        vec![ranges::of(rate); horizons],
                        Edit::Rate(row, years()),
                    ),
                });
            }
        }
        a::What::Factor(list) => {
            for (stated, &(_, row)) in list.iter().zip(rows) {
                let today: Vec<f64> = (1..=horizons).map(|h| point.row_at(row, h)).collect();
                let reach = today.iter().map(|&p| odds_reach(p, 1.0)).collect();
                let range = stated.clause.values.iter().map(ranges::of).collect();
                dials.push(dial(
                    Kind::Holds,
                    &stated.clause.key,
                    today,
                    reach,
                    range,
                    Edit::Row(row),
                ));
            }
        }
        a::What::Change { .. } | a::What::Assumption(_) => {}
    }
}

fn alone(model: &Model, driver: usize) -> bool {
    !model.exclusives.iter().any(|g| g.contains(&driver))
}

/// The most that the others of an exclusive group may have taken by time `h`.
fn taken(model: &Model, point: &Numbers, driver: usize, h: usize) -> f64 {
    let groups = model.exclusives.iter().filter(|g| g.contains(&driver));
    let others = groups.flatten().filter(|&&d| d != driver);
    let most = others.map(|&d| {
        let rows = model.drivers[d].rows.iter();
        rows.map(|r| point.row_at(r.1, h)).fold(0.0, f64::max)
    });
    most.sum()
}

/// The prior of an outcome. Those that are not final make room for it, each in proportion.
fn prior(a: &Assessment, model: &Model, point: &Numbers, place: usize) -> Option<Dial> {
    let room: Vec<usize> = (0..model.open).filter(|&o| o != place).collect();
    let has_room = |h: usize| room.iter().any(|&o| point.prior_at(o, h) > 0.0);
    if !(1..=model.horizons()).all(has_room) {
        return None;
    }
    let today: Vec<f64> = (1..=model.horizons())
        .map(|h| point.prior_at(place, h))
        .collect();
    let reach = today.iter().enumerate().map(|(h, &p)| {
        let shared: f64 = room.iter().map(|&o| point.prior_at(o, h + 1)).sum();
        odds_reach(p, p + shared - LEAST_CHANCE.min(shared / 2.0))
    });
    let reach: Vec<(f64, f64)> = reach.collect();
    // No horizon may have less than nothing left for the others.
    let up = reach.iter().map(|r| r.1).fold(f64::INFINITY, f64::min);
    Some(Dial {
        kind: Kind::Prior,
        label: format!("prior {}", a.outcomes.name(model.outcomes[place])),
        driver: None,
        against: false,
        reach: reach.iter().map(|r| (r.0, r.1.min(up))).collect(),
        range: match a
            .prior()
            .map(|p| &p.outcomes[model.outcomes[place].index()])
        {
            Some(a::PriorOf::Curve(clause)) => ranges::of_curve(&clause.values, &today),
            Some(a::PriorOf::Shares(clause)) => clause.values.iter().map(ranges::of).collect(),
            Some(a::PriorOf::Rest(_) | a::PriorOf::Decided) | None => vec![None; today.len()],
        },
        today: today.into_iter().map(Some).collect(),
        edit: Edit::Prior(place, room),
    })
}

fn counts(a: &Assessment, model: &Model, point: &Numbers, id: DriverId, dials: &mut Vec<Dial>) {
    for (counted, driver) in model.drivers.iter().enumerate() {
        for &(change, count) in &driver.counted {
            if model.drivers[change].id != id {
                continue;
            }
            let discount = a.drivers[driver.id].discount;
            let pushes = driver.pushes.iter().flat_map(|&(_, push)| {
                (1..=model.horizons()).map(move |h| point.push_at(push, h).abs())
            });
            let strongest = pushes.fold(0.0, f64::max) / discount / DECIBAN;
            if strongest <= 0.0 {
                continue;
            }
            let shares = &model.counts[count];
            let stated = |k: f64| k != 1.0 || shares.iter().all(|s| *s == 1.0);
            let today: Vec<Option<f64>> = shares.iter().map(|&k| stated(k).then_some(k)).collect();
            let reach = shares
                .iter()
                .map(|&k| (-k * strongest, ((MOST_COUNT - k) * strongest).max(0.0)));
            let name = |d: usize| a.drivers.name(model.drivers[d].id);
            dials.push(Dial {
                kind: Kind::Count,
                label: format!("{} count {}", name(change), name(counted)),
                driver: Some(id),
                against: false,
                reach: reach.collect(),
                range: vec![None; model.horizons()],
                today,
                edit: Edit::Count { count, strongest },
            });
        }
    }
}
