//! Blocks that are closed and were never opened: `change found "The works need not wait"` and its clauses below.
//!
//! In: the scanner at a brace that stands alone on its line. Out: the brace that is missing at the end of the line
//! that begins the block, where the indentation leaves no doubt.

use super::braces::first_word;
use super::patch::Patch;
use super::scan::Scanner;
use crate::diag::Diagnostic;
use crate::diag::rules;

/// What has a block of clauses.
const HEADS: [&str; 17] = [
    "assessment",
    "event",
    "factor",
    "outcome",
    "final",
    "change",
    "assumption",
    "scenario",
    "question",
    "view",
    "pool",
    "quantity",
    "prior",
    "bet",
    "judgement",
    "evidence",
    "strengths",
];

/// More than this is not looked at for each brace.
const BYTES: usize = 20_000;

/// Writes the brace that a block lacks; whether it did.
pub(super) fn opened(scanner: &mut Scanner<'_>, close: usize) -> bool {
    let text = scanner.text;
    let start_of = |at: usize| memchr::memrchr(b'\n', &text.as_bytes()[..at]).map_or(0, |n| n + 1);
    let line = start_of(close);
    if !text[line..close].trim().is_empty() {
        return false;
    }
    let indent = close - line;
    let indent_of = |line: &str| line.len() - line.trim_start_matches([' ', '\t']).len();
    let after = match scanner.open.last() {
        Some(&open) => {
            let start = start_of(open);
            if indent_of(&text[start..=open]) >= indent {
                return false;
            }
            open + 1
        }
        None => 0,
    };
    let mut end = line;
    let mut has_clauses = false;
    while end > after && line - end < BYTES {
        let start = start_of(end - 1);
        let above = text[start..end].trim_end();
        end = start;
        let code = above.trim_start();
        if code.is_empty() || code.starts_with('#') {
            continue;
        }
        if indent_of(above) > indent {
            // What stands deeper and is no clause goes on with a line above it.
            has_clauses |= code.contains(':');
            continue;
        }
        let Some(head) = head_of(above).filter(|_| has_clauses && indent_of(above) == indent)
        else {
            return false;
        };
        let at = start + head;
        let word = first_word(above.trim_start()).0;
        let diagnostic = Diagnostic::new(
            &rules::SYNTAX,
            scanner.span(start + indent..at),
            format!("the block of this `{word}` is never opened"),
        )
        .label("a `{` is missing at the end of this")
        .other(scanner.span(close..close + 1), "the brace that closes it")
        .help("write `{` where the block begins");
        scanner.repair(diagnostic, "write `{`", vec![Patch::new(at..at, " {")]);
        return true;
    }
    false
}

/// Where a line that only begins an item ends; nothing where it is another.
fn head_of(line: &str) -> Option<usize> {
    if !HEADS.contains(&first_word(line.trim_start()).0) || line.contains(['{', '}']) {
        return None;
    }
    // A title may hold any sign.
    let mut quoted = false;
    let mut end = line.len();
    for (at, c) in line.char_indices() {
        match c {
            '"' => quoted = !quoted,
            '#' if !quoted => {
                end = at;
                break;
            }
            c if quoted || c.is_alphanumeric() || matches!(c, '_' | ' ' | '\t') => {}
            _ => return None,
        }
    }
    (!quoted).then(|| line[..end].trim_end().len())
}
