//! Every parameter of an assessment.
//!
//! In: an assessment, its model and its numbers. Out: [`Parameter`]s, with how far each can be turned: a
//! chance no further than to its neighbours in a chain, nor beyond what a group leaves.

use super::parameter::{
    Edit, Kind, LEAST_CHANCE, MOST_COUNT, MOST_MOVE, MOST_RATE, MOST_WEIGHT, PER_SPREAD, Parameter,
    odds_reach,
};
use super::ranges;
use crate::model::curve::YEAR;
use crate::model::{Model, Numbers, QuestionSpec};
use crate::resolve::assessment::{self as a, Assessment, DriverId};
use crate::resolve::table::Id;
use crate::strengths::DECIBAN;
use std::collections::BTreeMap;

/// Every parameter, by kind and in the order of names. What scales nothing is left out.
pub(super) fn parameters(a: &Assessment, model: &Model, point: &Numbers) -> Vec<Parameter> {
    let mut parameters = Vec::new();
    for d in &model.drivers {
        weights(a, model, d.id, &mut parameters);
    }
    for d in &model.drivers {
        moves(a, model, d.id, &mut parameters);
    }
    for d in &model.drivers {
        chances(a, model, point, d.id, &mut parameters);
        parameters.extend(once(a, model, d.id));
    }
    for question in &model.questions {
        for row in 0..question.priors.len() {
            let places = 0..question.outcomes.len();
            parameters.extend(places.filter_map(|o| prior(a, (model, point), question, (row, o))));
        }
    }
    for d in &model.drivers {
        counts(a, model, point, d.id, &mut parameters);
    }
    parameters
        .extend((0..model.overlaps.len()).filter_map(|group| overlap(a, model, point, group)));
    parameters
}

