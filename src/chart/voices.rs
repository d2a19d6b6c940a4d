//! How far voices lie apart: a line for each outcome, a mark for each voice.
//!
//! In: [`Voices`], the chances of every outcome by horizon and voice. Out: a [`Drawing`]: by horizon and
//! outcome the range from the lowest voice to the highest, with each voice's mark on it; pools are open.

use super::axis::percent;
use super::svg::{Sheet, Text};
use super::text::{cut, width as text_width};
use super::{Drawing, Heading, Width, footer, row_label};

/// What is drawn.
#[derive(Debug, Clone, Default)]
pub struct Voices {
    /// What stands above.
    pub(crate) heading: Heading,
    /// Who speaks, in order.
    pub(crate) voices: Vec<Voice>,
    /// The horizons, in order of time.
    pub(crate) horizons: Vec<Horizon>,
}

/// One voice.
#[derive(Debug, Clone)]
pub struct Voice {
    /// What it is called.
    pub(crate) title: String,
    /// Whether others are pooled in it.
    pub(crate) pooled: bool,
}

/// One horizon.
#[derive(Debug, Clone)]
pub struct Horizon {
    /// Its title, with its last day.
    pub title: String,
    /// Every outcome.
    pub(crate) outcomes: Vec<Outcome>,
}

/// One outcome at a horizon.
#[derive(Debug, Clone)]
pub struct Outcome {
    /// Its title.
    pub title: String,
    /// By voice its chance and the same, rounded; none where nothing can be said.
    pub(crate) chances: Vec<Option<(f64, String)>>,
}

impl Outcome {
    /// The lowest voice and the highest, by their places.
    fn ends(&self) -> Option<(usize, usize)> {
        let known = || {
            let all = self.chances.iter().enumerate();
            all.filter_map(|(i, c)| Some((i, c.as_ref()?.0)))
        };
        let low = known().min_by(|a, b| a.1.total_cmp(&b.1))?;
        let high = known().max_by(|a, b| a.1.total_cmp(&b.1))?;
        Some((low.0, high.0))
    }

    fn text(&self, voice: usize) -> &str {
        self.chances[voice].as_ref().map_or("—", |c| &c.1)
    }
}

/// Draws it.
pub fn draw(chart: &Voices, width: Width) -> Drawing {
    let mut sheet = Sheet::default();
    let height = chart.plot(&mut sheet, width);
    let size = (width.units(), height);
    Drawing::new(&chart.heading, chart.describe(), size, sheet)
}

impl Voices {
    fn describe(&self) -> String {
        let each = self.horizons.iter().flat_map(|horizon| {
            horizon.outcomes.iter().map(move |outcome| {
                let voices = self.voices.iter().enumerate();
                let said = voices.map(|(i, v)| format!("{} {}", v.title, outcome.text(i)));
                let said: Vec<String> = said.collect();
                format!("{}, {}: {}", horizon.title, outcome.title, said.join(", "))
            })
        });
        each.collect::<Vec<_>>().join(". ")
    }

    fn plot(&self, sheet: &mut Sheet, width: Width) -> f64 {
        let (total, wide) = (width.units(), width == Width::Wide);
        // Room for labels left of the scale, and for the range right of it.
        let (left, right, high) = match wide {
            true => (228.0, total - 96.0, 32.0),
            false => (8.0, total - 84.0, 42.0),
        };
        let at = |p: f64| left + (right - left) * p;
        let mut y = self.legend(sheet, total);
        for horizon in &self.horizons {
            y += 20.0;
            let title = cut(&horizon.title, 12.0, true, total);
            sheet.open("", &horizon.title);
            sheet.text(&Text::new(&title, 0.0, y).bold(true));
            sheet.close();
            y += 20.0;
            let (top, bottom) = (y, y + high * horizon.outcomes.len() as f64);
            let ticks = [0.0, 0.25, 0.5, 0.75, 1.0];
            let grid = ticks.iter().map(|t| [(at(*t), top), (at(*t), bottom)]);
            sheet.lines("g", grid);
            for tick in ticks {
                let label = percent(tick);
                let text = Text::new(&label, at(tick), top - 6.0).size(11.0).class("q");
                sheet.text(&match tick {
                    0.0 if !wide => Text::new(&label, 0.0, top - 6.0).size(11.0).class("q"),
                    _ => text.middle(),
                });
            }
            for outcome in &horizon.outcomes {
                let end = if wide { left - 14.0 } else { 0.0 };
                row_label(sheet, &outcome.title, (end, y), width, false);
                self.row(
                    sheet,
                    outcome,
                    &at,
                    (y + high - if wide { 16.0 } else { 12.0 }, right),
                );
                y += high;
            }
        }
        let say = self.heading.say();
        let mut notes = vec![say.get("chart_voices_range")];
        if self.voices.iter().any(|v| v.pooled) {
            notes.push(say.get("chart_voices_pooled"));
        }
        y + footer(sheet, &notes, y + 4.0, total) + 12.0
    }

    /// Each voice with its mark, in as many lines as it takes; how high that is.
    fn legend(&self, sheet: &mut Sheet, total: f64) -> f64 {
        let (mut x, mut y) = (0.0, 12.0);
        for (i, voice) in self.voices.iter().enumerate() {
            let title = cut(&voice.title, 12.0, false, total - 24.0);
            let room = 18.0 + text_width(&title, 12.0, false) + 18.0;
            if x > 0.0 && x + room - 18.0 > total {
                (x, y) = (0.0, y + 18.0);
            }
            sheet.open(&format!("s{}", i % super::svg::SERIES), &voice.title);
            sheet.mark(i, voice.pooled, (x + 7.0, y - 4.0));
            sheet.close();
            sheet.text(&Text::new(&title, x + 18.0, y));
            x += room;
        }
        y + 6.0
    }

    fn row(
        &self,
        sheet: &mut Sheet,
        outcome: &Outcome,
        at: &dyn Fn(f64) -> f64,
        (y, right): (f64, f64),
    ) {
        let Some((low, high)) = outcome.ends() else {
            return;
        };
        let place = |voice: usize| {
            let chance = outcome.chances[voice].as_ref();
            chance.map(|c| (at(c.0), y))
        };
        if let (Some(from), Some(to)) = (place(low), place(high)) {
            sheet.line("i", from, to);
        }
        for (i, voice) in self.voices.iter().enumerate() {
            if let Some(place) = place(i) {
                let tip = format!("{}: {}", voice.title, outcome.text(i));
                sheet.open(&format!("s{}", i % super::svg::SERIES), &tip);
                sheet.mark(i, voice.pooled, place);
                sheet.close();
            }
        }
        let range = match outcome.text(low) == outcome.text(high) {
            true => outcome.text(low).to_owned(),
            false => format!(
                "{}–{}",
                outcome.text(low).trim_end_matches('%'),
                outcome.text(high)
            ),
        };
        sheet.text(&Text::new(&range, right + 14.0, y + 4.0).bold(true));
    }
}
