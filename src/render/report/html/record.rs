//! The page "Track record": how good the forecasts turned out to be.
//!
//! In: a track record. Out: HTML, as strict as the page of a report.

use super::{dress, render, thin, without_empty_lines, words};
use crate::chart::{Drawing, Width};
use crate::phrases::Phrases;
use crate::render::report::view::site::Links;
use crate::render::score::{Record, chart, lines};
use minijinja::value::Serde;
use minijinja::{Value, context};
use serde::Serialize;

/// A heading with what stands under it.
#[derive(Serialize)]
struct Part {
    id: String,
    heading: String,
    head: Vec<String>,
    rows: Vec<Vec<String>>,
    notes: Vec<String>,
    /// A chart, wide and narrow; may be empty.
    charts: Vec<Value>,
}

impl Part {
    fn of(place: usize, part: lines::Part, charts: Vec<Value>) -> Part {
        Part {
            id: format!("part-{place}"),
            heading: part.heading,
            head: part.head,
            rows: part.rows,
            notes: part.notes,
            charts,
        }
    }
}

/// The page, with what leads from it to others where it is one of several.
pub(crate) fn page(record: &Record, links: Option<&Links>) -> String {
    let say = Phrases::of(record.lang);
    let mut parts: Vec<Part> = Vec::new();
    for part in lines::parts(record, say) {
        let charts = match part.is_calibration {
            true => both(|width| chart::draw(record, width)),
            false => Vec::new(),
        };
        parts.push(Part::of(parts.len() + 1, part, charts));
    }
    let context = context! {
        title => say.get("rec_title"),
        author => None::<&str>,
        lang => record.lang.code(),
        reloads => false,
        t => words::of(record.lang),
        links => Value::from(Serde(links)),
        summary => lines::summary(record, say),
        parts => Value::from(Serde(parts)),
        course => Value::from(Serde(Part::of(0, lines::course(record, say), Vec::new()))),
        over_time => both(|width| chart::course(record, width)),
        version => env!("CARGO_PKG_VERSION"),
        head => dress::record(),
    };
    without_empty_lines(&render("record.html", context))
}

/// A chart for a page's width and for a telephone's.
fn both(draw: impl Fn(Width) -> Option<Drawing>) -> Vec<Value> {
    let each = [Width::Wide, Width::Narrow].into_iter();
    each.filter_map(draw)
        .map(|drawing| Value::from_safe_string(thin::thin(&drawing.inlined("chart"))))
        .collect()
}
