//! Text to trees: the only module that names pest.
//!
//! In: one file's text. Out: [`Parsed`]: the lossless tree, the typed [`ast::File`] and every mistake
//! of spelling. Parsing never fails: what is broken is reported and left out.

mod again;
mod amounts;
pub mod ast;
mod bounds;
mod braces;
mod broken_clauses;
mod broken_items;
mod broken_rest;
mod broken_values;
mod clauses;
mod dates;
pub(crate) mod figures;
mod given_list;
mod grammar;
mod items;
mod lengths;
mod lists;
mod lower;
mod mistakes;
mod nouns;
mod number_asked;
mod numbers;
mod options;
mod pair;
mod pairs;
mod patch;
mod propositions;
mod prose;
mod questions;
mod quotes;
mod recover;
mod rows;
mod scan;
mod seams;
mod stray;
mod swallowed;
mod table;
mod times;
pub mod tree;
mod unknown_clauses;
mod unopened;
mod unseen;
mod values;
pub(crate) mod vocabulary;
mod voices;
mod weights;
mod wide;
mod with;
mod words;

pub use grammar::Kind;
pub(crate) use nouns::is_clause;
pub use with::{Holder, holder_name, parse_with};
pub use words::RESERVED;

use crate::diag::Diagnostics;
use crate::limits;
use crate::text::source::{FileId, Span};
use lower::{Lower, Lowered, Out};
use patch::Map;
use tree::{NodeRef, Tree};

/// One file, parsed.
#[derive(Debug, Clone, Default)]
pub struct Parsed {
    /// Every token and comment, for tools that rewrite the file. Empty where a limit was passed.
    pub tree: Tree,
    /// What was written.
    pub ast: ast::File,
    /// What is wrong with how it was written.
    pub diagnostics: Diagnostics,
}

/// Reads one file. Whatever the text, this returns; what is wrong with it is in the diagnostics.
pub fn parse(file: FileId, text: &str) -> Parsed {
    read(file, text, None)
}

/// The same of a file that was read before, with the same id and what may have been another text.
pub(crate) fn parse_again(file: FileId, text: &str, before: (&str, &Parsed)) -> Parsed {
    match before.0 == text {
        true => before.1.clone(),
        false => read(file, text, Some(before)),
    }
}

fn read(file: FileId, text: &str, before: Option<(&str, &Parsed)>) -> Parsed {
    let mut out = Out::of(text);
    if text.len() > limits::FILE_BYTES {
        let start = Span::new(file, 0, 0);
        out.diagnostics.push(limits::too_large(start, text.len()));
        return Parsed {
            diagnostics: out.diagnostics,
            ..Parsed::default()
        };
    }
    let mut before = before;
    let unified;
    let text = match unseen::lone_returns(file, text) {
        Some((new, found)) => {
            out.diagnostics.push(found);
            before = None;
            unified = new;
            unified.as_str()
        }
        None => text,
    };
    let scanned = scan::scan(file, text);
    out.diagnostics.extend(scanned.diagnostics);
    if scanned.too_deep {
        return Parsed {
            diagnostics: out.diagnostics,
            ..Parsed::default()
        };
    }
    let repaired;
    let (text, map) = if scanned.patches.is_empty() {
        (text, Map::default())
    } else {
        let (new, map) = Map::patched(text, 0..text.len(), &scanned.patches, None);
        repaired = new;
        (repaired.as_str(), map)
    };
    let before = before.filter(|_| map.is_identity());
    let again = before.and_then(|(before, known)| again::tree(before, &known.tree, text));
    let tree = match again {
        Some(tree) => Ok(tree),
        None => Tree::read(Kind::file, text),
    };
    let mut lower = Lower {
        file,
        text,
        map: &map,
        out: &mut out,
    };
    let mut tree = match tree {
        Ok(tree) => tree,
        Err(failure) => {
            lower.settle::<()>(Err(tree::Mismatch {
                wanted: "a file",
                at: failure.at as u32,
            }
            .into()));
            Tree::default()
        }
    };
    if let Some(root) = tree.root() {
        lower.file(root);
    }
    if !map.is_identity() {
        tree.relocate(|place| map.at(place));
    }
    Parsed {
        tree,
        ast: out.ast,
        diagnostics: first_mistakes(out.diagnostics),
    }
}

/// The mistakes in the order of their places, as many as are reported of one file.
fn first_mistakes(diagnostics: Diagnostics) -> Diagnostics {
    let mut kept = Diagnostics::new();
    for (i, diagnostic) in diagnostics.sorted().into_iter().enumerate() {
        if i == limits::MISTAKES {
            kept.push(limits::too_many_mistakes(diagnostic.primary.span));
            break;
        }
        kept.push(diagnostic);
    }
    kept
}

