//! From the prior to the verdict, driver by driver.
//!
//! In: a [`Waterfall`]. Out: a [`Drawing`]: each contribution as an arrow from where those before it
//! have led, the largest first, in an order in which no sum leaves 0–100%. Where there is none, each
//! is a bar from a common line. Beyond a number of them the smallest are drawn as one; the sum stays
//! what it is.

mod order;

use super::axis::{Axis, round_steps, tick};
use super::svg::{Sheet, Text};
use super::text::width as text_width;
use super::{Drawing, Heading, Width, footer, row_label};
use crate::phrases::Phrases;
use crate::text::round;
use std::fmt::Write;

/// What is drawn.
#[derive(Debug, Clone, Default)]
pub struct Waterfall {
    /// What stands above.
    pub heading: Heading,
    /// Where it begins.
    pub prior: Total,
    /// By each driver.
    pub steps: Vec<Step>,
    /// Where it ends.
    pub verdict: Total,
}

/// A share at an end.
#[derive(Debug, Clone, Default)]
pub struct Total {
    /// What it is called.
    pub label: String,
    /// From 0 to 1.
    pub value: f64,
    /// Rounded: "64%".
    pub text: String,
}

/// What one driver contributes.
#[derive(Debug, Clone)]
pub struct Step {
    /// Its title.
    pub title: String,
    /// In percentage points.
    pub points: f64,
}

/// More contributions than this are drawn as one.
const MOST: usize = 20;

/// Draws it.
pub fn draw(chart: &Waterfall, width: Width) -> Drawing {
    let mut sheet = Sheet::default();
    let steps = chart.in_order();
    let height = match order::within(chart.prior.value * 100.0, &steps) {
        Some(steps) => rows(chart, &steps, &mut sheet, width),
        None => bars(chart, &steps, &mut sheet, width),
    };
    let size = (width.units(), height);
    Drawing::new(&chart.heading, chart.describe(), size, sheet)
}

impl Waterfall {
    /// The largest first, and the smallest together.
    fn in_order(&self) -> Vec<Step> {
        let mut steps = self.steps.clone();
        steps.sort_by(|a, b| b.points.abs().total_cmp(&a.points.abs()));
        let still = steps.iter().position(|s| s.points.abs() < 1e-9);
        let kept = still.unwrap_or(steps.len());
        let kept = if kept > MOST + 1 { MOST } else { kept };
        let rest = steps.split_off(kept);
        if !rest.is_empty() {
            let points = rest.iter().map(|s| s.points).sum();
            let title = match rest.len() {
                1 => rest[0].title.clone(),
                n => self
                    .heading
                    .say()
                    .fill("others_together", &[("n", &n.to_string())]),
            };
            steps.push(Step { title, points });
        }
        steps
    }

    fn describe(&self) -> String {
        let mut out = format!("{} {}. ", self.prior.label, self.prior.text);
        for step in self.in_order() {
            let points = self.heading.say().points(&points(step.points));
            let _ = write!(out, "{} {points}. ", step.title);
        }
        let _ = write!(out, "{} {}.", self.verdict.label, self.verdict.text);
        out
    }
}

fn points(points: f64) -> String {
    let text = round::change(points);
    let unit = if matches!(text.trim_start_matches(['+', '−']), "1" | "1.0") {
        "point"
    } else {
        "points"
    };
    format!("{text} {unit}")
}

/// What the rows share.
struct Rows<'a> {
    sheet: &'a mut Sheet,
    say: &'static Phrases,
    width: Width,
    x: Axis,
    /// Where labels end.
    labels: f64,
    /// Whether the scale begins at 0, so that a bar from there shows a share.
    from_zero: bool,
}

