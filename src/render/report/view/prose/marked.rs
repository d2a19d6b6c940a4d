//! Prose as a safe part of CommonMark: paragraphs, lists, emphasis, code and links.
//!
//! In: text with numbers and addresses held back, so that no sign of theirs is markup. Out: blocks of
//! pieces. Whatever else CommonMark knows stays the text that it is: headings, quotations, rules,
//! HTML, pictures, definitions of links, entities, and lists that begin with a year.

mod foreign;

use crate::render::markdown::parts;
use crate::render::report::view::is_address;
use crate::render::report::view::model::{Block, Piece};
use pulldown_cmark::{Event, LinkType, Parser, Tag, TagEnd};
use std::ops::Range;

/// What is held back stands in the text as one character of this private plane.
const HELD: u32 = 0xF_0000;

/// As many things are held back; addresses beyond that stay text.
const MOST: usize = 0xFFFD;

/// Lists within lists beyond this depth are paragraphs.
const DEEPEST: usize = 5;

/// Text to be read as CommonMark.
#[derive(Default)]
pub(super) struct Marked {
    text: String,
    held: Vec<Piece>,
}

impl Marked {
    /// Adds text.
    pub(super) fn text(&mut self, text: &str) {
        let own = text.chars();
        self.text
            .extend(own.map(|c| if index(c).is_some() { '\u{fffd}' } else { c }));
    }

    /// Adds what is printed as it is.
    pub(super) fn hold(&mut self, piece: Piece) {
        match u32::try_from(self.held.len())
            .ok()
            .filter(|_| self.held.len() < MOST)
        {
            Some(n) => self.text.extend(char::from_u32(HELD + n)),
            None => self.text.push_str(&piece.text),
        }
        self.held.push(piece);
    }

    /// Reads it.
    pub(super) fn blocks(mut self) -> Vec<Block> {
        if self.text.trim().is_empty() {
            return Vec::new();
        }
        self.hold_addresses();
        match foreign::tamed(&self.text) {
            Some(text) => Reader::new(&text, &self.held).read(),
            None => self.plain(),
        }
    }

    /// Holds back every address that is not part of a link's own markup.
    fn hold_addresses(&mut self) {
        let text = std::mem::take(&mut self.text);
        for run in text.split_inclusive(|c| index(c).is_some()) {
            for (part, found) in parts(run) {
                let is_marked = || self.text.ends_with("](") || self.text.ends_with('<');
                // A number that follows at once is not part of the address.
                let (address, rest) = match part.char_indices().next_back() {
                    Some((at, c)) if index(c).is_some() => part.split_at(at),
                    _ => (part, ""),
                };
                match found && !is_marked() && self.held.len() < MOST {
                    true => {
                        self.hold(Piece {
                            link: is_address(address).then(|| address.to_owned()),
                            ..Piece::plain(address)
                        });
                    }
                    false => self.text.push_str(address),
                }
                self.text.push_str(rest);
            }
        }
    }

    /// Paragraphs without any markup.
    fn plain(&self) -> Vec<Block> {
        let mut reader = Reader::new(&self.text, &self.held);
        for line in self.text.lines() {
            match line.trim().is_empty() {
                true => reader.flush(),
                false => {
                    reader.add(line, false);
                    reader.add(" ", false);
                }
            }
        }
        reader.close()
    }
}

/// Which of what is held back a character stands for.
fn index(c: char) -> Option<usize> {
    let n = (c as u32).checked_sub(HELD)?;
    usize::try_from(n).ok().filter(|n| *n < MOST)
}

/// A list or an item that is not over.
enum Open {
    List(Option<u64>, Vec<Vec<Block>>),
    Item(Vec<Block>),
}

/// Builds blocks from what a parser meets.
struct Reader<'t> {
    text: &'t str,
    held: &'t [Piece],
    done: Vec<Block>,
    open: Vec<Open>,
    pieces: Vec<Piece>,
    strong: usize,
    emphasis: usize,
    link: Option<String>,
    /// Lists too deep to be lists.
    flat: usize,
}

impl<'t> Reader<'t> {
    fn new(text: &'t str, held: &'t [Piece]) -> Self {
        Reader {
            text,
            held,
            done: Vec::new(),
            open: Vec::new(),
            pieces: Vec::new(),
            strong: 0,
            emphasis: 0,
            link: None,
            flat: 0,
        }
    }

    fn read(mut self) -> Vec<Block> {
        let mut events = Parser::new(self.text).into_offset_iter();
        while let Some((event, range)) = events.next() {
            match event {
                Event::Start(Tag::Link {
                    dest_url,
                    link_type: LinkType::Email,
                    ..
                }) => self.link = Some(format!("mailto:{dest_url}")),
                Event::Start(Tag::Link { dest_url, .. }) if is_address(&dest_url) => {
                    self.link = Some(dest_url.into_string());
                }
                Event::Start(Tag::Link { .. } | Tag::Image { .. }) => {
                    let mut depth = 1;
                    while depth > 0 {
                        match events.next() {
                            Some((Event::Start(_), _)) => depth += 1,
                            Some((Event::End(_), _)) => depth -= 1,
                            Some(_) => {}
                            None => break,
                        }
                    }
                    self.add(&self.text[range], false);
                }
                event => self.take(event, range),
            }
        }
        self.close()
    }

