//! The rule `unexplained`.

use crate::diag::Diagnostic;
use crate::lint::{Context, figures};

rule! {
    /// A likelihood table whose largest entry is under 5%: no outcome explains what was seen.
    ///
    /// Only the ratios of a table move the verdict, so that 4% to 1% counts as much as 80% to 20%. But what is surprising whatever happens
    /// most often has another explanation, which is not on the list: an outcome that is missing, or an item that is false or was misread.
    ///
    /// Instead: look for the outcome under which one would expect to see this; rate the item; or say in the `note` why it is rare under all of
    /// them. The threshold is `share`.
    UNEXPLAINED = "unexplained", Probability, Note, fix: None,
    bad: [
        r#"factor flight "A private jet leaves at night" {
  likelihood: commitment 1%, weakening 2%, exit 4%
  evidence "Seen by two spotters" { source: "The spotters' log", rated: A2 }
}
"#,
    ],
    good: [
        r#"factor flight "A private jet leaves at night" {
  likelihood: commitment 10%, weakening 20%, exit 40%
  evidence "Seen by two spotters" { source: "The spotters' log", rated: A2 }
}
"#,
    ],
    check: check,
}

fn check(context: &Context) -> Vec<Diagnostic> {
    let assessment = context.assessment;
    let own = assessment.drivers.values().filter(|d| d.span.file == assessment.file);
    let own = own.flat_map(|d| d.likelihoods.iter().map(move |l| (d, &l.clause)));
    let found = own.filter_map(|(driver, clause)| {
        let most = clause.values.iter().map(|n| n.point).fold(0.0, f64::max);
        let few = most < context.settings.unexplained_share - 1e-12;
        few.then(|| {
            Diagnostic::new(
                &UNEXPLAINED,
                clause.span,
                format!("no outcome explains `{}`: it has at most {} under any", driver.name.node, figures::percent(most)),
            )
            .label("surprising whatever happens")
            .help("is an outcome missing under which one would expect it? or is the item doubtful? then rate it")
        })
    });
    found.collect()
}
