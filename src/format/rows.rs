//! Items and clauses as rows: what stands on which line.
//!
//! In: a file's items. Out: [`Row`]s in order, whose columns `align` lines up.

use super::fill::{self, width};
use super::parts::{Block, Entry, Part};
use super::tokens::{Sort, Token};
use super::{INDENT, WIDTH};
use crate::syntax::Kind;

/// One line.
#[derive(Debug, Clone, Default)]
pub(super) struct Row {
    /// Whether a blank line stands before it.
    pub(super) has_blank_before: bool,
    pub(super) indent: usize,
    /// Its columns; one, where nothing is to be lined up.
    pub(super) cells: Vec<String>,
    /// What a row must share with its neighbours to be lined up with them.
    pub(super) run: Option<(Kind, bool)>,
    /// The comment behind it.
    pub(super) comment: Option<String>,
    pub(super) is_comment: bool,
    /// Whether blanks at its end are part of a text.
    pub(super) is_text: bool,
}

impl Row {
    pub(super) fn line(indent: usize, line: String) -> Self {
        Row {
            indent,
            cells: vec![line],
            ..Row::default()
        }
    }

    pub(super) fn part_of_text(indent: usize, line: String) -> Self {
        Row {
            is_text: true,
            ..Row::line(indent, line)
        }
    }

    pub(super) fn comment(indent: usize, text: String, has_blank_before: bool) -> Self {
        Row {
            is_comment: true,
            has_blank_before,
            ..Row::line(indent, text)
        }
    }
}

/// The rows of a file.
pub(super) fn of(file: &Block) -> Vec<Row> {
    let mut rows = Vec::new();
    entries(&file.entries, 0, &mut rows);
    rows
}

fn entries(entries: &[Entry], indent: usize, rows: &mut Vec<Row>) {
    let mut rest = entries;
    let mut is_first = true;
    while let Some(entry) = rest.first() {
        let start = rows.len();
        let (taken, has_blank) = match entry {
            Entry::Comment {
                text,
                has_blank_before,
            } => {
                rows.push(Row::comment(indent, text.clone(), false));
                (1, *has_blank_before)
            }
            Entry::Part(part) => (some_parts(rest, part, indent, rows), part.has_blank_before),
        };
        if let Some(row) = rows.get_mut(start) {
            row.has_blank_before = has_blank && !is_first;
        }
        is_first = false;
        rest = &rest[taken..];
    }
}

/// Lays out a part, and those behind it that its author wrote on the same line, where they fit; says
/// how many these are.
fn some_parts(entries: &[Entry], part: &Part, indent: usize, rows: &mut Vec<Row>) -> usize {
    let mut together: Vec<&Part> = vec![part];
    for entry in &entries[1..] {
        match entry {
            Entry::Part(next) if next.follows && indent > 0 => together.push(next),
            _ => break,
        }
    }
    let silent = together.iter().rev().skip(1).all(|p| p.comment.is_none());
    let lines: Option<Vec<String>> = together.iter().map(|p| flat(p)).collect();
    if together.len() > 1
        && silent
        && let Some(line) = lines.map(|lines| lines.join(", "))
        && width(indent, &line) <= WIDTH
    {
        let comment = together.last().and_then(|p| p.comment.clone());
        rows.push(Row {
            comment,
            ..Row::line(indent, line)
        });
        return together.len();
    }
    one_part(part, indent, rows);
    1
}

fn one_part(part: &Part, indent: usize, rows: &mut Vec<Row>) {
    if let Some(line) = flat(part).filter(|line| width(indent, line) <= WIDTH) {
        let (run, cells) = columns(part).unwrap_or((None, vec![line]));
        rows.push(Row {
            indent,
            cells,
            run,
            comment: part.comment.clone(),
            ..Row::default()
        });
        return;
    }
    fill::broken(&part.head, indent, rows);
    let Some(block) = &part.block else {
        if let Some(row) = rows.last_mut() {
            put_behind(row, &part.comment);
        }
        return;
    };
    let mut outer = part.comment.clone();
    if let Some(row) = rows.last_mut() {
        if let Some(cell) = row.cells.last_mut() {
            cell.push_str(if block.entries.is_empty() && block.comment.is_none() {
                " {}"
            } else {
                " {"
            });
        }
        // What was said of a whole line is said where the line begins.
        let inner = match block.is_flat {
            true => outer.take(),
            false => block.comment.clone(),
        };
        put_behind(row, &inner);
    }
    if block.entries.is_empty() && block.comment.is_none() {
        return;
    }
    entries(&block.entries, indent + INDENT, rows);
    rows.push(Row {
        comment: outer,
        ..Row::line(indent, "}".to_owned())
    });
}

fn put_behind(row: &mut Row, comment: &Option<String>) {
    if comment.is_some() {
        row.comment.clone_from(comment);
    }
}

/// A part on one line; none where comments, texts or its author want more.
fn flat(part: &Part) -> Option<String> {
    let head = fill::flat(&part.head)?;
    match &part.block {
        None => Some(head),
        Some(block) => Some(format!("{head} {}", flat_block(block)?)),
    }
}

fn flat_block(block: &Block) -> Option<String> {
    if block.entries.is_empty() && block.comment.is_none() {
        return Some("{}".to_owned());
    }
    let clauses = flat_clauses(block)?;
    Some(format!("{{ {} }}", clauses.join(", ")))
}

fn flat_clauses(block: &Block) -> Option<Vec<String>> {
    let clause = |entry: &Entry| match entry {
        Entry::Part(part) => flat(part),
        Entry::Comment { .. } => None,
    };
    if !block.is_flat {
        return None;
    }
    block.entries.iter().map(clause).collect()
}

/// The columns of an item on one line that its neighbours of the same kind share.
#[allow(clippy::type_complexity)]
fn columns(part: &Part) -> Option<(Option<(Kind, bool)>, Vec<String>)> {
    let kind = part.kind?;
    let cut = |at: usize| part.head.split_at(at);
    let text = |tokens: &[Token]| fill::flat(tokens).unwrap_or_default();
    let title = part.head.iter().position(|t| t.sort == Sort::Text);
    let block = part.block.as_ref();
    let cells = match kind {
        Kind::horizon | Kind::condition => {
            let colon = part.head.iter().position(|t| t.text == ":")? + 1;
            let (head, value) = cut(colon);
            match title {
                Some(at) => vec![text(&head[..at]), text(&head[at..]), text(value)],
                None => vec![text(head), String::new(), text(value)],
            }
        }
        Kind::bet => {
            let block = block?;
            let clauses = flat_clauses(block)?;
            let mut cells = vec![text(&part.head)];
            match clauses.as_slice() {
                [on, price] if on.starts_with("on:") && price.starts_with("price:") => {
                    cells.extend([format!("{{ {on},"), format!("{price} }}")]);
                }
                _ => cells.push(flat_block(block)?),
            }
            cells
        }
        Kind::outcome
        | Kind::asked_outcome
        | Kind::event
        | Kind::factor
        | Kind::change
        | Kind::assumption
        | Kind::view
        | Kind::pool
        | Kind::scenario => {
            let (name, title) = cut(title.unwrap_or(part.head.len()));
            let block = block.map(|b| flat_block(b).unwrap_or_default());
            let mut cells = vec![text(name), text(title)];
            cells.extend(block);
            cells
        }
        _ => return None,
    };
    let is_final = part.head.first().is_some_and(|t| t.text == "final");
    Some((Some((kind, is_final)), cells))
}
