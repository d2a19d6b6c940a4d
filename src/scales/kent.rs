//! Kent: Sherman Kent's words of estimative probability.
//!
//! Source: Sherman Kent, "Words of Estimative Probability", Studies in Intelligence 8 (4), 1964.
//! He gave a centre and a give or take for each; the centres are the medians, and gaps remain.

use super::{Scale, Term, term};

/// The scale `kent`.
pub(super) fn scale() -> Scale {
    let row = |name: &str, low, centre, high| Term {
        median: centre,
        ..term(&[name], low, high, 0.01)
    };
    Scale {
        name: "kent".into(),
        nested: false,
        terms: vec![
            row("almost certainly not", 0.02, 0.07, 0.12),
            row("probably not", 0.2, 0.3, 0.4),
            row("chances about even", 0.4, 0.5, 0.6),
            row("probable", 0.63, 0.75, 0.87),
            row("almost certain", 0.87, 0.93, 0.99),
        ],
    }
}
