//! Blocks of CommonMark that prose does not have, made the text that they are.
//!
//! In: a text. Out: the same, in which a backslash stands before whatever would begin a heading, a
//! quotation, a rule, a block of code or of HTML, a definition of a link, or a list from a year on.

use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag};
use std::ops::Range;

/// What stands within such a block is seen once the block is none.
const ROUNDS: usize = 12;

/// Lists are numbered up to here; `2025. ` is a year.
const LAST_NUMBER: u64 = 99;

/// The text without them; none where they are nested beyond all sense.
pub(super) fn tamed(text: &str) -> Option<String> {
    let mut text = text.to_owned();
    for _ in 0..ROUNDS {
        let mut edits = edits(&text);
        if edits.is_empty() {
            return Some(text);
        }
        edits.sort_by_key(|e| (e.0.start, e.0.end));
        edits.dedup();
        let mut out = String::with_capacity(text.len() + edits.len());
        let mut done = 0;
        for (range, new) in edits {
            if range.start >= done {
                out.push_str(&text[done..range.start]);
                out.push_str(new);
                done = range.end;
            }
        }
        out.push_str(&text[done..]);
        text = out;
    }
    None
}

/// What is put in place of what.
type Edit = (Range<usize>, &'static str);

fn edits(text: &str) -> Vec<Edit> {
    let mut all = Vec::new();
    let parser = Parser::new(text);
    for (_, definition) in parser.reference_definitions().iter() {
        let span = definition.span.clone();
        all.extend(
            text[span.clone()]
                .find('[')
                .map(|at| escape(span.start + at)),
        );
    }
    for (event, range) in parser.into_offset_iter() {
        match event {
            Event::Start(Tag::Heading { .. }) => heading(text, range, &mut all),
            Event::Start(Tag::BlockQuote(_)) => lines(text, range, ">", &mut all),
            Event::Start(Tag::HtmlBlock) => lines(text, range, "<", &mut all),
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(_))) => fence(text, range, &mut all),
            Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) => {
                indented(text, range, &mut all)
            }
            Event::Start(Tag::List(Some(first))) if first > LAST_NUMBER => {
                let at = text[range.clone()].find(['.', ')']);
                all.extend(at.map(|at| escape(range.start + at)));
            }
            // So is one that stands where a list goes on.
            Event::Start(Tag::Item) => {
                let item = &text[range.clone()];
                let digits = item.bytes().take_while(u8::is_ascii_digit).count();
                if item[..digits].parse().is_ok_and(|n: u64| n > LAST_NUMBER) {
                    all.push(escape(range.start + digits));
                }
            }
            Event::Rule => all.push(escape(range.start)),
            _ => {}
        }
    }
    all
}

fn escape(at: usize) -> Edit {
    (at..at, "\\")
}

/// A heading by its signs, or by the line below it.
fn heading(text: &str, range: Range<usize>, all: &mut Vec<Edit>) {
    let whole = &text[range.clone()];
    if whole.starts_with('#') {
        return all.push(escape(range.start));
    }
    let whole = whole.trim_end();
    let last = whole.rfind('\n').map_or(0, |at| at + 1);
    let sign = whole[last..].find(['=', '-']);
    all.extend(sign.map(|at| escape(range.start + last + at)));
}

/// Every line of a block that begins with a sign.
fn lines(text: &str, range: Range<usize>, sign: &str, all: &mut Vec<Edit>) {
    let mut at = range.start;
    for line in text[range].split_inclusive('\n') {
        let own = line.trim_start();
        if own.starts_with(sign) {
            all.push(escape(at + line.len() - own.len()));
        }
        at += line.len();
    }
}

/// The signs above and below a block of code.
fn fence(text: &str, range: Range<usize>, all: &mut Vec<Edit>) {
    let whole = text[range.clone()].trim_end();
    let last = whole.rfind('\n').map_or(0, |at| at + 1);
    for start in [0, last] {
        let line = &whole[start..];
        let blanks = line.len() - line.trim_start().len();
        let signs = line[blanks..]
            .bytes()
            .take_while(|b| matches!(b, b'`' | b'~'));
        let from = range.start + start + blanks;
        all.extend((0..signs.count()).map(|i| escape(from + i)));
    }
}

/// The blanks before each line.
fn indented(text: &str, range: Range<usize>, all: &mut Vec<Edit>) {
    let first = text[..range.start].rfind('\n').map_or(0, |at| at + 1);
    let mut at = first;
    for line in text[first..range.end].split_inclusive('\n') {
        let blanks = line.len() - line.trim_start_matches([' ', '\t']).len();
        if blanks > 0 {
            all.push((at..at + blanks, ""));
        }
        at += line.len();
    }
}
