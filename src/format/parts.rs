//! Tokens as items and clauses, each with its comments.
//!
//! In: tokens. Out: a [`Block`] for the file, whose items have blocks of clauses. Every comment has
//! one place: within a clause, behind it on its line, or on a line of its own.

use super::tokens::{Sort, Token};
use crate::syntax::Kind;
use std::iter::Peekable;
use std::vec::IntoIter;

/// What stands between braces, or in a file.
#[derive(Debug, Default)]
pub(super) struct Block {
    pub(super) entries: Vec<Entry>,
    /// The comment on the line of the opening brace.
    pub(super) comment: Option<String>,
    /// Whether its author wrote it on one line.
    pub(super) is_flat: bool,
}

/// One thing in a block.
#[derive(Debug)]
pub(super) enum Entry {
    /// A comment on a line of its own.
    Comment {
        text: String,
        has_blank_before: bool,
    },
    /// An item or a clause.
    Part(Part),
}

/// An item or a clause.
#[derive(Debug)]
pub(super) struct Part {
    pub(super) kind: Option<Kind>,
    /// All but the block; comments within it too.
    pub(super) head: Vec<Token>,
    pub(super) block: Option<Block>,
    /// The comment behind it, on the line on which it ends.
    pub(super) comment: Option<String>,
    pub(super) has_blank_before: bool,
    /// Whether it stands on the line on which the part before it ends.
    pub(super) follows: bool,
}

/// The items of a file.
pub(super) fn of(tokens: Vec<Token>) -> Block {
    let mut reader = Reader {
        tokens: tokens.into_iter().peekable(),
    };
    let mut block = Block::default();
    // A stray brace would end the block early; a whole tree has none.
    while reader.tokens.peek().is_some() {
        reader.entries(&mut block);
    }
    block
}

struct Reader {
    tokens: Peekable<IntoIter<Token>>,
}

impl Reader {
    /// Reads up to the closing brace and over it.
    fn entries(&mut self, block: &mut Block) {
        while let Some(token) = self.tokens.next() {
            block.is_flat &= token.newlines == 0 && !token.is_tall();
            match token.sort {
                Sort::BlockEnd => return,
                Sort::Separator => {}
                Sort::Comment => {
                    block.is_flat = false;
                    block.add_comment(token);
                }
                _ => {
                    let part = self.part(token);
                    block.is_flat &= part.is_flat();
                    block.entries.push(Entry::Part(part));
                }
            }
        }
    }

    fn part(&mut self, first: Token) -> Part {
        let mut part = Part {
            kind: first.starts,
            has_blank_before: first.newlines > 1,
            follows: first.newlines == 0,
            head: vec![first],
            block: None,
            comment: None,
        };
        let belongs = |token: &Token| !token.is_outside && token.starts.is_none();
        while let Some(token) = self.tokens.next_if(belongs) {
            part.add(token);
        }
        if self
            .tokens
            .next_if(|token| token.sort == Sort::BlockStart)
            .is_some()
        {
            let mut block = Block {
                is_flat: true,
                ..Block::default()
            };
            // Comments between the head and the brace move behind the brace.
            let is_comment = |token: &Token| token.sort == Sort::Comment;
            let words = part.head.iter().rposition(|t| !is_comment(t));
            for comment in part.head.split_off(words.map_or(0, |at| at + 1)) {
                block.is_flat = false;
                block.add_comment(comment);
            }
            self.entries(&mut block);
            part.block = Some(block);
        }
        part
    }
}

impl Block {
    fn add_comment(&mut self, token: Token) {
        let has_blank_before = token.newlines > 1;
        let is_own_line = token.is_own_line();
        let behind = match self.entries.last_mut() {
            None => Some(&mut self.comment),
            Some(Entry::Part(part)) => Some(&mut part.comment),
            Some(Entry::Comment { .. }) => None,
        };
        match behind {
            Some(place) if !is_own_line && place.is_none() => *place = Some(token.text),
            _ => self.entries.push(Entry::Comment {
                text: token.text,
                has_blank_before,
            }),
        }
    }
}

impl Part {
    /// Takes a token in; a comma goes ahead of the comments before it, and goes where a
    /// parenthesis closes.
    fn add(&mut self, token: Token) {
        let is_comment = |token: &Token| token.sort == Sort::Comment;
        let words = self.head.iter().rposition(|t| !is_comment(t));
        let at = words.map_or(self.head.len(), |at| at + 1);
        if token.text == ")"
            && token.sort == Sort::Closing
            && let Some(last) = words
            && self.head[last].sort == Sort::Comma
        {
            self.head.remove(last);
        }
        if token.sort == Sort::Comma {
            let has_comments = at < self.head.len();
            self.head.insert(
                at,
                Token {
                    newlines: 0,
                    ..token
                },
            );
            if has_comments && !self.head[at + 1].is_own_line() {
                self.head[at + 1].newlines = 0;
            }
        } else {
            self.head.push(token);
        }
    }

    /// Whether it stands on one line, its own first token aside.
    fn is_flat(&self) -> bool {
        let flat = |token: &Token| token.sort != Sort::Comment && !token.is_tall();
        self.head.iter().all(flat)
            && self.head.iter().skip(1).all(|token| token.newlines == 0)
            && self.block.as_ref().is_none_or(|block| block.is_flat)
    }
}
