//! A pool as GitHub's Markdown.

use super::super::Look;
use super::super::markdown::{escape, head, row};
use crate::pooling::Pooled;
use std::fmt::Write;

pub(super) fn report(pooled: &Pooled, _: Look) -> String {
    let page = pooled.page();
    let mut out = format!("## {}\n\n{}\n\n", escape(&page.title), escape(&page.facts));
    for file in &page.files {
        let _ = writeln!(out, "- {}", escape(file));
    }
    for table in &page.tables {
        let _ = write!(out, "\n**{}**\n\n", escape(&table.title));
        head(&mut out, page.horizons.iter().map(|h| escape(h)));
        for (label, cells) in &table.rows {
            row(&mut out, &escape(label), cells.iter().map(|c| escape(c)));
        }
    }
    if !page.apart.is_empty() {
        out.push_str("\n### What keeps them apart, in points\n");
    }
    for (heading, lines) in &page.apart {
        let _ = write!(out, "\n{}\n\n", escape(heading));
        for line in lines {
            let _ = writeln!(out, "- {}", escape(&line.replace('`', "")));
        }
    }
    if !page.left_out.is_empty() {
        out.push_str("\n### Left out\n\n");
        for line in &page.left_out {
            let _ = writeln!(out, "- {}", escape(line));
        }
    }
    out
}
