//! An explanation as GitHub's Markdown: for a pull request, an issue or a wiki.
//!
//! In: an explained assessment. Out: text. What stands in the file's own words is escaped.

use super::super::Look;
use super::super::markdown::escape;
use super::super::verdict::markdown::{asked, panel};
use super::Explained;
use super::page::Block;
use std::fmt::Write;

pub(super) fn report(explained: &Explained, _: Look) -> String {
    let e = &explained.evaluated;
    let mut out = format!("## {}\n\n", escape(&e.assessment.title.node));
    let facts: Vec<String> = e.facts().iter().map(|f| escape(f)).collect();
    let _ = writeln!(out, "{}", facts.join(" · "));
    asked(&mut out, e);
    let mut list = false;
    for block in explained.blocks() {
        let item = matches!(block, Block::Item(..));
        if item && !list {
            out.push('\n');
        }
        list = item;
        match &block {
            Block::Heading(heading, about) => {
                let _ = write!(out, "\n### {heading}\n");
                if !about.is_empty() {
                    let _ = write!(out, "\n({})\n", escape(about));
                }
            }
            Block::Part(title) => {
                let _ = write!(out, "\n#### {}\n", escape(title));
            }
            Block::Panel(table) => {
                panel(&mut out, e, table, escape);
                for note in &table.notes {
                    let _ = write!(out, "\n{}\n", code(note));
                }
            }
            Block::Item(title, lines) => {
                let _ = writeln!(out, "- {}", code(title));
                for line in lines {
                    let _ = writeln!(out, "  - {}", code(line));
                }
            }
        }
    }
    if let Some(method) = e.method_shown() {
        let _ = write!(out, "\n{method}\n");
    }
    out
}

/// Text in which names stand in backticks: they stay, and all else is escaped.
pub(in crate::render) fn code(text: &str) -> String {
    let mut out = String::new();
    for (i, piece) in text.split('`').enumerate() {
        match i % 2 {
            0 => out.push_str(&escape(piece)),
            _ => {
                let _ = write!(out, "`{piece}`");
            }
        }
    }
    out
}
