//! The rule `unreachable`.

use crate::diag::Diagnostic;
use crate::infer::verdict::ChangeVerdict;
use crate::lint::changes::changes;
use crate::lint::logic::Logic;
use crate::lint::{Context, written};
use crate::resolve::assessment::DriverId;

rule! {
    /// A `when` that can hold in no horizon.
    ///
    /// Such a change is never in force, whatever happens: its author believes that the file says what would change the
    /// verdict, and it does not. A hypothetical event can happen, and an assumption can be wrong. The reason is given in the file's own
    /// names: a proposition that contradicts itself, events that exclude each other, a chance of 0%.
    ///
    /// Instead: correct the condition, most often `and` for `or`, or the chance of what it names.
    UNREACHABLE = "unreachable", Change, Warning, fix: None,
    bad: [
        r#"event truce "A truce" { resolves: "Signed by both sides" }
event advance "A breakthrough" { resolves: "A regional capital falls" }
exclusive: truce, advance

change turn "The war takes a turn" {
  when: truce and advance
  weight for weakening: strong
}
"#,
    ],
    good: [
        r#"event truce "A truce" { resolves: "Signed by both sides" }
event advance "A breakthrough" { resolves: "A regional capital falls" }
exclusive: truce, advance

change turn "The war takes a turn" {
  when: truce or advance
  weight for weakening: strong
}
"#,
    ],
    check: check,
}

fn check(context: &Context) -> Vec<Diagnostic> {
    let logic = Logic::new(context.assessment);
    changes(context, never)
        .filter_map(|(id, when, computed)| {
            let reason = logic.never(when).map(|reason| reason.text(context.assessment));
            let nothing = || computed.then(|| "nothing that can happen makes it true".to_owned());
            Some(report(context, id, &reason.or_else(nothing)?))
        })
        .collect()
}

fn report(context: &Context, id: DriverId, reason: &str) -> Diagnostic {
    Diagnostic::new(
        &UNREACHABLE,
        written::condition(context, id),
        format!(
            "`{}` can be in force in no horizon: {reason}",
            context.assessment.drivers.name(id)
        ),
    )
    .label("never holds")
    .help("correct the condition (`or` for `and`?), or the chances of what it names")
}

fn never(change: &ChangeVerdict) -> bool {
    change.horizons.iter().all(|h| !h.given.is_possible())
}
