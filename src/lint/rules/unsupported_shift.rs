//! The rule `unsupported-shift`.

use crate::diag::{Diagnostic, suggest};
use crate::infer::Probabilities;
use crate::infer::reach::Change;
use crate::lint::{Context, figures, written};
use crate::resolve::assessment::{DriverId, DriverKind, HorizonId, OutcomeId};
use crate::resolve::table::Id;

rule! {
    /// Factors without evidence that together move an outcome's odds tenfold (10 dB) or more.
    ///
    /// ICD 203 (2015) asks that a judgment rest on what was seen, and that the reader be told what it rests on. Reasons
    /// that cite nothing may be right; here so much of the verdict hangs on them that the reader must take the author's word.
    /// The rule looks at the odds, so that it also sees a rare outcome made ten times less rare.
    ///
    /// Instead: add `evidence` to the factors named, or weaken them. The threshold is `shift`.
    UNSUPPORTED_SHIFT = "unsupported-shift", Reasoning, Note, fix: None,
    bad: [
        r#"prior "How such alliances have fared" {
  source: "A count of alliances since 1815"
  exit: 0.02% per year
  weakening: 30%
  commitment: rest
}

factor isolation "The mood turns inwards" {
  weight for exit: 13:1
}
"#,
    ],
    good: [
        r#"prior "How such alliances have fared" {
  source: "A count of alliances since 1815"
  exit: 0.02% per year
  weakening: 30%
  commitment: rest
}

factor isolation "The mood turns inwards" {
  weight for exit: 13:1
  evidence "61% of those asked want to leave" { source: "Survey of January 2025" }
}
"#,
    ],
    check: check,
}

fn check(context: &Context) -> Vec<Diagnostic> {
    let assessment = context.assessment;
    let bare = |id: &DriverId| {
        let driver = &assessment.drivers[*id];
        driver.kind() == DriverKind::Factor && driver.evidence.is_empty()
    };
    let bare: Vec<DriverId> = assessment.drivers.ids().filter(bare).collect();
    let Some(&first) = bare.first() else {
        return Vec::new();
    };
    let least = context.settings.unsupported_shift - 1e-9;
    let bounds = context.bounds(Change::Without(&bare));
    if bounds.is_some_and(|b| b.odds_move_less(least)) {
        return Vec::new();
    }
    let (Some(with), Some(without)) = (
        context.probabilities(),
        context.silent(&bare, None),
    ) else {
        return Vec::new();
    };
    let Some((shift, horizon, outcome)) = largest(with, &without) else {
        return Vec::new();
    };
    if shift.abs() < least {
        return Vec::new();
    }
    let probability = |all: &Probabilities| {
        let at = all.horizons[horizon.index()].as_ref();
        at.map_or_else(String::new, |at| figures::percent(at.outcomes[outcome.index()]))
    };
    let names = bare.iter().map(|d| assessment.drivers.name(*d));
    let names: Vec<&str> = names.collect();
    let mut finding = Diagnostic::new(
        &UNSUPPORTED_SHIFT,
        written::place(context, first),
        format!(
            "without {}, which {} on no evidence, `{}` in `{}` is {} instead of {}: {} in the odds",
            suggest::list(&names, "and"),
            if names.len() == 1 { "rests" } else { "rest" },
            assessment.outcomes.name(outcome),
            assessment.horizons.name(horizon),
            probability(&without),
            probability(with),
            figures::decibans(shift),
        ),
    )
    .label("no evidence")
    .help("add `evidence` with its `source`, or a weaker weight");
    for driver in &bare[1..] {
        finding = finding.other(written::place(context, *driver), "no evidence either");
    }
    vec![finding]
}

/// The largest move of an outcome's odds, in decibans, and where.
fn largest(
    with: &Probabilities,
    without: &Probabilities,
) -> Option<(f64, HorizonId, OutcomeId)> {
    let mut largest: Option<(f64, HorizonId, OutcomeId)> = None;
    for (h, (with, without)) in with.horizons.iter().zip(&without.horizons).enumerate() {
        let (Some(with), Some(without)) = (with, without) else {
            continue;
        };
        for (o, (with, without)) in with.outcomes.iter().zip(&without.outcomes).enumerate() {
            let odds = |p: f64| 10.0 * libm::log10(p / (1.0 - p));
            let shift = odds(*with) - odds(*without);
            let more = largest.is_none_or(|(most, ..)| shift.abs() > most.abs() + 1e-9);
            // What no evidence can move has no odds.
            if shift.is_finite() && more {
                largest = Some((shift, HorizonId::new(h), OutcomeId::new(o)));
            }
        }
    }
    largest
}
