//! A piece of the text that cannot be read, and what is told of it.

use crate::diag::Diagnostic;
use crate::syntax::broken_values::{time_end, value_end};
use crate::syntax::lower::Lower;
use crate::syntax::patch::Patch;
use crate::syntax::recover::first_token;
use crate::syntax::words::Owner;
use std::ops::Range;

/// A range of a text that is being read.
pub(in crate::syntax) struct Piece<'l, 't> {
    pub(super) lower: &'l Lower<'t>,
    pub(super) range: Range<usize>,
    pub(super) text: &'t str,
}

impl<'l, 't> Piece<'l, 't> {
    pub(in crate::syntax) fn new(lower: &'l Lower<'t>, range: Range<usize>) -> Self {
        let text = &lower.text[range.clone()];
        Piece { lower, range, text }
    }

    /// Its first line.
    pub(super) fn line(&self) -> &'t str {
        self.text.split('\n').next().unwrap_or_default()
    }

    /// Where a part of it stands in the whole text.
    pub(super) fn at(&self, part: Range<usize>) -> Range<usize> {
        self.range.start + part.start..self.range.start + part.end
    }

    /// A replacement of a part of it.
    pub(super) fn patch(&self, part: Range<usize>, text: impl Into<String>) -> Patch {
        Patch::new(self.at(part), text)
    }

    /// A replacement of all of it.
    pub(super) fn replaced(&self, text: impl Into<String>) -> Patch {
        Patch::new(self.range.clone(), text)
    }

    /// Quotes around a part of it.
    pub(super) fn quotes(&self, part: Range<usize>) -> Vec<Patch> {
        vec![
            self.patch(part.start..part.start, "\""),
            self.patch(part.end..part.end, "\""),
        ]
    }

    /// What stands between `expect` and its colon.
    pub(super) fn asked(&self, head: &Head<'_>) -> Option<Self> {
        let start = head.word.len();
        let colon = self.line().rfind(':').filter(|colon| *colon > start)?;
        (head.word == "expect").then(|| self.part(start..colon))
    }

    /// A finding at a part of it.
    pub(super) fn syntax(&self, part: Range<usize>, message: impl Into<String>) -> Diagnostic {
        self.lower.syntax(self.at(part), message)
    }

    /// A finding at all of it.
    pub(super) fn all_syntax(&self, message: impl Into<String>) -> Diagnostic {
        self.lower.syntax(self.range.clone(), message)
    }

    /// A part of it.
    pub(super) fn part(&self, part: Range<usize>) -> Piece<'l, 't> {
        Piece::new(self.lower, self.at(part))
    }
}

/// What an item begins with.
pub(in crate::syntax) struct Head<'t> {
    /// Its keyword.
    pub(in crate::syntax) word: &'t str,
    /// Its first line up to the block, or to the colon where items of this kind have one.
    pub(super) head: &'t str,
    /// What stands behind the keyword, and where it begins.
    pub(super) rest: &'t str,
    pub(super) rest_at: usize,
}

impl<'t> Head<'t> {
    /// Of an item that begins with a keyword.
    pub(in crate::syntax) fn of(text: &'t str, word: &'t str) -> Self {
        let line = text.split('\n').next().unwrap_or_default();
        let end = match word {
            "horizon" | "condition" | "section" | "use" => line.find(':'),
            _ => line.find('{'),
        };
        let head = line[..end.unwrap_or(line.len())].trim_end();
        let keyword = match word {
            "final" if head.starts_with("final outcome") => "final outcome".len(),
            _ => word.len().min(head.len()),
        };
        let rest_at = head.len() - head[keyword..].trim_start().len();
        Head {
            word,
            head,
            rest: &head[rest_at..],
            rest_at,
        }
    }

    /// Whether items of this kind have a title and no name.
    pub(super) fn is_titled(&self) -> bool {
        matches!(
            self.word,
            "assessment" | "bet" | "section" | "use" | "judgement"
        )
    }

    /// Whether items of this kind have a name.
    pub(super) fn is_named(&self) -> bool {
        matches!(
            self.word,
            "event"
                | "factor"
                | "change"
                | "assumption"
                | "scenario"
                | "outcome"
                | "horizon"
                | "question"
                | "condition"
                | "view"
                | "pool"
                | "quantity"
                | "final"
        )
    }
}

/// A key that a block has not.
pub(in crate::syntax) struct Key<'t> {
    /// What stands before the colon; nothing where that looks like no key.
    pub(in crate::syntax) key: &'t str,
    /// The first word.
    pub(in crate::syntax) word: &'t str,
    /// Whose block it is.
    pub(in crate::syntax) owner: Owner,
}

/// What stands behind a value.
pub(in crate::syntax) struct Gap<'t> {
    /// The value, and what follows without the blanks between them.
    pub(super) value: &'t str,
    pub(super) rest: &'t str,
    /// Where that begins.
    pub(super) at: usize,
    /// Its first word, and its second.
    pub(super) word: &'t str,
    pub(super) second: Option<&'t str>,
}

impl<'t> Gap<'t> {
    /// Of a text that begins with a value.
    pub(super) fn of(text: &'t str) -> Option<Self> {
        let (value, behind) = text.split_at(value_end(text)?);
        let rest = behind.trim_start();
        let mut words = rest.split_ascii_whitespace();
        Some(Gap {
            value,
            rest,
            at: text.len() - rest.len(),
            word: words.next().unwrap_or_default(),
            second: words.next(),
        })
    }

    /// How far the text goes with the value's horizon, if there is one.
    pub(super) fn end(&self) -> usize {
        time_end(self.rest).map_or(self.at, |end| self.at + end)
    }
}

/// Whether a text is one word that may be a name.
pub(in crate::syntax) fn is_word(text: &str) -> bool {
    text.chars().all(|c| c == '_' || c.is_alphanumeric())
}

/// Whether a text begins with a digit.
pub(super) fn is_number(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit())
}

/// The first word of a text, without a colon behind it.
pub(super) fn first_word(text: &str) -> &str {
    first_token(text).trim_end_matches(':')
}

/// A text beyond this is not searched for horizons, mistake by mistake.
const BYTES: usize = 100_000;

/// The names of the horizons that a file declares, as far as its lines say it.
pub(super) fn horizons<'t>(lower: &Lower<'t>) -> Vec<&'t str> {
    if lower.text.len() > BYTES {
        return Vec::new();
    }
    let declared = lower.text.lines().filter_map(|line| {
        let mut words = line.split_whitespace();
        let name = (words.next() == Some("horizon")).then(|| words.next())??;
        Some(name.trim_end_matches(':'))
    });
    declared.collect()
}
