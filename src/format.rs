//! One layout for every file: tree to text.
//!
//! In: a text without mistakes of spelling. Out: the same words, strings and comments in the same
//! order, laid out in one way. Nothing is sorted, added or taken out but blanks, line ends and the
//! commas at line ends; a file that does not parse is not touched.

mod align;
mod fill;
mod parts;
mod rows;
mod text_block;
mod tokens;

use crate::diag::Diagnostics;
use crate::diag::rules;
use crate::syntax::{Parsed, parse};
use crate::text::source::FileId;

/// How wide a line may be, in columns. Texts are never broken, so a line with one may be wider.
pub const WIDTH: usize = 100;

/// How much further in a block's clauses stand than its head.
const INDENT: usize = 2;

const MARK: char = '\u{FEFF}';

/// Lays a file out. A byte-order mark stays, and so do a file's own line ends: those of its first
/// line, where they are mixed.
///
/// # Errors
///
/// What is wrong with how it is written; its spans point into `file`.
pub fn format(file: FileId, text: &str) -> Result<String, Diagnostics> {
    let body = text.strip_prefix(MARK).unwrap_or(text);
    let ends_with_return = text.find('\n').is_some_and(|at| text[..at].ends_with('\r'));
    let parsed = read(file, text)?;
    let (body, parsed) = if body.len() == text.len() && !body.contains('\r') {
        (body.to_owned(), parsed)
    } else {
        // A carriage return means nothing in any place.
        let body = body.replace('\r', "");
        let parsed = read(file, &body)?;
        (body, parsed)
    };
    let tokens = tokens::of(&body, &parsed.tree);
    let block = parts::of(tokens);
    let mut out = align::write(rows::of(&block));
    if ends_with_return {
        out = out.replace('\n', "\r\n");
    }
    if text.starts_with(MARK) {
        out.insert(0, MARK);
    }
    Ok(out)
}

/// The tree, where it holds all of the text. A number without a unit or the like is no reason to
/// leave a file unformatted.
fn read(file: FileId, text: &str) -> Result<Parsed, Diagnostics> {
    let parsed = parse(file, text);
    let is_whole = parsed.tree.root().is_some_and(|root| root.is_whole());
    let misspelt = [&rules::SYNTAX, &rules::LIMIT];
    if is_whole
        && !parsed
            .diagnostics
            .iter()
            .any(|d| misspelt.contains(&d.rule))
    {
        Ok(parsed)
    } else {
        Err(parsed.diagnostics)
    }
}
