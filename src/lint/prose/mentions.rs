//! Sentences that say how likely an outcome or an event of the file is.
//!
//! In: the names and titles of a file, a sentence. Out: what is named, and the word or number that is
//! said of it and is typed, not filled in. Only plain statements are read: none that supposes, asks,
//! looks back, or tells what others hold.

use super::numbers::Figure;
use super::weasel::is_question;
use super::{Cursor, Hit, Lexicon, Passage, Sentence, is_one, said};
use std::ops::{Deref, Range};
use unicode_segmentation::UnicodeSegmentation;

/// A name or a title in words.
pub(crate) struct Named<T> {
    words: Vec<String>,
    /// As it must be written where it is one letter, which may be an article.
    letter: Option<String>,
    /// What it names.
    pub(crate) what: T,
}

/// What is said of something named.
#[derive(Debug)]
pub(crate) struct Said<T> {
    /// What is named.
    pub(crate) what: T,
    /// Where it is named.
    pub(crate) name: Range<usize>,
    /// Where it is said how likely it is.
    pub(crate) place: Range<usize>,
    /// The word, where it is one.
    pub(crate) hit: Option<Hit>,
    /// What a placeholder may take the place of; none where the sentence would not read on.
    pub(crate) whole: Option<Range<usize>>,
}

impl<T: Copy> Named<T> {
    /// A name or a title; none where it holds no word.
    pub(crate) fn new(written: &str, what: T) -> Option<Self> {
        let spaced = written.replace(['_', '-'], " ");
        let mut words: Vec<String> = spaced.unicode_words().map(super::lower).collect();
        if words.len() > 1 && matches!(words[0].as_str(), "a" | "an" | "the") {
            words.remove(0);
        }
        let letter =
            (words.len() == 1 && words[0].chars().count() == 1).then(|| written.trim().to_owned());
        (!words.is_empty()).then_some(Named {
            words,
            letter,
            what,
        })
    }
}

/// Whether a sentence says how likely anything is, and fills nothing in.
pub(crate) fn says(lexicon: &Lexicon, passage: &Passage, sentence: &Sentence) -> bool {
    let text = &passage.text[sentence.range.clone()];
    let has_number = || text.contains('%') || text.contains("cent");
    (!passage.hits(sentence, lexicon).is_empty() || has_number())
        && passage.placeholders_in(&sentence.range).next().is_none()
}

/// What one sentence says of what is named.
pub(crate) fn said_of<T: Copy>(
    named: &[Named<T>],
    lexicon: &Lexicon,
    passage: &Passage,
    sentence: &Sentence,
) -> Option<Said<T>> {
    let hits = passage.hits(sentence, lexicon);
    let reading = Reading {
        at: Cursor::new(passage, sentence),
        hits,
    };
    let found = (0..sentence.words.len()).find_map(|at| {
        // The longest title that begins here.
        let names = named.iter().filter(|n| reading.is_named(n, at));
        let name = names.max_by_key(|n| n.words.len())?;
        let end = at + name.words.len();
        let (place, hit, whole) = reading.said(at, end)?;
        let name_range = sentence.words[at].range.start..sentence.words[end - 1].range.end;
        Some(Said {
            what: name.what,
            name: name_range,
            place,
            hit,
            whole,
        })
    })?;
    // A number in brackets stands there whatever the rest supposes.
    let in_brackets = passage.text[..found.place.start].ends_with('(');
    (!reading.is_conditional(in_brackets) && !is_question(passage, sentence)).then_some(found)
}

/// What one sentence says to lead: "Weakening leads in the long term".
pub(crate) fn leads<T: Copy>(
    named: &[Named<T>],
    lexicon: &Lexicon,
    passage: &Passage,
    sentence: &Sentence,
) -> Option<(T, Range<usize>)> {
    let reading = Reading {
        at: Cursor::new(passage, sentence),
        hits: passage.hits(sentence, lexicon),
    };
    let at = (0..sentence.words.len()).find(|&i| reading.low(i) == "leads")?;
    let article = matches!(reading.low(0), "a" | "an" | "the");
    let start = usize::from(article);
    let names = named.iter().filter(|n| reading.is_named(n, start));
    let name = names.max_by_key(|n| n.words.len())?;
    let is_whole = start + name.words.len() == at && reading.ends(at + 1);
    let fills = passage.placeholders_in(&sentence.range).next().is_some();
    if !is_whole || fills || reading.is_conditional(false) || is_question(passage, sentence) {
        return None;
    }
    let (first, last) = (&sentence.words[0], &sentence.words[at - 1]);
    Some((name.what, first.range.start..last.range.end))
}

