//! What people read of a comparison, before it is drawn.
//!
//! In: a comparison. Out: a [`Page`] of plain texts; names stand in backticks.

use super::Compared;
use crate::revision::{Edit, HorizonMove, Method, NOTHING, OutcomeMove, Share};
use crate::text::decimal::fixed;
use crate::text::round;
use std::cmp::Reverse;

/// The whole page.
pub(super) struct Page {
    /// The question.
    pub(super) title: String,
    /// Which revisions.
    pub(super) facts: String,
    /// The horizons' titles.
    pub(super) horizons: Vec<String>,
    /// The outcomes, and at last the leader.
    pub(super) rows: Vec<Row>,
    /// That nothing moved, or which leader changed.
    pub(super) news: Vec<String>,
    /// Edits that moved something, the largest share first.
    pub(super) edits: Vec<Item>,
    /// What moved nothing, under its heading.
    pub(super) quiet: Vec<String>,
    pub(super) quiet_heading: &'static str,
    /// How the shares were computed.
    pub(super) method: Vec<String>,
}

/// One outcome over the horizons.
pub(super) struct Row {
    pub(super) label: String,
    pub(super) cells: Vec<Cell>,
}

/// One outcome at one horizon.
pub(super) struct Cell {
    /// "64% → 61%"
    pub(super) value: String,
    /// "−3 points"; empty where nothing moved.
    pub(super) change: String,
    /// Whether it deserves a second look: a new leader.
    pub(super) is_loud: bool,
}

/// One edit.
pub(super) struct Item {
    /// What it is, the chief part first.
    pub(super) parts: Vec<String>,
    /// Where it stands: "nato.assess:142".
    pub(super) place: String,
    /// By horizon: its title, and the shares of the outcomes.
    pub(super) shares: Vec<(String, String)>,
}

impl Compared {
    pub(super) fn page(&self) -> Page {
        let found = &self.attribution;
        let first = found.horizons.first();
        let outcomes = first.map_or(0, |h| h.outcomes.len());
        let mut rows: Vec<Row> = (0..outcomes)
            .map(|o| Row {
                label: first
                    .map(|h| h.outcomes[o].name.clone())
                    .unwrap_or_default(),
                cells: found
                    .horizons
                    .iter()
                    .map(|h| cell(h, &h.outcomes[o]))
                    .collect(),
            })
            .collect();
        rows.push(Row {
            label: "leader".to_owned(),
            cells: found.horizons.iter().map(leader).collect(),
        });
        let (moving, still): (Vec<&Share>, Vec<&Share>) =
            found.edits.iter().partition(|e| e.size() > NOTHING);
        let quiet = still.into_iter().map(|e| &e.edit).chain(&found.quiet);
        Page {
            title: found.title.clone(),
            facts: format!("{} → {}", self.old.label(), self.new.label()),
            horizons: found.horizons.iter().map(|h| h.title.clone()).collect(),
            rows,
            news: self.news(),
            edits: moving.iter().map(|share| self.item(share)).collect(),
            quiet: quiet.map(ToString::to_string).collect(),
            // Where no number stands on both sides, nobody knows what moved.
            quiet_heading: match self.is_comparable() {
                true => "What moved nothing",
                false => "What was edited",
            },
            method: self.method(moving.len()),
        }
    }

    /// Whether any horizon and outcome stand on both sides.
    fn is_comparable(&self) -> bool {
        let mut outcomes = self.attribution.horizons.iter().flat_map(|h| &h.outcomes);
        outcomes.any(|o| o.change().is_some())
    }

    fn method(&self, moving: usize) -> Vec<String> {
        let found = &self.attribution;
        let shares = (moving > 1).then(|| method(found.method));
        let sampled = found.sampled.map(|error| {
            let error = points_up(error);
            format!("A verdict had to be sampled; its standard error is at most {error} points.")
        });
        shares.into_iter().chain(sampled).collect()
    }

    fn news(&self) -> Vec<String> {
        let found = &self.attribution;
        let mut news: Vec<String> = Vec::new();
        for horizon in &found.horizons {
            match (&horizon.old_leader, &horizon.new_leader) {
                (Some(old), Some(new)) if old != new => news.push(format!(
                    "In `{}`, `{new}` leads instead of `{old}`.",
                    horizon.name
                )),
                (None, _) => news.push(format!("`{}` is a new horizon.", horizon.name)),
                (_, None) => news.push(format!("The horizon `{}` is gone.", horizon.name)),
                _ => {}
            }
        }
        if !found.has_moved() {
            let why = match (found.edits.is_empty(), found.quiet.is_empty()) {
                (true, true) => ": both say the same",
                _ => "",
            };
            news.push(format!("The verdict has not moved{why}."));
        }
        news
    }

