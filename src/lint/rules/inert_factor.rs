//! The rule `inert-factor`.

use crate::diag::Diagnostic;
use crate::infer::Probabilities;
use crate::lint::effect::odds;
use crate::lint::{Context, Effect, figures, pushes, say, written};
use crate::resolve::assessment::{DriverId, DriverKind, Prop};
use std::collections::BTreeSet;

rule! {
    /// A factor, change or event with weights that moves no probability by half a point, and no odds by 1 dB.
    ///
    /// More items make analysts surer without making them righter (Oskamp 1965; Heuer 1999, ch. 5). A reason that moves
    /// nothing lengthens the list and hides the reasons that count. The rule evaluates the file without it. What can
    /// hold only where a hypothetical event happens is judged among the cases in which it holds. Reasons that
    /// share an `overlap` are judged together, since where one is gone the next takes its place. All that are reported
    /// together move nothing either: where many small reasons add up, none of them is inert.
    ///
    /// Instead: delete it, or say in its `note` why it is there; or give it the weight that was meant, or a
    /// better rated source. The thresholds are `shift` and `odds`.
    INERT_FACTOR = "inert-factor", Reasoning, Note, fix: None,
    bad: [
        r#"factor speech "A speech against the alliance" {
  weight for exit: 1.2:1 in short
  evidence "The speech of 14 February" { source: "Transcript" }
}
"#,
    ],
    good: [
        r#"factor speech "A speech against the alliance" {
  weight for weakening: slight
  evidence "The speech of 14 February" { source: "Transcript" }
}
"#,
    ],
    check: check,
}

/// Shifts below this, a millionth of a point, are what doubles miss.
const NOTHING: f64 = 1e-8;

fn check(context: &Context) -> Vec<Diagnostic> {
    let drivers = context.assessment.drivers.ids();
    let alone: Vec<(DriverId, &Effect)> = drivers.filter_map(|id| Some((id, inert(context, id)?))).collect();
    if alone.is_empty() {
        return Vec::new();
    }
    let mut reported: BTreeSet<DriverId> = BTreeSet::new();
    let mut found = Vec::new();
    for (id, effect) in together(context, alone) {
        if reported.contains(&id) {
            continue;
        }
        let group = group(context, id);
        reported.extend(&group);
        found.push(report(context, id, effect, &group));
    }
    found
}

/// A driver's effect, where it is none to speak of.
fn inert<'c>(context: &'c Context, id: DriverId) -> Option<&'c Effect> {
    let assessment = context.assessment;
    let driver = &assessment.drivers[id];
    let weighs = driver.pushes();
    let judged = match driver.kind() {
        DriverKind::Factor | DriverKind::Change => true,
        DriverKind::Event => weighs,
        // It pushes only where it is wrong: `linchpin` looks there.
        DriverKind::Assumption => false,
    };
    // `non-diagnostic` says why such a factor moves nothing.
    // What an event is worth by itself is no matter of outcomes: what pushes one is not judged by these.
    if !judged
        || !driver.event_weights.is_empty()
        || !driver.moves.is_empty()
        || (driver.kind() == DriverKind::Factor && pushes::cancel(assessment, driver)) {
        return None;
    }
    let settings = context.settings;
    let bounds = context.bounds_of_effect(id);
    if bounds.is_some_and(|b| b.surely_moves(settings.inert_shift, settings.inert_odds)) {
        return None;
    }
    let effect = context.effect(id)?;
    let (shift, ..) = effect.largest()?;
    (shift.abs() < settings.inert_shift && effect.largest_odds() < settings.inert_odds).then_some(effect)
}

