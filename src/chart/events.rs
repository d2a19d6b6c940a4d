//! Each event's chance over time, a small panel for each.
//!
//! In: [`Events`]. Out: a [`Drawing`] of panels that share both scales, the likeliest first: time
//! runs true to the calendar, and every panel goes as high as the highest needs.

use super::axis::{Axis, chances};
use super::panel::{LEADING, grid, label, title};
use super::svg::{Sheet, Text};
use super::text::{cut, width as text_width, wrap};
use super::{Drawing, Heading, Point, Width, footer};
use std::fmt::Write;

/// What is drawn.
#[derive(Debug, Clone, Default)]
pub struct Events {
    /// What stands above.
    pub heading: Heading,
    /// The day of the assessment, as printed.
    pub from: String,
    /// The horizons, in order of time.
    pub horizons: Vec<Horizon>,
    /// The events with a chance.
    pub events: Vec<Event>,
    /// The names of those without.
    pub hypothetical: Vec<String>,
}

/// One horizon.
#[derive(Debug, Clone)]
pub struct Horizon {
    /// Its title.
    pub title: String,
    /// Its end, as printed.
    pub to: String,
    /// Its end, in days from the day of the assessment.
    pub days: f64,
}

/// One event.
#[derive(Debug, Clone)]
pub struct Event {
    /// Its title.
    pub title: String,
    /// The chance that it has happened already.
    pub now: f64,
    /// By horizon.
    pub points: Vec<Point>,
}

impl Event {
    fn last(&self) -> f64 {
        self.points.last().map_or(self.now, |p| p.value)
    }
}

/// Room for the last number of a panel.
const END: f64 = 52.0;

/// Where a panel stands, and its scales.
struct Panel {
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
}

/// Draws them.
pub fn draw(chart: &Events, width: Width) -> Drawing {
    let mut sheet = Sheet::default();
    let height = chart.panels(&mut sheet, width);
    let size = (width.units(), height);
    Drawing::new(&chart.heading, chart.describe(), size, sheet)
}

impl Events {
    fn describe(&self) -> String {
        let mut out = String::new();
        for event in self.in_order() {
            let each = self.horizons.iter().zip(&event.points);
            let say = self.heading.say();
            let by = |to: &str| say.fill("chart_by", &[("date", to)]);
            let each = each.map(|(h, p)| format!("{} {}", p.sentence(say), by(&h.to)));
            let each: Vec<String> = each.collect();
            let _ = write!(out, "{}: {}. ", event.title, each.join("; "));
        }
        if !self.hypothetical.is_empty() {
            let names = self.hypothetical.join(", ");
            out += &self
                .heading
                .say()
                .fill("chart_no_chance", &[("names", &names)]);
        }
        out.truncate(out.trim_end().len());
        out
    }

    /// The likeliest first.
    fn in_order(&self) -> Vec<&Event> {
        let mut events: Vec<&Event> = self.events.iter().collect();
        events.sort_by(|a, b| b.last().total_cmp(&a.last()));
        events
    }

    fn panels(&self, sheet: &mut Sheet, width: Width) -> f64 {
        const LEFT: f64 = 36.0;
        const GAP: f64 = 18.0;
        let total = width.units();
        let events = self.in_order();
        let most = if width == Width::Wide { 4 } else { 2 };
        let across = events.len().clamp(1, most);
        let each = (total - LEFT - GAP * (across - 1) as f64) / across as f64;
        let each = each.min(400.0);
        let plot = if events.len() <= 3 { 120.0 } else { 72.0 };
        let points = events.iter().flat_map(|e| &e.points);
        let now = events.iter().map(|e| e.now).fold(0.0, f64::max);
        let (top, ticks) = chances(points.map(Point::high).fold(now, f64::max));
        let mut y = 0.0;
        for (row, events) in events.chunks(across).enumerate() {
            let titles: Vec<Vec<String>> = events
                .iter()
                .map(|e| wrap(&e.title, 12.0, true, each, 3))
                .collect();
            let lines = titles.iter().map(Vec::len).max().unwrap_or(1) as f64;
            y += if row == 0 { 0.0 } else { 20.0 };
            for (i, (event, name)) in events.iter().zip(&titles).enumerate() {
                let left = LEFT + (each + GAP) * i as f64;
                title(sheet, &event.title, name, (left, y + LEADING * lines));
                let panel = Panel {
                    left,
                    right: left + each - END,
                    top: y + LEADING * lines + 18.0,
                    bottom: y + LEADING * lines + 18.0 + plot,
                };
                let scale = Axis::new((0.0, top), (panel.bottom, panel.top));
                grid(sheet, &ticks, (left, panel.right), &scale);
                for tick in ticks.iter().filter(|_| i == 0) {
                    if *tick == 0.0 || *tick == top || plot > 100.0 {
                        label(sheet, *tick, left, &scale);
                    }
                }
                self.curve(sheet, event, &panel, &scale);
            }
            y += LEADING * lines + 18.0 + plot + 18.0;
        }
        let mut sentences = Vec::new();
        if self
            .events
            .iter()
            .any(|e| e.points.iter().any(|p| p.interval.is_some()))
        {
            sentences.push(self.heading.say().get("chart_bands").to_owned());
        }
        if !self.hypothetical.is_empty() {
            let names = self.hypothetical.join(", ");
            let say = self.heading.say();
            sentences.push(say.fill("chart_no_chance", &[("names", &names)]));
        }
        let sentences: Vec<&str> = sentences.iter().map(String::as_str).collect();
        y + footer(sheet, &sentences, y + 4.0, total) + 12.0
    }

