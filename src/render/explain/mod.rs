//! Explanations in every output of `explain`.
//!
//! In: an evaluated assessment and why its verdict is so. Out: text. What people read is put together
//! once, as `page::Block`s, which the text and the Markdown output draw each in its way.

pub(crate) mod confidence;
mod inputs;
pub mod json;
pub(super) mod markdown;
mod page;
mod reasons;
mod text;
mod to_json;

use super::Look;
use super::verdict::Evaluated;
use crate::infer::explain::Explanation;
use crate::resolve::assessment::Evidence;

/// An assessment with its verdict and why it is so.
#[derive(Debug)]
pub struct Explained {
    /// The verdict and what was asked; its contributions are there.
    pub evaluated: Evaluated,
    /// Why it is so.
    pub explanation: Explanation,
}

impl Explained {
    /// When evidence was seen: its day, or the month where the file names no more.
    fn dated(&self, evidence: &Evidence) -> Option<String> {
        let dated = evidence.dated.as_ref()?;
        let text = &self.evaluated.sources.source(dated.span.file).text;
        let written = text.get(dated.span.start as usize..dated.span.end as usize);
        let month = written.filter(|w| w.matches('-').count() == 1);
        Some(month.map_or_else(|| dated.node.to_string(), str::to_owned))
    }
}

/// One way to write an explanation.
pub struct ExplainFormat {
    /// What `--format` takes.
    pub name: &'static str,
    /// Writes it.
    pub write: fn(&Explained, Look) -> String,
}

/// Every format of `explain`, the default first. To add one: its file, and its line here.
pub static EXPLAIN_FORMATS: &[ExplainFormat] = &[
    ExplainFormat {
        name: "text",
        write: text::report,
    },
    ExplainFormat {
        name: "json",
        write: to_json::report,
    },
    ExplainFormat {
        name: "markdown",
        write: markdown::report,
    },
];
