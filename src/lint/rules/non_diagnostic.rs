//! The rule `non-diagnostic`.

use crate::diag::Diagnostic;
use crate::lint::Context;
use crate::lint::amounts::decibans;
use crate::lint::pushes::{cancel, own};
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
        r#"factor summit "A summit is held" {
  weight for commitment, weakening, exit: moderate
  evidence "The invitation" { source: "The host" }
}
"#,
    ],
    good: [
        r#"factor summit "A summit is held" {
  weight for weakening, exit: slight
  evidence "The invitation" { source: "The host" }
}
"#,
    ],
    check: check,
}

fn check(context: &Context) -> Vec<Diagnostic> {
    let drivers = context.assessment.drivers.values();
    drivers
        .filter(|d| d.kind() == DriverKind::Factor && cancel(context.assessment, d))
        .map(|d| report(context, d))
        .collect()
}

fn report(context: &Context, driver: &Driver) -> Diagnostic {
    let assessment = context.assessment;
    let hardest = assessment
        .horizons
        .ids()
        .flat_map(|h| own(assessment, driver, h))
        .fold(0.0, |a: f64, b| if b.abs() > a.abs() { b } else { a });
    let (span, why) = match (driver.likelihoods.first(), driver.weights.first()) {
        (Some(likelihood), _) => (likelihood.clause.span, "as likely under each of them".to_owned()),
        (None, Some(weight)) => (
            weight.clause.span,
            format!("{} for each of them", decibans(hardest)),
        ),
        (None, None) => (driver.name.span, "nothing at all".to_owned()),
    };
    Diagnostic::new(
        &NON_DIAGNOSTIC,
        span,
        format!("`{}` pushes all outcomes alike, and so says nothing", driver.name.node),
    )
    .label(why)
    .help("weigh it against the outcome under which you would least expect it, or keep it as `context:`")
}
