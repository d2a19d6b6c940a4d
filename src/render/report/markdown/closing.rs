//! Scenarios, assumptions, bets, checks and method in Markdown.
//!
//! In: a report. Out: its last sections and the footnotes.

use super::text::{code, line, paragraphs, text};
use super::{Page, chance};
use crate::render::verdict::markdown::{head, row};
use std::fmt::Write;

impl Page<'_> {
    pub(super) fn scenarios(&mut self) {
        let r = self.report;
        if r.scenarios.is_empty() {
            return;
        }
        self.heading(2, "Scenarios");
        self.line(
            "The verdict if things were made so. A scenario fixes them from the start, and says \
             nothing of their causes.",
        );
        let titles: Vec<String> = std::iter::once("As it stands".to_owned())
            .chain(r.scenarios.iter().map(|s| text(&s.title)))
            .collect();
        for (h, horizon) in r.horizons.iter().enumerate() {
            self.heading(3, &super::column(horizon));
            self.out.push('\n');
            head(&mut self.out, titles.clone().into_iter());
            for (o, outcome) in r.outcomes.iter().enumerate() {
                let now = &outcome.horizons[h].text;
                let cells = r.scenarios.iter().map(|s| &s.horizons[h].outcomes[o].text);
                let cells = cells.map(|then| match then == now {
                    true => text(then),
                    false => format!("**{}**", text(then)),
                });
                let cells: Vec<String> = std::iter::once(text(now)).chain(cells).collect();
                row(&mut self.out, &text(&outcome.title), cells.into_iter());
            }
            let leaders = r.scenarios.iter().map(|s| match &s.horizons[h] {
                at if at.flips => format!("**{} (changes)**", self.title_of(&at.leader)),
                at => self.title_of(&at.leader),
            });
            let now = text(&r.answers[h].leader.title);
            let cells: Vec<String> = std::iter::once(now).chain(leaders).collect();
            row(&mut self.out, "Leader", cells.into_iter());
        }
        for scenario in &r.scenarios {
            let (title, sets) = (text(&scenario.title), code(&scenario.sets));
            let id = code(&scenario.id);
            self.line(&format!("{title} ({id}, {}): {sets}", line(scenario.place)));
            paragraphs(&mut self.out, &scenario.note);
        }
    }

    pub(super) fn assumptions(&mut self) {
        let r = self.report;
        if r.assumptions.is_empty() && r.assumed.is_empty() {
            return;
        }
        self.heading(2, "Assumptions");
        for assumption in &r.assumptions {
            let id = code(&assumption.id);
            let place = line(assumption.place);
            self.heading(3, &format!("{} ({id}, {place})", text(&assumption.title)));
            if let Some(confidence) = &assumption.confidence {
                self.line(&format!(
                    "Its author’s confidence in it: {}.",
                    text(confidence)
                ));
            }
            if !assumption.pushes.is_empty() {
                self.line("If it is wrong, it pushes:");
                let pushes: Vec<String> = assumption.pushes.iter().map(|p| text(p)).collect();
                self.list(&pushes);
            }
            self.evidence(&assumption.evidence);
            paragraphs(&mut self.out, &assumption.note);
        }
        if !r.assumed.is_empty() {
            self.heading(3, "Taken for granted without being written");
            let assumed: Vec<String> = r.assumed.iter().map(|s| text(s)).collect();
            self.list(&assumed);
        }
    }

    pub(super) fn bets(&mut self) {
        let r = self.report;
        if r.bets.is_empty() {
            return;
        }
        self.heading(2, "Bets");
        self.line("Edge is the chance less the price, in percentage points.");
        self.out.push('\n');
        let titles = ["On", "Price", "Chance", "Edge"];
        head(&mut self.out, titles.map(str::to_owned).into_iter());
        for bet in &r.bets {
            let cells = [
                code(&bet.on),
                text(&bet.price.text),
                chance(&bet.chance, true),
                bet.edge_text.clone(),
            ];
            row(&mut self.out, &text(&bet.title), cells.into_iter());
        }
        for bet in r.bets.iter().filter(|bet| !bet.note.0.is_empty()) {
            self.line(&format!("**{}**", text(&bet.title)));
            paragraphs(&mut self.out, &bet.note);
        }
    }

    pub(super) fn checks(&mut self) {
        let r = self.report;
        self.heading(2, "Checks");
        let failed = r.expectations.iter().filter(|e| !e.holds).count();
        let total = r.expectations.len();
        self.line(&match (total, failed) {
            (0, _) => "The file states no expectation.".to_owned(),
            (1, 0) => "The one expectation holds.".to_owned(),
            (n, 0) => format!("All {n} expectations hold."),
            (n, 1) => format!("1 of {n} expectations fails."),
            (n, failed) => format!("{failed} of {n} expectations fail."),
        });
        if total > 0 {
            self.out.push('\n');
            let titles = ["It is", "Holds"].map(str::to_owned);
            head(&mut self.out, titles.into_iter());
            for e in &r.expectations {
                let holds = match (&e.instead, e.holds) {
                    (_, true) => "yes".to_owned(),
                    (Some(instead), false) => format!("**no**: {}", text(instead)),
                    (None, false) => "**no**".to_owned(),
                };
                let label = format!("{} ({})", code(&e.text), line(e.place));
                row(
                    &mut self.out,
                    &label,
                    [text(&e.answer.text), holds].into_iter(),
                );
            }
        }
        self.heading(3, "Findings of `assess check`");
        if r.findings.is_empty() {
            self.line("No warning.");
        }
        let findings = r.findings.iter().map(|f| {
            let help = f.help.iter().map(|help| format!(" {}", text(help)));
            let help: String = help.collect();
            let (rule, message) = (code(&f.rule), text(&f.message));
            format!("{rule}: {message} ({}).{help}", line(f.place))
        });
        let findings: Vec<String> = findings.collect();
        self.list(&findings);
        match r.notes {
            0 => {}
            1 => self.line("One note beside, which `assess check` prints."),
            n => self.line(&format!("{n} notes beside, which `assess check` prints.")),
        }
    }

    pub(super) fn method(&mut self) {
        let r = self.report;
        self.heading(2, "Method");
        self.line(&text(&r.method.summary));
        self.line(&text(&r.method.confidence));
        let draws = match r.method.draws {
            0 => String::new(),
            n => format!(", {n} draws"),
        };
        self.line(&format!(
            "A reason’s weight is a likelihood ratio; ratings by the Admiralty code discount it, and \
             what overlaps is not counted twice. Words of likelihood are those of the scale {}. \
             Computed by `assess` {} from {}; seed {}{draws}. The same file gives the same numbers \
             on every machine.",
            code(&r.scale),
            r.method.version,
            r.files.first().map_or(String::new(), |f| code(&f.name)),
            r.method.seed
        ));
        for (i, query) in r.queries.iter().enumerate() {
            let mut note = format!("{}: {}. ", code(&query.text), text(&query.means));
            note += &chance(&query.answer, true);
            if let Some((word, holds)) = &query.expected {
                let not = if *holds { "" } else { " **(not so)**" };
                let _ = write!(note, "; the text expects {}{not}", text(word));
            }
            let _ = write!(self.out, "\n[^{}]: {note} ({})\n", i + 1, line(query.place));
        }
    }
}
