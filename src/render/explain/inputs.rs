//! Confidence with what it was computed from, where the intervals' width comes from, and what is
//! worth watching: as tables, horizons across.
//!
//! In: an explained assessment. Out: blocks of the page. No likelihood stands beside confidence.

use super::super::round;
use super::super::verdict::sections::{Panel, PanelRow, Tone};
use super::Explained;
use super::page::Block;
use crate::infer::explain::Sharpening;
use crate::infer::verdict::Confidence;
use crate::resolve::assessment::{HorizonId, OutcomeId};
use crate::resolve::table::Id;

/// A range that explains less of the variance than this everywhere is not listed.
const SMALL: f64 = 0.02;

/// The most ranges listed for one outcome.
const RANGES: usize = 8;

/// The change of an outcome is named beside what learning is worth from this share on.
const WORTH: f64 = 0.001;

/// What rounds to less than a tenth of a per cent.
const LEAST: f64 = 0.000_5;

impl Explained {
    fn row(
        &self,
        label: impl Into<String>,
        cell: impl Fn(HorizonId) -> (String, Tone),
    ) -> PanelRow {
        PanelRow {
            label: label.into(),
            cells: self.evaluated.horizons().into_iter().map(cell).collect(),
        }
    }

    pub(super) fn confidence(&self) -> Vec<Block> {
        let e = &self.evaluated;
        let at = |h: HorizonId| &self.explanation.grounds[h.index()];
        let cell = |value: Option<String>, none: &str, level: Confidence| {
            let value = value.unwrap_or_else(|| none.to_owned());
            (format!("{value}: {}", level.as_str()), Tone::Plain)
        };
        let rows = vec![
            self.row("uncited pushes", |h| {
                let share = at(h).unsourced.map(round::percent);
                match at(h).unsourced_level() {
                    Some(level) => cell(share, "", level),
                    None if self.explanation.prior_is_sourced => {
                        cell(None, "no push, prior cited", Confidence::Moderate)
                    }
                    None => cell(None, "no push, prior not cited", Confidence::Low),
                }
            }),
            self.row("rating", |h| {
                cell(
                    at(h).quality.map(round::factor),
                    "none",
                    at(h).quality_level(),
                )
            }),
            self.row("leader's width", |h| {
                cell(
                    at(h).width.map(round::points),
                    "no range",
                    at(h).width_level(),
                )
            }),
            self.row("= confidence", |h| match e.is_possible(h) {
                true => (e.at(h).confidence.as_str().to_owned(), Tone::Loud),
                false => ("—".to_owned(), Tone::Quiet),
            }),
        ];
        vec![
            Block::Heading(
                "Confidence",
                "each input with the highest level that it allows; the lowest counts".to_owned(),
            ),
            Block::Panel(Panel {
                title: String::new(),
                about: String::new(),
                rows,
                notes: vec![e.confidence_rule()],
            }),
        ]
    }

    pub(super) fn widths(&self) -> Vec<Block> {
        let ranges = &self.explanation.ranges;
        if ranges.is_empty() {
            return Vec::new();
        }
        let heading = Block::Heading(
            "Where the width of the intervals comes from",
            "the share of the variance that each range alone explains".to_owned(),
        );
        let panels = self
            .outcomes()
            .into_iter()
            .map(|o| Block::Panel(self.width(o)));
        std::iter::once(heading).chain(panels).collect()
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
        let shown = order.iter().take_while(|(size, _)| *size >= SMALL);
        let shown: Vec<usize> = shown.take(RANGES).map(|s| s.1).collect();
        let rows = shown.iter().map(|&r| {
            self.row(self.explanation.ranges[r].key.as_str(), |h| {
                match share(r, h) {
                    None => ("—".to_owned(), Tone::Quiet),
                    Some(s) if s < 0.01 => ("<1%".to_owned(), Tone::Quiet),
                    Some(s) => (
                        format!("{}%", crate::decimal::fixed(s * 100.0, 0)),
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
        let rest = order.len() - shown.len();
        let notes = match (shown.len(), rest) {
            (0, _) => vec!["No range alone explains as much as 2%.".to_owned()],
            (_, 0) => Vec::new(),
            (_, 1) => vec!["One other range explains less.".to_owned()],
            (_, n) => vec![format!("{n} other ranges explain less, each.")],
        };
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
            false => vec![
                "The score is Brier's, summed over the outcomes: Σ p·(1 − p) is what the verdict \
                 expects of itself. What an event is worth is seen at the same horizon only."
                    .to_owned(),
            ],
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
