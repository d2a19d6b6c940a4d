//! Where one clause ends and the next begins: a comma that is missing between two on one line.
//!
//! In: the scanner at a colon or a quote in code. Out: the comma as a patch, with its diagnostic. Words
//! of clauses are also names that users choose, so only what cannot be a name there counts.

use super::braces::first_word;
use super::patch::Patch;
use super::scan::Scanner;
use super::words::{CLAUSES, ITEMS};
use crate::diag::Diagnostic;
use crate::diag::rules;

/// How far back is looked for where the line's last piece begins.
const BACK: usize = 400;

/// Words behind which a name stands.
const BEFORE_NAMES: [&str; 14] = [
    "for", "against", "given", "and", "or", "not", "count", "by", "in", "under", "once", "of",
    "weight", "to",
];

/// Clauses whose text may have words and colons in it, were the quotes forgotten.
const TEXTS: [&str; 5] = ["note", "source", "author", "resolves", "context"];

/// A colon in code: its key may stand behind a value without a comma between them.
pub(super) fn colon(scanner: &mut Scanner<'_>, at: usize) {
    if scanner.open.is_empty() {
        return;
    }
    let Some((start, before)) = piece(scanner, at) else {
        return;
    };
    // Nearly every key begins its line.
    if !matches!(before, b'"' | b'}' | b',' | b':') {
        return;
    }
    let said = scanner.text[start..at].trim_end();
    if in_rows(scanner) {
        if let Some(key) = row_behind(said).filter(|_| matches!(before, b':' | b',')) {
            comma(scanner, start + said.len() - key.len(), key);
        }
        return;
    }
    let Some(key) = key_at_end(said) else { return };
    let key_at = start + said.len() - key.len();
    let value = scanner.text[start..key_at].trim();
    let last = value.rsplit(' ').next().unwrap_or_default();
    if BEFORE_NAMES.contains(&last) || ITEMS.contains(&last) {
        return;
    }
    let behind_text = matches!(before, b'"' | b'}');
    let listed = before == b',' && value.starts_with(|c: char| c.is_ascii_digit());
    let behind_value = before == b':' && !value.is_empty() || listed;
    if !behind_text && !behind_value || unquoted(scanner, start, before) {
        return;
    }
    comma(scanner, key_at, key);
}

/// A quote in code: `weak evidence "…"`.
pub(super) fn quote(scanner: &mut Scanner<'_>, at: usize) {
    const KEY: &str = "evidence";
    let code = scanner.text[..at].trim_end_matches([' ', '\t']);
    if scanner.open.is_empty() || !code.ends_with(KEY) {
        return;
    }
    let key_at = code.len() - KEY.len();
    let Some((start, before)) = piece(scanner, at) else {
        return;
    };
    let Some(value) = scanner.text.get(start..key_at) else {
        return;
    };
    let ends = value.is_empty() || value.ends_with([' ', '\t']);
    let empty = value.trim().is_empty();
    let behind_value = !empty || matches!(before, b'"' | b'}');
    if ends && behind_value && !unquoted(scanner, start, before) {
        comma(scanner, key_at, KEY);
    }
}

/// Items that begin with a word and a name.
const NAMED: [&str; 9] = [
    "outcome",
    "event",
    "factor",
    "change",
    "assumption",
    "scenario",
    "question",
    "quantity",
    "horizon",
];

/// A word in code that begins an item behind the head of another, both on one line: `outcome x "X" outcome
/// y "Y"`. An item without a block ends with its line.
pub(super) fn item(scanner: &mut Scanner<'_>, at: usize) {
    // Most words begin no item, and a line is long.
    if !begins(&scanner.bytes[at..]) {
        return;
    }
    let end = scanner.line_end(at).min(at + BACK);
    let Some(rest) = scanner.text.get(at..end) else {
        return;
    };
    if !begins_named(rest) && !begins_prior(rest) {
        return;
    }
    let Some(head_end) = head_before(scanner, at) else {
        return;
    };
    // Between the parts of a question a comma may stand.
    if !scanner.open.is_empty() && scanner.bytes[head_end..at].contains(&b',') {
        return;
    }
    let found = Diagnostic::new(
        &rules::SYNTAX,
        scanner.span(at..at + rest.find([' ', '"', '{']).unwrap_or(rest.len())),
        "two items stand on one line",
    )
    .label("this begins another item")
    .help("each item begins on a line of its own");
    let patch = Patch::new(head_end..at, "\n");
    scanner.repair(found, "begin a new line", vec![patch]);
}

/// Whether a text begins with one of these words, `final` or `prior`.
fn begins(text: &[u8]) -> bool {
    let words: &[&str] = match text.first() {
        Some(b'a') => &["assumption"],
        Some(b'c') => &["change"],
        Some(b'e') => &["event"],
        Some(b'f') => &["factor", "final"],
        Some(b'h') => &["horizon"],
        Some(b'o') => &["outcome"],
        Some(b'p') => &["prior"],
        Some(b'q') => &["question", "quantity"],
        Some(b's') => &["scenario"],
        _ => &[],
    };
    words.iter().any(|word| text.starts_with(word.as_bytes()))
}

