//! The rule `always`.

use crate::diag::Diagnostic;
use crate::infer::verdict::ChangeVerdict;
use crate::lint::logic::Logic;
use crate::lint::{Context, written};
use crate::resolve::assessment::{DriverId, What};

rule! {
    /// A `when` that always holds: what it says belongs in a factor.
    ///
    /// Such a change is in force in every horizon, whatever happens. It says nothing of what would change the
    /// verdict; its weight is there already. A reader who looks for what to watch is misled.
    ///
    /// Instead: make it a `factor`, with its evidence; or correct the condition.
    ALWAYS = "always", Change, Warning, fix: None,
    bad: [
        r#"event truce "A truce" { resolves: "Signed by both sides" }

change turn "The war takes a turn" {
  when: truce or not truce
  weight for weakening: weak
}
"#,
    ],
    good: [
        r#"event truce "A truce" { resolves: "Signed by both sides" }

change turn "The war takes a turn" {
  when: truce
  weight for weakening: weak
}
"#,
    ],
    check: check,
}

fn check(context: &Context) -> Vec<Diagnostic> {
    let drivers = context.assessment.drivers.ids();
    let logic = Logic::new(context.assessment);
    drivers
        .filter_map(|driver| always(context, &logic, driver))
        .collect()
}

fn always(context: &Context, logic: &Logic, id: DriverId) -> Option<Diagnostic> {
    let assessment = context.assessment;
    let What::Change { when, .. } = &assessment.drivers[id].what else {
        return None;
    };
    let computed = context.verdict().and_then(|verdict| {
        let mut changes = verdict.changes.iter();
        Some(holds(changes.find(|c| c.change == id)?))
    });
    if computed == Some(false) {
        return None;
    }
    let reason = logic.always(when);
    let reason = match (&reason, computed) {
        (Some(reason), _) if !reason.facts.is_empty() => {
            format!(", since {}", reason.text(assessment))
        }
        (None, None) => return None,
        _ => ", whatever happens".to_owned(),
    };
    Some(
        Diagnostic::new(
            &ALWAYS,
            written::condition(context, id),
            format!(
                "`{}` is in force in every horizon{reason}",
                assessment.drivers.name(id)
            ),
        )
        .label("always holds")
        .help("make it a `factor`, or correct the condition"),
    )
}

fn holds(change: &ChangeVerdict) -> bool {
    let mut horizons = change.horizons.iter();
    horizons.all(|h| h.absent.is_none() && h.given.is_some())
}
