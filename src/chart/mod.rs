//! Charts as SVG: text that stays text, in light, in dark and in print.
//!
//! In: plain numbers with the words and roundings to print beside them. Out: a [`Drawing`], to be
//! written as a file of its own or into a page. Nothing is computed here but places; nothing is read
//! or written; the same input gives the same bytes.

mod axis;
pub mod course;
pub mod events;
pub mod fan;
pub mod outcomes;
mod panel;
mod pen;
pub mod reliability;
mod spread;
mod svg;
mod text;
pub mod tornado;
pub mod voices;
pub mod waterfall;

pub use text::width as text_width;

use crate::phrases::Phrases;
use crate::text::lang::Lang;
use std::fmt::Write;
use svg::{Sheet, Text, n};
use text::{cut, escape, wrap};

/// The style sheet that a page with inlined charts needs once. Its colours follow the reader's
/// scheme; a page may set `--chart-ink`, `--chart-quiet`, `--chart-grid`, `--chart-axis` and
/// `--chart-paper`, and `--s0` to `--s7` for the series.
pub const STYLE: &str = include_str!("style.css");

/// How much room a chart is laid out for; text keeps its size.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Width {
    /// 720 pixels: a page or a sheet of paper.
    Wide,
    /// 340 pixels: a telephone.
    Narrow,
}

impl Width {
    fn units(self) -> f64 {
        match self {
            Width::Wide => 720.0,
            Width::Narrow => 340.0,
        }
    }
}

/// A chance as it is drawn and as it is printed.
#[derive(Debug, Clone, PartialEq)]
pub struct Point {
    /// From 0 to 1.
    pub value: f64,
    /// A 90% interval.
    pub interval: Option<(f64, f64)>,
    /// The value, rounded: "64%".
    pub text: String,
    /// The interval, rounded: "51–75%".
    pub range: Option<String>,
    /// Its word on the file's scale; may be empty.
    pub word: String,
    /// The words that the interval spans, where they are many: "unlikely to likely".
    pub span: Option<String>,
}

impl Point {
    /// "64% (51–75%), likely"; "50% (29–72%), roughly even chance; interval: unlikely to likely".
    fn sentence(&self, say: &Phrases) -> String {
        let mut out = self.text.clone();
        if let Some(range) = &self.range {
            let _ = write!(out, " ({range})");
        }
        if !self.word.is_empty() {
            let _ = write!(out, ", {}", self.word);
        }
        if let Some(span) = &self.span {
            out += &say.fill("chart_interval", &[("span", span)]);
        }
        out
    }

    fn high(&self) -> f64 {
        self.interval.map_or(self.value, |i| i.1.max(self.value))
    }
}

/// What every chart is headed with, where it stands alone.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Heading {
    /// What it shows, in a few words.
    pub title: String,
    /// Of which file, as of when, and what else must be said; may be empty.
    pub caption: String,
    /// The language of what the chart says itself, and of its numbers.
    pub lang: Lang,
}

impl Heading {
    fn say(&self) -> &'static Phrases {
        Phrases::of(self.lang)
    }
}

/// A finished chart.
#[derive(Debug, Clone, PartialEq)]
pub struct Drawing {
    heading: Heading,
    description: String,
    size: (f64, f64),
    body: String,
}

impl Drawing {
    fn new(heading: &Heading, description: String, size: (f64, f64), sheet: Sheet) -> Self {
        Drawing {
            heading: heading.clone(),
            description,
            size,
            body: localised(sheet.into_body(), heading.lang),
        }
    }

    /// What it shows, in a few words.
    pub fn title(&self) -> &str {
        &self.heading.title
    }

    /// What the chart says, in sentences, for those who do not see it.
    pub fn description(&self) -> &str {
        &self.description
    }

    /// For a page that has [`STYLE`] and a heading of its own. `id` begins the ids in it, and must
    /// be unlike any other of the page; only letters, digits and dashes of it are kept.
    pub fn inlined(&self, id: &str) -> String {
        let (width, height) = self.size;
        self.write(id, (0.0, 0.0, width, height), &self.body)
    }

