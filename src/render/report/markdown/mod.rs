//! The report as Markdown in GitHub's dialect.
//!
//! In: a [`Report`] and, where they are written beside it, the names of its charts. Out: Markdown.
//! Text of a file cannot become markup. What prose asks is answered in footnotes.

mod closing;
mod reasons;
mod text;

use crate::render::verdict::markdown::{head, row};
use crate::report::Report;
use crate::report::model::{Horizon, Likelihood, Share};
use std::fmt::Write;
use text::{code, paragraphs, text};

/// The page without charts.
pub(super) fn page(report: &Report) -> String {
    with_pictures(report, &[])
}

/// The page with links to charts: the name of each, with what it shows and its file.
pub(crate) fn with_pictures(report: &Report, pictures: &[Picture]) -> String {
    let mut page = Page {
        report,
        pictures,
        out: String::new(),
    };
    page.write();
    page.out
}

/// A chart that stands beside the page.
pub(crate) struct Picture {
    /// As [`super::alone::all`] names it.
    pub(crate) name: String,
    /// What it shows.
    pub(crate) title: String,
    /// Its file, as seen from the page.
    pub(crate) file: String,
}

/// The page so far.
struct Page<'a> {
    report: &'a Report,
    pictures: &'a [Picture],
    out: String,
}

