//! Charts of a report on their own.
//!
//! In: a report and which chart. Out: a [`Drawing`], or why there is none.

use super::{charts, groups};
use crate::chart::{Drawing, Width, events, fan, outcomes, tornado, voices, waterfall};
use crate::render::report::view::Report;

/// More steps of a waterfall are drawn as one.
const STEPS: usize = 20;

/// A kind of chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Chart {
    /// The outcomes over the horizons.
    Outcomes,
    /// Each event's chance over time.
    Events,
    /// From the prior to the verdict, for an outcome at a horizon.
    Waterfall,
    /// Tipping points at a horizon.
    Tornado,
    /// The first quantity from this place on among the numbers.
    Fan(usize),
    /// What views and pools say.
    Voices,
}

/// Which part of the report is drawn.
#[derive(Debug, Clone, Copy, Default)]
pub struct Part<'a> {
    /// A horizon by its name; the first where none is given.
    pub(crate) horizon: Option<&'a str>,
    /// An outcome by its name; the leader there where none is given.
    pub(crate) outcome: Option<&'a str>,
}

/// Draws one.
///
/// # Errors
///
/// Why there is no such chart, in a sentence.
pub fn draw(
    report: &Report,
    chart: Chart,
    part: Part<'_>,
    width: Width,
) -> Result<Drawing, String> {
    match chart {
        Chart::Outcomes => {
            let groups = groups(report);
            // The chart of the question that an outcome answers.
            let of = part.outcome.map_or(groups.first(), |id| {
                let mut all = groups.iter();
                all.find(|g| g.outcomes.iter().any(|o| o.id == id))
            });
            let of = of.ok_or("it asks nothing, or nothing with this outcome")?;
            Ok(outcomes::draw(&charts::outcomes(report, of), width))
        }
        Chart::Events if report.events.is_empty() => Err("it has no event".to_owned()),
        Chart::Events => Ok(events::draw(&charts::events(report), width)),
        Chart::Fan(place) => {
            let mut known = report.numbers.iter().skip(place);
            let number = known.find(|n| !n.horizons.is_empty());
            let number = number.ok_or("it has no quantity")?;
            Ok(fan::draw(&charts::fan(report, number), width))
        }
        Chart::Voices => {
            let chart = charts::voices(report).ok_or("it has no view")?;
            Ok(voices::draw(&chart, width))
        }
        Chart::Waterfall => waterfall_of(report, part, width),
        Chart::Tornado => {
            is_explained(report)?;
            let h = horizon(report, part)?;
            let chart = charts::tornado(report, &report.tipping, h)
                .ok_or("there are no tipping points in it")?;
            Ok(tornado::draw(&chart, width))
        }
    }
}

/// Every chart that stands beside a page, by the name that tells it from the others: for each
/// horizon the leader's waterfall and the tipping points.
#[cfg(feature = "html")]
pub(crate) fn all(report: &Report, shape: &super::Shape) -> Vec<(String, Drawing)> {
    let whole = [
        ("outcomes", Chart::Outcomes),
        ("views", Chart::Voices),
        ("events", Chart::Events),
    ];
    let whole = whole.map(|(name, chart)| (name.to_owned(), chart, Part::default()));
    let each = report.horizons.iter().flat_map(|h| {
        let part = Part {
            horizon: Some(&h.id),
            outcome: None,
        };
        [
            (format!("waterfall-{}", h.id), Chart::Waterfall, part),
            (format!("tornado-{}", h.id), Chart::Tornado, part),
        ]
    });
    let others = groups(report).into_iter().skip(1);
    let others = others.filter_map(|group| {
        let part = Part {
            horizon: None,
            outcome: group.outcomes.first().map(|o| o.id.as_str()),
        };
        Some((format!("outcomes-{}", group.id?), Chart::Outcomes, part))
    });
    let fans = report.numbers.iter().enumerate();
    let fans = fans.filter(|(_, n)| !n.horizons.is_empty());
    let fans = fans.map(|(i, _)| (format!("numbers-{i}"), Chart::Fan(i), Part::default()));
    let all = whole.into_iter().chain(others).chain(fans).chain(each);
    // A chart has the name of its section, or begins with it.
    let is_shown = |name: &str| match name.split('-').next() {
        Some("outcomes") => shape.brief || shape.shows("outcomes"),
        Some("numbers") => !shape.brief && shape.shows("numbers"),
        Some("views") => !shape.brief && shape.shows("views"),
        Some("events") => !shape.brief && shape.shows("events"),
        Some("waterfall") => !shape.brief && shape.shows("contributions"),
        _ => !shape.brief && shape.shows("tipping"),
    };
    let all = all.filter(|(name, ..)| is_shown(name));
    all.filter_map(|(name, chart, part)| {
        let drawing = draw(report, chart, part, Width::Wide).ok()?;
        Some((name, drawing))
    })
    .collect()
}

fn waterfall_of(report: &Report, part: Part<'_>, width: Width) -> Result<Drawing, String> {
    is_explained(report)?;
    let h = horizon(report, part)?;
    let leader = report.answers.get(h).map(|a| a.leader.id.as_str());
    let id = part.outcome.or(leader).unwrap_or_default();
    if !report.outcomes.iter().any(|o| o.id == id) {
        let names = report.outcomes.iter().map(|o| o.id.as_str());
        return Err(format!("it has no outcome `{id}`; it has {}", list(names)));
    }
    let Some(of) = report.contributions.iter().find(|c| c.outcome == id) else {
        let names = report.contributions.iter().map(|c| c.outcome.as_str());
        return Err(format!(
            "contributions are shown for outcomes that lead at some horizon or are final: {}",
            list(names)
        ));
    };
    let chart = charts::waterfall(report, of, h, STEPS).ok_or("nothing moves it")?;
    Ok(waterfall::draw(&chart, width))
}

fn is_explained(report: &Report) -> Result<(), String> {
    report
        .left_out
        .as_ref()
        .map_or(Ok(()), |why| Err(why.clone()))
}

fn horizon(report: &Report, part: Part<'_>) -> Result<usize, String> {
    let Some(id) = part.horizon else {
        return Ok(0);
    };
    let place = report.horizons.iter().position(|h| h.id == id);
    place.ok_or_else(|| {
        let names = report.horizons.iter().map(|h| h.id.as_str());
        format!("it has no horizon `{id}`; it has {}", list(names))
    })
}

fn list<'a>(names: impl Iterator<Item = &'a str>) -> String {
    let names: Vec<String> = names.map(|name| format!("`{name}`")).collect();
    names.join(", ")
}
