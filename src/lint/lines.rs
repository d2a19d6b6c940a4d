//! Taking items out of a file's text.
//!
//! In: a span. Out: the span to delete so that no empty line and no stray comma is left.

use crate::text::source::{Source, SourceMap, Span};

/// What to delete with an item: its whole lines, a comment behind it and the line end included;
/// the item alone where something else stands on its lines.
pub(crate) fn whole(sources: &SourceMap, span: Span) -> Span {
    let text = &sources.source(span.file).text;
    let start = line_start(text, span.start as usize);
    let rest = &text[span.end as usize..];
    let tail = rest.find('\n').map_or(rest, |end| &rest[..end]);
    let blank = |text: &str| text.trim().is_empty();
    if !blank(&text[start..span.start as usize])
        || !(blank(tail) || tail.trim_start().starts_with('#'))
    {
        return span;
    }
    let end = span.end as usize + tail.len();
    let end = if text[end..].starts_with('\n') {
        end + 1
    } else {
        end
    };
    Span::new(span.file, start, end)
}

/// What to delete with one name of a list of several: its comma too.
pub(crate) fn listed(
    source: &Source,
    name: Span,
    next: Option<Span>,
    before: Option<Span>,
) -> Option<Span> {
    let (start, end) = match (next, before) {
        (Some(next), _) => (name.start, next.start),
        (None, Some(before)) => (before.end, name.end),
        (None, None) => return None,
    };
    // A comment between two names would be lost.
    let between = &source.text[start as usize..end as usize];
    (!between.contains('#')).then_some(Span { start, end, ..name })
}

fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |newline| newline + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn left(text: &str, word: &str) -> String {
        let mut sources = SourceMap::new();
        let file = sources.add(Source::new("a", text));
        let start = text.find(word).expect("the word stands there");
        let span = whole(&sources, Span::new(file, start, start + word.len()));
        let (before, after) = (&text[..span.start as usize], &text[span.end as usize..]);
        format!("{before}{after}")
    }

    #[test]
    fn an_item_goes_with_its_lines_and_nothing_else() {
        assert_eq!(left("a\n  b {\n}  # why\nc\n", "b {\n}"), "a\nc\n");
        assert_eq!(left("a\nb", "b"), "a\n");
        assert_eq!(left("a\r\nb\r\nc\r\n", "b"), "a\r\nc\r\n");
        assert_eq!(left("a { b }\n", "b"), "a {  }\n");
    }
}
