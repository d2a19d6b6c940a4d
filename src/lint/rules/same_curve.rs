//! The rule `same-curve`.

use crate::diag::Diagnostic;
use crate::lint::evidence::{key, of};
use crate::lint::{Context, say, walk};
use crate::resolve::assessment::{DriverId, What};
use crate::text::blanks::single;
use indexmap::IndexMap;
use std::collections::BTreeSet;

rule! {
    /// Three events or more with the same chances, at least one of them weighted or asked about.
    ///
    /// Different things seldom are equally likely at every horizon. The same numbers again and again most often are one number that was copied, or
    /// one judgement ("likely") that was made of all of them at once; each of them then looks like a judgement of its own. Events that exclude each other,
    /// and events that rest on one source, are left alone.
    ///
    /// Instead: judge each by itself, and say in a `note:` what sets it apart; name the source that they share; or make one
    /// event of them.
    SAME_CURVE = "same-curve", Probability, Note, fix: None,
    bad: [
        r#"event strike "The pilots strike" {
  resolves: "Called by the union"
  chance: 2% by short, 4% by medium, 6% by long
  weight for weakening: weak
}
event recall "An envoy is recalled" {
  resolves: "The ministry says so"
  chance: 2% by short, 4% by medium, 6% by long
  weight for weakening: weak
}
event audit "The audit fails" {
  resolves: "The court of auditors says so"
  chance: 2% by short, 4% by medium, 6% by long
  weight for exit: strong
}
"#,
    ],
    good: [
        r#"event strike "The pilots strike" {
  resolves: "Called by the union"
  chance: 2% by short, 4% by medium, 6% by long
  weight for weakening: weak
}
event recall "An envoy is recalled" {
  resolves: "The ministry says so"
  chance: 3% by short, 5% by medium, 6% by long
  weight for weakening: weak
}
event audit "The audit fails" {
  resolves: "The court of auditors says so"
  chance: 1% by short, 3% by medium, 7% by long
  weight for exit: strong
}
"#,
    ],
    check: check,
}

/// So few events may have the same chances.
const FEW: usize = 3;

/// How many events a finding points at beside the first.
const LABELS: usize = 8;

fn check(context: &Context) -> Vec<Diagnostic> {
    let assessment = context.assessment;
    let mut by_text: IndexMap<String, Vec<DriverId>> = IndexMap::new();
    for (id, driver) in assessment.drivers.iter() {
        if let What::Event(rows) = &driver.what
            && !rows.is_empty()
            && driver.span.file == assessment.file
        {
            let text = rows.iter().map(|row| single(context.sources.text(row.clause.span)));
            let text: Vec<String> = text.collect();
            by_text.entry(text.join(" ")).or_default().push(id);
        }
    }
    by_text.retain(|_, events| events.len() >= FEW);
    if by_text.is_empty() {
        return Vec::new();
    }
    let mut named: BTreeSet<DriverId> = BTreeSet::new();
    for (_, prop) in walk::propositions(assessment) {
        walk::names(prop, &mut |driver| {
            named.insert(driver);
        });
    }
    let matters = |id: &DriverId| {
        let driver = &assessment.drivers[*id];
        driver.pushes() || named.contains(id)
    };
    let excluded = |events: &[DriverId]| {
        let mut groups = assessment.exclusives.iter();
        groups.any(|group| events.iter().all(|e| group.members.contains(e)))
    };
    let sources = |id: DriverId| -> BTreeSet<String> {
        let own = assessment.drivers[id].prose.source.iter().map(key);
        of(assessment, id).iter().filter_map(|item| Some(key(item.source()?))).chain(own).collect()
    };
    let shared = |events: &[DriverId]| {
        let all = events.iter().map(|e| sources(*e));
        all.reduce(|a, b| &a & &b).is_some_and(|common| !common.is_empty())
    };
    let groups = by_text.values().filter(|events| {
        events.iter().any(matters) && !excluded(events) && !shared(events)
    });
    groups.map(|events| report(context, events)).collect()
}

fn report(context: &Context, events: &[DriverId]) -> Diagnostic {
    let assessment = context.assessment;
    let names = say::names(assessment, events);
    let span = |id: DriverId| match &assessment.drivers[id].what {
        What::Event(rows) => rows.first().map(|row| row.clause.span),
        _ => None,
    };
    let own = |id: DriverId| span(id).unwrap_or(assessment.drivers[id].name.span);
    let mut finding = Diagnostic::new(
        &SAME_CURVE,
        own(events[0]),
        format!("{} have the same chances, as if they were one judgement", say::list(&names, "and")),
    )
    .label("here first")
    .help("judge each by itself, name the source that they share, or make one event of them");
    for event in events.iter().skip(1).take(LABELS) {
        finding = finding.other(own(*event), "again");
    }
    finding
}
