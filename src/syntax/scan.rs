//! One pass over the bytes before the grammar: depth, quotes, braces, and other languages' marks.
//!
//! In: a file's text. Out: the patches that balance quotes and braces and write `:`, `,`, `#` and `"`
//! where a file has `=`, `;`, `//` and curly quotes, each with its diagnostic; or the one diagnostic
//! of a file too deep to read. It knows strings and comments, and nothing of clauses.

use super::braces;
use super::figures;
use super::given_list;
use super::pairs;
use super::patch::Patch;
use super::quotes;
use super::seams;
use super::unopened;
use super::unseen;
use crate::diag::rules;
use crate::diag::{Diagnostic, Fix};
use crate::limits;
use crate::text::source::{FileId, Span};
use std::cell::{Cell, OnceCell};
use std::ops::Range;

/// What the pass found.
#[derive(Debug, Default)]
pub(super) struct Scanned {
    /// Replacements in order, without overlap.
    pub(super) patches: Vec<Patch>,
    pub(super) diagnostics: Vec<Diagnostic>,
    /// Whether the file is too deep to be read at all.
    pub(super) too_deep: bool,
}

pub(super) struct Scanner<'a> {
    pub(super) file: FileId,
    pub(super) text: &'a str,
    pub(super) bytes: &'a [u8],
    pub(super) found: Scanned,
    /// Where each open brace stands.
    pub(super) open: Vec<usize>,
    /// One past the last byte of code.
    pub(super) code_end: usize,
    parens: usize,
    /// A stretch without a line end, and the line end behind it.
    line: Cell<(usize, usize)>,
    /// The horizons that the file's lines declare, once they were asked for.
    pub(super) horizons: OnceCell<Vec<&'a str>>,
}

/// Scans a file.
pub(super) fn scan(file: FileId, text: &str) -> Scanned {
    let mut scanner = Scanner {
        file,
        text,
        bytes: text.as_bytes(),
        found: Scanned::default(),
        open: Vec::new(),
        code_end: 0,
        parens: 0,
        line: Cell::new((1, 0)),
        horizons: OnceCell::new(),
    };
    scanner.run();
    scanner.found
}

