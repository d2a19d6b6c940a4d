//! Words of likelihood in a sentence: those of the file's scale and of the others.
//!
//! In: a scale and the words of a sentence. Out: [`Hit`]s, longest words first, so that "highly
//! likely" is not read as "likely". Comparisons ("more likely", "likelier") state no likelihood and
//! are no hits; what is denied or qualified says so. Also where in a text such a word, or another
//! that a rule looks for, may stand, at the cost of one pass over it.

use super::denial::is_denied;
use super::passage::{Passage, Sentence, Word};
use super::sense::Place;
use crate::scales::{self, Scale, Term};
use crate::text::hashed::Named;
use aho_corasick::{AhoCorasick, AhoCorasickKind};
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, LazyLock, Mutex, OnceLock, PoisonError};

/// Where a word comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Origin {
    /// The file's own scale.
    Own,
    /// The built-in scale of that name.
    Foreign(&'static str),
}

/// The words of every scale, for a file of one of them.
#[derive(Debug)]
pub(crate) struct Lexicon {
    /// The longest first, and the file's own before others.
    entries: Vec<Entry>,
    /// Places among the entries by their first word, in order.
    by_word: Named<String, Vec<usize>>,
    /// Finds what every sentence with a word of likelihood, or another that a rule looks for, holds;
    /// none where every sentence must be looked at.
    needles: Option<AhoCorasick>,
    /// The same, slower to make and faster to search by; made once much has been searched.
    faster: OnceLock<Option<AhoCorasick>>,
    /// How many bytes have been searched.
    searched: AtomicUsize,
}

/// The lexicons of the built-in scales, each made once, where it is first asked for.
static BUILT_IN: LazyLock<Vec<BuiltIn>> = LazyLock::new(|| {
    let scales = scales::names().filter_map(scales::find);
    scales.map(|scale| (scale, OnceLock::new())).collect()
});

type BuiltIn = (Scale, OnceLock<Lexicon>);

/// The lexicons of files' own scales: the files of a project share a few.
static OWN: Mutex<Vec<(Scale, Arc<Lexicon>)>> = Mutex::new(Vec::new());

/// How many of them are kept.
const OWN_KEPT: usize = 16;

#[derive(Debug)]
struct Entry {
    words: Vec<String>,
    origin: Origin,
    term: Arc<Term>,
    row: usize,
    plain: bool,
}

/// A word of likelihood in a sentence.
#[derive(Debug, Clone)]
pub(crate) struct Hit {
    /// Where, in the passage's text.
    pub(crate) range: Range<usize>,
    /// Whose word it is.
    pub(crate) origin: Origin,
    /// What it means.
    pub(crate) term: Arc<Term>,
    /// Which of the term's words it is: 0 its name, then its aliases.
    pub(crate) row: usize,
    /// Whether it is written as the scale has it, and not "probably" for "probable".
    pub(crate) plain: bool,
    /// Whether it is denied: "not likely", "probably not", "we doubt that it is likely".
    pub(crate) negated: bool,
    /// Whether another word weakens or strengthens it into what is no word of the scale: "fairly
    /// likely".
    pub(crate) qualified: bool,
}

/// Words before a term that change it.
const QUALIFYING: &[&str] = &[
    "quite",
    "fairly",
    "rather",
    "pretty",
    "reasonably",
    "somewhat",
    "extremely",
    "exceedingly",
    "relatively",
    "very",
    "highly",
    "only",
    "barely",
    "hardly",
    "scarcely",
    "almost",
    "nearly",
    "virtually",
];

/// Parts of the words by which rules of prose find a sentence that has no word of likelihood.
const OTHERS: &[&str] = &[
    "confiden",
    "could",
    "might",
    "possib",
    "conceiv",
    "rule",
    "exclude",
    "discoun",
    "dismis",
    "preclu",
    "odds",
    "likelih",
    "probabili",
    "long shot",
    "safe bet",
    "toss",
    "%",
    "percent",
    "per cent",
    "leads",
];

