//! Whether a sentence says how likely its claim is.
//!
//! In: a sentence and the words of its claim. Out: whether a word of likelihood, a chance in numbers
//! or a placeholder is about that claim and not about another one beside it.

use super::REACH;
use crate::lint::prose::{Cursor, Lexicon, Passage, Sentence, numbers, said};
use std::cell::OnceCell;
use std::ops::Range;

/// Where a sentence, and the one after it, say how likely something is, as far as that is asked.
pub(super) struct Likelihoods<'s> {
    lexicon: &'s Lexicon,
    passage: &'s Passage<'s>,
    sentence: &'s Sentence,
    next: Option<&'s Sentence>,
    own: OnceCell<Vec<Range<usize>>>,
    refers: OnceCell<bool>,
}

impl<'s> Likelihoods<'s> {
    pub(super) fn new(
        lexicon: &'s Lexicon,
        passage: &'s Passage<'s>,
        sentence: &'s Sentence,
        next: Option<&'s Sentence>,
    ) -> Self {
        Likelihoods {
            lexicon,
            passage,
            sentence,
            next,
            own: OnceCell::new(),
            refers: OnceCell::new(),
        }
    }

    /// Whether it is said how likely the claim is that stands from one word to another: in its own
    /// clause, in what refers back to it, or in a next sentence that does.
    pub(super) fn are_about(&self, reading: &Cursor, (at, end): (usize, usize)) -> bool {
        /// Likelihoods behind a claim that are looked at.
        const MOST: usize = 32;
        /// Bytes beyond which a likelihood before a claim is another's.
        const FAR: usize = 2000;
        let claim = reading.words[at].range.start..reading.words[end].range.end;
        let own = self.own.get_or_init(|| {
            let mut own = likelihoods(self.lexicon, self.passage, self.sentence);
            own.sort_by_key(|place| (place.start, place.end));
            own
        });
        let first = own.partition_point(|place| place.start < claim.end);
        let is_before = |place: &Range<usize>| {
            let between = &reading.text[place.end..claim.start];
            between.len() <= FAR
                && !between.contains([',', ';', ':', '–', '—'])
                && ![" but ", " while ", " whereas ", " although ", " though "]
                    .iter()
                    .any(|w| between.contains(w))
        };
        // Before the claim no other lies nearer than the last; what parts that parts the others.
        let before = own[..first].iter().rev().take(4);
        let mut before = before.filter(|place| place.end <= claim.start);
        let mut after = own[first..].iter().take(MOST);
        before.any(is_before)
            || after.any(|place| reading.is_about(claim.end, place.start))
            || *self.refers.get_or_init(|| self.next_refers())
    }

    /// Whether the next sentence says how likely what it refers back to is: not "it is likely that …".
    fn next_refers(&self) -> bool {
        self.next.is_some_and(|next| {
            let low = |i: usize| next.words.get(i).map_or("", |w| w.low.as_str());
            let is_empty = low(0) == "it"
                && matches!(
                    low(1),
                    "is" | "seems" | "remains" | "looks" | "appears" | "was" | "becomes"
                )
                && (3..6).any(|i| low(i) == "that");
            !is_empty
                && refers_back(next.words.iter().map(|w| w.low.as_str()))
                && !likelihoods(self.lexicon, self.passage, next).is_empty()
        })
    }
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
        let after = self.words.partition_point(|w| w.range.start < from);
        let place = self.words.partition_point(|w| w.range.end <= to);
        if place > after + REACH {
            return false;
        }
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
