//! The rule `dominant-factor`.

use crate::diag::Diagnostic;
use crate::infer::reach::Change;
use crate::lint::effect::{told, turns};
use crate::lint::{Context, written};
use crate::resolve::assessment::{DriverId, DriverKind, HorizonId, QuestionId};
use std::collections::BTreeMap;

rule! {
    /// The only factor whose removal changes the leader of a horizon.
    ///
    /// A step of the analysis of competing hypotheses asks how sensitive the conclusion is to a few critical items
    /// (Heuer 1999, ch. 8): if that item were wrong, misleading or read otherwise, the verdict would be another. The rule takes each
    /// factor away in turn, in files with three factors or more; in smaller ones some factor always decides. A tie is no change. Where several factors turn the same
    /// horizon's leader, none of them dominates: the lead rests on each, as `fragile-leader` says.
    ///
    /// Instead: look at that factor again, its sources first; state its weight as a range; say in a section that the
    /// verdict hangs on it. The least number of factors is `factors`.
    DOMINANT_FACTOR = "dominant-factor", Reasoning, Warning, fix: None,
    bad: [
        r#"factor isolation "The mood turns inwards" {
  weight for weakening: strong
  evidence "61% of those asked want fewer troops abroad" { source: "Survey of January 2025", rated: A2 }
}
factor budget "The budget shrinks" {
  weight for weakening: slight
  evidence "A cut of 8% a year" { source: "Budget plan", rated: A2 }
}
factor congress "Congress stands by the alliance" {
  weight against weakening, exit: slight
  evidence "A bipartisan resolution" { source: "Congressional record", rated: A2 }
}
"#,
    ],
    good: [
        r#"factor isolation "The mood turns inwards" {
  weight for weakening: slight
  evidence "61% of those asked want fewer troops abroad" { source: "Survey of January 2025", rated: A2 }
}
factor budget "The budget shrinks" {
  weight for weakening: slight
  evidence "A cut of 8% a year" { source: "Budget plan", rated: A2 }
}
factor congress "Congress stands by the alliance" {
  weight against weakening, exit: slight
  evidence "A bipartisan resolution" { source: "Congressional record", rated: A2 }
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
    let turned = deciders(context);
    factors.into_iter().filter_map(|factor| dominant(context, factor, &turned)).collect()
}

/// By question and horizon the factors each of which alone turns its leader by being gone; none in files with
/// too few factors to speak of.
pub(crate) fn deciders(context: &Context) -> BTreeMap<(QuestionId, HorizonId), Vec<DriverId>> {
    let assessment = context.assessment;
    let mut turned: BTreeMap<_, Vec<DriverId>> = BTreeMap::new();
    let factors = assessment.drivers.iter().filter(|(_, d)| d.kind() == DriverKind::Factor);
    let factors: Vec<DriverId> = factors.map(|(id, _)| id).collect();
    if factors.len() < context.settings.dominant_factors {
        return turned;
    }
    for factor in factors {
        if context.bounds(Change::Without(&[factor])).is_some_and(|b| !b.may_turn(assessment)) {
            continue;
        }
        let both = context.probabilities().zip(context.without(factor));
        for turn in both.map_or(Vec::new(), |(with, without)| turns(assessment, with, without)) {
            turned.entry((turn.question, turn.horizon)).or_default().push(factor);
        }
    }
    turned
}

fn dominant(
    context: &Context,
    factor: DriverId,
    turned: &BTreeMap<(QuestionId, HorizonId), Vec<DriverId>>,
) -> Option<Diagnostic> {
    let assessment = context.assessment;
    if !turned.values().any(|by| by.contains(&factor)) {
        return None;
    }
    let (with, without) = (context.probabilities()?, context.without(factor)?);
    // Only what it decides alone.
    let mut alone = turns(assessment, with, without);
    alone.retain(|turn| turned.get(&(turn.question, turn.horizon)).is_some_and(|by| by.len() == 1));
    let (horizon, turn) = told(assessment, with, without, &alone)?;
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
