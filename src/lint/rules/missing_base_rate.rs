//! The rule `missing-base-rate`.

use crate::diag::Diagnostic;
use crate::lint::{Context, figures};

rule! {
    /// An assessment without a prior: even odds are assumed.
    ///
    /// The outside view comes first: how often has such a thing happened, before anything is said of this case? People
    /// who start from the case neglect that rate (Kahneman and Tversky 1973), and those who start from the rate forecast
    /// better (Tetlock and Gardner 2015). Without a prior every outcome starts alike, which nobody believes.
    ///
    /// Instead: state a `prior`, with the cases that it was counted in. Where even odds are meant, state them, and say why.
    MISSING_BASE_RATE = "missing-base-rate", Reasoning, Warning, fix: None,
    bad: [
        r#"outcome holds "The truce holds"
outcome fails "The truce fails"

factor fatigue "Both sides are worn out" {
  weight for holds: moderate
  evidence "Both armies refuse call-ups" { source: "Field reports", rated: A2 }
}
factor guarantor "A guarantor watches the line" {
  weight for holds: moderate
  evidence "Observers at 40 posts" { source: "The guarantor's own count", rated: A2 }
}
factor spoilers "Militias that gain from war" {
  weight against holds: weak
  evidence "Two attacks since the signing" { source: "Monitoring mission", rated: A2 }
}
"#,
    ],
    good: [
        r#"outcome holds "The truce holds"
outcome fails "The truce fails"

prior "Truces of the same kind" {
  source: "30 of 42 truces since 1990"
  holds: 72%
  fails: rest
}
factor spoilers "Militias that gain from war" {
  weight against holds: weak
  evidence "Two attacks since the signing" { source: "Monitoring mission", rated: A2 }
}
"#,
    ],
    check: check,
}

fn check(context: &Context) -> Vec<Diagnostic> {
    let assessment = context.assessment;
    let bare = assessment.questions.values().filter(|q| q.priors.is_empty());
    let found = bare.filter_map(|question| {
        let judged = question.ids().filter(|o| assessment.outcomes[*o].decided.is_none());
        let judged = judged.count();
        if judged < 2 {
            return None;
        }
        let even = figures::percent(1.0 / judged as f64);
        let (span, whose) = match &question.name {
            None => (assessment.title.span, String::new()),
            Some(name) => (name.span, format!(" for `{}`", name.node)),
        };
        Some(
            Diagnostic::new(
                &MISSING_BASE_RATE,
                span,
                format!("no prior is stated{whose}, so each outcome starts at {even}"),
            )
            .label("how often does this come about, before the reasons?")
            .help("state a `prior` with a row for every outcome, and its `source`"),
        )
    });
    found.collect()
}
