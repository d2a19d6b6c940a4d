//! Which clauses of an assessment are understood, but not yet evaluated.
//!
//! In: an assessment. Out: where each such clause stands and what it is called, in the file's order.
//! A file with any of them is refused rather than evaluated wrongly.

use super::assessment::{Assessment, Curve, Fix, Law, Prop, Query, Target, What};
use super::ranges;
use crate::diag::{Diagnostic, Diagnostics};
use crate::rules;
use crate::source::Span;

/// What of an assessment is not evaluated, as one error.
pub(super) fn refuse(assessment: &Assessment) -> Option<Diagnostic> {
    let all = unread(assessment);
    let (span, what) = all.first()?;
    let mut found = refusal(*span, what);
    let mut said = vec![*what];
    for (span, what) in &all {
        if !said.contains(what) {
            found = found.other(*span, format!("{what}, likewise"));
            said.push(what);
        }
    }
    Some(found)
}

fn refusal(span: Span, what: &str) -> Diagnostic {
    Diagnostic::new(
        &rules::LIMIT,
        span,
        format!("{what} cannot be evaluated yet"),
    )
    .label("understood, but not computed")
    .help("take it out to have the rest evaluated")
}

fn only(found: Option<Diagnostic>) -> Result<(), Diagnostics> {
    match found {
        None => Ok(()),
        Some(one) => {
            let mut all = Diagnostics::new();
            all.push(one);
            Err(all)
        }
    }
}

/// Whether a proposition that is asked about from outside can be evaluated.
pub(super) fn asked(prop: &Prop, span: Span) -> Result<(), Diagnostics> {
    let names = prop.names_outcomes();
    only(names.then(|| refusal(span, OUTCOME)))
}

/// Whether a query that is asked from outside can be evaluated.
pub(super) fn query(query: &Query) -> Result<(), Diagnostics> {
    let mut props = query.given.iter().collect::<Vec<_>>();
    if let Target::Prop(prop) = &query.target {
        props.push(prop);
    }
    let what = match props.iter().any(|p| p.names_outcomes()) {
        true => Some(OUTCOME),
        false => query.over.as_ref().map(|_| OVER),
    };
    only(what.map(|what| refusal(query.span, what)))
}

/// Whether outcomes that are set from outside can be.
pub(super) fn fixes(fixes: &[Fix]) -> Result<(), Diagnostics> {
    only(fixes.first().map(|f| refusal(f.span, FIX)))
}

const OUTCOME: &str = "an outcome in a proposition";
const OVER: &str = "a query over several horizons";
const FIX: &str = "an outcome that is set";

/// Each clause that is not evaluated, and what it is.
fn unread(a: &Assessment) -> Vec<(Span, &'static str)> {
    let mut found: Vec<(Span, &'static str)> = Vec::new();
    if a.timeless {
        found.push((a.span, "a file without a horizon"));
    }
    let several = a.questions.values().filter(|q| q.name.is_some());
    found.extend(several.map(|q| (q.span, "a `question`")));
    if a.questions.is_empty() {
        found.push((a.span, "a file without outcomes"));
    }
    for question in a.questions.values() {
        let rows = question.priors.iter().filter(|row| row.given.is_some());
        found.extend(rows.map(|row| (row.prior.span, "a prior with conditions")));
        let counts = question.counts_in.iter();
        found.extend(counts.map(|c| (c.span, "`counts in`")));
    }
    let decided = a.outcomes.values().filter(|o| o.decided.is_some());
    found.extend(decided.map(|o| (o.span, "a decided outcome")));
    found.extend(a.chains.iter().map(|c| (c.span, "`implies`")));
    for driver in a.drivers.values() {
        let once = driver.once.iter();
        found.extend(once.map(|o| (o.clause.span, "`chance once`")));
        if let What::Event(rows) = &driver.what
            && rows.iter().any(|r| r.given.is_some())
        {
            let certain = rows.iter().filter(|row| {
                matches!(&row.clause.values, Curve::Points(points)
                    if points.first().is_some_and(|p| p.days == 0.0 && p.chance.is_definite() && p.chance.point > 0.0))
            });
            found.extend(certain.map(|row| (row.clause.span, "`certain` in a row")));
        }
        let weights = driver.event_weights.iter();
        found.extend(weights.map(|w| (w.clause.span, "a weight on an event")));
    }
    let props = crate::lint::walk::propositions(a).into_iter();
    let props = props.filter(|(_, prop)| prop.names_outcomes());
    found.extend(props.map(|(driver, _)| {
        let span = driver.map_or(a.span, |d| a.drivers[d].span);
        (span, OUTCOME)
    }));
    ranges::each(a, &mut |_, _, numbers| {
        found.extend(
            numbers
                .iter()
                .filter(|n| {
                    matches!(
                        n.law,
                        Law::LogitSplit { .. } | Law::LogSplit { .. } | Law::Split { .. }
                    )
                })
                .map(|n| (n.span, "a range with a centre")),
        );
    });
    for scenario in a.scenarios.values() {
        let fixes = scenario.fixes.iter();
        found.extend(fixes.map(|f| (f.span, FIX)));
    }
    let over = crate::lint::walk::queries(a).into_iter();
    found.extend(over.filter(|q| q.over.is_some()).map(|q| (q.span, OVER)));
    found.sort();
    found.dedup();
    found
}
