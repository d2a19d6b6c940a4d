//! Strings before the grammar: quotes that never close, and quotes of another shape.
//!
//! In: the scanner at a quote in code. Out: where code goes on, with a patch and a diagnostic where
//! the quote was not closed or not straight.

use super::braces;
use super::patch::Patch;
use super::scan::Scanner;
use crate::diag::Diagnostic;
use crate::diag::rules;
use crate::limits;

/// A string or text block that begins at `at`; the place behind it.
pub(super) fn straight(scanner: &mut Scanner<'_>, at: usize) -> usize {
    let bytes = scanner.bytes;
    if bytes[at..].starts_with(b"\"\"\"") {
        return text_block(scanner, at);
    }
    let inside = at + 1;
    match memchr::memchr2(b'"', b'\n', &bytes[inside..]).map(|n| inside + n) {
        // `section "Summary: """`: the title's quote is missing, the text block's are there.
        Some(end) if end > inside && bytes[end..].starts_with(b"\"\"\"") => {
            let title = scanner.text[inside..end].trim_end().trim_end_matches(':');
            unclosed(scanner, at, inside + title.trim_end().len())
        }
        Some(end) if bytes[end] == b'"' => {
            scanner.prose_depth(inside..end);
            end + 1
        }
        end => {
            let line = &scanner.text[inside..end.unwrap_or(bytes.len())];
            let start = scanner.text[..at].rfind('\n').map_or(0, |n| n + 1);
            let mut text = text_of(line);
            // `horizon short "Short term: 0 to 6 months`: the colon ends the title.
            if scanner.text[start..at].trim_start().starts_with("horizon") {
                text = text.rfind(':').map_or(text, |n| text[..n].trim_end());
            }
            let close = inside + text.len();
            unclosed(scanner, at, close)
        }
    }
}

/// As much of a line behind an opening quote as is likely to be the text that it opens.
fn text_of(line: &str) -> &str {
    let line = line.trim_end();
    let mut end = line.len();
    if line.ends_with('{') || line.ends_with('}') {
        end = line.rfind('{').unwrap_or(line.len() - 1);
        // `{exit by long}` in the middle of prose is a placeholder, not a block.
        if line.ends_with('}') && !line[end..].contains(": ") {
            end = line.len() - usize::from(!line[end..].starts_with('{'));
        }
    } else if let Some(stripped) = line.strip_suffix(',') {
        end = stripped.len();
    }
    line[..end].trim_end()
}

fn unclosed(scanner: &mut Scanner<'_>, at: usize, close: usize) -> usize {
    let diagnostic = Diagnostic::new(
        &rules::SYNTAX,
        scanner.span(at..close),
        "this text has no closing quote",
    )
    .label("the quote that opens it")
    .help(
        "write `\"` where the text ends; text of several lines goes between `\"\"\"` and `\"\"\"`",
    );
    scanner.repair(
        diagnostic,
        "write the closing quote",
        // Beside other quotes it would be one of three.
        vec![Patch::new(
            close..close,
            match scanner.bytes.get(close) {
                Some(b'"') => "\" ",
                _ => "\"",
            },
        )],
    );
    close
}

fn text_block(scanner: &mut Scanner<'_>, at: usize) -> usize {
    let inside = at + 3;
    let end = memchr::memmem::find(&scanner.bytes[inside..], b"\"\"\"").map(|n| inside + n);
    let body = &scanner.text[inside..end.unwrap_or(scanner.bytes.len())];
    let margin = braces::item_at_margin(body);
    if let (Some(end), None) = (end, margin) {
        scanner.prose_depth(inside..end);
        return end + 3;
    }
    let close = match margin {
        Some(margin) => margin,
        None => braces::brace_at_margin(body).unwrap_or(body.len()),
    };
    let close = inside + body[..close].trim_end().len();
    let diagnostic = Diagnostic::new(
        &rules::SYNTAX,
        scanner.span(at..inside),
        "this text block is never closed",
    )
    .label("the quotes that open it")
    .help("write `\"\"\"` on a line of its own where the text ends");
    scanner.repair(
        diagnostic,
        "write the closing quotes",
        vec![Patch::new(close..close, "\n\"\"\"")],
    );
    close
}

/// Curly, angled or single quotes around a text; the place behind it.
pub(super) fn curly(scanner: &mut Scanner<'_>, at: usize) -> Option<usize> {
    const OPENING: [char; 7] = ['“', '”', '„', '‟', '«', '‘', '\''];
    const CLOSING: [char; 8] = ['”', '“', '‟', '»', '«', '’', '‘', '\''];
    let opening = scanner.text.get(at..)?.chars().next()?;
    if !OPENING.contains(&opening) {
        return None;
    }
    // Inside a word it is an apostrophe.
    let single = matches!(opening, '\'' | '‘');
    let before = at.checked_sub(1).map_or(b' ', |i| scanner.bytes[i]);
    if single && !matches!(before, b' ' | b'\t' | b':' | b'{' | b',' | b'\n') {
        return None;
    }
    let inside = at + opening.len_utf8();
    let line = &scanner.text[inside..scanner.line_end(inside)];
    let ends = |(n, c): (usize, char)| {
        let after = line[n + c.len_utf8()..].trim_start();
        let closes = CLOSING.contains(&c) && matches!(c, '’' | '‘' | '\'') == single;
        let last = after.is_empty() || after.starts_with(['{', '}', ',', ':', '#']);
        (closes && (last || !single)).then_some((inside + n, c))
    };
    let (end, closing) = line
        .char_indices()
        .take(limits::TITLE_BYTES)
        .find_map(ends)?;
    if scanner.text[inside..end].contains('"') {
        return None;
    }
    let close = end..end + closing.len_utf8();
    let diagnostic = Diagnostic::new(
        &rules::SYNTAX,
        scanner.span(at..close.end),
        "this text is in quotes that are not straight",
    )
    .label(format!(
        "`{opening}` and `{closing}` are not read as quotes"
    ))
    .help("write straight quotes, `\"…\"`; a text may have curly ones in it");
    let patches = vec![
        Patch::new(at..inside, "\""),
        Patch::new(close.clone(), "\""),
    ];
    scanner.repair(diagnostic, "write straight quotes", patches);
    Some(close.end)
}
