//! Which ranges the width of the intervals comes from.
//!
//! In: what the intervals rest on, drawn anew and more often. Out: for each clause with a range, outcome and horizon
//! the share of the variance over the draws that the clause alone explains: the first-order Sobol'
//! index Var(E[Y|X])/Var(Y), estimated from the given draws by classes of equal size in X (Plischke,
//! Borgonovo and Smith 2013), less what classes explain by chance (Kelley 1935).

use super::super::evaluate::Known;
use super::super::intervals::Drawn;
use super::horizons;
use crate::diag::Diagnostic;
use crate::model::{Draws, Model};
use crate::parallel::*;
use crate::resolve::assessment::{Assessment, Clause, Curve, OutcomeId, PriorOf, What};
use crate::resolve::table::Id;
use crate::text::source::Span;

/// Draws, at least: shares of a variance settle more slowly than percentiles.
const DRAWS: u64 = 512;

/// Draws where that is quick.
const MOST: u64 = 1024;

/// States times horizons of all draws together, more or less: half a second.
const BUDGET: u64 = 1 << 26;

/// So many standard errors above nothing are still noise: there are many ranges, outcomes and horizons.
const ERRORS: f64 = 4.0;

/// The draws of one class, at least; there are at most [`CLASSES`].
const CLASS: usize = 20;

/// More classes than this explain more by chance than they show.
const CLASSES: usize = 25;

/// Variances below this are rounding.
const NOTHING: f64 = 1e-18;

/// A clause that states a range.
#[derive(Debug, Clone, PartialEq)]
pub struct Ranged {
    /// The clause in words, as `congress weight against exit`.
    pub key: String,
    /// Where it stands.
    pub(crate) span: Option<Span>,
    /// By horizon and outcome, the share of the variance that this clause alone explains, 0 to 1;
    /// none where nothing varies.
    pub shares: Vec<Vec<Option<f64>>>,
}

/// What the ranges explain, and below which share that is nothing but noise.
#[derive(Debug, Clone, PartialEq, Default)]
pub(in crate::infer) struct Ranges {
    pub(in crate::infer) all: Vec<Ranged>,
    pub(in crate::infer) noise: f64,
}

/// The largest share that a range which explains nothing may seem to explain: under that hypothesis what lies
/// between the classes has a beta distribution (Kelley 1935).
fn noise(draws: usize) -> f64 {
    let classes = (draws / CLASS).min(CLASSES);
    if classes < 2 {
        return 0.0;
    }
    let (n, m) = (draws as f64, classes as f64);
    let (a, b) = ((m - 1.0) / 2.0, (n - m) / 2.0);
    let variance = a * b / ((a + b) * (a + b) * (a + b + 1.0));
    ERRORS * variance.sqrt() * (n - 1.0) / (n - m)
}

pub(super) fn ranges(known: &Known<'_>, seed: u64) -> Result<Ranges, Box<Diagnostic>> {
    let assessment = known.answers.engine.assessment;
    let spread = &known.spread;
    if spread.values.is_empty() {
        return Ok(Ranges::default());
    }
    let (model, point) = (&known.answers.engine.model, &known.answers.engine.point);
    let steps = known.compiled.steps();
    let stated = spread.values.len() / spread.columns;
    let draws = ranges_wanted(
        steps.saturating_mul(model.horizons() as u64),
        u32::try_from(stated).unwrap_or(u32::MAX),
    );
    let outcomes_alone = Drawn {
        events: Vec::new(),
        ..known.drawn.clone()
    };
    let stream = Draws::new(model, point, seed);
    let drawn = outcomes_alone
        .intervals(model, point, draws, (&stream, &known.answers.engine.meter))
        .map_err(|many| known.answers.engine.too_many(&many))?;
    let keys = Model::ranges(assessment);
    let mut one = vec![[0.0]; keys.len()];
    let mut deviates = Vec::with_capacity(keys.len() * draws as usize);
    for i in 0..u64::from(draws) {
        stream.fill(i, &mut one);
        deviates.extend(one.as_flattened());
    }
    let engine = &known.answers.engine;
    let at = |h: usize, o: OutcomeId| h * assessment.outcomes.len() + engine.outcome(o);
    Ok(ranges_of(
        assessment,
        &keys,
        (&drawn.values, drawn.columns),
        &deviates,
        &at,
    ))
}

/// How many draws the shares are estimated from, by what one costs and how many there are.
pub(in crate::infer) fn ranges_wanted(each: u64, stated: u32) -> u32 {
    let least = (BUDGET / each.max(1)).clamp(DRAWS, MOST) as u32;
    stated.max(least)
}

