//! The report as Markdown in GitHub's dialect.
//!
//! In: a [`Report`] and, where they are written beside it, the names of its charts. Out: Markdown.
//! Text of a file cannot become markup. What prose asks is answered in footnotes.

mod brief;
mod closing;
mod reasons;
mod text;
mod voices;

use super::{Group, PARTS, Shape, groups};
use crate::phrases::Phrases;
use crate::render::markdown::{head, row};
use crate::render::report::view::Report;
use crate::render::report::view::brief::summary_of;
use crate::render::report::view::model::{Horizon, Likelihood, Prose, Share};
use crate::text::lang::Lang;
use std::fmt::Write;
use text::{code, paragraphs, text};

/// The page without charts.
pub(super) fn page(report: &Report, shape: &Shape) -> String {
    with_pictures(report, shape, &[])
}

/// The page with links to charts: the name of each, with what it shows and its file.
pub(crate) fn with_pictures(report: &Report, shape: &Shape, pictures: &[Picture]) -> String {
    let mut page = Page {
        report,
        shape,
        say: Phrases::of(Lang::find(&report.lang).unwrap_or_default()),
        pictures,
        out: String::new(),
    };
    page.marking();
    match shape.brief {
        true => page.brief(),
        false => page.write(),
    }
    page.marking();
    let text = page.out;
    text.trim_start().to_owned()
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
    shape: &'a Shape,
    say: &'static Phrases,
    pictures: &'a [Picture],
    out: String,
}

