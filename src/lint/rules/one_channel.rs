//! The rule `one-channel`.

use crate::diag::Diagnostic;
use crate::infer::confidence::sources::endings;
use crate::lint::alike::{User, groups, overlaps};
use crate::lint::evidence::{key, of};
use crate::lint::{Context, say};
use crate::resolve::assessment::{DriverId, Text, What};
use indexmap::IndexSet;
use std::collections::BTreeSet;

rule! {
    /// Sources that look separate by name push one outcome the same way, and all come through one channel.
    ///
    /// "A minister, through the agency" and "a general, as reported in the agency's bulletin" are two voices and one pair of ears. If the channel chooses, mistranslates
    /// or invents, all of them are wrong at once, and what looks like confirmation is an echo: Curveball's reports came through one service
    /// only, under several names (Silberman and Robb 2005). A channel is what stands behind `through`, `via`, `citing`, `as reported in` and the like.
    ///
    /// Instead: look for one that does not come through it; or say how much the reasons share, `overlap 50%: budget, votes`.
    ONE_CHANNEL = "one-channel", Evidence, Note, fix: None,
    bad: [
        r#"factor budget "The budget is cut" {
  weight for exit: weak
  evidence "The bill cuts a tenth" { source: "The minister, through the agency", rated: A2 }
}
factor votes "The votes are there" {
  weight for exit: weak
  evidence "The last count" { source: "A whip, through the agency", rated: A2 }
}
"#,
    ],
    good: [
        r#"factor budget "The budget is cut" {
  weight for exit: weak
  evidence "The bill cuts a tenth" { source: "The minister, through the agency", rated: A2 }
}
factor votes "The votes are there" {
  weight for exit: weak
  evidence "The last count" { source: "The clerk's journal", rated: A2 }
}
"#,
    ],
    check: check,
}

/// How many items a finding points at beside the first.
const LABELS: usize = 8;

fn check(context: &Context) -> Vec<Diagnostic> {
    let assessment = context.assessment;
    let mut cited: Vec<(DriverId, &Text, Vec<String>)> = Vec::new();
    for (id, driver) in assessment.drivers.iter() {
        let pushes = driver.pushes() || !driver.event_weights.is_empty() || !driver.moves.is_empty();
        if !pushes || !matches!(driver.what, What::Factor(_) | What::Event(_)) {
            continue;
        }
        let sources = of(assessment, id).into_iter().filter_map(|item| item.source());
        let sources = sources.chain(driver.prose.source.as_ref());
        cited.extend(sources.map(|source| (id, source, endings(&source.node))));
    }
    // The first ending is the source itself, the others are channels.
    let channels = cited.iter().flat_map(|(_, _, endings)| endings.iter().skip(1));
    let channels: IndexSet<&String> = channels.collect();
    let overlaps = overlaps(assessment);
    let mut said: BTreeSet<Vec<DriverId>> = BTreeSet::new();
    let mut found = Vec::new();
    for channel in channels {
        let mut users: Vec<(DriverId, &Text)> = Vec::new();
        for (id, source, endings) in &cited {
            // One driver's sources follow each other.
            if endings.contains(channel) && users.last().is_none_or(|(d, _)| d != id) {
                users.push((*id, source));
            }
        }
        let users = users.into_iter().map(|(driver, source)| User::new(assessment, &overlaps, driver, source));
        let mut groups = groups(users);
        // One source alone is `double-count`'s.
        groups.retain(|group| group.iter().map(|u| key(u.source)).collect::<BTreeSet<_>>().len() > 1);
        for mut group in groups {
            group.sort_by_key(|user| user.driver);
            if said.insert(group.iter().map(|user| user.driver).collect()) {
                found.extend(report(context, channel, &group));
            }
        }
    }
    found
}

/// A channel as the first source that names it writes it.
fn written<'a>(channel: &'a str, group: &[User<'a>]) -> &'a str {
    let mut texts = group.iter().filter_map(|user| {
        let text = user.source.node.as_str();
        let at = text.to_lowercase().rfind(channel)?;
        text.get(at..at + channel.len())
    });
    texts.find(|text| text.to_lowercase() == channel).unwrap_or(channel)
}

fn report(context: &Context, channel: &str, group: &[User]) -> Option<Diagnostic> {
    let assessment = context.assessment;
    let (first, others) = group.split_first()?;
    let pairs = group.iter().flat_map(|a| group.iter().map(move |b| (a, b)));
    let (_, pushed, up) = pairs.filter(|(a, b)| a.driver < b.driver).find_map(|(a, b)| a.pushes_like(b))?;
    let names: Vec<&str> = group.iter().map(|g| assessment.drivers.name(g.driver)).collect();
    let quoted: Vec<String> = names.iter().map(|n| format!("`{n}`")).collect();
    let mut finding = Diagnostic::new(
        &ONE_CHANNEL,
        first.source.span,
        format!(
            "{} push the same way, `{}` {}, on what comes through one channel, \"{}\"",
            say::list(&quoted, "and"),
            pushed.name(assessment),
            if up { "up" } else { "down" },
            written(channel, group),
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
