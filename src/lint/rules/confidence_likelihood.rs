//! The rule `confidence-likelihood`.

use crate::diag::Diagnostic;
use crate::lint::Context;
use crate::lint::prose::{Lexicon, Part, Passage, Sentence, chances, confidence, passages};
use std::ops::Range;

rule! {
    /// A level of confidence and a likelihood stand in one sentence.
    ///
    /// They are two things: how likely something is, and how well founded that judgement is. "We
    /// have high confidence that it is unlikely" is read as "very unlikely" by some and as "we are
    /// sure" by others. ICD 203, D.6.e(2)(a), forbids it: products "must not combine a confidence
    /// level and a degree of likelihood … in the same sentence".
    ///
    /// Make two sentences of it: first how likely, then how sure and why. In files of the scale `ipcc`
    /// nothing is found: the panel's own guidance puts both into one sentence. Confidence of others, as
    /// of consumers, or in something, as in a currency, is none of the analysts'.
    CONFIDENCE_LIKELIHOOD = "confidence-likelihood", Words, Warning, fix: None,
    bad: [
        r#"section "Summary": "We judge with high confidence that a split of the staff is very unlikely."
"#,
        r#"section "Summary": "A full exit is {exit by long}, with moderate confidence."
"#,
    ],
    good: [
        r#"section "Summary": "A full exit is {exit by long}. We have moderate confidence in this judgement, since it rests on two sources."
"#,
        r#"section "Summary": "Consumer confidence is low, which makes cuts likely."
"#,
    ],
    check: check,
}

fn check(context: &Context) -> Vec<Diagnostic> {
    let lexicon = context.lexicon();
    let mut found = Vec::new();
    if context.assessment.scale.name == "ipcc" {
        return found;
    }
    // A key judgement is one sentence by design, and says both in clauses of their own, too.
    for passage in passages(context)
        .iter()
        .filter(|p| p.part != Part::Judgement)
    {
        for sentence in passage.sentences(lexicon) {
            let Some(level) = confidence(passage, sentence) else {
                continue;
            };
            let Some((likelihood, what)) = likelihood(lexicon, passage, sentence, &level) else {
                continue;
            };
            found.push(
                Diagnostic::new(
                    &CONFIDENCE_LIKELIHOOD,
                    passage.span(&level),
                    format!(
                        "one sentence says \"{}\" and how likely it is, {what}",
                        passage.text[level.clone()].trim()
                    ),
                )
                .label("how sure")
                .other(passage.span(&likelihood), "how likely")
                .help("make two sentences of it: first how likely, then how sure and why"),
            );
        }
    }
    found
}

/// A word of likelihood, a chance in per cent or a placeholder, and how it reads.
fn likelihood(lexicon: &Lexicon, passage: &Passage, sentence: &Sentence, level: &Range<usize>) -> Option<(Range<usize>, String)> {
    let apart = |r: &Range<usize>| r.end <= level.start || level.end <= r.start;
    let hits = passage.hits(sentence, lexicon).iter().map(|h| h.range.clone()).filter(apart);
    let quoted = |r: Range<usize>| {
        let text = format!("\"{}\"", &passage.text[r.clone()]);
        (r, text)
    };
    let words = hits.map(quoted);
    let figures = chances(&passage.text, &sentence.range).into_iter().map(|f| quoted(f.range));
    let placeholders = passage
        .placeholders_in(&sentence.range)
        .map(|p| (p.range.clone(), format!("`{{{}}}`", p.query.text)));
    words.chain(figures).chain(placeholders).next()
}
