//! The rule `double-count`.

use crate::diag::{Diagnostic, Fix};
use crate::diag::suggest::list;
use crate::lint::Context;
use crate::lint::alike::{User, groups, overlaps};
use crate::lint::evidence::{head, key, of};
use crate::resolve::assessment::{DriverId, DriverKind, Text};
use indexmap::IndexMap;

rule! {
    /// Two factors push one outcome the same way on the same source, and no `overlap` says so.
    ///
    /// Weights multiply as if the reasons were independent. Two that come from one report are not:
    /// if the report is wrong, both are. Counting it twice is the commonest way to a verdict that
    /// is surer than its evidence. What follows a source's first comma does not make it another: "Reuters, 3 March" and
    /// "Reuters, 5 March" are one agency. Dates belong in `dated:`.
    ///
    /// Say how much they share: `overlap 50%: budget, votes`. The strongest counts in full and
    /// the next for the rest. Or make one factor of them, with both items of evidence.
    DOUBLE_COUNT = "double-count", Evidence, Warning, fix: Unsafe,
    bad: [
        r#"factor budget "The budget is cut" {
  weight for exit: moderate
  evidence "The bill cuts a tenth" { source: "A member's aide", rated: A2 }
}
factor votes "The votes are there" {
  weight for exit: weak
  evidence "The last count" { source: "A member's aide", rated: A2 }
}
"#,
        r#"factor budget "The budget is cut" {
  weight for exit: moderate
  evidence "The bill cuts a tenth" { source: "Reuters, 3 February", rated: A2 }
}
factor votes "The votes are there" {
  weight for exit: weak
  evidence "The last count" { source: "Reuters, 5 February", rated: A2 }
}
"#,
    ],
    good: [
        r#"factor budget "The budget is cut" {
  weight for exit: moderate
  evidence "The bill cuts a tenth" { source: "A member's aide", rated: A2 }
}
factor votes "The votes are there" {
  weight for exit: weak
  evidence "The last count" { source: "A member's aide", rated: A2 }
}
overlap 50%: budget, votes
"#,
        r#"factor budget "The budget is cut" {
  weight for exit: moderate
  evidence "The bill cuts a tenth" { source: "Reuters", rated: A2, dated: 2025-02-03 }
}
factor votes "The votes are there" {
  weight for exit: weak
  evidence "The last count" { source: "The clerk's journal", rated: A2, dated: 2025-02-05 }
}
"#,
    ],
    check: check,
}

/// How much the fix says that they share: for a person to judge.
const SHARE: &str = "50%";

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
    let overlaps = overlaps(assessment);
    let mut reported: Vec<Vec<DriverId>> = Vec::new();
    let mut found = Vec::new();
    for users in by_source.values().filter(|users| users.len() > 1) {
        let user = |&(driver, source)| User::new(assessment, &overlaps, driver, source);
        for group in groups(users.iter().map(user)) {
            let ids: Vec<DriverId> = group.iter().map(|g| g.driver).collect();
            if !reported.iter().any(|r| ids.iter().all(|d| r.contains(d))) {
                found.extend(report(context, &group));
                reported.push(ids);
            }
        }
    }
    found
}

fn report(context: &Context, group: &[User]) -> Option<Diagnostic> {
    let assessment = context.assessment;
    let (first, last) = (group.first()?, group.last()?);
    let pairs = group.iter().flat_map(|a| group.iter().map(move |b| (a, b)));
    let (_, pushed, up) = pairs.filter(|(a, b)| a.driver < b.driver).find_map(|(a, b)| a.pushes_like(b))?;
    let names: Vec<&str> = group.iter().map(|g| assessment.drivers.name(g.driver)).collect();
    let mut diagnostic = Diagnostic::new(
        &DOUBLE_COUNT,
        last.source.span,
        format!(
            "{} {} push `{}` {} on one source, \"{}\"",
            list(&names, "and"),
            if names.len() == 2 { "both" } else { "all" },
            pushed.name(assessment),
            if up { "up" } else { "down" },
            head(last.source)
        ),
    )
    .label(format!("counted again in `{}`", assessment.drivers.name(last.driver)))
    .other(first.source.span, format!("first in `{}`", assessment.drivers.name(first.driver)))
    .help(format!(
        "say how much they share, `overlap {SHARE}: {}`, or make one factor of them",
        names.join(", ")
    ));
    for user in &group[1..group.len() - 1] {
        diagnostic = diagnostic.other(user.source.span, format!("again in `{}`", assessment.drivers.name(user.driver)));
    }
    let here = |d: DriverId| assessment.drivers[d].span;
    let own_file = group.iter().map(|g| here(g.driver)).filter(|s| s.file == assessment.file);
    let after = own_file.max_by_key(|s| s.end)?;
    let text = &context.sources.source(assessment.file).text;
    // At the line's end, so that a comment behind the block stays behind it.
    let line_end = text[after.end as usize..]
        .find(['\r', '\n'])
        .map_or(text.len(), |i| after.end as usize + i);
    let line_break = if text[line_end..].starts_with('\r') { "\r\n" } else { "\n" };
    let at = crate::text::source::Span::new(assessment.file, line_end, line_end);
    let item = format!("{line_break}overlap {SHARE}: {}", names.join(", "));
    Some(diagnostic.fix(Fix::risky("say that they share half", at, item)))
}
