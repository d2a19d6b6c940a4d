//! Where the intervals' width comes from, and what is worth watching: as tables, horizons across.
//!
//! In: an explained assessment. Out: blocks of the page.

use super::super::verdict::sections::{Panel, PanelRow, Tone};
use super::Explained;
use super::page::Block;
use crate::diag::suggest::list;
use crate::infer::explain::{Score, Sharpening};
use crate::resolve::assessment::{HorizonId, OutcomeId};
use crate::resolve::table::Id;
use crate::text::round;

/// The most ranges listed for one outcome.
const RANGES: usize = 8;

/// The change of an outcome is named beside what learning is worth from this share on.
const WORTH: f64 = 0.001;

/// What rounds to less than a tenth of a per cent.
const LEAST: f64 = 0.000_5;

impl Explained {
    pub(super) fn widths(&self) -> Vec<Block> {
        let ranges = &self.explanation.ranges;
        if ranges.is_empty() {
            return Vec::new();
        }
        let heading = Block::Heading(
            "Where the width of the intervals comes from",
            "the share of the variance that each range alone explains".to_owned(),
        );
        let mut blocks = vec![heading];
        for (question, tables) in self.shown() {
            blocks.extend(self.part(question));
            blocks.extend(tables.into_iter().map(|o| Block::Panel(self.width(o))));
        }
        match blocks.len() {
            1 => Vec::new(),
            _ => blocks,
        }
    }

    fn width(&self, o: OutcomeId) -> Panel {
        let e = &self.evaluated;
        let horizons = e.horizons();
        let share =
            |r: usize, h: HorizonId| self.explanation.ranges[r].shares[h.index()][o.index()];
        let largest = |r: usize| {
            let all = horizons.iter().filter_map(|&h| share(r, h));
            all.fold(0.0, f64::max)
        };
        let mut order: Vec<(f64, usize)> = (0..self.explanation.ranges.len())
            .map(|r| (largest(r), r))
            .collect();
        order.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let noise = self.explanation.noise;
        let shown = order.iter().take_while(|(size, _)| *size > noise);
        let shown: Vec<usize> = shown.take(RANGES).map(|s| s.1).collect();
        let rows = shown.iter().map(|&r| {
            self.row(self.explanation.ranges[r].key.as_str(), |h| {
                match share(r, h) {
                    None => ("—".to_owned(), Tone::Quiet),
                    Some(s) if s <= noise => ("noise".to_owned(), Tone::Quiet),
                    Some(s) => (
                        format!("{}%", crate::text::decimal::fixed(s * 100.0, 0)),
                        Tone::Plain,
                    ),
                }
            })
        });
        let mut rows: Vec<PanelRow> = rows.collect();
        let interval = self.row("interval", |h| match e.of(h, o).interval {
            Some((low, high)) => (round::interval(low, high), Tone::Quiet),
            None => ("—".to_owned(), Tone::Quiet),
        });
        rows.insert(0, interval);
        // Those that explain something, and those of which that cannot be said.
        let more = order.iter().filter(|(size, _)| *size > noise).count() - shown.len();
        let silent = order.len() - shown.len() - more;
        let below = format!(
            "what the estimate's own noise reaches: {}",
            round::percent(noise)
        );
        let mut notes = match more {
            0 => Vec::new(),
            1 => vec!["One other range explains less.".to_owned()],
            n => vec![format!("{n} other ranges explain less, each.")],
        };
        notes.extend(match (silent, shown.len()) {
            (0, _) => None,
            (_, 0) => Some(format!("No range alone explains more than {below}.")),
            (1, _) => Some(format!("One range explains no more than {below}.")),
            (n, _) => Some(format!("{n} ranges each explain no more than {below}.")),
        });
        notes.extend(self.mirrored(o));
        Panel {
            title: e.outcome(o).title.clone(),
            about: match e.outcome_name(o) {
                name if name == e.outcome(o).title => String::new(),
                name => name.to_owned(),
            },
            rows,
            notes,
        }
    }

    pub(super) fn watching(&self) -> Vec<Block> {
        let Some(watch) = &self.explanation.watch else {
            return Vec::new();
        };
        let horizons = self.evaluated.horizons();
        let worth = |s: &Sharpening| match s.score > 0.0 {
            true => s.drop / s.score,
            false => 0.0,
        };
        let mut order: Vec<(f64, usize)> = watch
            .iter()
            .enumerate()
            .map(|(i, w)| {
                let all = horizons.iter().map(|h| worth(&w.horizons[h.index()]));
                (all.fold(0.0, f64::max), i)
            })
            .collect();
        order.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let rows = order.iter().map(|&(_, i)| {
            self.row(self.evaluated.driver_name(watch[i].event), |h| {
                let at = &watch[i].horizons[h.index()];
                match worth(at) {
                    _ if at.drop.is_nan() => ("—".to_owned(), Tone::Quiet),
                    _ if at.drop <= 1e-15 => ("nothing".to_owned(), Tone::Quiet),
                    share => {
                        let moved = self.moved(at).filter(|_| share >= WORTH);
                        let moved = moved.map_or(String::new(), |m| format!("; {m}"));
                        // No chance, but a share of what can be learned: nothing lies in its digits.
                        let share = match share {
                            s if s < LEAST => "<0.1%".to_owned(),
                            s => round::percent(s),
                        };
                        (format!("{share}{moved}"), Tone::Plain)
                    }
                }
            })
        });
        let rows: Vec<PanelRow> = rows.collect();
        let notes = match rows.is_empty() {
            true => vec!["The file has no event.".to_owned()],
            false => vec![format!(
                "{} What an event is worth is seen at the same horizon only.",
                self.score()
            )],
        };
        vec![
            Block::Heading(
                "What to watch",
                "how much of the score's expected error goes by learning whether it happens by \
                 then; and what moves most: if not → if so"
                    .to_owned(),
            ),
            Block::Panel(Panel {
                title: String::new(),
                about: String::new(),
                rows,
                notes,
            }),
        ]
    }

    /// By which score, and of what.
    fn score(&self) -> String {
        let by = &self.explanation.watching;
        let names = by.outcomes.iter().map(|&o| self.evaluated.outcome_name(o));
        let names: Vec<&str> = names.collect();
        let of = match names.as_slice() {
            [] => "over all outcomes".to_owned(),
            names => format!("of {} alone", list(names, "and")),
        };
        match by.score {
            Score::Brier => format!(
                "The score is Brier's, {of}: Σ p·(1 − p) is what the verdict expects of itself. \
                 `--score log` counts tails."
            ),
            Score::Log => format!(
                "The score is the logarithmic one, {of}: −Σ p·log₂ p, in bits, is what the verdict \
                 expects of itself."
            ),
        }
    }

    /// The outcome, of those shown, that an event moves most: "exit 4% → 9%".
    fn moved(&self, at: &Sharpening) -> Option<String> {
        let (given, absent) = at.outcomes.as_ref()?;
        let size = |o: &OutcomeId| (given[o.index()] - absent[o.index()]).abs();
        let shown = self.outcomes().into_iter();
        let most = shown.reduce(|a, b| if size(&b) > size(&a) + 1e-12 { b } else { a })?;
        let i = most.index();
        Some(format!(
            "{} {} → {}",
            self.evaluated.outcome_name(most),
            round::percent(absent[i]),
            round::percent(given[i])
        ))
    }
}
