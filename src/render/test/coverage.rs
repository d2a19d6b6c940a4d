//! What expectations exercise: a table of files, and each thing that none exercises by its line.

use super::super::Look;
use super::{Body, Run};
use crate::testing::coverage::{Kind, Part};
use crate::text::clean::line as clean;
use crate::text::wrap::{columns, wrap};
use anstyle::Style;
use std::fmt::Write;

/// The widest column of files' names.
const FILE: usize = 40;

/// What stands over the columns of numbers.
const HEADS: [&str; 4] = ["changes", "events", "rows", "scenarios"];

/// The table; nothing where nobody asked for it.
pub(super) fn text(run: &Run, look: Look) -> String {
    let style = |style: Style| if look.colour { style } else { Style::new() };
    let (bold, dim) = (style(Style::new().bold()), style(Style::new().dimmed()));
    let files: Vec<(&str, &Vec<Part>)> = parts(run).collect();
    if files.is_empty() {
        return String::new();
    }
    let widest = files.iter().map(|f| columns(f.0)).max().unwrap_or(0);
    let file = widest.clamp("in all".len(), FILE);
    let mut out = format!("{bold}Exercised by an expectation{bold:#}\n");
    let mut row = |name: &str, cells: [String; 4]| {
        // A path is told by its end.
        let name: String = match columns(name) > file {
            true => {
                let tail: Vec<char> = name.chars().rev().take(file - 1).collect();
                std::iter::once('…').chain(tail.into_iter().rev()).collect()
            }
            false => name.to_owned(),
        };
        let pad = file.saturating_sub(columns(&name));
        let _ = write!(out, "{}{}", clean(&name), " ".repeat(pad));
        for (cell, head) in cells.iter().zip(HEADS) {
            let _ = write!(out, "  {cell:>width$}", width = head.len());
        }
        out.push('\n');
    };
    row("", HEADS.map(str::to_owned));
    for (file, parts) in &files {
        row(file, sums(parts.iter()));
    }
    if files.len() > 1 {
        row("in all", sums(files.iter().flat_map(|f| f.1)));
    }
    let mut left = files
        .iter()
        .flat_map(|f| f.1)
        .filter(|p| p.by.is_empty())
        .peekable();
    if left.peek().is_none() {
        return out;
    }
    let _ = writeln!(out, "\n{bold}Never exercised{bold:#}");
    for part in left {
        let place = format!("{}:{}", part.file, part.line);
        let what = format!("{} {}", part.kind.as_str(), part.name);
        let room = look.width.saturating_sub(columns(&place) + 2);
        let mut lines = wrap(
            &what,
            if columns(&what) > room {
                look.width - 2
            } else {
                room
            },
        );
        let first = match columns(&what) > room {
            true => String::new(),
            false => format!("  {}", lines.remove(0)),
        };
        let _ = writeln!(out, "{dim}{}{dim:#}{}", clean(&place), clean(&first));
        for line in lines {
            let _ = writeln!(out, "  {}", clean(&line));
        }
    }
    out
}

/// The files that were surveyed.
pub(super) fn parts(run: &Run) -> impl Iterator<Item = (&str, &Vec<Part>)> {
    run.files.iter().filter_map(|tested| match &tested.body {
        Body::Ran(ran) => Some((tested.file.as_str(), ran.coverage.as_ref()?)),
        Body::Broken(_) | Body::Nothing => None,
    })
}

/// "2/3" for each kind of thing, "–" where there is none.
fn sums<'a>(parts: impl Iterator<Item = &'a Part> + Clone) -> [String; 4] {
    Kind::ALL.map(|kind| {
        let all = parts.clone().filter(|p| p.kind == kind);
        let (n, done) = (
            all.clone().count(),
            all.filter(|p| !p.by.is_empty()).count(),
        );
        match n {
            0 => "–".to_owned(),
            n => format!("{done}/{n}"),
        }
    })
}
