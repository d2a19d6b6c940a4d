//! What it would take, in every output of `flip`.
//!
//! In: what a search found. Out: text. The page for people is put together once, in `page`; the
//! text and the Markdown output draw it each in its way.

pub mod json;
mod markdown;
mod page;
mod text;
mod titled;
mod to_json;
pub(crate) mod values;

pub(crate) use page::View;
pub(crate) use titled::titled;

use super::Look;
use super::verdict::Asked;
use crate::infer::flip::Flips;
use crate::render::Format;
use crate::resolve::assessment::{Assessment, Expect};
use crate::text::source::SourceMap;

/// One assessment, and what would change its answer.
#[derive(Debug)]
pub struct Flipped {
    /// Its files; the first is its own.
    pub(crate) sources: SourceMap,
    /// What was read.
    pub(crate) assessment: Assessment,
    /// What was found.
    pub(crate) flips: Flips,
    /// What was asked.
    pub(crate) asked: Asked,
    /// The expectation of `--until`.
    pub(crate) until: Option<Expect>,
}

/// A format's name, and what writes it.
pub type FlipFormat = Format<fn(&Flipped, Look) -> String>;

/// Every format of `flip`, the default first. To add one: its file, and its line here.
pub static FLIP_FORMATS: &[FlipFormat] = &[
    Format::new("text", text::report),
    Format::new("json", to_json::report),
    Format::new("markdown", markdown::report),
];
