//! What all lowering shares: the text under a node, its span, and where findings go.
//!
//! In: a tree over a text, and the map from that text to the file. Out: the typed tree and the
//! diagnostics of one file, gathered in [`Out`]. Nothing here panics on a shape that it did not
//! expect: that becomes an `internal-error` at its item.

use super::ast::{self, Name, Spanned, Text};
use super::grammar::Kind;
use super::patch::Map;
use super::tree::{Mismatch, NodeRef};
use super::words;
use crate::diag::rules;
use crate::diag::{Diagnostic, Diagnostics};
use crate::limits;
use crate::text::source::{FileId, Span};
use std::ops::Range;

/// Why something was not lowered.
#[derive(Debug)]
pub(super) enum Broken {
    /// A diagnostic says so.
    Reported,
    /// A diagnostic says so, and a repaired text was lowered in its place.
    Repaired,
    /// The tree had another shape than the grammar promises.
    Shape(Mismatch),
}

impl From<Mismatch> for Broken {
    fn from(mismatch: Mismatch) -> Self {
        Broken::Shape(mismatch)
    }
}

/// What was lowered, or why it was not.
pub(super) type Lowered<T> = Result<T, Broken>;

/// What a file's lowering yields.
#[derive(Debug, Default)]
pub(super) struct Out {
    pub(super) ast: ast::File,
    pub(super) diagnostics: Diagnostics,
    /// How many bytes may still be read again, and how many repairs now stand in each other.
    pub(super) again: Again,
}

impl Out {
    /// Of a text, of which nothing has been lowered yet.
    pub(super) fn of(text: &str) -> Self {
        Out {
            again: Again::of(text.len()),
            ..Out::default()
        }
    }
}

/// What reading again may cost: repairs within repairs would otherwise multiply.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Again {
    bytes: usize,
    depth: usize,
}

impl Again {
    /// For a text of a length.
    pub(super) fn of(length: usize) -> Self {
        Again {
            bytes: limits::READ_AGAIN.saturating_mul(length.saturating_add(limits::READ_AT_LEAST)),
            depth: 0,
        }
    }

    /// Takes the cost of one more reading, if it may be made.
    pub(super) fn enter(&mut self, length: usize) -> bool {
        // A short piece costs something too.
        let cost = length + 16;
        if self.depth == limits::REPAIRS_DEEP || self.bytes < cost {
            return false;
        }
        self.bytes -= cost;
        self.depth += 1;
        true
    }

    /// Ends a reading.
    pub(super) fn leave(&mut self) {
        self.depth = self.depth.saturating_sub(1);
    }
}

/// The lowering of one text: a file, or a repaired piece of one.
pub(super) struct Lower<'a> {
    pub(super) file: FileId,
    pub(super) text: &'a str,
    pub(super) map: &'a Map<'a>,
    pub(super) out: &'a mut Out,
}

impl<'a> Lower<'a> {
    /// The span in the file of a range of this text.
    pub(super) fn place(&self, range: Range<usize>) -> Span {
        Span::new(self.file, self.map.at(range.start), self.map.at(range.end))
    }

    /// A node's span in the file.
    pub(super) fn span(&self, node: NodeRef<'_>) -> Span {
        self.place(node.range())
    }

