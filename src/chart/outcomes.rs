//! The outcomes over the horizons, with their intervals.
//!
//! In: [`Outcomes`]. Out: a [`Drawing`]: wide, a line for each outcome through the horizons, or a
//! panel for each where there are many; narrow, a scale for each outcome under each horizon. Final
//! outcomes are cumulative, and are drawn open and dotted.

mod lines;
mod panels;
mod rows;

use super::axis::{Axis, chances};
use super::svg::Sheet;
use super::{Drawing, Heading, Point, Width, footer};
use std::borrow::Cow;
use std::fmt::Write;

/// What is drawn.
#[derive(Debug, Clone, Default)]
pub struct Outcomes {
    /// What stands above.
    pub heading: Heading,
    /// The horizons, in order of time.
    pub horizons: Vec<Horizon>,
    /// The outcomes, in the file's order.
    pub outcomes: Vec<Outcome>,
}

/// One horizon.
#[derive(Debug, Clone)]
pub struct Horizon {
    /// Its title.
    pub title: String,
    /// Its end, as printed.
    pub to: String,
    /// The leader, by its place; none where what was asked cannot hold.
    pub leader: Option<usize>,
}

/// One outcome.
#[derive(Debug, Clone)]
pub struct Outcome {
    /// Its title.
    pub title: String,
    /// Whether it is final, and so cumulative.
    pub is_final: bool,
    /// By horizon; none where what was asked cannot hold.
    pub points: Vec<Option<Point>>,
}

/// More outcomes than this in one plot are hard to follow.
const MOST_LINES: usize = 4;

/// Draws them.
pub fn draw(chart: &Outcomes, width: Width) -> Drawing {
    let mut sheet = Sheet::default();
    let height = if chart.outcomes.is_empty() || chart.horizons.is_empty() {
        footer(
            &mut sheet,
            &[chart.heading.say().get("chart_none")],
            0.0,
            width.units(),
        ) + 8.0
    } else {
        match width {
            Width::Wide if chart.outcomes.len() <= MOST_LINES => lines::draw(chart, &mut sheet),
            Width::Wide => panels::draw(chart, &mut sheet),
            Width::Narrow => rows::draw(chart, &mut sheet),
        }
    };
    let size = (width.units(), height);
    Drawing::new(&chart.heading, chart.describe(), size, sheet)
}

impl Outcomes {
    fn point(&self, outcome: usize, horizon: usize) -> Option<&Point> {
        self.outcomes[outcome].points.get(horizon)?.as_ref()
    }

    fn scale(&self) -> (f64, Vec<f64>) {
        let points = self.outcomes.iter().flat_map(|o| o.points.iter().flatten());
        chances(points.map(Point::high).fold(0.0, f64::max))
    }

    fn leads(&self, outcome: usize, horizon: usize) -> bool {
        self.horizons[horizon].leader == Some(outcome)
    }

    /// An outcome's title, and that it is cumulative.
    fn name(&self, outcome: usize) -> Cow<'_, str> {
        let outcome = &self.outcomes[outcome];
        match outcome.is_final {
            true => format!("{}, {}", outcome.title, self.heading.say().get("by_then")).into(),
            false => outcome.title.as_str().into(),
        }
    }

    fn tip(&self, outcome: usize, horizon: usize, point: &Point) -> String {
        let (o, h) = (self.name(outcome), &self.horizons[horizon]);
        let say = self.heading.say();
        format!("{o}, {}, {}: {}", h.title, self.to(h), point.sentence(say))
    }

    /// "to 2026-12-31"
    fn to(&self, horizon: &Horizon) -> String {
        self.heading
            .say()
            .fill("chart_to", &[("date", &horizon.to)])
    }

    /// One outcome's line, with its intervals and marks, at its places by horizon.
    fn curve(&self, sheet: &mut Sheet, o: usize, places: &[Option<(f64, f64)>], y: &Axis) {
        let is_final = self.outcomes[o].is_final;
        runs(sheet, if is_final { "l d" } else { "l" }, places);
        for (h, place) in places.iter().enumerate() {
            let (Some(at), Some(point)) = (place, self.point(o, h)) else {
                continue;
            };
            sheet.open("", &self.tip(o, h, point));
            if let Some((low, high)) = point.interval {
                sheet.line("i", (at.0, y.at(low)), (at.0, y.at(high)));
            }
            sheet.mark(o, is_final, *at);
            sheet.close();
        }
    }

    fn foot(&self, sheet: &mut Sheet, y: f64, width: f64) -> f64 {
        let mut sentences = Vec::new();
        let mut points = self.outcomes.iter().flat_map(|o| o.points.iter().flatten());
        if points.any(|p| p.interval.is_some()) {
            sentences.push(self.heading.say().get("chart_bars"));
        }
        if self.outcomes.iter().any(|o| o.is_final) {
            sentences.push(self.heading.say().get("chart_open"));
        }
        footer(sheet, &sentences, y, width)
    }

    fn describe(&self) -> String {
        let mut out = String::new();
        let say = self.heading.say();
        for (h, horizon) in self.horizons.iter().enumerate() {
            let _ = write!(out, "{}, {}: ", horizon.title, self.to(horizon));
            let each = (0..self.outcomes.len()).filter_map(|o| {
                let point = self.point(o, h)?;
                let leads = if self.leads(o, h) {
                    say.get("chart_leads")
                } else {
                    ""
                };
                Some(format!("{} {}{leads}", self.name(o), point.sentence(say)))
            });
            let each: Vec<String> = each.collect();
            if each.is_empty() {
                out.push_str(say.get("chart_cannot"));
            }
            out += &each.join("; ");
            out.push_str(". ");
        }
        out.truncate(out.trim_end().len());
        out
    }
}

/// Joins places, but for those that are missing.
fn runs(sheet: &mut Sheet, class: &str, places: &[Option<(f64, f64)>]) {
    for run in places.split(Option::is_none).filter(|run| run.len() > 1) {
        let run: Vec<(f64, f64)> = run.iter().flatten().copied().collect();
        sheet.path(class, &run, false);
    }
}
