//! Confidence with everything that it is computed from, and the level that each allows.
//!
//! In: an explained assessment. Out: a block of the page, and the rule in words. No likelihood stands beside
//! confidence.

use super::super::verdict::sections::{Panel, PanelRow, Tone};
use super::Explained;
use super::page::Block;
use crate::infer::confidence::{
    Cap, Grounds, MARGIN, Pivot, QUALITY_HIGH, QUALITY_LOW, SOURCES, UNSOURCED_HIGH, UNSOURCED_LOW,
    WIDTH_HIGH, WIDTH_LOW, Width,
};
use crate::infer::verdict::Confidence;
use crate::phrases::Phrases;
use crate::resolve::assessment::{HorizonId, QuestionId};
use crate::text::decimal::fixed;
use crate::text::lang::Lang;
use crate::text::round;

/// The most names of what turns the leader in one cell.
const NAMED: usize = 3;

/// The share of pushes without a source: as many digits as tell it from the bounds.
pub(crate) fn share(x: f64) -> String {
    let side = |x: f64| (x <= UNSOURCED_HIGH, x > UNSOURCED_LOW);
    round::percent_where(x, |printed| side(printed) == side(x))
}

/// The mean discount likewise.
pub(crate) fn quality(x: f64) -> String {
    let side = |x: f64| (x >= QUALITY_HIGH, x < QUALITY_LOW);
    match side(round::factor(x).parse().unwrap_or(x)) == side(x) {
        true => round::factor(x),
        false => round::to_side(x, 3, |printed| side(printed) == side(x)),
    }
}

/// The width likewise, in decibans.
pub(crate) fn width(x: f64) -> String {
    let side = |x: f64| (x <= WIDTH_HIGH, x > WIDTH_LOW);
    format!(
        "{} dB",
        round::to_side(x, 1, |printed| side(printed) == side(x))
    )
}

/// The margin likewise, in points.
pub(crate) fn margin(x: f64) -> String {
    let side = |points: f64| points < MARGIN * 100.0;
    let text = round::points(x);
    let printed = text.split(' ').next().and_then(|n| n.parse().ok());
    match printed.is_none_or(|printed| side(printed) == side(x * 100.0)) {
        true => text,
        false => {
            let text = round::to_side(x * 100.0, 2, |printed| side(printed) == side(x * 100.0));
            format!("{text} points")
        }
    }
}

/// What two sizes in decibans read, with as many digits as tell them apart.
fn two(a: f64, b: f64) -> (String, String) {
    let plain = (round::decibans(a, false), round::decibans(b, false));
    match plain.0 == plain.1 && (a - b).abs() > 1e-6 {
        true => (fixed(a, 4), fixed(b, 4)),
        false => plain,
    }
}

impl Explained {
    /// What alone turns the leader: "“Harbour log”, treaty if wrong".
    pub(crate) fn pivots(&self, pivots: &[Pivot], say: &Phrases) -> String {
        let mut all: Vec<String> = pivots
            .iter()
            .take(NAMED)
            .map(|p| self.pivot(p, say))
            .collect();
        if pivots.len() > NAMED {
            all.push(format!("{} more", pivots.len() - NAMED));
        }
        all.join(", ")
    }

    fn pivot(&self, pivot: &Pivot, say: &Phrases) -> String {
        match pivot {
            Pivot::Source(name, 0) => format!("“{name}”"),
            Pivot::Source(name, 1) => format!("“{name}” and one other of its channel"),
            Pivot::Source(name, n) => format!("“{name}” and {n} others of its channel"),
            Pivot::Assumption(id) => {
                let title = &self.evaluated.assessment.drivers[*id].title;
                say.fill("pivot_wrong", &[("title", &say.quote(title))])
            }
        }
    }

