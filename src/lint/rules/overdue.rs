//! The rule `overdue`.

use crate::diag::Diagnostic;
use crate::lint::Context;

rule! {
    /// A horizon that has ended and of which nothing says what came true.
    ///
    /// Scores are learned from only where they are kept (Tetlock and Gardner 2015, ch. 3), and what is not written down soon is
    /// remembered as one would have liked it. The rule is quiet unless told the day, by `--today` or `[lint] today`, so that old files are
    /// not found wanting by the clock. The example is read on 1 March 2025. A final
    /// outcome that has come settles every later horizon too. An open horizon never ends.
    ///
    /// Instead: add `resolved: OUTCOME in HORIZON on DATE`, or `resolved: void in HORIZON on DATE`.
    OVERDUE = "overdue", Upkeep, Warning, fix: None,
    bad: [
        r#"assessment "Does the alliance hold?" {
  author: "The example"
  as of: 2024-02-01
  resolves: "`exit` when notice is given; the others as judged at each horizon's end"
}
horizon year: 0 to 12 months
"#,
    ],
    good: [
        r#"assessment "Does the alliance hold?" {
  author: "The example"
  as of: 2024-02-01
  resolves: "`exit` when notice is given; the others as judged at each horizon's end"
}
horizon year: 0 to 12 months
resolved: commitment in year on 2025-02-03
"#,
    ],
    check: check,
    needs: Today,
}

fn check(context: &Context) -> Vec<Diagnostic> {
    // What is so has no day, and claims on events are settled one by one.
    if context.assessment.timeless || context.assessment.outcomes.is_empty() {
        return Vec::new();
    }
    let assessment = context.assessment;
    let Some(today) = context.settings.today else {
        return Vec::new();
    };
    let ended = assessment.horizons.iter();
    let ended = ended.filter(|(_, horizon)| !horizon.open && horizon.to < today);
    ended
        .filter_map(|(id, horizon)| {
            let of = assessment.unsettled_words(id)?;
            Some((of, &horizon.name, horizon))
        })
        .map(|(of, name, horizon)| {
            Diagnostic::new(
                &OVERDUE,
                name.span,
                format!(
                    "`{}` ended on {}, and nothing says what came true{of}",
                    name.node, horizon.to
                ),
            )
            .label(format!("over by {today}"))
            .help(format!(
                "add `resolved: OUTCOME in {} on DATE`, or `by` for a final outcome",
                name.node
            ))
        })
        .collect()
}
