//! Blocks that never close: where their braces belong.
//!
//! In: the scanner at the margin item, or the file's end, that finds a block still open. Out: a
//! closing brace where the indentation says that the block ended, and its diagnostic.

use super::patch::Patch;
use super::scan::Scanner;
use crate::diag::Diagnostic;
use crate::diag::rules;

const NAMED: [&str; 13] = [
    "event",
    "factor",
    "outcome",
    "change",
    "horizon",
    "assumption",
    "scenario",
    "expect",
    "question",
    "condition",
    "view",
    "pool",
    "quantity",
];
const TITLED: [&str; 5] = ["assessment", "bet", "section", "use", "judgement"];

/// Whether a line begins an item, beyond doubt.
pub(super) fn begins_item(line: &str) -> bool {
    let (word, rest) = first_word(line);
    let rest = rest.trim_start();
    let named = |rest: &str| {
        let (name, after) = first_word(rest);
        let after = after.trim();
        !name.is_empty()
            && (after.is_empty() || after.starts_with(['"', '{', ':', '#']) || word == "expect")
    };
    if NAMED.contains(&word) {
        return named(rest);
    }
    if TITLED.contains(&word) {
        return rest.starts_with('"');
    }
    match word {
        "final" => rest.starts_with("outcome "),
        "prior" => rest.starts_with(['"', '{']),
        "exclusive" | "implies" | "resolved" => rest.starts_with(':'),
        "overlap" => rest.starts_with(|c: char| c.is_ascii_digit()),
        "scale" | "strengths" => !rest.starts_with(':') && rest.contains('{'),
        _ => false,
    }
}

/// The letters, digits and underscores that a text begins with, and the rest.
pub(super) fn first_word(text: &str) -> (&str, &str) {
    let is_plain = |b: &u8| *b == b'_' || b.is_ascii_alphanumeric();
    let plain = text.bytes().take_while(is_plain).count();
    let end = match text.as_bytes().get(plain) {
        Some(byte) if !byte.is_ascii() => text
            .find(|c: char| !(c == '_' || c.is_alphanumeric()))
            .unwrap_or(text.len()),
        _ => plain,
    };
    text.split_at(end)
}

/// Where an item begins at the margin of a text block's body: the block's quotes are missing.
pub(super) fn item_at_margin(body: &str) -> Option<usize> {
    margins(body)
        .find(|at| {
            let line = body[*at..].split('\n').next().unwrap_or_default();
            // An item in prose would be a strange sentence: only the clearest shapes count.
            (line.contains('"') || line.contains('{')) && begins_item(line)
        })
        .map(|at| {
            // The brace of the block that holds the text stands before the item.
            brace_at_margin(&body[..at]).unwrap_or(at)
        })
}

/// The last closing brace that stands alone at the margin.
pub(super) fn brace_at_margin(body: &str) -> Option<usize> {
    let mut found = None;
    let mut from = 0;
    while let Some(n) = memchr::memmem::find(&body.as_bytes()[from..], b"\n}") {
        let at = from + n + 1;
        let line = body[at + 1..].split('\n').next().unwrap_or_default();
        if line.trim().is_empty() {
            found = Some(at);
        }
        from = at;
    }
    found
}

fn margins(body: &str) -> impl Iterator<Item = usize> + '_ {
    memchr::memchr_iter(b'\n', body.as_bytes())
        .map(|n| n + 1)
        .filter(|at| body.as_bytes().get(*at).is_some_and(u8::is_ascii_lowercase))
}

