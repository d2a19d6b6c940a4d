//! Explanations in every output of `explain`.
//!
//! In: an evaluated assessment and why its verdict is so. Out: text. What people read is put together
//! once, as `page::Block`s, which the text and the Markdown output draw each in its way.

pub(crate) mod confidence;
mod decided;
mod inputs;
pub mod json;
pub(super) mod markdown;
mod numbers;
mod page;
mod reasons;
mod text;
mod to_json;

use super::Look;
use super::verdict::Evaluated;
use crate::infer::explain::Explanation;
use crate::render::Format;

/// An assessment with its verdict and why it is so.
#[derive(Debug)]
pub struct Explained {
    /// The verdict and what was asked; its contributions are there.
    pub evaluated: Evaluated,
    /// Why it is so.
    pub explanation: Explanation,
}

/// One way to write an explanation.
pub type ExplainFormat = Format<fn(&Explained, Look) -> String>;

/// Every format of `explain`, the default first. To add one: its file, and its line here.
pub static EXPLAIN_FORMATS: &[ExplainFormat] = &[
    Format::new("text", text::report),
    Format::new("json", to_json::report),
    Format::new("markdown", markdown::report),
];
