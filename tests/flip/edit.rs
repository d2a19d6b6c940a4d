//! The same change that a dial makes, made in the assessment, so that nothing is shared with the
//! search but the meaning.

use assess::infer::flip::dial::{Dial, Kind};
use assess::resolve::assessment::{
    Assessment, Clause, Curve, CurvePoint, Law, Number, Overlap, PriorOf, PriorRow, QuestionId,
    What,
};
use assess::resolve::table::Id;

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

/// The assessment with one number turned by so many decibans; `priors` are today's, by horizon and
/// outcome.
pub(crate) fn edited(a: &Assessment, dial: &Dial, by: f64, priors: &[Vec<f64>]) -> Assessment {
    let mut out = a.clone();
    let values: Vec<Option<f64>> = (0..dial.today.len()).map(|h| dial.value(h, by)).collect();
    if dial.kind == Kind::Prior {
        prior(a, &mut out, dial, by, priors);
        return out;
    }
    if dial.kind == Kind::Overlap {
        let places = |group: &Overlap| {
            let mut names: Vec<&str> = group.members.iter().map(|&d| a.drivers.name(d)).collect();
            names.sort_unstable();
            format!("overlap {}", names.join(", "))
        };
        // Two groups of the same members differ by what they share.
        let is_turned =
            |g: &&mut Overlap| places(g) == dial.label && Some(g.share) == dial.today[0];
        if let Some(group) = out.overlaps.iter_mut().find(is_turned) {
            group.share = values[0].expect("it is stated");
        }
        return out;
    }
    let driver = &mut out.drivers[dial.driver.expect("the others have a driver")];
    for weight in driver
        .weights
        .iter_mut()
        .filter(|w| w.clause.key == dial.label)
    {
        for (n, value) in weight.clause.values.iter_mut().zip(&values) {
            if let Some(n) = n {
                n.point = value.expect("what is stated has a value");
            }
        }
    }
    match &mut driver.what {
        What::Event(rows) => {
            for row in rows.iter_mut().filter(|r| r.clause.key == dial.label) {
                match &mut row.clause.values {
                    Curve::PerYear(n) | Curve::Times(n) => n.point = values[0].expect("a rate"),
                    Curve::Points(points) => {
                        let now = points
                            .iter()
                            .find(|p| p.days == 0.0 && p.chance.point > 0.0);
                        let now = now.map(|p| turned(p.chance.point, by));
                        let values: Vec<f64> = values.iter().copied().flatten().collect();
                        row.clause.values = curve(a, now, &values);
                    }
                }
            }
        }
        What::Factor(rows) => {
            for row in rows.iter_mut().filter(|r| r.clause.key == dial.label) {
                for (n, value) in row.clause.values.iter_mut().zip(&values) {
                    n.point = value.expect("every horizon");
                }
            }
        }
        What::Change { counts, .. } => {
            for count in counts {
                let counted = a.drivers.name(count.driver);
                if dial.label.ends_with(&format!(" count {counted}")) {
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

/// Every outcome's prior stated outright, one of them turned, the others that are not final making
/// room in proportion.
fn prior(a: &Assessment, out: &mut Assessment, dial: &Dial, by: f64, priors: &[Vec<f64>]) {
    let name = dial.label.strip_prefix("prior ").expect("a prior's label");
    let place = a.outcomes.id(name).expect("an outcome").index();
    let room: Vec<usize> = a
        .outcomes
        .iter()
        .filter(|(id, o)| !o.is_final && id.index() != place)
        .map(|o| o.0.index())
        .collect();
    let new: Vec<Vec<f64>> = priors
        .iter()
        .map(|at| {
            let mut at = at.clone();
            let shared: f64 = room.iter().map(|&o| at[o]).sum();
            let to = turned(at[place], by);
            let scale = (shared + at[place] - to) / shared;
            room.iter().for_each(|&o| at[o] *= scale);
            at[place] = to;
            at
        })
        .collect();
    let first = QuestionId(0);
    let rows = out.questions[first].priors.first_mut();
    let Some(PriorRow { prior: stated, .. }) = rows else {
        return;
    };
    for (o, (_, outcome)) in a.outcomes.iter().enumerate() {
        let values: Vec<f64> = new.iter().map(|at| at[o]).collect();
        let key = format!("prior {o}");
        stated.outcomes[o] = match outcome.is_final {
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