    /// What holds confidence at its level: the inputs that allow no more, and what holds it back.
    /// In the language of `say`.
    pub(crate) fn because(
        &self,
        grounds: &Grounds,
        level: Confidence,
        say: &Phrases,
    ) -> Vec<String> {
        let own = |key: &str| say.get(key).to_owned();
        let mut all = Vec::new();
        match grounds.unsourced {
            Some(x) if grounds.unsourced_level() == Some(level) => all.push(match x {
                x if x <= 0.0 => own("pushes_sourced"),
                x => say.fill("pushes_unsourced", &[("share", &say.number(&share(x)))]),
            }),
            Some(_) => {}
            None if grounds.prior_level() != level => {}
            None => all.push(own(match (grounds.is_decided, grounds.prior_is_sourced) {
                (false, true) => "prior_sourced",
                (false, false) => "prior_unsourced",
                (true, true) => "decided_sourced",
                (true, false) => "decided_unsourced",
            })),
        }
        if grounds.unsourced.is_some() && grounds.quality_level() == level {
            all.push(match grounds.quality {
                Some(x) => say.fill("ratings_leave", &[("factor", &say.number(&quality(x)))]),
                None => own("ratings_none"),
            });
        }
        if grounds.width.level() == level {
            all.push(match grounds.width {
                Width::Decibans(x) => {
                    say.fill("width_reaches", &[("width", &say.number(&width(x)))])
                }
                Width::NoRange => own("width_none"),
                Width::NotDrawn => own("width_undrawn"),
            });
        }
        if level == Confidence::Moderate && grounds.unrated_level() == level {
            all.push(own("unrated_more"));
        }
        let held: Vec<Cap> = caps(grounds).collect();
        let counts = match level {
            Confidence::High => false,
            Confidence::Moderate => held.len() == 1,
            Confidence::Low => held.len() > 1,
        };
        all.extend(
            held.into_iter()
                .filter(|_| counts)
                .map(|cap| self.held(grounds, cap, say)),
        );
        all
    }

    /// That a cap holds, in words.
    fn held(&self, grounds: &Grounds, cap: Cap, say: &Phrases) -> String {
        match cap {
            Cap::Sources if grounds.sources == 0 => say.get("sources_push_none").to_owned(),
            Cap::Sources => say.count("sources_push", grounds.sources),
            Cap::Margin => say.fill(
                "margin_is",
                &[("margin", &say.points(&margin(grounds.margin)))],
            ),
            Cap::Prior if grounds.is_decided => say.get("decided_bare").to_owned(),
            Cap::Prior => say.get("prior_bare").to_owned(),
            Cap::Pivot => {
                let pivots = self.pivots(grounds.pivots.as_deref().unwrap_or_default(), say);
                say.fill("turns_on", &[("names", &pivots)])
            }
        }
    }

    /// Confidence in a line for each horizon.
    pub(super) fn confidence_in_brief(&self) -> Vec<Block> {
        let e = &self.evaluated;
        let mut blocks = vec![Block::Heading("Confidence", String::new())];
        for (question, _) in self.shown() {
            blocks.extend(self.part(question));
            let possible = e.horizons().into_iter().filter(|&h| e.is_possible(h));
            blocks.extend(possible.map(|h| {
                let level = e.standing(h, question).confidence;
                let grounds = self.explanation.grounds(question, h);
                let because = grounds.map_or(Vec::new(), |grounds| {
                    self.because(grounds, level, Phrases::of(Lang::En))
                });
                let because = match because.as_slice() {
                    [] => String::new(),
                    all => format!(": {}", list(all)),
                };
                let title = &e.horizon(h).title;
                Block::Item(format!("{title}: {}{because}", level.as_str()), Vec::new())
            }));
        }
        match blocks.len() {
            1 => Vec::new(),
            _ => blocks,
        }
    }

    pub(super) fn confidence(&self) -> Vec<Block> {
        let shown = self.shown();
        let Some(last) = shown.len().checked_sub(1) else {
            return Vec::new();
        };
        let mut blocks = vec![Block::Heading(
            "Confidence",
            "each row shows the highest level that it allows; the lowest decides".to_owned(),
        )];
        for (i, (question, _)) in shown.into_iter().enumerate() {
            blocks.extend(self.part(question));
            blocks.push(Block::Panel(Panel {
                title: String::new(),
                about: String::new(),
                rows: self.inputs(question),
                notes: match i == last {
                    true => rules().into(),
                    false => Vec::new(),
                },
            }));
        }
        blocks
    }

