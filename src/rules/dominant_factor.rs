//! The rule `dominant-factor`.

use crate::diag::Diagnostic;
use crate::lint::{Context, effect, written};
use crate::resolve::assessment::{DriverId, DriverKind};

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
    let found = factors.into_iter().filter_map(|factor| dominant(context, factor));
    found.collect()
}

fn dominant(context: &Context, factor: DriverId) -> Option<Diagnostic> {
    let assessment = context.assessment;
    let (with, without) = (context.probabilities()?, context.without(factor)?);
    let (horizon, turn) = effect::turn(assessment, with, without)?;
    let name = assessment.drivers.name(factor);
    Some(
        Diagnostic::new(
            &DOMINANT_FACTOR,
            written::place(context, factor),
            format!("without `{name}` alone {turn}"),
        )
        .label(format!(
            "decides who leads in `{}`",
            assessment.horizons.name(horizon)
        ))
        .help("look at its sources and its weight again, and tell the reader that the verdict hangs on it"),
    )
}
