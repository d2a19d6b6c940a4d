//! The page's charts.
//!
//! In: a report. Out: SVG as text, ready to stand in the page.

use crate::report::Report;
use minijinja::Value;
use serde::Serialize;

/// All charts of a page.
#[derive(Debug, Default, Serialize)]
pub(super) struct Figures {
    /// The outcomes by horizon.
    pub(super) outcomes: Figure,
    /// The events' curves.
    pub(super) events: Figure,
    /// By horizon, a waterfall for each outcome that matters there.
    pub(super) waterfalls: Vec<Vec<Figure>>,
    /// By horizon.
    pub(super) tornadoes: Vec<Figure>,
}

/// A chart; none where there is nothing to draw.
#[derive(Debug, Default, Serialize)]
pub(super) struct Figure {
    svg: Option<Value>,
}

impl Figures {
    /// Their texts.
    pub(super) fn iter(&self) -> impl Iterator<Item = &str> {
        let waterfalls = self.waterfalls.iter().flatten();
        let all = [&self.outcomes, &self.events].into_iter();
        let all = all.chain(waterfalls).chain(&self.tornadoes);
        all.filter_map(|f| f.svg.as_ref()?.as_str())
    }
}

/// Draws them.
pub(super) fn draw(report: &Report) -> Figures {
    Figures {
        waterfalls: report.horizons.iter().map(|_| Vec::new()).collect(),
        tornadoes: report.horizons.iter().map(|_| Figure::default()).collect(),
        ..Figures::default()
    }
}
