//! The page's charts.
//!
//! In: a report. Out: SVG as text, ready to stand in the page.

use super::super::charts;
use super::thin::thin;
use crate::chart::{Drawing, Width, events, outcomes, tornado, waterfall};
use crate::report::Report;
use minijinja::Value;
use serde::Serialize;

/// As many reasons are drawn one by one in a waterfall; the table beside it has all.
const STEPS: usize = 6;

/// As many outcomes have a waterfall at one horizon.
const WATERFALLS: usize = 3;

/// All charts of a page.
#[derive(Debug, Serialize)]
pub(super) struct Figures {
    /// The outcomes by horizon: wide, and narrow for telephones.
    outcomes: Vec<Figure>,
    /// The events' curves.
    events: Vec<Figure>,
    /// By horizon, for the leader and the final outcomes.
    waterfalls: Vec<Vec<Figure>>,
    /// By horizon.
    tornadoes: Vec<Vec<Figure>>,
}

/// A chart.
#[derive(Debug, Serialize)]
struct Figure {
    /// What stands above it; none where the page says it already.
    title: Option<String>,
    svg: Value,
}

impl Figure {
    fn new(drawing: &Drawing, title: Option<&String>) -> Figure {
        // A page names its charts by a label, without an id.
        Figure {
            title: title.cloned(),
            svg: Value::from_safe_string(thin(&drawing.inlined("chart"))),
        }
    }
}

/// Draws them.
pub(super) fn draw(report: &Report) -> Figures {
    let horizons = 0..report.horizons.len();
    let all = charts::outcomes(report);
    let outcomes =
        [Width::Wide, Width::Narrow].map(|width| Figure::new(&outcomes::draw(&all, width), None));
    let events = charts::events(report);
    let events = (!events.events.is_empty()).then(|| {
        let drawing = events::draw(&events, Width::Wide);
        Figure::new(&drawing, None)
    });
    Figures {
        outcomes: outcomes.into(),
        events: events.into_iter().collect(),
        waterfalls: horizons.clone().map(|h| waterfalls(report, h)).collect(),
        tornadoes: horizons.map(|h| tornadoes(report, h)).collect(),
    }
}

/// The one chart of a brief.
pub(super) fn of_brief(report: &Report) -> Figures {
    let all = charts::outcomes(report);
    let both =
        [Width::Wide, Width::Narrow].map(|width| Figure::new(&outcomes::draw(&all, width), None));
    Figures {
        outcomes: both.into(),
        events: Vec::new(),
        waterfalls: Vec::new(),
        tornadoes: Vec::new(),
    }
}

/// Of the leader and the final outcomes.
fn waterfalls(report: &Report, h: usize) -> Vec<Figure> {
    let Some(leader) = report.answers.get(h).map(|a| &a.leader.id) else {
        return Vec::new();
    };
    let is_final = |id: &str| report.outcomes.iter().any(|o| o.id == id && o.is_final);
    let all = report.contributions.iter();
    let mut shown: Vec<_> = all
        .filter(|of| of.outcome == *leader || is_final(&of.outcome))
        .filter(|of| !of.rows.is_empty())
        .collect();
    shown.sort_by_key(|of| of.outcome != *leader);
    shown.truncate(WATERFALLS);
    let each = shown.into_iter().filter_map(|of| {
        let chart = charts::waterfall(report, of, h, STEPS)?;
        let drawing = waterfall::draw(&chart, Width::Narrow);
        Some(Figure::new(&drawing, Some(&of.title)))
    });
    each.collect()
}

fn tornadoes(report: &Report, h: usize) -> Vec<Figure> {
    let chart = charts::tornado(report, h).filter(|chart| !chart.tips.is_empty());
    let each = chart.map(|chart| {
        let drawing = tornado::draw(&chart, Width::Narrow);
        Figure::new(&drawing, None)
    });
    each.into_iter().collect()
}
