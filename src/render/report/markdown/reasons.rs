//! What moves the verdict, and what would change it, in Markdown.
//!
//! In: a report. Out: its sections, at the end of the page so far.

use super::text::{code, line, paragraphs, source, text};
use super::{Page, column, shares};
use crate::render::verdict::markdown::{head, row};
use crate::report::model::{Change, ChangeAt, Contributions, Driver, Evidence, Sets, Tipping};
use std::fmt::Write;

impl Page<'_> {
    pub(super) fn contributions(&mut self) {
        let r = self.report;
        if r.contributions.is_empty() && r.left_out.is_none() {
            return;
        }
        self.heading(2, "From the prior to the verdict");
        if let Some(left_out) = &r.left_out {
            return self.line(&text(left_out));
        }
        self.line(
            "What each reason adds to an outcome or takes from it, in percentage points, on the way \
             from what one would hold before any reason to the verdict. The shares sum exactly, \
             whatever the order of the reasons.",
        );
        for horizon in &r.horizons {
            self.picture(&format!("waterfall-{}", horizon.id));
        }
        for of in &r.contributions {
            self.moves(of);
        }
    }

    fn moves(&mut self, of: &Contributions) {
        self.heading(3, &format!("What moves “{}”", text(&of.title)));
        let mut rows = vec![("Prior".to_owned(), shares(&of.prior))];
        for moved in &of.rows {
            let rated = moved.rated.iter().chain(&moved.dated);
            let rated: Vec<String> = rated.map(|t| text(t)).collect();
            let label = match rated.is_empty() {
                true => text(&moved.title),
                false => format!("{} ({})", text(&moved.title), rated.join(", ")),
            };
            let cells = moved.horizons.iter().map(|step| match &step.decibans_text {
                Some(decibans) => format!("{} ({})", text(&step.points_text), text(decibans)),
                None => text(&step.points_text),
            });
            rows.push((label, cells.collect()));
        }
        let verdict = shares(&of.verdict).into_iter().map(|s| format!("**{s}**"));
        rows.push(("**Verdict**".to_owned(), verdict.collect()));
        self.table(&rows);
        match of.others {
            _ if of.rows.is_empty() => self.line("No input moves it: the verdict is the prior."),
            0 => {}
            1 => self.line("One other input does not move it."),
            n => self.line(&format!("{n} other inputs do not move it.")),
        }
    }

    pub(super) fn drivers(&mut self) {
        let r = self.report;
        if r.drivers.is_empty() && r.prior.is_none() {
            return;
        }
        self.heading(2, "Reasons and their evidence");
        if r.horizons.len() > 1 {
            let titles: Vec<String> = r.horizons.iter().map(|h| text(&h.title)).collect();
            self.line(&format!(
                "With slashes, by horizon: {}.",
                titles.join(" / ")
            ));
        }
        if let Some(prior) = &r.prior {
            let title = prior.title.as_deref().unwrap_or("Prior");
            self.heading(
                3,
                &format!("{} (prior, {})", text(title), line(prior.place)),
            );
            self.out.push('\n');
            for (outcome, each) in r.outcomes.iter().zip(&prior.outcomes) {
                let each = shares(each).join(" / ");
                let _ = writeln!(self.out, "- {}: {each}", text(&outcome.title));
            }
            if let Some(from) = &prior.source {
                self.line(&format!("Source: {}", source(from)));
            }
            self.evidence(&prior.evidence);
            paragraphs(&mut self.out, &prior.note);
        }
        let (moving, idle): (Vec<_>, Vec<_>) = r.drivers.iter().partition(|d| d.moves);
        for driver in moving {
            self.driver(driver);
        }
        if !idle.is_empty() {
            let title = match r.left_out {
                None => "What moves nothing here, and why",
                Some(_) => "All inputs",
            };
            self.heading(3, title);
            for driver in idle {
                self.driver(driver);
            }
        }
    }

    fn driver(&mut self, driver: &Driver) {
        let title = text(&driver.title);
        let (kind, id) = (&driver.kind, code(&driver.id));
        self.heading(4, &format!("{title} ({kind} {id}, {})", line(driver.place)));
        let mut lines: Vec<String> = driver.pushes.iter().map(|p| text(p)).collect();
        lines.extend(
            driver
                .when
                .as_ref()
                .map(|when| format!("when {}", code(when))),
        );
        lines.extend((!driver.chance.is_empty()).then(|| text(&driver.chance)));
        lines.extend(driver.idle.as_ref().map(|idle| text(idle)));
        self.list(&lines);
        if let Some(from) = &driver.source {
            self.line(&format!("Source: {}", source(from)));
        }
        self.evidence(&driver.evidence);
        paragraphs(&mut self.out, &driver.note);
    }

    pub(super) fn list(&mut self, lines: &[String]) {
        if lines.is_empty() {
            return;
        }
        self.out.push('\n');
        for line in lines {
            let _ = writeln!(self.out, "- {line}");
        }
    }

    pub(super) fn evidence(&mut self, all: &[Evidence]) {
        let lines: Vec<String> = all.iter().map(item).collect();
        self.list(&lines);
        for item in all.iter().filter(|item| !item.note.0.is_empty()) {
            paragraphs(&mut self.out, &item.note);
        }
    }

    pub(super) fn changes(&mut self) {
        if self.report.changes.is_empty() {
            return;
        }
        self.heading(2, "What would change the verdict");
        self.line("Without each clause → given it.");
        for change in &self.report.changes {
            self.change(change);
        }
    }

    /// Who leads without a condition and given it; both where they differ.
    fn leaders(&self, at: &ChangeAt) -> String {
        let Some(leader) = &at.leader else {
            return "—".to_owned();
        };
        let without = at.leader_without.as_ref().filter(|other| *other != leader);
        let title = match without {
            Some(other) => format!("{} → {}", self.title_of(other), self.title_of(leader)),
            None => self.title_of(leader),
        };
        match (at.flips, at.absence_flips && without.is_some()) {
            (true, _) => format!("**{title} (changes)**"),
            (false, true) => format!("**{title} (changes without it)**"),
            (false, false) => title,
        }
    }

    fn change(&mut self, change: &Change) {
        let r = self.report;
        self.heading(3, &text(&change.title));
        let (id, when) = (code(&change.id), code(&change.when));
        self.line(&format!("{id}, when {when} ({})", line(change.place)));
        let chances = change.horizons.iter().map(|at| text(&at.chance.text));
        let mut rows = vec![("Its chance".to_owned(), chances.collect())];
        for (o, outcome) in r.outcomes.iter().enumerate() {
            let cells = change.horizons.iter().map(|at| given(at, o));
            rows.push((text(&outcome.title), cells.collect()));
        }
        let leaders = change.horizons.iter().map(|at| self.leaders(at));
        rows.push(("Leader".to_owned(), leaders.collect()));
        self.table(&rows);
        for remark in &change.remarks {
            self.line(&text(remark));
        }
        paragraphs(&mut self.out, &change.note);
        let takes = r.horizons.iter().zip(&change.horizons);
        let takes = takes.filter_map(|(horizon, at)| {
            let sentence = text(at.sentence.as_ref()?);
            Some(format!("{}: {sentence}", text(&horizon.title)))
        });
        let takes: Vec<String> = takes.collect();
        self.list(&takes);
    }

    pub(super) fn tipping(&mut self) {
        let r = self.report;
        if r.tipping_notes.is_empty() {
            return;
        }
        self.heading(2, "Tipping points");
        self.line("How far each stated number would have to move for another outcome to lead.");
        for (horizon, tipping) in r.horizons.iter().zip(&r.tipping) {
            self.heading(3, &column(horizon));
            self.picture(&format!("tornado-{}", horizon.id));
            self.tips(tipping);
        }
        for note in &r.tipping_notes {
            self.line(&text(note));
        }
    }

    fn tips(&mut self, tipping: &Tipping) {
        if !tipping.rows.is_empty() {
            self.out.push('\n');
            let titles = ["Distance", "Today → then", "Then leads"];
            head(&mut self.out, titles.map(str::to_owned).into_iter());
            for tip in &tipping.rows {
                let way = if tip.decibans < 0.0 { "down" } else { "up" };
                let leader = tip.leader_title.as_deref().unwrap_or("—");
                let cells = [
                    format!("{} {way}", text(&tip.distance)),
                    format!("{} → {}", text(&tip.today), text(&tip.then)),
                    text(leader),
                ];
                row(&mut self.out, &code(&tip.clause), cells.into_iter());
            }
        }
        for sentence in &tipping.about {
            self.line(&text(sentence));
        }
        for Sets { heading, lines } in &tipping.sets {
            let colon = if lines.is_empty() { "" } else { ":" };
            self.line(&format!("{}{colon}", text(heading)));
            let lines: Vec<String> = lines.iter().map(|l| text(l)).collect();
            self.list(&lines);
        }
    }
}

fn item(item: &Evidence) -> String {
    let mut out = format!("“{}” ", text(&item.text));
    out += &match &item.source {
        Some(from) => source(from),
        None => "No source".to_owned(),
    };
    if let Some(dated) = &item.dated_words {
        let _ = write!(out, ", {dated}");
    }
    out += &match &item.rated {
        Some(r) => format!(
            ". **{}**: {}, {}; counts {}.",
            r.code, r.source, r.information, r.discount_text
        ),
        None => ". Not rated.".to_owned(),
    };
    let _ = write!(out, " ({})", line(item.place));
    out
}

fn given(at: &ChangeAt, o: usize) -> String {
    let text_of = |all: &[crate::report::model::Share]| all.get(o).map(|s| text(&s.text));
    match (text_of(&at.absent), text_of(&at.given)) {
        (_, None) => "—".to_owned(),
        (Some(without), Some(with)) if without != with => format!("{without} → **{with}**"),
        (_, Some(with)) => with,
    }
}
