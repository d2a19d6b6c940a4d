//! The same change that a parameter makes, made in the assessment, so that nothing is shared with the
//! search but the meaning.

use assess::infer::flip::parameter::{Kind, Parameter};
use assess::resolve::assessment::{
    After, Assessment, Clause, Curve, CurvePoint, Law, Number, OutcomeId, Overlap, PriorOf, What,
};

/// The log-odds of `p` moved by so many decibans, within 0.1% and 99.9%.
fn turned(p: f64, by: f64) -> f64 {
    let p = p.clamp(0.001, 0.999);
    let odds = p / (1.0 - p) * libm::pow(10.0, by / 10.0);
    (odds / (1.0 + odds)).clamp(0.001, 0.999)
}

fn number(a: &Assessment, point: f64) -> Number {
    Number {
        point,
        law: Law::Fixed,
        word: None,
        span: a.span,
    }
}

/// A curve through every horizon's end.
fn curve(a: &Assessment, now: Option<f64>, values: &[f64]) -> Curve {
    let mut points = Vec::new();
    if let Some(now) = now {
        points.push(CurvePoint {
            days: 0.0,
            horizon: None,
            chance: number(a, now),
        });
    }
    for ((id, h), &p) in a.horizons.iter().zip(values) {
        points.push(CurvePoint {
            days: h.days,
            horizon: Some(id),
            chance: number(a, p),
        });
    }
    Curve::Points(points)
}

/// The assessment with one number turned by so many decibans; `all` are its parameters.
pub(crate) fn edited(
    a: &Assessment,
    parameter: &Parameter,
    by: f64,
    all: &[&Parameter],
) -> Assessment {
    let mut out = a.clone();
    let values: Vec<Option<f64>> = (0..parameter.today.len())
        .map(|h| parameter.value(h, by))
        .collect();
    if parameter.kind == Kind::Prior {
        prior(a, &mut out, parameter, by, all);
        return out;
    }
    if parameter.kind == Kind::Overlap {
        let places = |group: &Overlap| {
            let mut names: Vec<&str> = group.members.iter().map(|&d| a.drivers.name(d)).collect();
            names.sort_unstable();
            format!("overlap {}", names.join(", "))
        };
        // Two groups of the same members differ by what they share.
        let is_turned =
            |g: &&mut Overlap| places(g) == parameter.label && Some(g.share) == parameter.today[0];
        if let Some(group) = out.overlaps.iter_mut().find(is_turned) {
            group.share = values[0].expect("it is stated");
        }
        return out;
    }
    let driver = &mut out.drivers[parameter.driver.expect("the others have a driver")];
    for weight in driver
        .weights
        .iter_mut()
        .filter(|w| w.clause.key == parameter.label)
    {
        for (n, value) in weight.clause.values.iter_mut().zip(&values) {
            if let Some(n) = n {
                n.point = value.expect("what is stated has a value");
            }
        }
    }
    for weight in driver
        .event_weights
        .iter_mut()
        .filter(|w| w.clause.key == parameter.label)
    {
        for (n, value) in weight.clause.values.iter_mut().zip(&values) {
            if let Some(n) = n {
                n.point = value.expect("what is stated has a value");
            }
        }
    }
    let of_trigger = |key: &str| parameter.label.split(", within").next() == Some(key);
    if let Some(once) = &mut driver.once
        && of_trigger(&once.clause.key)
    {
        match &mut once.clause.values {
            After::PerYear(n) | After::Times(n) => n.point = values[0].expect("a rate"),
            After::Steps(steps) => {
                for step in steps.iter_mut().filter(|s| !s.chance.is_definite()) {
                    step.chance.point = turned(step.chance.point, by);
                }
            }
        }
    }
    for likelihood in &mut driver.likelihoods {
        let key = likelihood.clause.key.clone();
        for (o, n) in likelihood
            .outcomes
            .iter()
            .zip(&mut likelihood.clause.values)
        {
            if parameter.label == format!("{key}, {}", a.outcomes.name(*o)) {
                n.point = values[0].expect("a likelihood");
            }
        }
    }
    match &mut driver.what {
        What::Event(rows) => {
            for row in rows.iter_mut().filter(|r| r.clause.key == parameter.label) {
                match &mut row.clause.values {
                    Curve::PerYear(n) | Curve::Times(n) => n.point = values[0].expect("a rate"),
                    Curve::Points(points) => {
                        let now = points
                            .iter()
                            .find(|p| p.days == 0.0 && p.chance.point > 0.0);
                        let now = now.map(|p| turned(p.chance.point, by));
                        // What is so by definition stays.
                        let stays = |h: f64| {
                            let before = points.iter().rfind(|p| p.days <= h);
                            before.map_or(0.0, |p| p.chance.point)
                        };
                        let horizons = a.horizons.values().zip(&values);
                        let values = horizons.map(|(h, v)| v.unwrap_or_else(|| stays(h.days)));
                        let values: Vec<f64> = values.collect();
                        row.clause.values = curve(a, now, &values);
                    }
                }
            }
        }
        What::Factor(rows) => {
            for row in rows.iter_mut().filter(|r| r.clause.key == parameter.label) {
                for (n, value) in row.clause.values.iter_mut().zip(&values) {
                    n.point = value.unwrap_or(n.point);
                }
            }
        }
        What::Change { counts, .. } => {
            for count in counts {
                let counted = a.drivers.name(count.driver);
                if parameter.label.ends_with(&format!(" count {counted}")) {
                    for (share, value) in count.shares.iter_mut().zip(&values) {
                        *share = value.unwrap_or(*share);
                    }
                }
            }
        }
        What::Assumption(_) => {}
    }
    out
}

