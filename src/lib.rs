//! Assessments about the future that can be read, run, questioned and corrected.
//!
//! ```text
//! SourceMap → Tree → ast::File → Project → Assessment → Model → Verdict → render
//! ```
//!
//! Each stage is a function that returns its value and its diagnostics. See `docs/architecture.md`.

// pest derives a parser for use without `std`, which names `alloc`.
extern crate alloc;

pub mod admiralty;
pub mod advance;
pub mod agenda;
pub mod batch;
pub mod chart;
pub mod diag;
pub mod format;
pub mod history;
pub mod ide;
pub mod infer;
pub mod limits;
pub mod lint;
#[cfg(feature = "lsp")]
pub mod lsp;
pub mod model;
pub mod numeric;
mod parallel;
pub mod phrases;
pub mod pooling;
pub mod project;
pub mod record;
pub mod rename;
pub mod render;
pub mod resolve;
pub mod revision;
pub mod scales;
pub mod snapshot;
pub mod starter;
pub mod strengths;
pub mod syntax;
pub mod testing;
pub mod text;
pub mod whatif;
pub mod workspace;

#[cfg(feature = "cli")]
#[doc(hidden)]
pub mod cli;
