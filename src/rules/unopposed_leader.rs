//! The rule `unopposed-leader`.

use crate::diag::Diagnostic;
use crate::diag::suggest::list;
use crate::lint::Context;
use crate::resolve::assessment::{DriverKind, OutcomeId};
use crate::resolve::table::Id;

rule! {
    /// No factor lowers the likeliest outcome, and at least one raises it.
    ///
    /// A case in which all reasons point one way is rare in the world and common on paper: what
    /// speaks against the favourite was not looked for, or not written down. ICD 203 asks for
    /// "analysis of alternatives", and Heuer to try to refute the leading hypothesis first.
    ///
    /// Ask what you would expect to see if another outcome were coming, and whether any of it has
    /// been seen. Add it as a factor, however weak.
    UNOPPOSED_LEADER = "unopposed-leader", Evidence, Warning, fix: None,
    bad: [
        r#"factor congress "Congress supports it" {
  weight for commitment: weak
  evidence "The last vote" { source: "The clerk" }
}
"#,
    ],
    good: [
        r#"factor congress "Congress supports it" {
  weight for commitment: weak
  evidence "The last vote" { source: "The clerk" }
}
factor budget "The budget is cut" {
  weight for weakening: slight
  evidence "The bill" { source: "The gazette" }
}
"#,
    ],
    check: check,
}

/// A probability that moves by less has not moved.
const NOTHING: f64 = 1e-9;

fn check(context: &Context) -> Vec<Diagnostic> {
    let assessment = context.assessment;
    let factors: Vec<_> = assessment
        .drivers
        .iter()
        .filter(|(_, d)| d.kind() == DriverKind::Factor)
        .filter(|(_, d)| !d.weights.is_empty() || d.likelihood.is_some())
        .map(|(id, _)| id)
        .collect();
    let Some(verdict) = (!factors.is_empty()).then(|| context.verdict()).flatten() else {
        return Vec::new();
    };
    let mut unopposed: Vec<(OutcomeId, Vec<&str>)> = Vec::new();
    for ((_, horizon), at) in assessment.horizons.iter().zip(&verdict.horizons) {
        let (mut raised, mut lowered) = (false, false);
        for &factor in &factors {
            let Some(without) = context.without(factor) else {
                return Vec::new();
            };
            let h = assessment.horizons.id(&horizon.name.node).map_or(0, Id::index);
            let leader = at.leader.index();
            let moved = at.outcomes[leader].probability - without.horizons[h].as_ref().map_or(0.0, |at| at.outcomes[leader]);
            raised |= moved > NOTHING;
            lowered |= moved < -NOTHING;
        }
        if raised && !lowered {
            let name = horizon.name.node.as_str();
            match unopposed.iter_mut().find(|u| u.0 == at.leader) {
                Some(entry) => entry.1.push(name),
                None => unopposed.push((at.leader, vec![name])),
            }
        }
    }
    unopposed
        .into_iter()
        .map(|(leader, horizons)| {
            let leader = &assessment.outcomes[leader];
            Diagnostic::new(
                &UNOPPOSED_LEADER,
                leader.name.span,
                format!(
                    "`{}` leads in {}, and no factor lowers it there",
                    leader.name.node,
                    list(&horizons, "and")
                ),
            )
            .label("does nothing speak against it?")
            .help("add what you would expect to see if another outcome were coming, however weak")
        })
        .collect()
}
