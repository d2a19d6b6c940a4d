//! Numbers as other houses write them: `1,000`, `1 000`, `2,5`.
//!
//! In: the scanner at a comma or at a number's first digit. Out: where code goes on, with a patch and
//! a diagnostic where what stands there is one number. `5%, 6%` is a list.

use super::dates;
use super::patch::Patch;
use super::scan::Scanner;
use crate::diag::rules;
use crate::diag::{Diagnostic, Fix};
use std::ops::Range;

/// The longest number that is looked at, in bytes.
const LONGEST: usize = 20;

/// A comma: between two digits it belongs to their number.
pub(super) fn comma(scanner: &mut Scanner<'_>, at: usize) -> usize {
    let bytes = scanner.bytes;
    if in_date(scanner, at) {
        // What is wrong with the date itself is said where it is read.
        scanner.found.patches.push(Patch::new(at..at + 1, ""));
        return scanner.code(at + 1);
    }
    let before = bytes[..at]
        .iter()
        .rev()
        .take(LONGEST)
        .take_while(|b| b.is_ascii_digit())
        .count();
    let after = count_digits(&bytes[at + 1..]);
    let start = at - before;
    if before == 0
        || after == 0
        || is_glued(bytes, start)
        || (after != 3 || before > 3) && ends_a_time(bytes, start, before)
    {
        return scanner.code(at + 1);
    }
    let place = start..at + 1 + after;
    let digits = &scanner.text[place.clone()];
    let zero = bytes[start] == b'0';
    let (thousands, decimal) = (digits.replace(',', ""), digits.replace(',', "."));
    let percent = bytes[place.end..].trim_ascii_start().first() == Some(&b'%');
    let label = "a comma goes on to the next value of a list";
    if after == 3 && before <= 3 && !zero {
        let diagnostic = |message: String| {
            Diagnostic::new(&rules::SYNTAX, scanner.span(place.clone()), message).label(label)
        };
        if !percent && digits.ends_with("00") {
            let found = diagnostic(format!("`{digits}` has a comma between its thousands"));
            scanner.repair(
                found.help(format!("write `{thousands}`")),
                "leave the comma out",
                vec![Patch::new(at..at + 1, "")],
            );
        } else {
            // `2,125:1` is one thing in Leipzig and another in London.
            let found = diagnostic(format!("`{digits}` can be read as two numbers"))
                .help(format!("write `{decimal}` or `{thousands}`"));
            let (first, second) = if percent { (".", "") } else { ("", ".") };
            let said = |sign: &str| match sign {
                "" => format!("read it as `{thousands}`"),
                _ => format!("read it as `{decimal}`"),
            };
            let other = Fix::risky(said(second), scanner.span(at..at + 1), second);
            let patches = vec![Patch::new(at..at + 1, first)];
            scanner.repair_as(false, found, &said(first), patches);
            if let Some(last) = scanner.found.diagnostics.last_mut() {
                last.fixes.push(other);
            }
        }
    } else {
        let diagnostic = Diagnostic::new(
            &rules::SYNTAX,
            scanner.span(place),
            format!("`{digits}` has a decimal comma"),
        )
        .label(label)
        .help(format!("write `{decimal}`"));
        scanner.repair(
            diagnostic,
            "write a decimal point",
            vec![Patch::new(at..at + 1, ".")],
        );
    }
    scanner.code(at + 1)
}

/// Whether a comma belongs to a date, as in `December 1, 2025`.
fn in_date(scanner: &Scanner<'_>, at: usize) -> bool {
    let bytes = scanner.bytes;
    // Most commas have a number or a line's end behind them, and none with a month or a weekday before them.
    let behind = bytes[at + 1..].trim_ascii_start().first();
    let before = bytes[..at].last();
    let may = behind.is_some_and(|b| b.is_ascii_alphanumeric())
        && before.is_some_and(u8::is_ascii_alphanumeric);
    if !may {
        return false;
    }
    let from = scanner.text.floor_char_boundary(at.saturating_sub(40));
    let to = scanner.text.floor_char_boundary(at + 41);
    dates::has_comma(&scanner.text[from..at], &scanner.text[at + 1..to])
}

