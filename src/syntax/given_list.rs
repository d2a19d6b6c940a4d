//! Conditions that are written as lists in the head of a clause: `chance given strike, flood: 20%`.
//!
//! In: the scanner at a comma in code. Out: the commas as `and`, with the diagnostic of such a list; and where code goes
//! on. The grammar ends a clause at the comma, so nothing could be said of it there.

use super::braces::first_word;
use super::mistakes::no_list;
use super::patch::Patch;
use super::scan::Scanner;
use super::words::CLAUSES;
use crate::diag::Diagnostic;
use crate::diag::rules;

/// How far back is looked for the head.
const BACK: usize = 200;

/// What such a head begins with.
const HEADS: [&str; 3] = ["chance given ", ONCE, "holds given "];

/// What one event alone belongs behind.
const ONCE: &str = "chance once ";

/// A comma in the head of a clause with a condition; where the condition ends.
pub(super) fn comma(scanner: &mut Scanner<'_>, at: usize) -> Option<usize> {
    if scanner.open.is_empty() {
        return None;
    }
    let mut from = at.saturating_sub(BACK);
    let begin = memchr::memrchr3(b'\n', b'{', b':', &scanner.bytes[from..at]);
    from = scanner
        .text
        .ceil_char_boundary(from + begin.map_or(0, |n| n + 1));
    let before = &scanner.text[from..at];
    // Nearly every comma has no such word before it, which single bytes tell soonest.
    let heads = memchr::memrchr2_iter(b'c', b'h', before.as_bytes());
    let mut heads = heads.filter(|&at| HEADS.iter().any(|head| before[at..].starts_with(head)));
    let head = heads.next()?;
    let line = scanner.text[at..].split('\n').next().unwrap_or_default();
    let behind = line.split_once(':')?.0;
    let odd = |text: &str| text.contains(['"', '{', '}', '#', '(']);
    let key = first_word(behind[1..].trim_start()).0;
    if odd(&before[head..])
        || odd(behind)
        || key.is_empty()
        || CLAUSES.iter().any(|clause| clause.key == key)
    {
        return None;
    }
    let end = at + behind.len();
    if before[head..].starts_with(ONCE) {
        let found = Diagnostic::new(&rules::SYNTAX, scanner.span(at..at + 1), "one event sets the clock")
            .label("a second one begins here")
            .help(
                "name one event; where several may set it off, declare an event with `chance given a or b: certain` and \
                 name that",
            );
        let patch = Patch::new(at..at + behind.trim_end().len(), "");
        scanner.repair_as(false, found, "name the first event alone", vec![patch]);
        return Some(end);
    }
    let found = no_list(scanner.span(at..at + 1));
    let commas = behind.match_indices(',').map(|(n, _)| at + n);
    let from = |comma: usize| scanner.text[..comma].trim_end().len();
    let patches = commas.map(|comma| Patch::new(from(comma)..comma + 1, " and"));
    let patches = patches.collect();
    scanner.repair_as(false, found, "join the parts with `and`", patches);
    Some(end)
}
