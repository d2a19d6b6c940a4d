//! Which clauses of an assessment are understood, but not yet evaluated.
//!
//! In: an assessment. Out: where each such clause stands and what it is called, in the file's order.
//! A file with any of them is refused rather than evaluated wrongly.

use super::assessment::{Assessment, Law};
use super::ranges;
use crate::diag::Diagnostic;
use crate::rules;
use crate::source::Span;

/// The clauses that are not evaluated, as errors.
pub(super) fn refuse(assessment: &Assessment) -> impl Iterator<Item = Diagnostic> + use<> {
    unread(assessment).into_iter().map(|(span, what)| {
        Diagnostic::new(
            &rules::LIMIT,
            span,
            format!("{what} cannot be evaluated yet"),
        )
        .label("understood, but not computed")
        .help("take it out to have the rest evaluated")
    })
}

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
        let weights = driver.event_weights.iter();
        found.extend(weights.map(|w| (w.clause.span, "a weight on an event")));
    }
    let props = crate::lint::walk::propositions(a).into_iter();
    let props = props.filter(|(_, prop)| prop.names_outcomes());
    found.extend(props.map(|(driver, _)| {
        let span = driver.map_or(a.span, |d| a.drivers[d].span);
        (span, "an outcome in a proposition")
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
        found.extend(fixes.map(|f| (f.span, "an outcome that is set")));
    }
    let over = crate::lint::walk::queries(a).into_iter();
    found.extend(
        over.filter(|q| q.over.is_some())
            .map(|q| (q.span, "a query over several horizons")),
    );
    found.sort();
    found.dedup();
    found
}
