//! Likelihoods in words of no scale: "high likelihood", "slim chance", "long shot".
//!
//! In: a sentence. Out: where such words stand, if no number stands in the sentence. What is told of
//! the past, asked, or said of a class of things ("low-probability events") is left out, and so is
//! what the file's scale or another has as its word.

use super::weasel::is_question;
use super::{Cursor, Lexicon, Passage, Sentence, said};
use std::ops::Range;

/// What is said of a likelihood and of a probability alike.
const DEGREES: &[&str] = &[
    "high",
    "low",
    "strong",
    "great",
    "small",
    "slim",
    "reasonable",
    "considerable",
    "significant",
    "substantial",
    "moderate",
    "increasing",
    "every",
    "little",
];

/// Nouns with the adjectives that make of them a likelihood without a number.
const PAIRS: &[(&str, &[&str])] = &[
    (
        "chance",
        &[
            "high",
            "low",
            "good",
            "slim",
            "slight",
            "small",
            "strong",
            "poor",
            "excellent",
            "decent",
            "reasonable",
            "outside",
            "faint",
            "fighting",
            "sporting",
            "minimal",
            "tiny",
            "fair",
            "little",
            "every",
            "solid",
            "real",
            "serious",
            "sizeable",
            "sizable",
        ],
    ),
    (
        "chances",
        &[
            "high",
            "low",
            "good",
            "slim",
            "strong",
            "poor",
            "excellent",
            "decent",
            "reasonable",
            "small",
        ],
    ),
    ("likelihood", DEGREES),
    ("probability", DEGREES),
    (
        "possibility",
        &[
            "real", "strong", "distinct", "serious", "good", "slim", "slight", "faint", "high",
            "low", "genuine", "credible", "definite", "clear", "outside",
        ],
    ),
    (
        "odds",
        &[
            "good",
            "long",
            "short",
            "high",
            "low",
            "poor",
            "better-than-even",
            "slim",
            "even",
            "decent",
        ],
    ),
];

/// Whole phrases.
const PHRASES: &[&[&str]] = &[
    &["long", "shot"],
    &["all", "likelihood"],
    &["all", "probability"],
    &["safe", "bet"],
    &["toss", "up"],
    &["odds", "on"],
    &["odds", "are", "against"],
    &["odds", "are", "in", "favour"],
    &["odds", "are", "good"],
    &["odds", "are", "long"],
    &["odds", "are", "slim"],
    &["odds", "are", "that"],
    &["chances", "are", "good"],
    &["chances", "are", "slim"],
    &["chances", "are", "that"],
    &["chances", "are", "high"],
    &["chances", "are", "low"],
    &["likelihood", "is", "high"],
    &["likelihood", "is", "low"],
    &["probability", "is", "high"],
    &["probability", "is", "low"],
];

/// Where such words stand.
pub(crate) fn off_scale(
    lexicon: &Lexicon,
    passage: &Passage,
    sentence: &Sentence,
) -> Vec<Range<usize>> {
    let words = &sentence.words;
    let mut found: Vec<Range<usize>> = (0..words.len())
        .filter_map(|at| phrase(passage, sentence, at))
        .collect();
    if found.is_empty() {
        return found;
    }
    let hits = passage.hits(sentence, lexicon);
    found.retain(|r| {
        hits.iter()
            .all(|h| h.range.end <= r.start || r.end <= h.range.start)
    });
    let numbered = || {
        passage.placeholders_in(&sentence.range).next().is_some()
            || words.iter().any(|w| {
                said(&passage.text, w.range.start)
                    .is_some_and(|f| f.range.end <= sentence.range.end)
            })
    };
    if found.is_empty() || is_question(passage, sentence) || numbered() {
        return Vec::new();
    }
    // "a fair to slim chance" is one.
    found.dedup_by(|b, a| b.start < a.end);
    found
}

fn phrase(passage: &Passage, sentence: &Sentence, at: usize) -> Option<Range<usize>> {
    let words = &sentence.words;
    let cursor = Cursor::new(passage, sentence);
    let low = |i: usize| cursor.low(i);
    let gap = |i: usize| cursor.between(i);
    let blank = |i: usize| gap(i).chars().all(char::is_whitespace) && !gap(i).is_empty();
    let past = |from: usize| {
        let said = [
            "had", "was", "were", "gave", "given", "stood", "seemed", "wasted", "missed", "took",
            "got", "became", "lost",
        ];
        (1..=4).any(|n| from.checked_sub(n).is_some_and(|i| said.contains(&low(i))))
            || (at + 1..at + 4).any(|i| matches!(low(i), "was" | "were" | "had"))
    };
    let opens = matches!(
        low(at),
        "long" | "all" | "safe" | "toss" | "odds" | "chances" | "likelihood" | "probability"
    );
    for phrase in PHRASES.iter().filter(|_| opens) {
        let joins = |n: usize| {
            blank(at + n) || (gap(at + n) == "-" && matches!(phrase[0], "toss" | "odds"))
        };
        if low(at) == phrase[0]
            && (1..phrase.len()).all(|n| low(at + n) == phrase[n] && joins(n))
            && !past(at)
        {
            return Some(words[at].range.start..words[at + phrase.len() - 1].range.end);
        }
    }
    let (noun, adjectives) = PAIRS.iter().find(|(noun, _)| *noun == low(at))?;
    let adjective = at
        .checked_sub(1)
        .filter(|&i| adjectives.contains(&low(i)) && blank(at))?;
    let next = if blank(at + 1) { low(at + 1) } else { "" };
    // "high likelihood and impact ratings", "the odds ratio", "a good chance to speak".
    let other = match *noun {
        "chance" | "chances" => matches!(next, "to" | "meeting" | "encounter" | "for"),
        "odds" => matches!(next, "ratio" | "ratios" | "and"),
        _ => matches!(
            next,
            "and"
                | "ratio"
                | "score"
                | "scores"
                | "events"
                | "event"
                | "threshold"
                | "function"
                | "density"
                | "cases"
                | "scenarios"
                | "rating"
                | "ratings"
                | "estimate"
        ),
    };
    // "a low-probability event" is a class of things; "by some chance" is none.
    let class = words.get(at + 1).is_some() && gap(at + 1) == "-";
    let some =
        matches!((low(adjective), *noun), ("every" | "little", _)) && cursor.back(at, 2) == "by";
    // A scale's rows name themselves: "the score of high likelihood" is none of ours.
    (!other && !class && !some && !past(adjective))
        .then(|| words[adjective].range.start..words[at].range.end)
}
