//! The rule `double-count`.

use crate::diag::{Diagnostic, Fix};
use crate::diag::suggest::list;
use crate::lint::Context;
use crate::lint::evidence::{key, of};
use crate::lint::pushes::own;
use crate::resolve::assessment::{Assessment, DriverId, DriverKind, OutcomeId, Text};
use crate::resolve::table::Id;
use indexmap::IndexMap;

rule! {
    /// Two factors push one outcome the same way on the same source, and no `overlap` says so.
    ///
    /// Weights multiply as if the reasons were independent. Two that come from one report are not:
    /// if the report is wrong, both are. Counting it twice is the commonest way to a verdict that
    /// is surer than its evidence.
    ///
    /// Say how much they share: `overlap 50%: budget, votes`. The strongest counts in full and
    /// the next for the rest. Or make one factor of them, with both items of evidence.
    DOUBLE_COUNT = "double-count", Evidence, Warning, fix: Unsafe,
    bad: [
        r#"factor budget "The budget is cut" {
  weight for exit: moderate
  evidence "The bill cuts a tenth" { source: "A member's aide" }
}
factor votes "The votes are there" {
  weight for exit: weak
  evidence "The last count" { source: "A member's aide" }
}
"#,
    ],
    good: [
        r#"factor budget "The budget is cut" {
  weight for exit: moderate
  evidence "The bill cuts a tenth" { source: "A member's aide" }
}
factor votes "The votes are there" {
  weight for exit: weak
  evidence "The last count" { source: "A member's aide" }
}
overlap 50%: budget, votes
"#,
    ],
    check: check,
}

/// How much the fix says that they share: for a person to judge.
const SHARE: &str = "50%";

/// A push nearer to 0 than this is none.
const NOTHING: f64 = 1e-12;

fn check(context: &Context) -> Vec<Diagnostic> {
    let assessment = context.assessment;
    let mut by_source: IndexMap<String, Vec<(DriverId, &Text)>> = IndexMap::new();
    for (id, driver) in assessment.drivers.iter() {
        if driver.kind() != DriverKind::Factor {
            continue;
        }
        let cited = of(assessment, id).into_iter().filter_map(|item| item.source());
        for source in cited.chain(driver.prose.source.as_ref()) {
            let users = by_source.entry(key(source)).or_default();
            // One driver's sources follow each other.
            if users.last().is_none_or(|(d, _)| *d != id) {
                users.push((id, source));
            }
        }
    }
    let mut reported: Vec<Vec<DriverId>> = Vec::new();
    let mut found = Vec::new();
    for users in by_source.values() {
        for group in groups(assessment, users) {
            let ids: Vec<DriverId> = group.iter().map(|g| g.0).collect();
            if !reported.iter().any(|r| ids.iter().all(|d| r.contains(d))) {
                found.extend(report(context, &group));
                reported.push(ids);
            }
        }
    }
    found
}

/// The users of a source in groups of which each member double counts with another.
fn groups<'a>(assessment: &Assessment, users: &[(DriverId, &'a Text)]) -> Vec<Vec<(DriverId, &'a Text)>> {
    let mut groups: Vec<Vec<(DriverId, &Text)>> = Vec::new();
    for user in users {
        let linked = |group: &Vec<(DriverId, &Text)>| {
            group.iter().any(|other| pushed_alike(assessment, user.0, other.0).is_some())
        };
        let (joined, mut others): (Vec<_>, Vec<_>) = groups.into_iter().partition(linked);
        let mut group: Vec<_> = joined.into_iter().flatten().collect();
        group.push(*user);
        others.push(group);
        groups = others;
    }
    groups.retain(|g| g.len() > 1);
    groups
}

/// An outcome that both push the same way in one horizon, if no overlap holds both.
fn pushed_alike(assessment: &Assessment, a: DriverId, b: DriverId) -> Option<(OutcomeId, bool)> {
    let shared = |o: &crate::resolve::assessment::Overlap| o.members.contains(&a) && o.members.contains(&b);
    if assessment.overlaps.iter().any(shared) {
        return None;
    }
    assessment.horizons.ids().find_map(|h| {
        let pushes = |d: DriverId| own(assessment, &assessment.drivers[d], h);
        let (a, b) = (pushes(a), pushes(b));
        let alike = |o: &OutcomeId| {
            let (a, b) = (a[o.index()], b[o.index()]);
            a * b > 0.0 && a.abs().min(b.abs()) > NOTHING
        };
        let outcome = assessment.outcomes.ids().find(alike)?;
        Some((outcome, a[outcome.index()] > 0.0))
    })
}

fn report(context: &Context, group: &[(DriverId, &Text)]) -> Option<Diagnostic> {
    let assessment = context.assessment;
    let (last, source) = *group.last()?;
    let (first, other) = *group.first()?;
    let pairs = group.iter().flat_map(|a| group.iter().map(move |b| (a.0, b.0)));
    let (outcome, up) = pairs
        .filter(|(a, b)| a < b)
        .find_map(|(a, b)| pushed_alike(assessment, a, b))?;
    let names: Vec<&str> = group.iter().map(|g| assessment.drivers.name(g.0)).collect();
    let mut diagnostic = Diagnostic::new(
        &DOUBLE_COUNT,
        source.span,
        format!(
            "{} {} push `{}` {} on one source, \"{}\"",
            list(&names, "and"),
            if names.len() == 2 { "both" } else { "all" },
            assessment.outcomes[outcome].name.node,
            if up { "up" } else { "down" },
            source.node
        ),
    )
    .label(format!("counted again in `{}`", assessment.drivers.name(last)))
    .other(other.span, format!("first in `{}`", assessment.drivers.name(first)))
    .help(format!(
        "say how much they share, `overlap {SHARE}: {}`, or make one factor of them",
        names.join(", ")
    ));
    for (driver, source) in &group[1..group.len() - 1] {
        diagnostic = diagnostic.other(source.span, format!("again in `{}`", assessment.drivers.name(*driver)));
    }
    let here = |d: DriverId| assessment.drivers[d].span;
    let own_file = group.iter().map(|g| here(g.0)).filter(|s| s.file == assessment.file);
    let after = own_file.max_by_key(|s| s.end)?;
    let text = &context.sources.source(assessment.file).text;
    // At the line's end, so that a comment behind the block stays behind it.
    let line_end = text[after.end as usize..]
        .find(['\r', '\n'])
        .map_or(text.len(), |i| after.end as usize + i);
    let line_break = if text[line_end..].starts_with('\r') { "\r\n" } else { "\n" };
    let at = crate::source::Span::new(assessment.file, line_end, line_end);
    let item = format!("{line_break}overlap {SHARE}: {}", names.join(", "));
    Some(diagnostic.fix(Fix::risky("say that they share half", at, item)))
}
