//! An agenda as a table by date.

use super::{Agenda, days};
use crate::render::Look;
use crate::text::wrap::{columns, wrap};
use anstyle::{AnsiColor, Style};
use jiff::civil::Date;
use std::fmt::Write;

/// The columns of dates and of kinds, with the blanks behind them.
const DATE: usize = 15;
const KIND: usize = 10;

/// Writes it.
pub(super) fn write(agenda: &Agenda, look: Look) -> String {
    let style = |style: Style| if look.colour { style } else { Style::new() };
    let (bold, dim) = (style(Style::new().bold()), style(Style::new().dimmed()));
    let red = style(AnsiColor::Red.on_default());
    let mut out = String::new();
    let mut shown = None;
    for due in &agenda.due {
        let is_past = agenda.today.is_some_and(|today| due.date < today);
        // A date stands once, with how far off it is below.
        let mut left = Vec::new();
        if shown != Some(due.date) {
            if shown.is_some() {
                out.push('\n');
            }
            shown = Some(due.date);
            left.push((due.date.to_string(), bold));
            if let Some(today) = agenda.today {
                left.push((distance(today, due.date), if is_past { red } else { dim }));
            }
        }
        let width = look.width.saturating_sub(DATE + KIND);
        let mut right: Vec<(String, Style)> = Vec::new();
        right.extend(
            wrap(&due.what, width)
                .into_iter()
                .map(|l| (l, Style::new())),
        );
        right.extend(
            wrap(&due.todo, width)
                .into_iter()
                .map(|l| (l, Style::new())),
        );
        let place = format!("{}:{}", due.file, due.line);
        right.extend(wrap(&place, width).into_iter().map(|l| (l, dim)));
        for i in 0..right.len().max(left.len()) {
            let none = (String::new(), Style::new());
            let (date, date_style) = left.get(i).unwrap_or(&none);
            let (text, text_style) = right.get(i).unwrap_or(&none);
            let kind = if i == 0 { due.kind.as_str() } else { "" };
            let gap = " ".repeat(DATE.saturating_sub(columns(date)));
            let plain = format!(
                "{date_style}{date}{date_style:#}{gap}{kind:KIND$}{text_style}{text}{text_style:#}"
            );
            let _ = writeln!(out, "{}", plain.trim_end());
        }
    }
    if !agenda.due.is_empty() {
        out.push('\n');
    }
    let _ = writeln!(out, "{}", wrap(&summary(agenda), look.width).join("\n"));
    out
}

/// "in 12 days", "today", "3 days ago"
fn distance(today: Date, date: Date) -> String {
    match days(today, date) {
        0 => "today".to_owned(),
        1 => "tomorrow".to_owned(),
        -1 => "yesterday".to_owned(),
        n if n > 0 => format!("in {n} days"),
        n => format!("{} days ago", -n),
    }
}

fn summary(agenda: &Agenda) -> String {
    let files = match agenda.files {
        1 => "1 file".to_owned(),
        n => format!("{n} files"),
    };
    let things = match agenda.due.len() {
        0 => return format!("nothing falls due in {files}"),
        1 => "1 thing falls due".to_owned(),
        n => format!("{n} things fall due"),
    };
    let Some(today) = agenda.today else {
        return format!("{things} in {files}; `--today DATE` says which are past");
    };
    let past = agenda.due.iter().filter(|d| d.date < today).count();
    format!("{things} in {files}, {past} of them before {today}")
}
