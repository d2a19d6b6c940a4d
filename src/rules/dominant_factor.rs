//! The rule `dominant-factor`.

use crate::diag::Diagnostic;
use crate::infer::Probable;
use crate::lint::{Context, effect, figures, written};
use crate::resolve::assessment::{DriverId, DriverKind, HorizonId, OutcomeId};
use crate::resolve::table::Id;

rule! {
    /// One factor whose removal alone changes the leader of a horizon.
    ///
    /// A step of the analysis of competing hypotheses asks how sensitive the conclusion is to a few critical items
    /// (Heuer 1999, ch. 8): if that item were wrong, misleading or read otherwise, the verdict would be another. The rule takes each
    /// factor away in turn, in files with three factors or more; in smaller ones some factor always decides. A tie is no change.
    ///
    /// Instead: look at that factor again, its sources first; state its weight as a range; say in a section that the
    /// verdict hangs on it. The least number of factors is `factors`.
    DOMINANT_FACTOR = "dominant-factor", Reasoning, Warning, fix: None,
    bad: [
        r#"factor isolation "The mood turns inwards" {
  weight for weakening: strong
  evidence "61% of those asked want fewer troops abroad" { source: "Survey of January 2025" }
}
factor budget "The budget shrinks" {
  weight for weakening: slight
  evidence "A cut of 8% a year" { source: "Budget plan" }
}
factor congress "Congress stands by the alliance" {
  weight against weakening, exit: slight
  evidence "A bipartisan resolution" { source: "Congressional record" }
}
"#,
    ],
    good: [
        r#"factor isolation "The mood turns inwards" {
  weight for weakening: slight
  evidence "61% of those asked want fewer troops abroad" { source: "Survey of January 2025" }
}
factor budget "The budget shrinks" {
  weight for weakening: slight
  evidence "A cut of 8% a year" { source: "Budget plan" }
}
factor congress "Congress stands by the alliance" {
  weight against weakening, exit: slight
  evidence "A bipartisan resolution" { source: "Congressional record" }
}
"#,
    ],
    check: check,
}

fn check(context: &Context) -> Vec<Diagnostic> {
    let assessment = context.assessment;
    let is_factor = |id: &DriverId| assessment.drivers[*id].kind() == DriverKind::Factor;
    let factors: Vec<DriverId> = assessment.drivers.ids().filter(is_factor).collect();
    if factors.len() < context.settings.dominant_factors {
        return Vec::new();
    }
    let dominant = factors.into_iter().filter_map(|factor| {
        let changes = changes(context, factor);
        let (first, ..) = changes.first()?;
        let ways = changes.iter().map(|(_, way)| way.as_str());
        Some(
            Diagnostic::new(
                &DOMINANT_FACTOR,
                written::place(context, factor),
                format!(
                    "without `{}` alone {}",
                    assessment.drivers.name(factor),
                    ways.collect::<Vec<_>>().join("; ")
                ),
            )
            .label(format!(
                "decides who leads in `{}`",
                assessment.horizons.name(*first)
            ))
            .help("look at its sources and its weight again, and tell the reader that the verdict hangs on it"),
        )
    });
    dominant.collect()
}

/// The horizons whose leader changes without a factor, with the way that it changes.
fn changes(context: &Context, factor: DriverId) -> Vec<(HorizonId, String)> {
    let assessment = context.assessment;
    let (Some(with), Some(without)) = (context.probabilities(), context.without(factor)) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    let pairs = with.horizons.iter().zip(&without.horizons);
    for (horizon, (before, after)) in assessment.horizons.ids().zip(pairs) {
        let (Some(before), Some(after)) = (before, after) else {
            continue;
        };
        if let Some(new) = effect::new_leader(before, after) {
            let name = |o: OutcomeId| assessment.outcomes.name(o);
            let share = |at: &Probable, o: OutcomeId| figures::percent(at.outcomes[o.index()]);
            let way = format!(
                "`{}` leads in `{}` with {}, where `{}` now has {}",
                name(new),
                assessment.horizons.name(horizon),
                share(after, new),
                name(before.leader),
                share(before, before.leader),
            );
            found.push((horizon, way));
        }
    }
    found
}
