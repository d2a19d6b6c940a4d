//! What moves the verdict, and what would change it, in Markdown.
//!
//! In: a report. Out: its sections, at the end of the page so far.

use super::text::{code, line, source, text};
use super::{Page, shares};
use crate::phrases::Phrases;
use crate::render::explain::markdown::code as ticked;
use crate::render::markdown::{head, row};
use crate::render::report::view::model::{
    Change, ChangeAt, Contributions, Driver, Evidence, Sets, Tipping,
};
use std::fmt::Write;

impl Page<'_> {
    pub(super) fn contributions(&mut self) {
        let r = self.report;
        if r.contributions.is_empty() && r.left_out.is_none() {
            return;
        }
        self.heading(2, self.say.get("contributions"));
        if let Some(left_out) = &r.left_out {
            return self.line(&text(left_out));
        }
        self.line(self.say.get("contributions_remark"));
        for horizon in &r.horizons {
            self.picture(&format!("waterfall-{}", horizon.id));
        }
        for of in &r.contributions {
            let before = match of.decided {
                Some(_) => "without_pushes",
                None => "prior",
            };
            self.moves(of, ["what_moves", before, "verdict"]);
            match (&of.decided, of.others) {
                (Some(decided), _) => self.line(&ticked(decided)),
                _ if of.rows.is_empty() => self.line(self.say.get("unmoved")),
                (None, 0) => {}
                (None, n) => self.line(&self.say.count("unmoving", n)),
            }
        }
        for of in &r.pushed {
            self.moves(of, ["what_moves_chance", "without_pushes", "chance_row"]);
        }
    }

    /// A table of what moves something, by the phrases of its title, its first and its last row.
    fn moves(&mut self, of: &Contributions, [title, before, after]: [&str; 3]) {
        let quoted = self.say.quote(&text(&of.title));
        self.heading(3, &format!("{} {quoted}", self.say.get(title)));
        let mut rows = vec![(self.say.get(before).to_owned(), shares(&of.prior))];
        for moved in &of.rows {
            let rated = moved.rated.iter().chain(&moved.dated_text);
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
        rows.push((format!("**{}**", self.say.get(after)), verdict.collect()));
        self.table(&rows);
    }

    pub(super) fn drivers(&mut self) {
        let r = self.report;
        if r.drivers.is_empty() && r.prior.is_none() && r.rows.is_empty() {
            return;
        }
        self.heading(2, self.say.get("drivers"));
        if r.horizons.len() > 1 {
            let titles: Vec<String> = r.horizons.iter().map(|h| text(&h.title)).collect();
            let before = self.say.get("by_slashes");
            self.line(&format!("{before} {}.", titles.join(" / ")));
        }
        if let Some(prior) = &r.prior {
            let title = prior.title.as_deref().unwrap_or(self.say.get("prior"));
            self.heading(
                3,
                &format!(
                    "{} ({}, {})",
                    text(title),
                    self.say.get("kind_prior"),
                    line(self.say, prior.place)
                ),
            );
            self.out.push('\n');
            for (outcome, each) in r.outcomes.iter().zip(&prior.outcomes) {
                let each = shares(each).join(" / ");
                let _ = writeln!(self.out, "- {}: {each}", text(&outcome.title));
            }
            if let Some(from) = &prior.source {
                self.line(&format!("{} {}", self.say.get("source_is"), source(from)));
            }
            self.evidence(&prior.evidence);
            self.prose(&prior.note);
        }
        for row in &r.rows {
            let kind = self.say.get("kind_prior");
            let head = format!(
                "{} ({kind}, {})",
                text(&row.title),
                line(self.say, row.place)
            );
            self.heading(3, &head);
            self.out.push('\n');
            for said in row.in_force.iter().chain(&row.says) {
                let _ = writeln!(self.out, "- {}", text(said));
            }
            if let Some(from) = &row.source {
                self.line(&format!("{} {}", self.say.get("source_is"), source(from)));
            }
            self.evidence(&row.evidence);
            self.prose(&row.note);
        }
        let (moving, idle): (Vec<_>, Vec<_>) = r.drivers.iter().partition(|d| d.moves);
        for driver in moving {
            self.driver(driver);
        }
        if !idle.is_empty() {
            let title = match r.left_out {
                None => self.say.get("idle"),
                Some(_) => self.say.get("inputs"),
            };
            self.heading(3, title);
            for driver in idle {
                self.driver(driver);
            }
        }
    }

    fn driver(&mut self, driver: &Driver) {
        let title = text(&driver.title);
        let key = format!("kind_{}", driver.kind);
        let (kind, id) = (self.say.get(&key), code(&driver.id));
        self.heading(
            4,
            &format!("{title} ({kind} {id}, {})", line(self.say, driver.place)),
        );
        let mut lines: Vec<String> = driver.pushes.iter().map(|p| text(p)).collect();
        lines.extend(
            driver
                .when
                .as_ref()
                .map(|when| format!("{} {}", self.say.get("when"), code(when))),
        );
        lines.extend((!driver.chance.is_empty()).then(|| text(&driver.chance)));
        lines.extend(driver.idle.as_ref().map(|idle| text(idle)));
        self.list(&lines);
        if let Some(from) = &driver.source {
            self.line(&format!("{} {}", self.say.get("source_is"), source(from)));
        }
        self.evidence(&driver.evidence);
        self.prose(&driver.note);
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
        let lines: Vec<String> = all.iter().map(|e| item(e, self.say)).collect();
        self.list(&lines);
        for item in all.iter().filter(|item| !item.note.0.is_empty()) {
            self.prose(&item.note);
        }
    }

    pub(super) fn changes(&mut self) {
        if self.report.changes.is_empty() {
            return;
        }
        self.heading(2, self.say.get("changes"));
        self.line(self.say.get("changes_remark"));
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
            (true, _) => format!("**{title} {}**", self.say.get("changed")),
            (false, true) => format!("**{title} {}**", self.say.get("changed_without")),
            (false, false) => title,
        }
    }

    fn change(&mut self, change: &Change) {
        let r = self.report;
        self.heading(3, &text(&change.title));
        let (id, when) = (code(&change.id), code(&change.when));
        let word = self.say.get("when");
        self.line(&format!(
            "{id}, {word} {when} ({})",
            line(self.say, change.place)
        ));
        let chances = change.horizons.iter().map(|at| text(&at.chance.text));
        let mut rows = vec![(self.say.get("its_chance").to_owned(), chances.collect())];
        for (o, outcome) in r.outcomes.iter().enumerate() {
            let cells = change.horizons.iter().map(|at| given(at, o));
            rows.push((text(&outcome.title), cells.collect()));
        }
        let leaders = change.horizons.iter().map(|at| self.leaders(at));
        rows.push((self.say.get("leader").to_owned(), leaders.collect()));
        self.table(&rows);
        for remark in &change.remarks {
            self.line(&text(remark));
        }
        self.prose(&change.note);
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
        self.heading(2, self.say.get("tipping"));
        self.line(self.say.get("tipping_remark"));
        for (h, (horizon, tipping)) in r.horizons.iter().zip(&r.tipping).enumerate() {
            self.heading(3, &self.column(horizon));
            self.picture(&format!("tornado-{}", horizon.id));
            self.tips(tipping);
            for question in &r.questions {
                if let Some(tipping) = question.tipping.get(h) {
                    self.heading(4, &text(&question.title));
                    self.tips(tipping);
                }
            }
        }
        for note in &r.tipping_notes {
            self.line(&text(note));
        }
    }

    fn tips(&mut self, tipping: &Tipping) {
        if !tipping.rows.is_empty() {
            self.out.push('\n');
            let today = format!(
                "{} → {}",
                self.say.get("today_head"),
                self.say.get("tips_head")
            );
            let titles = [self.say.get("far_head"), &today, self.say.get("then_head")];
            head(&mut self.out, titles.map(str::to_owned).into_iter());
            for tip in &tipping.rows {
                let way = if tip.decibans < 0.0 { "−" } else { "+" };
                let leader = tip.leader_title.as_deref().unwrap_or("—");
                let cells = [
                    format!("{way}{}", text(&tip.distance)),
                    format!("{} → {}", text(&tip.today), text(&tip.then)),
                    text(leader),
                ];
                let mut label = text(&tip.title);
                if let Some(within) = &tip.within {
                    let _ = write!(label, " ({})", text(within));
                }
                row(&mut self.out, &label, cells.into_iter());
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

fn item(item: &Evidence, say: &Phrases) -> String {
    let mut out = format!("{} ", say.quote(&text(&item.text)));
    out += &match &item.source {
        Some(from) => source(from),
        None => say.get("no_source").to_owned(),
    };
    if let Some(dated) = &item.dated_words {
        let _ = write!(out, ", {dated}");
    }
    out += &match &item.rated {
        Some(r) => format!(
            ". **{}**: {}, {}; {} {}.",
            r.code,
            r.source,
            r.information,
            say.get("counts"),
            r.discount_text
        ),
        None => format!(". {}", say.get("not_rated")),
    };
    let _ = write!(out, " ({})", line(say, item.place));
    out
}

fn given(at: &ChangeAt, o: usize) -> String {
    let text_of =
        |all: &[crate::render::report::view::model::Share]| all.get(o).map(|s| text(&s.text));
    match (text_of(&at.absent), text_of(&at.given)) {
        (_, None) => "—".to_owned(),
        (Some(without), Some(with)) if without != with => format!("{without} → **{with}**"),
        (_, Some(with)) => with,
    }
}
