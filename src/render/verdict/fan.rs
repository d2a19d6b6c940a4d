//! Quantities as fans and bars at a terminal: part of `eval --chart`.
//!
//! In: an evaluated assessment. Out: for each quantity a line for each horizon that spans 90%, 80% and 50% around the
//! median, on one axis; and a bar for each range between its cuts. Text of a given width.

use super::text::{Page, QUIET, STRONG};
use crate::infer::mixture::Mixture;
use crate::infer::verdict::QuantityVerdict;
use crate::resolve::assessment::{Figured, HorizonId, with_unit};
use crate::resolve::table::Id;
use crate::text::clean::line as clean;
use crate::text::decimal;
use crate::text::round;
use crate::text::wrap::columns;
use anstyle::Style;

/// What fans and bars are made of.
struct Ink {
    low: char,
    ninety: char,
    eighty: char,
    fifty: char,
    median: char,
    high: char,
    bar: char,
    track: char,
}

const BLOCKS: Ink = Ink {
    low: '├',
    ninety: '─',
    eighty: '▒',
    fifty: '█',
    median: '●',
    high: '┤',
    bar: '█',
    track: '·',
};

const ASCII: Ink = Ink {
    low: '[',
    ninety: '-',
    eighty: '=',
    fifty: '#',
    median: 'o',
    high: ']',
    bar: '#',
    track: '.',
};

const LABEL: usize = 18;
/// Cells of a fan, at most and at least.
const MOST: usize = 60;
const LEAST: usize = 20;

/// All quantities, behind the outcomes.
pub(super) fn write(out: &mut String, page: &Page<'_>, ascii: bool) {
    let ink = if ascii { &ASCII } else { &BLOCKS };
    for found in &page.e.verdict.quantities {
        quantity(out, page, ink, found);
    }
}

fn quantity(out: &mut String, page: &Page<'_>, ink: &Ink, found: &QuantityVerdict) {
    let e = page.e;
    let quantity = &e.assessment.quantities[found.quantity];
    let at = |h: &HorizonId| {
        let at = found.horizons[h.index()].as_ref();
        at.map(|at| (*h, &at.mixture))
    };
    let horizons = e.horizons();
    let shown: Vec<(HorizonId, &Mixture)> = horizons.iter().filter_map(at).collect();
    out.push('\n');
    let about = match &quantity.unit {
        Some(unit) => format!("{} ({}, in {unit})", quantity.title, quantity.name.node),
        None => format!("{} ({})", quantity.title, quantity.name.node),
    };
    page.flow(out, &clean(&about), "", "  ", STRONG);
    if shown.is_empty() {
        page.flow(out, "cannot happen", "  ", "  ", QUIET);
        return;
    }
    let ends = shown
        .iter()
        .map(|(_, m)| (m.quantile(0.05), m.quantile(0.95)));
    let (low, high) = ends.fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), (x, y)| {
        (a.min(x), b.max(y))
    });
    let width = page.look.width.saturating_sub(LABEL + 2).clamp(LEAST, MOST);
    let cell = |x: f64| {
        let part = (x - low) / (high - low);
        ((part * (width - 1) as f64 + 0.5) as usize).min(width - 1)
    };
    for (h, mixture) in &shown {
        let q = |share: f64| cell(mixture.quantile(share));
        let mut cells = vec![' '; width];
        cells[q(0.05)..=q(0.95)].fill(ink.ninety);
        cells[q(0.1)..=q(0.9)].fill(ink.eighty);
        cells[q(0.25)..=q(0.75)].fill(ink.fifty);
        cells[q(0.05)] = ink.low;
        cells[q(0.95)] = ink.high;
        cells[q(0.5)] = ink.median;
        let label = label(&e.horizon(*h).title);
        let cells: String = cells.into_iter().collect();
        line(
            out,
            page,
            &format!("{label}  {}", cells.trim_end()),
            Style::new(),
        );
    }
    let unit = quantity
        .unit
        .as_deref()
        .filter(|u| u.starts_with('%'))
        .map(|_| "%");
    let of = Figured::Quantity(found.quantity);
    let (left, right) = (
        with_unit(&of.figure(&e.assessment, low), unit),
        with_unit(&of.figure(&e.assessment, high), unit),
    );
    let gap = width.saturating_sub(columns(&left) + columns(&right));
    let axis = format!("{}  {left}{}{right}", " ".repeat(LABEL), " ".repeat(gap));
    line(out, page, &axis, QUIET);
    let cuts = e.cuts(quantity, found);
    if cuts.is_empty() {
        return;
    }
    for (h, mixture) in &shown {
        line(out, page, &clean(&e.horizon(*h).title), STRONG);
        for i in 0..=cuts.len() {
            let from = i.checked_sub(1).map(|i| cuts[i]);
            let to = cuts.get(i).copied();
            let below = |x: Option<f64>, none: f64| x.map_or(none, |x| mixture.below(x));
            let p = (below(to, 1.0) - below(from, 0.0)).max(0.0);
            let text = match (from, to) {
                (None, Some(to)) => format!("below {}", decimal::stated(to)),
                (Some(from), None) => format!("{} or more", decimal::stated(from)),
                (Some(from), Some(to)) => {
                    format!("{} to {}", decimal::stated(from), decimal::stated(to))
                }
                (None, None) => String::new(),
            };
            let room = width.saturating_sub(8);
            let full = (p * room as f64 + 0.5) as usize;
            let bar: String = (0..room)
                .map(|c| if c < full { ink.bar } else { ink.track })
                .collect();
            let number = round::tight(&round::percent_in(&e.assessment.scale, p));
            line(
                out,
                page,
                &format!("{}  {number:>6}  {bar}", label(&text)),
                Style::new(),
            );
        }
    }
    let key = format!(
        "{}{}{}{}{}: 90%, {}: 80%, {}: 50%, {}: the median.",
        ink.low, ink.ninety, ink.ninety, ink.ninety, ink.high, ink.eighty, ink.fifty, ink.median
    );
    page.flow(out, &key, "", "", QUIET);
}

fn line(out: &mut String, page: &Page<'_>, text: &str, style: Style) {
    super::grid::Line::new(text, style).write(out, page.look.colour);
    out.push('\n');
}

/// A label of a width, cut or filled.
fn label(text: &str) -> String {
    let text = clean(text);
    let mut kept = String::new();
    for c in text.chars() {
        if columns(&kept) + columns(c.encode_utf8(&mut [0; 4])) > LABEL {
            break;
        }
        kept.push(c);
    }
    let missing = LABEL.saturating_sub(columns(&kept));
    format!("{kept}{}", " ".repeat(missing))
}
