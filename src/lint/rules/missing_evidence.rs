//! The rule `missing-evidence`.

use crate::diag::Diagnostic;
use crate::infer::reach::Change;
use crate::lint::Context;
use crate::lint::amounts::apart;
use crate::lint::shift::largest;
use crate::text::round::points;
use crate::resolve::assessment::DriverKind;

rule! {
    /// A factor that moves the verdict by a point or more rests on no evidence.
    ///
    /// A reason without evidence is an opinion with a number. It moves the verdict as much as a
    /// documented one, since nothing discounts it: what is not rated counts in full.
    ///
    /// Add what was seen, with who says so: `evidence "…" { source: "…" }`. What is taken for granted
    /// is better an `assumption`, which says what follows if it is wrong. Events are not
    /// reported: what they rest on is their chance.
    MISSING_EVIDENCE = "missing-evidence", Evidence, Warning, fix: None,
    bad: [
        r#"factor budget "The budget is cut" {
  weight for exit: moderate
}
"#,
    ],
    good: [
        r#"factor budget "The budget is cut" {
  weight for exit: moderate
  evidence "The bill cuts a tenth" { source: "The gazette" }
}
"#,
    ],
    check: check,
}

fn check(context: &Context) -> Vec<Diagnostic> {
    let assessment = context.assessment;
    let mut found = Vec::new();
    for (id, driver) in assessment.drivers.iter() {
        if driver.kind() != DriverKind::Factor || !driver.evidence.is_empty() {
            continue;
        }
        let moves = context.settings.missing_evidence_moves - 1e-12;
        if context.bounds(Change::Without(&[id])).is_some_and(|b| b.moves_less(moves)) {
            continue;
        }
        let (Some(with), Some(without)) = (context.probabilities(), context.without(id)) else {
            return Vec::new();
        };
        let Some(shift) = largest(with, without) else {
            continue;
        };
        if shift.size() < moves {
            continue;
        }
        let (from, to) = apart(shift.without, shift.with);
        found.push(
            Diagnostic::new(
                &MISSING_EVIDENCE,
                driver.name.span,
                format!(
                    "`{}` moves `{}` by {} in `{}` and rests on no evidence",
                    driver.name.node,
                    assessment.outcomes[shift.outcome].name.node,
                    points(shift.size()),
                    assessment.horizons[shift.horizon].name.node
                ),
            )
            .label(format!("{from} without it, {to} with it"))
            .help("add `evidence \"…\" { source: \"…\" }`, or make it an `assumption`"),
        );
    }
    found
}
