//! How far each number is from where the leader changes.
//!
//! In: a [`Tornado`] of one horizon. Out: a [`Drawing`]: a bar for each number, the nearest first,
//! as long as its turn in decibans, to the left where it is turned down.

use super::axis::{Axis, round_steps, tick};
use super::svg::{Sheet, Text};
use super::text::{cut, width as text_width};
use super::{Drawing, Heading, Width, footer, row_label};
use crate::phrases::Phrases;
use std::fmt::Write;

/// What is drawn.
#[derive(Debug, Clone, Default)]
pub struct Tornado {
    /// What stands above.
    pub heading: Heading,
    /// The numbers that change the leader.
    pub tips: Vec<TippingPoint>,
    /// What is to be said of all others, in sentences.
    pub rest: Vec<String>,
}

/// One number.
#[derive(Debug, Clone)]
pub struct TippingPoint {
    /// Its clause: "russia weight for exit".
    pub label: String,
    /// What it is today: "2:1".
    pub today: String,
    /// What it is where the leader changes: "4:1".
    pub then: String,
    /// Who leads there.
    pub leader: String,
    /// How far that is, in decibans: below 0 where it is turned down.
    pub turn: f64,
    /// The same, rounded: "3 dB".
    pub distance: String,
}

/// More numbers than this are counted, not drawn.
const MOST: usize = 16;

/// Draws it.
pub fn draw(chart: &Tornado, width: Width) -> Drawing {
    let mut sheet = Sheet::default();
    let height = chart.rows(&mut sheet, width);
    let size = (width.units(), height);
    Drawing::new(&chart.heading, chart.describe(), size, sheet)
}

impl TippingPoint {
    fn values(&self) -> String {
        format!("{} → {}", self.today, self.then)
    }

    /// A phrase about it.
    fn said(&self, say: &Phrases, key: &str) -> String {
        let way = say.get(if self.turn < 0.0 {
            "chart_down"
        } else {
            "chart_up"
        });
        let gaps = [
            ("label", self.label.as_str()),
            ("then", &self.then),
            ("today", &self.today),
            ("values", &self.values()),
            ("far", &self.distance),
            ("way", way),
            ("leader", &self.leader),
        ];
        say.fill(key, &gaps)
    }
}

impl Tornado {
    /// The nearest first.
    fn in_order(&self) -> Vec<&TippingPoint> {
        let mut tips: Vec<&TippingPoint> = self.tips.iter().collect();
        tips.sort_by(|a, b| {
            a.turn
                .abs()
                .total_cmp(&b.turn.abs())
                .then(a.label.cmp(&b.label))
        });
        tips
    }

    /// What is said beneath: those that are not drawn, and what was given.
    fn sentences(&self) -> Vec<String> {
        let (tips, say) = (self.in_order(), self.heading.say());
        let mut sentences = Vec::new();
        if let Some(first) = tips.get(MOST) {
            let last = tips[tips.len() - 1];
            sentences.push(match tips.len() - MOST {
                1 => say.fill("turn_one_more", &[("from", &first.distance)]),
                n => {
                    let (n, from, to) = (n.to_string(), &first.distance, &last.distance);
                    say.fill("turn_more", &[("n", &n), ("from", from), ("to", to)])
                }
            });
        }
        sentences.extend(self.rest.iter().cloned());
        sentences
    }

    fn describe(&self) -> String {
        let mut out = String::new();
        for tip in self.in_order().into_iter().take(MOST) {
            let _ = write!(out, "{}. ", tip.said(self.heading.say(), "chart_turn"));
        }
        out += &self.sentences().join(" ");
        out.truncate(out.trim_end().len());
        out
    }

    fn rows(&self, sheet: &mut Sheet, width: Width) -> f64 {
        let total = width.units();
        let wide = width == Width::Wide;
        let say = self.heading.say();
        let tips = self.in_order();
        let tips = &tips[..tips.len().min(MOST)];
        let mut y = 0.0;
        if !tips.is_empty() {
            let (ends, high) = if wide {
                ((228.0, 470.0), 34.0)
            } else {
                ((0.0, total), 60.0)
            };
            let x = self.scale(sheet, tips, ends, high);
            y = 26.0;
            for tip in tips {
                if wide {
                    wide_row(sheet, tip, say, &x, y);
                } else {
                    narrow_row(sheet, tip, say, &x, y);
                }
                y += high;
            }
        }
        let sentences = self.sentences();
        let mut all: Vec<&str> = Vec::new();
        if !tips.is_empty() {
            all.push(say.get("chart_decibans"));
            if !tips.iter().all(|t| t.turn.abs() <= far(tips)) {
                all.push(say.get("chart_pointed"));
            }
        }
        all.extend(sentences.iter().map(String::as_str));
        y + footer(sheet, &all, y, total) + 8.0
    }