/// Closes every open block before `limit`, where the next item begins or the file ends.
pub(super) fn close(scanner: &mut Scanner<'_>, limit: usize) {
    let Some(&outermost) = scanner.open.first() else {
        return;
    };
    let still_open = scanner.open.len();
    let places = by_indentation(scanner, outermost, limit, still_open);
    let before = scanner.text[limit..].split('\n').next().unwrap_or_default();
    let item = first_word(before).0;
    for (open, place) in &places {
        let mut diagnostic = Diagnostic::new(
            &rules::SYNTAX,
            scanner.span(*open..open + 1),
            "this block is never closed",
        )
        .label("the brace that opens it");
        // Of two braces in a row one is too many: no block begins with a block.
        if let Some(second) = again(scanner.bytes, *open) {
            scanner.repair(
                diagnostic
                    .other(scanner.span(second..second + 1), "another stands here")
                    .help("write one `{`"),
                "leave out the second `{`",
                vec![Patch::new(*open..second, "")],
            );
            continue;
        }
        if place.before_clause {
            let line = scanner.text[place.next..]
                .split('\n')
                .next()
                .unwrap_or_default();
            let next = scanner.span(place.next..place.next + line.trim_end().len());
            diagnostic = diagnostic.other(next, "a `}` is missing before this");
        } else if item.is_empty() {
            let end = scanner.span(place.at..place.at);
            diagnostic = diagnostic.other(end, "the file ends without a `}`");
        } else {
            let next = scanner.span(limit..limit + item.len());
            diagnostic = diagnostic.other(next, "a `}` is missing before this");
        }
        let text = if place.before_clause { " }" } else { "\n}" };
        // Blocks that end at one place are closed together: one brace alone would close but one.
        let ends_there = |(open, other): &&(usize, Place)| {
            other.at == place.at && again(scanner.bytes, *open).is_none()
        };
        let count = places.iter().filter(ends_there).count();
        let first = places.iter().find(ends_there).map(|(open, _)| open);
        let message = match count {
            1 => "write `}`".to_owned(),
            n => format!("write the {n} missing `}}`"),
        };
        let patch = Patch::new(place.at..place.at, text.repeat(count));
        let diagnostic = diagnostic.help("write `}` where the block ends");
        scanner.repair(diagnostic, &message, vec![patch]);
        if first != Some(open) {
            scanner.found.patches.pop();
        }
    }
}

/// The next brace that opens, where nothing but blanks stands before it.
fn again(bytes: &[u8], open: usize) -> Option<usize> {
    let blanks = bytes[open + 1..].iter();
    let next = open + 1 + blanks.take_while(|b| b.is_ascii_whitespace()).count();
    (bytes.get(next) == Some(&b'{')).then_some(next)
}

struct Place {
    /// Where the brace belongs.
    at: usize,
    /// The code that stands behind it.
    next: usize,
    /// Whether that is a clause of the block around.
    before_clause: bool,
}

/// Where the blocks from `start` on that lack a brace end: at the first line that stands no deeper
/// than the line which opened them, otherwise before `limit`.
fn by_indentation(
    scanner: &Scanner<'_>,
    start: usize,
    limit: usize,
    lacking: usize,
) -> Vec<(usize, Place)> {
    let text = scanner.text;
    let indent_of = |at: usize| {
        let line = text[..at].rfind('\n').map_or(0, |n| n + 1);
        text[line..]
            .bytes()
            .take_while(|b| matches!(b, b' ' | b'\t'))
            .count()
    };
    let mut stack: Vec<(usize, usize)> = Vec::new();
    let mut places = Vec::new();
    let mut code_end = start;
    let mut at = start;
    let mut first = false;
    while at < limit {
        let byte = scanner.bytes[at];
        match byte {
            b'\n' => first = true,
            b' ' | b'\t' | b'\r' => {}
            b'#' => {
                at = scanner.line_end(at).min(limit);
                continue;
            }
            _ => {
                if first && places.len() < lacking {
                    let indent = indent_of(at);
                    while let Some(&(open, opened)) = stack.last() {
                        let left = indent < opened || (indent == opened && byte != b'}');
                        if !left || stack.len() == 1 || places.len() == lacking {
                            break;
                        }
                        places.push((
                            open,
                            Place {
                                at: code_end,
                                next: at,
                                before_clause: true,
                            },
                        ));
                        stack.pop();
                    }
                }
                first = false;
                match byte {
                    b'{' => stack.push((at, indent_of(at))),
                    b'}' => {
                        stack.pop();
                    }
                    b'"' => {
                        at = quoted_end(scanner.bytes, at).min(limit);
                        code_end = at;
                        continue;
                    }
                    _ => {}
                }
                code_end = at + 1;
            }
        }
        at += 1;
    }
    // The innermost blocks close first.
    while places.len() < lacking {
        let Some((open, _)) = stack.pop() else { break };
        places.push((
            open,
            Place {
                at: code_end,
                next: limit,
                before_clause: false,
            },
        ));
    }
    places
}

/// The place behind a string or text block.
fn quoted_end(bytes: &[u8], at: usize) -> usize {
    if bytes[at..].starts_with(b"\"\"\"") {
        return memchr::memmem::find(&bytes[at + 3..], b"\"\"\"")
            .map_or(bytes.len(), |n| at + 3 + n + 3);
    }
    match memchr::memchr2(b'"', b'\n', &bytes[at + 1..]).map(|n| at + 1 + n) {
        Some(end) if bytes[end] == b'"' => end + 1,
        Some(end) => end,
        None => bytes.len(),
    }
}
