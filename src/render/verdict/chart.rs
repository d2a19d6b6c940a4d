//! The verdict as bars at a terminal: `eval --chart`.
//!
//! In: evaluated assessments. Out: text for a given width, in Unicode blocks or in plain ASCII: a bar
//! for each outcome at each horizon, and what its interval covers. The numbers are those of `text`.

use super::super::Look;
use super::grid::Line;
use super::text::{LEAD, Page, QUIET, STRONG};
use super::{Evaluated, OutcomeVerdict};
use crate::resolve::assessment::{HorizonId, OutcomeId};
use crate::text::clean::line as clean;
use crate::text::round;
use crate::text::wrap::{columns, wrap};
use anstyle::Style;

/// What bars are made of.
struct Ink {
    full: char,
    /// Parts of a cell, from one eighth on; none where only whole cells can be shown.
    eighths: &'static [char],
    low: char,
    within: char,
    high: char,
    value: char,
    track: char,
    leads: &'static str,
    interval: &'static str,
}

const BLOCKS: Ink = Ink {
    full: '█',
    eighths: &['▏', '▎', '▍', '▌', '▋', '▊', '▉'],
    low: '├',
    within: '─',
    high: '┤',
    value: '●',
    track: '·',
    leads: "▸",
    interval: "├─●─┤",
};

const ASCII: Ink = Ink {
    full: '#',
    eighths: &[],
    low: '[',
    within: '-',
    high: ']',
    value: 'o',
    track: '.',
    leads: ">",
    interval: "[-o-]",
};

const MOST_LABEL: usize = 22;
/// Where the page is so narrow, labels and words give way to the bars.
const NARROW: usize = 72;
const NARROW_LABEL: usize = 16;
const NARROW_WORDS: usize = 12;
const NUMBER: usize = 7;
/// Room for words: as much as they need, up to this.
const MOST_WORDS: usize = 16;
const LEAST_BAR: usize = 20;

/// Every assessment's bars.
pub(crate) fn report(evaluated: &[Evaluated], look: Look, ascii: bool) -> String {
    let pages = evaluated.iter().map(|e| {
        let ink = if ascii { &ASCII } else { &BLOCKS };
        let chart = Chart::new(Page { e, look }, ink);
        let mut text = chart.write();
        super::fan::write(&mut text, &chart.page, ascii);
        if ascii { plain(&text) } else { text }
    });
    let mut out = pages.collect::<Vec<_>>().join("\n\n");
    let mut feet = String::new();
    super::text::foot(&mut feet, evaluated, look);
    out += &if ascii { plain(&feet) } else { feet };
    out
}

struct Chart<'a> {
    page: Page<'a>,
    ink: &'static Ink,
    label: usize,
    bar: usize,
    words: usize,
}

impl<'a> Chart<'a> {
    fn new(page: Page<'a>, ink: &'static Ink) -> Self {
        let e = page.e;
        let widest = |each: &mut dyn Iterator<Item = usize>| each.max().unwrap_or(0);
        let outcomes = e.outcomes();
        let label = widest(&mut outcomes.iter().map(|&o| columns(&name(e, o))));
        let (most_label, most_words) = match page.look.width < NARROW {
            true => (NARROW_LABEL, NARROW_WORDS),
            false => (MOST_LABEL, MOST_WORDS),
        };
        let label = label.min(most_label);
        let shown = e.horizons().into_iter();
        let shown = shown.flat_map(|h| outcomes.iter().map(move |&o| (h, o)));
        let words = widest(&mut shown.map(|(h, o)| columns(&words(e, h, o))));
        let words = words.min(most_words);
        let taken = 2 + label + NUMBER + 1 + 2 + words;
        Chart {
            bar: page.look.width.saturating_sub(taken).clamp(LEAST_BAR, 80),
            page,
            ink,
            label,
            words,
        }
    }

    fn write(&self) -> String {
        let (e, look) = (self.page.e, self.page.look);
        let mut out = String::new();
        self.page.head(&mut out);
        for h in e.horizons() {
            let horizon = e.horizon(h);
            let assumed = if horizon.open { "*" } else { "" };
            let heading = match e.assessment.timeless {
                true => horizon.title.clone(),
                false => format!("{}, to {}{assumed}", horizon.title, horizon.to),
            };
            self.page.flow(&mut out, &heading, "", "  ", STRONG);
            if e.is_possible(h) {
                for o in e.outcomes() {
                    self.row(&mut out, h, o);
                }
                self.scale().write(&mut out, look.colour);
                out.push('\n');
            } else {
                self.page.flow(&mut out, "cannot happen", "  ", "  ", QUIET);
            }
            out.push('\n');
        }
        if !e.outcomes().is_empty() {
            self.page.flow(&mut out, &self.key(), "", "", QUIET);
        }
        if e.horizons().iter().any(|&h| e.horizon(h).open) {
            let text = "* has no end of its own: this one is taken.";
            self.page.flow(&mut out, text, "", "", QUIET);
        }
        out
    }

    fn key(&self) -> String {
        let (e, ink) = (self.page.e, self.ink);
        let mut shown = e.horizons().into_iter();
        let has_interval =
            |h: HorizonId| e.outcomes().iter().any(|&o| e.of(h, o).interval.is_some());
        let leads = format!("{} leads.", ink.leads);
        match shown.any(has_interval) {
            false => leads,
            true => format!(
                "{leads} {} reaches up to the 90% interval {}, with the chance at {}.",
                ink.full, ink.interval, ink.value
            ),
        }
    }

