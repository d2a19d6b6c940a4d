//! The rule `squeezed-rest`.

use crate::diag::Diagnostic;
use crate::infer::verdict::Options;
use crate::lint::Context;
use crate::lint::amounts::apart;
use crate::lint::priors::{Row, rows};
use crate::lint::stated::Stated;
use crate::model::{Draws, Model, Numbers};
use crate::resolve::assessment::{HorizonId, Law, OutcomeId, PriorOf};
use crate::resolve::figures::percent;
use crate::resolve::table::Id;

rule! {
    /// The ranges of a prior leave nothing for its `rest` in at least one draw of twenty.
    ///
    /// An interval rests on draws from the ranges. Where the upper ends of the others add up to 100% or more,
    /// some draws leave the `rest` less than nothing: it is then taken as 0%, and the others are scaled down. An
    /// outcome at 0% stays there whatever the reasons, so its interval begins at 0% though nobody said that it
    /// cannot happen. A count is a range, too: `8 of 9` reaches from 64% to 98%. Where the `rest` is what a
    /// single range leaves, it always gets something, and nothing is reported.
    ///
    /// Instead: give the `rest` to the likeliest outcome and a range of its own to the one that had it; or narrow
    /// a range. Where the numbers stand for one count, state its share: `85%` for `8 of 9`.
    SQUEEZED_REST = "squeezed-rest", Probability, Note, fix: None,
    bad: [
        r#"prior "How such alliances have fared" {
  source: "A count of alliances since 1815"
  exit: 5% to 40% by long
  weakening: 40% to 90%
  commitment: rest
}
"#,
    ],
    good: [
        r#"prior "How such alliances have fared" {
  source: "A count of alliances since 1815"
  exit: 5% to 40% by long
  weakening: rest
  commitment: 5% to 30%
}
"#,
    ],
    check: check,
}

/// How many settings of the ranges are tried, as for a verdict of a small file.
const DRAWS: u64 = 128;

/// In this share of the draws the interval, from the 5th percentile on, begins at nothing.
const OFTEN: f64 = 0.05;

fn check(context: &Context) -> Vec<Diagnostic> {
    rows(context.assessment).filter_map(|row| squeezed(context, row)).collect()
}

fn squeezed(context: &Context, row: Row) -> Option<Diagnostic> {
    let assessment = context.assessment;
    let rest = row.rest()?;
    let PriorOf::Rest(span) = row.prior.outcomes[row.question.place(rest)] else {
        return None;
    };
    let own = || context.stated().iter().filter(|s| s.prior == Some(row.prior.span));
    let ranged: Vec<(&Stated, f64)> = own().filter_map(|s| Some((s, reach(s)?))).collect();
    let highest: f64 = own().map(|s| reach(s).unwrap_or_else(|| most(s))).sum();
    if ranged.is_empty() || highest < 1.0 {
        return None;
    }
    let (horizon, share) = emptiest(context, row, rest)?;
    if share < OFTEN {
        return None;
    }
    let name = &assessment.outcomes[rest].name.node;
    let at = &assessment.horizons[horizon].name.node;
    let shares = row.shares();
    let point = |o: &OutcomeId| shares[row.question.place(*o)][horizon.index()];
    let others = row.question.ids().filter(|o| *o != rest);
    let likeliest = others.max_by(|a, b| point(a).total_cmp(&point(b)).then(b.cmp(a)))?;
    let likeliest = &assessment.outcomes[likeliest].name.node;
    let often = percent((share * 100.0).round() / 100.0);
    let left = percent((point(&rest) * 1000.0).round() / 1000.0);
    let mut found = Diagnostic::new(
        &SQUEEZED_REST,
        span,
        format!("in {often} of the draws nothing is left for the rest of `{name}` in `{at}`"),
    )
    .label(format!("{left} in the middle, but its interval begins at 0%"));
    for (stated, reach) in ranged.iter().take(4) {
        found = found.other(stated.span, format!("reaches {}", apart(*reach, 1.0).0));
    }
    Some(found.help(format!(
        "give `{likeliest}` the `rest` and `{name}` a range of its own, or narrow what the others state"
    )))
}

/// How far up the ranges of a clause reach; none where it has none.
fn reach(stated: &Stated) -> Option<f64> {
    if stated.rate.is_some_and(|rate| rate.law != Law::Fixed) {
        return Some(1.0);
    }
    let ends = stated.numbers.iter().filter_map(|n| match n.law {
        Law::LogitNormal { high, .. } | Law::LogitSplit { high, .. } => Some(high),
        _ => None,
    });
    ends.reduce(f64::max)
}

/// The most that a clause without ranges states.
fn most(stated: &Stated) -> f64 {
    match stated.rate {
        Some(_) => 1.0,
        None => stated.numbers.iter().map(|n| n.point).fold(0.0, f64::max),
    }
}

/// The horizon in which most draws leave nothing, and the share of the draws.
fn emptiest(context: &Context, row: Row, rest: OutcomeId) -> Option<(HorizonId, f64)> {
    let model = Model::new(context.assessment);
    let mut numbers = Numbers::point(&model);
    let draws = Draws::new(&model, &numbers, Options::default().seed);
    let spec = model.questions.iter().find(|spec| spec.id == row.id)?;
    let within = model.outcome_places[rest.index()] - spec.outcomes.start;
    let place = spec.priors.get(row.place)?.1 + within;
    let mut empty = vec![0_u64; model.horizons()];
    for index in 0..DRAWS {
        numbers.draw(&model, &draws, index);
        for (h, empty) in empty.iter_mut().enumerate() {
            *empty += u64::from(numbers.prior_at(place, h + 1) <= 0.0);
        }
    }
    let most = empty.iter().copied().max().unwrap_or(0);
    let h = empty.iter().position(|n| *n == most).unwrap_or(0);
    Some((HorizonId::new(h), most as f64 / DRAWS as f64))
}