    /// A file of its own, with its heading, its colours and its paper.
    pub fn alone(&self) -> String {
        const MARGIN: f64 = 16.0;
        let (width, height) = self.size;
        let mut sheet = Sheet::default();
        let mut y = 0.0;
        for line in wrap(&self.heading.title, 16.0, true, width, 3) {
            y += 20.0;
            sheet.text(&Text::new(&line, 0.0, y - 4.0).size(16.0).bold(true));
        }
        for line in wrap(&self.heading.caption, 12.0, false, width, 4) {
            y += 16.0;
            sheet.text(&Text::new(&line, 0.0, y - 2.0).class("q"));
        }
        y += if y > 0.0 { 14.0 } else { 0.0 };
        let (left, top) = (-MARGIN, -MARGIN);
        let size = (width + 2.0 * MARGIN, y + height + 2.0 * MARGIN);
        let mut inner = format!("<style>{STYLE}</style>");
        let mut paper = Sheet::default();
        paper.rect("paper", (left, top), size);
        inner += &paper.into_body();
        inner += &sheet.into_body();
        let _ = write!(
            inner,
            r#"<g transform="translate(0 {})">{}</g>"#,
            n(y),
            self.body
        );
        let mut out = self.write("chart", (left, top, size.0, size.1), &inner);
        out.push('\n');
        out
    }

    fn write(&self, id: &str, view: (f64, f64, f64, f64), body: &str) -> String {
        let keep = |c: &char| c.is_ascii_alphanumeric() || *c == '-';
        let id: String = id.chars().filter(keep).collect();
        let (left, top, width, height) = (n(view.0), n(view.1), n(view.2), n(view.3));
        format!(
            concat!(
                r#"<svg xmlns="http://www.w3.org/2000/svg" class="assess-chart" "#,
                r#"viewBox="{left} {top} {width} {height}" width="{width}" height="{height}" "#,
                r#"font-size="12" role="img" aria-labelledby="{id}-title {id}-desc">"#,
                r#"<title id="{id}-title">{title}</title><desc id="{id}-desc">{desc}</desc>"#,
                "{body}</svg>"
            ),
            left = left,
            top = top,
            width = width,
            height = height,
            id = id,
            title = escape(&self.heading.title),
            desc = escape_long(&self.description),
            body = body
        )
    }
}

/// A chart whose numbers stand as a language writes them. What is no number alone stays: an author
/// may have written it.
fn localised(body: String, lang: Lang) -> String {
    if lang == Lang::default() {
        return body;
    }
    let is_number = |text: &str| text.chars().all(|c| "0123456789.%–−+<>~± ".contains(c));
    let mut out = String::with_capacity(body.len());
    for part in body.split_inclusive('>') {
        match part.split_once("</text>") {
            Some((text, rest)) if is_number(text) => {
                out.push_str(&Phrases::of(lang).number(text));
                out.push_str("</text>");
                out.push_str(rest);
            }
            _ => out.push_str(part),
        }
    }
    out
}

/// A description is longer than any one text of a file may be.
fn escape_long(text: &str) -> String {
    text.split_inclusive(". ").map(escape).collect()
}

/// The label of a row at `y`: wide, before its bar, where it ends at `end`; narrow, above it.
fn row_label(sheet: &mut Sheet, text: &str, (end, y): (f64, f64), width: Width, bold: bool) {
    sheet.open("", text);
    match width {
        Width::Wide => {
            let lines = wrap(text, 12.0, bold, end - 4.0, 2);
            let first = if lines.len() == 1 { y + 19.0 } else { y + 12.0 };
            for (i, line) in lines.iter().enumerate() {
                let y = first + 13.0 * i as f64;
                sheet.text(&Text::new(line, end, y).bold(bold).end());
            }
        }
        Width::Narrow => {
            let text = cut(text, 12.0, bold, width.units());
            sheet.text(&Text::new(&text, 0.0, y + 15.0).bold(bold).class("h"));
        }
    }
    sheet.close();
}

/// Sentences in small print under a chart; how high they are.
fn footer(sheet: &mut Sheet, sentences: &[&str], y: f64, width: f64) -> f64 {
    let text = sentences.join(" ");
    let lines = wrap(&text, 11.0, false, width, 6);
    for (i, line) in lines.iter().enumerate() {
        let y = y + 15.0 * (i as f64 + 1.0);
        sheet.text(&Text::new(line, 0.0, y).size(11.0).class("q"));
    }
    15.0 * lines.len() as f64
}
