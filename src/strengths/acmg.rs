//! ACMG: grades of evidence that a gene variant causes disease.
//!
//! Source: Tavtigian et al., "Modeling the ACMG/AMP variant classification guidelines as a Bayesian
//! classification framework", Genetics in Medicine 20, 2018. The grades are odds, without ranges.

use super::{Strength, Strengths};

/// The table `acmg`.
pub(super) fn table() -> Strengths {
    let words = [
        ("supporting", 2.08),
        ("moderate", 4.33),
        ("strong", 18.7),
        ("very strong", 350.0),
    ];
    Strengths {
        name: "acmg".into(),
        words: words
            .iter()
            .map(|(name, ratio)| Strength {
                name: (*name).into(),
                log: libm::log(*ratio),
                range: None,
            })
            .collect(),
    }
}
