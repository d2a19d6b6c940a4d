//! The rule `unobservable`.

use crate::diag::Diagnostic;
use crate::lint::{Context, say};
use crate::resolve::assessment::DriverKind;
use crate::text::source::{SourceMap, Span};

rule! {
    /// Events that do not say how one would know that they happened.
    ///
    /// A forecast passes the clairvoyant's test when somebody who sees the future can answer it without asking what was meant
    /// (Spetzler and Staël von Holstein 1975). "Tensions rise" fails it. An event without `resolves:` can be watched for by nobody,
    /// and people will differ about whether it came.
    ///
    /// There is one finding for a file, with all their names. An `allow` above an event takes that one out of it.
    ///
    /// Instead: say in `resolves:` what one would see, where, and at which threshold.
    UNOBSERVABLE = "unobservable", Change, Note, fix: None,
    bad: [
        r#"event drift "Members drift apart" {
  chance: 4% by short, 9% by medium, 16% by long
  weight for weakening: moderate
}
"#,
    ],
    good: [
        r#"event drift "Members drift apart" {
  resolves: "A member closes its bases to another"
  chance: 4% by short, 9% by medium, 16% by long
  weight for weakening: moderate
}
"#,
    ],
    check: check, join: join,
}

fn check(context: &Context) -> Vec<Diagnostic> {
    let assessment = context.assessment;
    let events = assessment.drivers.values().filter(|driver| {
        driver.kind() == DriverKind::Event
            && driver.span.file == assessment.file
            && driver.prose.resolves.is_none()
    });
    events.map(|driver| finding(&[driver.name.node.as_str()], driver.name.span)).collect()
}

fn finding(names: &[&str], first: Span) -> Diagnostic {
    let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    let (names, has) = (say::list(&names, "and"), if names.len() == 1 { "has" } else { "have" });
    Diagnostic::new(
        &UNOBSERVABLE,
        first,
        format!("nothing says how one would know that {names} {has} happened"),
    )
    .label("no `resolves:`")
    .help("add `resolves:` with what one would see, where, and at which threshold")
}

/// How many events a finding points at beside the first.
const LABELS: usize = 8;

/// One finding for all events, in the file's order.
fn join(found: &[Diagnostic], sources: &SourceMap) -> Option<Diagnostic> {
    let spans: Vec<Span> = found.iter().map(|d| d.primary.span).collect();
    let names: Vec<&str> = spans.iter().map(|span| sources.text(*span)).collect();
    let mut joined = finding(&names, *spans.first()?);
    for span in spans.iter().skip(1).take(LABELS) {
        joined = joined.other(*span, "nor here");
    }
    Some(joined)
}