    /// The scale with its ticks. A bar leaves room for its distance at its end.
    fn scale(
        &self,
        sheet: &mut Sheet,
        tips: &[&TippingPoint],
        ends: (f64, f64),
        high: f64,
    ) -> Axis {
        const ROOM: f64 = 52.0;
        let far = far(tips);
        let low = tips.iter().map(|t| t.turn.max(-far)).fold(0.0, f64::min);
        let top = tips.iter().map(|t| t.turn.min(far)).fold(0.0, f64::max);
        let (first, last, step) = round_steps(low, top, 4.0);
        let from = ends.0 + if low < 0.0 { ROOM } else { 8.0 };
        let to = ends.1 - if top > 0.0 { ROOM } else { 8.0 };
        let x = Axis::new((first, last), (from, to));
        let bottom = 26.0 + high * tips.len() as f64;
        let count = ((last - first) / step).round() as usize;
        let values: Vec<f64> = (0..=count).map(|i| first + step * i as f64).collect();
        let is_today = |value: f64| value.abs() < step / 2.0;
        for (class, today) in [("g", false), ("x", true)] {
            let places = values.iter().filter(|v| is_today(**v) == today);
            let lines = places.map(|v| [(x.at(*v), 18.0), (x.at(*v), bottom)]);
            sheet.lines(class, lines);
        }
        let mut free = f64::NEG_INFINITY;
        for value in values {
            let at = x.at(value);
            let text = if is_today(value) {
                self.heading.say().get("chart_today").to_owned()
            } else {
                format!("{} dB", tick(value, step))
            };
            let half = text_width(&text, 11.0, false) / 2.0;
            if at - half >= free {
                let at = at.clamp(ends.0 + half, ends.1 - half);
                sheet.text(&Text::new(&text, at, 12.0).size(11.0).middle().class("q"));
                free = at + half + 6.0;
            }
        }
        x
    }
}

/// What lies beyond this would leave no room for the others.
fn far(tips: &[&TippingPoint]) -> f64 {
    const TIMES: f64 = 4.0;
    let middle = tips.get(tips.len() / 2).map_or(0.0, |t| t.turn.abs());
    (TIMES * middle).max(1.0)
}

/// The bar, with its distance at its end; one that runs off the scale is pointed.
fn bar(sheet: &mut Sheet, tip: &TippingPoint, say: &Phrases, x: &Axis, y: f64) {
    let (zero, end) = (x.at(0.0), x.at(tip.turn));
    let down = tip.turn < 0.0;
    sheet.open(if down { "s1" } else { "s0" }, &tip.said(say, "chart_tip"));
    if x.holds(tip.turn) {
        let left = zero.min(end);
        sheet.rect("f", (left, y), ((end - zero).abs().max(1.5), 14.0));
    } else {
        let head = if down { -8.0 } else { 8.0 };
        let corners = [
            (zero, y),
            (end - head, y),
            (end, y + 7.0),
            (end - head, y + 14.0),
            (zero, y + 14.0),
        ];
        sheet.path("f", &corners, true);
    }
    sheet.close();
    let text = cut(&tip.distance, 11.0, true, 46.0);
    let text = Text::new(&text, if down { end - 5.0 } else { end + 5.0 }, y + 11.0);
    let text = text.size(11.0).bold(true).class("h");
    sheet.text(&if down { text.end() } else { text });
}

fn wide_row(sheet: &mut Sheet, tip: &TippingPoint, say: &Phrases, x: &Axis, y: f64) {
    let total = Width::Wide.units();
    row_label(sheet, &tip.label, (222.0, y), Width::Wide, false);
    bar(sheet, tip, say, x, y + 8.0);
    let values = cut(&tip.values(), 12.0, true, total - 480.0);
    sheet.text(&Text::new(&values, 480.0, y + 12.0).bold(true));
    let leader = cut(&tip.said(say, "chart_leader"), 12.0, false, total - 480.0);
    sheet.text(&Text::new(&leader, 480.0, y + 26.0).class("q"));
}

fn narrow_row(sheet: &mut Sheet, tip: &TippingPoint, say: &Phrases, x: &Axis, y: f64) {
    let total = Width::Narrow.units();
    row_label(sheet, &tip.label, (0.0, y), Width::Narrow, false);
    let values = cut(&tip.values(), 12.0, true, total * 0.7);
    let taken = text_width(&values, 12.0, true);
    sheet.text(&Text::new(&values, 0.0, y + 30.0).bold(true).class("h"));
    let leader = tip.said(say, "chart_leader");
    let leader = cut(&leader, 12.0, false, total - taken - 10.0);
    sheet.text(&Text::new(&leader, total, y + 30.0).end().class("q h"));
    bar(sheet, tip, say, x, y + 37.0);
}
