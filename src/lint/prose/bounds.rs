//! Where sentences end.
//!
//! In: one paragraph. Out: its sentences by UAX 29, fixed where an abbreviation ends in a full stop. Most paragraphs have no other signs than
//! those of English prose: in them only what stands around full stops, question marks and exclamation marks is looked at.

use std::borrow::Cow;
use std::ops::Range;
use unicode_segmentation::UnicodeSegmentation;

/// The sentences of one paragraph.
pub(crate) fn sentences(paragraph: &str) -> Vec<Range<usize>> {
    // A control character would end a sentence, a letter does not.
    let filled = |c: char| matches!(c, '\x01' | '\x02');
    let shown = match memchr::memchr2(1, 2, paragraph.as_bytes()) {
        Some(_) => Cow::Owned(paragraph.replace(filled, "x")),
        None => Cow::Borrowed(paragraph),
    };
    let mut ranges: Vec<Range<usize>> = Vec::new();
    let mut add = |range: Range<usize>| match ranges.last_mut() {
        Some(last) if ends_in_abbreviation(&shown[last.clone()]) => last.end = range.end,
        _ => ranges.push(range),
    };
    match is_plain(&shown) {
        true => plain(&shown, &mut add),
        false => {
            for (start, sentence) in shown.split_sentence_bound_indices() {
                add(start..start + sentence.len());
            }
        }
    }
    ranges
}

/// Whether a paragraph is one line of signs that are told apart here.
fn is_plain(paragraph: &str) -> bool {
    let bytes = paragraph.as_bytes();
    let line_end = memchr::memchr2(b'\n', b'\r', bytes);
    line_end.is_none_or(|at| at + 1 == bytes.len() && bytes[at] == b'\n')
        && (paragraph.is_ascii() || paragraph.chars().all(|c| c.is_ascii() || is_known(c)))
}

/// Signs beyond ASCII that English prose has, by their class: small letters, capitals, dashes, quotes, and others that are
/// nothing.
fn is_known(c: char) -> bool {
    is_letter(c)
        || is_dash(c)
        || is_quote(c)
        || matches!(c, '°' | '±' | '×' | '÷' | '€' | '£' | '…')
}

/// Letters with accents.
fn is_letter(c: char) -> bool {
    matches!(c, 'À'..='Ö' | 'Ø'..='ö' | 'ø'..='ž') && (c.is_lowercase() || c.is_uppercase())
}

fn is_dash(c: char) -> bool {
    matches!(c, '–' | '—')
}

fn is_quote(c: char) -> bool {
    matches!(c, '‘'..='‟' | '«' | '»')
}

/// The sentences of such a line, as UAX 29 has them.
fn plain(line: &str, add: &mut dyn FnMut(Range<usize>)) {
    let mut start = 0;
    let mut at = 0;
    while let Some(found) = memchr::memchr3(b'.', b'!', b'?', &line.as_bytes()[at..]) {
        let sign = at + found;
        let end = behind(line, sign);
        if end < line.len() && ends(line, sign, end) {
            add(start..end);
            start = end;
        }
        at = end;
    }
    if start < line.len() {
        add(start..line.len());
    }
}

/// Where what belongs to a sign that may end a sentence is over: closing brackets and quotes, then blanks.
fn behind(line: &str, sign: usize) -> usize {
    let close =
        |c: char| matches!(c, '"' | '\'' | '(' | ')' | '[' | ']' | '{' | '}') || is_quote(c);
    let blank = |c: char| matches!(c, ' ' | '\t' | '\x0B' | '\x0C');
    let rest = line[sign + 1..].trim_start_matches(close);
    line.len() - rest.trim_start_matches(blank).len()
}

