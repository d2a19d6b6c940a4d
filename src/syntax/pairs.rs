//! Lists of pairs as they are written elsewhere: `likelihood: stay: 10%, leave: 90%`, `chance: q2: 10%, y: 20%`, one a line,
//! in braces.
//!
//! In: the scanner at a colon or a brace in code. Out: the patches that make the list of it, with one diagnostic; and
//! where code goes on. What is no list of pairs to the end is left alone.

use super::braces::first_word;
use super::pair::{Pair, Reader};
use super::patch::Patch;
use super::scan::Scanner;
use crate::diag::Diagnostic;
use crate::diag::rules;

/// The clause.
const KEY: &str = "likelihood";

/// How far back the clause's key may stand.
const BACK: usize = 80;

/// How many pairs are looked at.
const MOST: usize = 1_000;

/// The pairs of a likelihood behind a colon, or a brace, at `at`; where they end, if some are no pairs as they stand.
pub(super) fn likelihood(scanner: &mut Scanner<'_>, at: usize) -> Option<usize> {
    let key_end = key_before(scanner, at)?;
    let text = scanner.text;
    let mut reader = Reader { text, at: key_end };
    let head = reader.head();
    // That a list has commas, not `and`, is said where it is read.
    let mut and = Vec::new();
    let mut patches = Vec::new();
    let start = reader.at;
    let wanted = text[key_end..start].trim_start_matches(' ');
    if wanted.trim() != ":" || wanted.contains('\n') {
        patches.push(Patch::new(key_end..start, ": "));
    }
    let mut pairs: Vec<Pair> = Vec::new();
    let end = loop {
        let pair = reader.pair()?;
        let end = pair.place.end;
        reader.at = end;
        pairs.push(pair);
        if pairs.len() > MOST {
            return None;
        }
        match reader.separator() {
            Some(sep) if reader.begins_pair() => {
                let written = &text[sep.clone()];
                match written.trim() {
                    "," => {}
                    "and" => and.push(Patch::new(sep, ", ")),
                    _ => patches.push(Patch::new(sep, ", ")),
                }
            }
            _ => break end,
        }
    };
    let mut close = end;
    reader.at = end;
    if head {
        reader.blanks(true);
        if !reader.eats("}") {
            return None;
        }
        close = reader.at;
        patches.push(Patch::new(end..close, ""));
    } else {
        reader.blanks(false);
        let rest = &text[reader.at..];
        if !(rest.is_empty() || rest.starts_with(['\n', '\r', '}', '#', ','])) {
            return None;
        }
    }
    let said: Vec<&str> = pairs.iter().map(|pair| pair.said.as_str()).collect();
    let meant = format!("{KEY}: {}", said.join(", "));
    patches.extend(
        pairs
            .iter_mut()
            .flat_map(|pair| std::mem::take(&mut pair.patches)),
    );
    if pairs.len() < 2 || patches.is_empty() {
        return None;
    }
    patches.extend(and);
    let found = Diagnostic::new(
        &rules::SYNTAX,
        scanner.span(start..end),
        "a likelihood lists each outcome with its chance behind it",
    )
    .label("commas stand between the pairs, and nothing else")
    .help(format!("write `{meant}`"));
    scanner.repair(found, "write the pairs", patches);
    Some(close)
}

