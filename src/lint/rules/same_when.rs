//! The rule `same-when`.

use crate::diag::Diagnostic;
use crate::lint::directions::directions;
use crate::lint::logic::{Atom, Logic, Reason};
use crate::lint::{Context, say, written};
use crate::limits;
use crate::resolve::assessment::{DriverId, HorizonId, OutcomeId, Prop, What};
use std::cell::OnceCell;
use std::collections::BTreeSet;

rule! {
    /// Two changes whose conditions are the same, or one implies the other with an opposite push.
    ///
    /// Two clauses with one condition are one clause: read apart, each looks like another thing to watch, and their weights
    /// add up unseen. Where one condition implies the other and they push an outcome in opposite directions, the
    /// narrower clause takes back what the wider one gives. Conditions are compared by truth table, over what can happen
    /// by the file's chances and `exclusive`, up to twelve names at once.
    ///
    /// Instead: merge them into one `change`; or, where the narrower case was meant apart, exclude it from the wider
    /// one with `and not`.
    SAME_WHEN = "same-when", Change, Warning, fix: None,
    bad: [
        r#"event truce "A truce" { resolves: "Signed by both sides" }
event thaw "Sanctions are lifted" { resolves: "Published in the official journal" }

change calm "The danger passes" {
  when: truce and not thaw
  weight for weakening: moderate
}
change quiet "Fewer troops are needed" {
  when: not (thaw or not truce)
  weight against commitment: moderate
}
"#,
        r#"event truce "A truce" { resolves: "Signed by both sides" }
event thaw "Sanctions are lifted" { resolves: "Published in the official journal" }

change calm "The danger passes" {
  when: truce
  weight for weakening: moderate
}
change trade "Trade resumes" {
  when: truce and thaw
  weight against weakening: moderate
}
"#,
    ],
    good: [
        r#"event truce "A truce" { resolves: "Signed by both sides" }
event thaw "Sanctions are lifted" { resolves: "Published in the official journal" }

change calm "The danger passes" {
  when: truce and not thaw
  weight for weakening: moderate
}
change trade "Trade resumes" {
  when: truce and thaw
  weight against weakening: moderate
}
"#,
    ],
    check: check,
}

fn check(context: &Context) -> Vec<Diagnostic> {
    let assessment = context.assessment;
    let logic = Logic::new(assessment);
    let changes = assessment.drivers.iter().filter_map(|(id, driver)| match &driver.what {
        What::Change { when, .. } => Some((id, when)),
        _ => None,
    });
    let changes: Vec<(DriverId, &Prop)> = changes.collect();
    if changes.len() < 2 {
        return Vec::new();
    }
    // What never holds implies everything, and what always holds follows from everything.
    let plain: Vec<OnceCell<bool>> = vec![OnceCell::new(); changes.len()];
    let is_plain = |i: usize| {
        let (_, when) = changes[i];
        *plain[i].get_or_init(|| logic.never(when).is_none() && logic.always(when).is_none())
    };
    let rests: Vec<BTreeSet<Atom>> = changes.iter().map(|(_, when)| logic.rests(when)).collect();
    let pairs = (0..changes.len()).flat_map(|b| (0..b).map(move |a| (a, b)));
    // What shares no name, not even through what is known of them, is independent.
    let related = pairs.filter(|(a, b)| !rests[*a].is_disjoint(&rests[*b]));
    related
        .filter(|(a, b)| is_plain(*a) && is_plain(*b))
        .take(limits::LINT_PAIRS)
        .filter_map(|(a, b)| pair(context, &logic, changes[a], changes[b]))
        .collect()
}

fn pair(
    context: &Context,
    logic: &Logic,
    (first, first_when): (DriverId, &Prop),
    (second, second_when): (DriverId, &Prop),
) -> Option<Diagnostic> {
    let assessment = context.assessment;
    let name = |driver| assessment.drivers.name(driver);
    let finding = |message: String| {
        Diagnostic::new(&SAME_WHEN, written::condition(context, second), message)
            .other(written::condition(context, first), "the other condition")
    };
    let since = |reason: &Reason| match reason.facts.as_slice() {
        [] => String::new(),
        facts => format!(", since {}", say::list(facts, "and")),
    };
    if let Some(reason) = logic.same(first_when, second_when) {
        let message = format!(
            "`{}` and `{}` are in force in the same cases{}",
            name(first),
            name(second),
            since(&reason)
        );
        let finding = finding(message).label("the same condition");
        return Some(finding.help("merge them into one `change`"));
    }
    let (outcome, horizon) = opposite(context, first, second)?;
    let (narrow, wide, reason) = match logic.implies(first_when, second_when) {
        Some(reason) => (first, second, reason),
        None => (second, first, logic.implies(second_when, first_when)?),
    };
    let message = format!(
        "where `{}` is in force, so is `{}`, and they push `{}` in opposite directions in `{}`{}",
        name(narrow),
        name(wide),
        assessment.outcomes.name(outcome),
        assessment.horizons.name(horizon),
        since(&reason)
    );
    let label = match narrow == second {
        true => "holds only where the other does",
        false => "holds wherever the other does",
    };
    Some(finding(message).label(label).help(format!(
        "exclude the narrower case from the wider: `and not` in the condition of `{}`",
        name(wide)
    )))
}

/// The first outcome and horizon that two changes push in opposite directions.
fn opposite(context: &Context, a: DriverId, b: DriverId) -> Option<(OutcomeId, HorizonId)> {
    let b = directions(context.assessment, b);
    let mut ways = directions(context.assessment, a).into_iter();
    ways.find(|(outcome, horizon, up)| b.contains(&(*outcome, *horizon, !up)))
        .map(|(outcome, horizon, _)| (outcome, horizon))
}
