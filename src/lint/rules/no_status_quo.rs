//! The rule `no-status-quo`.

use crate::diag::Diagnostic;
use crate::diag::suggest::list;
use crate::lint::priors::{Row, rows};
use crate::lint::{Context, figures};
use crate::resolve::assessment::{Assessment, ResolvedWhat};

rule! {
    /// Every outcome that is not final has less than 5% by the prior at the first horizon.
    ///
    /// Most things go on as they are for longer than those expect who watch them (Tetlock and Gardner 2015). Outcomes that may come to an end again are
    /// where "nothing has happened yet" stands; a prior that leaves them nothing at the nearest horizon says that something final comes at
    /// once, most often because an outcome is missing or a chance was set for a later horizon.
    ///
    /// Instead: add the outcome that nothing has changed, or give it what is left at the first horizon. The threshold is `share`.
    NO_STATUS_QUO = "no-status-quo", Reasoning, Note, fix: None,
    bad: [
        r#"outcome open "Still open"
final outcome signed "Signed"
prior "Talks of the kind" {
  source: "A count of talks since 1990: 39 of 40 were signed"
  signed: 96% by short, 98% by medium, 99% by long
  open: rest
}
"#,
    ],
    good: [
        r#"outcome open "Still open"
final outcome signed "Signed"
final outcome failed "Called off"
prior "Talks of the kind: 40 of them" {
  source: "A count of 40 talks since 1990: 24 of 40 were signed"
  signed: 20% by short, 45% by medium, 60% by long
  failed: 10% by short, 25% by medium, 35% by long
  open: rest
}
"#,
    ],
    check: check,
}

fn check(context: &Context) -> Vec<Diagnostic> {
    // What holds in some cases only may well end them.
    let rows = rows(context.assessment).filter(|row| row.is_only());
    rows.filter_map(|row| one(context, row)).collect()
}

/// Whether a final outcome of the question has come by now, so that nothing goes on.
fn has_ended(assessment: &Assessment, row: &Row) -> bool {
    let past = assessment.past.iter().flat_map(|p| &p.resolved);
    let mut all = assessment.resolved.iter().chain(past);
    all.any(|r| match r.what {
        ResolvedWhat::Outcome { outcome, share } => {
            let known = r.on.as_ref().is_some_and(|on| on.node.last() <= assessment.as_of);
            known && share >= 1.0 && row.question.has(outcome) && assessment.outcomes[outcome].is_final
        }
        _ => false,
    })
}

fn one(context: &Context, row: Row) -> Option<Diagnostic> {
    let assessment = context.assessment;
    let shares = row.shares();
    let open = row.each().filter(|(_, o, _)| !o.is_final && o.decided.is_none());
    let open: Vec<_> = open.map(|(id, o, _)| (o, shares[row.question.place(id)][0])).collect();
    let most = open.iter().map(|(_, share)| *share).fold(0.0, f64::max);
    let (first, _) = open.first()?;
    let horizon = assessment.horizons.values().next()?;
    // Without a final outcome everything may end again: many share what there is.
    let ends = row.each().any(|(_, o, _)| o.is_final);
    if has_ended(assessment, &row) || most >= context.settings.no_status_quo_share || !ends {
        return None;
    }
    let names: Vec<&str> = open.iter().map(|(o, _)| o.name.node.as_str()).collect();
    Some(
        Diagnostic::new(
            &NO_STATUS_QUO,
            first.name.span,
            format!(
                "by the prior {} {} {} at the end of `{}`: things hardly go on as they are",
                list(&names, "and"),
                if names.len() == 1 { "has" } else { "have each at most" },
                figures::percent(most),
                horizon.name.node,
            ),
        )
        .label("is what happens if nothing does")
        .help("add the outcome that nothing has changed, or give it what is left at the first horizon"),
    )
}
