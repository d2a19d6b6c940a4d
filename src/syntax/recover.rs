//! Reading again: a broken piece with one mistake repaired.
//!
//! In: a range of the text and the patches of one repair. Out: whether the piece can be read with it,
//! and what it then says. A repair that succeeds is the explanation of the mistake, and its fix.

use super::grammar::Kind;
use super::lower::{Lower, Lowered};
use super::nouns;
use super::patch::{Map, Patch};
use super::scan;
use super::tree::{NodeRef, Tree};
use crate::diag::rules;
use crate::diag::{Diagnostic, Edit, Fix, suggest};
use std::ops::Range;

/// One way to repair a piece.
pub(super) struct Repair {
    pub(super) patches: Vec<Patch>,
    /// What was wrong.
    pub(super) diagnostic: Diagnostic,
    /// What the fix does; a repair without is only a guess at the meaning.
    pub(super) fix: Option<String>,
    /// Whether it makes up a name that nobody wrote.
    pub(super) invented: bool,
    /// Whether the fix is one of several readings.
    risky: bool,
    /// Whether nothing else may be wrong with what it makes readable.
    strict: bool,
    /// A second repair of the same piece, made with it.
    also: Option<Box<Repair>>,
    /// Other repairs of the same mistake, tried after it.
    others: Vec<Repair>,
}

impl Repair {
    pub(super) fn new(patches: Vec<Patch>, diagnostic: Diagnostic) -> Self {
        Repair {
            patches,
            diagnostic,
            fix: None,
            invented: false,
            risky: false,
            strict: false,
            also: None,
            others: Vec::new(),
        }
    }

    /// Marks a repair that makes up a name.
    pub(super) fn invented(mut self) -> Self {
        self.invented = true;
        self
    }

    /// Takes the repair only if nothing else is wrong afterwards.
    pub(super) fn strict(mut self) -> Self {
        self.strict = true;
        self
    }

    /// Makes another repair with it.
    pub(super) fn and(mut self, other: Repair) -> Self {
        self.also = Some(Box::new(match self.also.take() {
            Some(also) => also.and(other),
            None => other,
        }));
        self
    }

    /// Has another repair tried after it.
    pub(super) fn or(mut self, other: Repair) -> Self {
        self.others.extend(other.with_others());
        self
    }

    /// It, and the repairs that are tried after it.
    pub(super) fn with_others(mut self) -> impl Iterator<Item = Repair> {
        let others = std::mem::take(&mut self.others);
        std::iter::once(self).chain(others)
    }

    /// All patches in the order of their places.
    fn all_patches(&self) -> Vec<Patch> {
        let mut patches = self.patches.clone();
        let mut next = &self.also;
        while let Some(also) = next {
            patches.extend(also.patches.iter().cloned());
            next = &also.also;
        }
        patches.sort_by_key(|p| (p.range.start, p.range.end));
        patches
    }

    /// Makes the fix one that a person must choose, unless what was meant is plain.
    pub(super) fn only_if(mut self, plain: bool) -> Self {
        self.risky |= !plain;
        self
    }

    /// Offers the patches as a fix.
    pub(super) fn fix(mut self, message: impl Into<String>) -> Self {
        self.fix = Some(message.into());
        self
    }
}