/// The values of a clause behind a colon at `at`, each with its horizon before it: `q2: 10%, y: 20%`; where they end.
pub(super) fn timed(scanner: &mut Scanner<'_>, at: usize) -> Option<usize> {
    let text = scanner.text;
    if scanner.open.is_empty() {
        return None;
    }
    let mut reader = Reader { text, at: at + 1 };
    reader.blanks(true);
    let start = reader.at;
    // Behind most colons stands a text or a number.
    if text
        .as_bytes()
        .get(start)
        .is_none_or(|b| b.is_ascii() && !b.is_ascii_alphabetic() && *b != b'_')
    {
        return None;
    }
    // Hardly any colon has a name and another colon behind it.
    let first = reader.horizon()?;
    reader.at = start;
    let horizons = scanner
        .horizons
        .get_or_init(|| text.lines().filter_map(horizon_of).take(MOST).collect());
    let is_horizon = |name: &&str| horizons.contains(name);
    if !is_horizon(&first) {
        return None;
    }
    let from = at.saturating_sub(BACK);
    let bytes = &scanner.bytes[from..at];
    let begin = bytes
        .iter()
        .rposition(|b| matches!(b, b'\n' | b'{' | b'}' | b','))
        .map_or(0, |n| n + 1);
    let key_at = text.ceil_char_boundary(from + begin);
    let key = text[key_at..at].trim();
    let by = match key.split(' ').next().unwrap_or_default() {
        "holds" | "weight" | "count" => false,
        "chance" => true,
        name => {
            text.contains(&format!("final outcome {name} "))
                || text.contains(&format!("final outcome {name}\n"))
        }
    };
    let word = if by { "by" } else { "in" };
    let (mut patches, mut said) = (Vec::new(), Vec::new());
    if text[at + 1..start].contains('\n') {
        patches.push(Patch::new(at + 1..start, " "));
    }
    let end = loop {
        let pair_at = reader.at;
        let name = reader.horizon().filter(is_horizon)?;
        let value_at = reader.at;
        let rest = reader.rest();
        let value = &rest[..rest.find([',', '\n', '}', '#', ';']).unwrap_or(rest.len())].trim_end();
        let whole = super::broken_values::value_end(value) == Some(value.len());
        if !whole {
            return None;
        }
        reader.at = value_at + value.len();
        patches.push(Patch::new(pair_at..value_at, ""));
        patches.push(Patch::new(reader.at..reader.at, format!(" {word} {name}")));
        said.push(format!("{value} {word} {name}"));
        let end = reader.at;
        let sep = reader.separator();
        let goes_on = { reader }.horizon().is_some_and(|name| is_horizon(&name));
        match sep.filter(|_| goes_on && said.len() < MOST) {
            Some(sep) => {
                if text[sep.clone()].trim() != "," {
                    patches.push(Patch::new(sep, ", "));
                }
            }
            None => break end,
        }
    };
    let meant = said.join(", ");
    let found = Diagnostic::new(
        &rules::SYNTAX,
        scanner.span(start..end),
        "a value stands first, then when it holds",
    )
    .label("the horizons stand before their values")
    .help(format!("write `{key}: {meant}`"));
    // An event's chances may be told horizon by horizon, or up to each.
    scanner.repair_as(!by, found, &format!("write `{meant}`"), patches);
    Some(end)
}

/// The name of the horizon that a line declares.
fn horizon_of(line: &str) -> Option<&str> {
    let rest = line.strip_prefix("horizon ")?.trim_start();
    Some(first_word(rest).0)
}

/// Where the clause's key ends, if `at` stands behind it, or behind it and one name.
fn key_before(scanner: &Scanner<'_>, at: usize) -> Option<usize> {
    if scanner.open.is_empty() {
        return None;
    }
    let from = at.saturating_sub(BACK);
    let bytes = &scanner.bytes[from..at];
    // Nearly no key has this letter.
    memchr::memrchr(b'k', bytes)?;
    let begin = bytes
        .iter()
        .rposition(|b| matches!(b, b'\n' | b'{' | b'}' | b',' | b'"' | b':'));
    let begin = begin.map_or(0, |n| n + 1);
    let piece = &bytes[begin..];
    let skip = piece.len() - piece.trim_ascii_start().len();
    let behind = piece[skip..].strip_prefix(KEY.as_bytes())?;
    let word = behind
        .first()
        .is_some_and(|b| *b == b'_' || b.is_ascii_alphanumeric());
    (!word).then(|| at - behind.len())
}
