//! PHIA: the Probability Yardstick of the United Kingdom's intelligence assessment community.
//!
//! Source: Professional Head of Intelligence Assessment, "Professional Development Framework for
//! all-source intelligence assessment", 2019. It leaves gaps between its bands.

use super::{Scale, term};

/// The scale `phia`.
pub(super) fn scale() -> Scale {
    let row = |names: &[&str], low, high| term(names, low, high, 0.01);
    Scale {
        name: "phia".into(),
        nested: false,
        terms: vec![
            row(&["remote chance"], 0.0, 0.05),
            row(&["highly unlikely"], 0.1, 0.2),
            row(&["unlikely"], 0.25, 0.35),
            row(&["realistic possibility"], 0.4, 0.5),
            row(&["likely", "probable"], 0.55, 0.75),
            row(&["highly likely"], 0.8, 0.9),
            row(&["almost certain"], 0.95, 1.0),
        ],
    }
}
