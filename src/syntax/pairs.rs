//! Lists of pairs as they are written elsewhere: `likelihood: stay: 10%, leave: 90%`, `chance: q2: 10%, y: 20%`, one a line,
//! in braces.
//!
//! In: the scanner at a colon or a brace in code. Out: the patches that make the list of it, with one diagnostic; and
//! where code goes on. What is no list of pairs to the end is left alone.

use super::braces::first_word;
use super::patch::Patch;
use super::scan::Scanner;
use super::words::{CLAUSES, ITEMS};
use crate::diag::Diagnostic;
use crate::diag::rules;
use std::ops::Range;

/// The clause.
const KEY: &str = "likelihood";

/// How far back the clause's key may stand.
const BACK: usize = 80;

/// How many pairs are looked at.
const MOST: usize = 1_000;

/// A pair, and what has to be written elsewise in it.
struct Pair {
    place: Range<usize>,
    said: String,
    patches: Vec<Patch>,
}

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
    let mut key_at = from + begin;
    while !text.is_char_boundary(key_at) {
        key_at += 1;
    }
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

#[derive(Clone, Copy)]
struct Reader<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Reader<'t> {
    fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    fn blanks(&mut self, lines: bool) {
        let rest = self.rest();
        let is_blank = |c: char| matches!(c, ' ' | '\t' | '\r') || lines && c == '\n';
        self.at += rest.len() - rest.trim_start_matches(is_blank).len();
    }

    fn eats(&mut self, text: &str) -> bool {
        let is = self.rest().starts_with(text);
        if is {
            self.at += text.len();
        }
        is
    }

    /// A word and a blank behind it.
    fn eats_word(&mut self, words: &[&str]) {
        let rest = self.rest();
        let word = words.iter().find(|w| {
            rest.strip_prefix(**w)
                .is_some_and(|r| r.starts_with([' ', '\t']))
        });
        if let Some(word) = word {
            self.at += word.len();
            self.blanks(false);
        }
    }

    /// What stands between the key and the first pair; whether that is a brace.
    fn head(&mut self) -> bool {
        self.blanks(false);
        self.eats_word(&["of"]);
        self.eats(":");
        self.blanks(true);
        let brace = self.eats("{");
        self.blanks(true);
        brace
    }

    fn name(&mut self) -> Option<&'t str> {
        let name = first_word(self.rest()).0;
        let is_clause = CLAUSES.iter().any(|c| c.key == name) || ITEMS.contains(&name);
        if is_clause || !name.starts_with(|c: char| c == '_' || c.is_alphabetic()) {
            return None;
        }
        self.at += name.len();
        Some(name)
    }

    /// `q2: `
    fn horizon(&mut self) -> Option<&'t str> {
        let rest = self.rest();
        let rest = rest
            .strip_prefix("by ")
            .or(rest.strip_prefix("in "))
            .unwrap_or(rest);
        self.at += self.rest().len() - rest.len();
        let name = self.name()?;
        self.blanks(false);
        let is = self.eats(":");
        self.blanks(false);
        is.then_some(name)
    }

    /// `10%`, `10% to 20%`
    fn share(&mut self) -> Option<&'t str> {
        let start = self.at;
        self.percentage()?;
        let end = self.at;
        self.blanks(false);
        let ranged = self.eats("to ") && {
            self.blanks(false);
            self.percentage().is_some()
        };
        if !ranged {
            self.at = end;
        }
        Some(&self.text[start..self.at])
    }

    fn percentage(&mut self) -> Option<()> {
        let rest = self.rest();
        let behind = rest.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
        if behind.len() == rest.len() || rest.starts_with('.') {
            return None;
        }
        self.at += rest.len() - behind.len();
        self.blanks(false);
        self.eats("%").then_some(())
    }

    /// A word of likelihood, up to the pair's end.
    fn word(&mut self) -> Option<&'t str> {
        let rest = self.rest();
        let end = rest
            .find([',', ';', '\n', '}', ')', '#', ':', '='])
            .unwrap_or(rest.len());
        let word = rest[..end].trim_end();
        let fits = word
            .split(' ')
            .all(|w| !w.is_empty() && w.chars().all(char::is_alphabetic))
            && word.split(' ').count() < 5
            && !word
                .split(' ')
                .any(|w| matches!(w, "by" | "in" | "rest" | "to"));
        self.at += word.len();
        (fits && !rest[end..].starts_with([':', '='])).then_some(word)
    }

    /// One pair, in whatever order.
    fn pair(&mut self) -> Option<Pair> {
        let start = self.at;
        if self.rest().starts_with(|c: char| c.is_ascii_digit()) {
            let value = self.share()?;
            self.blanks(false);
            self.eats_word(&["if", "given", "under", "for", "of", "in"]);
            let name = self.name()?;
            let said = format!("{name} {value}");
            let place = start..self.at;
            let patches = vec![Patch::new(place.clone(), said.as_str())];
            return Some(Pair {
                place,
                said,
                patches,
            });
        }
        self.eats_word(&["if", "given", "under"]);
        let called = self.eats("P(") || self.eats("p(");
        let name_at = self.at;
        let name = self.name()?;
        if called && !self.eats(")") {
            return None;
        }
        let name_end = name_at + name.len();
        self.blanks(false);
        let sign = self.eats(":") || self.eats("=");
        self.blanks(false);
        self.eats_word(&["is", "at"]);
        let paren = self.eats("(");
        let value_at = self.at;
        let is_number = self.rest().starts_with(|c: char| c.is_ascii_digit());
        let value = match is_number {
            true => self.share()?,
            false if sign => self.word()?,
            false => return None,
        };
        let value_end = self.at;
        if paren && !self.eats(")") {
            return None;
        }
        let mut patches = Vec::new();
        if start < name_at {
            patches.push(Patch::new(start..name_at, ""));
        }
        if !self.text[name_end..value_at].trim().is_empty() {
            patches.push(Patch::new(name_end..value_at, " "));
        }
        if value_end < self.at {
            patches.push(Patch::new(value_end..self.at, ""));
        }
        let said = format!("{name} {value}");
        Some(Pair {
            place: start..self.at,
            said,
            patches,
        })
    }

    /// What stands between two pairs.
    fn separator(&mut self) -> Option<Range<usize>> {
        let start = self.at;
        self.blanks(false);
        let sign = self.eats(",") || self.eats(";");
        self.blanks(false);
        let and = !sign && self.rest().starts_with("and ");
        if and {
            self.at += "and ".len();
        }
        self.blanks(true);
        (self.at > start).then_some(start..self.at)
    }

    /// Whether a pair stands here.
    fn begins_pair(&self) -> bool {
        let mut ahead = *self;
        ahead.pair().is_some()
    }
}
