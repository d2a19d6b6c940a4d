//! What it would take, for people at a terminal.
//!
//! In: a page. Out: text for a given width.

use super::super::Look;
use super::Flipped;
use super::page::{Block, Part, Row};
use crate::text::clean::line as clean;
use crate::text::wrap::{columns, wrap};
use anstyle::{AnsiColor, Style};
use std::fmt::Write;

const STRONG: Style = Style::new().bold();
const QUIET: Style = Style::new().dimmed();
const LEAD: Style = AnsiColor::Cyan.on_default().bold();
const ALERT: Style = AnsiColor::Yellow.on_default().bold();

pub(super) fn report(flipped: &Flipped, look: Look) -> String {
    let page = flipped.page();
    let mut out = String::new();
    let mut writer = Writer {
        out: &mut out,
        look,
    };
    writer.flow(&page.title, "", "", STRONG);
    writer.flow(&page.facts.join(" · "), "", "", QUIET);
    for line in &page.asked {
        writer.flow(line, "", "  ", ALERT);
    }
    for part in &page.parts {
        writer.part(part);
    }
    if !page.closing.is_empty() {
        writer.out.push('\n');
    }
    for line in &page.closing {
        writer.flow(line, "", "", QUIET);
    }
    out
}

/// The fewest columns for what a number is called.
const LEAST_LABEL: usize = 12;

struct Writer<'a> {
    out: &'a mut String,
    look: Look,
}

impl Writer<'_> {
    fn flow(&mut self, text: &str, first: &str, then: &str, style: Style) {
        if let Some(rest) = text.strip_prefix('\n') {
            self.out.push('\n');
            return self.flow(rest, first, then, style);
        }
        let width = self
            .look
            .width
            .saturating_sub(columns(then).max(columns(first)));
        for (i, line) in wrap(&clean(text), width).iter().enumerate() {
            let indent = if i == 0 { first } else { then };
            let _ = if self.look.colour && style != Style::new() {
                writeln!(self.out, "{indent}{style}{line}{style:#}")
            } else {
                writeln!(self.out, "{indent}{line}")
            };
        }
    }

    fn part(&mut self, part: &Part) {
        if let Some(title) = &part.title {
            self.out.push('\n');
            self.flow(title, "", "", STRONG);
        }
        for block in &part.blocks {
            self.block(block);
        }
        if !part.changes.is_empty() {
            self.flow(
                "\u{a}What each change clause does, and would need to do",
                "",
                "",
                STRONG,
            );
        }
        for clause in &part.changes {
            self.out.push('\n');
            self.flow(&clause.title, "", "  ", LEAD);
            let label = clause
                .lines
                .iter()
                .map(|l| columns(&clean(&l.0)))
                .max()
                .unwrap_or(0)
                .min(20);
            for (horizon, text) in &clause.lines {
                let horizon = clean(horizon);
                let pad = label.saturating_sub(columns(&horizon));
                let first = format!("  {horizon}{}  ", " ".repeat(pad));
                self.flow(text, &first, &" ".repeat(label + 4), Style::new());
            }
        }
    }

    fn block(&mut self, block: &Block) {
        self.out.push('\n');
        self.flow(&block.heading, "", "  ", STRONG);
        if !block.rows.is_empty() {
            self.out.push_str("  The nearest numbers that flip it\n");
            self.rows(&block.rows);
        }
        for line in &block.about {
            self.flow(line, "  ", "  ", Style::new());
        }
        for sets in &block.sets {
            self.flow(&sets.heading, "  ", "    ", Style::new());
            for line in &sets.lines {
                self.flow(line, "    ", "      ", Style::new());
            }
        }
    }

    fn rows(&mut self, rows: &[Row]) {
        let widest = |of: fn(&Row) -> &str| rows.iter().map(|r| columns(of(r))).max().unwrap_or(0);
        let (distance, values, then) = (
            widest(|r| &r.distance),
            widest(|r| &r.values),
            widest(|r| &r.then),
        );
        let before = 4 + distance + 2 + 2 + values;
        // Where a line has no room for who leads then, a line of its own says it.
        let below = before + 2 + then + LEAST_LABEL > self.look.width;
        let taken = if below { before } else { before + 2 + then };
        let label = self.look.width.saturating_sub(taken).clamp(LEAST_LABEL, 36);
        let label = label.min(widest(|r| &r.label)).max(1);
        for row in rows {
            let lines = wrap(&clean(&row.label), label);
            for (i, line) in lines.iter().enumerate() {
                let pad = " ".repeat(label.saturating_sub(columns(line)));
                let _ = if i == 0 && below {
                    let value = &row.values;
                    writeln!(
                        self.out,
                        "    {:>distance$}  {line}{pad}  {value}",
                        row.distance
                    )
                } else if i == 0 {
                    let gap = " ".repeat(values.saturating_sub(columns(&row.values)));
                    writeln!(
                        self.out,
                        "    {:>distance$}  {line}{pad}  {}{gap}  {}",
                        row.distance, row.values, row.then
                    )
                } else {
                    writeln!(self.out, "    {:distance$}  {line}", "")
                };
            }
            if below && !row.then.is_empty() {
                let indent = " ".repeat(4 + distance + 4);
                self.flow(&row.then, &indent, &indent, Style::new());
            }
        }
    }
}