/// Those that can all be taken away at once, each with its overlaps: where they add up, the larger ones
/// are not among them.
fn together<'c>(context: &Context, alone: Vec<(DriverId, &'c Effect)>) -> Vec<(DriverId, &'c Effect)> {
    let groups: Vec<Vec<DriverId>> = alone.iter().map(|(id, _)| group(context, *id)).collect();
    // What is hypothetical moves nothing beside others: it is judged where it holds.
    let (given, mut order): (Vec<usize>, Vec<usize>) = (0..alone.len()).partition(|&i| alone[i].1.given);
    let sound = |&i: &usize| {
        let is = Prop::Is(alone[i].0);
        groups[i].len() == 1 || moves_nothing(context, &groups[i], Some(&is))
    };
    let mut kept: Vec<usize> = given.into_iter().filter(sound).collect();
    let sizes: Vec<f64> = alone.iter().map(|(_, effect)| effect.largest_odds()).collect();
    let size = |i: usize| sizes[i];
    order.sort_by(|a, b| size(*a).total_cmp(&size(*b)));
    while let Some(&last) = order.last() {
        let mut all: Vec<DriverId> = order.iter().flat_map(|i| groups[*i].iter().copied()).collect();
        all.sort_unstable();
        all.dedup();
        if all.len() == 1 || moves_nothing(context, &all, None) {
            break;
        }
        // Of those that are about as large none is more idle than the others.
        order.retain(|i| size(*i) < size(last) / 2.0);
    }
    kept.extend(order);
    kept.sort_unstable();
    kept.into_iter().map(|i| alone[i]).collect()
}

/// A driver with those that share an overlap with it.
fn group(context: &Context, id: DriverId) -> Vec<DriverId> {
    let mut group = vec![id];
    let overlaps = &context.assessment.overlaps;
    for overlap in overlaps.iter().filter(|overlap| overlap.members.contains(&id)) {
        group.extend(overlap.members.iter().filter(|d| **d != id));
    }
    group.sort_unstable();
    group.dedup();
    group
}

fn moves_nothing(context: &Context, drivers: &[DriverId], given: Option<&Prop>) -> bool {
    let with = match given {
        None => context.probabilities().cloned(),
        Some(_) => context.silent(&[], given),
    };
    let Some((with, without)) = with.zip(context.silent(drivers, given)) else {
        return false;
    };
    let flat = |all: &Probabilities| -> Vec<f64> {
        let each = all.horizons.iter().flatten();
        each.flat_map(|at| at.outcomes.iter().copied()).collect()
    };
    let settings = context.settings;
    let (with, without) = (flat(&with), flat(&without));
    let mut pairs = with.iter().zip(&without);
    pairs.all(|(a, b)| (a - b).abs() < settings.inert_shift && odds(*a, *b).abs() < settings.inert_odds)
}

fn report(context: &Context, id: DriverId, effect: &Effect, group: &[DriverId]) -> Diagnostic {
    let assessment = context.assessment;
    let names = say::names(assessment, group);
    let (subject, verb) = match names.as_slice() {
        [one] => (one.clone(), "moves"),
        many => (say::list(many, "and"), "together move"),
    };
    let holds = match (effect.given, names.len()) {
        (false, _) => "",
        (true, 1) => ", even where it holds",
        (true, _) => ", even where they hold",
    };
    let most = effect.largest().filter(|(shift, ..)| names.len() == 1 && shift.abs() >= NOTHING);
    let message = match most {
        Some((shift, horizon, outcome)) => format!(
            "{subject} {verb} no probability by more than {} of `{}` in `{}`{holds}",
            figures::points(shift),
            assessment.outcomes.name(outcome),
            assessment.horizons.name(horizon)
        ),
        None if names.len() == 1 => format!("{subject} {verb} no probability at all{holds}"),
        None => format!(
            "{subject} {verb} no probability by {}{holds}",
            figures::points(context.settings.inert_shift)
        ),
    };
    let them = if names.len() == 1 { "it" } else { "them" };
    let mut finding = Diagnostic::new(&INERT_FACTOR, written::place(context, id), message)
        .label(format!("the verdict is the same without {them}"))
        .help(format!("delete {them}, or give {them} the weight that was meant"));
    for other in group.iter().filter(|d| **d != id) {
        finding = finding.other(written::place(context, *other), "shares an overlap with it");
    }
    finding
}
