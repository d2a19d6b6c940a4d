//! A table with labels on the left and horizons across, in as many blocks as the width needs.
//!
//! In: rows of labels and cells, each of several lines. Out: text; nothing is wider than the page
//! but what cannot be broken.

use super::super::Look;
use crate::text::clean::line as clean;
use crate::text::wrap::{columns, wrap};
use anstyle::Style;
use std::fmt::Write;

const GAP: usize = 2;
const NARROWEST_CELL: usize = 17;
const WIDEST_CELL: usize = 26;

/// A line of a cell: pieces of text, each with its style.
#[derive(Debug, Clone, Default)]
pub(in crate::render) struct Line(Vec<(String, Style)>);

impl Line {
    pub(in crate::render) fn new(text: impl Into<String>, style: Style) -> Self {
        Line(vec![(text.into(), style)])
    }

    pub(in crate::render) fn plain(text: impl Into<String>) -> Self {
        Line::new(text, Style::new())
    }

    pub(in crate::render) fn and(mut self, text: impl Into<String>, style: Style) -> Self {
        self.0.push((text.into(), style));
        self
    }

    pub(in crate::render) fn columns(&self) -> usize {
        self.0.iter().map(|(text, _)| columns(text)).sum()
    }

    pub(in crate::render) fn write(&self, out: &mut String, colour: bool) {
        for (text, style) in &self.0 {
            let _ = if colour && *style != Style::new() {
                write!(out, "{style}{text}{style:#}")
            } else {
                out.write_str(text)
            };
        }
    }
}

/// One row.
#[derive(Debug, Default)]
pub(in crate::render) struct Row {
    /// What it is about.
    pub(in crate::render) label: Vec<Line>,
    /// One for each horizon.
    pub(in crate::render) cells: Vec<Vec<Line>>,
    /// Whether a blank line follows.
    pub(in crate::render) gap: bool,
}

/// Where the columns stand.
#[derive(Debug, Clone, Copy)]
pub(in crate::render) struct Layout {
    /// Columns of a label.
    pub(in crate::render) label: usize,
    /// Columns of a cell.
    pub(in crate::render) cell: usize,
    per_block: usize,
    colour: bool,
}

impl Layout {
    /// A layout for so many horizons and labels as wide as this.
    pub(in crate::render) fn new(look: Look, horizons: usize, longest: usize) -> Self {
        let label = longest.clamp(10, (look.width / 4).clamp(10, 28));
        let room = look.width.saturating_sub(label);
        let per_block = (room / (NARROWEST_CELL + GAP)).clamp(1, horizons.max(1));
        Layout {
            label,
            cell: (room / per_block)
                .saturating_sub(GAP)
                .clamp(NARROWEST_CELL, WIDEST_CELL),
            per_block,
            colour: look.colour,
        }
    }

    /// Writes the rows; where the horizons do not fit side by side, block after block.
    pub(in crate::render) fn write(&self, out: &mut String, rows: &[Row]) {
        let horizons = rows.iter().map(|r| r.cells.len()).max().unwrap_or(0);
        for start in (0..horizons).step_by(self.per_block) {
            if start > 0 {
                out.push('\n');
            }
            for (i, row) in rows.iter().enumerate() {
                let end = (start + self.per_block).min(row.cells.len());
                self.write_row(
                    out,
                    &row.label,
                    row.cells.get(start..end).unwrap_or_default(),
                );
                if row.gap && i + 1 < rows.len() {
                    out.push('\n');
                }
            }
        }
    }

    fn write_row(&self, out: &mut String, label: &[Line], cells: &[Vec<Line>]) {
        let height = cells
            .iter()
            .map(Vec::len)
            .max()
            .unwrap_or(0)
            .max(label.len());
        for i in 0..height {
            let mut column = 0;
            let mut target = 0;
            for (n, lines) in std::iter::once(label)
                .chain(cells.iter().map(Vec::as_slice))
                .enumerate()
            {
                if let Some(line) = lines.get(i).filter(|l| l.columns() > 0) {
                    // A label may be wider than its column; a blank stays between.
                    let pad = usize::max(target, column + usize::from(n > 0)) - column;
                    out.extend(std::iter::repeat_n(' ', pad));
                    line.write(out, self.colour);
                    column += pad + line.columns();
                }
                target += GAP + if n == 0 { self.label } else { self.cell };
            }
            out.push('\n');
        }
    }
}

/// The lines of a cell; none of nothing.
pub(in crate::render) fn styled(text: &str, width: usize, style: Style) -> Vec<Line> {
    if text.is_empty() {
        return Vec::new();
    }
    let lines = wrap(&clean(text), width).into_iter();
    lines.map(|line| Line::new(line, style)).collect()
}

/// Text as it flows over lines of a terminal, the first and the others behind something each. It is clean.
pub(in crate::render) fn flow(
    out: &mut String,
    look: Look,
    text: &str,
    (first, then): (&str, &str),
    style: Style,
) {
    let indent = columns(then).max(columns(first));
    let width = look.width.saturating_sub(indent);
    for (i, line) in wrap(text, width).into_iter().enumerate() {
        out.push_str(if i == 0 { first } else { then });
        Line::new(line, style).write(out, look.colour);
        out.push('\n');
    }
}
