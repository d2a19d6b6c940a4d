//! What every Markdown output shares: text that stays text, and addresses that stay as written.
//!
//! In: anything that stands in a file. Out: Markdown that shows it. An address of the web becomes a
//! link in angle brackets, in which nothing is escaped, since programs that link bare addresses take
//! a backslash for a part of them.

use crate::text::clean::visible;
use std::fmt::Write;

/// Text that cannot become markup, on one line.
pub(in crate::render) fn escape(text: &str) -> String {
    let mut out = String::new();
    for (part, is_address) in parts(text) {
        match is_address {
            true => out.push_str(&link(part)),
            false => part.chars().for_each(|c| push(&mut out, c)),
        }
    }
    out
}

/// Adds a character, escaped where it could be markup.
pub(in crate::render) fn push(out: &mut String, c: char) {
    if "\\`*_[]|<>#~".contains(c) {
        out.push('\\');
    }
    out.push(match c {
        '\n' | '\r' => ' ',
        c => visible(c),
    });
}

/// An address as a link that shows it.
pub(in crate::render) fn link(url: &str) -> String {
    let is_entity = |rest: &str| {
        let name = rest.split_once(';').map(|(name, _)| name);
        name.is_some_and(|n| {
            !n.is_empty() && n.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'#')
        })
    };
    // Some programs read `&copy;` in angle brackets as one sign, others do not; a bar would end a table's
    // cell there, and escaped become a part of the address.
    if url.contains('|') || url.split('&').skip(1).any(is_entity) {
        let mut shown = String::new();
        url.chars().for_each(|c| push(&mut shown, c));
        return link_as(&shown.replace('&', "&amp;"), url);
    }
    format!("<{}>", url.replace('<', "%3C").replace('>', "%3E"))
}

/// A link under another name, which is Markdown already.
pub(in crate::render) fn link_as(name: &str, url: &str) -> String {
    let mut to = String::with_capacity(url.len());
    for c in url.chars() {
        match c {
            '\\' | '<' | '>' => to.extend(['\\', c]),
            '&' => to.push_str("&amp;"),
            '|' => to.push_str("&#124;"),
            c => to.push(c),
        }
    }
    format!("[{name}](<{to}>)")
}

/// A text in parts, each with whether it is an address of the web.
pub(crate) fn parts(text: &str) -> Vec<(&str, bool)> {
    let mut all = Vec::new();
    let (mut done, mut from) = (0, 0);
    while let Some(at) = text[from..].find("://") {
        let at = from + at;
        from = at + 3;
        let Some(start) = scheme(&text[done..at]) else {
            continue;
        };
        let (start, end) = (done + start, from + end(&text[from..]));
        if end == from {
            continue;
        }
        all.push((&text[done..start], false));
        all.push((&text[start..end], true));
        (done, from) = (end, end);
    }
    all.push((&text[done..], false));
    all.retain(|(part, _)| !part.is_empty());
    all
}

/// Where the `http` or `https` at the end of a text begins.
fn scheme(before: &str) -> Option<usize> {
    let is_it = |name: &str| {
        let start = before.len().checked_sub(name.len())?;
        let found = before.get(start..)?.eq_ignore_ascii_case(name);
        let is_word = before[..start].ends_with(char::is_alphanumeric);
        (found && !is_word).then_some(start)
    };
    is_it("https").or_else(|| is_it("http"))
}

/// Where an address ends: before a blank or a sign that no address holds, and before what closes the
/// sentence or the bracket around it.
fn end(text: &str) -> usize {
    let ends = |c: char| {
        c.is_whitespace() || c.is_control() || visible(c) != c || "<>\"`\\“”„«»‘’".contains(c)
    };
    let mut url = &text[..text.find(ends).unwrap_or(text.len())];
    while let Some(last) = url.chars().next_back() {
        let opening = match last {
            ')' => '(',
            ']' => '[',
            '}' => '{',
            '.' | ',' | ';' | ':' | '!' | '?' | '\'' => '\0',
            _ => break,
        };
        let count = |c: char| url.matches(c).count();
        if opening != '\0' && count(last) <= count(opening) {
            break;
        }
        url = &url[..url.len() - last.len_utf8()];
    }
    url.len()
}

/// The first line of a table, and the rule below it.
pub(in crate::render) fn head(out: &mut String, titles: impl ExactSizeIterator<Item = String>) {
    let rule = "|---".repeat(titles.len() + 1);
    row(out, "", titles);
    let _ = writeln!(out, "{rule}|");
}

/// A line of a table.
pub(in crate::render) fn row(out: &mut String, label: &str, cells: impl Iterator<Item = String>) {
    let _ = write!(out, "| {} |", cell(label));
    for text in cells {
        let _ = write!(out, " {} |", cell(&text));
    }
    out.push('\n');
}

/// What stands in a table: a bar would end its cell, in code and in an address too.
fn cell(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut before = ' ';
    for c in text.chars() {
        if c == '|' && before != '\\' {
            out.push('\\');
        }
        out.push(c);
        // Of two backslashes the second one escapes nothing.
        before = if c == '\\' && before == '\\' { ' ' } else { c };
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{escape, parts, row};

    /// The addresses of a text.
    fn addresses(text: &str) -> Vec<&str> {
        let all = parts(text).into_iter();
        all.filter(|p| p.1).map(|p| p.0).collect()
    }

    #[test]
    fn an_address_ends_where_its_sentence_goes_on() {
        for (text, found) in [
            ("https://a.b/c_d#e~f|g*h", "https://a.b/c_d#e~f|g*h"),
            ("(see https://a.b/c_(d), p. 3)", "https://a.b/c_(d)"),
            ("(https://a.b/c).", "https://a.b/c"),
            ("https://a.b/[1]", "https://a.b/[1]"),
            ("“HTTP://a.b/x”", "HTTP://a.b/x"),
            ("https://a.b/c?d=e&f=g; then", "https://a.b/c?d=e&f=g"),
        ] {
            assert_eq!(addresses(text), [found], "{text}");
        }
        for text in [
            "xhttp://a.b",
            "ftp://a.b",
            "https:// a",
            "http",
            "://",
            "https://.",
        ] {
            assert_eq!(addresses(text), [""; 0], "{text}");
        }
        let two = addresses("http://a.b, https://c.d/");
        assert_eq!(two, ["http://a.b", "https://c.d/"]);
    }

    #[test]
    fn what_is_no_address_is_escaped() {
        assert_eq!(
            escape("a_b https://a.b/c_d *e*"),
            "a\\_b <https://a.b/c_d> \\*e\\*"
        );
        assert_eq!(
            escape("https://a.b/?c_d&copy;=1"),
            "[https://a.b/?c\\_d&amp;copy;=1](<https://a.b/?c_d&amp;copy;=1>)"
        );
        let mut out = String::new();
        row(
            &mut out,
            "a\\|b",
            ["c|d".to_owned(), "e\\\\|f".to_owned()].into_iter(),
        );
        assert_eq!(out, "| a\\|b | c\\|d | e\\\\\\|f |\n");
    }
}
