//! How likely events are, and what bets come to, for people.
//!
//! In: an evaluated assessment. Out: a panel of events, horizons across, and a line for each bet,
//! which the text and the Markdown output draw each in its way.

use super::Evaluated;
use super::sections::{Panel, Tone};
use crate::infer::verdict::EventVerdict;
use crate::resolve::assessment::{Prop, What};
use crate::resolve::table::Id;
use crate::text::round;

/// As many events are shown.
const EVENTS: usize = 12;

/// One bet beside the verdict.
pub(super) struct BetLine {
    /// The chance less the price, in percentage points; none where the query cannot happen.
    pub(super) edge: Option<String>,
    /// "96%".
    pub(super) price: String,
    /// "99.5%".
    pub(super) chance: String,
    pub(super) title: String,
    /// What it is on, as it would be written.
    pub(super) on: String,
}

impl Evaluated {
    /// How likely each event is, where no change clause says so already.
    pub(super) fn event_panel(&self) -> Option<Panel> {
        let horizons = self.horizons();
        let told = |event: &EventVerdict| {
            let set = self.asked.sets.iter().any(|s| s.0 == event.event);
            set || self.asked.without.contains(&event.event) || self.assessment.drivers.values().any(|d| {
                matches!(&d.what, What::Change { when: Prop::Is(other), .. } if *other == event.event)
            })
        };
        let (shown, without): (Vec<_>, Vec<_>) = self
            .verdict
            .events
            .iter()
            .filter(|e| !told(e))
            .partition(|e| !self.assessment.drivers[e.event].is_hypothetical());
        if shown.is_empty() || !self.is_ever_possible() {
            return None;
        }
        let rows = shown.iter().take(EVENTS).map(|event| {
            self.row(self.driver_name(event.event), &horizons, |h| {
                match event.horizons[h.index()].chance.value {
                    p if p.is_nan() => ("—".to_owned(), Tone::Quiet),
                    p => (round::percent(p), Tone::Plain),
                }
            })
        });
        let rows = rows.collect();
        let mut notes = Vec::new();
        match shown.len().saturating_sub(EVENTS) {
            0 => {}
            1 => notes.push("One more event stands in `--format json`.".to_owned()),
            n => notes.push(format!("{n} more events stand in `--format json`.")),
        }
        if !without.is_empty() {
            let names = without.iter().map(|e| self.driver_name(e.event));
            let names = names.collect::<Vec<_>>().join(", ");
            notes.push(format!("Hypothetical, without a chance: {names}."));
        }
        Some(Panel {
            title: String::new(),
            about: String::new(),
            rows,
            notes,
        })
    }

    /// Every bet beside what the file, as it stands, says of it.
    pub(super) fn bet_lines(&self) -> Vec<BetLine> {
        let bets = self.assessment.bets.iter().zip(&self.verdict.bets);
        let each = bets.map(|(bet, chance)| BetLine {
            edge: chance.map(|p| round::change(100.0 * (p.value - bet.price.node))),
            price: round::percent(bet.price.node),
            chance: chance.map_or("cannot happen".to_owned(), |p| round::percent(p.value)),
            title: bet.title.node.clone(),
            on: bet.on.text.clone(),
        });
        each.collect()
    }
}
