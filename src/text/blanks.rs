//! White space between words.
//!
//! In: a text. Out: the same with single blanks. No word is changed.

/// A text with a single blank between its words, and none around them.
pub(crate) fn single(text: &str) -> String {
    if is_single(text.as_bytes()) {
        return text.to_owned();
    }
    let mut single = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !single.is_empty() {
            single.push(' ');
        }
        single.push_str(word);
    }
    single
}

/// Whether an ASCII text is so already.
fn is_single(text: &[u8]) -> bool {
    // The white space that is ASCII, as `char` has it.
    let is_blank = |byte: &u8| matches!(byte, b'\t'..=b'\r' | b' ');
    let mut last = b' ';
    text.is_ascii()
        && text.iter().all(|byte| {
            let fits = *byte == b' ' && last != b' ' || !is_blank(byte);
            last = *byte;
            fits
        })
        && (last != b' ' || text.is_empty())
}

#[cfg(test)]
mod tests {
    use super::single;

    #[test]
    fn blanks_are_single() {
        for text in [
            "",
            " ",
            "a",
            " a",
            "a ",
            "a b",
            "a  b",
            "a\tb",
            "a\u{b}b",
            "a b\n",
            "é b",
            "a\u{a0}b",
            "a\u{2003} b ",
            "\u{1c}a",
        ] {
            let words: Vec<&str> = text.split_whitespace().collect();
            assert_eq!(single(text), words.join(" "), "{text:?}");
        }
    }
}