impl Lexicon {
    /// The lexicon of a built-in scale; none for a file's own.
    pub(crate) fn built_in(scale: &Scale) -> Option<&'static Lexicon> {
        let (scale, lexicon) = BUILT_IN.iter().find(|(of, _)| of == scale)?;
        Some(lexicon.get_or_init(|| Lexicon::new(scale)))
    }

    /// The lexicon of a file's own scale.
    pub(crate) fn own(scale: &Scale) -> Arc<Lexicon> {
        let known = || OWN.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, lexicon)) = known().iter().find(|(of, _)| of == scale) {
            return Arc::clone(lexicon);
        }
        // Made without the lock: other threads go on with theirs.
        let lexicon = Arc::new(Lexicon::new(scale));
        let mut known = known();
        if known.len() < OWN_KEPT {
            known.push((scale.clone(), Arc::clone(&lexicon)));
        }
        lexicon
    }

    /// Where in a text a word may stand for which its sentence must be looked at, in order.
    pub(crate) fn places<'t>(&self, text: &'t str) -> impl Iterator<Item = usize> + use<'_, 't> {
        /// So many bytes are soon searched by what is soon made.
        const FEW: usize = 1 << 16;
        let needles = match self.searched.fetch_add(text.len(), Ordering::Relaxed) > FEW {
            true => self
                .faster
                .get_or_init(|| needles(&self.entries, AhoCorasickKind::DFA))
                .as_ref(),
            false => self.needles.as_ref(),
        };
        let found = needles.map(|n| n.find_iter(text).map(|found| found.start()));
        let every = needles.is_none().then_some(0..text.len());
        let found = found.into_iter().flatten();
        found.chain(every.into_iter().flatten())
    }

    /// The words of `scale`, and of the built-in scales what it lacks.
    pub(crate) fn new(scale: &Scale) -> Self {
        let mut entries = Vec::new();
        add(&mut entries, scale, Origin::Own);
        let own: Vec<Vec<String>> = entries.iter().map(|e| e.words.clone()).collect();
        let has_remote = own.iter().any(|words| words[0] == "remote");
        for name in scales::names().filter(|n| *n != scale.name) {
            let Some(other) = scales::find(name) else {
                continue;
            };
            let mut foreign = Vec::new();
            add(&mut foreign, &other, Origin::Foreign(name));
            foreign.retain(|e| {
                // "Probably not" is an ordinary "probably", denied, and "a remote chance" is
                // "remote" wherever the scale has that.
                let denial = e.words.last().is_some_and(|w| w == "not") && name == "kent";
                let remote = e.words[0] == "remote" && has_remote;
                !denial && !remote && !own.contains(&e.words)
            });
            entries.extend(foreign);
        }
        entries.sort_by_key(|e| (std::cmp::Reverse(e.words.len()), e.origin != Origin::Own));
        let needles = needles(&entries, AhoCorasickKind::ContiguousNFA);
        let mut by_word: Named<String, Vec<usize>> = Named::default();
        for (place, entry) in entries.iter().enumerate() {
            by_word
                .entry(entry.words[0].clone())
                .or_default()
                .push(place);
        }
        Lexicon {
            entries,
            by_word,
            needles,
            faster: OnceLock::new(),
            searched: AtomicUsize::new(0),
        }
    }

    /// The words of likelihood in a sentence, in order.
    pub(super) fn hits(&self, passage: &Passage, sentence: &Sentence) -> Vec<Hit> {
        let words = &sentence.words;
        let mut found = Vec::new();
        let mut at = 0;
        while at < words.len() {
            let places = self
                .by_word
                .get(words[at].low.as_str())
                .into_iter()
                .flatten();
            let entry = places
                .map(|&place| &self.entries[place])
                .find(|e| matches(e, passage, &words[at..]));
            let Some(entry) = entry else {
                at += 1;
                continue;
            };
            let end = at + entry.words.len();
            let before = |n: usize| {
                at.checked_sub(n)
                    .filter(|&i| together(passage, &words[i..=at]))
                    .map(|i| words[i].low.as_str())
            };
            let next = words
                .get(end)
                .filter(|_| together(passage, &words[end - 1..=end]));
            let next = next.map(|w| w.low.as_str());
            let first = before(1).unwrap_or_default();
            let place = Place {
                text: &passage.text,
                words,
                at,
                end,
                first,
                next,
            };
            if place.states(&entry.words, entry.origin) {
                found.push(Hit {
                    range: words[at].range.start..words[end - 1].range.end,
                    origin: entry.origin,
                    term: Arc::clone(&entry.term),
                    row: entry.row,
                    plain: entry.plain,
                    negated: is_denied(&passage.text, words, at, end),
                    qualified: QUALIFYING.contains(&first),
                });
            }
            at = end;
        }
        found
    }
}

/// Finds, whatever the case of letters, a part of every entry and every other word that rules of
/// prose look for; none where an entry has no part that can be found so.
fn needles(entries: &[Entry], kind: AhoCorasickKind) -> Option<AhoCorasick> {
    /// What becomes an ASCII letter in lower case without being one.
    const CAPITALS: [&str; 2] = ["\u{130}", "\u{212a}"];
    let mut needles: Vec<&str> = [OTHERS, &CAPITALS].concat();
    // The scales share most of their words.
    let mut held: BTreeSet<&str> = BTreeSet::new();
    // Short entries last in their order: their words are parts of the longer ones.
    for entry in entries.iter().rev() {
        let parts = entry.words.iter();
        let parts = parts.flat_map(|w| w.split(|c: char| !c.is_ascii_alphanumeric()));
        let known = |part: &&str| {
            let mut fitting = needles.iter().filter(|needle| needle.len() <= part.len());
            held.contains(part) || fitting.any(|needle| part.contains(needle))
        };
        if let Some(part) = parts.clone().find(known) {
            held.insert(part);
        } else {
            let longest = parts.max_by_key(|part| part.len());
            needles.push(longest.filter(|part| !part.is_empty())?);
        }
    }
    AhoCorasick::builder()
        .ascii_case_insensitive(true)
        .kind(Some(kind))
        .build(needles)
        .ok()
}