    /// A node's text.
    pub(super) fn read(&self, node: NodeRef<'_>) -> &'a str {
        &self.text[node.range()]
    }

    /// The span of the first `len` bytes of a node: its keyword.
    pub(super) fn keyword(&self, node: NodeRef<'_>, len: usize) -> Span {
        let range = node.range();
        self.place(range.start..(range.start + len).min(range.end))
    }

    /// A name where it is used, which must not be a reserved word, begin with a digit, or be too long.
    pub(super) fn name(&mut self, node: NodeRef<'_>) -> Lowered<Name> {
        let text = self.read(node);
        let span = self.span(node);
        if let Some(diagnostic) = bad_name(text, span) {
            return self.report(diagnostic);
        }
        Ok(Spanned {
            node: text.to_owned(),
            span,
        })
    }

    /// A name where it is declared.
    pub(super) fn declared(&mut self, node: NodeRef<'_>) -> Lowered<Name> {
        let text = self.read(node);
        if words::is_reserved(text) {
            let span = self.span(node);
            let diagnostic = bad_name(text, span).map(|d| {
                d.help(format!(
                    "choose another name, such as `{text}_1` or a longer word"
                ))
            });
            if let Some(diagnostic) = diagnostic {
                return self.report(diagnostic);
            }
        }
        self.name(node)
    }

    /// A word as written, not checked as a name.
    pub(super) fn word(&self, node: NodeRef<'_>) -> Name {
        Spanned {
            node: self
                .read(node)
                .split_whitespace()
                .collect::<Vec<_>>()
                .join(" "),
            span: self.span(node),
        }
    }

    /// A string without its quotes.
    pub(super) fn string(&mut self, node: NodeRef<'_>) -> Lowered<Text> {
        let range = node.range();
        let inner = range.start + 1..(range.end.saturating_sub(1)).max(range.start + 1);
        let text = self.text.get(inner.clone()).unwrap_or_default();
        if text.len() > limits::TITLE_BYTES {
            let span = self.span(node);
            return self.report(limits::too_long(
                span,
                "a title",
                text.len(),
                limits::TITLE_BYTES,
            ));
        }
        Ok(Spanned {
            node: text.to_owned(),
            span: self.place(inner),
        })
    }

    /// Reports a mistake, and says that it was.
    pub(super) fn report<T>(&mut self, diagnostic: Diagnostic) -> Lowered<T> {
        self.out.diagnostics.push(diagnostic);
        Err(Broken::Reported)
    }

    /// Adds a finding after which the lowering goes on.
    pub(super) fn note(&mut self, diagnostic: Diagnostic) {
        self.out.diagnostics.push(diagnostic);
    }

    /// Whether more mistakes were found than are reported: whatever follows goes unread.
    pub(super) fn is_full(&self) -> bool {
        self.out.diagnostics.len() > limits::MISTAKES
    }

    /// The value, if there is one; a shape nobody expected is reported here.
    pub(super) fn settle<T>(&mut self, lowered: Lowered<T>) -> Option<T> {
        match lowered {
            Ok(value) => Some(value),
            Err(Broken::Reported | Broken::Repaired) => None,
            Err(Broken::Shape(mismatch)) => {
                let at = mismatch.at as usize;
                let span = self.place(at..at);
                self.note(
                    Diagnostic::new(
                        &rules::INTERNAL_ERROR,
                        span,
                        format!("expected {} here", mismatch.wanted),
                    )
                    .help("this is a mistake in `assess`, not in the file: please report it"),
                );
                None
            }
        }
    }

    /// The first child of a kind, wherever it stands among the children.
    pub(super) fn child<'t>(&self, node: NodeRef<'t>, kind: Kind) -> Option<NodeRef<'t>> {
        node.children().find(|n| n.kind() == kind)
    }
}

/// What is wrong with a name, if anything is.
pub(super) fn bad_name(text: &str, span: Span) -> Option<Diagnostic> {
    if words::is_reserved(text) {
        return Some(
            Diagnostic::new(
                &rules::SYNTAX,
                span,
                format!("`{text}` is a word of the language and cannot be a name"),
            )
            .label("a name belongs here"),
        );
    }
    if text.starts_with(|c: char| c.is_ascii_digit()) {
        return Some(
            Diagnostic::new(
                &rules::SYNTAX,
                span,
                format!("`{text}` cannot be a name: it begins with a digit"),
            )
            .label("a name belongs here")
            .help("a name is made of letters, digits and `_`, and begins with a letter"),
        );
    }
    (text.len() > limits::NAME_BYTES)
        .then(|| limits::too_long(span, "a name", text.len(), limits::NAME_BYTES))
}
