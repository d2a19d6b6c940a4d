//! What it would take as GitHub's Markdown.
//!
//! In: a page. Out: text. What stands in the file's own words is escaped.

use super::super::Look;
use super::super::markdown::escape;
use super::Flipped;
use super::page::Part;
use std::fmt::Write;

pub(super) fn report(flipped: &Flipped, _: Look) -> String {
    let page = flipped.page();
    let facts: Vec<String> = page.facts.iter().map(|f| escape(f)).collect();
    let mut out = format!("## {}\n\n{}\n", escape(&page.title), facts.join(" · "));
    for line in &page.asked {
        let _ = write!(out, "\n{}\n", escape(line));
    }
    for part in &page.parts {
        of_question(&mut out, part);
    }
    for line in &page.closing {
        let _ = write!(out, "\n{}\n", escape(line));
    }
    out
}

fn of_question(out: &mut String, part: &Part) {
    // The horizons of a question with a heading of its own stand under it.
    let level = if part.title.is_some() { "####" } else { "###" };
    if let Some(title) = &part.title {
        let _ = write!(out, "\n### {}\n", escape(title));
    }
    for block in &part.blocks {
        let _ = write!(out, "\n{level} {}\n\n", escape(&block.heading));
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
    if !part.changes.is_empty() {
        let _ = writeln!(
            out,
            "\n{level} What each change clause does, and would need to do"
        );
    }
    for clause in &part.changes {
        let _ = write!(out, "\n**{}**\n\n", escape(&clause.title));
        for (horizon, text) in &clause.lines {
            let _ = writeln!(out, "- {}: {}", escape(horizon), escape(text));
        }
    }
}
