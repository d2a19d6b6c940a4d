//! The parser that pest derives from `grammar/assess.pest`.
//!
//! In: text whose depth `scan` has limited. Out: the nodes in preorder, which are a `tree`'s. What is generated runs on a
//! package of ours that has pest's name, `grammar/runtime`.

#![allow(missing_docs)]

use pest_derive::Parser;

#[derive(Parser)]
#[grammar = "../grammar/assess.pest"]
pub(super) struct Grammar;

/// A rule of the grammar: the kind of a node.
pub use self::Rule as Kind;
