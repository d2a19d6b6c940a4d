//! Jeffreys' grades of evidence, the default.
//!
//! Source: Harold Jeffreys, "Theory of Probability", 3rd edition 1961, appendix B: grades with edges
//! at powers of √10, that is at 5, 10, 15 and 20 decibans. The words stand at or between the edges.

use super::{Strengths, decibans};

/// The table `jeffreys`.
pub(super) fn table() -> Strengths {
    Strengths {
        name: "jeffreys".into(),
        words: vec![
            decibans("slight", 1.0, 0.0, 2.0),
            decibans("weak", 3.0, 1.5, 4.5),
            decibans("moderate", 5.0, 3.0, 7.0),
            decibans("strong", 10.0, 7.5, 12.5),
            decibans("very strong", 15.0, 12.5, 17.5),
            decibans("decisive", 20.0, 17.5, 22.5),
        ],
    }
}
