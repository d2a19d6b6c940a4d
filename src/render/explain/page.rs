//! An explanation for people, block by block: from the prior to the verdict, then what that rests on.
//!
//! In: an explained assessment. Out: [`Block`]s in the order of the page. Outcomes that are shown:
//! those asked for, else every one that leads in a horizon shown and every final one.

use super::super::verdict::sections::{Panel, PanelRow, Tone};
use super::Explained;
use crate::infer::verdict::EventContribution;
use crate::phrases::Phrases;
use crate::resolve::assessment::{Decided, DriverId, HorizonId, OutcomeId, QuestionId};
use crate::resolve::table::Id;
use crate::text::lang::Lang;
use crate::text::round;

/// Contributions nearer to 0 than this, in percentage points, are rounding.
pub(super) const NOTHING: f64 = 1e-9;

/// So many of what moves an outcome stand in a short explanation.
const BRIEF: usize = 5;

/// A part of the page.
pub(super) enum Block {
    /// A heading, and what follows it in brackets.
    Heading(&'static str, String),
    /// The title of one question of several, above what is its own.
    Part(String),
    /// A table with horizons across.
    Panel(Panel),
    /// One thing with what is to be said of it, line by line.
    Item(String, Vec<String>),
}

impl Explained {
    /// The whole page but for its head.
    pub(super) fn blocks(&self) -> Vec<Block> {
        let mut blocks = Vec::new();
        if self.evaluated.is_ever_possible() {
            blocks.extend(self.waterfalls());
            blocks.extend(self.on_events());
            blocks.extend(self.on_numbers());
            if self.evaluated.asked.brief {
                blocks.extend(self.confidence_in_brief());
            } else {
                blocks.extend(self.reasons());
                blocks.extend(self.confidence());
                blocks.extend(self.widths());
            }
            blocks.extend(self.watching());
        }
        if self.evaluated.asked.brief {
            return blocks;
        }
        let mut assumed = self.evaluated.assumed().peekable();
        if assumed.peek().is_some() {
            blocks.push(Block::Heading("Assumed", String::new()));
            let items = assumed.map(|sentence| Block::Item(sentence.clone(), Vec::new()));
            blocks.extend(items);
        }
        blocks
    }

    /// The outcomes to show, in the file's order.
    pub(crate) fn outcomes(&self) -> Vec<OutcomeId> {
        let e = &self.evaluated;
        if !e.asked.outcomes.is_empty() {
            return e.outcomes();
        }
        let horizons = e.horizons();
        let leads = |o: OutcomeId| horizons.iter().any(|&h| e.leads(h, o));
        let all = e.assessment.outcomes.ids();
        all.filter(|&o| leads(o) || e.outcome(o).is_final).collect()
    }

    /// The questions to show, each with those of its outcomes that have a table of their own.
    pub(super) fn shown(&self) -> Vec<(QuestionId, Vec<OutcomeId>)> {
        let (e, all) = (&self.evaluated, self.outcomes());
        let each = e.assessment.questions.iter().map(|(id, q)| {
            let own = all.iter().copied().filter(|o| q.has(*o));
            (id, self.tables_of(id, own.collect()))
        });
        each.filter(|(_, own)| !own.is_empty()).collect()
    }

    /// Of a question's outcomes that are shown those with a table: of two, one mirrors the other.
    fn tables_of(&self, question: QuestionId, shown: Vec<OutcomeId>) -> Vec<OutcomeId> {
        let e = &self.evaluated;
        let own = &e.assessment.questions[question];
        if own.outcomes.len() != 2 || shown.is_empty() || !e.asked.outcomes.is_empty() {
            return shown;
        }
        let is_final = |o: &OutcomeId| e.outcome(*o).is_final;
        let when = |o: &OutcomeId| matches!(e.outcome(*o).decided, Some(Decided::When(_)));
        let decided = own.ids().find(when);
        if shown.len() != 2 && decided.is_none() {
            return shown;
        }
        let last = e.horizons().last().map(|&h| e.standing(h, question).leader);
        let one = own.ids().find(is_final).or(decided).or(last);
        one.map_or(shown, |one| vec![one])
    }

