//! The rule `one-sided`.

use crate::diag::Diagnostic;
use crate::lint::directions::{Direction, directions};
use crate::lint::effect::TIE;
use crate::lint::{Context, written};
use crate::resolve::assessment::{DriverId, DriverKind, OutcomeId};
use crate::resolve::table::Id;
use std::collections::BTreeSet;

rule! {
    /// Two changes or more, and every one of them pushes the same outcome the same way.
    ///
    /// Those who look for what would confirm a view find it, and miss what would refute it (confirmation bias:
    /// Nickerson 1998). A list of changes that all lead one way was most likely drawn up with that one way in mind. A count
    /// is a push of what it counts: a reason against an outcome, counted half, pushes for it. What counts is what the verdict
    /// given the change does: a push that the change's own table or another push outweighs is none.
    ///
    /// Instead: ask what would move the verdict the other way, and add it as a `change`.
    ONE_SIDED = "one-sided", Change, Note, fix: None,
    bad: [
        r#"event truce "A truce" { resolves: "Signed by both sides" }
event cuts "Members cut their budgets" { resolves: "Published figures fall by a tenth" }

change calm "The danger passes" {
  when: truce
  weight for weakening: moderate
}
change anger "Burdens are not shared" {
  when: cuts
  weight for weakening, exit: moderate
}
"#,
    ],
    good: [
        r#"event truce "A truce" { resolves: "Signed by both sides" }
event attack "A member is attacked" { resolves: "The treaty's council says so" }

change calm "The danger passes" {
  when: truce
  weight for weakening: moderate
}
change fear "The alliance is needed" {
  when: attack
  weight against weakening: moderate
}
"#,
    ],
    check: check,
}

fn check(context: &Context) -> Vec<Diagnostic> {
    let assessment = context.assessment;
    let changes = assessment.drivers.iter();
    let changes = changes.filter(|(_, driver)| driver.kind() == DriverKind::Change);
    let changes: Vec<DriverId> = changes.map(|(id, _)| id).collect();
    let [first, others @ ..] = changes.as_slice() else {
        return Vec::new();
    };
    if others.is_empty() {
        return Vec::new();
    }
    // Without a way that all are stated to push no verdict is needed.
    let stated = |change: &DriverId| directions(assessment, *change).into_iter().map(|(outcome, _, up)| (outcome, up));
    let shared = changes.iter().map(|change| stated(change).collect::<BTreeSet<_>>());
    if shared.reduce(|all, own| &all & &own).is_none_or(|shared| shared.is_empty()) {
        // Beyond exact inference the rule has seen nothing all the same.
        context.verdict();
        return Vec::new();
    }
    let ways = |change: &DriverId| -> BTreeSet<(OutcomeId, bool)> {
        let sides = context.sides(*change);
        let bears_out = |(outcome, horizon, up): &Direction| {
            let at = sides.and_then(|all| all.get(horizon.index()));
            let both = at.and_then(|at| at.given.outcomes().zip(at.absent.outcomes()));
            both.is_none_or(|(given, absent)| {
                let moved = given[outcome.index()].value - absent[outcome.index()].value;
                if *up { moved > -TIE } else { moved < TIE }
            })
        };
        let all = directions(assessment, *change).into_iter().filter(bears_out);
        all.map(|(outcome, _, up)| (outcome, up)).collect()
    };
    let each: Vec<_> = changes.iter().map(ways).collect();
    let all_push = |way: &(OutcomeId, bool)| each.iter().all(|ways| ways.contains(way));
    let none_pulls = |way: &(OutcomeId, bool)| each.iter().all(|ways| !ways.contains(&(way.0, !way.1)));
    let mut shared = each[0].iter().filter(|way| all_push(way) && none_pulls(way));
    let Some((outcome, up)) = shared.next() else {
        return Vec::new();
    };
    let name = assessment.outcomes.name(*outcome);
    let (way, other) = match up {
        true => ("for", "against"),
        false => ("against", "for"),
    };
    let mut finding = Diagnostic::new(
        &ONE_SIDED,
        written::place(context, *first),
        format!(
            "{} push {way} `{name}`, and none {other} it",
            match changes.len() {
                2 => "both changes".to_owned(),
                n => format!("all {n} changes"),
            }
        ),
    )
    .label(format!("{way} `{name}`"))
    .help(format!("what would push {other} `{name}`? add it as a `change`"));
    for change in others {
        finding = finding.other(written::place(context, *change), format!("{way} `{name}` too"));
    }
    vec![finding]
}
