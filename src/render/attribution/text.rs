//! A comparison for people at a terminal: horizons across, outcomes down, then edit by edit.
//!
//! In: a comparison. Out: text for a given width.

use super::super::Look;
use super::super::verdict::grid::{Layout, Row, flow, styled};
use super::Compared;
use super::page::{Cell, Item, Page};
use crate::text::clean::line as clean;
use crate::text::wrap::columns;
use anstyle::{AnsiColor, Style};

const STRONG: Style = Style::new().bold();
const QUIET: Style = Style::new().dimmed();
const ALERT: Style = AnsiColor::Yellow.on_default().bold();
const PLAIN: Style = Style::new();

pub(super) fn report(compared: &Compared, look: Look) -> String {
    let page = compared.page();
    let mut writer = Writer {
        out: String::new(),
        look,
    };
    writer.flow(&page.title, "", "", STRONG);
    writer.flow(&page.facts, "", "", QUIET);
    writer.out.push('\n');
    writer.table(&page);
    if !page.news.is_empty() {
        writer.out.push('\n');
    }
    for line in &page.news {
        writer.flow(line, "", "  ", ALERT);
    }
    if !page.edits.is_empty() {
        writer.out.push('\n');
        writer.flow("What moved it, in points", "", "", STRONG);
    }
    for (i, item) in page.edits.iter().enumerate() {
        writer.out.push('\n');
        writer.item(i + 1, item);
    }
    if !page.quiet.is_empty() {
        writer.out.push('\n');
        writer.flow(page.quiet_heading, "", "", STRONG);
    }
    for line in &page.quiet {
        writer.flow(line, "- ", "  ", PLAIN);
    }
    if !page.method.is_empty() {
        writer.out.push('\n');
    }
    for line in &page.method {
        writer.flow(line, "", "", QUIET);
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

    fn table(&mut self, page: &Page) {
        let labels = page.rows.iter().map(|r| columns(&r.label));
        let layout = Layout::new(self.look, page.horizons.len(), labels.max().unwrap_or(0));
        let mut rows = vec![Row {
            label: Vec::new(),
            cells: page
                .horizons
                .iter()
                .map(|h| styled(h, layout.cell, STRONG))
                .collect(),
            gap: false,
        }];
        for row in &page.rows {
            let cell = |cell: &Cell| {
                let style = if cell.is_loud { ALERT } else { PLAIN };
                let mut lines = styled(&cell.value, layout.cell, style);
                lines.extend(styled(&cell.change, layout.cell, QUIET));
                lines
            };
            rows.push(Row {
                label: styled(&row.label, layout.label, PLAIN),
                cells: row.cells.iter().map(cell).collect(),
                gap: false,
            });
        }
        layout.write(&mut self.out, &rows);
    }

    fn item(&mut self, number: usize, item: &Item) {
        let number = format!("{number}. ");
        let indent = " ".repeat(columns(&number));
        for (i, part) in item.parts.iter().enumerate() {
            let first = if i == 0 { &number } else { &indent };
            self.flow(part, first, &indent, if i == 0 { STRONG } else { PLAIN });
        }
        if !item.place.is_empty() {
            self.flow(&item.place, &indent, &indent, QUIET);
        }
        let titles = item.shares.iter().map(|(title, _)| columns(&clean(title)));
        let widest = titles.max().unwrap_or(0).min(24);
        for (title, shares) in &item.shares {
            let title = clean(title);
            let pad = " ".repeat(widest.saturating_sub(columns(&title)));
            let first = format!("{indent}{title}{pad}  ");
            let then = " ".repeat(columns(&indent) + widest + 2);
            self.flow(&shares.replace('`', ""), &first, &then, PLAIN);
        }
    }
}
