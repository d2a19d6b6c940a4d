//! A page's code blocks, links and headings.
//!
//! In: Markdown. Out: [`Block`]s with the range of their bodies, so that these can be rewritten.

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};
use std::ops::Range;

/// One code block.
pub(crate) struct Block {
    /// Where it begins, counted from 1.
    pub(crate) line: usize,
    /// What stands behind the fence; empty for an indented block.
    info: String,
    /// Its lines, each with its end.
    pub(crate) body: String,
    /// The bytes of the body in the page.
    pub(crate) range: Range<usize>,
}

impl Block {
    /// The first word of the info string.
    pub(crate) fn tag(&self) -> &str {
        self.info.split(' ').next().unwrap_or_default()
    }

    /// Whether a further word stands there.
    pub(crate) fn has(&self, word: &str) -> bool {
        self.info.split(' ').skip(1).any(|w| w == word)
    }

    /// What stands behind `key=`.
    pub(crate) fn value(&self, key: &str) -> Option<&str> {
        let words = self.info.split(' ').skip(1);
        words
            .filter_map(|w| w.split_once('='))
            .find(|(k, _)| *k == key)
            .map(|(_, v)| v)
    }
}

fn events(text: &str) -> impl Iterator<Item = (Event<'_>, Range<usize>)> {
    Parser::new_ext(text, Options::ENABLE_TABLES).into_offset_iter()
}

/// The page's code blocks in order.
pub(crate) fn of(text: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    for (event, range) in events(text) {
        let Event::Start(Tag::CodeBlock(kind)) = event else {
            continue;
        };
        let (info, start) = match kind {
            CodeBlockKind::Fenced(info) => {
                let end_of_fence = text[range.clone()]
                    .find('\n')
                    .map_or(range.end, |i| range.start + i + 1);
                (info.to_string(), end_of_fence)
            }
            CodeBlockKind::Indented => (String::new(), range.start),
        };
        let whole = &text[start..range.end];
        let body = whole.strip_suffix("```").unwrap_or(whole);
        blocks.push(Block {
            line: text[..range.start].matches('\n').count() + 1,
            info,
            body: body.to_string(),
            range: start..start + body.len(),
        });
    }
    blocks
}

/// Where the page's links lead.
pub(crate) fn links(text: &str) -> Vec<String> {
    events(text)
        .filter_map(|(event, _)| match event {
            Event::Start(Tag::Link { dest_url, .. }) => Some(dest_url.to_string()),
            _ => None,
        })
        .collect()
}

/// The names of the page's headings, as links call them.
pub(crate) fn anchors(text: &str) -> Vec<String> {
    let mut anchors = Vec::new();
    let mut heading: Option<String> = None;
    for (event, _) in events(text) {
        match event {
            Event::Start(Tag::Heading { .. }) => heading = Some(String::new()),
            Event::End(TagEnd::Heading(_)) => anchors.extend(heading.take()),
            Event::Text(t) | Event::Code(t) => {
                if let Some(heading) = &mut heading {
                    let kept = t
                        .chars()
                        .filter(|c| c.is_alphanumeric() || "- _".contains(*c));
                    heading.extend(
                        kept.flat_map(char::to_lowercase)
                            .map(|c| if c == ' ' { '-' } else { c }),
                    );
                }
            }
            _ => {}
        }
    }
    anchors
}
