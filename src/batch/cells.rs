//! What a cell says.
//!
//! In: its text, or the value that a table with types has there. Out: a [`Cell`].

use std::borrow::Cow;

/// What stands in a cell.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Given<'t> {
    /// Text, as CSV has it.
    Text(&'t str),
    /// Nothing.
    #[cfg(feature = "tables")]
    Empty,
    /// True or false.
    #[cfg(feature = "tables")]
    Is(bool),
    /// A number; what is none is nothing.
    #[cfg(feature = "tables")]
    Number(f64),
}

impl Given<'_> {
    /// What it says in a column that says whether something is so.
    pub(super) fn truth(&self) -> Cell {
        match *self {
            Given::Text(text) => truth(text),
            #[cfg(feature = "tables")]
            Given::Is(is) => Cell::Is(is),
            #[cfg(feature = "tables")]
            _ => self.number(),
        }
    }

    /// What it says in a column of numbers.
    pub(super) fn number(&self) -> Cell {
        match *self {
            Given::Text(text) => number(text),
            #[cfg(feature = "tables")]
            Given::Number(x) if x.is_finite() => Cell::Number(x),
            #[cfg(feature = "tables")]
            Given::Number(x) if x.is_nan() => Cell::Empty,
            #[cfg(feature = "tables")]
            Given::Empty => Cell::Empty,
            #[cfg(feature = "tables")]
            Given::Number(_) | Given::Is(_) => Cell::Text(self.shown().into_owned()),
        }
    }

    /// As a message shows it.
    pub(super) fn shown(&self) -> Cow<'_, str> {
        match self {
            Given::Text(text) => Cow::Borrowed(text.trim()),
            #[cfg(feature = "tables")]
            Given::Empty => Cow::Borrowed(""),
            #[cfg(feature = "tables")]
            Given::Is(is) => Cow::Owned(is.to_string()),
            #[cfg(feature = "tables")]
            Given::Number(x) => Cow::Owned(x.to_string()),
        }
    }
}

/// A cell.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Cell {
    /// Nothing: as the file says.
    Empty,
    /// True or false.
    Is(bool),
    /// A number; with a per cent sign, the share that it is.
    Number(f64),
    /// Words of the language.
    Text(String),
}

/// What stands for nothing in other programs' tables.
const NOTHING: [&str; 8] = ["na", "nan", "null", "none", "n/a", "#n/a", "<na>", "\\n"];

/// Reads a cell of a column that says whether something is so.
pub(super) fn truth(text: &str) -> Cell {
    let text = text.trim();
    let is = |words: &[&str]| words.iter().any(|word| text.eq_ignore_ascii_case(word));
    if is(&["true", "yes", "1", "t", "y"]) {
        Cell::Is(true)
    } else if is(&["false", "no", "0", "f", "n"]) {
        Cell::Is(false)
    } else {
        number(text)
    }
}

/// Reads a cell of a column of numbers.
pub(super) fn number(text: &str) -> Cell {
    let text = text.trim();
    if text.is_empty() || NOTHING.iter().any(|word| text.eq_ignore_ascii_case(word)) {
        return Cell::Empty;
    }
    let (digits, unit) = match text.strip_suffix('%') {
        Some(digits) => (digits.trim_end(), 100.0),
        None => (text, 1.0),
    };
    // "inf" and "infinity" are numbers to Rust.
    let plain = |c: char| c.is_ascii_digit() || matches!(c, '.' | '-' | '+' | 'e' | 'E');
    match digits.parse::<f64>() {
        Ok(number) if digits.chars().all(plain) && number.is_finite() => {
            Cell::Number(number / unit)
        }
        _ => Cell::Text(text.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::{Cell, number, truth};

    #[test]
    fn cells_are_read_as_other_programs_write_them() {
        for text in ["true", " TRUE ", "Yes", "1", "t", "Y"] {
            assert_eq!(truth(text), Cell::Is(true), "{text}");
        }
        for text in ["", "  ", "NA", "NaN", "null", "#N/A", "<NA>", "\\N"] {
            assert_eq!(truth(text), Cell::Empty, "{text}");
        }
        assert_eq!(truth("0"), Cell::Is(false));
        assert_eq!(truth("0.25"), Cell::Number(0.25));
        assert_eq!(truth("25 %"), Cell::Number(0.25));
        assert_eq!(number("1"), Cell::Number(1.0));
        assert_eq!(number("-3e-1"), Cell::Number(-0.3));
        assert_eq!(number("inf"), Cell::Text("inf".to_owned()));
        assert_eq!(number("likely"), Cell::Text("likely".to_owned()));
    }
}
