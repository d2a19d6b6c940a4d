//! The rule `off-scale`.

use crate::diag::{Diagnostic, suggest};
use crate::lint::Context;
use crate::lint::prose::{off_scale, passages};

rule! {
    /// Prose says how likely something is in words of no scale, and without a number: "high
    /// likelihood", "slim chance", "long shot".
    ///
    /// A scale's word can be looked up; these mean to each reader what he takes them for. Told that
    /// something had "a fair chance", planners of 1961 read encouragement where the author had meant
    /// three to one against (Wyden 1979).
    ///
    /// Write a word of the file's scale, or a placeholder, `{exit by long}`, which prints the word with
    /// its number. With a number in the sentence nothing is found.
    OFF_SCALE = "off-scale", Words, Note, fix: None,
    bad: [
        r#"section "Outlook": "There is a high likelihood of further cuts."
"#,
        r#"section "Outlook": "A renewal of the pact this year is a long shot."
"#,
    ],
    good: [
        r#"section "Outlook": "Further cuts are likely. A renewal of the pact has a slim chance, about 5%."
"#,
    ],
    check: check,
}

fn check(context: &Context) -> Vec<Diagnostic> {
    let scale = &context.assessment.scale;
    let lexicon = context.lexicon();
    let mut found = Vec::new();
    for passage in passages(context) {
        for sentence in passage.sentences(lexicon) {
            for range in off_scale(lexicon, passage, sentence) {
                let written = &passage.text[range.clone()];
                let words: Vec<&str> = scale.core().map(|t| t.name.as_str()).collect();
                let help = format!("write a word of {}: {}; or a placeholder, `{{exit by long}}`", scale.name, suggest::list(&words, "or"));
                found.push(
                    Diagnostic::new(
                        &OFF_SCALE,
                        passage.span(&range),
                        format!("\"{written}\" is not a word of {}, and has no number beside it", scale.name),
                    )
                    .label("how likely?")
                    .help(help),
                );
            }
        }
    }
    found
}
