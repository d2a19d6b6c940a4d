//! Scenarios, assumptions, bets, checks and method in Markdown.
//!
//! In: a report. Out: its last sections and the footnotes.

use super::text::{code, line, text};
use super::{Page, chance};
use crate::render::markdown::{head, link, row};
use std::fmt::Write;

impl Page<'_> {
    pub(super) fn scenarios(&mut self) {
        let r = self.report;
        if r.scenarios.is_empty() {
            return;
        }
        self.heading(2, self.say.get("scenarios"));
        self.line(self.say.get("scenarios_remark"));
        let titles: Vec<String> = std::iter::once(self.say.get("as_it_stands").to_owned())
            .chain(r.scenarios.iter().map(|s| text(&s.title)))
            .collect();
        for (h, horizon) in r.horizons.iter().enumerate() {
            self.heading(3, &self.column(horizon));
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
                at if at.flips => {
                    format!(
                        "**{} {}**",
                        self.title_of(&at.leader),
                        self.say.get("changed")
                    )
                }
                at => self.title_of(&at.leader),
            });
            let now = r.answers.get(h);
            let now = now.map_or(String::new(), |a| text(&a.leader.title));
            let cells: Vec<String> = std::iter::once(now).chain(leaders).collect();
            row(&mut self.out, self.say.get("leader"), cells.into_iter());
        }
        for scenario in &r.scenarios {
            let (title, sets) = (text(&scenario.title), code(&scenario.sets));
            let id = code(&scenario.id);
            self.line(&format!(
                "{title} ({id}, {}): {sets}",
                line(self.say, scenario.place)
            ));
            self.prose(&scenario.note);
        }
    }

    pub(super) fn assumptions(&mut self) {
        let r = self.report;
        if r.assumptions.is_empty() && r.assumed.is_empty() {
            return;
        }
        self.heading(2, self.say.get("assumptions"));
        for assumption in &r.assumptions {
            let id = code(&assumption.id);
            let place = line(self.say, assumption.place);
            self.heading(3, &format!("{} ({id}, {place})", text(&assumption.title)));
            if let Some(confidence) = &assumption.confidence {
                let level = self.say.get(confidence);
                self.line(&self.say.fill("author_confidence", &[("level", level)]));
            }
            if !assumption.pushes.is_empty() {
                self.line(self.say.get("if_wrong"));
                let pushes: Vec<String> = assumption.pushes.iter().map(|p| text(p)).collect();
                self.list(&pushes);
            }
            self.evidence(&assumption.evidence);
            self.prose(&assumption.note);
        }
        if !r.assumed.is_empty() {
            self.heading(3, self.say.get("assumed"));
            let assumed: Vec<String> = r.assumed.iter().map(|s| text(s)).collect();
            self.list(&assumed);
        }
    }

    pub(super) fn bets(&mut self) {
        let r = self.report;
        if r.bets.is_empty() {
            return;
        }
        self.heading(2, self.say.get("bets"));
        self.line(&format!("{}.", self.say.get("edge_remark")));
        self.out.push('\n');
        let titles = ["on_head", "price_head", "chance_head", "edge_head"];
        let titles = titles.map(|key| self.say.get(key).to_owned());
        head(&mut self.out, titles.into_iter());
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
            self.prose(&bet.note);
        }
    }

    pub(super) fn checks(&mut self) {
        let r = self.report;
        let has_more = !r.findings.is_empty() || r.notes > 0;
        if r.expectations.is_empty() && !has_more {
            return;
        }
        self.heading(2, self.say.get("checks"));
        let failed = r.expectations.iter().filter(|e| !e.holds).count();
        let total = r.expectations.len();
        let (n, fail) = (total.to_string(), failed.to_string());
        let key = match (total, failed) {
            (0, _) => "expectations_none",
            (1, 0) => "expectation_holds",
            (2, 0) => "expectations_both_hold",
            (_, 0) => "expectations_hold",
            (_, 1) => "expectations_fail_one",
            _ => "expectations_fail",
        };
        if total > 0 || r.under.is_none() {
            self.line(&self.say.fill(key, &[("n", &n), ("failed", &fail)]));
        }
        if total > 0 {
            self.out.push('\n');
            let titles = ["is_head", "holds_head"].map(|key| self.say.get(key).to_owned());
            head(&mut self.out, titles.into_iter());
            for e in &r.expectations {
                let holds = match (&e.instead, e.holds) {
                    (_, true) => self.say.get("yes").to_owned(),
                    (Some(instead), false) => {
                        format!("**{}**: {}", self.say.get("no"), text(instead))
                    }
                    (None, false) => format!("**{}**", self.say.get("no")),
                };
                let label = format!("{} ({})", code(&e.text), line(self.say, e.place));
                row(
                    &mut self.out,
                    &label,
                    [text(&e.answer.text), holds].into_iter(),
                );
            }
        }
        if !has_more {
            return;
        }
        self.heading(3, self.say.get("findings"));
        if r.findings.is_empty() {
            self.line(self.say.get("no_warning"));
        }
        let findings = r.findings.iter().map(|f| {
            let help = f.help.iter().map(|help| format!(" {}", text(help)));
            let help: String = help.collect();
            let (rule, message) = (code(&f.rule), text(&f.message));
            format!("{rule}: {message} ({}).{help}", line(self.say, f.place))
        });
        let findings: Vec<String> = findings.collect();
        self.list(&findings);
        match r.notes {
            0 => {}
            n => self.line(&self.say.count("notes", n)),
        }
    }

    pub(super) fn sources(&mut self) {
        let r = self.report;
        if r.sources.is_empty() {
            return;
        }
        self.heading(2, self.say.get("sources"));
        self.out.push('\n');
        let titles = ["rated_head", "dated_head", "used_head"];
        let titles = titles.map(|key| self.say.get(key).to_owned());
        head(&mut self.out, titles.into_iter());
        for listed in &r.sources {
            let label = match &listed.url {
                Some(url) => link(url),
                None => text(&listed.text),
            };
            let used: Vec<String> = listed.used.iter().map(|u| text(&u.title)).collect();
            let cells = [
                listed.rated.join(", "),
                listed.dated.join("; "),
                used.join("; "),
            ];
            row(&mut self.out, &label, cells.into_iter());
        }
    }

    pub(super) fn method(&mut self) {
        let r = self.report;
        self.heading(2, self.say.get("method"));
        self.line(&text(&r.method.summary));
        self.line(&text(&r.method.confidence));
        let (seed, draws) = (r.method.seed.to_string(), r.method.draws.to_string());
        let gaps = [
            ("scale", r.scale.as_str()),
            ("version", &r.method.version),
            ("seed", &seed),
            ("draws", &draws),
        ];
        self.line(&self.say.fill("method_remark", &gaps));
        let name = r.files.first().map_or("", |f| f.name.as_str());
        let gaps = [("version", r.method.version.as_str()), ("file", name)];
        self.line(&self.say.fill("footer", &gaps));
        for (i, query) in r.queries.iter().enumerate() {
            let mut note = format!("{}: {}. ", code(&query.text), text(&query.means));
            note += &chance(&query.answer, true);
            if let Some((word, holds)) = &query.expected {
                let not = match *holds {
                    true => String::new(),
                    false => format!(" **{}**", self.say.get("not_so")),
                };
                note += &self.say.fill("text_expects", &[("word", &text(word))]);
                note += &not;
            }
            let _ = write!(
                self.out,
                "\n[^{}]: {note} ({})\n",
                i + 1,
                line(self.say, query.place)
            );
        }
    }
}
