//! The charts of a track record: reliability, and scores over time.

use super::Record;
use super::lines::summary;
use crate::chart::reliability::{self, Bin, Reliability};
use crate::chart::{Drawing, Heading, Width, course as course_chart};
use crate::decimal::fixed;
use crate::record::FEW;
use crate::render::round::percent;

/// The scores over time; none where nothing was scored.
pub fn course(record: &Record, width: Width) -> Option<Drawing> {
    let stops = record.sheet.as_ref()?.periods.iter().map(|p| course_chart::Stop {
        name: p.name.clone(),
        score: (p.brier.value, p.brier.low, p.brier.high),
        text: format!(
            "{}: {} ({} to {}), {}",
            p.name,
            fixed(p.brier.value, 4),
            fixed(p.brier.low, 4),
            fixed(p.brier.high, 4),
            match p.cases {
                1 => "1 case".to_owned(),
                n => format!("{n} cases"),
            }
        ),
    });
    let chart = course_chart::Course {
        heading: Heading {
            title: "Brier score over time".to_owned(),
            caption: summary(record),
            ..Heading::default()
        },
        what: "Brier score (0–1), by when it was settled".to_owned(),
        stops: stops.collect(),
        notes: vec![
            "0 is best; always saying 50% gets 0.25. Bars of colour: 95% intervals.".to_owned(),
        ],
    };
    (!chart.stops.is_empty()).then(|| course_chart::draw(&chart, width))
}

/// Draws it; none where nothing was scored.
pub fn draw(record: &Record, width: Width) -> Option<Drawing> {
    let calibration = record.sheet.as_ref()?.calibration.as_ref()?;
    let bins = calibration.width.iter().map(|b| Bin {
        ends: (b.from, b.to),
        said: b.cases.p,
        came: (b.rate.value, b.rate.low, b.rate.high),
        count: b.cases.count,
        text: format!(
            "said {}, came true {} ({} to {}) of {}",
            percent(b.cases.p),
            percent(b.rate.value),
            percent(b.rate.low),
            percent(b.rate.high),
            fixed(
                b.cases.count,
                if b.cases.count.fract() == 0.0 { 0 } else { 1 }
            )
        ),
    });
    let mut notes =
        vec!["Dotted: what was said is what came. Bars of colour: 95% intervals.".to_owned()];
    if calibration.cases < FEW {
        notes.push("Too few cases for a verdict on a habit.".to_owned());
    } else if let Some(habit) = calibration.habit {
        notes.push(format!("Chances are {}.", habit.words()));
    }
    let chart = Reliability {
        heading: Heading {
            title: "Reliability".to_owned(),
            caption: summary(record),
            ..Heading::default()
        },
        bins: bins.collect(),
        notes,
    };
    Some(reliability::draw(&chart, width))
}
