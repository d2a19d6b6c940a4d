//! Text of a file in Markdown: shown as it is, and never markup.
//!
//! In: anything that stands in a file. Out: Markdown that shows it.

use crate::phrases::Phrases;
use crate::render::markdown::{link, link_as, parts, push};
use crate::render::report::view::model::{Block, Piece, Place, Source};
use crate::text::clean::{encoded, visible};
use std::fmt::Write;

/// Text that cannot become markup, on one line.
pub(super) fn text(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (part, is_address) in parts(text) {
        match is_address {
            true => out.push_str(&link(part)),
            false => add(&mut out, part),
        }
    }
    out
}

/// Adds text that holds no address.
fn add(out: &mut String, text: &str) {
    let begins = out.is_empty();
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
            '-' | '+' | '=' if begins && i == 0 && (next == ' ' || next == c) => out.push('\\'),
            '.' | ')' if begins && next == ' ' && is_numbered() => out.push('\\'),
            _ => {}
        }
        push(out, c);
    }
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

/// Prose, with footnotes where numbers are filled in and the page has them.
pub(super) fn paragraphs(out: &mut String, all: &[Block], footnotes: bool) {
    blocks(out, all, "", footnotes);
}

/// Blocks, each behind an empty line, indented so far.
fn blocks(out: &mut String, all: &[Block], indent: &str, footnotes: bool) {
    for block in all {
        match block {
            Block::Paragraph { pieces: all } => {
                let _ = write!(out, "\n{indent}{}\n", pieces(all, footnotes));
            }
            Block::List { start, items } => {
                out.push('\n');
                for (i, item) in items.iter().enumerate() {
                    let mark = match start {
                        Some(first) => format!("{}. ", first + i as u64),
                        None => "- ".to_owned(),
                    };
                    let below = format!("{indent}{}", " ".repeat(mark.len()));
                    let (own, rest) = match item.split_first() {
                        Some((Block::Paragraph { pieces: own }, rest)) => {
                            (pieces(own, footnotes), rest)
                        }
                        _ => (String::new(), item.as_slice()),
                    };
                    let _ = writeln!(out, "{indent}{mark}{own}");
                    blocks(out, rest, &below, footnotes);
                }
            }
        }
    }
}

/// What stands in a paragraph, on one line.
pub(super) fn pieces(all: &[Piece], footnotes: bool) -> String {
    let mut line = String::new();
    for piece in all {
        let look = match (piece.strong, piece.emphasis) {
            (true, true) => "***",
            (true, false) => "**",
            (false, true) => "*",
            (false, false) => "",
        };
        let own = piece.text.trim();
        let (before, after) = match piece.text.split_once(own) {
            Some(around) if !own.is_empty() => around,
            _ => (piece.text.as_str(), ""),
        };
        let shown = match (&piece.link, piece.code) {
            (_, true) => code(own),
            (Some(url), _) if url == own => link(url),
            (Some(url), _) => {
                let mut name = String::new();
                add(&mut name, own);
                link_as(&name, url)
            }
            (None, _) => text(own),
        };
        let query = piece.query.filter(|_| footnotes);
        let note = query.map_or(String::new(), |q| format!("[^{}]", q + 1));
        match own.is_empty() {
            true => line += before,
            // Signs that touch a blank are no markup.
            false => line += &format!("{before}{look}{shown}{note}{look}{after}"),
        }
    }
    line.trim().to_owned()
}

/// Where something is taken from.
pub(super) fn source(source: &Source) -> String {
    match &source.url {
        Some(url) => link(url),
        None => text(&source.text),
    }
}

/// "line 12".
pub(super) fn line(say: &Phrases, place: Place) -> String {
    say.fill("place_line", &[("n", &place.line.to_string())])
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
        assert_eq!(code("a`b|c"), "``a`b|c``");
        assert_eq!(code("`"), "`` ` ``");
        assert_eq!(
            address("https://a.b/c d)(<\"é"),
            "https://a.b/c%20d%29%28%3C%22%C3%A9"
        );
    }
}
