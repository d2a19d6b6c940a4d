//! The rule `always`.

use crate::diag::Diagnostic;
use crate::infer::verdict::ChangeVerdict;
use crate::lint::changes::changes;
use crate::lint::logic::Logic;
use crate::lint::{Context, written};
use crate::resolve::assessment::DriverId;

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
    let logic = Logic::new(context.assessment);
    changes(context, holds)
        .filter_map(|(id, when, computed)| {
            let reason = logic.always(when).map(|reason| match reason.facts.is_empty() {
                true => ", whatever happens".to_owned(),
                false => format!(", since {}", reason.text(context.assessment)),
            });
            let whatever = || computed.then(|| ", whatever happens".to_owned());
            Some(report(context, id, &reason.or_else(whatever)?))
        })
        .collect()
}

fn report(context: &Context, id: DriverId, reason: &str) -> Diagnostic {
    Diagnostic::new(
        &ALWAYS,
        written::condition(context, id),
        format!(
            "`{}` is in force in every horizon{reason}",
            context.assessment.drivers.name(id)
        ),
    )
    .label("always holds")
    .help("make it a `factor`, or correct the condition")
}

fn holds(change: &ChangeVerdict) -> bool {
    let mut horizons = change.horizons.iter();
    horizons.all(|h| !h.absent.is_possible() && h.given.is_possible())
}