    fn take(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(Tag::List(start)) => self.begin(start),
            Event::Start(Tag::Item) if self.flat == 0 => self.open.push(Open::Item(Vec::new())),
            Event::Start(Tag::Emphasis) => self.emphasis += 1,
            Event::Start(Tag::Strong) => self.strong += 1,
            Event::Start(_) => {}
            Event::End(TagEnd::Emphasis) => self.emphasis -= 1,
            Event::End(TagEnd::Strong) => self.strong -= 1,
            Event::End(TagEnd::Link) => self.link = None,
            Event::End(TagEnd::List(_)) => self.end_list(),
            Event::End(TagEnd::Item) => self.end_item(),
            Event::End(_) => self.flush(),
            Event::Code(code) => self.add(&code, true),
            Event::SoftBreak | Event::HardBreak => self.add(" ", false),
            // Entities stay as they are written.
            Event::Text(text) => match &self.text[range] {
                entity if entity.starts_with('&') && *entity != *text => self.add(entity, false),
                _ => self.add(&text, false),
            },
            _ => self.add(&self.text[range], false),
        }
    }

    fn begin(&mut self, start: Option<u64>) {
        self.flush();
        let depth = self.open.iter().filter(|o| matches!(o, Open::List(..)));
        if self.flat > 0 || depth.count() >= DEEPEST {
            self.flat += 1;
        } else {
            self.open.push(Open::List(start, Vec::new()));
        }
    }

    fn end_item(&mut self) {
        self.flush();
        if self.flat > 0 {
            return;
        }
        if let Some(Open::Item(blocks)) = self.open.pop()
            && let Some(Open::List(_, items)) = self.open.last_mut()
        {
            items.push(blocks);
        }
    }

    fn end_list(&mut self) {
        if self.flat > 0 {
            self.flat -= 1;
        } else if let Some(Open::List(start, items)) = self.open.pop() {
            self.put(Block::List { start, items });
        }
    }

    fn put(&mut self, block: Block) {
        match self.open.last_mut() {
            Some(Open::Item(blocks)) => blocks.push(block),
            _ => self.done.push(block),
        }
    }

    /// Ends a paragraph.
    fn flush(&mut self) {
        let mut pieces = std::mem::take(&mut self.pieces);
        if let Some(first) = pieces.first_mut().filter(|p| p.query.is_none()) {
            first.text = first.text.trim_start().to_owned();
        }
        if let Some(last) = pieces.last_mut().filter(|p| p.query.is_none()) {
            last.text.truncate(last.text.trim_end().len());
        }
        pieces.retain(|p| !p.text.is_empty());
        if !pieces.is_empty() {
            self.put(Block::Paragraph { pieces });
        }
    }

    fn close(mut self) -> Vec<Block> {
        self.flush();
        self.done
    }

    /// Adds text in the look of the place, and what is held back in it.
    fn add(&mut self, text: &str, code: bool) {
        for run in text.split_inclusive(|c| index(c).is_some()) {
            let last = run.chars().next_back().and_then(index);
            let own = match last {
                Some(_) => run.trim_end_matches(|c| index(c).is_some()),
                None => run,
            };
            self.add_text(own, code);
            if let Some(held) = last.and_then(|i| self.held.get(i)) {
                let piece = Piece {
                    code,
                    strong: self.strong > 0,
                    emphasis: self.emphasis > 0,
                    link: self.link.clone().or(held.link.clone()),
                    ..held.clone()
                };
                self.pieces.push(piece);
            }
        }
    }

    /// Adds text; any run of blanks is one.
    fn add_text(&mut self, text: &str, code: bool) {
        let piece = Piece {
            code,
            strong: self.strong > 0,
            emphasis: self.emphasis > 0,
            link: self.link.clone(),
            ..Piece::plain("")
        };
        let goes_on = self
            .pieces
            .last()
            .is_some_and(|last| last.looks_like(&piece));
        if text.is_empty() {
            return;
        }
        if !goes_on {
            self.pieces.push(piece);
        }
        let before = self
            .pieces
            .iter()
            .rev()
            .find_map(|p| p.text.chars().next_back());
        let mut is_blank = before.is_some_and(char::is_whitespace);
        if let Some(last) = self.pieces.last_mut() {
            for c in text.chars() {
                match c.is_whitespace() {
                    true if is_blank => {}
                    true => last.text.push(' '),
                    false => last.text.push(c),
                }
                is_blank = c.is_whitespace();
            }
        }
    }
}

#[cfg(test)]
mod tests;
