//! What each piece of a file is, for colours.
//!
//! What a tree knows is coloured by it; a word that no node claims is a keyword, so that a clause which
//! is new to the language is coloured with no word said here.

use super::names::{self, Sort};
use super::place::is_of_name;
use super::{Analysis, Range, range};
use crate::syntax::Kind;
use crate::text::source::FileId;
use std::collections::BTreeMap;

/// What a piece is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Token {
    /// A remark.
    Comment,
    /// A text in quotes.
    Text,
    /// A number, with its unit.
    Number,
    /// A word of a scale or of strengths.
    Word,
    /// A word of the language.
    Keyword,
    /// A word of a closed list: a scale's name, a rating.
    Option,
    /// A name.
    Name(Sort),
}

/// A piece of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// Its bytes; it never spans lines.
    pub range: Range,
    /// What it is.
    pub token: Token,
    /// Whether a name is declared here.
    pub declares: bool,
}

/// Every piece of the first file, in order and without overlap.
pub fn tokens(analysis: &Analysis) -> Vec<Piece> {
    let text = analysis.text();
    let tree = &analysis.parsed().tree;
    if tree.is_empty() {
        return Vec::new();
    }
    let mut sorts: Vec<Option<(Token, bool)>> = vec![None; text.len()];
    let mut claimed = vec![false; text.len()];
    let mut fill = |range: Range, token: Option<(Token, bool)>| {
        if let (Some(part), Some(taken)) = (sorts.get_mut(range.clone()), claimed.get_mut(range)) {
            part.fill(token);
            taken.fill(true);
        }
    };
    for node in tree.iter() {
        let token = match node.kind() {
            Kind::comment => Token::Comment,
            Kind::string | Kind::prose => Token::Text,
            Kind::number | Kind::percent | Kind::ratio | Kind::date | Kind::unit | Kind::plus => {
                Token::Number
            }
            Kind::term => Token::Word,
            Kind::option => Token::Option,
            // In a placeholder its own pieces are told apart.
            Kind::placeholder | Kind::name => {
                fill(node.range(), None);
                continue;
            }
            Kind::broken_value | Kind::broken_rest | Kind::broken_clause | Kind::broken_item => {
                continue;
            }
            _ => continue,
        };
        fill(node.range(), Some((token, false)));
    }
    let known = names::declared(analysis);
    let sort_of: BTreeMap<&str, Sort> = known.iter().map(|(n, d)| (n.as_str(), d.sort)).collect();
    let declared: Vec<Range> = known
        .values()
        .filter(|d| d.file == FileId(0))
        .map(|d| d.at.clone())
        .collect();
    for mention in names::all(analysis, FileId(0)) {
        if let Some(sort) = sort_of.get(mention.name) {
            let at = range(mention.span);
            let declares = declared.contains(&at);
            fill(at, Some((Token::Name(*sort), declares)));
        }
    }
    placeholders(analysis, &mut claimed);
    pieces(text, &sorts, &claimed)
}

/// Keywords within a placeholder are keywords.
fn placeholders(analysis: &Analysis, claimed: &mut [bool]) {
    let tree = &analysis.parsed().tree;
    let names: Vec<Range> = tree
        .iter()
        .filter(|n| matches!(n.kind(), Kind::name | Kind::term | Kind::date))
        .map(|n| n.range())
        .collect();
    for node in tree.iter().filter(|n| n.kind() == Kind::placeholder) {
        let range = node.range();
        if let Some(part) = claimed.get_mut(range.clone()) {
            part.fill(false);
        }
        let first = names.partition_point(|n| n.start < range.start);
        for name in names[first..].iter().take_while(|n| n.end <= range.end) {
            claimed[name.clone()].fill(true);
        }
    }
}

fn pieces(text: &str, sorts: &[Option<(Token, bool)>], claimed: &[bool]) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        let token = match sorts[at] {
            _ if c == '\n' || c == '\r' => None,
            Some(token) => Some(token),
            None if !claimed[at] && is_of_name(c) => Some((Token::Keyword, false)),
            None => None,
        };
        let Some((token, declares)) = token else {
            continue;
        };
        match pieces.last_mut() {
            Some(p) if p.range.end == at && p.token == token && p.declares == declares => {
                p.range.end = end;
            }
            _ => pieces.push(Piece {
                range: at..end,
                token,
                declares,
            }),
        }
    }
    pieces
}
