//! A sentence read word by word.
//!
//! In: a sentence of a passage. Out: its words in lower case, and what stands between them; beyond
//! its ends nothing, so that whoever looks around a word need not ask whether there is one.

use super::{Passage, Sentence, Word};

/// A sentence, its words and the text that they stand in.
#[derive(Clone, Copy)]
pub(crate) struct Cursor<'s> {
    pub(crate) text: &'s str,
    pub(crate) words: &'s [Word],
    pub(crate) sentence: &'s Sentence,
}

impl<'s> Cursor<'s> {
    pub(crate) fn new(passage: &'s Passage, sentence: &'s Sentence) -> Self {
        Cursor {
            text: &passage.text,
            words: &sentence.words,
            sentence,
        }
    }

    /// A word in lower case; empty beyond the sentence.
    pub(crate) fn low(&self, at: usize) -> &'s str {
        self.words.get(at).map_or("", |w| w.low.as_str())
    }

    /// The word `n` before; empty before the sentence.
    pub(crate) fn back(&self, at: usize, n: usize) -> &'s str {
        at.checked_sub(n).map_or("", |i| self.low(i))
    }

    /// What stands before a word and after the one before it, or the sentence's begin; after the last
    /// word what ends the sentence.
    pub(crate) fn gap(&self, at: usize) -> &'s str {
        let range = &self.sentence.range;
        match (self.before(at), self.words.get(at)) {
            (None, None) => "",
            (a, b) => {
                let start = a.map_or(range.start, |a| a.range.end);
                &self.text[start..b.map_or(range.end, |b| b.range.start)]
            }
        }
    }

    /// What stands between a word and the one before it; empty where one of them is none.
    pub(crate) fn between(&self, at: usize) -> &'s str {
        match (self.before(at), self.words.get(at)) {
            (Some(a), Some(b)) => &self.text[a.range.end..b.range.start],
            _ => "",
        }
    }

    fn before(&self, at: usize) -> Option<&'s Word> {
        self.words.get(at.checked_sub(1)?)
    }
}
