//! Text of a file in Markdown: shown as it is, and never markup.
//!
//! In: anything that stands in a file. Out: Markdown that shows it.

use crate::render::clean::{encoded, visible};
use crate::render::verdict::escape;
use crate::report::model::{Place, Prose, Source};
use std::fmt::Write;

/// Text that cannot become markup, on one line.
pub(super) fn text(text: &str) -> String {
    let text = escape(text);
    let mut out = String::with_capacity(text.len());
    for (i, c) in text.char_indices() {
        let next = text[i + c.len_utf8()..].chars().next().unwrap_or(' ');
        let is_numbered = || i > 0 && text[..i].bytes().all(|b| b.is_ascii_digit());
        match c {
            // GitHub sets mathematics between dollar signs, and knows entities.
            '$' => out.push('\\'),
            '&' => {
                out.push_str("&amp;");
                continue;
            }
            // A list, a rule or a heading, where a line begins so.
            '-' | '+' | '=' if i == 0 && (next == ' ' || next == c) => out.push('\\'),
            '.' | ')' if next == ' ' && is_numbered() => out.push('\\'),
            _ => {}
        }
        out.push(c);
    }
    out
}

/// Text as code: in a fence longer than any in it.
pub(super) fn code(text: &str) -> String {
    let text: String = text.chars().map(visible).collect();
    let mut longest = 0;
    let mut run = 0;
    for c in text.chars() {
        run = if c == '`' { run + 1 } else { 0 };
        longest = longest.max(run);
    }
    let fence = "`".repeat(longest + 1);
    let text = text.replace('|', "\\|");
    match text.starts_with('`') || text.ends_with('`') {
        true => format!("{fence} {text} {fence}"),
        false => format!("{fence}{text}{fence}"),
    }
}

/// An address that ends where it ends, whatever stands in it.
pub(super) fn address(url: &str) -> String {
    let keeps = |b: u8| b.is_ascii_alphanumeric() || b"-._~:/?#@!$&'*+,;=%".contains(&b);
    encoded(url, keeps).replace('&', "&amp;")
}

/// Paragraphs, with footnotes where numbers are filled in.
pub(super) fn paragraphs(out: &mut String, prose: &Prose) {
    for paragraph in &prose.0 {
        let mut line = String::new();
        for piece in paragraph {
            line += &text(&piece.text);
            if let Some(query) = piece.query {
                let _ = write!(line, "[^{}]", query + 1);
            }
        }
        let _ = write!(out, "\n{}\n", line.trim());
    }
}

/// Where something is taken from.
pub(super) fn source(source: &Source) -> String {
    match &source.url {
        Some(url) => format!("[{}]({})", text(&source.text), address(url)),
        None => text(&source.text),
    }
}

/// "line 12".
pub(super) fn line(place: Place) -> String {
    format!("line {}", place.line)
}

#[cfg(test)]
mod tests {
    use super::{address, code, text};

    #[test]
    fn text_is_shown_as_it_is() {
        assert_eq!(text("<b>*a*_b_|`c`"), "\\<b\\>\\*a\\*\\_b\\_\\|\\`c\\`");
        assert_eq!(text("- $5 & 1."), "\\- \\$5 &amp; 1.");
        assert_eq!(text("12. June"), "12\\. June");
        assert_eq!(text("a\n# b"), "a \\# b");
        assert_eq!(code("a`b|c"), "``a`b\\|c``");
        assert_eq!(code("`"), "`` ` ``");
        assert_eq!(
            address("https://a.b/c d)(<\"é"),
            "https://a.b/c%20d%29%28%3C%22%C3%A9"
        );
    }
}