/// Every judged outcome's prior of a row stated outright, one of them turned, the others that are not final
/// making room in proportion.
fn prior(a: &Assessment, out: &mut Assessment, parameter: &Parameter, by: f64, all: &[&Parameter]) {
    let label = parameter
        .label
        .strip_prefix("prior ")
        .expect("a prior's label");
    let (name, row) = label.split_at(label.find(' ').unwrap_or(label.len()));
    let turning = a.outcomes.id(name).expect("an outcome");
    let id = a.outcomes[turning].question;
    let question = &a.questions[id];
    let ids: Vec<OutcomeId> = question.ids().collect();
    let today = |o: OutcomeId| {
        let label = format!("prior {}{row}", a.outcomes.name(o));
        let found = all.iter().find(|d| d.label == label);
        found.map(|d| d.today.clone())
    };
    let place = question.priors.iter().position(|r| {
        let mut keys = ids.iter().zip(&r.prior.outcomes).map(|(o, of)| {
            let name = a.outcomes.name(*o);
            match of {
                PriorOf::Curve(c) => c.key == format!("prior: {name}{row}"),
                PriorOf::Shares(c) => c.key == format!("prior: {name}{row}"),
                PriorOf::Rest(_) | PriorOf::Decided => false,
            }
        });
        keys.any(|is| is)
    });
    let Some(place) = place else { return };
    let room: Vec<usize> = (0..ids.len())
        .filter(|&i| ids[i] != turning && !a.outcomes[ids[i]].is_final)
        .collect();
    let stated: Vec<Option<Vec<Option<f64>>>> = ids.iter().map(|&o| today(o)).collect();
    let mut new: Vec<Vec<f64>> = vec![vec![0.0; ids.len()]; parameter.today.len()];
    for (h, at) in new.iter_mut().enumerate() {
        for (to, stated) in at.iter_mut().zip(&stated) {
            *to = stated.as_ref().and_then(|s| s[h]).unwrap_or(0.0);
        }
        let own = question.place(turning);
        if parameter.today[h].is_some() {
            let shared: f64 = room.iter().map(|&o| at[o]).sum();
            let to = turned(at[own], by);
            let scale = (shared + at[own] - to) / shared;
            room.iter().for_each(|&o| at[o] *= scale);
            at[own] = to;
        }
    }
    let prior = &mut out.questions[id].priors[place].prior;
    for (i, &o) in ids.iter().enumerate() {
        if stated[i].is_none() {
            continue;
        }
        let values: Vec<f64> = new.iter().map(|at| at[i]).collect();
        let key = format!("prior: {}{row}", a.outcomes.name(o));
        prior.outcomes[i] = match a.outcomes[o].is_final {
            true => PriorOf::Curve(Clause {
                span: a.span,
                key,
                values: curve(a, None, &values),
            }),
            false => PriorOf::Shares(Clause {
                span: a.span,
                key,
                values: values.iter().map(|&p| number(a, p)).collect(),
            }),
        };
    }
}