    /// What a question's confidence is computed from, and what it comes to.
    fn inputs(&self, question: QuestionId) -> Vec<PanelRow> {
        let e = &self.evaluated;
        let none = Grounds::default();
        let at = |h: HorizonId| self.explanation.grounds(question, h).unwrap_or(&none);
        let cell = |value: String, level: Confidence| {
            (format!("{value}: {}", level.as_str()), Tone::Plain)
        };
        let allows = |h: HorizonId, cap: Cap| cap_allows(at(h), cap);
        let mut rows = vec![
            self.row("uncited pushes", |h| {
                match (at(h).unsourced, at(h).unsourced_level()) {
                    (Some(x), Some(level)) => cell(share(x), level),
                    _ => {
                        let value = match (at(h).is_decided, at(h).prior_is_sourced) {
                            (false, true) => "no push, prior cited",
                            (false, false) => "no push, prior not cited",
                            (true, true) => "decided, all of it cited",
                            (true, false) => "decided, not all cited",
                        };
                        cell(value.to_owned(), at(h).prior_level())
                    }
                }
            }),
            self.row("rating", |h| {
                let value = at(h).quality.map_or("none".to_owned(), quality);
                cell(value, at(h).quality_level())
            }),
            self.row("leader's width", |h| {
                let value = match at(h).width {
                    Width::NoRange => "no range".to_owned(),
                    Width::NotDrawn => "not drawn".to_owned(),
                    Width::Decibans(x) => width(x),
                };
                cell(value, at(h).width.level())
            }),
            self.row("unrated, rated", |h| {
                let (unrated, rated) = two(at(h).unrated, at(h).rated);
                cell(format!("{unrated}, {rated} dB"), at(h).unrated_level())
            }),
            self.row("independent sources", |h| {
                cell(at(h).sources.to_string(), allows(h, Cap::Sources))
            }),
            self.row("leader's margin", |h| {
                cell(margin(at(h).margin), allows(h, Cap::Margin))
            }),
            self.row("leader's prior", |h| {
                let value = match (at(h).is_decided, at(h).prior_is_ranged) {
                    (_, false) => "plain",
                    (false, true) => "a range, count or rate",
                    (true, true) => "ranges, counts or rates",
                };
                cell(value.to_owned(), allows(h, Cap::Prior))
            }),
            self.row("flipped alone by", |h| match &at(h).pivots {
                None => ("not tried".to_owned(), Tone::Quiet),
                Some(all) if all.is_empty() => cell("nothing".to_owned(), Confidence::High),
                Some(all) => cell(
                    self.pivots(all, Phrases::of(Lang::En)),
                    Confidence::Moderate,
                ),
            }),
        ];
        let caps = |h: HorizonId| caps(at(h)).count();
        if e.horizons()
            .iter()
            .any(|&h| e.is_possible(h) && caps(h) > 1)
        {
            rows.push(self.row("the four above", |h| match caps(h) {
                n if n > 1 => cell(format!("{n} limit it"), Confidence::Low),
                _ => ("—".to_owned(), Tone::Quiet),
            }));
        }
        for row in &mut rows {
            for (cell, h) in row.cells.iter_mut().zip(e.horizons()) {
                if !e.is_possible(h) {
                    *cell = ("—".to_owned(), Tone::Quiet);
                }
            }
        }
        rows.push(self.row("= confidence", |h| match e.is_possible(h) {
            true => {
                let level = e.standing(h, question).confidence;
                (level.as_str().to_owned(), Tone::Loud)
            }
            false => ("—".to_owned(), Tone::Quiet),
        }));
        rows
    }

    pub(super) fn row(
        &self,
        label: impl Into<String>,
        cell: impl Fn(HorizonId) -> (String, Tone),
    ) -> PanelRow {
        PanelRow {
            label: label.into(),
            cells: self.evaluated.horizons().into_iter().map(cell).collect(),
        }
    }
}

/// "a, b and c".
pub(crate) fn list(parts: &[String]) -> String {
    match parts {
        [one] => one.clone(),
        [all @ .., last] => format!("{} and {last}", all.join(", ")),
        [] => String::new(),
    }
}

/// The highest level that a cap allows by itself.
pub(crate) fn cap_allows(grounds: &Grounds, cap: Cap) -> Confidence {
    match grounds.holds(cap) {
        Some(true) => Confidence::Moderate,
        _ => Confidence::High,
    }
}

/// The caps that hold.
pub(crate) fn caps(grounds: &Grounds) -> impl Iterator<Item = Cap> {
    let all = [Cap::Sources, Cap::Margin, Cap::Prior, Cap::Pivot];
    all.into_iter().filter(|&c| grounds.holds(c) == Some(true))
}

/// How confidence is computed, in paragraphs; no likelihood stands in them.
pub(crate) fn rules() -> [String; 2] {
    let percent = |x: f64| round::percent(x);
    let few = match SOURCES {
        3 => "three".to_owned(),
        n => n.to_string(),
    };
    [
        format!(
            "Confidence is high where at most {} of all pushes come without a source or a rating, the rated ones \
             count for {QUALITY_HIGH} or more on average, and the wider side of the leader's interval is at most \
             {WIDTH_HIGH} dB; it is low above {}, below {QUALITY_LOW} or above {WIDTH_LOW} dB; else moderate.",
            percent(UNSOURCED_HIGH),
            percent(UNSOURCED_LOW),
        ),
        format!(
            "It is at most moderate where what is not rated moves the leader by more than what is, or if one of \
             these four holds, and low if two do: fewer than {few} independent sources push; the leader's margin \
             is under {}; one source, or one assumption not held with high confidence, turns the leader; the \
             leader's prior states no range, count or rate.",
            round::points(MARGIN),
        ),
    ]
}
