//! What was said against how often it came true.
//!
//! In: [`Reliability`], bins of chances. Out: a [`Drawing`]: each bin with its interval beside the
//! line on which what was said is what came, and below it how many chances each holds.

use super::svg::{Sheet, Text};
use super::{Drawing, Heading, Width, footer};
use std::fmt::Write;

/// What is drawn.
#[derive(Debug, Clone, Default)]
pub struct Reliability {
    /// What stands above.
    pub(crate) heading: Heading,
    /// The bins with cases, from the lowest.
    pub(crate) bins: Vec<Bin>,
    /// What is to be said beneath, in sentences.
    pub(crate) notes: Vec<String>,
}

/// One bin.
#[derive(Debug, Clone)]
pub struct Bin {
    /// Its ends, from 0 to 1.
    pub(crate) ends: (f64, f64),
    /// The mean chance.
    pub(crate) said: f64,
    /// How often it came true, with an interval.
    pub(crate) came: (f64, f64, f64),
    /// How many chances.
    pub(crate) count: f64,
    /// "said 64%, came true 71% (55–83%) of 38"
    pub(crate) text: String,
}

/// Room for the numbers left of the plot, and right of it.
const LEFT: f64 = 44.0;
const RIGHT: f64 = 12.0;

/// How high the histogram is.
const COUNTS: f64 = 54.0;

const TICKS: [(f64, &str); 5] = [
    (0.0, "0%"),
    (0.25, "25%"),
    (0.5, "50%"),
    (0.75, "75%"),
    (1.0, "100%"),
];

/// Draws it.
pub fn draw(chart: &Reliability, width: Width) -> Drawing {
    let mut sheet = Sheet::default();
    let height = chart.plot(&mut sheet, width);
    let size = (width.units(), height);
    Drawing::new(&chart.heading, chart.describe(), size, sheet)
}

impl Reliability {
    fn describe(&self) -> String {
        let mut out = String::new();
        for bin in &self.bins {
            let _ = write!(out, "{}. ", bin.text);
        }
        for note in &self.notes {
            let _ = write!(out, "{note} ");
        }
        out.trim_end().to_owned()
    }

    fn plot(&self, sheet: &mut Sheet, width: Width) -> f64 {
        let side = (width.units() - LEFT - RIGHT).min(420.0);
        let top = 22.0;
        let at = |x: f64, y: f64| (LEFT + side * x, top + side * (1.0 - y));
        sheet.text(&Text::new(self.heading.say().get("rec_came"), 0.0, 12.0).class("q"));
        let grid = TICKS
            .iter()
            .flat_map(|&(t, _)| [[at(0.0, t), at(1.0, t)], [at(t, 0.0), at(t, 1.0)]]);
        sheet.lines("g", grid);
        for (t, label) in TICKS {
            let (_, y) = at(0.0, t);
            sheet.text(&Text::new(label, LEFT - 6.0, y + 4.0).end().class("q"));
        }
        // On this line what was said is what came.
        sheet.line("x d", at(0.0, 0.0), at(1.0, 1.0));
        for bin in &self.bins {
            let (came, low, high) = bin.came;
            sheet.open("s0", &bin.text);
            sheet.line("i", at(bin.said, low), at(bin.said, high));
            sheet.mark(0, false, at(bin.said, came));
            sheet.close();
        }
        let base = top + side + 12.0 + COUNTS;
        let most = self.bins.iter().map(|b| b.count).fold(1.0, f64::max);
        for bin in &self.bins {
            let high = (COUNTS * bin.count / most).max(1.0);
            let (from, _) = at(bin.ends.0, 0.0);
            let (to, _) = at(bin.ends.1, 0.0);
            sheet.open("s0", &bin.text);
            let wide = (to - from - 2.0).max(1.0);
            sheet.rect("f", (from + 1.0, base - high), (wide, high));
            sheet.close();
        }
        sheet.line("x", (LEFT, base), (LEFT + side, base));
        for (t, label) in TICKS {
            let (x, _) = at(t, 0.0);
            let text = Text::new(label, x, base + 15.0).class("q");
            sheet.text(&match t {
                1.0 => Text::new(label, LEFT + side, base + 15.0).end().class("q"),
                _ => text.middle(),
            });
        }
        let said = Text::new(self.heading.say().get("rec_chart_said"), LEFT, base + 32.0);
        sheet.text(&said.class("q"));
        let notes: Vec<&str> = self.notes.iter().map(String::as_str).collect();
        let below = base + 38.0;
        below + footer(sheet, &notes, below, width.units()) + 6.0
    }
}
