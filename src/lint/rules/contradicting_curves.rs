//! The rule `contradicting-curves`.

use crate::diag::Diagnostic;
use super::{Lint, Needs};
use crate::lint::{Context, figures, written};
use crate::resolve::assessment::{Curve, DriverId, HorizonId, Prop, Query, Row, Target, What};
use crate::resolve::table::Id;
use crate::text::source::Span;

pub use crate::diag::rules::CONTRADICTING_CURVES;

pub(super) const LINT: Lint = Lint {
    rule: &CONTRADICTING_CURVES,
    check: Some(check),
    join: None,
    needs: Needs::Nothing,
};

/// What is asked of one row in one horizon.
struct Asked<'a> {
    event: DriverId,
    row: usize,
    rows: &'a [Row<Curve>],
    horizon: HorizonId,
    stated: f64,
    /// A row that stood higher in the horizon before.
    before: usize,
}

fn check(context: &Context) -> Vec<Diagnostic> {
    let assessment = context.assessment;
    let mut asked = Vec::new();
    for (id, driver) in assessment.drivers.iter() {
        if let What::Event(rows) = &driver.what
            && rows.len() > 1
        {
            ask(context, id, rows, &mut asked);
        }
    }
    if asked.is_empty() {
        return Vec::new();
    }
    let answered = asked.iter().filter_map(|asked| {
        let value = context.answer(&query(assessment.span, asked))??;
        Some((asked, value))
    });
    let answered: Vec<(&Asked, f64)> = answered.collect();
    worst(&answered)
        .into_iter()
        .map(|(asked, value)| report(context, asked, value))
        .collect()
}

/// Rows and horizons in which another row stood higher in the horizon before.
fn ask<'a>(
    context: &Context,
    event: DriverId,
    rows: &'a [Row<Curve>],
    asked: &mut Vec<Asked<'a>>,
) {
    let horizons = &context.assessment.horizons;
    let chance = |row: usize, days: f64| rows[row].clause.values.at(days);
    for (horizon, at) in horizons.iter() {
        let earlier = match horizon.index() {
            0 => 0.0,
            h => horizons[HorizonId::new(h - 1)].days,
        };
        for row in 0..rows.len() {
            let stated = chance(row, at.days);
            let others = (0..rows.len()).filter(|other| *other != row);
            let highest = others.max_by(|a, b| {
                let order = chance(*a, earlier).total_cmp(&chance(*b, earlier));
                order.then(b.cmp(a))
            });
            if let Some(before) = highest
                && chance(before, earlier) > stated
            {
                asked.push(Asked {
                    event,
                    row,
                    rows,
                    horizon,
                    stated,
                    before,
                });
            }
        }
    }
}

/// The event's chance by the horizon where the row is in force then.
fn query(span: Span, asked: &Asked) -> Query {
    let earlier = asked.rows[..asked.row].iter();
    let earlier = earlier.filter_map(|row| row.given.clone());
    let mut in_force: Vec<Prop> = earlier.map(|given| Prop::Not(Box::new(given))).collect();
    in_force.extend(asked.rows[asked.row].given.clone());
    Query {
        span,
        text: String::new(),
        target: Target::Prop(Prop::Is(asked.event)),
        negated: false,
        horizon: asked.horizon,
        over: None,
        within: false,
        given: Some(Prop::All(in_force)),
        under: None,
        viewed: None,
    }
}

/// For each row that comes out above what it states, the horizon in which it does so most.
fn worst<'a, 'b>(answered: &[(&'b Asked<'a>, f64)]) -> Vec<(&'b Asked<'a>, f64)> {
    let mut found: Vec<(&Asked, f64)> = Vec::new();
    for &(asked, value) in answered {
        // The chance comes back exactly but for what doubles miss.
        if value - asked.stated <= 1e-9 {
            continue;
        }
        let same = |other: &Asked| other.event == asked.event && other.row == asked.row;
        match found.iter_mut().find(|(other, _)| same(other)) {
            Some((other, worst)) if value - asked.stated > *worst - other.stated + 1e-9 => {
                (*other, *worst) = (asked, value);
            }
            Some(_) => {}
            None => found.push((asked, value)),
        }
    }
    found
}

fn report(context: &Context, asked: &Asked, value: f64) -> Diagnostic {
    let assessment = context.assessment;
    let (row, before) = (&asked.rows[asked.row], &asked.rows[asked.before]);
    let horizon = assessment.horizons.name(asked.horizon);
    let earlier = match asked.horizon.index() {
        0 => "now",
        h => assessment.horizons.name(HorizonId::new(h - 1)),
    };
    let days = match asked.horizon.index() {
        0 => 0.0,
        h => assessment.horizons[HorizonId::new(h - 1)].days,
    };
    let stood = figures::percent(before.clause.values.at(days));
    let name = assessment.drivers.name(asked.event);
    let own = row.clause.span.file == assessment.file;
    let finding = Diagnostic::new(
        &CONTRADICTING_CURVES,
        match own {
            true => row.clause.span,
            false => written::place(context, asked.event),
        },
        format!(
            "`{name}` would have to un-happen: this row states {} by `{horizon}`, and {} comes out, {} more",
            figures::percent(asked.stated),
            figures::percent(value),
            figures::points(value - asked.stated),
        ),
    )
    .label("lower than another row in the horizon before")
    .help("state chances that do not fall where one row follows another, or condition on what lasts");
    match own {
        true => finding.other(before.clause.span, format!("{stood} by `{earlier}`")),
        false => finding,
    }
}
