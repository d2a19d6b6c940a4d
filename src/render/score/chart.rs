//! The charts of a track record: reliability, and scores over time.

use super::Record;
use super::lines::{count, habit_key, summary};
use crate::chart::reliability::{self, Bin, Reliability};
use crate::chart::{Drawing, Heading, Width, course as course_chart};
use crate::phrases::Phrases;
use crate::record::FEW;
use crate::text::decimal::fixed;
use crate::text::round::percent;

/// The scores over time; none where nothing was scored.
pub fn course(record: &Record, width: Width) -> Option<Drawing> {
    let say = Phrases::of(record.lang);
    let stops = record.sheet.as_ref()?.periods.iter().map(|p| {
        let of = |x: f64| say.number(&fixed(x, 4));
        let span = match p.cases {
            1 => String::new(),
            _ => format!(
                " ({})",
                say.fill(
                    "rec_span",
                    &[("low", &of(p.brier.low)), ("high", &of(p.brier.high))]
                )
            ),
        };
        course_chart::Stop {
            name: p.name.clone(),
            score: (p.brier.value, p.brier.low, p.brier.high),
            text: format!(
                "{}: {}{span}, {}",
                p.name,
                of(p.brier.value),
                say.count("rec_cases", p.cases as usize)
            ),
        }
    });
    let chart = course_chart::Course {
        heading: heading(record, "rec_course_title"),
        what: say.get("rec_course_what").to_owned(),
        stops: stops.collect(),
        notes: vec![say.get("rec_course_note").to_owned()],
    };
    (!chart.stops.is_empty()).then(|| course_chart::draw(&chart, width))
}

fn heading(record: &Record, title: &str) -> Heading {
    let say = Phrases::of(record.lang);
    Heading {
        title: say.get(title).to_owned(),
        caption: summary(record, say),
        lang: record.lang,
    }
}

/// Draws it; none where nothing was scored.
pub fn draw(record: &Record, width: Width) -> Option<Drawing> {
    let say = Phrases::of(record.lang);
    let calibration = record.sheet.as_ref()?.calibration.as_ref()?;
    let bins = calibration.width.iter().map(|b| {
        let gaps = [
            ("said", percent(b.cases.p)),
            ("came", percent(b.rate.value)),
            ("low", percent(b.rate.low)),
            ("high", percent(b.rate.high)),
            ("n", count(b.cases.count)),
        ];
        let gaps = gaps.map(|(key, text)| (key, say.number(&text)));
        let gaps = gaps.each_ref().map(|(key, text)| (*key, text.as_str()));
        Bin {
            ends: (b.from, b.to),
            said: b.cases.p,
            came: (b.rate.value, b.rate.low, b.rate.high),
            count: b.cases.count,
            text: say.fill("rec_bin", &gaps),
        }
    });
    let mut notes = vec![say.get("rec_diagonal").to_owned()];
    if calibration.cases < FEW {
        notes.push(say.get("rec_few_bins").to_owned());
    } else if let Some(habit) = calibration.habit {
        notes.push(say.fill("rec_habit", &[("habit", say.get(habit_key(habit)))]));
    }
    let chart = Reliability {
        heading: heading(record, "rec_reliability"),
        bins: bins.collect(),
        notes,
    };
    Some(reliability::draw(&chart, width))
}
