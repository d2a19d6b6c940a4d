//! Whether a sentence says how likely its claim is.
//!
//! In: a sentence and the words of its claim. Out: whether a word of likelihood, a chance in numbers
//! or a placeholder is about that claim and not about another one beside it.

use crate::lint::prose::{Cursor, Lexicon, Passage, Sentence, numbers, said};
use std::ops::Range;

/// Whether it is said how likely the claim is that stands from one word to another: in its own
/// clause, in what refers back to it, or in a next sentence that does.
pub(super) fn is_said(
    lexicon: &Lexicon,
    passage: &Passage,
    reading: &Cursor,
    (at, end): (usize, usize),
    next: Option<&Sentence>,
) -> bool {
    let claim = reading.words[at].range.start..reading.words[end].range.end;
    let own = likelihoods(lexicon, passage, reading.sentence);
    let about = |place: &Range<usize>| {
        if place.start >= claim.end {
            reading.is_about(claim.end, place.start)
        } else if place.end <= claim.start {
            let between = &reading.text[place.end..claim.start];
            !between.contains([',', ';', ':', '–', '—'])
                && ![" but ", " while ", " whereas ", " although ", " though "]
                    .iter()
                    .any(|w| between.contains(w))
        } else {
            false
        }
    };
    own.iter().any(about)
        || next.is_some_and(|next| {
            refers_back(next.words.iter().map(|w| w.low.as_str()))
                && !likelihoods(lexicon, passage, next).is_empty()
        })
}

/// Where a sentence says how likely something is.
fn likelihoods(lexicon: &Lexicon, passage: &Passage, sentence: &Sentence) -> Vec<Range<usize>> {
    let text = &passage.text;
    let range = &sentence.range;
    let mut found: Vec<Range<usize>> = passage
        .hits(sentence, lexicon)
        .iter()
        .map(|h| h.range.clone())
        .collect();
    found.extend(passage.placeholders_in(range).map(|p| p.range.clone()));
    found.extend(numbers::chances(text, range).into_iter().map(|f| f.range));
    // "(5%)", "with 5%", "at 5%": a bare share, "a rise of 5%", says nothing of the kind.
    for figure in numbers::figures(text, range.clone()) {
        let before = text[range.start..figure.range.start]
            .trim_end_matches(|c: char| !c.is_alphanumeric() && !"(,:–—".contains(c));
        let bare = before.ends_with(['(', ',', ':', '–', '—']);
        if bare || before.ends_with("with") || before.ends_with("with a") {
            found.push(figure.range);
        }
    }
    for word in &sentence.words {
        let starts = word.low.starts_with(|c: char| c.is_ascii_digit()) || is_small(&word.low);
        let odds = starts.then(|| said(text, word.range.start)).flatten();
        if let Some(figure) =
            odds.filter(|f| !text[f.range.clone()].contains('%') && f.range.end <= range.end)
        {
            found.push(figure.range);
        }
    }
    for (at, _) in text[range.clone()].match_indices(':') {
        let at = range.start + at;
        let digit = |c: char| c.is_ascii_digit();
        if text[..at].ends_with(digit) && text[at + 1..].starts_with(digit) {
            found.push(at - 1..at + 2);
        }
    }
    found
}

fn is_small(word: &str) -> bool {
    ["one", "two", "three", "four", "five", "nine"].contains(&word)
}

impl Cursor<'_> {
    /// Whether what stands at `to`, after a claim that ends at `from`, is about it: no other claim
    /// begins between them, unless it refers back.
    fn is_about(&self, from: usize, to: usize) -> bool {
        let after = self
            .words
            .iter()
            .position(|w| w.range.start >= from)
            .unwrap_or(self.words.len());
        let place = self
            .words
            .iter()
            .position(|w| w.range.end > to)
            .unwrap_or(self.words.len());
        let begins = (after..place).rev().find(|&i| {
            let gap = self.gap(i);
            let joins = matches!(
                self.low(i),
                "and"
                    | "but"
                    | "while"
                    | "whereas"
                    | "although"
                    | "though"
                    | "yet"
                    | "so"
                    | "because"
                    | "since"
                    | "as"
            );
            gap.contains(';')
                || (joins
                    && (gap.contains(',')
                        || matches!(
                            self.low(i),
                            "but" | "while" | "whereas" | "although" | "though"
                        )))
        });
        match begins {
            None => true,
            Some(i) => {
                refers_back((i..=place.min(self.words.len() - 1)).map(|k| self.low(k)))
                    || place <= i + 2
            }
        }
    }
}

/// Whether a clause begins by speaking of what was claimed before it.
fn refers_back<'w>(words: impl Iterator<Item = &'w str>) -> bool {
    const BACK: &[&str] = &[
        "this",
        "that",
        "it",
        "its",
        "such",
        "chance",
        "probability",
        "likelihood",
        "odds",
        "we",
        "i",
        "risk",
        "which",
    ];
    words.take(4).any(|w| BACK.contains(&w))
}
