//! Texts as cells of CSV (RFC 4180), fit for a spreadsheet or as they are.
//!
//! A spreadsheet takes a cell that begins with one of a few signs for a formula and runs it. Files
//! come from others, and so do names of files and commits: such a text gets an apostrophe in front,
//! which a spreadsheet reads as "this is text". Numbers are not texts, and are left alone.

use crate::text::clean::visible;

/// For whom CSV is written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Csv {
    /// For people and spreadsheets: no text is taken for a formula, none steers a terminal.
    #[default]
    Safe,
    /// The same with a byte-order mark, without which Excel takes UTF-8 for another encoding.
    Excel,
    /// For programs: every text as it is.
    Raw,
}

impl Csv {
    /// What stands before the first line.
    pub(super) fn mark(self) -> &'static str {
        match self {
            Csv::Excel => "\u{feff}",
            Csv::Safe | Csv::Raw => "",
        }
    }

    /// A text as one cell.
    pub(super) fn cell(self, text: &str) -> String {
        match self {
            Csv::Raw => quoted(text),
            Csv::Safe | Csv::Excel => quoted(&plain(text)),
        }
    }
}

/// The signs that begin a formula; the wide ones are taken for the same in East Asian settings.
const FORMULA: [char; 8] = [
    '=', '+', '-', '@', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}',
];

/// A text that no spreadsheet takes for a formula, on one line.
fn plain(text: &str) -> String {
    let is_formula = |text: &str| text.starts_with(FORMULA);
    let mut out = String::with_capacity(text.len() + 1);
    if text.starts_with(['\t', '\r']) || is_formula(text.trim_start()) {
        out.push('\'');
    }
    for (at, c) in text.char_indices() {
        match c {
            '\t' | '\r' | '\n' => out.push(' '),
            c => out.push(visible(c)),
        }
        // Where a comma is the decimal point, lists are separated by semicolons, and what follows
        // one may be read as a cell of its own.
        if c == ';' && is_formula(&text[at + 1..]) {
            out.push('\'');
        }
    }
    out
}

fn quoted(text: &str) -> String {
    if text.contains([',', '"', '\n', '\r', ';']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::Csv;

    #[test]
    fn no_text_is_a_formula() {
        for (text, safe, raw) in [
            ("plain", "plain", "plain"),
            ("À l'été", "À l'été", "À l'été"),
            ("=1+1", "'=1+1", "=1+1"),
            ("+1", "'+1", "+1"),
            ("-1", "'-1", "-1"),
            ("@SUM(A1)", "'@SUM(A1)", "@SUM(A1)"),
            ("＝1", "'＝1", "＝1"),
            ("\t=1", "' =1", "\t=1"),
            ("\r=1", "' =1", "\"\r=1\""),
            ("  =1", "'  =1", "  =1"),
            ("\n-1", "' -1", "\"\n-1\""),
            ("=a,\"b\"", "\"'=a,\"\"b\"\"\"", "\"=a,\"\"b\"\"\""),
            ("a;=1", "\"a;'=1\"", "\"a;=1\""),
            ("a; -1", "\"a; -1\"", "\"a; -1\""),
            ("a-b=c", "a-b=c", "a-b=c"),
            ("\u{1b}[31m\0", "␛[31m␀", "\u{1b}[31m\0"),
            ("\u{9b}31m", "\u{fffd}31m", "\u{9b}31m"),
        ] {
            assert_eq!(Csv::Safe.cell(text), safe, "{text:?}");
            assert_eq!(Csv::Excel.cell(text), safe, "{text:?}");
            assert_eq!(Csv::Raw.cell(text), raw, "{text:?}");
        }
    }
}
