//! The rule `unobservable`.

use crate::diag::Diagnostic;
use crate::lint::Context;
use crate::resolve::assessment::DriverKind;

rule! {
    /// An event that does not say how one would know that it happened.
    ///
    /// A forecast passes the clairvoyant's test when somebody who sees the future can answer it without asking what was meant
    /// (Spetzler and Staël von Holstein 1975). "Tensions rise" fails it. An event without `resolves:` can be watched for by nobody,
    /// and people will differ about whether it came.
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
    check: check,
}

fn check(context: &Context) -> Vec<Diagnostic> {
    let assessment = context.assessment;
    let events = assessment.drivers.iter().filter(|(_, driver)| {
        driver.kind() == DriverKind::Event
            && driver.span.file == assessment.file
            && driver.prose.resolves.is_none()
    });
    events
        .map(|(id, driver)| {
            Diagnostic::new(
                &UNOBSERVABLE,
                driver.name.span,
                format!(
                    "nothing says how one would know that `{}` has happened",
                    assessment.drivers.name(id)
                ),
            )
            .label("no `resolves:`")
            .help("add `resolves:` with what one would see, where, and at which threshold")
        })
        .collect()
}
