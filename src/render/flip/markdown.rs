//! What it would take as GitHub's Markdown.
//!
//! In: a page. Out: text. What stands in the file's own words is escaped.

use super::super::Look;
use super::super::markdown::escape;
use super::Flipped;
use std::fmt::Write;

pub(super) fn report(flipped: &Flipped, _: Look) -> String {
    let page = flipped.page();
    let facts: Vec<String> = page.facts.iter().map(|f| escape(f)).collect();
    let mut out = format!("## {}\n\n{}\n", escape(&page.title), facts.join(" · "));
    for line in &page.asked {
        let _ = write!(out, "\n{}\n", escape(line));
    }
    for block in &page.blocks {
        let _ = write!(out, "\n### {}\n\n", escape(&block.heading));
        if !block.rows.is_empty() {
            out.push_str("| distance | number | today → then | then |\n|---:|---|---|---|\n");
            for row in &block.rows {
                let _ = writeln!(
                    out,
                    "| {} | {} | {} | {} |",
                    escape(&row.distance),
                    escape(&row.label),
                    escape(&row.values),
                    escape(&row.then)
                );
            }
            out.push('\n');
        }
        for line in &block.about {
            let _ = writeln!(out, "{}", escape(line));
        }
        for sets in &block.sets {
            let _ = write!(out, "\n{}\n", escape(&sets.heading));
            if !sets.lines.is_empty() {
                out.push('\n');
            }
            for line in &sets.lines {
                let _ = writeln!(out, "- {}", escape(line));
            }
        }
    }
    if !page.changes.is_empty() {
        out.push_str("\n### What each change clause does, and would need to do\n");
    }
    for clause in &page.changes {
        let _ = write!(out, "\n**{}**\n\n", escape(&clause.title));
        for (horizon, text) in &clause.lines {
            let _ = writeln!(out, "- {}: {}", escape(horizon), escape(text));
        }
    }
    for line in &page.closing {
        let _ = write!(out, "\n{}\n", escape(line));
    }
    out
}
