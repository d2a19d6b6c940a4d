//! The rule `bare-prior`.

use crate::diag::Diagnostic;
use crate::lint::{Context, cases, say};
use crate::resolve::assessment::PriorOf;
use crate::resolve::table::Id;

rule! {
    /// The prior of the leader or of a final outcome is a plain per cent, and nothing says how many cases it rests on.
    ///
    /// The prior carries most verdicts. A plain 30% is taken to be exact: no interval shows how little is known of it, and nobody can
    /// tell three of ten cases from three hundred of a thousand. Outside views are worth what their reference class is (Kahneman and Tversky 1979).
    ///
    /// Instead: state a range (`20% to 40%`), a count (`12 of 40`) or a rate (`2% per year`); or say in `source:` or `note:` how
    /// many cases it rests on, "12 of 40 alliances".
    BARE_PRIOR = "bare-prior", Probability, Note, fix: None,
    bad: [
        r#"outcome commitment "Commitment at today's level"
outcome weakening  "Gradual disengagement"
final outcome exit "Full exit"
prior "How such alliances have fared" {
  source: "A count of alliances since 1815"
  exit: 4% by short, 10% by medium, 18% by long
  weakening: 30%
  commitment: rest
}
"#,
    ],
    good: [
        r#"outcome commitment "Commitment at today's level"
outcome weakening  "Gradual disengagement"
final outcome exit "Full exit"
prior "How such alliances have fared" {
  source: "A count of alliances since 1815"
  exit: 2% to 8% by short, 6% to 16% by medium, 12% to 26% by long
  weakening: 30%
  commitment: rest
}
"#,
        r#"outcome commitment "Commitment at today's level"
outcome weakening  "Gradual disengagement"
final outcome exit "Full exit"
prior "How such alliances have fared" {
  source: "A count of alliances since 1815: 7 of 40 ended within three years"
  exit: 4% by short, 10% by medium, 18% by long
  weakening: 30%
  commitment: rest
}
"#,
    ],
    check: check,
}

fn check(context: &Context) -> Vec<Diagnostic> {
    one(context).into_iter().collect()
}

fn one(context: &Context) -> Option<Diagnostic> {
    let assessment = context.assessment;
    let prior = assessment.prior.as_ref()?;
    let mut bare = Vec::new();
    for (o, outcome) in assessment.outcomes.iter() {
        let of = &prior.outcomes[o.index()];
        let numbers = cases::numbers(of);
        if !numbers.is_empty() && numbers.iter().all(|n| n.is_plain()) {
            let span = match of {
                PriorOf::Rest(span) => *span,
                PriorOf::Curve(clause) => clause.span,
                PriorOf::Shares(clause) => clause.span,
            };
            bare.push((o, outcome, span));
        }
    }
    if bare.is_empty() || cases::says_cases(prior) {
        return None;
    }
    let leads = |o| context.verdict().is_some_and(|v| v.horizons.iter().any(|at| at.leader == o));
    bare.retain(|(o, outcome, _)| outcome.is_final || leads(*o));
    let names: Vec<String> = bare.iter().map(|(_, o, _)| format!("`{}`", o.name.node)).collect();
    let (&(_, _, first), others) = bare.split_first()?;
    let (verb, what) = match names.len() {
        1 => ("is", "a plain per cent"),
        _ => ("are", "plain per cents"),
    };
    let mut finding = Diagnostic::new(
        &BARE_PRIOR,
        first,
        format!(
            "the prior of {} {verb} {what}, and nothing says how many cases that rests on",
            say::list(&names, "and")
        ),
    )
    .label("taken to be exact")
    .help("state a range, a count (`12 of 40`) or a rate, or say in `source:` or `note:` how many cases it rests on");
    for (_, _, span) in others {
        finding = finding.other(*span, "this too");
    }
    Some(finding)
}
