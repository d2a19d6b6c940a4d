//! The page's charts.
//!
//! In: a report. Out: SVG as text, ready to stand in the page.

use super::super::charts;
use crate::chart::{Drawing, Width, events, outcomes, tornado, waterfall};
use crate::report::Report;
use minijinja::Value;
use serde::Serialize;

/// As many reasons are drawn one by one in a waterfall; the table beside it has all.
const STEPS: usize = 8;

/// As many outcomes have a waterfall at one horizon.
const WATERFALLS: usize = 3;

/// All charts of a page. What is wide has a narrow one beside it, for telephones.
#[derive(Debug, Serialize)]
pub(super) struct Figures {
    /// The outcomes by horizon.
    outcomes: Vec<Value>,
    /// The events' curves.
    events: Vec<Value>,
    /// By horizon, for the leader and the final outcomes.
    waterfalls: Vec<Vec<Value>>,
    /// By horizon.
    tornadoes: Vec<Vec<Value>>,
}

/// Draws them.
pub(super) fn draw(report: &Report) -> Figures {
    let horizons = 0..report.horizons.len();
    let events = charts::events(report);
    let has_events = !events.events.is_empty();
    Figures {
        outcomes: both("outcomes", |width| {
            outcomes::draw(&charts::outcomes(report), width)
        }),
        events: match has_events {
            true => both("events", |width| events::draw(&events, width)),
            false => Vec::new(),
        },
        waterfalls: horizons.clone().map(|h| waterfalls(report, h)).collect(),
        tornadoes: horizons.map(|h| tornadoes(report, h)).collect(),
    }
}

fn both(id: &str, draw: impl Fn(Width) -> Drawing) -> Vec<Value> {
    let widths = [("wide", Width::Wide), ("narrow", Width::Narrow)];
    let each = widths.map(|(name, width)| markup(&draw(width), &format!("{id}-{name}")));
    each.into()
}

fn markup(drawing: &Drawing, id: &str) -> Value {
    Value::from_safe_string(drawing.inlined(id))
}

/// Of the leader and the final outcomes.
fn waterfalls(report: &Report, h: usize) -> Vec<Value> {
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
    let each = shown.into_iter().enumerate().filter_map(|(i, of)| {
        let chart = charts::waterfall(report, of, h, STEPS)?;
        let drawing = waterfall::draw(&chart, Width::Narrow);
        Some(markup(&drawing, &format!("waterfall-{h}-{i}")))
    });
    each.collect()
}

fn tornadoes(report: &Report, h: usize) -> Vec<Value> {
    let chart = charts::tornado(report, h).filter(|chart| !chart.tips.is_empty());
    let drawing = chart.map(|chart| tornado::draw(&chart, Width::Narrow));
    let each = drawing.map(|drawing| markup(&drawing, &format!("tornado-{h}")));
    each.into_iter().collect()
}
