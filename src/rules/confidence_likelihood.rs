//! The rule `confidence-likelihood`.

use crate::diag::Diagnostic;
use crate::lint::Context;
use crate::lint::prose::{Lexicon, Passage, Sentence, chances, passages};
use std::ops::Range;

rule! {
    /// A level of confidence and a likelihood stand in one sentence.
    ///
    /// They are two things: how likely something is, and how well founded that judgement is. "We
    /// have high confidence that it is unlikely" is read as "very unlikely" by some and as "we are
    /// sure" by others. ICD 203, D.6.e(2)(a), forbids it: products "must not combine a confidence
    /// level and a degree of likelihood … in the same sentence".
    ///
    /// Make two sentences of it: first how likely, then how sure and why.
    CONFIDENCE_LIKELIHOOD = "confidence-likelihood", Words, Warning, fix: None,
    bad: [
        r#"section "Summary": "We judge with high confidence that a full exit is very unlikely."
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

/// Words for how high confidence is.
const LEVELS: &[&str] = &["low", "moderate", "medium", "high"];

fn check(context: &Context) -> Vec<Diagnostic> {
    let lexicon = context.lexicon();
    let mut found = Vec::new();
    for passage in passages(context) {
        for sentence in passage.sentences(lexicon) {
            let Some(level) = level(passage, sentence) else {
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

/// "high confidence", "low to moderate confidence", "our confidence in this judgement is low"; not
/// "consumer confidence is low".
fn level(passage: &Passage, sentence: &Sentence) -> Option<Range<usize>> {
    let words = &sentence.words;
    let low = |i: usize| words.get(i).map_or("", |w| w.low.as_str());
    let adjacent = |a: usize, b: usize| {
        passage.text[words[a].range.end..words[b].range.start].chars().all(|c| c.is_whitespace() || c == '-')
    };
    for at in (0..words.len()).filter(|&i| low(i) == "confidence") {
        // Before it: the level, with at most "analytic" between.
        let mut before = at;
        if before > 0 && matches!(low(before - 1), "analytic" | "analytical" | "overall") {
            before -= 1;
        }
        if before > 0 && LEVELS.contains(&low(before - 1)) && adjacent(before - 1, before) {
            let next = low(at + 1);
            if !matches!(next, "interval" | "intervals" | "bound" | "bounds" | "limits" | "vote" | "trick") {
                return Some(words[before - 1].range.start..words[at].range.end);
            }
        }
        // After it: "is low", where the confidence is the analysts'.
        let owner = at.checked_sub(1).map_or("", low);
        let ours = ["", "our", "my", "the", "this", "that", "analytic", "analytical", "overall", "in", "with", "and", "but", "its"];
        if !ours.contains(&owner) {
            continue;
        }
        let mut i = at + 1;
        if low(i) == "in" {
            let judged = ["this", "that", "these", "the", "our", "it"];
            let nouns = ["judgement", "judgment", "judgements", "judgments", "assessment", "assessments", "estimate", "estimates", "verdict", "forecast", "conclusion", "finding", "findings", "it", "this", "that"];
            i += 1;
            if judged.contains(&low(i)) && nouns.contains(&low(i + 1)) {
                i += 1;
            }
            if !nouns.contains(&low(i)) {
                continue;
            }
            i += 1;
        }
        let being = ["is", "remains", "stays", "level"];
        if i < words.len() && being.contains(&low(i)) {
            i += 1;
            if matches!(low(i), "is" | "only" | "therefore" | "still" | "at" | "most" | "very") {
                i += 1;
            }
            if LEVELS.contains(&low(i)) {
                return Some(words[at].range.start..words[i].range.end);
            }
        }
    }
    None
}

/// A word of likelihood, a chance in per cent or a placeholder, and how it reads.
fn likelihood(lexicon: &Lexicon, passage: &Passage, sentence: &Sentence, level: &Range<usize>) -> Option<(Range<usize>, String)> {
    let apart = |r: &Range<usize>| r.end <= level.start || level.end <= r.start;
    let hits = lexicon.hits(passage, sentence).into_iter().map(|h| h.range).filter(apart);
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