impl Page<'_> {
    fn write(&mut self) {
        self.header();
        self.answer();
        self.outcomes();
        self.sections();
        self.contributions();
        self.drivers();
        self.events();
        self.changes();
        self.tipping();
        self.scenarios();
        self.assumptions();
        self.bets();
        self.checks();
        self.method();
    }

    /// A line of its own, after a blank one.
    fn line(&mut self, line: &str) {
        let _ = write!(self.out, "\n{line}\n");
    }

    fn heading(&mut self, level: usize, title: &str) {
        self.line(&format!("{} {title}", "#".repeat(level)));
    }

    fn picture(&mut self, name: &str) {
        if let Some(picture) = self.pictures.iter().find(|p| p.name == name) {
            let (title, file) = (text(&picture.title), &picture.file);
            self.line(&format!("![{title}]({})", text::address(file)));
        }
    }

    /// A table: a label and a cell for each horizon.
    fn table(&mut self, rows: &[(String, Vec<String>)]) {
        let columns: Vec<String> = self.report.horizons.iter().map(column).collect();
        self.out.push('\n');
        head(&mut self.out, columns.into_iter());
        for (label, cells) in rows {
            row(&mut self.out, label, cells.iter().cloned());
        }
    }

    fn title_of(&self, id: &str) -> String {
        let outcomes = self.report.outcomes.iter();
        let found = outcomes.map(|o| (&o.id, &o.title)).find(|o| o.0 == id);
        text(found.map_or(id, |o| o.1))
    }

    fn header(&mut self) {
        let r = self.report;
        let _ = writeln!(self.out, "# {}", text(&r.title));
        let author = r.author.iter().map(|a| text(a));
        let facts = author.chain([
            format!("as of {}", r.as_of),
            format!("words of {}", code(&r.scale)),
        ]);
        let facts = facts.chain(r.tags.iter().map(|t| text(t)));
        self.line(&facts.collect::<Vec<_>>().join(" · "));
        if !r.findings.is_empty() {
            let (n, s) = (
                r.findings.len(),
                if r.findings.len() == 1 { "" } else { "s" },
            );
            self.line(&format!(
                "> [{n} warning{s} of `assess check`](#checks) should be read with it."
            ));
        }
        paragraphs(&mut self.out, &r.context);
    }

    fn answer(&mut self) {
        self.heading(2, "The answer");
        for answer in &self.report.answers {
            self.line(&format!("**{}**", text(&answer.sentence)));
            self.line(&text(&answer.confidence_sentence));
        }
        let r = self.report;
        if !r.resolves.0.is_empty() {
            self.heading(3, "How one would know");
            paragraphs(&mut self.out, &r.resolves);
        }
        paragraphs(&mut self.out, &r.note);
        if !r.resolved.is_empty() {
            self.heading(3, "What came true");
            self.out.push('\n');
            for item in &r.resolved {
                let _ = writeln!(self.out, "- {}", code(&item.text));
            }
        }
    }

    fn outcomes(&mut self) {
        let r = self.report;
        self.heading(2, "Outcomes over time");
        self.picture("outcomes");
        let mut rows: Vec<(String, Vec<String>)> = Vec::new();
        for outcome in &r.outcomes {
            let by = if outcome.is_final { ", by then" } else { "" };
            let cells = outcome.horizons.iter().zip(&r.answers);
            let cells = cells.map(|(at, answer)| chance(at, answer.leader.id == outcome.id));
            rows.push((format!("{}{by}", text(&outcome.title)), cells.collect()));
        }
        let each = |cell: &dyn Fn(&crate::report::model::Answer) -> String| {
            r.answers.iter().map(cell).collect::<Vec<_>>()
        };
        rows.push((
            "Leader".to_owned(),
            each(&|a| format!("{}, by {}", text(&a.leader.title), a.margin_text)),
        ));
        rows.push(("Confidence".to_owned(), each(&|a| text(&a.confidence))));
        self.table(&rows);
        let mut remarks = Vec::new();
        if r.method.draws > 0 {
            remarks.push("In brackets: 90% intervals.");
        }
        let coverage = r.coverage.as_deref().map(text);
        remarks.extend(coverage.as_deref());
        remarks.push("Each number is rounded by itself, so that a column need not sum to 100%.");
        if r.outcomes.iter().any(|o| o.is_final) {
            remarks.push("“By then” marks outcomes that stay once they have come.");
        }
        if r.horizons.iter().any(|h| h.open) {
            remarks.push("\\* This end is assumed.");
        }
        self.line(&remarks.join(" "));
        for outcome in &r.outcomes {
            if outcome.resolves.0.is_empty() && outcome.note.0.is_empty() {
                continue;
            }
            self.heading(3, &text(&outcome.title));
            paragraphs(&mut self.out, &outcome.resolves);
            paragraphs(&mut self.out, &outcome.note);
        }
    }

    fn sections(&mut self) {
        if self.report.sections.is_empty() {
            return;
        }
        self.heading(2, "In the author’s words");
        for section in &self.report.sections {
            self.heading(3, &text(&section.title));
            paragraphs(&mut self.out, &section.text);
        }
    }

    fn events(&mut self) {
        let r = self.report;
        if r.events.is_empty() {
            return;
        }
        self.heading(2, "Events over time");
        self.picture("events");
        let rows = r.events.iter().map(|event| {
            let cells = event.horizons.iter().map(|at| match event.hypothetical {
                true => "no chance is stated".to_owned(),
                false => chance(at, false),
            });
            (text(&event.title), cells.collect())
        });
        let rows: Vec<_> = rows.collect();
        self.table(&rows);
        for event in r.events.iter().filter(|e| !e.resolves.0.is_empty()) {
            self.heading(3, &format!("{}: how one would know", text(&event.title)));
            paragraphs(&mut self.out, &event.resolves);
        }
    }
}

fn column(horizon: &Horizon) -> String {
    let assumed = if horizon.open { "\\*" } else { "" };
    format!("{}, to {}{assumed}", text(&horizon.title), horizon.to)
}

/// "**64%** (51–75%) likely".
fn chance(chance: &Likelihood, strong: bool) -> String {
    let mut out = match strong {
        true => format!("**{}**", text(&chance.text)),
        false => text(&chance.text),
    };
    if let Some(interval) = &chance.interval {
        let _ = write!(out, " ({})", text(interval));
    }
    for more in [&chance.error, &chance.word].into_iter().flatten() {
        let _ = write!(out, " {}", text(more));
    }
    out
}

fn shares(all: &[Share]) -> Vec<String> {
    all.iter().map(|s| text(&s.text)).collect()
}
