//! Many outcomes on a wide page: a panel for each, with all the others faint behind it.
//!
//! In: outcomes and a sheet. Out: how high the drawing is. All panels share both scales.

use super::super::Width;
use super::super::axis::Axis;
use super::super::panel::{LEADING, grid, label, title};
use super::super::svg::{SERIES, Sheet, Text};
use super::super::text::{cut, width as text_width, wrap};
use super::{Outcomes, runs};

const LEFT: f64 = 36.0;
const GAP: f64 = 20.0;
const ACROSS: usize = 4;
const HIGH: f64 = 110.0;
/// At the sides of a panel.
const MARGIN: f64 = 16.0;

struct Panel<'a> {
    chart: &'a Outcomes,
    outcome: usize,
    left: f64,
    right: f64,
    y: Axis,
    bottom: f64,
}

/// Draws them.
pub(super) fn draw(chart: &Outcomes, sheet: &mut Sheet) -> f64 {
    let total = Width::Wide.units();
    let each = (total - LEFT - GAP * (ACROSS - 1) as f64) / ACROSS as f64;
    let (top, ticks) = chart.scale();
    let all: Vec<usize> = (0..chart.outcomes.len()).collect();
    let mut y = 0.0;
    for (row, outcomes) in all.chunks(ACROSS).enumerate() {
        let names: Vec<Vec<String>> = outcomes
            .iter()
            .map(|&o| wrap(&chart.name(o), 12.0, true, each, 3))
            .collect();
        let lines = names.iter().map(Vec::len).max().unwrap_or(1);
        y += if row == 0 { 0.0 } else { 22.0 };
        let bottom = y + LEADING * lines as f64 + 18.0 + HIGH;
        for (i, (&outcome, name)) in outcomes.iter().zip(&names).enumerate() {
            let left = LEFT + (each + GAP) * i as f64;
            let under = y + LEADING * lines as f64;
            title(sheet, &chart.outcomes[outcome].title, name, (left, under));
            let panel = Panel {
                chart,
                outcome,
                left,
                right: left + each,
                y: Axis::new((0.0, top), (bottom, bottom - HIGH)),
                bottom,
            };
            panel.grid(sheet, &ticks, i == 0);
            panel.others(sheet);
            panel.line(sheet);
        }
        y = bottom + 18.0;
    }
    y + chart.foot(sheet, y + 4.0, total) + 12.0
}

impl Panel<'_> {
    fn x(&self, h: usize) -> f64 {
        let (from, to) = (self.left + MARGIN, self.right - MARGIN);
        match self.chart.horizons.len() {
            0 | 1 => f64::midpoint(from, to),
            n => from + (to - from) * h as f64 / (n - 1) as f64,
        }
    }

    fn places(&self, outcome: usize) -> Vec<Option<(f64, f64)>> {
        (0..self.chart.horizons.len())
            .map(|h| {
                let point = self.chart.point(outcome, h)?;
                Some((self.x(h), self.y.at(point.value)))
            })
            .collect()
    }

    fn grid(&self, sheet: &mut Sheet, ticks: &[f64], is_first: bool) {
        grid(sheet, ticks, (self.left, self.right), &self.y);
        for tick in ticks.iter().filter(|_| is_first) {
            label(sheet, *tick, self.left, &self.y);
        }
        let at = self.bottom + 15.0;
        let room = (self.right - self.left - 8.0) / 2.0;
        let quiet = |text, x| Text::new(text, x, at).size(11.0).class("q");
        let horizons = &self.chart.horizons;
        if let [first, .., last] = &horizons[..] {
            let (first, last) = (
                cut(&first.title, 11.0, false, room),
                cut(&last.title, 11.0, false, room),
            );
            sheet.text(&quiet(&first, self.left));
            sheet.text(&quiet(&last, self.right).end());
        } else if let [only] = &horizons[..] {
            let only = cut(&only.title, 11.0, false, 2.0 * room);
            sheet.text(&quiet(&only, self.left));
        }
    }

    fn others(&self, sheet: &mut Sheet) {
        for other in 0..self.chart.outcomes.len() {
            if other != self.outcome {
                runs(sheet, "g", &self.places(other));
            }
        }
    }

    /// The outcome itself.
    fn line(&self, sheet: &mut Sheet) {
        let o = self.outcome;
        sheet.open(&format!("s{}", o % SERIES), "");
        self.chart.curve(sheet, o, &self.places(o), &self.y);
        self.numbers(sheet);
        sheet.close();
    }

    /// As many numbers as have room: first where it leads, then the last, then the highest.
    fn numbers(&self, sheet: &mut Sheet) {
        let o = self.outcome;
        let all = 0..self.chart.horizons.len();
        let mut shown: Vec<_> = all
            .filter_map(|h| Some((h, self.chart.point(o, h)?)))
            .collect();
        let last = shown.last().map(|s| s.0);
        shown.sort_by(|a, b| {
            let first = |h: usize| (!self.chart.leads(o, h), Some(h) != last);
            let higher = b.1.value.total_cmp(&a.1.value);
            first(a.0).cmp(&first(b.0)).then(higher)
        });
        let mut taken: Vec<(f64, f64)> = Vec::new();
        for (h, point) in shown {
            let leads = self.chart.leads(o, h);
            let half = text_width(&point.text, 11.0, leads) / 2.0;
            let middle = self.x(h).min(self.right + 4.0 - half);
            let (from, to) = (middle - half - 2.0, middle + half + 2.0);
            if taken.iter().any(|t| from < t.1 && t.0 < to) {
                continue;
            }
            taken.push((from, to));
            let above = self.y.at(point.high()) - 5.0;
            let above = above.min(self.y.at(point.value) - 8.0);
            let text = Text::new(&point.text, middle, above);
            sheet.text(&text.size(11.0).bold(leads).middle().class("h"));
        }
    }
}
