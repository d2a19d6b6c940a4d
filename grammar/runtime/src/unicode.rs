//! The classes of characters that the grammar names; most characters are ASCII, for which no table is needed.

#![allow(non_snake_case)]

/// Whether a character may begin a word.
#[inline]
pub fn XID_START(c: char) -> bool {
    match c.is_ascii() {
        true => c.is_ascii_alphabetic(),
        false => pest::unicode::XID_START(c),
    }
}

/// Whether a character may go on with a word.
#[inline]
pub fn XID_CONTINUE(c: char) -> bool {
    match c.is_ascii() {
        true => c.is_ascii_alphanumeric() || c == '_',
        false => pest::unicode::XID_CONTINUE(c),
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn ascii_is_as_in_the_table() {
        for c in (0u8..=127).map(char::from) {
            assert_eq!(super::XID_START(c), pest::unicode::XID_START(c), "{c:?}");
            let goes_on = pest::unicode::XID_CONTINUE(c);
            assert_eq!(super::XID_CONTINUE(c), goes_on, "{c:?}");
        }
    }
}