/// Where the head of an item ends that stands before a place, a comma between them or not.
fn head_before(scanner: &Scanner<'_>, at: usize) -> Option<usize> {
    let from = at.saturating_sub(BACK);
    let line = memchr::memrchr(b'\n', &scanner.bytes[from..at]).map(|n| from + n + 1);
    let line = match line {
        Some(line) => line,
        None if from == 0 => 0,
        None => return None,
    };
    // Behind the last brace that stands in no title.
    let mut start = line;
    let mut quoted = false;
    for (i, byte) in scanner.bytes[line..at].iter().enumerate() {
        match byte {
            b'"' => quoted = !quoted,
            b'{' | b'}' if !quoted => start = line + i + 1,
            b'#' if !quoted => return None,
            _ => {}
        }
    }
    // Behind an item that was found there before.
    if let Some(patch) = scanner.found.patches.last().filter(|p| p.text == "\n") {
        start = start.max(patch.range.end);
    }
    let piece = scanner.text.get(start..at)?;
    let skip = piece.len() - piece.trim_start().len();
    let head = piece.trim_end().trim_end_matches(',').trim_end();
    let said = head.get(skip..)?;
    let named = said.strip_prefix("final ").map_or(said, str::trim_start);
    let word = NAMED.iter().find(|word| named.starts_with(**word))?;
    let rest = named[word.len()..].strip_prefix([' ', '\t'])?.trim_start();
    let (name, behind) = first_word(rest);
    let behind = behind.trim();
    let is_title = behind.len() > 1
        && behind.starts_with('"')
        && behind.ends_with('"')
        && behind.matches('"').count() == 2;
    let is_head = match *word {
        "horizon" => behind.trim_start_matches(|c| c != ':').len() > 1,
        _ => behind.is_empty() || is_title,
    };
    (!name.is_empty() && is_head).then_some(start + head.len())
}

/// Whether a text begins with an item's keyword and a name.
fn begins_named(text: &str) -> bool {
    let text = text.strip_prefix("final ").map_or(text, str::trim_start);
    let word = NAMED.iter().find(|word| text.starts_with(**word));
    let behind = word.and_then(|word| text[word.len()..].strip_prefix([' ', '\t']));
    behind.is_some_and(|b| {
        b.trim_start()
            .starts_with(|c: char| c.is_alphabetic() || c == '_')
    })
}

/// Whether a text begins a prior.
fn begins_prior(text: &str) -> bool {
    let behind = text.strip_prefix("prior").map(str::trim_start);
    behind.is_some_and(|b| {
        b.starts_with(['{', '"']) || b.starts_with("given ") || b.starts_with("otherwise")
    })
}

/// A comma in code: `source: "s", rated A1`, where the colon is missing behind the next key.
pub(super) fn after_comma(scanner: &mut Scanner<'_>, at: usize) {
    let to = scanner.text.floor_char_boundary(at + 80);
    let rest = &scanner.text[at + 1..to];
    let rest = rest.split('\n').next().unwrap_or_default();
    let skip = rest.len() - rest.trim_start().len();
    let rest = &rest[skip..];
    let Some((key, value)) = rest.split_once([' ', '\t']) else {
        return;
    };
    let value = value.trim_start();
    let mut letters = value.bytes();
    let fits = match key {
        "rated" => {
            let rating = (letters.next(), letters.next());
            matches!(rating, (Some(b'A'..=b'F' | b'a'..=b'f'), Some(b'1'..=b'6')))
                && !letters.next().is_some_and(|b| b.is_ascii_alphanumeric())
        }
        "dated" => letters.take(4).filter(u8::is_ascii_digit).count() == 4,
        "source" | "author" | "note" | "resolves" | "context" | "unit" => value.starts_with('"'),
        "confidence" => {
            let word = value.split(|c: char| !c.is_alphabetic()).next();
            matches!(word, Some("low" | "moderate" | "high"))
        }
        _ => false,
    };
    if scanner.open.is_empty() || !fits {
        return;
    }
    let place = at + 1 + skip + key.len();
    let found = Diagnostic::new(
        &rules::SYNTAX,
        scanner.span(place..place),
        format!("a colon is missing after `{key}`"),
    )
    .label("`:` belongs here")
    .help(format!(
        "a colon stands between `{key}` and what a clause says"
    ));
    scanner.repair(
        found,
        "write the colon",
        vec![Patch::new(place..place, ":")],
    );
}

/// Where the piece of the line that ends at `at` begins, and the byte before it.
fn piece(scanner: &Scanner<'_>, at: usize) -> Option<(usize, u8)> {
    let from = at.saturating_sub(BACK);
    let cut = |b: &u8| {
        matches!(
            b,
            b'\n' | b'{' | b'}' | b'"' | b':' | b',' | b';' | b'#' | b'='
        )
    };
    let n = scanner.bytes[from..at].iter().rposition(cut)?;
    Some((from + n + 1, scanner.bytes[from + n]))
}

