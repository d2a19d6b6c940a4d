//! Every "could", "might", "possible" and "cannot be ruled out": what `weasel` finds where it is asked for
//! the wide form.
//!
//! In: a sentence. Out: where such words stand, unless a chance or the past stands beside them. What
//! someone may choose and what is needed is found too.

use crate::lint::prose::{Lexicon, Passage, Sentence, Word};
use std::ops::Range;

/// The weasel words of a sentence without a chance; none where it tells of the past.
pub(crate) fn wide_weasels(
    lexicon: &Lexicon,
    passage: &Passage,
    sentence: &Sentence,
    year: i32,
) -> Vec<Range<usize>> {
    match says_how_likely(lexicon, passage, sentence) {
        true => Vec::new(),
        false => weasels(passage, sentence, year),
    }
}

fn says_how_likely(lexicon: &Lexicon, passage: &Passage, sentence: &Sentence) -> bool {
    let text = &passage.text[sentence.range.clone()];
    let words = &sentence.words;
    let number = |w: &Word| w.low.starts_with(|c: char| c.is_ascii_digit());
    let odds = words
        .windows(3)
        .any(|w| number(&w[0]) && w[1].low == "in" && number(&w[2]))
        || words.windows(2).any(|w| {
            let between = &passage.text[w[0].range.end..w[1].range.start];
            number(&w[0]) && number(&w[1]) && between == ":"
        })
        || words.windows(3).any(|w| {
            let small = ["one", "two", "three", "four", "nine"];
            small.contains(&w[0].low.as_str())
                && matches!(w[1].low.as_str(), "in" | "to")
                && is_numeral(&w[2].low)
        });
    odds || text.contains('%')
        || text.contains("per cent")
        || text.contains("percent")
        || passage.placeholders_in(&sentence.range).next().is_some()
        || !passage.hits(sentence, lexicon).is_empty()
}

fn is_numeral(word: &str) -> bool {
    let numerals = [
        "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "twenty",
        "hundred", "a",
    ];
    numerals.contains(&word)
}

/// The weasel words of a sentence; none where it tells of the past.
fn weasels(passage: &Passage, sentence: &Sentence, year: i32) -> Vec<Range<usize>> {
    let words = &sentence.words;
    if tells_of_the_past(words, year) {
        return Vec::new();
    }
    let mut found = Vec::new();
    for at in 0..words.len() {
        let end = match words[at].low.as_str() {
            "could" | "might" if is_modal(words, at) => at,
            "possible" if is_claim(words, at) => at,
            "possibly" => at,
            "cannot" | "can't" | "can" | "couldn't" | "could" => match ruled_out(words, at) {
                Some(end) => end,
                None => continue,
            },
            _ => continue,
        };
        let name = at > 0
            && passage.text[words[at].range.clone()].starts_with(char::is_uppercase)
            && !starts_clause(passage, words, at);
        if !name {
            found.push(words[at].range.start..words[end].range.end);
        }
    }
    found
}

/// Whether a capital stands here since a clause begins, after a colon or a dash.
fn starts_clause(passage: &Passage, words: &[Word], at: usize) -> bool {
    let gap = &passage.text[words[at - 1].range.end..words[at].range.start];
    gap.contains([':', '–', '—', '•', '.', '\n'])
}

fn word(words: &[Word], at: usize) -> &str {
    words.get(at).map_or("", |w| w.low.as_str())
}

fn before(words: &[Word], at: usize, n: usize) -> &str {
    at.checked_sub(n).map_or("", |i| word(words, i))
}

/// "could" and "might" before a verb; not "military might", "could not", "could have been".
fn is_modal(words: &[Word], at: usize) -> bool {
    let next = word(words, at + 1);
    if word(words, at) == "might" {
        let owners = [
            "the",
            "its",
            "their",
            "his",
            "her",
            "our",
            "of",
            "military",
            "economic",
            "full",
            "armed",
            "naval",
            "industrial",
            "financial",
            "with",
        ];
        if owners.contains(&before(words, at, 1)) || matches!(next, "of" | "and" | "is" | "") {
            return false;
        }
    }
    // What could not be is a claim that can be wrong, and what could have been is past.
    let past = next == "have"
        || (matches!(next, "also" | "well" | "even" | "still") && word(words, at + 2) == "have");
    let denied = next == "not" && word(words, at) == "could";
    !past && !denied
}

/// "is possible", "a possible exit"; not "as soon as possible", "not possible", "possible to".
fn is_claim(words: &[Word], at: usize) -> bool {
    let (last, next) = (before(words, at, 1), word(words, at + 1));
    let being = [
        "is", "are", "be", "remains", "remain", "seems", "seem", "looks", "appears", "becomes",
        "stays",
    ];
    let adverbs = [
        "also",
        "still",
        "even",
        "quite",
        "very",
        "entirely",
        "therefore",
        "thus",
        "now",
        "then",
        "clearly",
        "perfectly",
        "and",
    ];
    let claimed =
        being.contains(&last) || (adverbs.contains(&last) && being.contains(&before(words, at, 2)));
    (claimed && next != "to" && next != "only") || next == "that"
}

/// "cannot be ruled out", "can not rule out".
fn ruled_out(words: &[Word], at: usize) -> Option<usize> {
    let mut i = at + 1;
    let negated = matches!(word(words, at), "cannot" | "can't" | "couldn't");
    if !negated {
        if word(words, i) != "not" {
            return None;
        }
        i += 1;
    }
    for filler in [
        "yet",
        "entirely",
        "be",
        "yet",
        "entirely",
        "fully",
        "completely",
        "wholly",
    ] {
        if word(words, i) == filler {
            i += 1;
        }
    }
    match (word(words, i), word(words, i + 1)) {
        ("ruled" | "rule", "out") => Some(i + 1),
        ("excluded", _) => Some(i),
        _ => None,
    }
}

/// A finite verb of the past, a year gone by, or what someone said then.
fn tells_of_the_past(words: &[Word], year: i32) -> bool {
    const PAST: &[&str] = &[
        "was",
        "were",
        "had",
        "did",
        "wasn't",
        "weren't",
        "hadn't",
        "didn't",
        "said",
        "argued",
        "warned",
        "thought",
        "believed",
        "feared",
        "hoped",
        "claimed",
        "told",
        "wrote",
        "asked",
        "found",
        "knew",
        "threatened",
        "stated",
        "became",
        "made",
        "took",
        "went",
        "came",
        "ago",
        "yesterday",
    ];
    words.iter().enumerate().any(|(i, w)| {
        let gone =
            |y: &str| y.len() == 4 && y.parse::<i32>().is_ok_and(|y| (1000..year).contains(&y));
        let dated = matches!(
            before(words, i, 1),
            "in" | "of" | "until" | "since" | "during" | "by"
        ) && gone(&w.low);
        dated || PAST.contains(&w.low.as_str())
    })
}