    /// What is to be said where one of two outcomes has no table.
    pub(super) fn mirrored(&self, table: OutcomeId) -> Option<String> {
        let e = &self.evaluated;
        let question = e.outcome(table).question;
        let mut shown = self.shown().into_iter().filter(|(id, _)| *id == question);
        let tables = shown.next()?.1;
        let own = self.outcomes().into_iter();
        let mut left = own.filter(|o| e.outcome(*o).question == question && !tables.contains(o));
        let name = e.outcome_name(left.next()?);
        Some(format!(
            "`{name}` mirrors it: what one gains the other loses."
        ))
    }

    /// A question's title above what is its own, where it is not the assessment's.
    pub(super) fn part(&self, question: QuestionId) -> Option<Block> {
        let title = self.evaluated.question_title(question)?;
        Some(Block::Part(title.to_owned()))
    }

    /// A driver's contribution in percentage points; 0 where it makes none.
    pub(super) fn points(&self, driver: DriverId, h: HorizonId, o: OutcomeId) -> f64 {
        let found = self.evaluated.verdict.contribution(driver, h, o);
        found.map_or(0.0, |c| c.points)
    }

    /// The drivers that move an outcome at a horizon shown, the largest first.
    pub(crate) fn movers(&self, outcomes: &[OutcomeId]) -> Vec<DriverId> {
        let horizons = self.evaluated.horizons();
        self.largest_first(|d| {
            let all = horizons
                .iter()
                .flat_map(|&h| outcomes.iter().map(move |&o| (h, o)));
            let all = all.map(|(h, o)| self.points(d, h, o).abs());
            all.fold(0.0, f64::max)
        })
    }

    /// The drivers that move an outcome shown or, behind these, an event's chance, each the largest first.
    pub(crate) fn all_movers(&self) -> Vec<DriverId> {
        let mut movers = self.movers(&self.outcomes());
        for pushed in &self.evaluated.verdict.events {
            let all = self.event_movers(pushed.event).into_iter();
            let new: Vec<DriverId> = all.filter(|d| !movers.contains(d)).collect();
            movers.extend(new);
        }
        movers
    }

    /// The drivers whose size is more than rounding, the largest first.
    fn largest_first(&self, size: impl Fn(DriverId) -> f64) -> Vec<DriverId> {
        let ids = self.evaluated.assessment.drivers.ids();
        let mut movers: Vec<(f64, DriverId)> = ids
            .map(|d| (size(d), d))
            .filter(|(size, _)| *size > NOTHING)
            .collect();
        movers.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        movers.into_iter().map(|m| m.1).collect()
    }

    fn waterfalls(&self) -> Vec<Block> {
        let shown = self.shown();
        if shown.is_empty() {
            return Vec::new();
        }
        let mut blocks = vec![Block::Heading(
            "From the prior to the verdict",
            "percentage points; in brackets the push on that outcome itself, in decibans, \
             where it holds"
                .to_owned(),
        )];
        for (question, tables) in shown {
            blocks.extend(self.part(question));
            blocks.extend(tables.into_iter().map(|o| Block::Panel(self.waterfall(o))));
        }
        blocks
    }

