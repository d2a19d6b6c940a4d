//! A pool for people at a terminal: horizons across, files down, outcome by outcome.
//!
//! In: a pool. Out: text for a given width. Under each outcome a line from 0% to 100% shows where each file
//! and the pool stand.

use super::super::Look;
use super::super::verdict::grid::{Layout, Line, Row, flow, styled};
use super::page::{POOL, Page, Table};
use crate::pooling::Pooled;
use crate::text::clean::line as clean;
use crate::text::wrap::columns;
use anstyle::Style;

const STRONG: Style = Style::new().bold();
const QUIET: Style = Style::new().dimmed();
const PLAIN: Style = Style::new();

pub(super) fn report(pooled: &Pooled, look: Look) -> String {
    let page = pooled.page();
    let mut writer = Writer {
        out: String::new(),
        look,
    };
    writer.flow(&page.title, "", "", STRONG);
    writer.flow(&page.facts, "", "", QUIET);
    for file in &page.files {
        writer.flow(file, "", "  ", PLAIN);
    }
    for table in &page.tables {
        writer.out.push('\n');
        writer.flow(&table.title, "", "", STRONG);
        writer.table(&page, table);
    }
    if !page.apart.is_empty() {
        writer.out.push('\n');
        writer.flow("What keeps them apart, in points", "", "", STRONG);
    }
    for (heading, lines) in &page.apart {
        writer.out.push('\n');
        writer.flow(heading, "", "  ", PLAIN);
        for line in lines {
            writer.flow(&line.replace('`', ""), "  ", "      ", PLAIN);
        }
        if lines.is_empty() {
            writer.flow("Which clauses do it cannot be told.", "  ", "  ", QUIET);
        }
    }
    if !page.left_out.is_empty() {
        writer.out.push('\n');
        writer.flow("Left out", "", "", STRONG);
        for line in &page.left_out {
            writer.flow(line, "  · ", "    ", PLAIN);
        }
    }
    writer.out
}

struct Writer {
    out: String,
    look: Look,
}

impl Writer {
    fn flow(&mut self, text: &str, first: &str, then: &str, style: Style) {
        flow(&mut self.out, self.look, &clean(text), (first, then), style);
    }

    fn table(&mut self, page: &Page, table: &Table) {
        let labels = table.rows.iter().map(|r| columns(&r.0));
        let layout = Layout::new(self.look, page.horizons.len(), labels.max().unwrap_or(0));
        let head = page.horizons.iter();
        let mut rows = vec![Row {
            label: Vec::new(),
            cells: head.map(|h| styled(h, layout.cell, QUIET)).collect(),
            gap: false,
        }];
        for (label, cells) in &table.rows {
            let style = if label.starts_with(POOL) {
                STRONG
            } else {
                PLAIN
            };
            rows.push(Row {
                label: styled(label, layout.label, style),
                cells: cells
                    .iter()
                    .map(|c| styled(c, layout.cell, style))
                    .collect(),
                gap: false,
            });
        }
        if let Some(places) = &table.places {
            rows.push(Row {
                label: vec![Line::new("0–100%", QUIET)],
                cells: places
                    .iter()
                    .map(|at| vec![Line::new(strip(at, layout.cell), PLAIN)])
                    .collect(),
                gap: false,
            });
        }
        layout.write(&mut self.out, &rows);
    }
}

/// A line on which each sign stands where its share is; where two meet, the later one's.
fn strip(places: &[(char, f64)], width: usize) -> String {
    let mut line = vec!['·'; width.max(1)];
    let last = line.len() - 1;
    for (sign, p) in places {
        let at = (p.clamp(0.0, 1.0) * last as f64).round() as usize;
        line[at.min(last)] = *sign;
    }
    line.into_iter().collect()
}
