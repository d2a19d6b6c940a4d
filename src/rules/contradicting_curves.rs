//! The rule `contradicting-curves`.

use crate::diag::Diagnostic;
use crate::lint::Context;
use crate::lint::amounts::apart;
use crate::lint::reach::Reach;
use crate::render::round::points;
use crate::resolve::assessment::{Curve, Driver, DriverId, Row, What};

rule! {
    /// An event's rows contradict each other: under them it would have to un-happen.
    ///
    /// An event lasts. If it has happened by `medium` with 40% where no ceasefire came, it cannot
    /// be that only 30% have it by `long` among the cases in which a ceasefire comes then: most of
    /// those had no ceasefire before, and 40% of them have the event already. The verdict cannot
    /// honour both rows; what it answers for the second is higher than stated.
    ///
    /// A row's chance by a horizon must be at least that of every row that can be in force just
    /// before. Raise the later one, lower the earlier one, or make what the rows tell apart an
    /// event that comes early.
    CONTRADICTING_CURVES = "contradicting-curves", Probability, Warning, fix: None,
    bad: [
        "event ceasefire \"A ceasefire\" {\n  resolves: \"It is signed\"\n  chance: 10% by short, 20% by medium, 40% by long\n}\nevent aid \"Aid is cut\" {\n  resolves: \"The budget\"\n  chance given ceasefire: 5% by short, 10% by medium, 20% by long\n  chance otherwise: 20% by short, 40% by medium, 60% by long\n  weight for weakening: weak\n}",
    ],
    good: [
        "event ceasefire \"A ceasefire\" {\n  resolves: \"It is signed\"\n  chance: 10% by short, 20% by medium, 40% by long\n}\nevent aid \"Aid is cut\" {\n  resolves: \"The budget\"\n  chance given ceasefire: 20% by short, 40% by medium, 60% by long\n  chance otherwise: 10% by short, 20% by medium, 40% by long\n  weight for weakening: weak\n}",
    ],
    check: check,
}

/// A curve that misses by less does so by the noise of doubles.
const ROUNDING: f64 = 1e-9;

fn check(context: &Context) -> Vec<Diagnostic> {
    let drivers = context.assessment.drivers.iter();
    drivers
        .filter_map(|(id, driver)| match &driver.what {
            What::Event(rows) if rows.len() > 1 => one(context, id, driver, rows),
            _ => None,
        })
        .collect()
}

fn one(context: &Context, id: DriverId, driver: &Driver, rows: &[Row<Curve>]) -> Option<Diagnostic> {
    let horizons: Vec<_> = context.assessment.horizons.values().collect();
    let days: Vec<f64> = std::iter::once(0.0).chain(horizons.iter().map(|h| h.days)).collect();
    let at = |row: usize, h: usize| rows[row].clause.values.at(days[h]);
    let miss = |before: usize, row: usize, h: usize| at(before, h - 1) - at(row, h);
    let pairs: Vec<(usize, usize, usize)> = (1..days.len())
        .flat_map(|h| (0..rows.len()).map(move |a| (h, a)))
        .flat_map(|(h, a)| (0..rows.len()).map(move |b| (a, b, h)))
        .filter(|&(a, b, h)| a != b && miss(a, b, h) > ROUNDING)
        .collect();
    if pairs.is_empty() {
        return None;
    }
    let possible = Reach::new(context.assessment, id)?.row_changes();
    let (before, row, h) = pairs
        .into_iter()
        .filter(|pair| possible.contains(pair))
        .max_by(|x, y| miss(x.0, x.1, x.2).total_cmp(&miss(y.0, y.1, y.2)).then(y.cmp(x)))?;
    let when = |h: usize| match h {
        0 => "now".to_owned(),
        h => format!("`{}`", horizons[h - 1].name.node),
    };
    let (low, high) = apart(at(row, h), at(before, h - 1));
    let said = |row: usize| if rows[row].given.is_some() { "where this row holds" } else { "otherwise" };
    Some(
        Diagnostic::new(
            &CONTRADICTING_CURVES,
            rows[row].clause.span,
            format!(
                "`{}` would have to un-happen from {} to {}: {high} {}, then {low} {}",
                driver.name.node,
                when(h - 1),
                when(h),
                if rows[before].given.is_some() { "under one row" } else { "otherwise" },
                if rows[row].given.is_some() { "under another" } else { "otherwise" },
            ),
        )
        .label(format!("{} too low: {low} by {}", points(miss(before, row, h)), when(h)))
        .other(
            rows[before].clause.span,
            format!("{high} by {} already, {}", when(h - 1), said(before)),
        )
        .help(format!(
            "state at least {high} by {} here, or less by {} there",
            when(h),
            when(h - 1)
        )),
    )
}
