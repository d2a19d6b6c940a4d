//! Prose: strings and text blocks with placeholders.
//!
//! In: `prose` nodes. Out: [`Prose`], in pieces whose text is what stands at their span, line by
//! line, so that a place in a piece is a place in the file; a text block's common indentation lies
//! between the pieces.

use super::ast::{Piece, Prose, Spanned};
use super::grammar::Kind;
use super::lower::{Lower, Lowered};
use super::tree::NodeRef;
use std::ops::Range;

impl Lower<'_> {
    /// A string or a text block. A broken placeholder is reported and left out.
    pub(super) fn prose(&mut self, node: NodeRef<'_>) -> Lowered<Prose> {
        let span = self.span(node);
        let range = node.range();
        let is_block = self.text[range.clone()].starts_with("\"\"\"");
        let quotes = if is_block { 3 } else { 1 };
        let inner =
            range.start + quotes..range.end.saturating_sub(quotes).max(range.start + quotes);
        let inner_text = self.text.get(inner.clone()).unwrap_or_default();
        let indent = if is_block {
            common_indent(inner_text)
        } else {
            0
        };
        let mut pieces = Vec::new();
        let mut done = inner.start;
        for child in node.children() {
            if self.is_full() {
                break;
            }
            let at = child.range();
            self.braces(done..at.start, &mut pieces);
            done = at.end;
            match child.kind() {
                Kind::placeholder => {
                    let piece = self.placeholder(child);
                    pieces.extend(self.settle(piece));
                }
                Kind::broken_placeholder => {
                    let piece = self.broken_placeholder(child);
                    pieces.extend(self.settle(piece));
                }
                _ if is_block => {
                    self.lines(at.clone(), at.start == inner.start, indent, &mut pieces)
                }
                _ => pieces.push(self.text_piece(at)),
            }
        }
        self.braces(done..inner.end, &mut pieces);
        if is_block {
            trim_end(&mut pieces);
        }
        Ok(Prose { span, pieces })
    }

    /// `{exit by long: unlikely}`
    pub(super) fn placeholder(&mut self, node: NodeRef<'_>) -> Lowered<Piece> {
        let span = self.span(node);
        let mut children = node.children();
        if children.maybe(Kind::day_as_of).is_some() {
            return Ok(Piece::Day { span, of: None });
        }
        if let Some(day) = children.maybe(Kind::day_of) {
            let mut children = day.children();
            let name = children.one(Kind::name, "a name")?;
            let of = Some(self.name(name)?);
            return Ok(Piece::Day { span, of });
        }
        if let Some(when) = children.maybe(Kind::day_when) {
            let name = when.children().one(Kind::name, "a name")?;
            let of = self.name(name)?;
            return Ok(Piece::Comes { span, of });
        }
        let query = children.one(Kind::query, "a query")?;
        let word = children.maybe(Kind::term).map(|term| self.word(term));
        children.finish("the end of a placeholder")?;
        Ok(Piece::Placeholder {
            span,
            query: self.query(query)?,
            word,
        })
    }

    fn text_piece(&self, range: Range<usize>) -> Piece {
        Piece::Text(Spanned {
            node: self.text[range.clone()].replace('\r', ""),
            span: self.place(range),
        })
    }

    /// Every `{{` of a gap is a brace.
    fn braces(&self, gap: Range<usize>, pieces: &mut Vec<Piece>) {
        let mut at = gap.start;
        while at + 2 <= gap.end {
            pieces.push(Piece::Text(Spanned {
                node: "{".to_owned(),
                span: self.place(at..at + 2),
            }));
            at += 2;
        }
    }

    /// The lines of a piece of a text block, each without the common indentation.
    fn lines(&self, range: Range<usize>, first: bool, indent: usize, pieces: &mut Vec<Piece>) {
        let text = &self.text[range.clone()];
        let mut start = range.start;
        for (i, line) in text.split_inclusive('\n').enumerate() {
            let end = start + line.len();
            let from = if i == 0 {
                start
            } else {
                start
                    + line
                        .bytes()
                        .take(indent)
                        .take_while(|b| is_blank(*b))
                        .count()
            };
            // What stands on the line of the opening quotes is text only if it is not blank.
            let blank_first = first && i == 0 && line.trim().is_empty() && line.ends_with('\n');
            if !blank_first && from < end {
                pieces.push(self.text_piece(from..end));
            }
            start = end;
        }
    }
}

fn is_blank(byte: u8) -> bool {
    byte == b' ' || byte == b'\t'
}

/// The indentation that all lines but the first share, in bytes; blank lines do not count.
fn common_indent(text: &str) -> usize {
    text.split('\n')
        .skip(1)
        .filter(|line| !line.trim().is_empty())
        .map(|line| line.bytes().take_while(|b| is_blank(*b)).count())
        .min()
        .unwrap_or(0)
}

/// Takes the last line end and the blanks around it off a text block.
fn trim_end(pieces: &mut Vec<Piece>) {
    while let Some(Piece::Text(text)) = pieces.last_mut() {
        let len = text.node.trim_end().len();
        text.node.truncate(len);
        if len > 0 {
            break;
        }
        pieces.pop();
    }
}
