//! One text, cut into sentences and words.
//!
//! In: the text as it stands in the file, quotes included. Out: sentences by UAX 29, fixed where
//! an abbreviation ends in a full stop; offsets are bytes from the text's start in the file. Only
//! sentences that hold a word which some rule looks for are cut out: most of a file has none.

use super::bounds::sentences;
use super::terms::{Hit, Lexicon};
use crate::resolve::assessment::{Name, Piece, Prose, Query};
use crate::scales::Scale;
use crate::text::source::Span;
use std::cell::OnceCell;
use std::collections::HashMap;
use std::ops::Range;
use std::rc::Rc;
use unicode_segmentation::UnicodeSegmentation;

/// What a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    /// A section's.
    Section,
    /// `note:`
    Note,
    /// `context:`
    Context,
    /// `resolves:`
    Resolves,
    /// What a key judgement says.
    Judgement,
}

/// One text.
#[derive(Debug)]
pub(crate) struct Passage<'a> {
    /// What it is.
    pub(crate) part: Part,
    /// As it stands in the file, byte for byte, but that single line ends are blanks, and
    /// placeholders and what is quoted are filled with [`PLACEHOLDER`] and [`QUOTED`].
    pub(crate) text: String,
    /// Where the placeholders stand.
    pub(crate) placeholders: Vec<Placeholder<'a>>,
    span: Span,
    sentences: OnceCell<Rc<Vec<Sentence>>>,
}

/// The sentences of texts that were read before, by their texts, for the words of one scale.
#[derive(Debug, Default)]
pub(crate) struct Sentences {
    scale: Option<Scale>,
    by_text: HashMap<String, Rc<Vec<Sentence>>>,
}

impl Sentences {
    /// Gives passages the sentences that are known of their texts.
    pub(crate) fn lend(&self, scale: &Scale, passages: &[Passage<'_>]) {
        if self.by_text.is_empty() || self.scale.as_ref() != Some(scale) {
            return;
        }
        for passage in passages {
            if let Some(known) = self.by_text.get(&passage.text) {
                let _ = passage.sentences.set(Rc::clone(known));
            }
        }
    }

    /// Those that passages have now.
    pub(crate) fn of(scale: &Scale, passages: Vec<Passage<'_>>) -> Sentences {
        let known = passages
            .into_iter()
            .filter_map(|p| Some((p.text, p.sentences.into_inner()?)));
        Sentences {
            scale: Some(scale.clone()),
            by_text: known.collect(),
        }
    }
}

/// A number to be filled in.
#[derive(Debug)]
pub(crate) struct Placeholder<'a> {
    /// Where, in the passage's text.
    pub(crate) range: Range<usize>,
    /// What is asked.
    pub(crate) query: &'a Query,
    /// The word that its author expects.
    pub(crate) word: Option<&'a Name>,
}

/// One sentence.
#[derive(Debug)]
pub(crate) struct Sentence {
    /// Where, in the passage's text.
    pub(crate) range: Range<usize>,
    /// Its words in order, none that is quoted.
    pub(crate) words: Vec<Word>,
    /// Its words of likelihood, once some rule has asked for them.
    hits: OnceCell<Vec<Hit>>,
}

/// One word.
#[derive(Debug, Clone)]
pub(crate) struct Word {
    /// Where, in the passage's text.
    pub(crate) range: Range<usize>,
    /// In lower case, with a straight apostrophe.
    pub(crate) low: String,
}

/// Stands for each byte of a placeholder: a letter, so that a sentence goes on over it.
const PLACEHOLDER: u8 = b'\x01';

/// Stands for each byte of what is quoted.
const QUOTED: u8 = b'\x02';