impl Lower<'_> {
    /// Reads a range again, repaired, by `entry`; `lower` takes the first node below it, and says
    /// nothing where that is not what it wants.
    pub(super) fn again<T>(
        &mut self,
        range: Range<usize>,
        patches: &[Patch],
        entry: Kind,
        lower: impl FnOnce(&mut Lower<'_>, NodeRef<'_>) -> Option<T>,
    ) -> Option<T> {
        let (text, map) = Map::patched(self.text, range, patches, Some(self.map));
        // Quotes that were taken away may lay bare what the scanner has not counted.
        if scan::too_deep(&text) || !self.out.again.enter(text.len()) {
            return None;
        }
        let tree = Tree::read(entry, &text).ok();
        let node = tree
            .as_ref()
            .and_then(|tree| tree.root()?.children().peek());
        let lowered = node.and_then(|node| {
            let mut inner = Lower {
                file: self.file,
                text: &text,
                map: &map,
                out: &mut *self.out,
            };
            lower(&mut inner, node)
        });
        self.out.again.leave();
        lowered
    }

    /// Reports a repair.
    pub(super) fn repaired(&mut self, repair: Repair) {
        let mut diagnostic = repair.diagnostic;
        if let Some(message) = repair.fix {
            let edits = repair
                .patches
                .iter()
                .map(|p| Edit {
                    span: self.place(p.range.clone()),
                    text: p.text.clone(),
                })
                .collect();
            diagnostic = diagnostic.fix(Fix {
                safe: !repair.risky,
                message,
                edits,
            });
        }
        self.note(diagnostic);
        if let Some(also) = repair.also {
            self.repaired(*also);
        }
    }

    /// The first repair by which the range can be read, reported; and what it then says.
    pub(super) fn first_repair<T>(
        &mut self,
        range: Range<usize>,
        entry: Kind,
        repairs: Vec<Repair>,
        mut lower: impl FnMut(&mut Lower<'_>, NodeRef<'_>) -> Option<T>,
    ) -> Option<T> {
        for repair in repairs {
            let patches = repair.all_patches();
            let done = self.again(range.clone(), &patches, entry, |inner, node| {
                if repair.strict && !node.is_whole() {
                    return None;
                }
                lower(inner, node)
            });
            if done.is_some() {
                self.repaired(repair);
                return done;
            }
        }
        None
    }

    /// A syntax finding at a range of the text.
    pub(super) fn syntax(&self, range: Range<usize>, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(&rules::SYNTAX, self.place(range), message)
    }

    /// Reports what cannot be read by `kind`: as far as it could, then what stands in the way, and
    /// what may stand there.
    pub(super) fn unreadable<T>(
        &mut self,
        range: Range<usize>,
        kind: Kind,
        noun: &str,
        example: &str,
    ) -> Lowered<T> {
        let text = &self.text[range.clone()];
        let example = format!("{noun} is written {example}");
        if text.trim().is_empty() {
            return self.report(
                self.syntax(range, format!("{noun} is missing"))
                    .label("nothing stands here")
                    .help(example),
            );
        }
        let (at, expected) = match Tree::read(kind, text) {
            // A part of it can be read; the next thing is what is wrong.
            Ok(tree) => (tree.root().map_or(0, |root| root.range().end), Vec::new()),
            Err(failure) => (failure.at, failure.expected),
        };
        let at = at.min(text.len());
        let at = at + text[at..].len() - text[at..].trim_start().len();
        let expected = nouns::expected(&expected);
        // `exit by`: the word is right, but what it needs is not there.
        const OPEN: [&str; 12] = [
            "by", "in", "given", "under", "to", "above", "below", "per", "of", "on", "until",
            "least",
        ];
        let open = OPEN.contains(&text[at..].trim());
        let at = if open { text.len() } else { at };
        let expected = if open { None } else { expected };
        let read = text[..at].trim_end();
        let culprit = first_token(&text[at..]);
        if culprit.is_empty() {
            let end = range.start + read.len();
            let diagnostic = self
                .syntax(
                    end..end,
                    format!("something is missing after `{}`", short(read)),
                )
                .label(expected.map_or_else(
                    || "the line ends too early".to_owned(),
                    |e| format!("{e} is expected here"),
                ))
                .help(example);
            return self.report(diagnostic);
        }
        let span = range.start + at..range.start + at + culprit.len();
        let message = if read.is_empty() {
            format!("`{}` is not {noun}", short(text.trim()))
        } else {
            format!("`{culprit}` cannot stand after `{}`", short(read))
        };
        let (span, label) = if read.is_empty() {
            (
                range.start..range.start + text.trim_end().len(),
                format!("{noun} belongs here"),
            )
        } else {
            (
                span,
                expected.map_or_else(
                    || "the line should end here".to_owned(),
                    |e| format!("{e} is expected here"),
                ),
            )
        };
        self.report(self.syntax(span, message).label(label).help(example))
    }
}

/// The first word, number, string or sign of a text.
pub(super) fn first_token(text: &str) -> &str {
    let word = |c: char| c == '_' || c == '-' || c == '.' || c == '%' || c.is_alphanumeric();
    match text.chars().next() {
        None => "",
        Some('"') => {
            let end = text[1..].find(['"', '\n']).map_or(text.len(), |n| n + 2);
            text.get(..end).unwrap_or(text)
        }
        Some(c) if word(c) => &text[..text.find(|c| !word(c)).unwrap_or(text.len())],
        Some(c) => &text[..c.len_utf8()],
    }
}

/// A text short enough to be quoted in a message.
pub(super) fn short(text: &str) -> String {
    let line = text.split('\n').next().unwrap_or_default().trim_end();
    if line.chars().count() <= 40 {
        return line.to_owned();
    }
    let cut: String = line.chars().take(37).collect();
    format!("{}…", cut.trim_end())
}

/// The words of a text and where they begin.
pub(super) fn split_words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    text.split(|c: char| c.is_ascii_whitespace())
        .map(move |word| {
            let start = at;
            at += word.len() + 1;
            (start, word)
        })
        .filter(|(_, word)| !word.is_empty())
}

/// The word nearest to `written`, if one alone is near enough to be meant.
pub(super) fn meant<'w>(
    written: &str,
    words: impl IntoIterator<Item = &'w str>,
) -> Option<&'w str> {
    match suggest::nearest(written, words)[..] {
        [only] => Some(only),
        _ => None,
    }
}