impl Scanner<'_> {
    fn run(&mut self) {
        let mut at = 0;
        while at < self.bytes.len() && !self.found.too_deep {
            let byte = self.bytes[at];
            let next = match byte {
                b' ' | b'\t' | b'\r' => at + 1,
                b'\n' => {
                    self.line_start(at + 1);
                    at + 1
                }
                b'#' => unseen::comment(self, at),
                b':' => match pairs::likelihood(self, at).or_else(|| pairs::timed(self, at)) {
                    Some(end) => self.code(end),
                    None => {
                        seams::colon(self, at);
                        self.code(at + 1)
                    }
                },
                b'"' => {
                    seams::quote(self, at);
                    let end = quotes::straight(self, at);
                    self.code(end)
                }
                b'{' => match pairs::likelihood(self, at) {
                    Some(end) => self.code(end),
                    None => {
                        self.open.push(at);
                        self.parens = 0;
                        self.deep(at);
                        self.code(at + 1)
                    }
                },
                b'}' => {
                    if !unopened::opened(self, at) {
                        self.open.pop();
                    }
                    self.parens = 0;
                    self.code(at + 1)
                }
                b'(' => {
                    self.parens += 1;
                    self.deep(at);
                    self.code(at + 1)
                }
                b')' => {
                    self.parens = self.parens.saturating_sub(1);
                    self.code(at + 1)
                }
                b';' => self.semicolon(at),
                b'=' => self.equals(at),
                b'/' => self.slashes(at),
                b',' => match given_list::comma(self, at) {
                    Some(end) => self.code(end),
                    None => {
                        seams::after_comma(self, at);
                        figures::comma(self, at)
                    }
                },
                b'a' | b'c' | b'e' | b'f' | b'h' | b'o' | b'p' | b'q' | b's'
                    if at > 0 && matches!(self.bytes[at - 1], b' ' | b'\t' | b'"') =>
                {
                    seams::item(self, at);
                    self.code(at + 1)
                }
                b'0'..=b'9' => figures::digits(self, at),
                0x0B | 0x0C | 0xEF | 0xE1 | 0xE3 => unseen::character(self, at),
                b'\'' | 0xE2 | 0xC2 => match quotes::curly(self, at) {
                    Some(end) => self.code(end),
                    None => unseen::character(self, at),
                },
                _ => {
                    // Nothing is looked for within a word.
                    let word = self.bytes[at + 1..].iter();
                    let word = word.take_while(|b| b.is_ascii_alphabetic()).count();
                    self.code(at + 1 + word)
                }
            };
            at = next;
        }
        if !self.open.is_empty() && !self.found.too_deep {
            braces::close(self, self.bytes.len());
        }
        self.found
            .patches
            .sort_by_key(|p| (p.range.start, p.range.end));
    }

    pub(super) fn code(&mut self, end: usize) -> usize {
        self.code_end = end;
        end
    }

    pub(super) fn span(&self, range: Range<usize>) -> Span {
        Span::new(self.file, range.start, range.end)
    }

    /// The end of the line that `at` stands in.
    pub(super) fn line_end(&self, at: usize) -> usize {
        // Many signs on one long line ask again and again.
        let (start, end) = self.line.get();
        if (start..=end).contains(&at) {
            return end;
        }
        let end = memchr::memchr(b'\n', &self.bytes[at..]).map_or(self.bytes.len(), |n| at + n);
        self.line.set((at, end));
        end
    }

    /// Records a repaired mistake; the fix is what was repaired.
    pub(super) fn repair(&mut self, diagnostic: Diagnostic, fix: &str, patches: Vec<Patch>) {
        self.repair_as(true, diagnostic, fix, patches);
    }

    /// Records a repaired mistake; where it is not `safe`, a person must look at the fix.
    pub(super) fn repair_as(
        &mut self,
        safe: bool,
        diagnostic: Diagnostic,
        fix: &str,
        patches: Vec<Patch>,
    ) {
        let edits = patches
            .iter()
            .map(|p| crate::diag::Edit {
                span: self.span(p.range.clone()),
                text: p.text.clone(),
            })
            .collect();
        if self.found.diagnostics.len() <= limits::MISTAKES {
            self.found.diagnostics.push(diagnostic.fix(Fix {
                safe,
                message: fix.to_owned(),
                edits,
            }));
        }
        self.found.patches.extend(patches);
    }

    fn deep(&mut self, at: usize) {
        if self.open.len() + self.parens > limits::DEPTH {
            let span = self.span(at..at + 1);
            self.found.diagnostics.push(limits::too_deep(span));
            self.found.too_deep = true;
        }
    }

    /// Counts the parentheses of placeholders, which the grammar reads too.
    pub(super) fn prose_depth(&mut self, range: Range<usize>) {
        let mut parens = 0;
        let mut asks = false;
        for at in memchr::memchr3_iter(b'(', b'{', b'}', &self.bytes[range.clone()]) {
            match self.bytes[range.start + at] {
                b'(' if asks => parens += 1,
                b'(' => {}
                brace => {
                    asks = brace == b'{';
                    parens = 0;
                }
            }
            if parens > limits::DEPTH && !self.found.too_deep {
                let at = range.start + at;
                let span = self.span(at..at + 1);
                self.found.diagnostics.push(limits::too_deep(span));
                self.found.too_deep = true;
            }
        }
    }

    /// An item that begins at the margin ends every block that is still open.
    fn line_start(&mut self, at: usize) {
        if !self.bytes.get(at).is_some_and(u8::is_ascii_lowercase) {
            return;
        }
        if self.open.is_empty() {
            self.parens = 0;
        } else if braces::begins_item(&self.text[at..self.line_end(at)]) && !self.in_question(at) {
            braces::close(self, at);
            self.open.clear();
            self.parens = 0;
        }
    }

    /// Whether what begins at the margin is a part of the question whose block is open.
    fn in_question(&self, at: usize) -> bool {
        let [open] = self.open[..] else { return false };
        let head = self.text[..open].trim_end();
        let head = head.rsplit('\n').next().unwrap_or_default();
        let line = &self.text[at..];
        let part = ["outcome", "final", "prior"];
        head.starts_with("question ") && part.iter().any(|word| line.starts_with(word))
    }

    fn semicolon(&mut self, at: usize) -> usize {
        let rest = self.text[at + 1..self.line_end(at)].trim_start();
        let ends = rest.is_empty() || rest.starts_with(['#', '}']);
        let between_items = self.open.is_empty();
        let (label, text, fix) = match (ends, between_items) {
            (true, _) => ("nothing belongs here", "", "leave it out"),
            (_, true) => ("a new line belongs here", "\n", "begin a new line"),
            _ => ("a comma belongs here", ",", "write a comma"),
        };
        let diagnostic = Diagnostic::new(
            &rules::SYNTAX,
            self.span(at..at + 1),
            "nothing is separated by `;`",
        )
        .label(label)
        .help(if between_items {
            "each item begins on a line of its own"
        } else {
            "a clause ends at the end of its line; separate two on one line by a comma"
        });
        self.repair(diagnostic, fix, vec![Patch::new(at..at + 1, text)]);
        self.code(at + 1)
    }

    fn equals(&mut self, at: usize) -> usize {
        let mut start = at;
        if at > 0 && self.bytes[at - 1] == b':' {
            start = at - 1;
        }
        let end = at + self.bytes[at..].iter().take_while(|b| **b == b'=').count();
        // `<=` and `>=` are comparisons, which the lowering explains.
        let before = start.checked_sub(1).map_or(b' ', |i| self.bytes[i]);
        if !self.compares(start, end) && !matches!(before, b'<' | b'>' | b'!') {
            // `author = "…"` becomes `author: "…"`, so the blank before goes too.
            let blanks = self.text[..start].len() - self.text[..start].trim_end_matches(' ').len();
            let diagnostic = Diagnostic::new(
                &rules::SYNTAX,
                self.span(start..end),
                "a clause is written with `:`, not `=`",
            )
            .label("a colon belongs here");
            let after = if self.bytes.get(end) == Some(&b' ') {
                ":"
            } else {
                ": "
            };
            let patch = Patch::new(start - blanks..end, after);
            self.repair(diagnostic, "write a colon", vec![patch]);
        }
        self.code(end)
    }

    /// Whether `=` stands within a value and not for a colon: in an expectation, behind a clause's
    /// colon, or before what is true or false. The lowering explains it.
    fn compares(&self, at: usize, end: usize) -> bool {
        /// How far back is looked for the line's beginning.
        const LINE: usize = 300;
        let from = at.saturating_sub(LINE);
        let before = &self.bytes[from..at];
        let start = memchr::memrchr(b'\n', before).map_or(0, |n| n + 1);
        let before = &before[start..];
        let clause = memchr::memrchr2(b',', b'{', before).map_or(0, |n| n + 1);
        let behind = self.bytes[end..].trim_ascii_start();
        before.trim_ascii_start().starts_with(b"expect ")
            || before[clause..].contains(&b':') && !before[clause..].contains(&b'"')
            || [&b"true"[..], b"false", b"yes", b"no"]
                .iter()
                .any(|word| behind.starts_with(word) && ends_word(behind, word.len()))
    }

    fn slashes(&mut self, at: usize) -> usize {
        let is_comment = self.bytes.get(at + 1) == Some(&b'/')
            && at.checked_sub(1).is_none_or(|i| self.bytes[i] != b':');
        if !is_comment {
            return self.code(at + 1);
        }
        let diagnostic = Diagnostic::new(
            &rules::SYNTAX,
            self.span(at..at + 2),
            "a comment begins with `#`, not `//`",
        )
        .label("a `#` belongs here");
        self.repair(diagnostic, "write `#`", vec![Patch::new(at..at + 2, "#")]);
        self.line_end(at)
    }
}

/// Whether a word ends at a place of a text.
fn ends_word(text: &[u8], at: usize) -> bool {
    !text.get(at).is_some_and(u8::is_ascii_alphanumeric)
}

/// Whether parentheses or braces may stand too deep in a text, whatever its quotes: the grammar
/// calls itself for each.
pub(super) fn too_deep(text: &str) -> bool {
    let (mut deep, mut deepest) = (0usize, 0);
    for byte in text.bytes() {
        match byte {
            b'(' | b'{' => {
                deep += 1;
                deepest = deepest.max(deep);
            }
            b')' | b'}' => deep = deep.saturating_sub(1),
            _ => {}
        }
    }
    deepest > 4 * limits::DEPTH
}
