//! The parser that pest derives from `grammar/assess.pest`.
//!
//! In: text whose depth `scan` has limited. Out: pest's pairs, which `tree` copies at once.
//! No other module sees pest's types but [`Kind`].

#![allow(missing_docs)]

use pest_derive::Parser;

#[derive(Parser)]
#[grammar = "../grammar/assess.pest"]
pub(super) struct Grammar;

/// A rule of the grammar: the kind of a node.
pub use self::Rule as Kind;