/// A number's first digit: `1 000` and `1'000` are one number.
pub(super) fn digits(scanner: &mut Scanner<'_>, at: usize) -> usize {
    let bytes = scanner.bytes;
    let mut end = at + count_digits(&bytes[at..]);
    if end - at > 3 || is_glued(bytes, at) {
        return scanner.code(end.max(at + 1));
    }
    let mut signs: Vec<Range<usize>> = Vec::new();
    // One point may be a decimal one; two cannot.
    let points = points(&bytes[end..]);
    while let Some(width) =
        separator(&scanner.text[end..]).or(points.filter(|_| bytes[end..].starts_with(b".")))
    {
        let group = end + width;
        let follows = count_digits(&bytes[group..]) == 3;
        // Dates and decimals have a sign of their own.
        if !follows || matches!(bytes.get(group + 3), Some(b'-')) {
            break;
        }
        signs.push(end..group);
        end = group + 3;
    }
    let (Some(first), Some(last)) = (signs.first(), signs.last()) else {
        return scanner.code(end);
    };
    // Without a unit behind it, or behind a zero, it is no number of thousands.
    if bytes[at] == b'0'
        || bytes
            .get(last.end + 3)
            .is_some_and(u8::is_ascii_alphanumeric)
    {
        return scanner.code(first.start);
    }
    let written = &scanner.text[at..end];
    let meant: String = written.chars().filter(char::is_ascii_digit).collect();
    let sign = &scanner.text[first.clone()];
    let what = match sign.trim().is_empty() {
        true => "a blank".to_owned(),
        false => format!("`{sign}`"),
    };
    let diagnostic = Diagnostic::new(
        &rules::SYNTAX,
        scanner.span(at..end),
        format!(
            "`{}` has {what} between its thousands",
            written.replace(sign, if what == "a blank" { " " } else { sign })
        ),
    )
    .label("a number is written without a sign between its digits")
    .help(format!("write `{meant}`"));
    let patches = signs.into_iter().map(|sign| Patch::new(sign, "")).collect();
    scanner.repair(diagnostic, "write the digits together", patches);
    scanner.code(end)
}

/// How long a point between thousands is, where two or more begin a text: `.000.000`.
fn points(bytes: &[u8]) -> Option<usize> {
    let group = |at: usize| {
        bytes.get(at) == Some(&b'.') && count_digits(&bytes[(at + 1).min(bytes.len())..]) == 3
    };
    (group(0) && group(4)).then_some(1)
}

/// Where a number begins in which a point, at this place, has one to three digits before it and three behind it.
pub(crate) fn group(bytes: &[u8], point: usize) -> Option<usize> {
    let digits = bytes[..point].iter().rev().take(4);
    let before = digits.take_while(|b| b.is_ascii_digit()).count();
    let behind = &bytes[point + 1..bytes.len().min(point + 5)];
    ((1..=3).contains(&before) && count_digits(behind) == 3).then(|| point - before)
}

/// A text whose points stand before three digits, `800 to 1.200`, without them; none where there is no such point, or
/// another one.
pub(super) fn without_points(text: &str) -> Option<String> {
    let bytes = text.as_bytes();
    let mut points = memchr::memchr_iter(b'.', bytes).peekable();
    points.peek()?;
    let all = points.all(|at| group(bytes, at).is_some_and(|start| bytes[start] != b'0'));
    all.then(|| text.replace('.', ""))
}

/// How long a sign between thousands is, where one begins the text.
fn separator(text: &str) -> Option<usize> {
    let sign = text.chars().next()?;
    let is_sign = matches!(
        sign,
        ' ' | '\'' | '’' | '_' | '\u{A0}' | '\u{202F}' | '\u{2009}' | '\u{2007}'
    );
    is_sign.then(|| sign.len_utf8())
}

fn count_digits(bytes: &[u8]) -> usize {
    let digits = bytes.iter().take(LONGEST);
    digits.take_while(|b| b.is_ascii_digit()).count()
}

/// Whether a number goes on to the left of `start`: with a letter, a point, another group.
fn is_glued(bytes: &[u8], start: usize) -> bool {
    start.checked_sub(1).is_some_and(|i| {
        let byte = bytes[i];
        byte.is_ascii_alphanumeric()
            || b":._-,".contains(&byte)
            || (!byte.is_ascii() && byte != 0xA0)
    })
}

/// `by 2026,20%`, `3 of 32,5%`: the number ends what stands before it.
fn ends_a_time(bytes: &[u8], start: usize, digits: usize) -> bool {
    let before = bytes[..start].trim_ascii_end();
    let behind = |word: &[u8]| {
        before.strip_suffix(word).is_some_and(|rest| {
            rest.last()
                .is_none_or(|b| !b.is_ascii_alphanumeric() && *b != b'_')
        })
    };
    digits > 3
        || [&b"by"[..], b"in", b"of", b"until"]
            .iter()
            .any(|word| behind(word))
}

#[cfg(test)]
mod tests {
    use super::without_points;

    #[test]
    fn a_point_may_stand_between_thousands() {
        for (text, meant) in [
            ("800 to 1.200", Some("800 to 1200")),
            ("4 to 1.000 days", Some("4 to 1000 days")),
            ("900:1 to 2.500:1", Some("900:1 to 2500:1")),
            ("0.800 to 0.200", None),
            ("4 to 2", None),
            ("4.5 to 1.000", None),
            ("1.2500 to 1", None),
        ] {
            assert_eq!(without_points(text).as_deref(), meant, "{text}");
        }
    }
}
