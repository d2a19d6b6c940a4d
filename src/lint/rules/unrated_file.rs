//! The rule `unrated-file`.

use crate::diag::Diagnostic;
use crate::infer::reach::Change;
use crate::lint::effect::turns;
use crate::lint::evidence::{items, of};
use crate::lint::leads::leads;
use crate::lint::{Context, figures};
use crate::resolve::assessment::{DriverId, What};
use crate::resolve::table::Id;
use crate::text::source::Span;

rule! {
    /// Sourced evidence moves the leader, and nothing in the file is rated.
    ///
    /// What is not rated counts in full: a rumour as much as a record. A rating, the source's reliability and the item's
    /// credibility apart (the Admiralty code, as in NATO's intelligence doctrine), says which of them the verdict should not lean on, and discounts it. A file that
    /// rates some items and not others has the finding `ungraded`.
    ///
    /// Instead: rate what the verdict hangs on first, `rated: B2`. How far the evidence must move the leader is `moves`.
    UNRATED_FILE = "unrated-file", Evidence, Note, fix: None,
    bad: [
        r#"factor isolation "The mood turns inwards" {
  weight for weakening: weak
  evidence "61% of those asked want fewer troops abroad" { source: "Survey of January 2025" }
}
"#,
    ],
    good: [
        r#"factor isolation "The mood turns inwards" {
  weight for weakening: weak
  evidence "61% of those asked want fewer troops abroad" { source: "Survey of January 2025", rated: B2 }
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
    let all = items(assessment);
    if all.is_empty() || all.iter().any(|item| item.evidence.rated.is_some()) {
        return None;
    }
    let sourced = assessment.drivers.iter().filter(|(id, driver)| {
        let pushes = driver.pushes() || !driver.event_weights.is_empty();
        let judged = !matches!(driver.what, What::Assumption(_));
        pushes && judged && of(assessment, *id).iter().any(|item| item.source().is_some())
    });
    let sourced: Vec<DriverId> = sourced.map(|(id, _)| id).collect();
    let far_enough = context.settings.unrated_file_moves;
    let bounds = context.bounds(Change::Without(&sourced));
    if bounds.is_some_and(|b| b.moves_less(far_enough) && !b.may_turn(assessment)) {
        return None;
    }
    let without = match sourced.as_slice() {
        [] => return None,
        [one] => context.without(*one)?.clone(),
        _ => context.silent(&sourced, None)?,
    };
    let with = context.probabilities()?;
    let turned = turns(assessment, with, &without);
    let pairs = with.horizons.iter().zip(&without.horizons).enumerate();
    let moves = pairs.filter_map(|(h, (a, b))| {
        let (a, b) = (a.as_ref()?, b.as_ref()?);
        let each = leads(assessment, &a.outcomes).into_iter();
        Some(each.map(move |lead| {
            let leader = lead.leader.index();
            (h, lead.leader, a.outcomes[leader], b.outcomes[leader])
        }))
    });
    let moves = moves.flatten();
    let far = |m: &(usize, _, f64, f64)| (m.2 - m.3).abs();
    let most = moves.reduce(|a, b| if far(&b) > far(&a) { b } else { a })?;
    if far(&most) < far_enough && turned.is_empty() {
        return None;
    }
    let first = all.iter().find(|item| item.driver.is_some_and(|d| sourced.contains(&d)))?;
    let span = first.span();
    let own: Span = if span.file == assessment.file { span } else { assessment.title.span };
    let horizon = assessment.horizons.values().nth(most.0).map_or("", |h| &h.name.node);
    Some(
        Diagnostic::new(
            &UNRATED_FILE,
            own,
            format!(
                "nothing is rated, and the evidence moves `{}` from {} to {} in `{horizon}`",
                assessment.outcomes.name(most.1),
                figures::percent(most.3),
                figures::percent(most.2),
            ),
        )
        .label("counts in full, as all of it does")
        .help("rate what the verdict hangs on first, as in `rated: B2`"),
    )
}
