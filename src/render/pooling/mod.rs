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

/// One way to write a pool.
pub struct PoolFormat {
    /// What `--format` takes.
    pub name: &'static str,
    /// Writes it.
    pub write: fn(&Pooled, Look) -> String,
}

/// Every format of `pool`, the default first. To add one: its file, and its line here.
pub static POOL_FORMATS: &[PoolFormat] = &[
    PoolFormat {
        name: "text",
        write: text::report,
    },
    PoolFormat {
        name: "json",
        write: json::report,
    },
    PoolFormat {
        name: "csv",
        write: csv::report,
    },
    PoolFormat {
        name: "markdown",
        write: markdown::report,
    },
];