/// Reads a proposition given on its own, such as `--given "drift and not ceasefire"`.
pub fn parse_prop(file: FileId, text: &str) -> (Option<ast::Prop>, Diagnostics) {
    let as_written = ("a condition", "`a and not (b or c)`");
    alone(
        file,
        text,
        Kind::only_prop,
        Kind::prop,
        as_written,
        |l, n| l.prop(n),
    )
}

/// Reads a query given on its own, such as `exit by long given relations`.
pub fn parse_query(file: FileId, text: &str) -> (Option<ast::Query>, Diagnostics) {
    let as_written = ("a query", "`exit by long given relations under rupture`");
    alone(
        file,
        text,
        Kind::only_query,
        Kind::query,
        as_written,
        |l, n| l.query(n),
    )
}

/// Reads a setting given on its own, `a` or `not a`.
pub fn parse_set(file: FileId, text: &str) -> (Option<ast::Set>, Diagnostics) {
    let as_written = ("a setting", "`ceasefire` or `not ceasefire`");
    alone(
        file,
        text,
        Kind::only_set,
        Kind::one_setting,
        as_written,
        |l, n| l.setting(n),
    )
}

/// Reads an expectation without its keyword, such as `exit by long: at most 20%`.
pub fn parse_expect(file: FileId, text: &str) -> (Option<ast::Expect>, Diagnostics) {
    let as_written = ("an expectation", "`exit by long: at most 20%`");
    alone(
        file,
        text,
        Kind::only_expect,
        Kind::only_expect,
        as_written,
        |l, n| {
            let mut children = n.children();
            let query = children.one(Kind::query, "a query")?;
            let test = children.any("what is expected")?;
            let query = l.query(query);
            let test = l.test(test);
            Ok(ast::Expect {
                span: Span::new(file, 0, text.len()),
                query: query?,
                test: test?,
            })
        },
    )
}

/// Reads what a search goes for: an expectation without its keyword, `exit by long: at most 20%`, its
/// signs, `exit by long >= 20%`, or one number, `exit by long: = 23.9%`.
pub fn parse_until(file: FileId, text: &str) -> (Option<ast::Expect>, Diagnostics) {
    let as_written = (
        "what to search for",
        "`exit by long: at least 20%`, `exit by long: likely` or `exit by long = 23.9%`",
    );
    alone(
        file,
        text,
        Kind::only_until,
        Kind::only_until,
        as_written,
        |l, n| {
            let mut children = n.children();
            let node = children.any("a query")?;
            let test = children.any("what is searched for")?;
            let number = l.child(node, Kind::statistic).is_some();
            let query = match node.kind() {
                // `exit at least 20%`, where there is one horizon.
                Kind::name => l.name(node).map(|name| ast::Query {
                    span: name.span,
                    statistic: None,
                    target: ast::Prop {
                        span: name.span,
                        kind: ast::PropKind::Name(name.node),
                    },
                    at: None,
                    over: None,
                    given: None,
                    under: None,
                }),
                _ => l.query(node),
            };
            let test = match number {
                true => l.number_test(test),
                false => l.until(test),
            };
            Ok(ast::Expect {
                span: Span::new(file, 0, text.len()),
                query: query?,
                test: test?,
            })
        },
    )
}

/// Reads a text that is one thing: `entry` reads it, `wanted` is the node that `lower` takes.
fn alone<T>(
    file: FileId,
    text: &str,
    entry: Kind,
    wanted: Kind,
    (noun, example): (&str, &str),
    lower: impl FnOnce(&mut Lower<'_>, NodeRef<'_>) -> Lowered<T>,
) -> (Option<T>, Diagnostics) {
    let mut out = Out::of(text);
    let scanned = scan::scan(file, text);
    if scanned.too_deep {
        out.diagnostics.extend(scanned.diagnostics);
        return (None, out.diagnostics);
    }
    let map = Map::default();
    let mut lowering = Lower {
        file,
        text,
        map: &map,
        out: &mut out,
    };
    let value = match Tree::read(entry, text) {
        Ok(tree) => {
            let node = tree
                .root()
                .and_then(|root| match root.kind() == wanted {
                    true => Some(root),
                    false => root.children().find(|n| n.kind() == wanted),
                })
                .ok_or(tree::Mismatch {
                    wanted: "one thing",
                    at: 0,
                });
            let lowered = match node {
                Ok(node) => lower(&mut lowering, node),
                Err(shape) => Err(shape.into()),
            };
            lowering.settle(lowered)
        }
        Err(_) => {
            let unreadable = lowering.unreadable(0..text.len(), entry, noun, example);
            lowering.settle(unreadable)
        }
    };
    (value, out.diagnostics)
}