impl<'a> Passage<'a> {
    /// The passage of a prose whose text, quotes included, is `raw`.
    pub(crate) fn new(part: Part, prose: &'a Prose, raw: &str) -> Self {
        let delimiter = if raw.starts_with("\"\"\"") && raw.len() >= 6 {
            3
        } else {
            1
        };
        let mut bytes = raw.as_bytes().to_vec();
        let inner = delimiter.min(bytes.len())..bytes.len().saturating_sub(delimiter);
        bytes[..inner.start].fill(b' ');
        bytes[inner.end.max(inner.start)..].fill(b' ');
        let mut placeholders = Vec::new();
        for piece in &prose.pieces {
            // A day or a title says no chance: no rule has a word to read there.
            if let Piece::Fact { span, .. } = piece
                && prose.span.contains(*span)
            {
                let from = (span.start - prose.span.start) as usize;
                bytes[from..from + (span.end - span.start) as usize].fill(QUOTED);
            }
            if let Piece::Placeholder { span, query, word } = piece
                && prose.span.contains(*span)
            {
                let from = (span.start - prose.span.start) as usize;
                let range = from..from + (span.end - span.start) as usize;
                bytes[range.clone()].fill(PLACEHOLDER);
                placeholders.push(Placeholder {
                    range,
                    query,
                    word: word.as_ref(),
                });
            }
        }
        Passage {
            placeholders,
            ..Passage::read(part, prose.span, bytes)
        }
    }

    /// The passage of a text without placeholders, its quotes left out.
    pub(crate) fn plain(part: Part, span: Span, text: &str) -> Self {
        Passage::read(part, span, text.as_bytes().to_vec())
    }

    fn read(part: Part, span: Span, mut bytes: Vec<u8>) -> Self {
        join_lines(&mut bytes);
        let mut text = String::from_utf8(bytes).unwrap_or_default();
        let quoted = quotations(&text);
        if !quoted.is_empty() {
            let mut bytes = text.into_bytes();
            quoted
                .into_iter()
                .for_each(|range| bytes[range].fill(QUOTED));
            text = String::from_utf8(bytes).unwrap_or_default();
        }
        Passage {
            part,
            text,
            placeholders: Vec::new(),
            span,
            sentences: OnceCell::new(),
        }
    }

    /// The place in the file of a range of the text.
    pub(crate) fn span(&self, range: &Range<usize>) -> Span {
        let start = self.span.start as usize;
        Span::new(self.span.file, start + range.start, start + range.end)
    }

    /// The sentences in order that hold a word of which the lexicon says that it may matter.
    pub(crate) fn sentences(&self, lexicon: &Lexicon) -> &[Sentence] {
        self.sentences
            .get_or_init(|| Rc::new(self.cut(&mut lexicon.places(&self.text))))
    }

    /// The words of likelihood in one of its sentences, in order.
    pub(crate) fn hits<'s>(&self, sentence: &'s Sentence, lexicon: &Lexicon) -> &'s [Hit] {
        sentence.hits.get_or_init(|| lexicon.hits(self, sentence))
    }

    /// The sentences in which one of these places lies; places come in order.
    fn cut(&self, places: &mut dyn Iterator<Item = usize>) -> Vec<Sentence> {
        let mut found = Vec::new();
        let mut next = places.next();
        // A line end that is left always ends a sentence, so that each paragraph is cut by itself.
        let mut start = 0;
        for paragraph in self.text.split_inclusive('\n') {
            let end = start + paragraph.len();
            if next.is_some_and(|place| place < end) {
                for within in sentences(paragraph) {
                    let range = start + within.start..start + within.end;
                    if next.is_some_and(|place| place < range.end) {
                        let words = self.words(&range);
                        found.push(Sentence {
                            range,
                            words,
                            hits: OnceCell::new(),
                        });
                        while next.is_some_and(|place| place < start + within.end) {
                            next = places.next();
                        }
                    }
                }
            }
            start = end;
        }
        found
    }

    /// The placeholders that stand in a range.
    pub(crate) fn placeholders_in(
        &self,
        range: &Range<usize>,
    ) -> impl Iterator<Item = &Placeholder<'a>> {
        self.placeholders
            .iter()
            .filter(|p| range.start <= p.range.start && p.range.end <= range.end)
    }

    fn words(&self, range: &Range<usize>) -> Vec<Word> {
        self.text[range.clone()]
            .unicode_word_indices()
            .map(|(at, text)| Word {
                range: range.start + at..range.start + at + text.len(),
                low: match lower(text) {
                    low if low.contains('’') => low.replace('’', "'"),
                    low => low,
                },
            })
            .collect()
    }
}

