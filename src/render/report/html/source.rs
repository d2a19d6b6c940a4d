//! The files at the end of the page, line by line.
//!
//! In: texts with what each piece of them is, and where the things of the page stand. Out: markup in
//! which every line has an anchor and leads back to what the page says of it.

use super::escape;
use crate::render::report::view::Report;
use crate::render::report::view::model::{File, Place, Sort};
use memchr::memmem;
use minijinja::Value;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// One file.
#[derive(Serialize)]
pub(super) struct Listing {
    name: String,
    /// How many lines it has.
    lines: usize,
    /// None where the file is too long to be shown.
    body: Option<Value>,
}

pub(super) fn listings(report: &Report) -> Vec<Listing> {
    listed(&report.files, &back(report))
}

/// Files of which no page tells.
pub(super) fn listings_of(files: &[File]) -> Vec<Listing> {
    listed(files, &Back::new())
}

fn listed(files: &[File], back: &Back) -> Vec<Listing> {
    let each = files.iter().enumerate().map(|(i, file)| Listing {
        name: file.name.clone(),
        lines: file.text.as_ref().map_or(0, |t| t.lines().count()),
        body: file
            .text
            .as_ref()
            .map(|text| Value::from_safe_string(listing(i, file, text, back))),
    });
    each.collect()
}

/// By file and line, the anchor of the page that tells of what stands there.
type Back = BTreeMap<(usize, usize), String>;

fn back(report: &Report) -> Back {
    let mut back = Back::new();
    let mut add = |place: Place, anchor: String| {
        back.entry((place.file, place.line)).or_insert(anchor);
    };
    let thing = |id: &str| format!("x-{}", escape::fragment(id));
    add(report.place, "top".to_owned());
    for outcome in &report.outcomes {
        add(outcome.place, thing(&outcome.id));
    }
    for driver in &report.drivers {
        add(driver.place, thing(&driver.id));
    }
    for assumption in &report.assumptions {
        add(assumption.place, thing(&assumption.id));
    }
    for scenario in &report.scenarios {
        add(scenario.place, thing(&scenario.id));
    }
    for (i, bet) in report.bets.iter().enumerate() {
        add(bet.place, format!("bet-{}", i + 1));
    }
    for (i, section) in report.sections.iter().enumerate() {
        add(section.place, format!("text-{}", i + 1));
    }
    for (i, expectation) in report.expectations.iter().enumerate() {
        add(expectation.place, format!("expect-{}", i + 1));
    }
    if let Some(prior) = &report.prior {
        add(prior.place, "prior".to_owned());
    }
    for horizon in &report.horizons {
        add(horizon.place, "outcomes".to_owned());
    }
    back
}

/// The element of a token; short, since a page has thousands.
fn element(sort: Sort) -> Option<&'static str> {
    Some(match sort {
        Sort::Plain | Sort::Name | Sort::Text => return None,
        Sort::Keyword => "b",
        Sort::Number | Sort::Word => "u",
        Sort::Placeholder => "em",
        Sort::Comment => "i",
    })
}

fn listing(index: usize, file: &File, text: &str, back: &Back) -> String {
    let prefix = match index {
        0 => "L".to_owned(),
        n => format!("F{n}L"),
    };
    let mut out = String::with_capacity(2 * text.len());
    let mut tokens = file.tokens.iter().copied().peekable();
    let mut start = 0;
    let text = text.strip_suffix('\n').unwrap_or(text);
    for (i, line) in text.split('\n').enumerate() {
        let number = i + 1;
        let _ = write!(out, "<li id={prefix}{number}>");
        if let Some(anchor) = back.get(&(index, number)) {
            let _ = write!(out, "<a href=#{anchor}>↑</a>");
        }
        let mut runs = Runs::new(&mut out);
        let end = start + line.len();
        let mut at = start;
        while at < end {
            let Some(token) = tokens.peek() else {
                runs.add(file_text(text, at, end), None);
                break;
            };
            let (until, sort) = (token.end, token.sort);
            if until <= at {
                tokens.next();
                continue;
            }
            let piece = file_text(text, at, until.min(end));
            // Short words, `by` and the like, need no colour; a page has hundreds.
            let is_shown = piece.trim().len() > 2 || sort != Sort::Keyword;
            runs.add(piece, element(sort).filter(|_| is_shown));
            at = until.min(end);
        }
        runs.end();
        // Where a line ends, the next one begins.
        start = end + 1;
    }
    out
}

/// Pieces of a line; those of one sort with only blanks between them share an element.
struct Runs<'o> {
    out: &'o mut String,
    open: Option<&'static str>,
    blanks: String,
}

impl<'o> Runs<'o> {
    fn new(out: &'o mut String) -> Self {
        Runs {
            out,
            open: None,
            blanks: String::new(),
        }
    }

    fn add(&mut self, piece: &str, element: Option<&'static str>) {
        if piece.trim().is_empty() {
            self.blanks.push_str(piece);
            return;
        }
        // What is underlined stays apart.
        if element != self.open || element == Some("em") {
            self.end();
            if let Some(element) = element {
                let _ = write!(self.out, "<{element}>");
            }
            self.open = element;
        }
        escape::push_text(self.out, &std::mem::take(&mut self.blanks));
        escape::push_text(self.out, piece);
    }

    fn end(&mut self) {
        if let Some(element) = self.open.take() {
            let _ = write!(self.out, "</{element}>");
        }
        escape::push_text(self.out, &std::mem::take(&mut self.blanks));
    }
}

/// The page without the ids of lines to which nothing on it leads; its script gives them back.
pub(super) fn without_unused_anchors(page: &str) -> String {
    const LINE: &str = "<li id=";
    const LINK: &str = "href=#";
    let links = memmem::find_iter(page.as_bytes(), LINK).map(|at| &page[at + LINK.len()..]);
    let used: BTreeSet<&str> = links.filter_map(|link| link.split('>').next()).collect();
    let mut starts = memmem::find_iter(page.as_bytes(), LINE).peekable();
    let mut out = String::with_capacity(page.len());
    out.push_str(&page[..starts.peek().copied().unwrap_or(page.len())]);
    while let Some(start) = starts.next() {
        let line = &page[start + LINE.len()..starts.peek().copied().unwrap_or(page.len())];
        let id = line.split('>').next().unwrap_or_default();
        let is_ours = id.starts_with(['L', 'F']);
        match is_ours && !used.contains(id) {
            true => {
                out.push_str("<li");
                out.push_str(&line[id.len()..]);
            }
            false => {
                out.push_str(LINE);
                out.push_str(line);
            }
        }
    }
    out
}

fn file_text(text: &str, start: usize, end: usize) -> &str {
    text.get(start..end).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{Runs, without_unused_anchors};

    #[test]
    fn neighbours_of_a_sort_share_an_element() {
        let mut out = String::new();
        let mut runs = Runs::new(&mut out);
        for (piece, element) in [
            ("  ", None),
            ("0", Some("u")),
            (" ", None),
            ("months", Some("u")),
            (" <", None),
            ("{a}", Some("em")),
            ("{b}", Some("em")),
            (" ", None),
        ] {
            runs.add(piece, element);
        }
        runs.end();
        assert_eq!(out, "  <u>0 months</u> &lt;<em>{a}</em><em>{b}</em> ");
    }

    #[test]
    fn an_anchor_stays_where_a_link_leads() {
        let page = "<a href=#L2>2</a><li id=L1>one<li id=L2>two<li id=x>";
        assert_eq!(
            without_unused_anchors(page),
            "<a href=#L2>2</a><li>one<li id=L2>two<li id=x>"
        );
    }
}
