//! The rule `ungraded`.

use crate::diag::Diagnostic;
use crate::lint::Context;
use crate::lint::amounts::count;
use crate::lint::evidence::items;

rule! {
    /// Evidence has no rating, in a file that rates other evidence.
    ///
    /// Beside rated items an unrated one is ignored: the best *rated* item decides a driver's
    /// discount. And a driver with nothing but unrated evidence counts in full, as if it were A1,
    /// more than its better documented neighbours.
    ///
    /// Rate it by the Admiralty code, `rated: B2`: the source's reliability from A to F, the
    /// information's credibility from 1 to 6. `F6` says honestly that neither can be judged.
    UNGRADED = "ungraded", Evidence, Note, fix: None,
    bad: [
        r#"factor budget "The budget is cut" {
  weight for weakening: weak
  evidence "The bill cuts a tenth" { source: "The gazette", rated: A2 }
  evidence "A second cut is planned" { source: "A member's aide" }
}
"#,
    ],
    good: [
        r#"factor budget "The budget is cut" {
  weight for weakening: weak
  evidence "The bill cuts a tenth" { source: "The gazette", rated: A2 }
  evidence "A second cut is planned" { source: "A member's aide", rated: C3 }
}
"#,
    ],
    check: check,
}

fn check(context: &Context) -> Vec<Diagnostic> {
    let assessment = context.assessment;
    let all = items(assessment);
    let rated = all.iter().filter(|i| i.evidence.rated.is_some()).count();
    if rated == 0 {
        return Vec::new();
    }
    let unrated = all.iter().filter(|i| i.evidence.rated.is_none());
    unrated
        .map(|item| {
            let holder = item.holder(assessment);
            let beside = all.iter().any(|i| i.driver == item.driver && i.evidence.rated.is_some());
            let effect = match item.driver {
                Some(_) if beside => "ignored beside what is rated here",
                Some(_) => "counts in full, as if it were A1",
                None => "how good is it?",
            };
            Diagnostic::new(
                &UNGRADED,
                item.span(),
                format!(
                    "this evidence for {holder} has no rating; {} of the file {}",
                    count(rated, "other item"),
                    if rated == 1 { "has one" } else { "have one" }
                ),
            )
            .label(effect)
            .help("add `rated:` with a letter and a digit, such as `B2`; `F6` if neither can be judged")
        })
        .collect()
}