    fn curve(&self, sheet: &mut Sheet, event: &Event, panel: &Panel, y: &Axis) {
        let end = self.horizons.last().map_or(1.0, |h| h.days);
        let x = Axis::new((0.0, end), (panel.left + 2.0, panel.right));
        let places: Vec<f64> = self.horizons.iter().map(|h| x.at(h.days)).collect();
        let notch = |at: &f64| [(*at, panel.bottom), (*at, panel.bottom + 4.0)];
        sheet.lines("x", places.iter().map(notch));
        let (from, at) = (short(&self.from), panel.bottom + 15.0);
        let quiet = |text, x| Text::new(text, x, at).size(11.0).class("q");
        sheet.text(&quiet(from, panel.left));
        if let Some(last) = self.horizons.last() {
            let to = short(&last.to);
            let both = text_width(from, 11.0, false) + text_width(to, 11.0, false);
            if both + 8.0 < panel.right - panel.left {
                sheet.text(&quiet(to, panel.right).end());
            }
        }
        sheet.open("s0", "");
        let start = (x.at(0.0), y.at(event.now));
        let points = || event.points.iter().zip(&places);
        if event.points.iter().any(|p| p.interval.is_some()) {
            let side = |of: fn(&Point) -> f64| -> Vec<(f64, f64)> {
                points().map(|(p, at)| (*at, y.at(of(p)))).collect()
            };
            let mut band = vec![start];
            band.extend(side(|p| p.interval.map_or(p.value, |i| i.1)));
            band.extend(
                side(|p| p.interval.map_or(p.value, |i| i.0))
                    .into_iter()
                    .rev(),
            );
            sheet.path("b", &band, true);
        }
        let mut line = vec![start];
        line.extend(points().map(|(p, at)| (*at, y.at(p.value))));
        sheet.path("l", &line, false);
        for ((point, at), horizon) in points().zip(&self.horizons) {
            let say = self.heading.say();
            let by = say.fill("chart_by", &[("date", &horizon.to)]);
            sheet.open("", &format!("{by}: {}", point.sentence(say)));
            sheet.mark(0, false, (*at, y.at(point.value)));
            sheet.close();
        }
        sheet.close();
        self.numbers(sheet, event, (&places, y), panel);
    }

    /// The last number beside its mark, and above theirs as many of the others as have room.
    fn numbers(&self, sheet: &mut Sheet, event: &Event, at: (&[f64], &Axis), panel: &Panel) {
        let (places, y) = at;
        let mut free = panel.right - 6.0;
        let count = event.points.len().min(places.len());
        for (i, point) in event.points.iter().enumerate().take(count).rev() {
            let (x, up) = (places[i], y.at(point.value));
            if i + 1 == count {
                let text = cut(&point.text, 12.0, true, END - 8.0);
                sheet.text(&Text::new(&text, x + 8.0, up + 4.0).bold(true));
                continue;
            }
            let half = text_width(&point.text, 11.0, false) / 2.0;
            let middle = x.max(panel.left + half);
            if middle + half > free {
                continue;
            }
            sheet.text(
                &Text::new(&point.text, middle, up - 8.0)
                    .size(11.0)
                    .middle()
                    .class("h"),
            );
            free = middle - half - 4.0;
        }
    }
}

/// A date without its day, where it is one.
fn short(date: &str) -> &str {
    match date.get(..7) {
        Some(month) if date.len() == 10 => month,
        _ => date,
    }
}
