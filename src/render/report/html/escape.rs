//! Text of others made fit for a page.
//!
//! In: anything that a template prints. Out: the same as text, never markup, in an element or in an
//! attribute in double quotes alike. What turns the reading direction or cannot be seen is named instead:
//! `⟨U+202E⟩`.

use crate::text::clean::encoded;
use minijinja::value::ValueKind;
use minijinja::{Error, Output, State, Value};
use std::borrow::Cow;
use std::fmt::Write;

/// Writes a value of a template.
pub(super) fn write(
    out: &mut Output<'_>,
    _: &mut State<'_, '_>,
    value: &Value,
) -> Result<(), Error> {
    if value.is_safe() {
        let text = value.as_str().unwrap_or_default();
        return out.write_str(text).map_err(Error::from);
    }
    if matches!(value.kind(), ValueKind::None | ValueKind::Undefined) {
        return Ok(());
    }
    let text = match value.as_str() {
        Some(raw) => escaped(raw, true),
        None => Cow::Owned(escaped(&value.to_string(), true).into_owned()),
    };
    out.write_str(&text).map_err(Error::from)
}

/// Adds text that was read, fit for an element and for an attribute in double quotes.
pub(super) fn push(out: &mut String, text: &str) {
    out.push_str(&escaped(text, true));
}

/// Text in which names stand in backticks, as markup: of the names, code.
pub(super) fn code(text: &str) -> String {
    let mut out = String::new();
    for (i, part) in text.split('`').enumerate() {
        if i % 2 == 1 {
            out.push_str("<code>");
        }
        push_text(&mut out, part);
        if i % 2 == 1 {
            out.push_str("</code>");
        }
    }
    out
}

/// Adds text that was read, fit for an element.
pub(super) fn push_text(out: &mut String, text: &str) {
    out.push_str(&escaped(text, false));
}

/// Text fit for an element, and where double quotes are `quoted` for an attribute. Most texts stay as they are.
fn escaped(text: &str, quoted: bool) -> Cow<'_, str> {
    let is_odd = |c: char| match c {
        '"' => quoted,
        '&' | '<' | '>' => true,
        '\n' | '\t' | ' '..='~' => false,
        c => c == '\r' || is_hidden(c),
    };
    let Some(first) = text.find(is_odd) else {
        return Cow::Borrowed(text);
    };
    let mut out = String::with_capacity(text.len() + 16);
    let (before, mut rest) = text.split_at(first);
    out.push_str(before);
    loop {
        let mut after = rest.chars();
        match after.next() {
            Some('"') => out.push_str("&quot;"),
            Some('&') => out.push_str("&amp;"),
            Some('<') => out.push_str("&lt;"),
            Some('>') => out.push_str("&gt;"),
            Some('\r') | None => {}
            Some(c) => {
                let _ = write!(out, "⟨U+{:04X}⟩", c as u32);
            }
        }
        rest = after.as_str();
        let Some(next) = rest.find(is_odd) else {
            out.push_str(rest);
            return Cow::Owned(out);
        };
        out.push_str(&rest[..next]);
        rest = &rest[next..];
    }
}

/// Whether a character steers, or cannot be seen.
pub(super) fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e007f}')
}

/// A name as the fragment of a link.
pub(super) fn fragment(name: &str) -> String {
    encoded(name, |b| b.is_ascii_alphanumeric() || b"-_.".contains(&b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_markup_or_turns_the_text() {
        let mut out = String::new();
        push(
            &mut out,
            "<a href='x\" on=1>&\u{202e}evil\u{0}\r\n\u{e0041}é",
        );
        assert_eq!(
            out,
            "&lt;a href='x&quot; on=1&gt;&amp;⟨U+202E⟩evil⟨U+0000⟩\n⟨U+E0041⟩é"
        );
    }

    #[test]
    fn names_in_backticks_are_code() {
        assert_eq!(
            code("as `a<b` counts & `c"),
            "as <code>a&lt;b</code> counts &amp; <code>c</code>"
        );
    }

    #[test]
    fn fragments_are_plain() {
        assert_eq!(fragment("eu_cuts"), "eu_cuts");
        assert_eq!(fragment("é\"#"), "%C3%A9%22%23");
    }
}
