//! The reliability diagram of a track record.

use super::Record;
use super::lines::summary;
use crate::chart::reliability::{self, Bin, Reliability};
use crate::chart::{Drawing, Heading, Width};
use crate::decimal::fixed;
use crate::record::FEW;
use crate::render::round::percent;

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