fn rows(chart: &Waterfall, steps: &[Step], sheet: &mut Sheet, width: Width) -> f64 {
    const VALUE: f64 = 52.0;
    let total = width.units();
    let labels = if width == Width::Wide { 250.0 } else { 0.0 };
    // Every place that is passed, in percentage points; a sum may miss an end by rounding.
    let mut passed = vec![chart.prior.value * 100.0];
    for step in steps {
        passed.push((passed[passed.len() - 1] + step.points).clamp(0.0, 100.0));
    }
    passed.push(chart.verdict.value * 100.0);
    let low = passed.iter().copied().fold(f64::INFINITY, f64::min);
    let high = passed.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let from_zero = low < 0.6 * high;
    let (first, last, step) = round_steps(if from_zero { 0.0 } else { low }, high, 5.0);
    let last = last.min(100.0);
    let ends = (labels + 8.0, total - VALUE);
    let x = Axis::new((first, last), ends);
    let axis = 14.0;
    let mut sheet_rows = Rows {
        sheet,
        say: chart.heading.say(),
        width,
        x,
        labels,
        from_zero,
    };
    let high_row = sheet_rows.height();
    let bottom = axis + 8.0 + high_row * (steps.len() + 2) as f64;
    sheet_rows.ticks((first, last, step), (axis, bottom));
    let mut y = axis + 8.0;
    sheet_rows.total(&chart.prior, y);
    let mut at = passed[0];
    for (step, &next) in steps.iter().zip(&passed[1..]) {
        let mark = sheet_rows.bar(y);
        y += high_row;
        sheet_rows.joint(at, mark.1, y);
        sheet_rows.step(step, (at, next), y);
        at = next;
    }
    let mark = sheet_rows.bar(y).1;
    y += high_row;
    sheet_rows.joint(at, mark, y);
    sheet_rows.total(&chart.verdict, y);
    y += high_row;
    let scale = if from_zero {
        ""
    } else {
        chart.heading.say().get("chart_not_zero")
    };
    y + footer(
        sheet,
        &[chart.heading.say().get("chart_points"), scale],
        y + 4.0,
        total,
    ) + 8.0
}

/// Each contribution from a common line, since one after the other they would leave 0–100%.
fn bars(chart: &Waterfall, steps: &[Step], sheet: &mut Sheet, width: Width) -> f64 {
    const VALUE: f64 = 52.0;
    let total = width.units();
    let labels = if width == Width::Wide { 250.0 } else { 0.0 };
    let far = steps.iter().map(|s| s.points.abs()).fold(0.0, f64::max);
    let (first, last, step) = round_steps(-far, far, 4.0);
    let mut rows = Rows {
        sheet,
        say: chart.heading.say(),
        width,
        x: Axis::new((first, last), (labels + 8.0, total - VALUE)),
        labels,
        from_zero: false,
    };
    let (axis, high_row) = (14.0, rows.height());
    let bottom = axis + 8.0 + high_row * (steps.len() + 2) as f64;
    let signed = |x: f64| match tick(x, step) {
        text if x > 0.0 && text != "0" => format!("+{text}"),
        text => text,
    };
    rows.ticks_of((first, last, step), (axis, bottom), signed);
    let zero = rows.x.at(0.0);
    rows.sheet.line("x", (zero, axis + 5.0), (zero, bottom));
    let mut y = axis + 8.0;
    rows.end(&chart.prior, zero, y);
    for step in steps {
        y += high_row;
        let tip = rows.say.points(&points(step.points));
        rows.arrow(step, (0.0, step.points), y, &tip);
    }
    y += high_row;
    rows.end(&chart.verdict, zero, y);
    y += high_row;
    let sentences = [chart.heading.say().get("chart_apart")];
    y + footer(sheet, &sentences, y + 4.0, total) + 8.0
}

