//! Text of others made fit for a terminal.
//!
//! In: anything that stands in a file. Out: the same without characters that steer a terminal or
//! turn the reading direction, and not longer than a reader can take in.

use std::borrow::Cow;

/// Messages longer than this are cut: a name may be as long as its file.
const LONGEST: usize = 600;

/// The character to show in place of one that steers the terminal.
pub(crate) fn visible(c: char) -> char {
    match c {
        '\u{0}'..='\u{1f}' => char::from_u32(0x2400 + c as u32).unwrap_or('\u{fffd}'),
        '\u{7f}' => '\u{2421}',
        '\u{80}'..='\u{9f}'
        | '\u{200e}'..='\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2066}'..='\u{2069}'
        | '\u{feff}' => '\u{fffd}',
        c => c,
    }
}

/// A message on several lines, cleaned and cut.
pub(crate) fn message(text: &str) -> Cow<'_, str> {
    let odd = |c: char| c != '\n' && visible(c) != c;
    let end = text.char_indices().nth(LONGEST).map(|(i, _)| i);
    if end.is_none() && !text.contains(odd) {
        return Cow::Borrowed(text);
    }
    let mut clean: String = text[..end.unwrap_or(text.len())]
        .chars()
        .map(|c| if odd(c) { visible(c) } else { c })
        .collect();
    if end.is_some() {
        clean.push('…');
    }
    Cow::Owned(clean)
}

/// A message on one line.
pub(crate) fn line(text: &str) -> Cow<'_, str> {
    let clean = message(text);
    if clean.contains('\n') {
        return Cow::Owned(clean.split_whitespace().collect::<Vec<_>>().join(" "));
    }
    clean
}