impl Page<'_> {
    fn write(&mut self) {
        self.header();
        for part in PARTS.iter().filter(|part| self.shape.shows(part)) {
            match *part {
                "judgements" => self.judgements(),
                "summary" => self.summary(),
                "answer" => self.answer(),
                "outcomes" => self.outcomes(),
                "views" => self.views(),
                "text" => self.sections(),
                "contributions" => self.contributions(),
                "drivers" => self.drivers(),
                "numbers" => self.numbers(),
                "matrix" => self.matrix(),
                "events" => self.events(),
                "changes" => self.changes(),
                "tipping" => self.tipping(),
                "scenarios" => self.scenarios(),
                "assumptions" => self.assumptions(),
                "bets" => self.bets(),
                "checks" => self.checks(),
                "sources" => self.sources(),
                "method" => self.method(),
                // The file itself is left out.
                _ => {}
            }
        }
    }

    /// Who may see it, above and below.
    fn marking(&mut self) {
        if let Some(marking) = &self.report.marking {
            self.line(&format!("**{}**", text(marking)));
        }
    }

    /// Whose it is, where somebody says so.
    fn house(&mut self) {
        if let Some(organisation) = &self.report.organisation {
            self.line(&text(organisation));
        }
    }

    /// Prose; its footnotes stand under the method.
    fn prose(&mut self, prose: &Prose) {
        paragraphs(&mut self.out, &prose.0, self.shape.shows("method"));
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
        let columns: Vec<String> = self
            .report
            .horizons
            .iter()
            .map(|h| self.column(h))
            .collect();
        self.out.push('\n');
        head(&mut self.out, columns.into_iter());
        for (label, cells) in rows {
            row(&mut self.out, label, cells.iter().cloned());
        }
    }

    fn column(&self, horizon: &Horizon) -> String {
        // What is so has no day.
        if horizon.from == horizon.to {
            return text(&horizon.title);
        }
        let assumed = if horizon.open { "\\*" } else { "" };
        let to = self.say.get("to");
        format!("{}, {to} {}{assumed}", text(&horizon.title), horizon.to)
    }

    fn title_of(&self, id: &str) -> String {
        let outcomes = self.report.outcomes.iter();
        let found = outcomes.map(|o| (&o.id, &o.title)).find(|o| o.0 == id);
        text(found.map_or(id, |o| o.1))
    }

    fn header(&mut self) {
        let r = self.report;
        self.house();
        let _ = write!(self.out, "\n# {}\n", text(&r.title));
        let author = r.author.iter().map(|a| text(a));
        let facts = author.chain([
            format!("{} {}", self.say.get("as_of"), r.as_of_words),
            format!("{} {}", self.say.get("words_of"), code(&r.scale)),
        ]);
        let facts = facts.chain(r.tags.iter().map(|t| text(t)));
        self.line(&facts.collect::<Vec<_>>().join(" · "));
        self.under();
        if !r.findings.is_empty() {
            let count = self.say.count("warnings", r.findings.len());
            let remark = self.say.get("warnings_remark");
            self.line(&match self.shape.shows("checks") {
                true => {
                    // The address that a heading gets by itself.
                    let checks = self.say.get("checks").to_lowercase().replace(' ', "-");
                    format!("> [{count}](#{checks}) {remark}")
                }
                false => format!("> {count} {remark}"),
            });
        }
        self.prose(&r.context);
    }

    fn what_if(&mut self) {
        let r = self.report;
        if r.what_if.is_empty() {
            return;
        }
        let each = r.what_if.iter().map(|one| {
            let key = format!("what_if_{}", one.kind);
            let words = self.say.get(&key);
            format!("{words} **{}**", text(&one.text))
        });
        let each: Vec<String> = each.collect();
        let before = r.as_it_stands.iter().map(|s| format!(" {}", text(s)));
        let before: String = before.collect();
        let (title, remark) = (self.say.get("what_if"), self.say.get("what_if_remark"));
        let each = each.join("; ");
        self.line(&format!("> **{title}** {each}. {remark}{before}"));
    }

    fn under(&mut self) {
        self.what_if();
        if let Some(under) = &self.report.under {
            let (title, sets) = (text(&under.title), code(&under.sets));
            let (before, after) = (self.say.get("under"), self.say.get("under_remark"));
            self.line(&format!("> {before} **{title}** ({sets}). {after}"));
        }
    }

    fn summary(&mut self) {
        if let Some(at) = summary_of(self.report) {
            let section = &self.report.sections[at];
            self.heading(2, &text(&section.title));
            self.prose(&section.text);
        }
    }

    fn answer(&mut self) {
        self.heading(2, self.say.get("answer"));
        for group in groups(self.report) {
            if let Some(title) = group.title {
                self.heading(3, &text(title));
            }
            for answer in group.answers {
                self.line(&format!("**{}**", text(&answer.sentence)));
                self.line(&text(&answer.confidence_sentence));
            }
            if let Some(question) = group.question {
                self.prose(&question.resolves);
                self.prose(&question.note);
            }
        }
        let r = self.report;
        if !r.resolves.0.is_empty() {
            self.heading(3, self.say.get("how_known"));
            self.prose(&r.resolves);
        }
        self.prose(&r.note);
        if !r.resolved.is_empty() {
            self.heading(3, self.say.get("came_true"));
            self.out.push('\n');
            for item in &r.resolved {
                let _ = writeln!(self.out, "- {}", code(&item.text));
            }
        }
    }

    fn outcomes(&mut self) {
        let r = self.report;
        self.heading(2, self.say.get("outcomes"));
        for (i, group) in groups(r).iter().enumerate() {
            if let Some(title) = group.title {
                self.heading(3, &text(title));
            }
            match group.id.filter(|_| i > 0) {
                None => self.picture("outcomes"),
                Some(id) => self.picture(&format!("outcomes-{id}")),
            }
            self.outcomes_of(group);
        }
        let mut remarks = Vec::new();
        if r.method.draws > 0 {
            remarks.push(self.say.get("outcomes_brackets").to_owned());
        }
        remarks.extend(r.coverage.as_deref().map(text));
        remarks.push(self.say.get("rounded").to_owned());
        if r.outcomes.iter().any(|o| o.is_final) {
            remarks.push(self.say.get("by_then_remark").to_owned());
        }
        if r.horizons.iter().any(|h| h.open) {
            remarks.push(self.say.get("assumed_end").replace('*', "\\*"));
        }
        self.line(&remarks.join(" "));
        for outcome in &r.outcomes {
            if outcome.resolves.0.is_empty() && outcome.note.0.is_empty() {
                continue;
            }
            self.heading(3, &text(&outcome.title));
            self.prose(&outcome.resolves);
            self.prose(&outcome.note);
        }
    }

    /// The table of one question's outcomes.
    fn outcomes_of(&mut self, group: &Group<'_>) {
        let mut rows: Vec<(String, Vec<String>)> = Vec::new();
        for outcome in &group.outcomes {
            let by = match outcome.is_final {
                true => format!(", {}", self.say.get("by_then")),
                false => String::new(),
            };
            let cells = outcome.horizons.iter().zip(group.answers);
            let cells = cells.map(|(at, answer)| chance(at, answer.leader.id == outcome.id));
            rows.push((format!("{}{by}", text(&outcome.title)), cells.collect()));
        }
        let each = |cell: &dyn Fn(&crate::render::report::view::model::Answer) -> String| {
            group.answers.iter().map(cell).collect::<Vec<_>>()
        };
        rows.push((
            self.say.get("leader").to_owned(),
            each(&|a| {
                let margin = self.say.fill("by_margin", &[("points", &a.margin_text)]);
                format!("{}, {margin}", text(&a.leader.title))
            }),
        ));
        rows.push((
            self.say.get("confidence").to_owned(),
            each(&|a| self.say.get(&a.confidence).to_owned()),
        ));
        self.table(&rows);
    }

    fn sections(&mut self) {
        let summary = summary_of(self.report);
        let sections = self.report.sections.iter().enumerate();
        let mut sections = sections.filter(|(i, _)| Some(*i) != summary).peekable();
        if sections.peek().is_none() {
            return;
        }
        self.heading(2, self.say.get("text"));
        for (_, section) in sections {
            self.heading(3, &text(&section.title));
            self.prose(&section.text);
        }
    }

    fn numbers(&mut self) {
        let r = self.report;
        if r.numbers.is_empty() {
            return;
        }
        self.heading(2, self.say.get("numbers"));
        for (i, number) in r.numbers.iter().enumerate() {
            let title = format!("{} ({})", number.title, number.about);
            self.heading(3, &text(&title));
            if !number.horizons.is_empty() {
                self.picture(&format!("numbers-{i}"));
            }
            self.out.push('\n');
            head(&mut self.out, r.horizons.iter().map(|h| text(&h.title)));
            for line in &number.rows {
                let cells = line.cells.iter().map(|cell| text(cell));
                row(&mut self.out, &text(&line.label), cells);
            }
            self.prose(&number.note);
        }
    }

    fn matrix(&mut self) {
        let r = self.report;
        if r.matrices.is_empty() {
            return;
        }
        self.heading(2, self.say.get("matrix"));
        for matrix in &r.matrices {
            self.heading(3, &text(&matrix.title));
            self.out.push('\n');
            head(&mut self.out, matrix.impacts.iter().map(|w| text(w)));
            for line in &matrix.rows {
                let cells = line.cells.iter().map(|cell| {
                    let mut parts: Vec<String> = cell.things.iter().map(|t| text(t)).collect();
                    parts.extend(cell.risk.iter().map(|r| format!("*{}*", text(r))));
                    parts.join("<br>")
                });
                row(&mut self.out, &text(&line.term), cells);
            }
        }
    }

    fn events(&mut self) {
        let r = self.report;
        if r.events.is_empty() {
            return;
        }
        self.heading(2, self.say.get("events"));
        self.picture("events");
        let rows = r.events.iter().map(|event| {
            let cells = event.horizons.iter().map(|at| match event.hypothetical {
                true => self.say.get("no_chance_short").to_owned(),
                false => chance(at, false),
            });
            (text(&event.title), cells.collect())
        });
        let rows: Vec<_> = rows.collect();
        self.table(&rows);
        for event in r.events.iter().filter(|e| !e.resolves.0.is_empty()) {
            let title = text(&event.title);
            self.heading(3, &self.say.fill("known_of", &[("title", &title)]));
            self.prose(&event.resolves);
        }
    }
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
    if let Some(span) = &chance.span {
        let _ = write!(out, "; interval: {}", text(span));
    }
    out
}

fn shares(all: &[Share]) -> Vec<String> {
    all.iter().map(|s| text(&s.text)).collect()
}
