//! A tree as a row of tokens.
//!
//! In: a text and its tree. Out: every word, sign, string and comment in order, each with what the
//! layout must know of its place in the tree. Blanks and line ends are counted, not kept.

use crate::syntax::Kind;
use crate::syntax::tree::{NodeRef, Tree};

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    /// A word, a number, a name.
    Word,
    /// A text in quotes, a text block too.
    Text,
    /// What stands without a blank before it: `,` `:` `)` `%` `+`.
    Closing,
    /// A comma of a list.
    Comma,
    /// `(`
    Opening,
    /// The colon of `10:1`.
    Ratio,
    /// `{` of a block.
    BlockStart,
    /// `}` of a block.
    BlockEnd,
    /// A comma between clauses.
    Separator,
    /// From `#` to the end of its line.
    Comment,
}

/// One token.
#[derive(Debug, Clone)]
pub(super) struct Token {
    pub(super) sort: Sort,
    pub(super) text: String,
    /// How many line ends stand before it, behind the token before it.
    pub(super) newlines: usize,
    /// The clause or item that it begins.
    pub(super) starts: Option<Kind>,
    /// Whether it belongs to no clause, but to the block or file around the clauses.
    pub(super) is_outside: bool,
    /// Whether a line may be broken before it.
    pub(super) may_break_before: bool,
    /// Whether a line may be broken behind it.
    pub(super) may_break_after: bool,
}

impl Token {
    /// Whether it is a comment on a line of its own.
    pub(super) fn is_own_line(&self) -> bool {
        self.sort == Sort::Comment && self.newlines > 0
    }

    /// Whether it is a text of several lines.
    pub(super) fn is_tall(&self) -> bool {
        self.text.contains('\n')
    }
}

/// The tokens of a text whose tree is whole.
pub(super) fn of(text: &str, tree: &Tree) -> Vec<Token> {
    let mut lexer = Lexer {
        text,
        tokens: Vec::with_capacity(tree.len()),
        open: Vec::new(),
        at: 0,
        // What stands first in a file stands on a line of its own.
        newlines: 1,
        starts: None,
    };
    let mut skip_to = 0;
    for node in tree.iter() {
        let range = node.range();
        if range.start < skip_to || node.kind() == Kind::EOI {
            continue;
        }
        lexer.close(range.start);
        lexer.gap(range.start);
        lexer.enter(node);
        let has_braces = matches!(
            node.kind(),
            Kind::block | Kind::rows | Kind::asked | Kind::viewed
        );
        if (node.is_leaf() && !has_braces) || node.kind() == Kind::prose {
            lexer.leaf(node);
            // A leaf that reads nothing hides nothing.
            skip_to = range.end.max(skip_to);
        } else {
            lexer.open.push(node);
        }
    }
    lexer.close(text.len() + 1);
    lexer.gap(text.len());
    lexer.tokens
}

struct Lexer<'t> {
    text: &'t str,
    tokens: Vec<Token>,
    open: Vec<NodeRef<'t>>,
    at: usize,
    newlines: usize,
    starts: Option<Kind>,
}

impl<'t> Lexer<'t> {
    /// Leaves the nodes that end before a place.
    fn close(&mut self, before: usize) {
        while let Some(node) = self.open.last() {
            let end = node.range().end;
            if end > before || (end == before && self.open.len() == 1) {
                break;
            }
            self.gap(end);
            self.open.pop();
        }
    }

    fn parent(&self) -> Option<Kind> {
        self.open.last().map(|node| node.kind())
    }

    fn is_outside(&self) -> bool {
        let parent = self.parent();
        matches!(
            parent,
            None | Some(Kind::file | Kind::block | Kind::rows | Kind::asked | Kind::viewed)
        )
    }

    /// Notes where a clause or an item begins.
    fn enter(&mut self, node: NodeRef<'t>) {
        let is_part = !matches!(node.kind(), Kind::file | Kind::comment);
        if self.is_outside() && is_part {
            self.starts = Some(node.kind());
        }
    }

    fn leaf(&mut self, node: NodeRef<'t>) {
        let range = node.range();
        let kind = node.kind();
        let words = self.text[range.clone()].trim_matches([' ', '\t', '\u{A0}', '\n']);
        let (sort, text) = match kind {
            Kind::string | Kind::prose => (Sort::Text, words.to_owned()),
            Kind::comment => (Sort::Comment, words.to_owned()),
            Kind::percent | Kind::plus => (Sort::Closing, words.to_owned()),
            Kind::measure if words == "%" => (Sort::Closing, words.to_owned()),
            _ => {
                let words: Vec<&str> = words.split_whitespace().collect();
                (Sort::Word, words.join(" "))
            }
        };
        if !text.is_empty() {
            self.push(sort, text);
            let breaks = matches!(kind, Kind::and_op | Kind::or_op);
            if let Some(token) = self.tokens.last_mut() {
                token.may_break_before = breaks;
            }
        }
        self.at = range.end;
    }

    /// Reads what stands between nodes: keywords, signs, blanks.
    fn gap(&mut self, end: usize) {
        let text = self.text;
        while self.at < end {
            let rest = &text[self.at..end];
            let Some(first) = rest.chars().next() else {
                break;
            };
            let mut length = first.len_utf8();
            match first {
                '\n' => self.newlines += 1,
                c if is_blank(c) => {}
                c if is_sign(c) => {
                    let sort = self.sign(c);
                    let mayhap = sort == Sort::Comma && self.parent() != Some(Kind::head_names);
                    self.push(sort, c.to_string());
                    if let Some(token) = self.tokens.last_mut() {
                        token.may_break_after = mayhap;
                    }
                }
                _ => {
                    let ends = |c: char| c == '\n' || is_blank(c) || is_sign(c);
                    length = rest.find(ends).unwrap_or(rest.len());
                    self.push(Sort::Word, rest[..length].to_owned());
                }
            }
            self.at += length;
        }
    }

    fn sign(&self, sign: char) -> Sort {
        match sign {
            '{' => Sort::BlockStart,
            '}' => Sort::BlockEnd,
            '(' => Sort::Opening,
            ',' if self.is_outside() => Sort::Separator,
            ',' => Sort::Comma,
            ':' if self.parent() == Some(Kind::ratio) => Sort::Ratio,
            _ => Sort::Closing,
        }
    }

    fn push(&mut self, sort: Sort, text: String) {
        self.tokens.push(Token {
            sort,
            text,
            newlines: std::mem::take(&mut self.newlines),
            starts: match sort {
                Sort::Comment => None,
                _ => self.starts.take(),
            },
            is_outside: self.is_outside(),
            may_break_before: false,
            may_break_after: false,
        });
    }
}

fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\r' | '\u{A0}')
}

fn is_sign(c: char) -> bool {
    matches!(c, '{' | '}' | '(' | ')' | ',' | ':' | '%' | '+')
}
