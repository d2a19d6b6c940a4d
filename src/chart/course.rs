//! A score over time.
//!
//! In: [`Course`], a mean with its interval for each time. Out: a [`Drawing`]: a mark for each, joined,
//! with 0 at the bottom, where scores are best.

use super::svg::{Sheet, Text};
use super::{Drawing, Heading, Width, footer};

/// What is drawn.
#[derive(Debug, Clone, Default)]
pub struct Course {
    /// What stands above.
    pub(crate) heading: Heading,
    /// What the height counts.
    pub(crate) what: String,
    /// The times, in order.
    pub(crate) stops: Vec<Stop>,
    /// What is to be said beneath, in sentences.
    pub(crate) notes: Vec<String>,
}

/// One time.
#[derive(Debug, Clone)]
pub struct Stop {
    /// "2025 Q3"
    pub(crate) name: String,
    /// The mean, with its interval.
    pub(crate) score: (f64, f64, f64),
    /// "2025 Q3: 0.1800 (0.1200 to 0.2400), 14 cases"
    pub(crate) text: String,
}

/// Room for the numbers left of the plot, and right of it for half a name.
const LEFT: f64 = 44.0;
const RIGHT: f64 = 28.0;

/// How high the plot is.
const HIGH: f64 = 160.0;

/// Room for a name below the plot.
const NAME: f64 = 58.0;

/// Where the scale may end, with its ticks.
const SCALES: [(f64, [(f64, &str); 3]); 4] = [
    (0.1, [(0.0, "0"), (0.05, "0.05"), (0.1, "0.1")]),
    (0.25, [(0.0, "0"), (0.125, "0.125"), (0.25, "0.25")]),
    (0.5, [(0.0, "0"), (0.25, "0.25"), (0.5, "0.5")]),
    (1.0, [(0.0, "0"), (0.5, "0.5"), (1.0, "1")]),
];

/// Draws it.
pub fn draw(chart: &Course, width: Width) -> Drawing {
    let mut sheet = Sheet::default();
    let height = chart.plot(&mut sheet, width);
    let texts: Vec<&str> = chart.stops.iter().map(|s| s.text.as_str()).collect();
    let description = format!("{}. {}", texts.join(". "), chart.notes.join(" "));
    let size = (width.units(), height);
    Drawing::new(&chart.heading, description, size, sheet)
}

impl Course {
    fn plot(&self, sheet: &mut Sheet, width: Width) -> f64 {
        let side = width.units() - LEFT - RIGHT;
        let top = 22.0;
        let highest = self.stops.iter().map(|s| s.score.2).fold(0.0, f64::max);
        let scale = SCALES.iter().find(|s| highest <= s.0);
        let (most, ticks) = scale.unwrap_or(&SCALES[SCALES.len() - 1]);
        let slot = side / self.stops.len().max(1) as f64;
        let at = |i: usize, score: f64| {
            let x = LEFT + slot * (i as f64 + 0.5);
            (x, top + HIGH * (1.0 - score / most))
        };
        sheet.text(&Text::new(&self.what, 0.0, 12.0).class("q"));
        let height = |score: f64| at(0, score).1;
        let grid = ticks.iter();
        sheet.lines(
            "g",
            grid.map(|t| [(LEFT, height(t.0)), (LEFT + side, height(t.0))]),
        );
        for (score, label) in ticks {
            sheet.text(
                &Text::new(label, LEFT - 6.0, height(*score) + 4.0)
                    .end()
                    .class("q"),
            );
        }
        let means = self.stops.iter().enumerate();
        let means: Vec<(f64, f64)> = means.map(|(i, s)| at(i, s.score.0)).collect();
        if means.len() > 1 {
            sheet.path("k s0", &means, false);
        }
        let every = ((NAME / slot).ceil() as usize).max(1);
        for (i, stop) in self.stops.iter().enumerate() {
            let (score, low, high) = stop.score;
            sheet.open("s0", &stop.text);
            if high > low {
                sheet.line("i", at(i, low), at(i, high));
            }
            sheet.mark(0, false, at(i, score));
            sheet.close();
            if i % every == 0 {
                let (x, _) = at(i, 0.0);
                let name = Text::new(&stop.name, x, top + HIGH + 16.0);
                sheet.text(&name.middle().class("q"));
            }
        }
        let notes: Vec<&str> = self.notes.iter().map(String::as_str).collect();
        let below = top + HIGH + 24.0;
        below + footer(sheet, &notes, below, width.units()) + 6.0
    }
}
