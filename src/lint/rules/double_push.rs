//! The rule `double-push`.

use crate::diag::Diagnostic;
use crate::lint::directions::{Direction, directions};
use crate::lint::{Context, walk, written};
use crate::resolve::assessment::{DriverId, DriverKind, Prop, What};
use std::collections::BTreeSet;

rule! {
    /// A change with a chance and an event in its own `when` both push one outcome, or move one number, the same way.
    ///
    /// A change whose condition has a chance is no mere "what if": it is in the verdict with that chance, beside the weights of the event
    /// itself. Where the event happens both push, and one happening counts twice.
    ///
    /// Instead: leave the weight with one of them; or, where the change is more than the event, weigh it for what it adds, and
    /// say in an `overlap` how much they share.
    DOUBLE_PUSH = "double-push", Change, Note, fix: None,
    bad: [
        r#"event strike "The pilots strike" {
  resolves: "Called by the union"
  chance: 4% by short, 8% by medium, 12% by long
  weight for weakening: weak
}
change grounded "The fleet stays on the ground" {
  when: strike
  weight for weakening: weak
}
"#,
    ],
    good: [
        r#"event strike "The pilots strike" {
  resolves: "Called by the union"
  chance: 4% by short, 8% by medium, 12% by long
}
change grounded "The fleet stays on the ground" {
  when: strike
  weight for weakening: moderate
}
"#,
    ],
    check: check,
}

fn check(context: &Context) -> Vec<Diagnostic> {
    let assessment = context.assessment;
    let mut found = Vec::new();
    for (change, driver) in assessment.drivers.iter() {
        let What::Change { when, .. } = &driver.what else {
            continue;
        };
        let mut named = BTreeSet::new();
        holds(when, &mut named);
        let weighted = named.into_iter().filter(|id| {
            let event = &assessment.drivers[*id];
            let pushes = event.pushes() || !event.moves.is_empty();
            event.kind() == DriverKind::Event && !event.is_hypothetical() && pushes
        });
        for event in weighted {
            let shared = assessment.overlaps.iter();
            let mut shared = shared.filter(|o| o.members.contains(&change) && o.members.contains(&event));
            if shared.next().is_none() && comes(context, change) {
                found.extend(report(context, change, event));
            }
        }
    }
    found
}

/// Whether a change has a chance.
fn comes(context: &Context, change: DriverId) -> bool {
    let changes = context.verdict().into_iter().flat_map(|v| &v.changes);
    let mut at = changes.filter(|c| c.change == change).flat_map(|c| &c.horizons);
    at.any(|at| at.chance.value > 0.0)
}

/// What a condition names without a `not`.
fn holds(prop: &Prop, found: &mut BTreeSet<DriverId>) {
    match prop {
        Prop::Not(_) | Prop::Outcome(_) | Prop::Reaches(..) => {}
        Prop::Is(_) => walk::names(prop, &mut |driver| {
            found.insert(driver);
        }),
        Prop::All(list) | Prop::Any(list) | Prop::AtLeast(_, list) => {
            list.iter().for_each(|inner| holds(inner, found));
        }
    }
}

fn report(context: &Context, change: DriverId, event: DriverId) -> Option<Diagnostic> {
    let assessment = context.assessment;
    let own: BTreeSet<Direction> = directions(assessment, event);
    let both: Vec<Direction> = directions(assessment, change)
        .intersection(&own)
        .copied()
        .collect();
    let (pushed, up) = match both.first() {
        Some(&(outcome, _, up)) => (assessment.outcomes.name(outcome), up),
        None => moved(context, change, event)?,
    };
    let [first, second] = [event, change].map(|d| assessment.drivers.name(d));
    Some(
        Diagnostic::new(
            &DOUBLE_PUSH,
            written::condition(context, change),
            format!(
                "`{first}` and `{second}`, which holds with it, both push `{pushed}` {}",
                if up { "up" } else { "down" }
            ),
        )
        .label("counted beside the event's own weight")
        .other(written::place(context, event), "pushes by itself")
        .help(format!("leave the weight with one of them, or say how much they share: `overlap 50%: {first}, {second}`")),
    )
}

/// The quantity that both move the same way in some horizon, and whether upwards.
fn moved<'a>(context: &Context<'a>, change: DriverId, event: DriverId) -> Option<(&'a str, bool)> {
    let assessment = context.assessment;
    let moves = |driver: DriverId| {
        assessment.drivers[driver].moves.iter().flat_map(|moved| {
            let values = moved.clause.values.iter().enumerate();
            let each = values.filter_map(|(h, value)| Some((h, value.as_ref()?.point)));
            each.filter(|(_, by)| *by != 0.0)
                .map(|(h, by)| (moved.quantity, h, by > 0.0))
        })
    };
    let own: BTreeSet<_> = moves(event).collect();
    let (quantity, _, up) = moves(change).find(|direction| own.contains(direction))?;
    Some((assessment.quantities.name(quantity), up))
}