struct Reading<'s> {
    at: Cursor<'s>,
    hits: &'s [Hit],
}

impl<'s> Deref for Reading<'s> {
    type Target = Cursor<'s>;

    fn deref(&self) -> &Cursor<'s> {
        &self.at
    }
}

type Found = (Range<usize>, Option<Hit>, Option<Range<usize>>);

/// What may stand between a being verb and what is said.
const ADVERBS: &[&str] = &[
    "still",
    "now",
    "therefore",
    "thus",
    "also",
    "currently",
    "again",
    "at",
    "put",
    "about",
    "around",
    "roughly",
    "judged",
    "only",
    "to",
    "be",
    "as",
    "in",
    "our",
    "view",
];

/// Verbs with which the house says what it holds.
const HOLDING: &[&str] = &[
    "judge", "assess", "consider", "see", "regard", "rate", "think", "put", "hold", "believe",
    "estimate", "call", "expect", "place", "deem", "find",
];

impl Reading<'_> {
    fn is_named<T>(&self, name: &Named<T>, at: usize) -> bool {
        let n = name.words.len();
        let words = self.sentence.words.get(at..at + n);
        words.is_some_and(|words| {
            let same = words.iter().zip(&name.words).all(|(w, n)| w.low == *n);
            let letter = name
                .letter
                .as_ref()
                .is_none_or(|l| self.text[words[0].range.clone()] == **l);
            same && letter && (at + 1..at + n).all(|i| !self.gap(i).contains(['.', ';', ':', '\n']))
        }) || (n > 1 && self.low(at) == name.words.join("_"))
    }

    /// What is said of the name that stands from a word to another.
    fn said(&self, at: usize, end: usize) -> Option<Found> {
        let article = matches!(self.back(at, 1), "a" | "an" | "the" | "our")
            && self.gap(at).trim().is_empty();
        let start = if article { at - 1 } else { at };
        let behind = self.past_phrase(end);
        if let Some(found) = self.of_chance(start, end, behind) {
            return Some(found);
        }
        let before = self.back(start, 1);
        // "By q3 exit is almost certain."
        let timed = start <= 6
            && matches!(self.low(0), "by" | "in" | "within" | "until" | "before")
            && (1..=start).all(|i| self.gap(i).trim().is_empty());
        let opens = start == 0
            || timed
            || self
                .gap(start)
                .contains([',', ';', ':', '–', '—', '(', '-', '•', '*', '\n'])
            || matches!(before, "that" | "and" | "but" | "so");
        let held = HOLDING.contains(&before)
            && matches!(
                self.back(start, 2),
                "we" | "i" | "therefore" | "now" | "still"
            );
        if !(opens || held) {
            return None;
        }
        // "It is very unlikely that the pact holds."
        if before == "that"
            && let Some(hit) = self.hit_before(start - 1)
            && (self.ends(end) || matches!(self.low(end), "comes" | "happens" | "occurs"))
            && self.back(start, 2) == self.last_word_of(&hit)
        {
            return Some((hit.range.clone(), Some(hit), None));
        }
        self.predicate(end, behind, held)
    }

    /// "is very likely", "(70%)", ": 70%", "has a 70% chance", and, after "we judge", "likely", "at 70%".
    fn predicate(&self, end: usize, behind: usize, held: bool) -> Option<Found> {
        let words = &self.sentence.words;
        if let Some(at) = self.number_behind(end) {
            let figure = said(self.text, words[at].range.start)?;
            let closes = self.text[figure.range.end..].trim_start();
            let alone =
                closes.is_empty() || closes.starts_with([')', ']', '.', ',', ';', '\n', '"']);
            let timed = ["by ", "in ", "within ", "until ", "before "];
            let alone = alone || timed.iter().any(|t| closes.starts_with(t));
            return (alone && self.is_within(&figure))
                .then(|| (figure.range.clone(), None, Some(figure.range.clone())));
        }
        let mut i = behind;
        let being = matches!(
            self.low(i),
            "is" | "are"
                | "remains"
                | "looks"
                | "seems"
                | "stays"
                | "appears"
                | "becomes"
                | "stands"
                | "has"
                | "carries"
        );
        if being {
            i += 1;
        } else if !held {
            return None;
        }
        let from = i;
        while i < from + 4 && ADVERBS.contains(&self.low(i)) && self.gap(i).trim().is_empty() {
            i += 1;
        }
        let place = words.get(i)?.range.start;
        if i > end && (end..=i).any(|k| self.gap(k).contains([';', ':', '('])) {
            return None;
        }
        let to_be = (from..i).all(|k| self.low(k) != "to" || self.low(k + 1) == "be");
        if let Some(hit) = self.hits.iter().find(|h| h.range.start == place) {
            let last = words.iter().position(|w| w.range.end >= hit.range.end)? + 1;
            return (!hit.negated && !hit.qualified && self.ends(last) && to_be).then(|| {
                (
                    hit.range.clone(),
                    Some(hit.clone()),
                    Some(hit.range.clone()),
                )
            });
        }
        let mut article = usize::from(matches!(self.low(i), "a" | "an"));
        // "has a probability of 12%"
        let of = matches!(
            self.low(i + article),
            "chance" | "probability" | "likelihood"
        ) && self.low(i + article + 1) == "of"
            && self
                .low(i + article + 2)
                .starts_with(|c: char| c.is_ascii_digit());
        if of && being && article == 1 {
            article += 2;
            let figure = said(self.text, words.get(i + article)?.range.start)?;
            let next = words.iter().position(|w| w.range.start >= figure.range.end);
            return self
                .ends(next.unwrap_or(words.len()))
                .then(|| (figure.range.clone(), None, None));
        }
        let at = words.get(i + article)?.range.start;
        let figure = said(self.text, at)
            .filter(|f| f.range.start == at || self.text[at..f.range.start].len() < 12)?;
        let next =
            self.text[figure.range.end..self.sentence.range.end].trim_start_matches([' ', '-']);
        if let Some(likely) = next.strip_prefix("likely") {
            let whole = figure.range.start..self.sentence.range.end - likely.len();
            let other = likely.trim_start().starts_with("to ");
            return (!other).then(|| (whole.clone(), None, Some(whole)));
        }
        let chance = next.starts_with("chance")
            || next.starts_with("probability")
            || next.starts_with("likelihood");
        if chance {
            let rest = next.split_once(' ').map_or("", |(_, rest)| rest);
            let other = rest.starts_with("of ")
                && !rest.starts_with("of happening")
                && !rest.starts_with("of coming");
            return (!other && self.low(from.saturating_sub(1)) != "stands")
                .then(|| (figure.range.clone(), None, None));
        }
        // A number alone is a chance where "at" or "put at" calls it one: "is 5%" may be a size.
        let at_word = (from..i).any(|k| matches!(self.low(k), "at"));
        let word = words
            .iter()
            .position(|w| w.range.start >= figure.range.end)
            .unwrap_or(words.len());
        (at_word
            && self.ends(word)
            && (held || self.low(from.saturating_sub(1)) == "stands" || being))
            .then(|| (figure.range.clone(), None, Some(figure.range.clone())))
    }

    /// The number behind a colon, a bracket or a dash, which may stand behind a time: "exit: 60%", "exit by q3: 60%".
    fn number_behind(&self, end: usize) -> Option<usize> {
        let begins = matches!(
            self.low(end),
            "by" | "in" | "within" | "before" | "until" | "over" | "during"
        );
        let reach = if begins { end + 7 } else { end + 1 };
        for i in end..reach {
            let gap = self.gap(i).trim();
            if matches!(gap, "(" | ":" | "–" | "—" | "[" | "=") {
                let number = self.low(i).starts_with(|c: char| c.is_ascii_digit());
                return number.then_some(i);
            }
            if !gap.is_empty() || i >= self.words.len() {
                return None;
            }
        }
        None
    }

    /// "the chance of an exit is 70%", "a 70% chance of an exit".
    fn of_chance(&self, start: usize, end: usize, behind: usize) -> Option<Found> {
        let noun = self.back(start, 2);
        if self.back(start, 1) != "of"
            || !matches!(
                noun,
                "chance" | "probability" | "likelihood" | "odds" | "chances"
            )
        {
            return None;
        }
        let words = &self.sentence.words;
        let chance = start - 2;
        let before = self.text[self.sentence.range.start..words[chance].range.start]
            .trim_end_matches([' ', '-']);
        let earlier = super::said_before(self.text, self.sentence.range.start + before.len());
        if let Some(figure) = earlier.filter(|f| f.range.start >= self.sentence.range.start) {
            return self.ends(end).then(|| (figure.range.clone(), None, None));
        }
        if !matches!(self.back(chance, 1), "the" | "our" | "") {
            return None;
        }
        if let Some(at) = self.number_behind(end) {
            let figure = said(self.text, words[at].range.start)?;
            return self
                .is_within(&figure)
                .then(|| (figure.range.clone(), None, Some(figure.range.clone())));
        }
        let being = matches!(self.low(behind), "is" | "stands" | "remains" | "comes")
            || self.low(behind) == "at";
        let at = (behind..behind + 4)
            .find(|&i| self.low(i).starts_with(|c: char| c.is_ascii_digit()))?;
        let near = (behind + 1..at).all(|i| {
            matches!(
                self.low(i),
                "at" | "about" | "now" | "only" | "put" | "to" | "around" | "roughly" | "still"
            )
        });
        let figure = said(self.text, words[at].range.start)?;
        (being && near && self.is_within(&figure))
            .then(|| (figure.range.clone(), None, Some(figure.range.clone())))
    }

    fn is_within(&self, figure: &Figure) -> bool {
        figure.range.end <= self.sentence.range.end
    }

    /// Past "by the long term", "in the autumn": the longest phrase of time, else where it stands.
    fn past_phrase(&self, at: usize) -> usize {
        let begins = matches!(
            self.low(at),
            "by" | "in"
                | "within"
                | "before"
                | "at"
                | "over"
                | "until"
                | "this"
                | "next"
                | "during"
        );
        let mut i = at;
        while begins && i < at + 7 {
            if i > at
                && matches!(
                    self.low(i),
                    "is" | "are"
                        | "remains"
                        | "looks"
                        | "seems"
                        | "stands"
                        | "at"
                        | "has"
                        | "stays"
                        | "as"
                        | "comes"
                )
            {
                return i;
            }
            i += 1;
        }
        at
    }

    /// Whether a clause, or what is said in it, ends before a word: nothing follows but a time.
    fn ends(&self, at: usize) -> bool {
        let gap = self.gap(at);
        at >= self.sentence.words.len()
            || gap.contains([',', ';', '.', ':', ')', '–', '—', '\n'])
            || (gap.trim() == "(")
            || matches!(
                self.low(at),
                "by" | "in"
                    | "within"
                    | "before"
                    | "this"
                    | "next"
                    | "over"
                    | "until"
                    | "at"
                    | "during"
                    | "and"
                    | "but"
                    | "now"
                    | "today"
            )
    }

    fn hit_before(&self, that: usize) -> Option<Hit> {
        let end = self.sentence.words.get(that)?.range.start;
        let hit = self.hits.iter().rfind(|h| h.range.end <= end)?;
        let it = self
            .sentence
            .words
            .iter()
            .position(|w| w.range.start >= hit.range.start)?;
        let said =
            matches!(self.back(it, 1), "is" | "remains" | "seems") && self.back(it, 2) == "it";
        (said && !hit.negated && !hit.qualified).then(|| hit.clone())
    }

    fn last_word_of(&self, hit: &Hit) -> &str {
        let last = self
            .sentence
            .words
            .iter()
            .rfind(|w| w.range.end <= hit.range.end);
        last.map_or("", |w| w.low.as_str())
    }

    /// Whether the sentence supposes, looks back, or tells what others hold.
    fn is_conditional(&self, in_brackets: bool) -> bool {
        const SKIPPED: &str = "if unless assuming provided given without whether once when would could otherwise else was \
        were had did used formerly ago yesterday earlier last previously previous historically \
        says said say thinks think believes believe believed thought claims claim claimed argue \
        argues argued call calls called markets market poll polls bookmakers critics experts \
        economists survey surveys prior base model models study according others they he she \
        ministers investors traders analysts forecasters pundits scenario until share";
        let words = &self.sentence.words;
        let ours = words
            .iter()
            .any(|w| matches!(w.low.as_str(), "we" | "i" | "our"));
        let skipped = words.iter().enumerate().any(|(i, w)| {
            let low = w.low.as_str();
            let own = ours
                && matches!(low, "think" | "believe" | "call" | "say" | "estimate")
                && matches!(self.back(i, 1), "we" | "i");
            let gone = low.len() == 4 && matches!(self.back(i, 1), "in") && low.starts_with("19");
            (is_one(low, SKIPPED) && !own && !(in_brackets && low == "would")) || gone
        });
        skipped || matches!(self.low(0), "should" | "were" | "had" | "after")
    }
}
