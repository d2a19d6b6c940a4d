//! Several files as one, in every output of `pool`.
//!
//! In: files pooled. Out: text.

pub mod chart;
mod csv;
pub mod json;
mod markdown;
mod page;
mod text;

use super::Look;
use crate::pooling::Pooled;
use crate::render::Format;

/// One way to write a pool.
pub type PoolFormat = Format<fn(&Pooled, Look) -> String>;

/// Every format of `pool`, the default first. To add one: its file, and its line here.
pub static POOL_FORMATS: &[PoolFormat] = &[
    Format::new("text", text::report),
    Format::new("json", json::report),
    Format::new("csv", csv::report),
    Format::new("markdown", markdown::report),
];
