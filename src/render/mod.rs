//! How results look: one file for each output.
//!
//! In: diagnostics and verdicts. Out: text. Nothing is computed here that another output could
//! contradict, and nothing is printed: the caller writes.

pub mod agenda;
pub mod attribution;
#[cfg(feature = "html")]
pub(crate) mod base64;
pub mod concise;
pub mod csv;
pub mod diff;
mod excerpt;
pub mod explain;
pub mod flip;
pub mod format;
pub mod github;
pub mod gitlab;
pub mod history;
pub mod json;
pub mod junit;
pub(crate) mod markdown;
pub mod pooling;
#[cfg(feature = "html")]
#[cfg_attr(not(feature = "cli"), allow(dead_code))]
pub(crate) mod raster;
pub mod report;
pub mod sarif;
pub mod score;
mod shapes;
pub mod statistics;
pub mod test;
pub mod text;
pub mod verdict;
pub(crate) mod voice;
pub(crate) mod xml;
#[cfg(feature = "html")]
pub(crate) mod zip;

pub use format::Format;
pub use shapes::{SHAPES, Shape};

use crate::diag::{Checked, Severity};

/// What the place that a text is written to can show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    /// In columns.
    pub width: usize,
    /// Whether ANSI colours are wanted.
    pub colour: bool,
}

/// What a report of `check` is written for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct How {
    /// What the place that it goes to can show.
    pub look: Look,
    /// From which level on a finding fails the run; none where none does.
    pub fails_from: Option<Severity>,
}

/// One way to write what `check` found.
pub type CheckFormat = Format<fn(&[Checked], How) -> String>;

/// Every format of `check`, the default first. To add one: its file, and its line here.
pub static FORMATS: &[CheckFormat] = &[
    Format::new("text", |checked, how| text::report(checked, how.look)),
    Format::new("concise", |checked, how| concise::report(checked, how.look)),
    Format::new("json", |checked, how| json::report(checked, how.look)),
    Format::from_the_top("sarif", |checked, how| sarif::report(checked, how.look)),
    Format::from_the_top("github", |checked, how| github::report(checked, how.look)),
    Format::from_the_top("gitlab", |checked, how| gitlab::report(checked, how.look)),
    Format::from_the_top("junit", |checked, how| {
        junit::report(checked, how.fails_from)
    }),
];
