//! Where sentences end.
//!
//! In: one paragraph. Out: its sentences by UAX 29, fixed where an abbreviation ends in a full stop. Most paragraphs are ASCII:
//! in them only what stands around full stops, question marks and exclamation marks is looked at.

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
        true => plain(shown.as_bytes(), &mut add),
        false => {
            for (start, sentence) in shown.split_sentence_bound_indices() {
                add(start..start + sentence.len());
            }
        }
    }
    ranges
}

/// Whether a paragraph is ASCII, and one line.
fn is_plain(paragraph: &str) -> bool {
    let bytes = paragraph.as_bytes();
    let line_end = memchr::memchr2(b'\n', b'\r', bytes);
    paragraph.is_ascii() && line_end.is_none_or(|at| at + 1 == bytes.len() && bytes[at] == b'\n')
}

/// The sentences of an ASCII line, as UAX 29 has them.
fn plain(line: &[u8], add: &mut dyn FnMut(Range<usize>)) {
    let mut start = 0;
    let mut at = 0;
    while let Some(found) = memchr::memchr3(b'.', b'!', b'?', &line[at..]) {
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
fn behind(line: &[u8], sign: usize) -> usize {
    let close = |b: &&u8| matches!(b, b'"' | b'\'' | b'(' | b')' | b'[' | b']' | b'{' | b'}');
    let blank = |b: &&u8| matches!(b, b' ' | b'\t' | 0x0B | 0x0C);
    let rest = &line[sign + 1..];
    let closed = rest.iter().take_while(close).count();
    let blanks = rest[closed..].iter().take_while(blank).count();
    sign + 1 + closed + blanks
}

/// Whether the sentence of a sign ends before `end`.
fn ends(line: &[u8], sign: usize, end: usize) -> bool {
    let (next, stop) = (line[end], line[sign] == b'.');
    let before = sign.checked_sub(1).map_or(b' ', |i| line[i]);
    let within = stop && end == sign + 1;
    let goes_on = match next {
        // SB3, SB4: the line end belongs to the sentence before it.
        b'\n' => true,
        // SB6
        b'0'..=b'9' if within => true,
        // SB7
        b'A'..=b'Z' if within && before.is_ascii_alphabetic() => true,
        // SB8a
        b',' | b'-' | b':' | b';' | b'.' | b'!' | b'?' => true,
        // SB8
        _ => stop && leads_to_small(&line[end..]),
    };
    !goes_on
}

/// Whether a small letter comes before a capital, a sign that may end a sentence, or a line end.
fn leads_to_small(rest: &[u8]) -> bool {
    let telling = |b: &&u8| b.is_ascii_alphabetic() || matches!(b, b'.' | b'!' | b'?' | b'\n');
    let first = rest.iter().find(telling);
    first.is_some_and(u8::is_ascii_lowercase)
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
    use super::plain;
    use unicode_segmentation::UnicodeSegmentation;

    /// Every line of up to five signs, one of each class of UAX 29 that ASCII has, is cut as the tables cut it.
    #[test]
    fn ascii_is_cut_by_the_tables() {
        const SIGNS: &[u8] = b"aB3.! )_,";
        for length in 0..=5u32 {
            for mut number in 0..SIGNS.len().pow(length) {
                let mut line = String::new();
                for _ in 0..length {
                    line.push(char::from(SIGNS[number % SIGNS.len()]));
                    number /= SIGNS.len();
                }
                for line in [line.clone(), format!("{line}\n")] {
                    let mut found = Vec::new();
                    plain(line.as_bytes(), &mut |range| found.push(range));
                    let wanted = line.split_sentence_bound_indices();
                    let wanted: Vec<_> = wanted.map(|(at, s)| at..at + s.len()).collect();
                    assert_eq!(found, wanted, "{line:?}");
                }
            }
        }
    }
}