    fn row(&self, out: &mut String, h: HorizonId, o: OutcomeId) {
        let e = self.page.e;
        let found = e.of(h, o);
        let leads = e.at(h).leader == o;
        let style = if leads { LEAD } else { Style::new() };
        let number = round::tight(&round::percent_in(
            &e.assessment.scale,
            found.probability.value,
        ));
        let mark = if leads { self.ink.leads } else { " " };
        let mut lines = wrap(&words(e, h, o), self.words).into_iter();
        let label = padded(&cut(&name(e, o), self.label), self.label);
        Line::new(format!("{mark} {label}"), style)
            .and(format!("{number:>NUMBER$} "), style)
            .and(self.bar(found), style)
            .and(
                format!("  {}", lines.next().unwrap_or_default()),
                Style::new(),
            )
            .write(out, self.page.look.colour);
        trim(out);
        let indent = " ".repeat(2 + self.label + NUMBER + 1 + self.bar + 2);
        for more in lines {
            Line::plain(format!("\n{indent}{more}")).write(out, false);
        }
        out.push('\n');
    }

    /// A share's cell, from 0.
    fn cell(&self, p: f64) -> usize {
        let cell = (p * self.bar as f64).floor().max(0.0) as usize;
        cell.min(self.bar.saturating_sub(1))
    }

    fn bar(&self, found: &OutcomeVerdict) -> String {
        let ink = self.ink;
        let mut cells = vec![ink.track; self.bar];
        let p = found.probability.value.clamp(0.0, 1.0);
        let Some((low, high)) = found.interval else {
            let eighths = (p * self.bar as f64 * 8.0).round() as usize;
            let (full, part) = match ink.eighths {
                [] => ((eighths + 4) / 8, 0),
                _ => (eighths / 8, eighths % 8),
            };
            cells[..full].fill(ink.full);
            if let Some(part) = part.checked_sub(1).and_then(|i| ink.eighths.get(i)) {
                cells[full] = *part;
            }
            return cells.into_iter().collect();
        };
        let (low, value, high) = (self.cell(low), self.cell(p), self.cell(high));
        let (low, high) = (low.min(value), high.max(value));
        cells[..low].fill(ink.full);
        cells[low..=high].fill(ink.within);
        cells[low] = ink.low;
        cells[high] = ink.high;
        cells[value] = ink.value;
        cells.into_iter().collect()
    }

    /// The ends and quarters of the bars.
    fn scale(&self) -> Line {
        let mut cells = vec![' '; self.bar];
        let marks = [
            (0.0, "0%"),
            (0.25, "25%"),
            (0.5, "50%"),
            (0.75, "75%"),
            (1.0, "100%"),
        ];
        for (p, text) in marks {
            if self.bar < 40 && (p == 0.25 || p == 0.75) {
                continue;
            }
            let middle = (p * self.bar as f64) as usize;
            let start = match p {
                0.0 => 0,
                1.0 => self.bar - text.len(),
                _ => middle - text.len() / 2,
            };
            for (cell, c) in cells[start..].iter_mut().zip(text.chars()) {
                *cell = c;
            }
        }
        let cells: String = cells.into_iter().collect();
        let indent = " ".repeat(2 + self.label + NUMBER + 1);
        Line::new(format!("{indent}{}", cells.trim_end()), QUIET)
    }
}

/// "exit, by then".
fn name(e: &Evaluated, o: OutcomeId) -> String {
    let name = clean(e.outcome_name(o)).into_owned();
    if e.outcome(o).is_final {
        format!("{name}, by then")
    } else {
        name
    }
}

fn words(e: &Evaluated, h: HorizonId, o: OutcomeId) -> String {
    let found = e.of(h, o);
    if found.probability.value.is_nan() {
        return String::new();
    }
    let mut words = e.words(found);
    if let Some(error) = e.give_or_take(h, o) {
        words += &format!(" {error}");
    }
    if let Some(span) = e.span(found.interval) {
        words += &format!(" (interval: {span})");
    }
    words
}

/// A name cut to this width.
fn cut(text: &str, width: usize) -> String {
    if columns(text) <= width {
        return text.to_owned();
    }
    let mut kept = String::new();
    for c in text.chars() {
        if columns(&kept) + columns(c.encode_utf8(&mut [0; 4])) + 1 > width {
            break;
        }
        kept.push(c);
    }
    kept + "…"
}

fn padded(text: &str, width: usize) -> String {
    let missing = width.saturating_sub(columns(text));
    format!("{text}{}", " ".repeat(missing))
}

/// Takes blanks from the end of what was written last.
fn trim(out: &mut String) {
    out.truncate(out.trim_end_matches(' ').len());
}

/// Text in ASCII alone: signs by what stands for them, other letters by a question mark.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            c if c.is_ascii() => out.push(c),
            '–' | '—' | '−' | '·' => out.push('-'),
            '…' => out.push_str("..."),
            '→' => out.push_str("->"),
            '±' => out.push_str("+-"),
            '’' | '‘' => out.push('\''),
            '“' | '”' => out.push('"'),
            _ => out.push('?'),
        }
    }
    out
}
