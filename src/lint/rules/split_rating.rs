//! The rule `split-rating`.

use crate::diag::Diagnostic;
use crate::lint::Context;
use crate::lint::evidence::items;

rule! {
    /// The two parts of a rating are three or more levels apart.
    ///
    /// `A5` is an excellent source that says something improbable, `E1` a poor one that others
    /// confirm. Both can be right, and they are the ratings on which readers disagree most: some go
    /// by the letter, some by the digit (Samet 1975; Irwin and Mandel 2019). Most often one part
    /// was meant for the other, or the digit repeats what the source is known for. `F` and `6`, which
    /// mean "cannot be judged", are left aside.
    ///
    /// If it is meant, say why in the evidence's `note:` and allow the rule. What others confirm
    /// is better cited from them.
    SPLIT_RATING = "split-rating", Evidence, Note, fix: None,
    bad: [
        r#"factor budget "The budget is cut" {
  weight for weakening: weak
  evidence "A second cut is planned" { source: "A member's aide", rated: A5 }
}
"#,
    ],
    good: [
        r#"factor budget "The budget is cut" {
  weight for weakening: weak
  evidence "A second cut is planned" { source: "A member's aide", rated: B4 }
}
"#,
        r#"factor budget "The budget is cut" {
  weight for weakening: weak
  evidence "A second cut is planned" { source: "A member's aide", rated: F2 }
}
"#,
    ],
    check: check,
}

/// How far down its ladder each part of a rating stands: A and 1 are 1.
const LAST_JUDGED: u8 = 5;

fn check(context: &Context) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for item in items(context.assessment) {
        let Some(rated) = &item.evidence.rated else {
            continue;
        };
        let source = (rated.node.source.to_ascii_uppercase() as u8).saturating_sub(b'A') + 1;
        let information = rated.node.information;
        let apart = source.abs_diff(information);
        let judged = source <= LAST_JUDGED && information <= LAST_JUDGED;
        if !judged || usize::from(apart) < context.settings.split_levels {
            continue;
        }
        let label = if source < information {
            "a good source, poor information"
        } else {
            "a poor source, good information"
        };
        found.push(
            Diagnostic::new(
                &SPLIT_RATING,
                rated.span,
                format!(
                    "the two parts of the rating {}{information} are {apart} levels apart",
                    rated.node.source
                ),
            )
            .label(label)
            .help("check both parts; if they are meant, say why in the evidence's `note:` and allow this"),
        );
    }
    found
}
