//! The rule `stale`.

use crate::text::decimal::fixed;
use crate::diag::Diagnostic;
use crate::lint::evidence::{Item, items};
use crate::lint::{Context, Settings, law};
use crate::resolve::assessment::{Assessment, Dated};

rule! {
    /// Evidence is older at `as of` than two years, or than the time that the assessment looks
    /// ahead, whichever is shorter.
    ///
    /// Positions, forces and laws change. Who forecasts a year ahead from a report three years old
    /// assumes that four years have changed nothing. The time ahead ends with the last horizon that
    /// has an end; an open one says nothing of how far ahead the assessment really looks. Where a
    /// factor rests on something newer as well, only that counts. A law, a treaty, a constitution does not go
    /// stale while it is in force: an item that names one is left alone.
    ///
    /// Look for something newer, or say in a `note:` why it still holds and allow the rule. What
    /// says how often something happens over a long time belongs in the prior's `source:`.
    STALE = "stale", Evidence, Warning, fix: None,
    bad: [
        r#"factor budget "The budget is cut" {
  weight for weakening: weak
  evidence "The bill cuts a tenth" { source: "The gazette", rated: A2, dated: 2022-11-30 }
}
"#,
    ],
    good: [
        r#"factor budget "The budget is cut" {
  weight for weakening: weak
  evidence "The bill cuts a tenth" { source: "The gazette", rated: A2, dated: 2024-11-30 }
}
"#,
        r#"factor bar "Leaving takes a vote of the parliament" {
  weight against exit: moderate
  evidence "The statute, section 4" { source: "The gazette", rated: A2, dated: 1998-05-02 }
}
factor budget "The budget is cut" {
  weight for weakening: weak
  evidence "The bill cuts a tenth" { source: "The minister", rated: A2, dated: 2022-11-30 }
  evidence "The next one cuts as much" { source: "The minister", rated: A2, dated: 2024-11-28 }
}
"#,
    ],
    check: check,
}

fn check(context: &Context) -> Vec<Diagnostic> {
    let assessment = context.assessment;
    let ahead = ahead(assessment);
    let limit = limit(assessment, context.settings);
    let mut found = Vec::new();
    let all = items(assessment);
    let date = |item: &Item| Some(item.evidence.dated.as_ref()?.node);
    let newer = |item: &Item, than: Dated| {
        let known = |d: Dated| d.last() > than.last() && d.first() <= assessment.as_of;
        all.iter().any(|i| i.driver == item.driver && date(i).is_some_and(known))
    };
    for item in &all {
        let Some(dated) = &item.evidence.dated else {
            continue;
        };
        let Ok(age) = dated.node.last().until(assessment.as_of).map(|span| span.get_days()) else {
            continue;
        };
        if f64::from(age) <= limit || newer(item, dated.node) || law::is_named(item) {
            continue;
        }
        let why = match ahead {
            Some(days) if days <= limit => {
                format!("and the assessment looks {} days ahead", fixed(limit, 0))
            }
            _ => format!("and counts as fresh for {}", fixed(limit, 0)),
        };
        found.push(
            Diagnostic::new(
                &STALE,
                dated.span,
                format!("this evidence for {} is {age} days old, {why}", item.holder(assessment)),
            )
            .label(format!("{age} days before `as of`"))
            .help("find something newer, or say why it still holds and allow this"),
        );
    }
    found
}

/// How many days old evidence may be at `as of`.
pub(crate) fn limit(assessment: &Assessment, settings: &Settings) -> f64 {
    let after = settings.stale_after;
    ahead(assessment).map_or(after, |days| days.min(after))
}

/// The days to the end of the last horizon that has a stated one; none where the file asks what is so.
fn ahead(assessment: &Assessment) -> Option<f64> {
    // What asks what is so looks nowhere ahead.
    if assessment.timeless {
        return None;
    }
    let ends = assessment.horizons.values().filter(|h| !h.open).map(|h| h.days);
    ends.reduce(f64::max)
}
