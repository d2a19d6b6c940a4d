//! The rule `hindsight`.

use crate::diag::Diagnostic;
use crate::lint::Context;
use crate::lint::evidence::items;

rule! {
    /// Evidence is dated after `as of`.
    ///
    /// An assessment says what could be known on its day. A report from later makes its record look
    /// better than it was, and its horizons are counted from a day before the news: hindsight
    /// (Fischhoff 1975).
    ///
    /// Correct the date, or move `as of:` to the day on which you judge and restate the chances. A
    /// month for a date, `2025-03`, fits any day of that month.
    HINDSIGHT = "hindsight", Evidence, Warning, fix: None,
    bad: [
        r#"factor budget "The budget is cut" {
  weight for weakening: weak
  evidence "The bill cuts a tenth" { source: "The gazette", rated: A2, dated: 2025-11-30 }
}
"#,
    ],
    good: [
        r#"factor budget "The budget is cut" {
  weight for weakening: weak
  evidence "The bill cuts a tenth" { source: "The gazette", rated: A2, dated: 2025-03 }
}
"#,
    ],
    check: check,
}

fn check(context: &Context) -> Vec<Diagnostic> {
    let assessment = context.assessment;
    let mut found = Vec::new();
    for item in items(assessment) {
        let Some(dated) = &item.evidence.dated else {
            continue;
        };
        // A month may mean any day of it.
        if dated.node.first() <= assessment.as_of {
            continue;
        }
        let mut diagnostic = Diagnostic::new(
            &HINDSIGHT,
            dated.span,
            format!(
                "this evidence for {} is from after the assessment's day, {}",
                item.holder(assessment),
                assessment.as_of
            ),
        )
        .label("could not be known then")
        .help("correct the date, or move `as of:` and restate the chances");
        if let Some(as_of) = assessment.as_of_span {
            diagnostic = diagnostic.other(as_of, "all time counts from here");
        }
        found.push(diagnostic);
    }
    found
}