/// The key of a clause that ends a text, such as `weight for a`.
fn key_at_end(said: &str) -> Option<&str> {
    let whole = |key: &str| {
        let rest = said.strip_suffix(key)?;
        let ends = rest.is_empty() || rest.ends_with([' ', '\t']);
        ends.then(|| &said[rest.len()..])
    };
    let plain = CLAUSES
        .iter()
        .filter(|c| c.key != "weight" && c.key != "count");
    if let Some(key) = plain
        .filter_map(|c| whole(c.key))
        .max_by_key(|key| key.len())
    {
        return Some(key);
    }
    [
        "weight for ",
        "weight against ",
        "chance given ",
        "holds given ",
        "chance otherwise",
        "holds otherwise",
    ]
    .iter()
    .filter_map(|head| said.rfind(head))
    .filter(|n| *n == 0 || said[..*n].ends_with([' ', '\t']))
    .max()
    .map(|n| &said[n..])
}

/// Whether the piece is the text of a clause whose quotes are missing.
fn unquoted(scanner: &Scanner<'_>, start: usize, before: u8) -> bool {
    let head = match before {
        b':' => scanner.text[..start - 1].trim_end(),
        _ => scanner.text[start..].trim_start(),
    };
    match before {
        b':' => TEXTS.iter().any(|key| head.ends_with(key)),
        b'\n' | b'{' | b',' => TEXTS.iter().any(|key| head.starts_with(key)),
        _ => false,
    }
}

/// The key of a row that stands behind another's number on one line: `30% stays` before a colon.
fn row_behind(said: &str) -> Option<&str> {
    let value = said.trim_start();
    let mut behind = match value.strip_prefix("rest") {
        Some(behind) => behind,
        None => {
            let behind = off_number(value)?;
            match behind.trim_start().strip_prefix("to ") {
                Some(upper) => off_number(upper.trim_start())?,
                None => behind,
            }
        }
    };
    behind = behind.strip_prefix(' ')?.trim_start();
    let timed = ["by ", "in "];
    if let Some(time) = timed.iter().find_map(|word| behind.strip_prefix(word)) {
        behind = time.trim_start().split_once(' ')?.1.trim_start();
    }
    let mut words = behind.split(' ');
    let first = words.clone().next()?;
    let is_word = |word: &str| {
        word.starts_with(|c: char| c == '_' || c.is_alphabetic())
            && word
                .chars()
                .all(|c| matches!(c, '_' | '-') || c.is_alphanumeric())
    };
    let goes_on = BEFORE_NAMES.contains(&first)
        || matches!(
            first,
            "dB" | "times" | "time" | "per" | "at" | "now" | "within"
        );
    (!goes_on && words.all(is_word)).then(|| &said[said.len() - behind.len()..])
}

/// What stands behind the number that a text begins with.
fn off_number(text: &str) -> Option<&str> {
    let digits = text.find(|c: char| !(c.is_ascii_digit() || c == '.'));
    let behind = &text[digits.unwrap_or(text.len())..];
    let percent = behind.trim_start().strip_prefix('%');
    (behind.len() < text.len()).then(|| percent.unwrap_or(behind))
}

/// Whether the block around has the user's own words for keys.
fn in_rows(scanner: &Scanner<'_>) -> bool {
    let open = scanner.open.last().copied().unwrap_or(0);
    let from = scanner.bytes[..open]
        .iter()
        .rposition(|b| *b == b'\n')
        .map_or(0, |n| n + 1);
    let head = scanner.text[from..open].trim_start();
    ["prior", "scale", "strengths"]
        .iter()
        .any(|word| head.starts_with(word))
}

fn comma(scanner: &mut Scanner<'_>, key_at: usize, key: &str) {
    let code = scanner.text[..key_at].trim_end().len();
    let key = key.to_owned();
    // Behind evidence what its block has may be meant of it, or of what it stands under.
    let line = scanner.text[..code]
        .rsplit(['\n', '{'])
        .next()
        .unwrap_or_default();
    let of_evidence = matches!(key.as_str(), "source" | "rated" | "dated" | "note")
        && line.trim_start().starts_with("evidence");
    if of_evidence {
        let found = Diagnostic::new(
            &rules::SYNTAX,
            scanner.span(key_at..key_at + key.len()),
            format!("`{key}` stands in no block"),
        )
        .label("what belongs to a piece of evidence stands in braces")
        .help(format!("write `evidence \"…\" {{ {key}: … }}`"));
        scanner.repair_as(
            false,
            found,
            "write a comma",
            vec![Patch::new(code..code, ",")],
        );
        return;
    }
    let found = Diagnostic::new(
        &rules::SYNTAX,
        scanner.span(key_at..key_at + key.len()),
        format!("a comma is missing before `{key}`"),
    )
    .label("the next clause begins here")
    .help("a clause ends at the end of its line; separate two on one line by a comma");
    scanner.repair(found, "write a comma", vec![Patch::new(code..code, ",")]);
}

#[cfg(test)]
mod tests {
    use super::{NAMED, begins};

    #[test]
    fn every_item_is_told_by_its_first_letter() {
        for word in NAMED.iter().chain(&["final", "prior"]) {
            assert!(begins(word.as_bytes()), "{word}");
        }
        assert!(!begins(b"evidence"));
    }
}
