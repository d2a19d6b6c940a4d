//! Text of others made fit for a terminal, or for an address.
//!
//! In: anything that stands in a file. Out: the same without characters that steer a terminal or
//! turn the reading direction, and not longer than a reader can take in; in an address, only bytes
//! that mean nothing there.

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
    // What most texts are needs no look at each character.
    let is_plain = |b: u8| matches!(b, b' '..=b'~' | b'\n');
    if text.len() <= LONGEST && text.bytes().all(is_plain) {
        return Cow::Borrowed(text);
    }
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

/// Lines of others, whole; a tab stays a tab.
pub(crate) fn lines(text: &str) -> Cow<'_, str> {
    let odd = |c: char| c != '\n' && c != '\t' && visible(c) != c;
    match text.contains(odd) {
        false => Cow::Borrowed(text),
        true => Cow::Owned(
            text.chars()
                .map(|c| if odd(c) { visible(c) } else { c })
                .collect(),
        ),
    }
}

/// A file's name, whole and on one line.
pub(crate) fn name(text: &str) -> Cow<'_, str> {
    match text.contains(|c| visible(c) != c) {
        false => Cow::Borrowed(text),
        true => Cow::Owned(text.chars().map(visible).collect()),
    }
}

/// A message on one line.
pub(crate) fn line(text: &str) -> Cow<'_, str> {
    let clean = message(text);
    if clean.contains('\n') {
        return Cow::Owned(clean.split_whitespace().collect::<Vec<_>>().join(" "));
    }
    clean
}

/// A value as JSON, in which nothing steers a terminal or turns the reading direction: the same value
/// to whoever reads it.
pub(crate) fn json(value: &impl serde::Serialize) -> String {
    let text = serde_json::to_string_pretty(value).unwrap_or_default();
    let odd = |c: char| c != '\n' && visible(c) != c;
    let mut out = String::with_capacity(text.len() + 1);
    for c in text.chars() {
        match odd(c) {
            // All of them lie below U+FFFF, and stand in strings alone.
            true => out.push_str(&format!("\\u{:04x}", u32::from(c))),
            false => out.push(c),
        }
    }
    out.push('\n');
    out
}

/// Text in an address: every byte but those kept is written as per cent and two digits (RFC 3986).
pub(crate) fn encoded(text: &str, keeps: impl Fn(u8) -> bool) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        match keeps(byte) {
            true => out.push(char::from(byte)),
            false => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

/// Whether a byte stands for itself in a path (RFC 3986).
pub(crate) fn is_of_path(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte)
}

#[cfg(test)]
mod tests {
    use super::json;

    #[test]
    fn json_says_the_same_and_steers_nothing() {
        let text = "a\u{1b}\u{7f}\u{80}\u{9b}\u{9f}\u{202e}\u{feff}ä日🙂\n";
        let out = json(&[text]);
        assert_eq!(
            serde_json::from_str::<Vec<String>>(&out).expect("JSON"),
            [text]
        );
        assert!(
            out.contains("\\u007f\\u0080\\u009b\\u009f\\u202e\\ufeffä日🙂"),
            "{out}"
        );
    }
}