/// Whether the sentence of a sign ends before `end`.
fn ends(line: &str, sign: usize, end: usize) -> bool {
    let stop = line.as_bytes()[sign] == b'.';
    let next = line[end..].chars().next().unwrap_or('\n');
    let within = stop && end == sign + 1;
    let is_capital = next.is_ascii_uppercase() || is_letter(next) && next.is_uppercase();
    let goes_on = match next {
        // SB3, SB4: the line end belongs to the sentence before it.
        '\n' => true,
        // SB6
        '0'..='9' if within => true,
        // SB7
        _ if is_capital && within && line[..sign].ends_with(is_any_letter) => true,
        // SB8a
        ',' | '-' | ':' | ';' | '.' | '!' | '?' | '–' | '—' => true,
        // SB8
        _ => stop && leads_to_small(&line[end..]),
    };
    !goes_on
}

fn is_any_letter(c: char) -> bool {
    c.is_ascii_alphabetic() || is_letter(c)
}

/// Whether a small letter comes before a capital, a sign that may end a sentence, or a line end.
fn leads_to_small(rest: &str) -> bool {
    let telling = |c: &char| is_any_letter(*c) || matches!(c, '.' | '!' | '?' | '\n');
    let first = rest.chars().find(telling);
    first.is_some_and(|c| is_any_letter(c) && c.is_lowercase())
}

/// Abbreviations that end in a full stop which ends no sentence.
const ABBREVIATIONS: &[&str] = &[
    "approx", "art", "ca", "capt", "cf", "col", "dr", "e.g", "eg", "etc", "fig", "gen", "gov",
    "i.e", "ie", "lt", "mr", "mrs", "ms", "no", "nos", "p", "par", "pp", "prof", "rep", "sec",
    "sen", "st", "v", "vs",
];

/// Whether a sentence only seems to end, at "the U.S." or "Gen.".
fn ends_in_abbreviation(sentence: &str) -> bool {
    let trimmed = sentence.trim_end_matches([' ', '\t']);
    let Some(body) = trimmed.strip_suffix('.') else {
        return false;
    };
    let last = body
        .rsplit(|c: char| c.is_whitespace() || matches!(c, '(' | '[' | '\x02'))
        .next()
        .unwrap_or_default();
    let initials = last
        .split('.')
        .all(|part| part.chars().count() == 1 && part != "I")
        && last.chars().any(char::is_uppercase);
    // "1." before an item of a list or of an outline.
    let number = body.trim().chars().all(|c| c.is_ascii_digit());
    initials || number || ABBREVIATIONS.contains(&last.to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::{is_known, plain};
    use unicode_segmentation::UnicodeSegmentation;

    fn is_cut_by_the_tables(line: &str) {
        let mut found = Vec::new();
        plain(line, &mut |range| found.push(range));
        let wanted = line.split_sentence_bound_indices();
        let wanted: Vec<_> = wanted.map(|(at, s)| at..at + s.len()).collect();
        assert_eq!(found, wanted, "{line:?}");
    }

    /// Every line of up to so many of these signs is cut as the tables cut it.
    fn all_are_cut(signs: &[char], most: u32) {
        for length in 0..=most {
            for mut number in 0..signs.len().pow(length) {
                let mut line = String::new();
                for _ in 0..length {
                    line.push(signs[number % signs.len()]);
                    number /= signs.len();
                }
                is_cut_by_the_tables(&line);
                is_cut_by_the_tables(&format!("{line}\n"));
            }
        }
    }

    /// One sign of each class of UAX 29 that ASCII has.
    #[test]
    fn ascii_is_cut_by_the_tables() {
        all_are_cut(&['a', 'B', '3', '.', '!', ' ', ')', '_', ','], 5);
    }

    #[test]
    fn signs_of_english_prose_are_cut_by_the_tables() {
        all_are_cut(&['a', 'É', 'é', '.', ' ', '”', '—', '°', '?'], 4);
    }

    /// Each sign that is told apart, where its class matters.
    #[test]
    fn every_known_sign_has_its_class() {
        let known = ('\u{80}'..='\u{ffff}').filter(|c| is_known(*c));
        for c in known {
            for line in [
                "a.@", "a.@b", "a. @ b", "a.@ B", "@.B", "A@. B", "a. @B", "?@ b", "B. @.a",
            ] {
                is_cut_by_the_tables(&line.replace('@', &c.to_string()));
            }
        }
    }
}
