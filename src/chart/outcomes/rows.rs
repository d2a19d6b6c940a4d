//! Outcomes on a telephone: a scale for each under each horizon.
//!
//! In: outcomes and a sheet. Out: how high the drawing is.

use super::super::axis::{Axis, percent};
use super::super::svg::{SERIES, Sheet, Text};
use super::super::text::{cut, width as text_width};
use super::super::{Point, Width};
use super::Outcomes;

/// At the sides of a scale.
const MARGIN: f64 = 8.0;
const ROW: f64 = 42.0;

/// Draws them.
pub(super) fn draw(chart: &Outcomes, sheet: &mut Sheet) -> f64 {
    let total = Width::Narrow.units();
    let (top, ticks) = chart.scale();
    let x = Axis::new((0.0, top), (MARGIN, total - MARGIN));
    let mut y = 0.0;
    for (h, horizon) in chart.horizons.iter().enumerate() {
        y += if h == 0 { 14.0 } else { 30.0 };
        let to = chart.to(horizon);
        let room = total - text_width(&to, 11.0, false) - 12.0;
        let title = cut(&horizon.title, 13.0, true, room);
        sheet.text(&Text::new(&title, 0.0, y).size(13.0).bold(true));
        sheet.text(&Text::new(&to, total, y).size(11.0).end().class("q"));
        y += 6.0;
        sheet.line("x", (0.0, y), (total, y));
        let mut any = false;
        for o in 0..chart.outcomes.len() {
            if let Some(point) = chart.point(o, h) {
                row(chart, sheet, (o, h), point, (&x, y, &ticks));
                y += ROW;
                any = true;
            }
        }
        if !any {
            y += 18.0;
            sheet.text(&Text::new(chart.heading.say().get("chart_cannot"), 0.0, y).class("q"));
            continue;
        }
        y += 14.0;
        for (i, tick) in ticks.iter().enumerate() {
            let text = percent(*tick);
            let at = |x| Text::new(&text, x, y).size(11.0).class("q");
            sheet.text(&match i {
                0 => at(0.0),
                i if i + 1 == ticks.len() => at(total).end(),
                _ => at(x.at(*tick)).middle(),
            });
        }
    }
    y + chart.foot(sheet, y + 4.0, total) + 12.0
}

fn row(
    chart: &Outcomes,
    sheet: &mut Sheet,
    (o, h): (usize, usize),
    point: &Point,
    (x, y, ticks): (&Axis, f64, &[f64]),
) {
    let outcome = &chart.outcomes[o];
    let total = Width::Narrow.units();
    let leads = chart.leads(o, h);
    let scale = y + 32.0;
    let notch = |tick: &f64| [(x.at(*tick), y + 24.0), (x.at(*tick), y + 40.0)];
    sheet.lines("g", ticks.iter().map(notch));
    sheet.line("g", (MARGIN, scale), (total - MARGIN, scale));
    sheet.open(
        &format!("s{}", o % SERIES),
        &point.sentence(chart.heading.say()),
    );
    if let Some((low, high)) = point.interval {
        sheet.line("i", (x.at(low), scale), (x.at(high), scale));
    }
    sheet.mark(o, outcome.is_final, (x.at(point.value), scale));
    let number = format!("{} {}", point.text, point.word);
    let number = cut(number.trim_end(), 12.0, true, total * 0.55);
    let taken = text_width(&number, 12.0, true);
    sheet.text(&Text::new(&number, total, y + 18.0).bold(true).end());
    sheet.close();
    let name = cut(&chart.name(o), 12.0, leads, total - taken - 12.0);
    sheet.open("", &outcome.title);
    sheet.text(&Text::new(&name, 0.0, y + 18.0).bold(leads));
    sheet.close();
}