/// What a word of likelihood is in a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Speech {
    /// "likely"
    Adjective,
    /// "roughly even chance"
    Noun,
    /// "probably not"
    Adverb,
}

/// What a word of likelihood is in a sentence; only a word of the same kind stands in its place.
pub(crate) fn speech(word: &str) -> Speech {
    let nouns = [
        "chance",
        "chances",
        "odds",
        "possibility",
        "possibilities",
        "probability",
        "likelihood",
    ];
    let adverbs = ["probably", "certainly", "improbably"];
    let mut words = word.split([' ', '-']).map(str::to_lowercase);
    let all = words.by_ref().collect::<Vec<_>>();
    let has = |list: &[&str]| all.iter().any(|w| list.contains(&w.as_str()));
    match (has(&nouns), has(&adverbs)) {
        (true, _) => Speech::Noun,
        (_, true) => Speech::Adverb,
        _ => Speech::Adjective,
    }
}

/// A range of a text and the word for it, with the article before it where the word needs the other one:
/// "an unlikely" and "a likely".
pub(crate) fn with_article(text: &str, range: &Range<usize>, word: &str) -> (Range<usize>, String) {
    let begins = |w: &str| {
        w.trim_start()
            .to_lowercase()
            .starts_with(['a', 'e', 'i', 'o', 'u'])
    };
    let before = &text[..range.start];
    let head = before.trim_end_matches([' ', '\n', '\r', '\t', '*', '_']);
    let from = head.rfind(|c: char| !c.is_alphabetic()).map_or(0, |i| {
        i + head[i..].chars().next().map_or(1, char::len_utf8)
    });
    let (article, gap) = (&head[from..], &before[head.len()..]);
    let right = match begins(word) {
        true => "an",
        false => "a",
    };
    match article.to_lowercase().as_str() {
        "a" | "an" if article.to_lowercase() != right => (
            from..range.end,
            format!("{}{gap}{word}", cased(right, article)),
        ),
        _ => (range.clone(), word.to_owned()),
    }
}

/// `word`, with a capital where `like` has one.
pub(crate) fn cased(word: &str, like: &str) -> String {
    let mut chars = word.chars();
    match chars.next() {
        Some(first) if like.starts_with(char::is_uppercase) => {
            first.to_uppercase().chain(chars).collect()
        }
        _ => word.to_owned(),
    }
}

fn add(entries: &mut Vec<Entry>, scale: &Scale, origin: Origin) {
    for term in &scale.terms {
        let shared = Arc::new(term.clone());
        for (row, name) in std::iter::once(&term.name).chain(&term.aliases).enumerate() {
            let words: Vec<String> = name
                .split(|c: char| c.is_whitespace() || c == '-')
                .filter(|w| !w.is_empty())
                .map(str::to_lowercase)
                .collect();
            let Some(last) = words.last() else { continue };
            let inflected = inflect(last).map(|other| {
                let mut words = words.clone();
                *words.last_mut().expect("a last word") = other.to_owned();
                words
            });
            for (words, plain) in [(Some(words.clone()), true), (inflected, false)] {
                entries.extend(words.map(|words| Entry {
                    words,
                    origin,
                    term: Arc::clone(&shared),
                    row,
                    plain,
                }));
            }
        }
    }
}

/// The other form of a term's last word.
fn inflect(word: &str) -> Option<&'static str> {
    Some(match word {
        "probable" => "probably",
        "improbable" => "improbably",
        "certain" => "certainly",
        "chance" => "chances",
        "possibility" => "possibilities",
        _ => return None,
    })
}

fn matches(entry: &Entry, passage: &Passage, words: &[Word]) -> bool {
    let n = entry.words.len();
    words.len() >= n
        && entry.words.iter().zip(words).all(|(a, b)| *a == b.low)
        && together(passage, &words[..n])
}

/// Whether words follow each other with nothing but blanks and hyphens between.
fn together(passage: &Passage, words: &[Word]) -> bool {
    words.windows(2).all(|pair| {
        passage.text[pair[0].range.end..pair[1].range.start]
            .chars()
            .all(|c| c.is_whitespace() || c == '-')
    })
}