    fn waterfall(&self, o: OutcomeId) -> Panel {
        let e = &self.evaluated;
        let horizons = e.horizons();
        let scale = &e.assessment.scale;
        let row = |label: &str, cell: &dyn Fn(HorizonId) -> (String, Tone)| PanelRow {
            label: label.to_owned(),
            cells: horizons.iter().map(|&h| cell(h)).collect(),
        };
        let outcome = e.outcome(o);
        let name = e.outcome_name(o);
        let about = [
            (name != outcome.title).then_some(name),
            outcome.is_final.then_some("by then"),
        ];
        let about: Vec<&str> = about.into_iter().flatten().collect();
        let movers = self.movers(&[o]);
        let start = match outcome.decided {
            Some(_) => "without pushes",
            None => "prior",
        };
        let mut rows = vec![row(start, &|h| match e.of(h, o).prior {
            p if p.is_nan() => ("—".to_owned(), Tone::Quiet),
            p => (round::percent(p), Tone::Plain),
        })];
        let points = |d: DriverId, h: HorizonId| self.points(d, h, o);
        rows.extend(self.steps(&movers, &points, &|d, h| self.step(d, h, o)));
        rows.push(row("= verdict", &|h| {
            let found = e.of(h, o);
            match found.probability.value {
                p if p.is_nan() => ("—".to_owned(), Tone::Quiet),
                p => {
                    let words = e.words(found);
                    (
                        format!("{} {words}", round::percent_in(scale, p)),
                        Tone::Loud,
                    )
                }
            }
        }));
        let decided = self.decided(o, Phrases::of(Lang::En));
        let beside = self.beside_pushes(&movers);
        let others = e.assessment.drivers.ids();
        let others = others.filter(|d| !movers.contains(d) && !beside.contains(d));
        let mut notes = match others.count() {
            _ if movers.is_empty() && decided.is_some() => Vec::new(),
            _ if movers.is_empty() => {
                vec!["No input moves it: the verdict is the prior.".to_owned()]
            }
            0 => Vec::new(),
            1 => vec!["One other input does not move it.".to_owned()],
            n => vec![format!("{n} other inputs do not move it.")],
        };
        notes.extend(decided);
        notes.extend(self.mirrored(o));
        Panel {
            title: outcome.title.clone(),
            about: about.join(", "),
            rows,
            notes,
        }
    }

    /// A row for each mover, the largest first; in a short explanation those of the rest together.
    fn steps(
        &self,
        movers: &[DriverId],
        points: &dyn Fn(DriverId, HorizonId) -> f64,
        cell: &dyn Fn(DriverId, HorizonId) -> (String, Tone),
    ) -> Vec<PanelRow> {
        let e = &self.evaluated;
        let most = if e.asked.brief { BRIEF } else { usize::MAX };
        // One that would stand for the rest alone has its own row.
        let shown = match movers.len() {
            n if n.saturating_sub(1) <= most => n,
            _ => most,
        };
        let own = movers[..shown].iter();
        let own = own.map(|&driver| self.row(e.driver_name(driver), |h| cell(driver, h)));
        let mut rows: Vec<PanelRow> = own.collect();
        if let rest @ [_, ..] = &movers[shown..] {
            rows.push(self.row(format!("{} others", rest.len()), |h| {
                let sum: f64 = rest.iter().map(|&d| points(d, h)).sum();
                match sum.is_nan() {
                    true => ("—".to_owned(), Tone::Quiet),
                    false => (round::change(sum), Tone::Plain),
                }
            }));
        }
        rows
    }

    /// From the chance of each event that is pushed as it would be without to what it is.
    fn on_events(&self) -> Vec<Block> {
        let panels: Vec<Block> = self.pushed().map(Block::Panel).collect();
        if panels.is_empty() {
            return panels;
        }
        let heading = Block::Heading(
            "What pushes events",
            "percentage points of their chance; in brackets the push on the event itself, in decibans, where it holds"
                .to_owned(),
        );
        std::iter::once(heading).chain(panels).collect()
    }

    /// What a driver does to an event's chance.
    pub(crate) fn on_event(
        &self,
        driver: DriverId,
        h: HorizonId,
        event: DriverId,
    ) -> Option<&EventContribution> {
        let key = (driver, event, h);
        let all = &self.evaluated.verdict.event_contributions;
        let of = |c: &EventContribution| (c.driver, c.event, c.horizon);
        let place = all.binary_search_by_key(&key, of).ok()?;
        all.get(place)
    }

    /// The drivers that move an event's chance at a horizon shown, the largest first.
    pub(crate) fn event_movers(&self, event: DriverId) -> Vec<DriverId> {
        let horizons = self.evaluated.horizons();
        self.largest_first(|d| {
            let all = horizons.iter().filter_map(|&h| self.on_event(d, h, event));
            all.map(|c| c.points.abs()).fold(0.0, f64::max)
        })
    }

