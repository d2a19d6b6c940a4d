//! The rule `one-channel`.

use crate::diag::Diagnostic;
use crate::lint::alike::{User, groups, overlaps};
use crate::lint::evidence::{key, of};
use crate::lint::{Context, channel, say};
use crate::resolve::assessment::{DriverId, What};
use crate::resolve::table::Id;
use indexmap::IndexMap;
use std::collections::BTreeSet;

rule! {
    /// Sources that are several by name push one outcome one way, and all come through one channel.
    ///
    /// "A minister, through the agency" and "a general, as reported in the agency's bulletin" are two voices and one pair of ears. If the channel chooses, mistranslates
    /// or invents, all of them are wrong at once, and what looks like confirmation is an echo: Curveball's reports came through one service
    /// only, under several names (Silberman and Robb 2005). A channel is what stands behind `through`, `via`, `citing`, `as reported in` and the like.
    ///
    /// Instead: look for one that does not come through it; or say how much the reasons share, `overlap 50%: budget, votes`.
    ONE_CHANNEL = "one-channel", Evidence, Note, fix: None,
    bad: [
        r#"factor budget "The budget is cut" {
  weight for weakening: weak
  evidence "The bill cuts a tenth" { source: "The minister, through the agency" }
}
factor votes "The votes are there" {
  weight for weakening: weak
  evidence "The last count" { source: "A whip, through the agency" }
}
"#,
    ],
    good: [
        r#"factor budget "The budget is cut" {
  weight for weakening: weak
  evidence "The bill cuts a tenth" { source: "The minister, through the agency" }
}
factor votes "The votes are there" {
  weight for weakening: weak
  evidence "The last count" { source: "The clerk's journal" }
}
"#,
    ],
    check: check,
}

/// How many items a finding points at beside the first.
const LABELS: usize = 8;

fn check(context: &Context) -> Vec<Diagnostic> {
    let assessment = context.assessment;
    let mut by_channel: IndexMap<String, Vec<(DriverId, &crate::resolve::assessment::Text)>> = IndexMap::new();
    for (id, driver) in assessment.drivers.iter() {
        let pushes = !driver.weights.is_empty() || driver.likelihood.is_some();
        if !pushes || !matches!(driver.what, What::Factor(_) | What::Event(_)) {
            continue;
        }
        let cited = of(assessment, id).into_iter().filter_map(|item| item.source());
        for source in cited.chain(driver.prose.source.as_ref()) {
            let Some(channel) = channel::of(&source.node) else {
                continue;
            };
            let users = by_channel.entry(channel.to_lowercase()).or_default();
            // One driver's sources follow each other.
            if users.last().is_none_or(|(d, _)| *d != id) {
                users.push((id, source));
            }
        }
    }
    let overlaps = overlaps(assessment);
    let several = by_channel.values().filter(|users| users.len() > 1);
    let found = several.filter_map(|users| {
        let users = users.iter().map(|&(driver, source)| User::new(assessment, &overlaps, driver, source));
        let mut groups = groups(users);
        // One source alone is `double-count`'s.
        groups.retain(|group| group.iter().map(|u| key(u.source)).collect::<BTreeSet<_>>().len() > 1);
        let most = groups.into_iter().reduce(|a, b| if b.len() > a.len() { b } else { a })?;
        report(context, &most)
    });
    found.collect()
}

fn report(context: &Context, group: &[User]) -> Option<Diagnostic> {
    let assessment = context.assessment;
    let (first, others) = group.split_first()?;
    let pairs = group.iter().flat_map(|a| group.iter().map(move |b| (a, b)));
    let (up, place) = pairs
        .filter(|(a, b)| a.driver < b.driver)
        .find_map(|(a, b)| a.pushes_like(b).map(|place| (a.signs[place] > 0, place)))?;
    let outcome = assessment.outcomes.ids().nth(place % assessment.outcomes.len())?;
    let names: Vec<&str> = group.iter().map(|g| assessment.drivers.name(g.driver)).collect();
    let quoted: Vec<String> = names.iter().map(|n| format!("`{n}`")).collect();
    let mut finding = Diagnostic::new(
        &ONE_CHANNEL,
        first.source.span,
        format!(
            "{} push outcomes the same way, `{}` {} among them, on what comes through one channel, \"{}\"",
            say::list(&quoted, "and"),
            assessment.outcomes.name(outcome),
            if up { "up" } else { "down" },
            channel::of(&first.source.node)?,
        ),
    )
    .label("heard through it")
    .help(format!(
        "look for one that does not come through it, or say how much they share, `overlap 50%: {}`",
        names.join(", ")
    ));
    for user in others.iter().take(LABELS) {
        finding = finding.other(user.source.span, "through it too");
    }
    Some(finding)
}
