//! The rule `full-overlap`.

use crate::diag::{Diagnostic, suggest};
use crate::lint::Context;

rule! {
    /// `overlap 100%`: all but the strongest push are silenced.
    ///
    /// Of pushes for one outcome with one sign, the second counts (1 − overlap) of itself, so that at 100% only the strongest
    /// is left. If the members really are one piece of evidence, they are one factor; if they are not, each adds something.
    ///
    /// Instead: merge them into one factor that lists the evidence of all, or state how much they share.
    FULL_OVERLAP = "full-overlap", Change, Note, fix: None,
    bad: [
        r#"factor speech "A speech against the alliance" {
  weight for weakening: slight
  weight against exit: moderate
  evidence "The speech of 14 February" { source: "Transcript", rated: A2 }
}
factor column "A column against the alliance" {
  weight for weakening: 3:2
  evidence "The column of 16 February" { source: "The newspaper", rated: A2 }
}
overlap 100%: speech, column
"#,
    ],
    good: [
        r#"factor speech "A speech against the alliance" {
  weight for weakening: slight
  weight against exit: moderate
  evidence "The speech of 14 February" { source: "Transcript", rated: A2 }
}
factor column "A column against the alliance" {
  weight for weakening: 3:2
  evidence "The column of 16 February" { source: "The newspaper", rated: A2 }
}
overlap 70%: speech, column
"#,
    ],
    check: check,
}

fn check(context: &Context) -> Vec<Diagnostic> {
    let assessment = context.assessment;
    let full = assessment.overlaps.iter().filter(|overlap| {
        overlap.share >= 1.0 && overlap.span.file == assessment.file
    });
    full.map(|overlap| {
        let names = overlap.members.iter();
        let names: Vec<&str> = names.map(|d| assessment.drivers.name(*d)).collect();
        Diagnostic::new(
            &FULL_OVERLAP,
            overlap.span,
            format!(
                "of {} only the strongest push for each outcome counts",
                suggest::list(&names, "and")
            ),
        )
        .label("100%: the others are silenced")
        .help("merge them into one factor, or state how much they share")
    })
    .collect()
}