/// What each range explains, by draws: of each its values, so many in a row, and its random numbers, one for each
/// key. `place` says in which column an outcome stands at a horizon.
pub(in crate::infer) fn ranges_of(
    assessment: &Assessment,
    keys: &[&str],
    (values, columns): (&[f64], usize),
    deviates: &[f64],
    place_of: &(dyn Fn(usize, OutcomeId) -> usize + Sync),
) -> Ranges {
    if values.is_empty() || keys.is_empty() {
        return Ranges::default();
    }
    let draws = values.len() / columns;
    let by_column: Vec<Vec<f64>> = (0..columns).map(|c| column(values, columns, c)).collect();
    let each = keys.par_iter().enumerate().map(|(slot, key)| {
        let by = column(deviates, keys.len(), slot);
        let mut order: Vec<usize> = (0..draws).collect();
        order.sort_by(|&a, &b| by[a].total_cmp(&by[b]));
        let at = |h: usize, o: OutcomeId| share(&by_column[place_of(h, o)], &order);
        Ranged {
            key: (*key).to_owned(),
            span: place(assessment, key),
            shares: horizons(assessment)
                .map(|h| {
                    assessment
                        .outcomes
                        .ids()
                        .map(|o| at(h.index(), o))
                        .collect()
                })
                .collect(),
        }
    });
    Ranges {
        all: each.collect(),
        noise: noise(draws),
    }
}

fn column(values: &[f64], columns: usize, c: usize) -> Vec<f64> {
    values.iter().skip(c).step_by(columns).copied().collect()
}

/// The share of the variance of `values` between classes of draws that follow each other in
/// `order`; NaN draws are left out.
fn share(values: &[f64], order: &[usize]) -> Option<f64> {
    let sorted: Vec<f64> = order
        .iter()
        .map(|&i| values[i])
        .filter(|x| !x.is_nan())
        .collect();
    let n = sorted.len();
    let classes = (n / CLASS).min(CLASSES);
    if classes < 2 {
        return None;
    }
    let mean = sorted.iter().sum::<f64>() / n as f64;
    let total: f64 = sorted.iter().map(|x| (x - mean) * (x - mean)).sum();
    if total / n as f64 <= NOTHING {
        return None;
    }
    let mut within = 0.0;
    for class in 0..classes {
        let class = &sorted[class * n / classes..(class + 1) * n / classes];
        let mean = class.iter().sum::<f64>() / class.len() as f64;
        within += class.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>();
    }
    let unexplained = (within / (n - classes) as f64) / (total / (n - 1) as f64);
    Some((1.0 - unexplained).clamp(0.0, 1.0))
}

/// Where the clause of a key stands.
fn place(assessment: &Assessment, key: &str) -> Option<Span> {
    fn of<T>(clause: &Clause<T>) -> (&str, Span) {
        (&clause.key, clause.span)
    }
    let prior = assessment.priors().flat_map(|p| &p.outcomes);
    let prior = prior.filter_map(|of_outcome| match of_outcome {
        PriorOf::Curve(clause) => Some(of::<Curve>(clause)),
        PriorOf::Shares(clause) => Some(of(clause)),
        PriorOf::Rest(_) | PriorOf::Decided => None,
    });
    let drivers = assessment.drivers.values().flat_map(|driver| {
        let mut clauses: Vec<(&str, Span)> = match &driver.what {
            What::Event(rows) => rows.iter().map(|r| of(&r.clause)).collect(),
            What::Factor(rows) => rows.iter().map(|r| of(&r.clause)).collect(),
            What::Change { .. } | What::Assumption(_) => Vec::new(),
        };
        clauses.extend(driver.weights.iter().map(|w| of(&w.clause)));
        clauses.extend(driver.likelihoods.iter().map(|l| of(&l.clause)));
        clauses.extend(driver.event_weights.iter().map(|w| of(&w.clause)));
        clauses.extend(driver.once.iter().map(|o| of(&o.clause)));
        clauses
    });
    prior
        .chain(drivers)
        .find(|(other, _)| *other == key)
        .map(|(_, span)| span)
}

#[cfg(test)]
mod tests {
    use super::share;

    /// Y = 2·X₁ + X₂ with X₁, X₂ independent and uniform: shares 4/5 and 1/5.
    #[test]
    fn shares_of_a_sum() {
        let n = 1001;
        let x1: Vec<f64> = (0..n)
            .map(|i| (i as f64 * 0.618_033_988_75).fract())
            .collect();
        let x2: Vec<f64> = (0..n)
            .map(|i| (i as f64 * 0.414_213_562_37).fract())
            .collect();
        let y: Vec<f64> = x1.iter().zip(&x2).map(|(a, b)| 2.0 * a + b).collect();
        let by = |x: &[f64]| {
            let mut order: Vec<usize> = (0..n).collect();
            order.sort_by(|&a, &b| x[a].total_cmp(&x[b]));
            share(&y, &order).unwrap()
        };
        assert!((by(&x1) - 0.8).abs() < 0.03, "{}", by(&x1));
        assert!((by(&x2) - 0.2).abs() < 0.06, "{}", by(&x2));
        let other: Vec<f64> = (0..n)
            .map(|i| (i as f64 * 0.732_050_807_57).fract())
            .collect();
        assert!(by(&other) < 0.03, "{}", by(&other));
    }

    #[test]
    fn what_does_not_vary_has_no_shares() {
        let order: Vec<usize> = (0..100).collect();
        assert_eq!(share(&[0.3; 100], &order), None);
        assert_eq!(share(&[0.1, 0.2], &[0, 1]), None);
    }
}
