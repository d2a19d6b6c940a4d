//! Text broken into lines that fit.
//!
//! In: prose and a width in columns. Out: its lines. What stands in backticks is kept whole where
//! it fits, since it is to be copied; a word is cut only where it is wider than a line.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// How many columns a text takes.
pub fn columns(text: &str) -> usize {
    // Most text takes one column a byte.
    let plain = text.bytes().all(|b| matches!(b, b' '..=b'~'));
    if plain { text.len() } else { text.width() }
}

/// The lines of a text at a width; line breaks in it are kept.
pub fn wrap(text: &str, width: usize) -> Vec<String> {
    let width = width.max(8);
    text.split('\n').flat_map(|l| wrap_line(l, width)).collect()
}

fn wrap_line(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let (mut line, mut used) = (String::new(), 0);
    for word in words(text, width) {
        let own = columns(word);
        if !line.is_empty() && used + 1 + own > width {
            lines.push(std::mem::take(&mut line));
            used = 0;
        }
        if !line.is_empty() {
            line.push(' ');
            used += 1;
        }
        line.push_str(word);
        used += own;
        while used > width {
            let (head, tail) = line.split_at(cut(&line, width));
            lines.push(head.to_owned());
            line = tail.to_owned();
            used = columns(&line);
        }
    }
    lines.push(line);
    lines
}

/// Words between blanks; a span in backticks counts as one where it is not wider than half a line.
fn words(text: &str, width: usize) -> Vec<&str> {
    let mut words = Vec::new();
    let mut start = None;
    let mut code_until = 0;
    for (i, c) in text.char_indices() {
        if c == '`' && i >= code_until {
            let end = text[i + 1..].find('`').map(|n| i + 1 + n);
            if let Some(end) = end.filter(|&e| columns(&text[i..e]) <= width / 2) {
                code_until = end + 1;
            }
        }
        if c == ' ' && i >= code_until {
            words.extend(start.take().map(|s| &text[s..i]));
        } else if start.is_none() {
            start = Some(i);
        }
    }
    words.extend(start.map(|s| &text[s..]));
    words
}

/// The byte at which a text has to be cut to fit, at least one character in.
fn cut(text: &str, width: usize) -> usize {
    let mut used = 0;
    for (i, c) in text.char_indices() {
        used += c.width().unwrap_or(0);
        if used > width && i > 0 {
            return i;
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::wrap;

    #[test]
    fn keeps_code_whole_and_cuts_what_cannot_fit() {
        assert_eq!(
            wrap("write `chance otherwise: 5%` instead", 24),
            ["write `chance otherwise:", "5%` instead"]
        );
        assert_eq!(
            wrap("write instead of it `weight for x` there", 30),
            ["write instead of it", "`weight for x` there"]
        );
        assert_eq!(
            wrap("write `not exit by short` instead of this", 36),
            ["write `not exit by short` instead of", "this"]
        );
        assert_eq!(wrap("aaaaaaaaaabbbb", 10), ["aaaaaaaaaa", "bbbb"]);
        assert_eq!(wrap("漢字漢字漢字", 9), ["漢字漢字", "漢字"]);
        assert_eq!(wrap("a\n\nb", 10), ["a", "", "b"]);
    }
}
