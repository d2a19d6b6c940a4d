//! The rule `bare-prior`.

use crate::diag::Diagnostic;
use crate::lint::leads::lead;
use crate::lint::priors::{Row, rows};
use crate::lint::{Context, cases, say};
use crate::resolve::assessment::PriorOf;
use crate::lint::rules::lazy_fifty::even_prior;
use crate::text::source::Span;

rule! {
    /// The prior of the leader or of a final outcome is a plain per cent: no range, no rate, no "12 of 40".
    ///
    /// The prior carries most verdicts. A plain 30% is taken to be exact: no interval shows how little is known of it, and nobody can
    /// tell three of ten cases from three hundred of a thousand. An outside view is worth what its reference class is (Kahneman and Tversky 1979).
    /// An outcome that has the `rest` is judged by what the others state.
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
    rows(context.assessment).filter_map(|row| one(context, row)).collect()
}

fn one(context: &Context, row: Row) -> Option<Diagnostic> {
    let prior = row.prior;
    // What is even without a source is said to be that.
    if cases::says_cases(prior) || even_prior(row).is_some() {
        return None;
    }
    let leads = |o| {
        let at = context.verdict().into_iter().flat_map(|v| &v.horizons);
        let mut shares = at.map(|at| at.outcomes.iter().map(|o| o.probability.value).collect::<Vec<f64>>());
        shares.any(|at| lead(context.assessment, row.question, &at).is_some_and(|lead| lead.leader == o))
    };
    let mut bare = Vec::new();
    let mut left = None;
    for (_, outcome, of) in row.each().filter(|(o, outcome, _)| outcome.is_final || leads(*o)) {
        match of {
            PriorOf::Rest(span) => left = left.or(Some((outcome, *span))),
            of if is_plain(of) => bare.extend(clause(of).map(|span| (outcome, span))),
            _ => {}
        }
    }
    let stated = || prior.outcomes.iter().filter(|of| !matches!(of, PriorOf::Rest(_)));
    let names: Vec<String> = bare.iter().map(|(o, _)| format!("`{}`", o.name.node)).collect();
    let (span, message, others) = match (bare.as_slice(), left) {
        ([(_, first), others @ ..], _) => {
            let (noun, what) = match others {
                [] => ("prior", "is a plain per cent"),
                _ => ("priors", "are plain per cents"),
            };
            let names = say::list(&names, "and");
            (*first, format!("the {noun} of {names} {what}: no range, no rate, no count such as `12 of 40`"), others)
        }
        ([], Some((outcome, span))) if stated().all(is_plain) => {
            let name = &outcome.name.node;
            let message = format!("the prior of `{name}` is what plain per cents leave: no range, no rate, no count such as `12 of 40`");
            (span, message, [].as_slice())
        }
        _ => return None,
    };
    let mut finding = Diagnostic::new(&BARE_PRIOR, span, message)
        .label("taken to be exact")
        .help("state a range, a count (`12 of 40`) or a rate, or say in `source:` or `note:` how many cases it rests on");
    for (_, span) in others {
        finding = finding.other(*span, "this too");
    }
    Some(finding)
}

/// Whether it is stated, in plain numbers alone.
fn is_plain(of: &PriorOf) -> bool {
    let numbers = cases::numbers(of);
    !numbers.is_empty() && numbers.iter().all(|n| n.is_plain())
}

fn clause(of: &PriorOf) -> Option<Span> {
    match of {
        PriorOf::Rest(span) => Some(*span),
        PriorOf::Curve(clause) => Some(clause.span),
        PriorOf::Shares(clause) => Some(clause.span),
        PriorOf::Decided => None,
    }
}
