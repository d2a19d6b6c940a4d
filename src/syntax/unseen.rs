//! Characters that nobody sees, and line ends of other systems.
//!
//! In: the scanner at such a character outside texts, or a file's whole text. Out: a patch and a
//! diagnostic, so that what is seen is what is read. Texts in quotes keep what stands in them, but
//! for a carriage return, which ends a line wherever it stands.

use super::patch::Patch;
use super::scan::Scanner;
use crate::diag::rules;
use crate::diag::{Diagnostic, Edit, Fix};
use crate::text::source::{FileId, Span};

/// What a character that does not belong into code stands for: a line end, a blank or nothing.
fn meant(sign: char) -> Option<&'static str> {
    Some(match sign {
        '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}' => "\n",
        '\u{1680}' | '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{205F}' | '\u{3000}' => " ",
        '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' => "",
        '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}' => "",
        _ => return None,
    })
}

/// A character in code that may be one of them; where code goes on.
pub(super) fn character(scanner: &mut Scanner<'_>, at: usize) -> usize {
    let sign = scanner.text.get(at..).and_then(|rest| rest.chars().next());
    // A byte-order mark may begin a file.
    match sign.and_then(|sign| Some((sign, meant(sign)?))) {
        Some((sign, text)) if at > 0 => {
            repair(scanner, at, sign, text);
            scanner.code(at + sign.len_utf8())
        }
        _ => scanner.code(at + 1),
    }
}

/// A comment, which ends where an editor shows that it does; where code goes on.
pub(super) fn comment(scanner: &mut Scanner<'_>, at: usize) -> usize {
    let end = scanner.line_end(at);
    let mut found = Vec::new();
    let text = &scanner.bytes[at..end];
    if text.is_ascii() && memchr::memchr2(0xB, 0xC, text).is_none() {
        return end;
    }
    for (i, sign) in scanner.text[at..end].char_indices() {
        if !sign.is_ascii_graphic() && sign != ' ' && meant(sign) == Some("\n") {
            found.push((at + i, sign));
        }
    }
    match found.first() {
        Some(&(first, sign)) => {
            repair(scanner, first, sign, "\n");
            first + sign.len_utf8()
        }
        None => end,
    }
}

fn repair(scanner: &mut Scanner<'_>, at: usize, sign: char, text: &'static str) {
    let place = at..at + sign.len_utf8();
    let code = format!("U+{:04X}", u32::from(sign));
    let (message, label, help, fix) = match text {
        "\n" => (
            format!("a line ends with another character than a line feed ({code})"),
            "the line ends here",
            "end lines with a line feed, or a carriage return and a line feed",
            "write a line feed",
        ),
        " " => (
            format!("a blank of another kind stands here ({code})"),
            "a plain blank belongs here",
            "outside texts words are separated by plain blanks",
            "write a plain blank",
        ),
        _ => (
            format!("a character that cannot be seen stands here ({code})"),
            "nothing belongs here",
            "it may have come with pasted text",
            "leave it out",
        ),
    };
    let found = Diagnostic::new(&rules::SYNTAX, scanner.span(place.clone()), message)
        .label(label)
        .help(help);
    scanner.repair(found, fix, vec![Patch::new(place, text)]);
}

/// The text with a line feed for each carriage return that stands alone, and what is said of them;
/// places stay the same. None where no carriage return stands alone.
pub(super) fn lone_returns(file: FileId, text: &str) -> Option<(String, Diagnostic)> {
    let bytes = text.as_bytes();
    let mut places: Vec<usize> = Vec::new();
    // Several before a line feed are one line end; they are looked at from the last on.
    let mut next = (bytes.len(), true);
    for at in memchr::memchr_iter(b'\r', bytes).rev() {
        let alone = match bytes.get(at + 1) {
            Some(b'\n') => false,
            Some(b'\r') if next.0 == at + 1 => next.1,
            _ => true,
        };
        next = (at, alone);
        if alone {
            places.push(at);
        }
    }
    places.reverse();
    let first = *places.first()?;
    let mut unified = String::with_capacity(text.len());
    let mut done = 0;
    for at in &places {
        unified.push_str(&text[done..*at]);
        unified.push('\n');
        done = at + 1;
    }
    unified.push_str(&text[done..]);
    let place = |at: usize| Span::new(file, at, at + 1);
    let edit = |at: &usize| Edit {
        span: place(*at),
        text: "\n".to_owned(),
    };
    let found = Diagnostic::new(
        &rules::SYNTAX,
        place(first),
        match places.len() {
            1 => "a line ends with a carriage return alone".to_owned(),
            n => format!("{n} lines end with a carriage return alone"),
        },
    )
    .label("a line feed belongs here")
    .help("end lines with a line feed, or a carriage return and a line feed")
    .fix(Fix {
        safe: true,
        message: "write line feeds".to_owned(),
        edits: places.iter().map(edit).collect(),
    });
    Some((unified, found))
}