    fn item(&self, share: &Share) -> Item {
        let horizons = self.attribution.horizons.iter().zip(&share.moves);
        let shares = horizons.filter_map(|(horizon, moves)| {
            let mut moved: Vec<(f64, &str)> = horizon
                .outcomes
                .iter()
                .zip(moves)
                .filter_map(|(o, m)| Some(((*m)?, o.name.as_str())))
                .filter(|(m, _)| m.abs() > NOTHING)
                .collect();
            // Rounding must not decide the order of what is alike.
            moved.sort_by_key(|(m, _)| {
                let size = (m.abs() / NOTHING).round();
                (Reverse(size as u64), *m < 0.0)
            });
            let each = moved
                .iter()
                .map(|(m, outcome)| format!("{} `{outcome}`", round::change(100.0 * m)));
            let text = each.collect::<Vec<_>>().join(", ");
            (!text.is_empty()).then(|| (horizon.title.clone(), text))
        });
        Item {
            parts: share.edit.parts.iter().map(|p| p.text.clone()).collect(),
            place: self.place(&share.edit),
            shares: shares.collect(),
        }
    }

    /// Where an edit is seen: in the new file, or else in the old one.
    fn place(&self, edit: &Edit) -> String {
        let Some(part) = edit.parts.first() else {
            return String::new();
        };
        let (place, revised) = match (part.new, part.old) {
            (Some(span), _) => (self.new.place(span), &self.new),
            (None, Some(span)) => (self.old.place(span), &self.old),
            (None, None) => return String::new(),
        };
        let at = match (&revised.revision, part.new) {
            // A view's file is the file itself.
            (Some(revision), None) if revision != "own" => format!(" at {revision}"),
            _ => String::new(),
        };
        format!("{}:{}{at}", place.0, place.1)
    }
}

fn cell(horizon: &HorizonMove, outcome: &OutcomeMove) -> Cell {
    let is = |leader: &Option<String>| leader.as_ref() == Some(&outcome.name);
    let plain = |value: String| Cell {
        value,
        change: String::new(),
        is_loud: false,
    };
    match (outcome.old, outcome.new) {
        (Some(old), Some(new)) => {
            let change = 100.0 * (new - old);
            if change.abs() <= 100.0 * NOTHING {
                return plain(round::percent(new));
            }
            let (mut before, mut after) = (round::percent(old), round::percent(new));
            if before == after && change.abs() >= 0.05 {
                before = format!("{}%", fixed(100.0 * old, 1));
                after = format!("{}%", fixed(100.0 * new, 1));
            }
            Cell {
                value: format!("{before} → {after}"),
                change: format!("{} points", round::change(change)),
                is_loud: is(&horizon.new_leader) && !is(&horizon.old_leader),
            }
        }
        (None, Some(new)) => plain(format!("{}, new", round::percent(new))),
        (Some(old), None) => plain(format!("{}, gone", round::percent(old))),
        (None, None) => plain("—".to_owned()),
    }
}

fn leader(horizon: &HorizonMove) -> Cell {
    let (value, is_loud) = match (&horizon.old_leader, &horizon.new_leader) {
        (Some(old), Some(new)) if old != new => (format!("{old} → {new}"), true),
        (_, Some(one)) | (Some(one), None) => (one.clone(), false),
        (None, None) => (String::new(), false),
    };
    Cell {
        value,
        change: String::new(),
        is_loud,
    }
}

fn method(method: Method) -> String {
    match method {
        Method::Exact => "Each share is the mean over all orders in which the edits may be made \
                          (Shapley); shares sum to the move."
            .to_owned(),
        Method::Orders(orders, error) => format!(
            "Each share is the mean over {} orders of the edits, not over all; its standard error is \
             at most {} points. Shares sum to the move.",
            round::count(orders),
            points_up(error)
        ),
    }
}

/// A share of 1 in percentage points, rounded up.
fn points_up(error: f64) -> String {
    fixed((error * 1e4).ceil() / 100.0, 2)
}