    /// A panel for each event that is pushed.
    fn pushed(&self) -> impl Iterator<Item = Panel> {
        let events = self.evaluated.verdict.events.iter();
        events.filter_map(|found| {
            let (e, event) = (&self.evaluated, found.event);
            let movers = self.event_movers(event);
            if movers.is_empty() {
                return None;
            }
            let chance = |h: HorizonId| found.horizons[h.index()].chance.value;
            let points =
                |d: DriverId, h: HorizonId| self.on_event(d, h, event).map_or(0.0, |c| c.points);
            let percent = |p: f64| match p {
                p if p.is_nan() => ("—".to_owned(), Tone::Quiet),
                p => (round::percent(p), Tone::Plain),
            };
            let mut rows = vec![self.row("without pushes", |h| {
                percent(self.unpushed(event, h).unwrap_or(f64::NAN))
            })];
            rows.extend(
                self.steps(&movers, &points, &|d, h| match self.on_event(d, h, event) {
                    Some(c) if !c.points.is_nan() => {
                        self.moved_by(c.points, c.error, c.decibans, "")
                    }
                    _ => ("—".to_owned(), Tone::Quiet),
                }),
            );
            rows.push(self.row("= chance", |h| match percent(chance(h)) {
                (text, Tone::Plain) => (text, Tone::Loud),
                cell => cell,
            }));
            let title = e.assessment.drivers[event].title.clone();
            let name = e.driver_name(event);
            Some(Panel {
                about: match title == name {
                    true => String::new(),
                    false => format!("{name}, by then"),
                },
                title,
                rows,
                notes: Vec::new(),
            })
        })
    }

    /// How likely an event would be if nothing pushed it.
    pub(crate) fn unpushed(&self, event: DriverId, h: HorizonId) -> Option<f64> {
        let verdict = &self.evaluated.verdict;
        let found = verdict.events.iter().find(|e| e.event == event)?;
        let all = verdict.event_contributions.iter();
        let points: f64 = all
            .filter(|c| c.event == event && c.horizon == h)
            .map(|c| c.points)
            .sum();
        // What sums to nothing leaves nothing of a rounding.
        let left = found.horizons[h.index()].chance.value - points / 100.0;
        Some(left.clamp(0.0, 1.0)).filter(|p| !p.is_nan())
    }

    fn step(&self, driver: DriverId, h: HorizonId, o: OutcomeId) -> (String, Tone) {
        let Some(found) = self.evaluated.verdict.contribution(driver, h, o) else {
            return ("—".to_owned(), Tone::Quiet);
        };
        if found.points.is_nan() {
            return ("—".to_owned(), Tone::Quiet);
        }
        let without = match self.acts_through_earlier(driver, h) {
            true => " (no push here)",
            false => "",
        };
        self.moved_by(found.points, found.error, found.decibans, without)
    }

    /// "+3.1 (+4.0 dB)"; `without` stands where there is no push.
    fn moved_by(
        &self,
        points: f64,
        error: Option<f64>,
        decibans: f64,
        without: &str,
    ) -> (String, Tone) {
        let error = round::change_error(error);
        let push = match decibans {
            0.0 => without.to_owned(),
            push => format!(" ({} dB)", round::decibans(push, true)),
        };
        let text = format!("{:<5}{error}{push}", round::change(points));
        (text.trim_end().to_owned(), Tone::Plain)
    }

    /// A number for each horizon shown, once where all read alike.
    pub(crate) fn by_horizon(&self, value: impl Fn(usize) -> String) -> String {
        let all = self.evaluated.horizons().into_iter();
        let all: Vec<String> = all.map(|h| value(h.index())).collect();
        match all.first() {
            Some(first) if all.iter().all(|other| other == first) => first.clone(),
            _ => all.join(" / "),
        }
    }
}
