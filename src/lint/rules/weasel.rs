//! The rule `weasel`.

use crate::diag::Diagnostic;
use crate::lint::Context;
use crate::lint::prose::{Part, passages, weasels, wide_weasels};

rule! {
    /// A section's sentence claims that something "could" or "might" happen, "is possible" or "cannot
    /// be ruled out", and gives no chance.
    ///
    /// Such words are true of nearly everything and can never turn out wrong. Asked for numbers,
    /// readers put "could happen" and "possibly" almost anywhere (Kent 1964; Mauboussin and
    /// Mauboussin 2018), and each reads into them what he thought before. ICD 203 asks for a word of
    /// its scale.
    ///
    /// Say how likely: with a word of the scale or, best, a placeholder, `{exit by long}`, in the same
    /// clause or in a next sentence that refers to it. What someone may choose ("the Committee could
    /// wait"), what is needed or can be used, questions, "may", names, quotations and what was said
    /// are left alone. With `wide = true` every "could", "might" and "possible" without a chance is
    /// found.
    WEASEL = "weasel", Words, Note, fix: None,
    bad: [
        r#"section "Outlook": "A shift in domestic politics could lead to an exit."
"#,
        r#"section "Outlook": "A full exit cannot be ruled out."
"#,
    ],
    good: [
        r#"section "Outlook": "A shift in domestic politics could lead to an exit, which is {exit by long}."
"#,
        r#"section "Outlook": "The Senate could ask for a vote. In 2018 nobody could say how the summit would end."
"#,
    ],
    check: check,
}

fn check(context: &Context) -> Vec<Diagnostic> {
    let year = i32::from(context.assessment.as_of.year());
    let lexicon = context.lexicon();
    let wide = context.settings.weasel_wide != 0;
    let mut found = Vec::new();
    for passage in passages(context).iter().filter(|p| p.part == Part::Section) {
        let sentences = passage.sentences(lexicon);
        for (n, sentence) in sentences.iter().enumerate() {
            let next = sentences.get(n + 1).filter(|next| next.range.start == sentence.range.end);
            let mut weasels = weasels(lexicon, passage, (sentence, next), year);
            if wide && weasels.is_empty() {
                weasels = wide_weasels(lexicon, passage, sentence, year);
            }
            let Some(first) = weasels.first() else {
                continue;
            };
            let mut diagnostic = Diagnostic::new(
                &WEASEL,
                passage.span(first),
                format!("\"{}\", and it is not said how likely", &passage.text[first.clone()]),
            )
            .label("how likely?")
            .help("say how likely: a word of the scale, or a placeholder such as `{exit by long}`");
            for other in &weasels[1..] {
                diagnostic = diagnostic.other(passage.span(other), "and here");
            }
            found.push(diagnostic);
        }
    }
    found
}
