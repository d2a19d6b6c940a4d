//! ICD 203: the words of the United States' intelligence community.
//!
//! Source: Intelligence Community Directive 203, "Analytic Standards", 2015, section D.6.e(2)(a).
//! The directive has two rows of words; a file uses one of them.

use super::{Scale, term};

/// The scale `icd203`.
pub(super) fn scale() -> Scale {
    let row = |a: &str, b: &str, low, high| term(&[a, b], low, high, 0.01);
    Scale {
        name: "icd203".into(),
        nested: false,
        terms: vec![
            row("almost no chance", "remote", 0.01, 0.05),
            row("very unlikely", "highly improbable", 0.05, 0.2),
            row("unlikely", "improbable", 0.2, 0.45),
            row("roughly even chance", "roughly even odds", 0.45, 0.55),
            row("likely", "probable", 0.55, 0.8),
            row("very likely", "highly probable", 0.8, 0.95),
            row("almost certain", "nearly certain", 0.95, 0.99),
        ],
    }
}
