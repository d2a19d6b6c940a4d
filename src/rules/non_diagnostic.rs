//! The rule `non-diagnostic`.

use crate::diag::Diagnostic;
use crate::lint::Context;
use crate::lint::amounts::decibans;
use crate::lint::pushes::own;
use crate::resolve::assessment::{Driver, DriverKind};

rule! {
    /// A factor pushes all outcomes alike, so that its weights cancel.
    ///
    /// Evidence is worth what it tells apart. A fact that fits every outcome equally well says
    /// nothing about which will come, however striking it is: Heuer's analysis of competing
    /// hypotheses calls it non-diagnostic and takes it out (Psychology of Intelligence Analysis,
    /// 1999, chapter 8).
    ///
    /// Ask under which outcome you would least expect to see it, and weigh it against that one; or
    /// keep it as `context:`.
    NON_DIAGNOSTIC = "non-diagnostic", Evidence, Note, fix: None,
    bad: [
        "factor summit \"A summit is held\" {\n  weight for commitment, weakening, exit: moderate\n  evidence \"The invitation\" { source: \"The host\" }\n}",
    ],
    good: [
        "factor summit \"A summit is held\" {\n  weight for commitment, weakening: slight\n  evidence \"The invitation\" { source: \"The host\" }\n}",
    ],
    check: check,
}

/// Pushes nearer to each other than this are alike.
const ALIKE: f64 = 1e-9;

fn check(context: &Context) -> Vec<Diagnostic> {
    let drivers = context.assessment.drivers.values();
    drivers
        .filter(|d| d.kind() == DriverKind::Factor)
        .filter_map(|d| one(context, d))
        .collect()
}

fn one(context: &Context, driver: &Driver) -> Option<Diagnostic> {
    let assessment = context.assessment;
    let mut pushed: Option<f64> = None;
    for horizon in assessment.horizons.ids() {
        let pushes = own(assessment, driver, horizon);
        let least = pushes.iter().copied().fold(f64::INFINITY, f64::min);
        let most = pushes.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        if most - least > ALIKE {
            return None;
        }
        if pushed.is_none_or(|p| most.abs() > p.abs()) {
            pushed = Some(most);
        }
    }
    let pushed = pushed?;
    let first = driver.weights.first().map(|w| w.clause.span);
    let (span, why) = match (&driver.likelihood, first) {
        (Some(likelihood), _) => (likelihood.span, "as likely under each of them".to_owned()),
        (None, Some(span)) if pushed.abs() > ALIKE => {
            (span, format!("{} for each of them", decibans(pushed)))
        }
        _ => return None,
    };
    Some(
        Diagnostic::new(
            &NON_DIAGNOSTIC,
            span,
            format!("`{}` pushes all outcomes alike, and so says nothing", driver.name.node),
        )
        .label(why)
        .help("weigh it against the outcome under which you would least expect it, or keep it as `context:`"),
    )
}
