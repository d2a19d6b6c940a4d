//! Text to typed tree: the only module that names pest.
//!
//! In: a source's text. Out: a lossless tree, a typed [`ast::File`] and every mistake of spelling.
//! Parsing never fails: what is broken is reported and left out.

pub mod ast;

use crate::diag::Diagnostics;

/// One file, parsed.
#[derive(Debug, Clone, Default)]
pub struct Parsed {
    /// What was written.
    pub ast: ast::File,
    /// What is wrong with how it was written.
    pub diagnostics: Diagnostics,
}
