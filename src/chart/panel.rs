//! What small panels share: a title, a grid, the labels of its ticks.
//!
//! In: a sheet, places and scales. Out: the same sheet, drawn on.

use super::axis::{Axis, percent};
use super::svg::{Sheet, Text};

/// Between two lines of a title.
pub(super) const LEADING: f64 = 14.0;

/// The lines of a title, the last of them above `under`; the whole of it is the tip.
pub(super) fn title(sheet: &mut Sheet, whole: &str, lines: &[String], (left, under): (f64, f64)) {
    sheet.open("", whole);
    for (i, line) in lines.iter().enumerate() {
        let below = (lines.len() - i - 1) as f64;
        let y = under - LEADING * below - 2.0;
        sheet.text(&Text::new(line, left, y).bold(true));
    }
    sheet.close();
}

/// A line across at each tick, the first of them the axis.
pub(super) fn grid(sheet: &mut Sheet, ticks: &[f64], (left, right): (f64, f64), y: &Axis) {
    let across = |tick: &f64| {
        let at = y.at(*tick);
        [(left, at), (right, at)]
    };
    sheet.lines("g", ticks[1..].iter().map(across));
    sheet.lines("x", ticks[..1].iter().map(across));
}

/// The label of a tick, to the left of an axis.
pub(super) fn label(sheet: &mut Sheet, tick: f64, left: f64, y: &Axis) {
    let text = percent(tick);
    let text = Text::new(&text, left - 6.0, y.at(tick) + 4.0);
    sheet.text(&text.size(11.0).end().class("q"));
}
