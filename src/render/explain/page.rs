//! An explanation for people, block by block: from the prior to the verdict, then what that rests on.
//!
//! In: an explained assessment. Out: [`Block`]s in the order of the page. Outcomes that are shown:
//! those asked for, else every one that leads in a horizon shown and every final one.

use super::super::round;
use super::super::verdict::sections::{Panel, PanelRow, Tone};
use super::Explained;
use crate::resolve::assessment::{DriverId, HorizonId, OutcomeId};
use crate::resolve::table::Id;

/// Contributions nearer to 0 than this, in percentage points, are rounding.
pub(super) const NOTHING: f64 = 1e-9;

/// So many of what moves an outcome stand in a short explanation.
const BRIEF: usize = 5;

/// A part of the page.
pub(super) enum Block {
    /// A heading, and what follows it in brackets.
    Heading(&'static str, String),
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
            blocks.push(Block::Heading(
                "From the prior to the verdict",
                "percentage points; in brackets the push on that outcome itself, in decibans, \
                 where it holds"
                    .to_owned(),
            ));
            blocks.extend(self.waterfalls());
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
        let leads = |o: OutcomeId| horizons.iter().any(|&h| e.at(h).leader == o);
        let all = e.assessment.outcomes.ids();
        all.filter(|&o| leads(o) || e.outcome(o).is_final).collect()
    }

    /// The outcomes with a table of their own: of two, one mirrors the other.
    pub(super) fn tables(&self) -> Vec<OutcomeId> {
        let shown = self.outcomes();
        let e = &self.evaluated;
        if e.assessment.outcomes.len() != 2 || shown.len() != 2 || !e.asked.outcomes.is_empty() {
            return shown;
        }
        let is_final = |o: &OutcomeId| e.outcome(*o).is_final;
        let last = e.horizons().last().map(|&h| e.at(h).leader);
        let one = shown.iter().copied().find(is_final).or(last);
        one.map_or(shown, |one| vec![one])
    }

    /// What is to be said where one of two outcomes has no table.
    pub(super) fn mirrored(&self) -> Option<String> {
        let tables = self.tables();
        let mut left = self.outcomes().into_iter().filter(|o| !tables.contains(o));
        let other = left.next()?;
        let name = self.evaluated.outcome_name(other);
        Some(format!(
            "`{name}` mirrors it: what one gains the other loses."
        ))
    }

    /// A driver's contribution in percentage points; 0 where it makes none.
    pub(super) fn points(&self, driver: DriverId, h: HorizonId, o: OutcomeId) -> f64 {
        let found = self.evaluated.verdict.contribution(driver, h, o);
        found.map_or(0.0, |c| c.points)
    }

    /// The drivers that move an outcome at a horizon shown, the largest first.
    pub(crate) fn movers(&self, outcomes: &[OutcomeId]) -> Vec<DriverId> {
        let horizons = self.evaluated.horizons();
        let size = |d: DriverId| {
            let all = horizons
                .iter()
                .flat_map(|&h| outcomes.iter().map(move |&o| (h, o)));
            let all = all.map(|(h, o)| self.points(d, h, o).abs());
            all.fold(0.0, f64::max)
        };
        let ids = self.evaluated.assessment.drivers.ids();
        let mut movers: Vec<(f64, DriverId)> = ids
            .map(|d| (size(d), d))
            .filter(|(size, _)| *size > NOTHING)
            .collect();
        movers.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        movers.into_iter().map(|m| m.1).collect()
    }

    fn waterfalls(&self) -> Vec<Block> {
        let outcomes = self.tables().into_iter();
        outcomes.map(|o| Block::Panel(self.waterfall(o))).collect()
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
        let mut rows = vec![row("prior", &|h| {
            (round::percent(e.of(h, o).prior), Tone::Plain)
        })];
        let most = if e.asked.brief { BRIEF } else { usize::MAX };
        // One that would stand for the rest alone has its own row.
        let shown = match movers.len() {
            n if n.saturating_sub(1) <= most => n,
            _ => most,
        };
        for &driver in &movers[..shown] {
            rows.push(row(e.driver_name(driver), &|h| self.step(driver, h, o)));
        }
        if let rest @ [_, ..] = &movers[shown..] {
            rows.push(row(&format!("{} others", rest.len()), &|h| {
                let sum: f64 = rest.iter().map(|&d| self.points(d, h, o)).sum();
                match sum.is_nan() {
                    true => ("—".to_owned(), Tone::Quiet),
                    false => (round::change(sum), Tone::Plain),
                }
            }));
        }
        rows.push(row("= verdict", &|h| {
            let found = e.of(h, o);
            match found.probability {
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
        let others = e.assessment.drivers.len() - movers.len();
        let mut notes = match others {
            _ if movers.is_empty() => {
                vec!["No input moves it: the verdict is the prior.".to_owned()]
            }
            0 => Vec::new(),
            1 => vec!["One other input does not move it.".to_owned()],
            n => vec![format!("{n} other inputs do not move it.")],
        };
        notes.extend(self.mirrored());
        Panel {
            title: outcome.title.clone(),
            about: about.join(", "),
            rows,
            notes,
        }
    }

    fn step(&self, driver: DriverId, h: HorizonId, o: OutcomeId) -> (String, Tone) {
        let Some(found) = self.evaluated.verdict.contribution(driver, h, o) else {
            return ("—".to_owned(), Tone::Quiet);
        };
        if found.points.is_nan() {
            return ("—".to_owned(), Tone::Quiet);
        }
        let error = round::change_error(found.error);
        let push = match found.decibans {
            0.0 if self.acts_through_earlier(driver, h) => " (no push here)".to_owned(),
            0.0 => String::new(),
            push => format!(" ({} dB)", round::decibans(push, true)),
        };
        let text = format!("{:<5}{error}{push}", round::change(found.points));
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
