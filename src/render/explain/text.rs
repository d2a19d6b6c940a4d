//! An explanation for people at a terminal.
//!
//! In: an explained assessment. Out: text for a given width.

use super::super::Look;
use super::super::verdict::grid::{Layout, Line, Row, flow};
use super::super::verdict::sections::{Panel, Tone};
use super::Explained;
use super::page::Block;
use crate::text::clean::{line as clean, message};
use crate::text::wrap::{columns, wrap};
use anstyle::{AnsiColor, Style};

const STRONG: Style = Style::new().bold();
const QUIET: Style = Style::new().dimmed();
const LOUD: Style = AnsiColor::Cyan.on_default().bold();
const ALERT: Style = AnsiColor::Yellow.on_default().bold();

pub(super) fn report(explained: &Explained, look: Look) -> String {
    let e = &explained.evaluated;
    let mut page = Page {
        explained,
        look,
        out: String::new(),
    };
    page.flow(&e.assessment.title.node, "", "", STRONG);
    page.flow(&e.facts().join(" · "), "", "", QUIET);
    for spoken in e.spoken() {
        page.flow(&format!("{}{}", spoken.words, spoken.own), "", "  ", ALERT);
    }
    if let Some(text) = e.impossible() {
        page.flow(&text, "", "  ", ALERT);
    }
    for block in explained.blocks() {
        page.block(&block);
    }
    if let Some(method) = e.method_shown() {
        page.out.push('\n');
        page.flow(&method, "", "", QUIET);
    }
    page.out
}

struct Page<'a> {
    explained: &'a Explained,
    look: Look,
    out: String,
}

impl Page<'_> {
    fn block(&mut self, block: &Block) {
        match block {
            Block::Heading(heading, about) => {
                self.out.push('\n');
                let one = format!("{heading}  ({about})");
                if about.is_empty() {
                    self.flow(heading, "", "", STRONG);
                } else if columns(&one) <= self.look.width {
                    let line = Line::new(*heading, STRONG).and(format!("  ({about})"), QUIET);
                    line.write(&mut self.out, self.look.colour);
                    self.out.push('\n');
                } else {
                    self.flow(heading, "", "", STRONG);
                    self.flow(&format!("({about})"), "", "", QUIET);
                }
            }
            Block::Part(title) => {
                self.out.push('\n');
                self.flow(title, "", "", STRONG);
            }
            Block::Panel(panel) => self.panel(panel),
            Block::Item(title, lines) => {
                self.flow(title, "  · ", "    ", Style::new());
                for line in lines {
                    self.flow(line, "      ", "        ", QUIET);
                }
            }
        }
    }

    fn panel(&mut self, panel: &Panel) {
        let e = &self.explained.evaluated;
        self.out.push('\n');
        if !panel.title.is_empty() {
            let about = match panel.about.as_str() {
                "" => String::new(),
                about => format!(" ({about})"),
            };
            self.flow(&format!("{}{about}", panel.title), "", "  ", Style::new());
        }
        let horizons = e.horizons();
        let longest = panel.rows.iter().map(|row| columns(&row.label)).max();
        let layout = Layout::new(self.look, horizons.len(), longest.unwrap_or(0));
        let titles = horizons.iter().map(|&h| {
            let title = &e.horizon(h).title;
            styled(title, layout.cell, QUIET)
        });
        let titles: Vec<Vec<Line>> = titles.collect();
        let mut rows = vec![Row {
            label: Vec::new(),
            cells: titles,
            gap: false,
        }];
        rows.extend(panel.rows.iter().map(|row| {
            Row {
                label: styled(&row.label, layout.label, Style::new()),
                cells: row
                    .cells
                    .iter()
                    .map(|(text, tone)| styled(text, layout.cell, style(*tone)))
                    .collect(),
                gap: false,
            }
        }));
        layout.write(&mut self.out, &rows);
        for note in &panel.notes {
            self.flow(note, "", "", QUIET);
        }
    }

    fn flow(&mut self, text: &str, first: &str, rest: &str, style: Style) {
        flow(
            &mut self.out,
            self.look,
            &message(text),
            (first, rest),
            style,
        );
    }
}

fn style(tone: Tone) -> Style {
    match tone {
        Tone::Plain => Style::new(),
        Tone::Quiet => QUIET,
        Tone::Loud => LOUD,
    }
}

fn styled(text: &str, width: usize, style: Style) -> Vec<Line> {
    let lines = wrap(&clean(text), width).into_iter();
    lines.map(|line| Line::new(line, style)).collect()
}
