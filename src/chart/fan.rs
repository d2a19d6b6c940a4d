//! A number that is not known, over the horizons: a fan, and bars between its cuts.
//!
//! In: [`Fan`], quantiles by horizon with the texts to print. Out: a [`Drawing`]: bands of 90%, 80% and 50%
//! around the median, and beneath a bar for each range between cuts at each horizon.

use super::axis::{Axis, round_steps};
use super::svg::{Sheet, Text};
use super::text::cut;
use super::{Drawing, Heading, Width};
use crate::text::decimal;

/// What is drawn.
#[derive(Debug, Clone, Default)]
pub struct Fan {
    /// What stands above.
    pub(crate) heading: Heading,
    /// What the height counts.
    pub(crate) unit: String,
    /// The horizons at which there is anything, in order of time.
    pub(crate) stops: Vec<Stop>,
}

/// One horizon.
#[derive(Debug, Clone, Default)]
pub struct Stop {
    /// Its title.
    pub(crate) name: String,
    /// The quantiles of 5%, 10%, 25%, 50%, 75%, 90% and 95%.
    pub(crate) quantiles: [f64; 7],
    /// All of it in a sentence.
    pub(crate) text: String,
    /// Ranges between cuts: what each is called, its chance, and that as text.
    pub(crate) bars: Vec<(String, f64, String)>,
}

/// Room for the numbers left of the plot.
const LEFT: f64 = 56.0;
const RIGHT: f64 = 28.0;
/// How high the plot is.
const HIGH: f64 = 180.0;
/// How high a bar is, with the room to the next.
const ROW: f64 = 20.0;
/// Room for a bar's name and its number.
const NAME: f64 = 110.0;
const NUMBER: f64 = 48.0;

/// Draws it.
pub fn draw(chart: &Fan, width: Width) -> Drawing {
    let mut sheet = Sheet::default();
    let below = chart.bands(&mut sheet, width.units());
    let height = chart.cuts(&mut sheet, below, width.units());
    let texts: Vec<&str> = chart.stops.iter().map(|s| s.text.as_str()).collect();
    let size = (width.units(), height);
    Drawing::new(&chart.heading, texts.join(" "), size, sheet)
}

impl Fan {
    fn bands(&self, sheet: &mut Sheet, width: f64) -> f64 {
        let side = width - LEFT - RIGHT;
        let top = 22.0;
        let all = self.stops.iter().flat_map(|s| s.quantiles);
        let (low, high) = all.fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), x| {
            (a.min(x), b.max(x))
        });
        if !low.is_finite() || !high.is_finite() {
            return top;
        }
        let (from, to, step) = round_steps(low, high, 5.0);
        let axis = Axis::new((from, to), (top + HIGH, top));
        sheet.text(&Text::new(&self.unit, 0.0, 12.0).class("q"));
        let mut ticks = Vec::new();
        let mut tick = from;
        while tick <= to + step / 2.0 && ticks.len() < 20 {
            ticks.push(tick);
            tick += step;
        }
        let rule = |x: &f64| [(LEFT, axis.at(*x)), (LEFT + side, axis.at(*x))];
        sheet.lines("g", ticks.iter().map(rule));
        for tick in &ticks {
            let label = decimal::figure(*tick);
            sheet.text(
                &Text::new(&label, LEFT - 6.0, axis.at(*tick) + 4.0)
                    .end()
                    .class("q"),
            );
        }
        let slot = side / self.stops.len().max(1) as f64;
        let x = |i: usize| LEFT + slot * (i as f64 + 0.5);
        // One horizon alone has a band of some width.
        let half = if self.stops.len() == 1 { 26.0 } else { 0.0 };
        for (a, b) in [(0, 6), (1, 5), (2, 4)] {
            let edge = |q: usize| {
                let each = self.stops.iter().enumerate();
                let each = each.flat_map(|(i, s)| {
                    let y = axis.at(s.quantiles[q]);
                    match half > 0.0 {
                        true => vec![(x(i) - half, y), (x(i) + half, y)],
                        false => vec![(x(i), y)],
                    }
                });
                each.collect::<Vec<_>>()
            };
            let mut corners = edge(b);
            corners.extend(edge(a).into_iter().rev());
            sheet.path("b s0", &corners, true);
        }
        let medians: Vec<(f64, f64)> = self
            .stops
            .iter()
            .enumerate()
            .map(|(i, s)| (x(i), axis.at(s.quantiles[3])))
            .collect();
        if medians.len() > 1 {
            sheet.path("k s0", &medians, false);
        }
        for (i, stop) in self.stops.iter().enumerate() {
            sheet.open("s0", &stop.text);
            sheet.mark(0, false, medians[i]);
            sheet.close();
            let name = cut(&stop.name, 12.0, false, slot - 4.0);
            let label = Text::new(&name, x(i), top + HIGH + 18.0);
            sheet.text(&label.middle().class("q"));
        }
        top + HIGH + 26.0
    }

    fn cuts(&self, sheet: &mut Sheet, from: f64, width: f64) -> f64 {
        let mut y = from;
        let room = width - NAME - NUMBER;
        for stop in self.stops.iter().filter(|s| s.bars.len() > 1) {
            y += ROW;
            let name = cut(&stop.name, 12.0, true, width);
            sheet.text(&Text::new(&name, 0.0, y).bold(true));
            for (name, share, text) in &stop.bars {
                y += ROW;
                let name = cut(name, 12.0, false, NAME - 8.0);
                sheet.text(&Text::new(&name, NAME - 8.0, y).end());
                sheet.rect("r", (NAME, y - 11.0), (room, 13.0));
                sheet.open("s0", &format!("{name}: {text}"));
                sheet.rect("f", (NAME, y - 11.0), (room * share.clamp(0.0, 1.0), 13.0));
                sheet.close();
                sheet.text(&Text::new(text, width - NUMBER + 6.0, y));
            }
            y += 6.0;
        }
        y + 8.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fan_of_two_horizons() {
        let stop = |name: &str, at: f64| Stop {
            name: name.to_owned(),
            quantiles: [
                at - 2.0,
                at - 1.5,
                at - 0.7,
                at,
                at + 0.6,
                at + 1.1,
                at + 1.6,
            ],
            text: format!("{name}: {at}."),
            bars: vec![
                ("below 2".to_owned(), 0.3, "30%".to_owned()),
                ("2 or more".to_owned(), 0.7, "70%".to_owned()),
            ],
        };
        let chart = Fan {
            heading: Heading {
                title: "Growth".to_owned(),
                ..Heading::default()
            },
            unit: "% a year".to_owned(),
            stops: vec![stop("2025", 2.5), stop("2026", 3.0)],
        };
        insta::assert_snapshot!(draw(&chart, Width::Wide).alone());
    }
}