/// How much a group shares, where there are pushes to share.
fn overlap(a: &Assessment, model: &Model, point: &Numbers, group: usize) -> Option<Parameter> {
    let (share, members) = &model.overlaps[group];
    let drivers = members.iter().map(|&d| &model.drivers[d]);
    let pushes = drivers.flat_map(|d| d.pushes.iter().chain(&d.event_pushes));
    let pushes = pushes.flat_map(|&(_, push)| (1..=model.horizons()).map(move |h| (push, h)));
    let sizes = pushes.map(|(push, h)| point.push_at(push, h).abs());
    let strongest = sizes.fold(0.0, f64::max) / DECIBAN;
    if strongest <= 0.0 {
        return None;
    }
    let names = members.iter().map(|&d| a.drivers.name(model.drivers[d].id));
    Some(Parameter {
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

fn weights(a: &Assessment, model: &Model, id: DriverId, parameters: &mut Vec<Parameter>) {
    let driver = &a.drivers[id];
    let own = &model.drivers[model.places[id.index()]];
    let push_of = |pushes: &[(usize, usize)], target: usize| {
        let found = pushes.iter().find(|p| p.0 == target);
        found.map(|p| p.1)
    };
    // One clause may push outcomes and events.
    type Stated<'a> = (bool, &'a [Option<a::Number>], Vec<usize>);
    let mut by_key: BTreeMap<&str, Stated<'_>> = BTreeMap::new();
    for w in &driver.weights {
        let clause = by_key.entry(&w.clause.key);
        let clause = clause.or_insert((w.against, &w.clause.values, Vec::new()));
        let target = model.outcome_places[w.outcome.index()];
        clause.2.extend(push_of(&own.pushes, target));
    }
    for w in &driver.event_weights {
        let clause = by_key.entry(&w.clause.key);
        let clause = clause.or_insert((w.against, &w.clause.values, Vec::new()));
        let target = model.places[w.event.index()];
        clause.2.extend(push_of(&own.event_pushes, target));
    }
    for (key, (against, values, pushes)) in by_key {
        let today: Vec<Option<f64>> = values.iter().map(|v| Some(v.as_ref()?.point)).collect();
        let reach = today.iter().map(|v| {
            let today = v.unwrap_or(0.0) / DECIBAN;
            (-MOST_WEIGHT - today, (MOST_WEIGHT - today).max(0.0))
        });
        let side = if against { -1.0 } else { 1.0 };
        parameters.push(Parameter {
            kind: Kind::Weight,
            label: key.to_owned(),
            driver: Some(id),
            against,
            reach: reach.collect(),
            range: values.iter().map(|v| ranges::of(v.as_ref()?)).collect(),
            today,
            edit: Edit::Pushes {
                pushes,
                factor: side * driver.discount,
            },
        });
    }
    for likelihood in &driver.likelihoods {
        let clause = &likelihood.clause;
        let stated = likelihood.outcomes.iter().zip(&clause.values);
        let mut stated: Vec<(usize, &a::Number)> = stated
            .map(|(o, n)| (model.outcome_places[o.index()], n))
            .collect();
        stated.sort_by_key(|s| s.0);
        let pushes = stated.iter().enumerate();
        let pushes = pushes.filter_map(|(i, s)| Some((i, push_of(&own.pushes, s.0)?)));
        let pushes: Vec<(usize, usize)> = pushes.collect();
        let chances: Vec<f64> = stated.iter().map(|s| s.1.point).collect();
        for (i, (place, number)) in stated.iter().enumerate() {
            let name = a.outcomes.name(model.outcomes[*place]);
            parameters.push(Parameter {
                kind: Kind::Likelihood,
                label: format!("{}, {name}", clause.key),
                driver: Some(id),
                against: false,
                today: vec![Some(chances[i]); model.horizons()],
                reach: vec![odds_reach(chances[i], 1.0); model.horizons()],
                range: vec![ranges::of(number); model.horizons()],
                edit: Edit::Likelihood {
                    pushes: pushes.clone(),
                    outcome: i,
                    discount: driver.discount,
                    chances: chances.clone(),
                },
            });
        }
    }
}

/// By how much a driver moves quantities. One standard deviation of a quantity counts for ten decibans, so
/// that what is a long way for it is one for a weight, too.
fn moves(a: &Assessment, model: &Model, id: DriverId, parameters: &mut Vec<Parameter>) {
    let driver = &a.drivers[id];
    let own = &model.drivers[model.places[id.index()]];
    for stated in &driver.moves {
        let place = model.quantity_places[stated.quantity.index()];
        let spec = &model.quantities[place];
        let pushes = own.moves.iter().filter(|m| m.0 == place).map(|m| m.1);
        let each: Vec<f64> = spec
            .lines
            .iter()
            .map(|line| libm::sqrt(line.variance().max(0.0)) / PER_SPREAD)
            .collect();
        let values = &stated.clause.values;
        // What is known is moved by nothing.
        let today = values.iter().zip(&each);
        let today = today.map(|(v, each)| Some(v.as_ref()?.point).filter(|_| *each > 0.0));
        let today: Vec<Option<f64>> = today.collect();
        if today.iter().all(Option::is_none) {
            continue;
        }
        let most = MOST_MOVE * PER_SPREAD;
        let reach = today.iter().zip(&each).map(|(today, each)| match today {
            Some(today) => {
                let at = today / each;
                ((-most - at).min(0.0), (most - at).max(0.0))
            }
            None => (0.0, 0.0),
        });
        parameters.push(Parameter {
            kind: Kind::Move,
            label: stated.clause.key.clone(),
            driver: Some(id),
            against: false,
            reach: reach.collect(),
            range: values.iter().map(|v| ranges::of(v.as_ref()?)).collect(),
            today,
            edit: Edit::Moves {
                pushes: pushes.collect(),
                factor: driver.discount,
                each,
                log: spec.log,
            },
        });
    }
}

fn chances(
    a: &Assessment,
    model: &Model,
    point: &Numbers,
    id: DriverId,
    parameters: &mut Vec<Parameter>,
) {
    let place = model.places[id.index()];
    let rows = &model.drivers[place].rows;
    let horizons = model.horizons();
    let parameter = |kind, key: &str, today: Vec<Option<f64>>, reach, range, edit| Parameter {
        kind,
        label: key.to_owned(),
        driver: Some(id),
        against: false,
        today,
        reach,
        range,
        edit,
    };
    match &a.drivers[id].what {
        // What has happened by now has no number left.
        a::What::Event(_) if Model::is_settled(a, id) => {}
        a::What::Event(list) => {
            for (stated, &(_, row)) in list.iter().zip(rows) {
                let key = &stated.clause.key;
                let years = || model.days.iter().map(|d| d / YEAR).collect();
                let found = match &stated.clause.values {
                    curve @ a::Curve::Points(points) => {
                        let chances: Vec<f64> =
                            (1..=horizons).map(|h| point.row_at(row, h)).collect();
                        let up = (0..horizons).map(|h| {
                            let most = 1.0 - taken(model, point, place, h + 1);
                            odds_reach(chances[h], most).1
                        });
                        let up = up.fold(f64::INFINITY, f64::min).max(0.0);
                        let alone = alone(model, place);
                        let reach = chances.iter().map(|&c| {
                            let reach = odds_reach(c, 1.0);
                            if alone {
                                reach
                            } else {
                                (reach.0, reach.1.min(up))
                            }
                        });
                        let reach = reach.collect();
                        let range = ranges::of_curve(curve, &chances);
                        let today = chances.iter().zip(&model.days[1..]);
                        let today =
                            today.map(|(c, day)| (!is_definite(points, *day)).then_some(*c));
                        let today = today.collect();
                        parameter(Kind::Chance, key, today, reach, range, Edit::Row(row))
                    }
                    a::Curve::PerYear(rate) => parameter(
                        Kind::PerYear,
                        key,
                        vec![Some(rate.point); horizons],
                        vec![odds_reach(rate.point, 1.0); horizons],
                        vec![ranges::of(rate); horizons],
                        Edit::Rate(row, years()),
                    ),
                    a::Curve::Times(rate) => parameter(
                        Kind::Times,
                        key,
                        vec![Some(rate.point); horizons],
                        vec![(-MOST_RATE, MOST_RATE); horizons],
                        vec![ranges::of(rate); horizons],
                        Edit::Rate(row, years()),
                    ),
                };
                if found.today.iter().any(Option::is_some) {
                    parameters.push(in_order(found, model, point, place));
                }
            }
        }
        a::What::Factor(list) => {
            for (stated, &(_, row)) in list.iter().zip(rows) {
                let numbers = &stated.clause.values;
                let today = numbers.iter().zip(1..);
                let today = today.map(|(n, h)| (!n.is_definite()).then(|| point.row_at(row, h)));
                let today: Vec<Option<f64>> = today.collect();
                if today.iter().all(Option::is_none) {
                    continue;
                }
                let reach = (1..=horizons).map(|h| odds_reach(point.row_at(row, h), 1.0));
                let range = numbers.iter().map(ranges::of).collect();
                let reach = reach.collect();
                parameters.push(parameter(
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

/// Whether what holds on a day is so by definition.
fn is_definite(points: &[a::CurvePoint], day: f64) -> bool {
    let before = points.partition_point(|p| p.days <= day);
    let Some(last) = before.checked_sub(1).map(|i| &points[i]) else {
        return false;
    };
    (last.days == day || before == points.len()) && last.chance.is_definite()
}

/// No further than to the neighbours in a chain, which no chance crosses.
fn in_order(mut parameter: Parameter, model: &Model, point: &Numbers, event: usize) -> Parameter {
    /// Sums of doubles miss by less.
    const ROUNDING: f64 = 1e-12;
    let chains = model.chains.iter().filter(|c| c.contains(&event));
    let pairs: Vec<(usize, usize)> = chains
        .flat_map(|c| c.windows(2))
        .filter(|pair| pair.contains(&event))
        .filter_map(|pair| {
            let row = |d: usize| model.drivers[d].rows.first().map(|r| r.1);
            Some((row(pair[0])?, row(pair[1])?))
        })
        .collect();
    if pairs.is_empty() {
        return parameter;
    }
    let mut numbers = point.clone();
    let mut keeps = |by: f64| {
        parameter.turn(point, by, &mut numbers);
        let at = |h: usize, pair: &(usize, usize)| {
            numbers.row_at(pair.1, h) <= numbers.row_at(pair.0, h) + ROUNDING
        };
        (0..numbers.times).all(|h| pairs.iter().all(|pair| at(h, pair)))
    };
    let reach: Vec<(f64, f64)> = parameter.reach.clone();
    let mut furthest = |end: f64| {
        if keeps(end) {
            return end;
        }
        let (mut near, mut far) = (0.0, end);
        for _ in 0..64 {
            let middle = f64::midpoint(near, far);
            *(if keeps(middle) { &mut near } else { &mut far }) = middle;
        }
        near
    };
    let ends: Vec<(f64, f64)> = reach
        .into_iter()
        .map(|(down, up)| (furthest(down), furthest(up)))
        .collect();
    parameter.reach = ends;
    parameter
}

/// What a trigger does to an event.
fn once(a: &Assessment, model: &Model, id: DriverId) -> Option<Parameter> {
    let spec = model.drivers[model.places[id.index()]].once.as_ref()?;
    let clause = &a.drivers[id].once.as_ref()?.clause;
    let (kind, number, about) = match &clause.values {
        a::After::PerYear(rate) => (Kind::PerYear, rate, String::new()),
        a::After::Times(rate) => (Kind::Times, rate, String::new()),
        a::After::Steps(steps) => {
            let last = steps.iter().rfind(|s| !s.chance.is_definite())?;
            let about = match steps.len() {
                1 => String::new(),
                _ => format!(", within {}", age(last.days)),
            };
            (Kind::Chance, &last.chance, about)
        }
    };
    let reach = match kind {
        Kind::Times => (-MOST_RATE, MOST_RATE),
        _ => odds_reach(number.point, 1.0),
    };
    let horizons = model.horizons();
    Some(Parameter {
        kind,
        label: format!("{}{about}", clause.key),
        driver: Some(id),
        against: false,
        today: vec![Some(number.point); horizons],
        reach: vec![reach; horizons],
        range: vec![ranges::of(number); horizons],
        edit: Edit::After(spec.after, clause.values.clone()),
    })
}

/// "3 months", "2 years", "10 days".
fn age(days: f64) -> String {
    let units = [("year", YEAR), ("month", YEAR / 12.0), ("day", 1.0)];
    let count = |unit: f64| libm::round(days / unit);
    let fits = |u: &&(&str, f64)| count(u.1) >= 1.0 && (count(u.1) * u.1 - days).abs() < 1e-6;
    let (word, unit) = units.iter().find(fits).unwrap_or(&units[2]);
    match count(*unit) as u64 {
        1 => format!("1 {word}"),
        n => format!("{n} {word}s"),
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

/// What a row of a question's prior says of an outcome. Those that are not final make room for it, each in
/// proportion; where there is none, what is not final takes what is left.
fn prior(
    a: &Assessment,
    (model, point): (&Model, &Numbers),
    question: &QuestionSpec,
    (row, o): (usize, usize),
) -> Option<Parameter> {
    let is_judged = |o: &usize| question.decided[*o].is_none();
    if !is_judged(&o) {
        return None;
    }
    let first = question.priors[row].1;
    let open: Vec<usize> = (0..question.open).filter(is_judged).collect();
    let room: Vec<usize> = open
        .iter()
        .filter(|i| **i != o)
        .map(|i| first + i)
        .collect();
    let shared = |h: usize| match open.is_empty() {
        true => {
            let all = 0..question.outcomes.len();
            let stated: f64 = all.map(|i| point.prior_at(first + i, h)).sum();
            1.0 - stated
        }
        false => room.iter().map(|&i| point.prior_at(i, h)).sum(),
    };
    let place = first + o;
    let id = model.outcomes[question.outcomes.start + o];
    let rows = &a.questions[question.id].priors;
    let stated = rows.get(row).map(|r| &r.prior.outcomes);
    let own = stated.map(|all| &all[a.questions[question.id].place(id)]);
    let chances: Vec<f64> = (1..=model.horizons())
        .map(|h| point.prior_at(place, h))
        .collect();
    let definite: Vec<bool> = match own {
        Some(a::PriorOf::Shares(clause)) => {
            clause.values.iter().map(a::Number::is_definite).collect()
        }
        _ => vec![false; chances.len()],
    };
    let said = (1..).zip(&definite).filter(|d| !d.1).map(|d| d.0);
    let said: Vec<usize> = said.collect();
    if said.is_empty() || said.iter().any(|&h| shared(h) <= 0.0) {
        return None;
    }
    let reach = (1..).zip(&chances).map(|(h, &p)| {
        let shared = shared(h);
        odds_reach(p, p + shared - LEAST_CHANCE.min(shared / 2.0))
    });
    let reach: Vec<(f64, f64)> = reach.collect();
    // No horizon may have less than nothing left for the others.
    let up = said.iter().map(|&h| reach[h - 1].1);
    let up = up.fold(f64::INFINITY, f64::min);
    // A row is told by its condition, which its clauses' keys end in.
    let words = stated
        .into_iter()
        .flatten()
        .zip(a.questions[question.id].ids());
    let words = words.filter_map(|(of, o)| {
        let key = match of {
            a::PriorOf::Curve(clause) => &clause.key,
            a::PriorOf::Shares(clause) => &clause.key,
            a::PriorOf::Rest(_) | a::PriorOf::Decided => return None,
        };
        key.strip_prefix("prior: ")?
            .strip_prefix(a.outcomes.name(o))
    });
    let words = words.last().unwrap_or_default();
    Some(Parameter {
        kind: Kind::Prior,
        label: format!("prior {}{words}", a.outcomes.name(id)),
        driver: None,
        against: false,
        reach: reach.iter().map(|r| (r.0, r.1.min(up))).collect(),
        range: match own {
            Some(a::PriorOf::Curve(clause)) => ranges::of_curve(&clause.values, &chances),
            Some(a::PriorOf::Shares(clause)) => clause.values.iter().map(ranges::of).collect(),
            Some(a::PriorOf::Rest(_) | a::PriorOf::Decided) | None => vec![None; chances.len()],
        },
        today: chances
            .into_iter()
            .zip(definite)
            .map(|(p, definite)| (!definite).then_some(p))
            .collect(),
        edit: Edit::Prior(place, room),
    })
}

fn counts(
    a: &Assessment,
    model: &Model,
    point: &Numbers,
    id: DriverId,
    parameters: &mut Vec<Parameter>,
) {
    for (counted, driver) in model.drivers.iter().enumerate() {
        for &(change, count) in &driver.counted {
            if model.drivers[change].id != id {
                continue;
            }
            let discount = a.drivers[driver.id].discount;
            let pushes = driver.pushes.iter().chain(&driver.event_pushes);
            let pushes = pushes.flat_map(|&(_, push)| {
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
            parameters.push(Parameter {
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
