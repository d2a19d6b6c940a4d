//! The rule `unopposed-leader`.

use crate::diag::Diagnostic;
use crate::diag::suggest::list;
use crate::infer::reach::Change;
use crate::lint::Context;
use crate::lint::leads::leads;
use crate::resolve::assessment::{Driver, DriverId, DriverKind, OutcomeId, What};
use crate::resolve::table::Id;

rule! {
    /// Nothing lowers the likeliest outcome, no factor, event or change, and at least one factor raises it.
    ///
    /// A case in which all reasons point one way is rare in the world and common on paper: what
    /// speaks against the favourite was not looked for, or not written down. ICD 203 asks for
    /// "analysis of alternatives", and Heuer to try to refute the leading hypothesis first.
    ///
    /// Ask what you would expect to see if another outcome were coming, and whether any of it has
    /// been seen. Add it as a factor, or, where it may still come, as an event with its chance, however weak.
    UNOPPOSED_LEADER = "unopposed-leader", Evidence, Warning, fix: None,
    bad: [
        r#"factor congress "Congress supports it" {
  weight for commitment: weak
  evidence "The last vote" { source: "The clerk", rated: A2 }
}
"#,
    ],
    good: [
        r#"factor congress "Congress supports it" {
  weight for commitment: weak
  evidence "The last vote" { source: "The clerk", rated: A2 }
}
factor budget "The budget is cut" {
  weight for weakening: slight
  evidence "The bill" { source: "The gazette", rated: A2 }
}
"#,
        r#"factor congress "Congress supports it" {
  weight for commitment: weak
  evidence "The last vote" { source: "The clerk", rated: A2 }
}
event pullout "A member pulls its troops out" {
  resolves: "The ministry says so"
  chance: 10% by short, 20% by medium, 30% by long
  weight for weakening: moderate
}
"#,
    ],
    check: check,
}

/// A probability that moves by less has not moved.
const NOTHING: f64 = 1e-9;

fn check(context: &Context) -> Vec<Diagnostic> {
    let assessment = context.assessment;
    let pushes = |d: &Driver| d.pushes();
    let factors: Vec<_> = assessment
        .drivers
        .iter()
        .filter(|(_, d)| d.kind() == DriverKind::Factor && pushes(d))
        .map(|(id, _)| id)
        .collect();
    // What may still come speaks against the leader too, or for it.
    let others = assessment.drivers.iter().filter(|(_, d)| match &d.what {
        What::Event(rows) => !rows.is_empty() && pushes(d),
        What::Change { .. } => true,
        What::Factor(_) | What::Assumption(_) => false,
    });
    let others: Vec<_> = others.map(|(id, _)| id).collect();
    let Some(verdict) = (!factors.is_empty()).then(|| context.verdict()).flatten() else {
        return Vec::new();
    };
    let mut unopposed: Vec<(OutcomeId, Vec<&str>)> = Vec::new();
    let all = assessment.horizons.iter().zip(&verdict.horizons);
    let each = all.flat_map(|((h, horizon), at)| {
        let shares: Vec<f64> = at.outcomes.iter().map(|o| o.probability.value).collect();
        let leads = leads(assessment, &shares).into_iter();
        leads.map(move |lead| (h, horizon, at, lead.leader))
    });
    for (h, horizon, at, leads) in each {
        let (mut raised, mut lowered) = (false, false);
        let leader = leads.index();
        let surely_lowered = |factor: &DriverId| {
            let bounds = context.bounds(Change::Without(&[*factor]));
            let most = bounds.and_then(|b| b.most_gained(h, leads));
            most.is_some_and(|most| most < -NOTHING)
        };
        if factors.iter().any(surely_lowered) {
            continue;
        }
        let moved = |driver| {
            let without = context.without(driver)?.horizons[h.index()].as_ref()?;
            Some(at.outcomes[leader].probability.value - without.outcomes[leader])
        };
        for &factor in &factors {
            let Some(moved) = moved(factor) else {
                return Vec::new();
            };
            raised |= moved > NOTHING;
            lowered |= moved < -NOTHING;
            if lowered {
                break;
            }
        }
        if raised && !lowered {
            lowered = others.iter().any(|&other| moved(other).is_none_or(|moved| moved < -NOTHING));
        }
        if raised && !lowered {
            let name = horizon.name.node.as_str();
            match unopposed.iter_mut().find(|u| u.0 == leads) {
                Some(entry) => entry.1.push(name),
                None => unopposed.push((leads, vec![name])),
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
                    "`{}` leads in {}, and nothing lowers it there",
                    leader.name.node,
                    list(&horizons, "and")
                ),
            )
            .label("does nothing speak against it?")
            .help("add what you would expect to see if another outcome were coming, however weak")
        })
        .collect()
}
