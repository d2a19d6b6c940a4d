//! Few outcomes on a wide page: a line for each through the horizons, named at its end.
//!
//! In: outcomes and a sheet. Out: how high the drawing is. In a column the outcomes stand side by
//! side, so that no interval hides another, and their numbers behind them.

use super::super::axis::Axis;
use super::super::panel::{grid, label};
use super::super::spread::spread;
use super::super::svg::{SERIES, Sheet, Text};
use super::super::text::{cut, width as text_width, wrap};
use super::super::{Point, Width};
use super::Outcomes;

const LEFT: f64 = 40.0;
const RIGHT: f64 = 190.0;
const TOP: f64 = 10.0;
/// Between two lines of a name.
const LEADING: f64 = 14.0;
/// Room for a number behind the marks of a column.
const NUMBER: f64 = 34.0;

/// The plot.
struct Plot<'a> {
    chart: &'a Outcomes,
    y: Axis,
    /// How wide a column is.
    each: f64,
    /// Between two outcomes in a column.
    step: f64,
    /// Where the columns end.
    end: f64,
    bottom: f64,
}

/// Draws them.
pub(super) fn draw(chart: &Outcomes, sheet: &mut Sheet) -> f64 {
    let total = Width::Wide.units();
    let (n, h) = (chart.outcomes.len(), chart.horizons.len());
    let each = ((total - LEFT - RIGHT) / h as f64).min(190.0);
    let end = LEFT + each * h as f64;
    let room = (total - end - 20.0).min(260.0);
    let names: Vec<Vec<String>> = (0..n)
        .map(|o| wrap(&chart.name(o), 12.0, false, room, 2))
        .collect();
    let heights: Vec<f64> = names
        .iter()
        .map(|lines| LEADING * (lines.len() + 1) as f64 + 6.0)
        .collect();
    let bottom = TOP + 280.0_f64.max(heights.iter().sum());
    let (top, ticks) = chart.scale();
    let plot = Plot {
        chart,
        y: Axis::new((0.0, top), (bottom, TOP)),
        each,
        step: ((each - NUMBER - 16.0) / n as f64).clamp(4.0, 12.0),
        end,
        bottom,
    };
    grid(sheet, &ticks, (LEFT, end), &plot.y);
    for tick in ticks {
        label(sheet, tick, LEFT, &plot.y);
    }
    let lowest = plot.columns(sheet);
    for o in 0..n {
        plot.line(sheet, o);
    }
    for h in 0..h - 1 {
        plot.numbers(sheet, h);
    }
    plot.ends(sheet, &names, &heights);
    lowest + chart.foot(sheet, lowest + 6.0, total) + 10.0
}

impl Plot<'_> {
    fn middle(&self, h: usize) -> f64 {
        LEFT + self.each * (h as f64 + 0.5)
    }

    /// The marks of a column and the numbers behind them stand about its middle.
    fn x(&self, h: usize, o: usize) -> f64 {
        let marks = self.step * self.chart.outcomes.len() as f64;
        self.middle(h) - (marks + NUMBER) / 2.0 + self.step * (o as f64 + 0.5)
    }

    fn place(&self, h: usize, o: usize) -> Option<(f64, f64)> {
        let point = self.chart.point(o, h)?;
        Some((self.x(h, o), self.y.at(point.value)))
    }

    /// The titles of the horizons; where they end, downwards.
    fn columns(&self, sheet: &mut Sheet) -> f64 {
        let mut lowest = self.bottom;
        for (h, horizon) in self.chart.horizons.iter().enumerate() {
            let mut at = self.bottom + 6.0;
            for line in wrap(&horizon.title, 12.0, true, self.each - 8.0, 2) {
                at += LEADING;
                sheet.text(&Text::new(&line, self.middle(h), at).bold(true).middle());
            }
            at += LEADING;
            let to = cut(&self.chart.to(horizon), 11.0, false, self.each - 4.0);
            let to = Text::new(&to, self.middle(h), at);
            sheet.text(&to.size(11.0).middle().class("q"));
            lowest = lowest.max(at + 4.0);
        }
        lowest
    }

    /// One outcome's intervals, line and marks.
    fn line(&self, sheet: &mut Sheet, o: usize) {
        let horizons = 0..self.chart.horizons.len();
        let places: Vec<_> = horizons.map(|h| self.place(h, o)).collect();
        sheet.open(&format!("s{}", o % SERIES), "");
        self.chart.curve(sheet, o, &places, &self.y);
        sheet.close();
    }

    /// The numbers of a column that is not the last.
    fn numbers(&self, sheet: &mut Sheet, h: usize) {
        const HIGH: f64 = 13.0;
        let left = self.x(h, self.chart.outcomes.len() - 1) + self.step / 2.0 + 4.0;
        let space = self.middle(h) + self.each / 2.0 - left;
        let shown: Vec<(usize, &Point)> = (0..self.chart.outcomes.len())
            .filter_map(|o| Some((o, self.chart.point(o, h)?)))
            .collect();
        if shown
            .iter()
            .any(|s| text_width(&s.1.text, 11.0, true) > space)
        {
            return;
        }
        let wanted: Vec<f64> = shown.iter().map(|s| self.y.at(s.1.value)).collect();
        let heights = vec![HIGH; shown.len()];
        let placed = spread(&wanted, &heights, TOP - 4.0, self.bottom + 4.0);
        for (&(o, point), (at, wanted)) in shown.iter().zip(placed.iter().zip(&wanted)) {
            sheet.open(&format!("s{}", o % SERIES), "");
            if (at - wanted).abs() > 5.0 {
                sheet.line("k", (self.x(h, o), *wanted), (left - 1.0, *at));
            }
            let text = Text::new(&point.text, left, at + 4.0).size(11.0);
            sheet.text(&text.bold(self.chart.leads(o, h)).class("h"));
            sheet.close();
        }
    }

    /// The last numbers with the names.
    fn ends(&self, sheet: &mut Sheet, names: &[Vec<String>], heights: &[f64]) {
        let last = |o: usize| {
            let all = (0..self.chart.horizons.len()).rev();
            all.filter_map(|h| Some((h, self.place(h, o)?))).next()
        };
        let (low, high) = (TOP - 6.0, self.bottom + 6.0);
        let wanted: Vec<f64> = (0..names.len())
            .map(|o| last(o).map_or(high, |(_, at)| at.1 + heights[o] / 2.0 - 9.0))
            .collect();
        let placed = spread(&wanted, heights, low, high);
        let left = self.end + 4.0;
        for (o, lines) in names.iter().enumerate() {
            let outcome = &self.chart.outcomes[o];
            let first = placed[o] - heights[o] / 2.0 + 13.0;
            let mut leads = false;
            sheet.open(&format!("s{}", o % SERIES), &outcome.title);
            if let Some((h, at)) = last(o)
                && let Some(point) = self.chart.point(o, h)
            {
                leads = self.chart.leads(o, h);
                sheet.line("k", (at.0 + 7.0, at.1), (left - 5.0, first - 4.0));
                let word = format!("{} {}", point.text, point.word);
                let room = Width::Wide.units() - left;
                let text = cut(word.trim_end(), 12.0, true, room);
                sheet.text(&Text::new(&text, left, first).bold(true));
            }
            sheet.close();
            for (i, line) in lines.iter().enumerate() {
                let y = first + LEADING * (i as f64 + 1.0);
                let class = if leads { "" } else { "q" };
                sheet.text(&Text::new(line, left, y).class(class));
            }
        }
    }
}
