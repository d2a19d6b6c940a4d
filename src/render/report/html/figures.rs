//! The page's charts.
//!
//! In: a report. Out: SVG as text, ready to stand in the page.

use super::super::{charts, groups};
use super::thin::thin;
use crate::chart::{Drawing, Width, events, fan, outcomes, tornado, voices, waterfall};
use crate::render::report::view::Report;
use crate::render::report::view::model::Tipping;
use minijinja::Value;
use serde::Serialize;

/// As many reasons are drawn one by one in a waterfall; the table beside it has all.
const STEPS: usize = 6;

/// As many outcomes have a waterfall at one horizon.
const WATERFALLS: usize = 3;

/// All charts of a page.
#[derive(Debug, Serialize)]
pub(super) struct Figures {
    /// By question the outcomes by horizon: wide, and narrow for telephones.
    outcomes: Vec<Vec<Figure>>,
    /// By number its fan: wide, and narrow for telephones.
    fans: Vec<Vec<Figure>>,
    /// The views and pools: wide, and narrow for telephones.
    voices: Vec<Figure>,
    /// The events' curves.
    events: Vec<Figure>,
    /// By horizon, for the leader and the final outcomes.
    waterfalls: Vec<Vec<Figure>>,
    /// By horizon.
    tornadoes: Vec<Vec<Figure>>,
    /// The same of each `question` block.
    others: Vec<Vec<Vec<Figure>>>,
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
    let events = charts::events(report);
    let events = (!events.events.is_empty()).then(|| {
        let drawing = events::draw(&events, Width::Wide);
        Figure::new(&drawing, None)
    });
    Figures {
        outcomes: of_outcomes(report),
        fans: fans(report),
        voices: of_voices(report),
        events: events.into_iter().collect(),
        waterfalls: horizons.clone().map(|h| waterfalls(report, h)).collect(),
        tornadoes: tornadoes(report, &report.tipping),
        others: report
            .questions
            .iter()
            .map(|q| tornadoes(report, &q.tipping))
            .collect(),
    }
}

/// A chart of each question's outcomes.
fn of_outcomes(report: &Report) -> Vec<Vec<Figure>> {
    let each = groups(report).into_iter().map(|group| {
        let all = charts::outcomes(report, &group);
        let both = [Width::Wide, Width::Narrow].map(|width| outcomes::draw(&all, width));
        both.iter()
            .map(|drawing| Figure::new(drawing, None))
            .collect()
    });
    each.collect()
}

/// The charts of a brief.
pub(super) fn of_brief(report: &Report) -> Figures {
    Figures {
        outcomes: of_outcomes(report),
        fans: Vec::new(),
        voices: Vec::new(),
        events: Vec::new(),
        waterfalls: Vec::new(),
        tornadoes: Vec::new(),
        others: Vec::new(),
    }
}

fn of_voices(report: &Report) -> Vec<Figure> {
    let chart = charts::voices(report);
    let both = chart
        .iter()
        .flat_map(|chart| [Width::Wide, Width::Narrow].map(|width| voices::draw(chart, width)));
    both.map(|drawing| Figure::new(&drawing, None)).collect()
}

fn fans(report: &Report) -> Vec<Vec<Figure>> {
    let each = report.numbers.iter().map(|number| {
        if number.horizons.is_empty() {
            return Vec::new();
        }
        let chart = charts::fan(report, number);
        let both = [Width::Wide, Width::Narrow].map(|width| fan::draw(&chart, width));
        both.iter()
            .map(|drawing| Figure::new(drawing, None))
            .collect()
    });
    each.collect()
}

/// Of the leader and the final outcomes.
fn waterfalls(report: &Report, h: usize) -> Vec<Figure> {
    let groups = groups(report);
    let leaders = groups.iter().filter_map(|g| g.answers.get(h));
    let leaders: Vec<&String> = leaders.map(|a| &a.leader.id).collect();
    let is_final = |id: &str| report.outcomes.iter().any(|o| o.id == id && o.is_final);
    let all = report.contributions.iter();
    let mut shown: Vec<_> = all
        .filter(|of| leaders.contains(&&of.outcome) || is_final(&of.outcome))
        .filter(|of| !of.rows.is_empty())
        .collect();
    shown.sort_by_key(|of| !leaders.contains(&&of.outcome));
    shown.truncate(WATERFALLS);
    let each = shown.into_iter().filter_map(|of| {
        let chart = charts::waterfall(report, of, h, STEPS)?;
        let drawing = waterfall::draw(&chart, Width::Narrow);
        Some(Figure::new(&drawing, Some(&of.title)))
    });
    each.collect()
}

/// What would change the answer to a question, by horizon.
fn tornadoes(report: &Report, of: &[Tipping]) -> Vec<Vec<Figure>> {
    let each = (0..of.len()).map(|h| {
        let chart = charts::tornado(report, of, h).filter(|chart| !chart.tips.is_empty());
        let drawn = chart.map(|chart| Figure::new(&tornado::draw(&chart, Width::Narrow), None));
        drawn.into_iter().collect()
    });
    each.collect()
}
