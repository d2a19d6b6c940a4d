//! What moved between two revisions and which edit moved it, in every output of `diff`.
//!
//! In: an attribution, and how its two sides are called. Out: text. What people read is put together
//! once, as a `page::Page`, which the text and the Markdown output draw each in its way.

pub mod json;
mod markdown;
mod page;
mod text;
mod to_json;

use super::Look;
use crate::render::Format;
use crate::revision::Attribution;
use crate::text::source::{SourceMap, Span};

/// One side of a comparison.
#[derive(Debug, Clone, Default)]
pub struct Revised {
    /// The file as named on the command line, or as it was called in its revision.
    pub(crate) file: String,
    /// The revision, where it is not the file as it lies there.
    pub(crate) revision: Option<String>,
    /// The files that spans of this side point into.
    pub(crate) sources: SourceMap,
}

impl Revised {
    /// "nato.assess at HEAD~1"
    pub fn label(&self) -> String {
        match &self.revision {
            // A view of the file, and the file itself, are no revisions of it.
            Some(view) if view == "own" || view.starts_with("view ") => {
                format!("{}, {view}", self.file)
            }
            Some(revision) => format!("{} at {revision}", self.file),
            None => self.file.clone(),
        }
    }

    /// The file and line of a span.
    fn place(&self, span: Span) -> (String, usize) {
        let source = self.sources.source(span.file);
        let line = source.position(span.start as usize).line;
        (source.name.clone(), line)
    }
}

/// Two revisions compared.
#[derive(Debug, Clone)]
pub struct Compared {
    /// What moved, and what moved it.
    pub(crate) attribution: Attribution,
    /// The earlier one.
    pub(crate) old: Revised,
    /// The later one.
    pub(crate) new: Revised,
}

/// One way to write a comparison.
pub type DiffFormat = Format<fn(&Compared, Look) -> String>;

/// Every format of `diff`, the default first. To add one: its file, and its line here.
pub static DIFF_FORMATS: &[DiffFormat] = &[
    Format::new("text", text::report),
    Format::new("json", to_json::report),
    Format::new("markdown", markdown::report),
];