impl Rows<'_> {
    fn height(&self) -> f64 {
        if self.width == Width::Wide {
            30.0
        } else {
            42.0
        }
    }

    /// From the bar above to that of the row at `y`; on a telephone the label is in between.
    fn joint(&mut self, at: f64, above: f64, y: f64) {
        if self.width == Width::Wide {
            let x = self.x.at(at);
            self.sheet.line("x", (x, above), (x, self.bar(y).0));
        }
    }

    /// Where the bar of a row begins and ends, downwards.
    fn bar(&self, y: f64) -> (f64, f64) {
        if self.width == Width::Wide {
            (y + 7.0, y + 23.0)
        } else {
            (y + 20.0, y + 36.0)
        }
    }

    fn ticks(&mut self, steps: (f64, f64, f64), place: (f64, f64)) {
        self.ticks_of(steps, place, |x| format!("{}%", tick(x, steps.2)));
    }

    fn ticks_of(
        &mut self,
        (first, last, step): (f64, f64, f64),
        (y, bottom): (f64, f64),
        label: impl Fn(f64) -> String,
    ) {
        let count = ((last - first) / step).round() as usize;
        let values: Vec<f64> = (0..=count).map(|i| first + step * i as f64).collect();
        let places = values.iter().map(|value| self.x.at(*value));
        let lines = places.map(|at| [(at, y + 5.0), (at, bottom)]);
        self.sheet.lines("g", lines);
        let mut free = f64::NEG_INFINITY;
        for value in values {
            let at = self.x.at(value);
            let text = label(value);
            let half = text_width(&text, 11.0, false) / 2.0;
            if at - half < free {
                continue;
            }
            let at = at.max(half);
            self.sheet
                .text(&Text::new(&text, at, y).size(11.0).middle().class("q"));
            free = at + half + 6.0;
        }
    }

    fn total(&mut self, total: &Total, y: f64) {
        let (top, bottom) = self.bar(y);
        let at = self.x.at(total.value * 100.0);
        self.sheet
            .open("s5", &format!("{}: {}", total.label, total.text));
        if self.from_zero {
            let from = self.x.at(0.0);
            self.sheet
                .rect("f", (from, top), ((at - from).max(1.0), bottom - top));
        } else {
            self.sheet.mark(2, false, (at, f64::midpoint(top, bottom)));
        }
        self.sheet.close();
        row_label(self.sheet, &total.label, (self.labels, y), self.width, true);
        self.sheet.text(
            &Text::new(&total.text, at + 8.0, top + 12.0)
                .bold(true)
                .class("h"),
        );
    }

    fn step(&mut self, step: &Step, (from, to): (f64, f64), y: f64) {
        // Its title stands beside it.
        let say = self.say;
        let share = |points: f64| say.number(&round::percent(points / 100.0));
        let (before, after) = (share(from), share(to));
        let tip = format!("{}, {before} → {after}", say.points(&points(step.points)));
        self.arrow(step, (from, to), y, &tip);
    }

    /// An end whose bar would stand on another scale.
    fn end(&mut self, total: &Total, x: f64, y: f64) {
        let (top, _) = self.bar(y);
        row_label(self.sheet, &total.label, (self.labels, y), self.width, true);
        let text = Text::new(&total.text, x + 8.0, top + 12.0);
        self.sheet.text(&text.bold(true).class("h"));
    }

    fn arrow(&mut self, step: &Step, (from, to): (f64, f64), y: f64, tip: &str) {
        let (top, bottom) = self.bar(y);
        let middle = f64::midpoint(top, bottom);
        let (a, b) = (self.x.at(from), self.x.at(to));
        let class = if to >= from { "s0" } else { "s1" };
        self.sheet.open(class, tip);
        if (b - a).abs() < 1.5 {
            self.sheet
                .rect("f", (a.min(b) - 0.75, top), (1.5, bottom - top));
        } else {
            let head = (b - a).signum() * (b - a).abs().min(5.0);
            let arrow = [
                (a, top),
                (b - head, top),
                (b, middle),
                (b - head, bottom),
                (a, bottom),
            ];
            self.sheet.path("f", &arrow, true);
        }
        self.sheet.close();
        row_label(self.sheet, &step.title, (self.labels, y), self.width, false);
        let text = round::change(step.points);
        self.sheet
            .text(&Text::new(&text, a.max(b) + 8.0, top + 12.0).class("h"));
    }
}
