//! The rule `false-confirmed`.

use crate::diag::Diagnostic;
use crate::lint::Context;
use crate::lint::evidence::{items, key};
use std::collections::BTreeSet;

rule! {
    /// Information is rated 1, "confirmed by other sources", where only one source is cited.
    ///
    /// In the Admiralty code (NATO AJP-2.1) credibility 1 is not "certainly true": it says that
    /// other, independent sources confirm the information. Where a reason cites one source alone,
    /// the file does not show them.
    ///
    /// Cite the source that confirms it as evidence of its own, or rate it 2, "probably true".
    FALSE_CONFIRMED = "false-confirmed", Evidence, Warning, fix: None,
    bad: [
        r#"factor budget "The budget is cut" {
  weight for weakening: weak
  evidence "The bill cuts a tenth" { source: "The gazette", rated: A1 }
}
"#,
    ],
    good: [
        r#"factor budget "The budget is cut" {
  weight for weakening: weak
  evidence "The bill cuts a tenth" { source: "The gazette", rated: A1 }
  evidence "The same bill" { source: "The auditor", rated: B2 }
}
"#,
    ],
    check: check,
}

/// "Confirmed by other sources".
const CONFIRMED: u8 = 1;

fn check(context: &Context) -> Vec<Diagnostic> {
    let assessment = context.assessment;
    let all = items(assessment);
    let mut found = Vec::new();
    for item in &all {
        let confirmed = item.evidence.rated.as_ref().filter(|r| r.node.information == CONFIRMED);
        let (Some(rated), Some(source)) = (confirmed, item.source()) else {
            continue;
        };
        let beside = all.iter().filter(|i| i.driver == item.driver);
        let cited: BTreeSet<String> = beside.filter_map(|i| i.source().map(key)).collect();
        if cited.len() != 1 {
            continue;
        }
        let holder = item.holder(assessment);
        found.push(
            Diagnostic::new(
                &FALSE_CONFIRMED,
                rated.span,
                format!("1 says \"confirmed by other sources\", and {holder} cites only one"),
            )
            .label("who confirms it?")
            .other(source.span, "the only source")
            .help(format!(
                "cite the source that confirms it, or rate it {}2",
                rated.node.source
            )),
        );
    }
    found
}
