//! The rule `halo-grade`.

use crate::diag::Diagnostic;
use crate::lint::Context;
use crate::lint::evidence::items;

rule! {
    /// Five or more items of evidence are all rated alike.
    ///
    /// Real evidence differs. Where every item is a `B2`, the rating was likely given to the whole
    /// file, or to the case that the analyst believes in, and discounts nothing. Raters who know
    /// the conclusion rate what supports it alike: the halo effect (Thorndike 1920). In
    /// practice 87% of Admiralty ratings lie on the diagonal of the table, A1 to E5 (Baker,
    /// McKendry and Mace 1968).
    ///
    /// Rate each item by itself: first the source, then the information without a look at the
    /// source.
    HALO_GRADE = "halo-grade", Evidence, Note, fix: None,
    bad: [
        r#"factor budget "The budget is cut" {
  weight for weakening: weak
  evidence "The bill" { source: "The gazette", rated: B2 }
  evidence "The vote" { source: "The clerk", rated: B2 }
  evidence "The plan" { source: "An aide", rated: B2 }
  evidence "The speech" { source: "A reporter", rated: B2 }
  evidence "The audit" { source: "The auditor", rated: B2 }
}
"#,
    ],
    good: [
        r#"factor budget "The budget is cut" {
  weight for weakening: weak
  evidence "The bill" { source: "The gazette", rated: A2 }
  evidence "The vote" { source: "The clerk", rated: B2 }
  evidence "The plan" { source: "An aide", rated: C3 }
  evidence "The speech" { source: "A reporter", rated: B2 }
  evidence "The audit" { source: "The auditor", rated: B2 }
}
"#,
    ],
    check: check,
}

fn check(context: &Context) -> Vec<Diagnostic> {
    let all = items(context.assessment);
    let ratings: Vec<_> = all.iter().filter_map(|i| i.evidence.rated.as_ref()).collect();
    let Some(first) = ratings.first() else {
        return Vec::new();
    };
    let alike = ratings.iter().all(|r| r.node == first.node);
    if !alike || ratings.len() < context.settings.halo_items.max(2) {
        return Vec::new();
    }
    let rating = format!("{}{}", first.node.source, first.node.information);
    let mut diagnostic = Diagnostic::new(
        &HALO_GRADE,
        first.span,
        match ratings.len() {
            2 => format!("both rated items of evidence have the same rating, {rating}"),
            n => format!("all {n} rated items of evidence have the same rating, {rating}"),
        },
    )
    .label("were they rated one by one?")
    .help("rate each item by itself: first its source, then the information");
    for other in &ratings[1..] {
        diagnostic = diagnostic.other(other.span, "");
    }
    vec![diagnostic]
}