/// A word in lower case.
pub(crate) fn lower(word: &str) -> String {
    match word.is_ascii() {
        true => word.to_ascii_lowercase(),
        false => word.to_lowercase(),
    }
}

/// Turns the line ends inside a paragraph into blanks.
pub(crate) fn join_lines(bytes: &mut [u8]) {
    let mut from = 0;
    while let Some(found) = memchr::memchr(b'\n', &bytes[from..]) {
        let i = from + found;
        from = i + 1;
        let next = bytes[i + 1..]
            .iter()
            .position(|b| !matches!(b, b' ' | b'\t' | b'\r'));
        let rest = next.map_or(&[][..], |n| &bytes[i + 1 + n..]);
        if !starts_paragraph(rest) {
            bytes[i] = b' ';
            if i > 0 && bytes[i - 1] == b'\r' {
                bytes[i - 1] = b' ';
            }
        }
    }
}

/// A blank line, or an item of a list.
fn starts_paragraph(rest: &[u8]) -> bool {
    match rest {
        [] | [b'\n', ..] | [b'-' | b'*' | b'+', b' ', ..] => true,
        _ if rest.starts_with("•".as_bytes()) || rest.starts_with("–".as_bytes()) => true,
        _ => {
            let digits = rest.iter().take_while(|b| b.is_ascii_digit()).count();
            (1..=2).contains(&digits) && matches!(rest[digits..], [b'.' | b')', b' ', ..])
        }
    }
}

/// What stands in quotation marks or backticks, marks included; an opening mark that is not closed
/// in its paragraph quotes nothing.
fn quotations(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut from = 0;
    while let Some(at) = opening(&text.as_bytes()[from..]) {
        let start = from + at;
        let mut behind = text[start..].chars();
        let open = behind.next().unwrap_or_default();
        from = start + open.len_utf8();
        // What is quoted is no word that an apostrophe may belong to.
        let before = match found.last() {
            Some(last) if last.end == start => ' ',
            _ => text[..start].chars().next_back().unwrap_or(' '),
        };
        let close = match open {
            '"' => "\"",
            '“' => "”",
            '„' => "“”",
            '«' => "»",
            '`' => "`",
            '\'' if !before.is_alphanumeric() && behind.next().is_some_and(char::is_alphabetic) => {
                "'"
            }
            '‘' => "’",
            _ => "",
        };
        if close.is_empty() {
            continue;
        }
        let inner = from;
        let apostrophe = matches!(open, '\'' | '‘');
        let end = text[inner..]
            .char_indices()
            .take_while(|(_, c)| *c != '\n')
            .find(|&(at, c)| {
                let end = inner + at + c.len_utf8();
                let within = apostrophe && text[end..].starts_with(char::is_alphanumeric);
                at > 0 && close.contains(c) && !within
            })
            .map(|(at, c)| inner + at + c.len_utf8());
        if let Some(end) = end {
            found.push(start..end);
            from = end;
        }
    }
    found
}

/// The first byte that may begin a sign which opens a quotation: of those beyond ASCII all begin with these two.
fn opening(text: &[u8]) -> Option<usize> {
    /// No sign is looked for far behind another, however many there are of that.
    const PART: usize = 256;
    let mut parts = text.chunks(PART).enumerate();
    parts.find_map(|(n, part)| {
        let plain = memchr::memchr3(b'"', b'`', b'\'', part);
        let before = &part[..plain.unwrap_or(part.len())];
        let found = memchr::memchr2(0xC2, 0xE2, before).or(plain);
        found.map(|at| n * PART + at)
    })
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
