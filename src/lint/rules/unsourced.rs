//! The rule `unsourced`.

use crate::diag::Diagnostic;
use crate::lint::Context;
use crate::lint::evidence::items;

rule! {
    /// Evidence names no source.
    ///
    /// Nobody can check, rate or discount what comes from nowhere, nor see that two reasons rest on
    /// one report. ICD 203 asks first that analysis "properly describes quality and credibility of
    /// underlying sources, data, and methodologies".
    ///
    /// Say who says so: `source: "Pentagon briefing, 14 February"`. A `source:` of the whole block
    /// counts for each of its items.
    UNSOURCED = "unsourced", Evidence, Warning, fix: None,
    bad: [
        r#"factor budget "The budget is cut" {
  weight for weakening: weak
  evidence "The bill cuts a tenth"
}
"#,
    ],
    good: [
        r#"factor budget "The budget is cut" {
  weight for weakening: weak
  evidence "The bill cuts a tenth" { source: "The gazette", rated: A2 }
}
"#,
    ],
    check: check,
}

fn check(context: &Context) -> Vec<Diagnostic> {
    let assessment = context.assessment;
    let without = items(assessment).into_iter().filter(|i| i.source().is_none());
    without
        .map(|item| {
            Diagnostic::new(
                &UNSOURCED,
                item.span(),
                format!("this evidence for {} names no source", item.holder(assessment)),
            )
            .label("who says so?")
            .help("add `source: \"…\"` to it")
        })
        .collect()
}
